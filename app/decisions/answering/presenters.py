"""What the pages about answers and notices show."""

from typing import Any

from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.decisions.answering.notices import NoticeRow, notices_of, receivers_of
from app.decisions.answering.queries import AnswerRow, answer_on, is_settled, sorted_answers, terms_of
from app.decisions.queries import DecisionRow
from app.decisions.results import partner_names
from app.decisions.wording import OUTCOMES
from app.domain.notice import WAYS
from app.domain.objection import WindowState, window_state
from app.infra import clock
from app.infra.formats import deadline, moment
from app.proposals.policy import ProposalRef

ACCEPTED = ("Doet mee", "success")
DECLINED = ("Doet niet mee", "danger")
WAITING = ("Nog geen antwoord", "warning")
SILENT = ("Antwoordde niet op tijd", "danger")


def answer_state(row: AnswerRow, term: WindowState) -> tuple[str, str]:
    """Words and tone; the words say it all."""
    known = {"accepted": ACCEPTED, "declined": DECLINED}
    return known.get(row.answer or "", WAITING if term.is_open else SILENT)


def answer_tally(call: Call) -> list[dict[str, str]]:
    """How many selected organisations answered what; only what there is."""
    found = sorted_answers(call.id, call.acceptance_days, clock.now())
    kinds = zip((ACCEPTED, WAITING, DECLINED, SILENT), found, strict=True)
    return [{"value": str(len(rows)), "label": words} for (words, _), rows in kinds if rows]


def answer_facts(call: Call, ref: ProposalRef) -> dict[str, Any]:
    """The own page: what was asked, until when, what was answered, and what can still be done."""
    row = answer_on(ref.id)
    if row is None:
        return {"row": None}
    now = clock.now()
    term = row.term(call.acceptance_days, now)
    formed = is_settled(call.id, row)
    may_change = term.is_open or row.accepted
    return {
        "row": row,
        "term": term,
        "term_text": term_text(term),
        "state": answer_state(row, term),
        "answered": moment(row.answered_at) if row.answered_at else "",
        "extensions": [(deadline(one.until), one.reason) for one in terms_of(row.decision_id)],
        "formed": formed,
        "owner": may_here(call, "decision.own.answer", ref.organisation_id),
        "may_answer": may_change
        and not formed
        and may_here(call, "decision.own.answer", ref.organisation_id),
    }


def term_text(term: WindowState) -> str:
    """ "Nog 3 dagen, tot en met …"; "" when nothing was told."""
    if term.ends_at is None:
        return ""
    until = f"tot en met {deadline(term.ends_at)}"
    if not term.is_open:
        return f"De termijn liep {until}"
    if term.days_left == 0:
        return f"Vandaag is de laatste dag, {until}"
    return f"Nog {term.days_left} {'dag' if term.days_left == 1 else 'dagen'}, {until}"


def notice_words(rows: list[NoticeRow]) -> list[dict[str, str]]:
    """Each notice in words, the last one first: that one counts."""
    first_way = "Mail, samen met alle beslissingen"
    found = [
        {
            "when": moment(row.at),
            "way": WAYS[row.way] if number else first_way if row.way == "mail" else WAYS[row.way],
            "reason": row.reason,
            "by": row.by,
        }
        for number, row in enumerate(rows)
    ]
    return found[::-1]


def notice_facts(call: Call, ref: ProposalRef, decision: DecisionRow) -> dict[str, Any]:
    """The regisseur's page about one applicant: its notices, its days, and its answer."""
    now = clock.now()
    window = window_state(decision.notified_at, call.objection_days, now)
    row = answer_on(ref.id)
    term = row.term(call.acceptance_days, now) if row else None
    notices = notices_of(decision.id)
    return {
        "decision": decision,
        "outcome": OUTCOMES[decision.outcome],
        "notices": notice_words(notices),
        "count": len(notices),
        "window_text": term_text(window),
        "row": row,
        "term_text": term_text(term) if term else "",
        "state": answer_state(row, term) if row and term else None,
        "answered": moment(row.answered_at) if row and row.answered_at else "",
        "extensions": [
            (deadline(one.until), one.reason, one.by) for one in (terms_of(row.decision_id) if row else [])
        ],
        "people": receivers_of(ref.organisation_id),
        "formed": bool(partner_names(call.id)),
        "may_give_time": row is not None and not is_settled(call.id, row),
    }

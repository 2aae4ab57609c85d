"""What the pages about decisions show."""

from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from app.accounts.actors import current_actor
from app.addenda.guard import may_here, open_to
from app.addenda.queries import Call
from app.decisions.answering.notices import notices_of
from app.decisions.answering.presenters import answer_state, answer_tally, notice_words, term_text
from app.decisions.answering.queries import AnswerRow, answer_on, answers_of
from app.decisions.candidates import Candidate, candidates, obstacle_count
from app.decisions.finding import Asked
from app.decisions.queries import DecisionRow, all_decisions_on, recipients_of, standing_decisions
from app.decisions.wording import OUTCOMES
from app.domain.errors import DomainError
from app.domain.objection import WindowState, window_end, window_state
from app.domain.scoring import shown
from app.domain.timeline import Phase, local_day, start_of_day
from app.infra import clock
from app.infra.formats import deadline, moment, number
from app.infra.messages import say

NOTHING_YET = ("Nog geen voorstel", "neutral")
OUTCOME_LABELS = {value: label for value, (label, _) in OUTCOMES.items()}
STANDS = {"voorstellen": "Te doen", "bevestigen": "Te bevestigen", "bevestigd": "Bevestigd"}
LAPSED = "Bevestiging vervallen: de rangschikking veranderde"


@dataclass(frozen=True)
class Row:
    """One line of the decision table; `state` and `outcome` are (words, tone)."""

    proposal_id: int
    name: str
    receipt: str
    rank: str
    total: str
    note: str
    coverage: str
    outcome: tuple[str, str]
    state: tuple[str, str]
    decision: DecisionRow | None
    links: list[tuple[str, str]]
    confirmed: bool = False
    lapsed: bool = False
    ground: str = ""

    @property
    def stand(self) -> str:
        """A key of `STANDS`."""
        if self.confirmed:
            return "bevestigd"
        return "bevestigen" if self.decision else "voorstellen"

    @property
    def seen(self) -> str:
        """How the form says what was read: which version, and what it rested on."""
        return f"{self.decision.id}:{self.decision.version}:{self.ground[:16]}" if self.decision else ""


def table_facts(call: Call) -> dict[str, Any]:
    """Everything of the decision table; constant queries."""
    found = candidates(call.id)
    total = obstacle_count(call.id)
    rows = [_row(call, one, total) for one in found]
    confirmed = sum(1 for row in rows if row.confirmed)
    proposed = sum(1 for row in rows if row.decision)
    return {
        "rows": rows,
        "counts": {"total": len(rows), "proposed": proposed, "confirmed": confirmed},
        "to_confirm": [row for row in rows if row.decision and not row.confirmed],
        "missing": _missing(call, rows),
        "actions": _actions(call, proposed, confirmed, len(rows)),
    }


def _missing(call: Call, rows: list[Row]) -> list[dict[str, Any]]:
    """What keeps everybody from being told: per stand its rows and where to look at them."""
    groups = {stand: [row for row in rows if row.stand == stand] for stand in STANDS if stand != "bevestigd"}
    return [
        {
            "label": STANDS[stand],
            "rows": found,
            "href": url_for("decisions.table", addendum_id=call.id, stand=stand),
        }
        for stand, found in groups.items()
        if found
    ]


def found_facts(call: Call, asked: Asked) -> dict[str, Any]:
    """The decision table with the applicants that are asked for; the counts are of all."""
    facts = table_facts(call)
    return facts | {
        "rows": [row for row in facts["rows"] if asked.fits(row.name, (row.stand,))],
        "asked": asked,
        "stands": STANDS,
    }


def _row(call: Call, one: Candidate, obstacles: int) -> Row:
    place, decision = one.place, one.decision
    return Row(
        proposal_id=one.proposal.proposal_id,
        name=one.proposal.organisation_name,
        receipt=one.proposal.receipt_number,
        rank=_rank(one),
        total=f"{number(shown(place.total))} %" if place.total is not None else "–",
        note=_note(one),
        coverage=f"{one.covered} van {obstacles}",
        outcome=OUTCOMES[decision.outcome] if decision else NOTHING_YET,
        state=_state(one),
        decision=decision,
        links=_links(call, one),
        confirmed=one.confirmed,
        lapsed=one.lapsed,
        ground=one.ground,
    )


def _rank(one: Candidate) -> str:
    if one.place.place is None:
        return "–"
    return f"{one.place.place} (gelijk)" if one.place.tied else str(one.place.place)


def _note(one: Candidate) -> str:
    if one.place.total is None:
        return "niet gescoord"
    return "" if one.place.passes else "onder een minimum"


def _state(one: Candidate) -> tuple[str, str]:
    if one.decision is None:
        return ("Te doen", "neutral")
    if one.decision.notified_at:
        return ("Meegedeeld", "success")
    if one.lapsed:
        return (LAPSED, "warning")
    return ("Bevestigd", "success") if one.confirmed else ("Te bevestigen", "warning")


def _links(call: Call, one: Candidate) -> list[tuple[str, str]]:
    links = []
    organisation, proposal_id = one.proposal.organisation_id, one.proposal.proposal_id
    if may_here(call, "decision.propose", organisation):
        label = "Aanpassen" if one.decision else "Voorstellen"
        links.append((label, url_for("decisions.edit", proposal_id=proposal_id)))
    if one.decision:
        early = call.phase is Phase.DECIDED
        endpoint = "decisions.preview" if early else "decisions.letter_copy"
        links.append(("Brief (pdf)", url_for(endpoint, proposal_id=proposal_id)))
    if one.decision and may_here(call, "decision.notify_again", organisation):
        links.append(("Kennisgeving en antwoord", url_for("decisions.notices", proposal_id=proposal_id)))
    return links


def _actions(call: Call, proposed: int, confirmed: int, total: int) -> list[tuple[str, str, str]]:
    """(label, address, kind of button) of what the regisseur can go and do."""
    found = []
    if may_here(call, "decision.confirm") and proposed > confirmed:
        found.append(("Lezen en bevestigen", url_for("decisions.review", addendum_id=call.id), "primary"))
    if may_here(call, "decision.view_embargoed") and proposed:
        found.append(("Alle brieven", url_for("decisions.all_letters", addendum_id=call.id), "secondary"))
    if may_here(call, "letter.texts"):
        texts = url_for("decisions.letter_texts", addendum_id=call.id)
        found.append(("Teksten van de brieven", texts, "secondary"))
    if may_here(call, "decision.communicate") and total:
        kind = "primary" if confirmed == total else "secondary"
        found.append(("Naar het meedelen", url_for("decisions.announce", addendum_id=call.id), kind))
    return found


def other_facts(call: Call, asked: Asked) -> dict[str, Any]:
    """The decisions after communication: what stands for every applicant that is asked for, and what selected
    ones answered. Constant queries."""
    stands = {row.proposal_id: row for row in standing_decisions(call.id)}
    answers = {row.decision_id: row for row in answers_of(call.id)}
    total = obstacle_count(call.id)
    found = [replace(one, decision=stands.get(one.proposal.proposal_id)) for one in candidates(call.id)]
    rows = [_row(call, one, total) for one in found]
    rows = [row for row in rows if asked.fits(row.name, (row.decision.outcome,) if row.decision else ())]
    scores = open_to(current_actor(), call, "ranking.view")
    return {
        "rows": rows if scores else _without_scores(rows),
        "all": len(found),
        "asked": asked,
        "stands": OUTCOME_LABELS,
        "closed": say(DomainError(scores.reason)) if scores.reason else "",
        "answers": {
            row.proposal_id: _answer(call, answers[row.id]) for row in stands.values() if row.id in answers
        },
        "tally": answer_tally(call),
        "communicated": moment(call.facts.communicated_at),
        "may_follow_up": may_here(call, "decision.follow_up.view", every_applicant=True),
    }


def _without_scores(rows: list[Row]) -> list[Row]:
    """In an order that tells nothing of them either."""
    bare = [replace(row, rank="–", total="–", note="") for row in rows]
    return sorted(bare, key=lambda row: row.name.casefold())


def _answer(call: Call, row: AnswerRow) -> dict[str, Any]:
    term = row.term(call.acceptance_days, clock.now())
    return {"state": answer_state(row, term), "term": term_text(term), "reason": row.reason or ""}


def announce_facts(call: Call) -> dict[str, Any]:
    """What the confirmation page says before everybody is told."""
    facts = table_facts(call)
    people = recipients_of({row.decision.organisation_id for row in facts["rows"] if row.decision})
    tally = [
        {"value": str(count), "label": label}
        for value, (label, _) in OUTCOMES.items()
        if (count := sum(1 for row in facts["rows"] if row.decision and row.decision.outcome == value))
    ]
    today = start_of_day(local_day(clock.now()))
    return facts | {
        "tally": tally,
        "recipients": {row.proposal_id: _addressed(row, people) for row in facts["rows"]},
        "until": deadline(window_end(today, call.objection_days)),
    }


def _addressed(row: Row, people: dict[int, list[Any]]) -> str:
    count = len(people.get(row.decision.organisation_id, [])) if row.decision else 0
    if not count:
        return "niemand met een account: bezorg de brief zelf"
    return "1 persoon" if count == 1 else f"{count} personen"


def own_facts(call: Call, decision: DecisionRow) -> dict[str, Any]:
    """The own decision, with the days left to object and to answer, and what was decided before."""
    window = window_state(decision.notified_at, call.objection_days, clock.now())
    organisation = decision.organisation_id
    told = [row for row in all_decisions_on(decision.proposal_id) if row.notified_at]
    answer = answer_on(decision.proposal_id)
    notices = notices_of(decision.id)
    return {
        "decision": decision,
        "outcome": OUTCOMES[decision.outcome],
        "notified": moment(decision.notified_at),
        "notices": notice_words(notices) if len(notices) > 1 else [],
        "earlier": [_earlier(row) for row in told[::-1] if row.number < decision.number],
        "answer": _answer(call, answer) if answer else None,
        "window": window,
        "window_text": window_text(window),
        "may_object": window.is_open and may_here(call, "objection.own.draft", organisation),
        "may_see_objection": may_here(call, "objection.own.view", organisation),
    }


def _earlier(row: DecisionRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "outcome": OUTCOMES[row.outcome],
        "notified": moment(row.notified_at),
        "motivation": row.motivation,
        "href": url_for("decisions.earlier_letter", proposal_id=row.proposal_id, number=row.number),
    }


def window_text(window: WindowState) -> str:
    """ "Nog 3 dagen, tot en met vrijdag 16 juni 2023, 23u59", "Vandaag is de laatste dag …"."""
    return term_text(window)

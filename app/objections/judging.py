"""The region's side: a ruling with reasons, told at once; the decision itself stays as it was."""

from dataclasses import dataclass
from datetime import datetime

from app.addenda.queries import Call, load_call
from app.addenda.services import record_fact
from app.audit import services as audit
from app.decisions.letters import LetterData, correspondents, letter_data, letter_pdf, paragraphs
from app.decisions.queries import recipients_of, standing_decision
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, Forbidden
from app.domain.objection import RulingOutcome, check_ruling
from app.domain.timeline import local_day
from app.infra.database import db, transaction
from app.infra.formats import moment
from app.notifications.services import enqueue, page_url
from app.objections.models import Ruling, RulingJudge
from app.objections.queries import (
    ObjectionRow,
    criteria_of,
    filed_objection,
    in_conflict,
    people_of,
    scorers_of,
)
from app.objections.wording import SENTENCES, TEXT_LIMIT, contested_words
from app.proposals.own.statuses import statuses_to_tell
from app.proposals.policy import is_own

RULING_NAME = "uitspraak-weerwoord.pdf"


@dataclass(frozen=True)
class ProposedRuling:
    """`judges` are user ids; `reassess`: the proposal is evaluated anew."""

    outcome: str
    reasons: str
    judges: tuple[int, ...]
    reassess: bool = False


def judge(objection_id: int, ruling: ProposedRuling, *, by: Actor) -> None:
    """Give the ruling on a filed objection, and tell the applicant.

    Raises what `domain.objection.check_ruling` raises, `ruling_judge_unknown`,
    `ruling_judge_in_conflict`, `ruling_given`, `reassess_needs_upheld`.
    """
    with transaction() as now:
        row = filed_objection(objection_id)
        call = load_call(row.addendum_id, now)
        _check_actor(call, row, by)
        if row.ruling is not None:
            raise DomainError("ruling_given")
        scorers = scorers_of(row.proposal_id)
        _check_judges(call, row, ruling)
        check_words(ruling)
        outcome = check_ruling(ruling.outcome, ruling.reasons, ruling.judges, scorers)
        _check_consequence(ruling, outcome)
        pdf = letter_pdf(ruling_letter(call, row, ruling, scorers, now))
        _write(row, ruling, scorers, pdf, by, now)
        if not ruling.reassess:  # else when the new decision is notified
            record_fact(call.id, "objection_settled", at=now, subject_id=row.id)
        _note(call, row, ruling, by, now)
        _tell(call, row, pdf, now)


def _check_actor(call: Call, row: ObjectionRow, by: Actor) -> None:
    subject = call.subject(row.organisation_id)
    if is_own(by, subject):
        raise Forbidden("conflict_of_interest")
    require(may(by, "objection.judge", subject, call.phase))


def _check_judges(call: Call, row: ObjectionRow, ruling: ProposedRuling) -> None:
    if set(ruling.judges) - {one for one, _, _ in people_of(call)}:
        raise DomainError("ruling_judge_unknown", field="judges")
    if set(ruling.judges) & in_conflict(call.id, row.organisation_id):
        raise DomainError("ruling_judge_in_conflict", field="judges")


def check_words(ruling: ProposedRuling) -> None:
    """What the letter cannot do without, or cannot hold.

    Raises ruling_outcome_unknown, objection_text_too_long."""
    if ruling.outcome not in list(RulingOutcome):
        raise DomainError("ruling_outcome_unknown", field="outcome")
    if len(ruling.reasons) > TEXT_LIMIT:
        raise DomainError("objection_text_too_long", field="reasons", maximum=TEXT_LIMIT)


def _check_consequence(ruling: ProposedRuling, outcome: RulingOutcome) -> None:
    if ruling.reassess and outcome not in (RulingOutcome.UPHELD, RulingOutcome.PARTLY):
        raise DomainError("reassess_needs_upheld", field="reassess")


def _write(
    row: ObjectionRow, ruling: ProposedRuling, scorers: frozenset[int], pdf: bytes, by: Actor, now: datetime
) -> None:
    db.session.add(
        Ruling(
            objection_id=row.id,
            outcome=ruling.outcome,
            reasons=ruling.reasons.strip(),
            given_by_id=by.user_id,
            given_at=now,
            reassess=ruling.reassess,
            pdf=pdf,
        )
    )
    db.session.flush()
    db.session.add_all(
        RulingJudge(objection_id=row.id, user_id=one, scored=one in scorers)
        for one in sorted(set(ruling.judges))
    )


def ruling_letter(
    call: Call, row: ObjectionRow, ruling: ProposedRuling, scorers: frozenset[int], now: datetime
) -> LetterData:
    """What the letter about a ruling says."""
    decision = standing_decision(row.proposal_id)
    people = correspondents(call, [row.organisation_id])
    judges = set(ruling.judges)
    fresh = len(judges - scorers)
    seen_by = (
        f"Je weerwoord is bekeken door {_people(len(judges))}, van wie {fresh} je kandidatuur niet "
        f"{'scoorde' if fresh == 1 else 'scoorden'}."
    )
    about = contested_words(row.criteria, criteria_of(call.id))
    sections = [
        ("Waarover je weerwoord ging", [about] if about else []),
        ("Wat je betwistte", paragraphs(row.contests)),
        ("Waarom deze uitspraak", paragraphs(ruling.reasons)),
        ("Wat dit betekent", [[_consequence(ruling)]]),
        ("Wie dit bekeek", [[seen_by]]),
        ("De wettelijke weg, los van het weerwoord", paragraphs(decision.appeal_routes if decision else "")),
    ]
    return letter_data(
        people,
        organisation_id=row.organisation_id,
        reference=people.references.get(row.proposal_id, ""),
        on=local_day(now),
        subject=f"Uitspraak over je weerwoord voor {call.title}",
        opening=SENTENCES[ruling.outcome],
        sections=[(heading, texts) for heading, texts in sections if texts],
    )


def _people(count: int) -> str:
    return "1 persoon" if count == 1 else f"{count} personen"


def _consequence(ruling: ProposedRuling) -> str:
    if ruling.reassess:
        return (
            "Je kandidatuur wordt opnieuw beoordeeld. Daarna volgt een nieuwe beslissing met haar redenen. "
            "De beslissing van vroeger blijft bewaard zoals ze genomen werd."
        )
    return "De beslissing over je kandidatuur blijft zoals ze je werd meegedeeld."


def _note(call: Call, row: ObjectionRow, ruling: ProposedRuling, by: Actor, now: datetime) -> None:
    audit.record(
        "objection.settled",
        actor_id=by.user_id,
        subject=f"objection:{row.id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=row.organisation_id,
        outcome=ruling.outcome,
        reassess=ruling.reassess,
        judges=sorted(set(ruling.judges)),
    )


def _tell(call: Call, row: ObjectionRow, pdf: bytes, now: datetime) -> None:
    status = statuses_to_tell([row.proposal_id], call.id, now)[row.proposal_id]
    for person in recipients_of([row.organisation_id])[row.organisation_id]:
        enqueue(
            "ruling",
            to=person,
            subject=f"Uitspraak over het weerwoord van {row.organisation_name}",
            template="objections/mail_ruling",
            at=now,
            addendum_id=call.id,
            attachment=(RULING_NAME, pdf),
            call=call,
            organisation=row.organisation_name,
            filed=moment(row.submitted_at),
            status=status,
            link=page_url("objections.own", proposal_id=row.proposal_id),
        )

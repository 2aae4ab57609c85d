"""Telling everybody in one act: letters, mails, facts and the signed ranking, or nothing at all.

Letters are made before the write lock is taken (some 20 ms each would hold up every writer), from plain
data: most by the worker (`letters.making`), a few that are missing here. Inside the transaction the same data
is worked out again from the rows as they are then; a letter leaves only if both are equal.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.addenda.queries import Call, load_call
from app.addenda.services import record_fact
from app.audit import services as audit
from app.decisions.candidates import candidates
from app.decisions.letters import LetterData, decision_letters, letter_pdf
from app.decisions.letters.making import ask_for_letters, forget_prepared
from app.decisions.letters.queries import prepared, ready
from app.decisions.models import Decision, DecisionNotice, Letter
from app.decisions.policy import check_complete
from app.decisions.queries import DecisionRow, recipients_of
from app.decisions.signing import sign
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.objection import window_end
from app.domain.timeline import local_day, start_of_day
from app.infra import clock
from app.infra.database import db, transaction
from app.infra.formats import deadline
from app.notifications.services import enqueue, page_url
from app.proposals.own.statuses import statuses_to_tell

ATTEMPTS = 3
MOST_MADE_HERE = 25
"""Letters that the act makes itself when they are missing: half a second that somebody waits for."""
LETTER_NAME = "beslissing.pdf"


@dataclass(frozen=True)
class Prepared:
    """Letters ready to leave on one local day: {decision id: data}, {decision id: PDF}."""

    day: date
    data: Mapping[int, LetterData]
    pdfs: Mapping[int, bytes]


class LettersMissing(DomainError):
    """More letters are still to be made than an act can make."""


class _Outdated(Exception):
    """What was prepared is no longer what is decided, or midnight passed."""


def communicate(addendum_id: int, *, by: Actor) -> int:
    """Tell every applicant, in one act; the number of decisions, 0 when it was done already.

    Raises `nothing_to_communicate`, `decisions_not_confirmed` (fact `names`), what `check_complete` raises
    for a confirmation that lapsed, `letters_not_ready` (facts `count`, `total`) when too many letters are
    missing: they are asked for then; and `decisions_changed_meanwhile` when people keep changing decisions.
    """
    for _ in range(ATTEMPTS):
        call = load_call(addendum_id, clock.read())
        if call.facts.communicated_at is not None:
            return 0
        require(may(by, "decision.communicate", call.subject(), call.phase))
        day = local_day(clock.read())
        try:
            return _commit(addendum_id, prepare(call, day), by)
        except LettersMissing:
            ask_for_letters(addendum_id, day, by=by)
            raise
        except _Outdated:
            continue
    raise DomainError("decisions_changed_meanwhile")


def prepare(call: Call, day: date) -> Prepared:
    """Check that all is decided; the letters of that day, with the few that are missing made now."""
    data = decision_letters(call, _complete(call.id), day)
    missing = data.keys() - ready(data)
    if len(missing) > MOST_MADE_HERE:
        raise LettersMissing("letters_not_ready", count=len(missing), total=len(data))
    made = prepared(data)
    return Prepared(day, data, {one: made.get(one) or letter_pdf(data[one]) for one in data})


def _complete(addendum_id: int) -> list[DecisionRow]:
    """The decisions of the standing proposals, all confirmed; raises what `check_complete` raises."""
    found = candidates(addendum_id)
    check_complete(
        ((one.proposal.organisation_name, one.confirmed) for one in found),
        lapsed=[one.proposal.organisation_name for one in found if one.lapsed],
    )
    by_name = sorted(found, key=lambda one: (one.proposal.organisation_name, one.proposal.proposal_id))
    return [one.decision for one in by_name if one.decision]


def _commit(addendum_id: int, letters: Prepared, by: Actor) -> int:
    with transaction() as now:
        call = load_call(addendum_id, now)
        if call.facts.communicated_at is not None:
            return 0
        require(may(by, "decision.communicate", call.subject(), call.phase))
        decisions = _complete(addendum_id)
        if decision_letters(call, decisions, local_day(now)) != letters.data:
            raise _Outdated
        signed = sign(call, decisions, at=now)
        record_fact(addendum_id, "communicated", at=now)
        for row in decisions:
            notify_applicant(call, row, letters.pdfs[row.id], by, now)
        forget_prepared(addendum_id, [row.id for row in decisions], now)
        send_decisions(call, decisions, now)
        _note(call, "decisions.communicated", f"call:{call.id}", by, now, ranking_sha256=signed.sha256)
        return len(decisions)


def notify_applicant(call: Call, row: DecisionRow, pdf: bytes, by: Actor, now: datetime) -> None:
    """The rows of one notice: from here the applicant's days count. Inside the transaction of the act."""
    decision = db.session.get_one(Decision, row.id)
    decision.notified_at = now
    db.session.add(DecisionNotice(decision_id=row.id, at=now, way="mail", by_id=by.user_id))
    digest = hashlib.sha256(pdf).hexdigest()
    db.session.add(Letter(decision_id=row.id, pdf=pdf, sha256=digest, created_at=now))
    record_fact(call.id, "notified", at=now, subject_id=row.organisation_id)
    _note(
        call,
        "decision.notified",
        f"proposal:{row.proposal_id}",
        by,
        now,
        organisation_id=row.organisation_id,
        outcome=row.outcome,
        letter_sha256=digest,
    )


def send_decisions(call: Call, decisions: list[DecisionRow], now: datetime) -> None:
    """The mails with their letters, to everybody of each applicant; after the rows of the notice."""
    people = recipients_of({row.organisation_id for row in decisions})
    until = deadline(window_end(start_of_day(local_day(now)), call.objection_days))
    statuses = statuses_to_tell([row.proposal_id for row in decisions], call.id, now)
    for row in decisions:
        for person in people[row.organisation_id]:
            enqueue(
                "decision",
                to=person,
                subject=f"Beslissing over de kandidatuur van {row.organisation_name}",
                template="decisions/mail_decision",
                at=now,
                addendum_id=call.id,
                letter=(LETTER_NAME, row.id),
                call=call,
                organisation=row.organisation_name,
                status=statuses[row.proposal_id],
                until=until,
                link=page_url("decisions.own", proposal_id=row.proposal_id),
            )


def _note(call: Call, action: str, subject: str, by: Actor, now: datetime, **facts: object) -> None:
    audit.record(
        action,
        actor_id=by.user_id,
        subject=subject,
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        **facts,  # type: ignore[arg-type]
    )

"""Telling everybody in one act: letters, mails, facts and the signed ranking, or nothing at all.

Letters and mails are made before the write lock is taken (some 20 ms a letter would hold up every writer),
from plain data: letters mostly by the worker (`letters.making`), a few that are missing here. Inside the
transaction the same data is worked out again from the rows as they are then; nothing leaves unless both are
equal.
"""

from datetime import datetime

from app.addenda.queries import Call, load_call
from app.addenda.services import record_fact
from app.audit import services as audit
from app.decisions.candidates import candidates
from app.decisions.letters import letter_pdf
from app.decisions.letters.making import ask_for_letters, forget_prepared
from app.decisions.letters.queries import prepared, ready
from app.decisions.notifying import Drawn, Outdated, check_still_said, drawn, notify, what_is_said
from app.decisions.policy import check_complete
from app.decisions.queries import DecisionRow
from app.decisions.signing import sign
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.database import transaction

ATTEMPTS = 3
MOST_MADE_HERE = 25
"""Letters that the act makes itself when they are missing: half a second that somebody waits for."""


class LettersMissing(DomainError):
    """More letters are still to be made than an act can make."""


def communicate(addendum_id: int, *, by: Actor) -> int:
    """Tell every applicant, in one act; the number of decisions, 0 when it was done already.

    Raises `nothing_to_communicate`, `decisions_not_confirmed` (fact `names`), what `check_complete` raises
    for a confirmation that lapsed, `letters_not_ready` (facts `count`, `total`) when too many letters are
    missing: they are asked for then; and `decisions_changed_meanwhile` when people keep changing decisions.
    """
    for _ in range(ATTEMPTS):
        now = clock.read()
        call = load_call(addendum_id, now)
        if call.facts.communicated_at is not None:
            return 0
        require(may(by, "decision.communicate", call.subject(), call.phase))
        try:
            return _commit(addendum_id, prepare(call, now), by)
        except LettersMissing:
            ask_for_letters(addendum_id, local_day(now), by=by)
            raise
        except Outdated:
            continue
    raise DomainError("decisions_changed_meanwhile")


def prepare(call: Call, now: datetime) -> Drawn:
    """Check that all is decided; what leaves at `now`, with the few letters that are missing made here."""
    said = what_is_said(call, _complete(call.id), now)
    missing = said.letters.keys() - ready(said.letters)
    if len(missing) > MOST_MADE_HERE:
        raise LettersMissing("letters_not_ready", count=len(missing), total=len(said.letters))
    made = prepared(said.letters)
    return drawn(said, {one: made.get(one) or letter_pdf(data) for one, data in said.letters.items()})


def _complete(addendum_id: int) -> list[DecisionRow]:
    """The decisions of the standing proposals, all confirmed; raises what `check_complete` raises."""
    found = candidates(addendum_id)
    check_complete(
        ((one.proposal.organisation_name, one.confirmed) for one in found),
        lapsed=[one.proposal.organisation_name for one in found if one.lapsed],
    )
    by_name = sorted(found, key=lambda one: (one.proposal.organisation_name, one.proposal.proposal_id))
    return [one.decision for one in by_name if one.decision]


def _commit(addendum_id: int, leaving: Drawn, by: Actor) -> int:
    with transaction() as now:
        call = load_call(addendum_id, now)
        if call.facts.communicated_at is not None:
            return 0
        require(may(by, "decision.communicate", call.subject(), call.phase))
        decisions = _complete(addendum_id)
        check_still_said(call, decisions, leaving, now)
        signed = sign(call, decisions, at=now)
        record_fact(addendum_id, "communicated", at=now)
        notify(call, decisions, leaving, by, now)
        forget_prepared(addendum_id, [row.id for row in decisions], now)
        audit.record(
            "decisions.communicated",
            actor_id=by.user_id,
            subject=f"call:{call.id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            ranking_sha256=signed.sha256,
        )
        return len(decisions)

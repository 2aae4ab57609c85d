"""Closing and reopening the written round and the pitch round."""

from datetime import datetime

from app.addenda.queries import load_call
from app.addenda.services import record_fact
from app.admissibility.queries import unsettled
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.evaluation.juries.rules import log_if_broken
from app.evaluation.policy import PITCH, ROUND_OF_PHASE, TEXT_LIMIT, WRITTEN
from app.evaluation.queries import declarations_of, jurors_of, missing_sheets, round_rows, shortlisted
from app.infra.database import transaction
from app.infra.formats import deadline

CLOSE = "round.close_and_reopen"


def close_round(
    addendum_id: int, round_name: str, *, confirmed: bool, by: Actor, unsettled_too: bool = False
) -> None:
    """End the round that runs; `confirmed`: also while sheets are missing; `unsettled_too`: also while the
    formal check of some applicants is not finished.

    Raises another_round (the page was about a round that does not run any more), completion_runs (facts
    `who`, `until`), formal_check_unsettled, sheets_missing and nobody_shortlisted.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, CLOSE, call.subject(), call.phase))
        if ROUND_OF_PHASE.get(call.phase) != round_name:
            raise DomainError("another_round")
        if round_name == WRITTEN:
            _require_settled(call.id, now, unsettled_too)
        missing = len(missing_sheets(call, round_name))
        if missing and not confirmed:
            raise DomainError("sheets_missing", field="confirmed", count=missing)
        if round_name == PITCH and not confirmed and not shortlisted(call.id):
            raise DomainError("nobody_shortlisted", field="confirmed")
        record_fact(call.id, f"{round_name}_closed", at=now)
        record(
            "round.closed",
            actor_id=by.user_id,
            subject=f"call:{call.id}",
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            at=now,
            round=round_name,
            missing=missing,
        )
        rows, declared = round_rows(call, round_name), declarations_of(call.id)
        log_if_broken(call, round_name, jurors_of(call.id), rows, declared, by=by, at=now)


def _require_settled(addendum_id: int, now: datetime, unsettled_too: bool) -> None:
    """A term to complete was promised and can only be kept while this round is open."""
    left = unsettled(addendum_id, now)
    if left.until is not None:
        count = len(left.running)
        who = "1 kandidaat" if count == 1 else f"{count} kandidaten"
        raise DomainError("completion_runs", who=who, until=deadline(left.until))
    if left.waiting and not unsettled_too:
        raise DomainError("formal_check_unsettled", field="unsettled", count=len(left.waiting))


def reopen_written_round(addendum_id: int, reason: str, *, by: Actor) -> None:
    """From the pitch round back to the written one; the reason is kept in the log.

    Raises reopen_reason_missing and another_round.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, CLOSE, call.subject(), call.phase))
        if call.phase is not Phase.PITCH:
            raise DomainError("another_round")
        if not reason.strip():
            raise DomainError("reopen_reason_missing", field="reason")
        record_fact(call.id, "written_reopened", at=now)
        record(
            "round.reopened",
            actor_id=by.user_id,
            subject=f"call:{call.id}",
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            at=now,
            round=WRITTEN,
            reason=reason.strip()[:TEXT_LIMIT],
        )

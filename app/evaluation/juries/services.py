"""Judging likely conflicts: none after all, or a question to the juror."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import PERMISSIONS, Actor, Role, may, require
from app.domain.errors import DomainError
from app.domain.timeline import local_day
from app.evaluation.conflicts import DECLARE
from app.evaluation.declaring import declared_first
from app.evaluation.juries.models import HintDismissal
from app.evaluation.juries.policy import ASKED, DISMISS, REASON_LIMIT
from app.evaluation.juries.queries import Pair, asked_at, pairs_of
from app.evaluation.queries import in_conflict_with
from app.infra.database import db, transaction
from app.infra.texts import clean
from app.notifications.services import Recipient, enqueue, page_url
from app.proposals.seal.sealing import require_opened


def dismiss_hint(addendum_id: int, juror_id: int, organisation_id: int, reason: str, *, by: Actor) -> bool:
    """A likely tie turns out to be no conflict; False when that was said before. It counts for
    the hints there are now: another kind that turns up later is likely again.

    Raises what `_judged` raises, hint_declared, hint_reason_missing and hint_reason_too_long.
    """
    with transaction() as now:
        call, pair = _judged(addendum_id, juror_id, organisation_id, by, now)
        if pair.dismissed is not None and not pair.unseen:
            return False
        if pair.conflict:
            raise DomainError("hint_declared")
        row = _row(call, pair) or HintDismissal(
            addendum_id=call.id, juror_id=juror_id, organisation_id=organisation_id
        )
        row.reason, row.by_id, row.at = _checked(reason), by.user_id or 0, now
        row.kinds = sorted({*(row.kinds or ()), *(one.kind.value for one in pair.hints)})
        db.session.add(row)
        _log("conflict.hint_dismissed", call, pair, by, now, kinds=row.kinds)
        return True


def _checked(reason: str) -> str:
    text = clean(reason)
    if not text:
        raise DomainError("hint_reason_missing", field="reason")
    if len(text) > REASON_LIMIT:
        raise DomainError("hint_reason_too_long", field="reason", maximum=REASON_LIMIT)
    return text


def _row(call: Call, pair: Pair) -> HintDismissal | None:
    return db.session.scalar(
        select(HintDismissal).where(
            HintDismissal.addendum_id == call.id,
            HintDismissal.juror_id == pair.juror.user_id,
            HintDismissal.organisation_id == pair.applicant.organisation_id,
        )
    )


def restore_hint(addendum_id: int, juror_id: int, organisation_id: int, *, by: Actor) -> None:
    """The tie is likely again. Raises what `_judged` raises and hint_not_dismissed."""
    with transaction() as now:
        call, pair = _judged(addendum_id, juror_id, organisation_id, by, now)
        row = _row(call, pair)
        if row is None:
            raise DomainError("hint_not_dismissed")
        db.session.delete(row)
        _log("conflict.hint_restored", call, pair, by, now)


def _judged(
    addendum_id: int, juror_id: int, organisation_id: int, by: Actor, now: datetime
) -> tuple[Call, Pair]:
    """The pair, for who may judge it: free towards the applicant, and not the juror it is about. Raises
    hint_own and hint_unknown, and refuses as the table does."""
    call = load_call(addendum_id, now)
    require(may(by, DISMISS, call.subject(organisation_id), call.phase))
    require_opened(call.id)
    for verdict in declared_first(by, call.id, {organisation_id}).values():
        require(verdict)
    if juror_id == by.user_id:
        raise DomainError("hint_own")
    found = [one for one in pairs_of(call, juror_id, organisation_id) if one.hints or one.dismissed]
    if not found:
        raise DomainError("hint_unknown")
    return call, found[0]


def ask_juror(addendum_id: int, juror_id: int, *, by: Actor) -> int:
    """One mail to a juror about every likely tie that is still open and that the asker may know of; returns
    how many applicants that is. Raises ask_self, declaring_is_over, asked_today and nothing_to_ask."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, DISMISS, call.subject(), call.phase))
        require_opened(call.id)
        if juror_id == by.user_id:
            raise DomainError("ask_self")
        pairs = askable(pairs_of(call, juror_id), call, by)
        if not pairs:
            raise DomainError("nothing_to_ask")
        juror = pairs[0].juror
        if call.phase not in PERMISSIONS[DECLARE][Role.JUROR]:
            raise DomainError("declaring_is_over")
        last = asked_at(call.id).get(juror_id)
        if last is not None and local_day(last) == local_day(now):
            raise DomainError("asked_today")
        enqueue(
            "conflict.asked",
            to=Recipient(juror.email, juror.name),
            subject=f"Heb je een band met een kandidaat? {call.title}",
            template="evaluation/mail_conflict",
            at=now,
            addendum_id=call.id,
            call=call,
            names=[one.applicant.organisation_name for one in pairs],
            link=page_url("evaluation.declare", addendum_id=call.id),
        )
        record(
            ASKED,
            actor_id=by.user_id,
            subject=f"user:{juror_id}",
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            at=now,
            count=len(pairs),
        )
        return len(pairs)


def askable(pairs: list[Pair], call: Call, actor: Actor) -> list[Pair]:
    """The open ties about applicants towards whom the actor is free."""
    likely = [one for one in pairs if one.likely]
    closed = in_conflict_with(actor, call.id)
    closed |= set(declared_first(actor, call.id, {one.applicant.organisation_id for one in likely}))
    return [one for one in likely if one.applicant.organisation_id not in closed]


def _log(action: str, call: Call, pair: Pair, by: Actor, now: datetime, **facts: Any) -> None:
    record(
        action,
        actor_id=by.user_id,
        subject=f"organisation:{pair.applicant.organisation_id}",
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=pair.applicant.organisation_id,
        at=now,
        juror=pair.juror.user_id,
        **facts,
    )

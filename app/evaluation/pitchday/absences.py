"""Who cannot come when: a juror, the owner of an applicant, or the region on behalf of both."""

from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound
from app.domain.timeline import BRUSSELS, Phase
from app.evaluation.models import JurySeat
from app.evaluation.pitchday.models import PitchAbsence
from app.evaluation.pitchday.policy import MOST_ABSENCES
from app.evaluation.pitchday.queries import Window, windows_of
from app.evaluation.rounds import CLOSE
from app.infra.database import db, transaction
from app.proposals.policy import ProposalRef, closed_to
from app.proposals.queries import load_proposal_ref, standing

OWN_JUROR = "conflict.own.declare"
OWN_APPLICANT = "pitch.own.availability"
PLANNED = (Phase.WRITTEN, Phase.PITCH)


class Who(NamedTuple):
    """A juror or an applicant of a call: exactly one."""

    juror_id: int | None = None
    proposal_id: int | None = None


class Stretch(NamedTuple):
    """As chosen: the window, and local hours in it; none is from its start, or until its end."""

    window_id: int
    start: time | None
    end: time | None


def add_own(addendum_id: int, stretch: Stretch, *, by: Actor) -> bool:
    """A juror says when they cannot come; False when that was said already."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        _require_juror(call, by)
        return _add(call, Who(juror_id=by.user_id), stretch, by, now)


def add_for_applicant(ref: ProposalRef, stretch: Stretch, *, by: Actor) -> bool:
    """An owner says when the organisation cannot come."""
    with transaction() as now:
        call = load_call(ref.addendum_id, now)
        require(may(by, OWN_APPLICANT, call.subject(ref.organisation_id), call.phase))
        if not ref.handed_in or ref.refused:
            raise DomainError("pitch_not_handed_in")
        return _add(call, Who(proposal_id=ref.id), stretch, by, now)


def add_on_behalf(addendum_id: int, who: Who, stretch: Stretch, *, by: Actor) -> bool:
    """The region writes down what somebody told. Raises absence_of_nobody for who is not of this call, or of
    an applicant that is closed to the writer."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, CLOSE, call.subject(), call.phase))
        _require_known(call, who, by)
        return _add(call, who, stretch, by, now)


def remove_own(addendum_id: int, absence_id: int, *, by: Actor) -> bool:
    """False when it was gone already."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        _require_juror(call, by)
        return _remove(call, absence_id, Who(juror_id=by.user_id), by, now)


def remove_for_applicant(ref: ProposalRef, absence_id: int, *, by: Actor) -> bool:
    with transaction() as now:
        call = load_call(ref.addendum_id, now)
        require(may(by, OWN_APPLICANT, call.subject(ref.organisation_id), call.phase))
        return _remove(call, absence_id, Who(proposal_id=ref.id), by, now)


def remove_on_behalf(addendum_id: int, absence_id: int, *, by: Actor) -> bool:
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, CLOSE, call.subject(), call.phase))
        row = db.session.get(PitchAbsence, absence_id)
        if row is None or row.addendum_id != call.id:
            return False
        who = Who(row.juror_id, row.proposal_id)
        _require_known(call, who, by)
        return _remove(call, absence_id, who, by, now)


def _require_juror(call: Call, by: Actor) -> None:
    require(may(by, OWN_JUROR, call.subject(), call.phase))
    if call.phase not in PLANNED:
        raise DomainError("pitch_absence_not_now")


def _require_known(call: Call, who: Who, by: Actor) -> None:
    if who.juror_id is not None:
        seat = select(JurySeat.id).where(JurySeat.addendum_id == call.id, JurySeat.user_id == who.juror_id)
        if db.session.scalar(seat) is None:
            raise DomainError("absence_of_nobody", field="who")
        return
    row = next((one for one in standing(call.id) if one.proposal_id == who.proposal_id), None)
    if row is None or closed_to(by, call.id, {row.organisation_id}):
        raise DomainError("absence_of_nobody", field="who")


def _add(call: Call, who: Who, stretch: Stretch, by: Actor, now: datetime) -> bool:
    window = next((one for one in windows_of(call.id) if one.id == stretch.window_id), None)
    if window is None:
        raise DomainError("pitch_day_foreign", field="window")
    starts, ends = _hours(window, stretch)
    same = (PitchAbsence.addendum_id == call.id, *_of(who))
    there = select(PitchAbsence.id).where(
        *same, PitchAbsence.starts_at <= starts, PitchAbsence.ends_at >= ends
    )
    if db.session.scalar(there.limit(1)) is not None:
        return False
    if (db.session.scalar(select(func.count()).where(*same)) or 0) >= MOST_ABSENCES:
        raise DomainError("absences_too_many", maximum=MOST_ABSENCES)
    db.session.add(
        PitchAbsence(
            addendum_id=call.id,
            juror_id=who.juror_id,
            proposal_id=who.proposal_id,
            starts_at=starts,
            ends_at=ends,
            by_id=by.user_id,
            at=now,
        )
    )
    _log("pitch_absence.added", call, who, by, now, starts=starts.isoformat(), ends=ends.isoformat())
    return True


def _hours(window: Window, stretch: Stretch) -> tuple[datetime, datetime]:
    """Cut to the window: what lies outside it is nobody's business."""
    start = max(stretch.start or window.start, window.start)
    end = min(stretch.end or window.end, window.end)
    if (stretch.start and stretch.end and stretch.start >= stretch.end) or start >= end:
        raise DomainError("absence_ends_before_it_begins", field="end")
    return (
        datetime.combine(window.day, start, BRUSSELS),
        datetime.combine(window.day, end, BRUSSELS),
    )


def _remove(call: Call, absence_id: int, who: Who, by: Actor, now: datetime) -> bool:
    row = db.session.scalar(
        select(PitchAbsence).where(
            PitchAbsence.id == absence_id, PitchAbsence.addendum_id == call.id, *_of(who)
        )
    )
    if row is None:
        return False
    db.session.delete(row)
    _log("pitch_absence.removed", call, who, by, now, starts=row.starts_at.isoformat())
    return True


def _of(who: Who) -> tuple[Any, ...]:
    if who.juror_id is not None:
        return (PitchAbsence.juror_id == who.juror_id,)
    if who.proposal_id is None:
        raise NotFound("absence")
    return (PitchAbsence.proposal_id == who.proposal_id,)


def _log(action: str, call: Call, who: Who, by: Actor, now: datetime, **facts: Any) -> None:
    subject = f"user:{who.juror_id}" if who.juror_id is not None else f"proposal:{who.proposal_id}"
    of = None if who.proposal_id is None else load_proposal_ref(who.proposal_id).organisation_id
    record(
        action,
        actor_id=by.user_id,
        subject=subject,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=of,
        at=now,
        **facts,
    )

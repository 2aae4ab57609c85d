"""Reading the pitch day: windows, moments, who cannot come, and what happens elsewhere at the same time."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.addenda.models import PitchWindow as WindowRow
from app.domain.pitch import PitchSlot
from app.domain.timeline import BRUSSELS
from app.evaluation.models import ConflictDeclaration, JurySeat
from app.evaluation.models import PitchSlot as SlotRow
from app.evaluation.pitchday.models import PitchAbsence, PitchHearing, PitchPlan
from app.evaluation.pitchday.policy import Moment, Version, moments_of
from app.infra.database import db
from app.proposals.models import Proposal


class Window(NamedTuple):
    id: int
    day: date
    start: time
    end: time

    @property
    def begins(self) -> datetime:
        """Naive local time."""
        return datetime.combine(self.day, self.start)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.day, self.end)


def windows_of(addendum_id: int) -> list[Window]:
    """The windows of a call in order of time. One query."""
    rows = db.session.execute(
        select(WindowRow.id, WindowRow.day, WindowRow.start, WindowRow.end)
        .where(WindowRow.addendum_id == addendum_id)
        .order_by(WindowRow.day, WindowRow.start, WindowRow.id)
    )
    return [Window(*row) for row in rows]


def moments_in(addendum_id: int) -> dict[int, Moment]:
    """{proposal: moment} as placed, in order of time. One query."""
    rows = db.session.execute(
        select(SlotRow.proposal_id, SlotRow.starts_at, SlotRow.ends_at, SlotRow.room)
        .where(SlotRow.addendum_id == addendum_id)
        .order_by(SlotRow.starts_at)
    )
    return {row.proposal_id: Moment(row.starts_at, row.ends_at, row.room) for row in rows}


def local(value: datetime) -> datetime:
    """The clock in Brussels, without its zone, as the windows have it."""
    return value.astimezone(BRUSSELS).replace(tzinfo=None)


def slot_of(proposal_id: int, moment: Moment) -> PitchSlot:
    begins = local(moment.starts)
    length = (moment.ends - moment.starts) // timedelta(minutes=1)
    return PitchSlot(proposal_id, begins.date(), begins.time(), length)


def moment_of(slot: PitchSlot, room: str) -> Moment:
    return Moment(slot.begins.replace(tzinfo=BRUSSELS), slot.ends.replace(tzinfo=BRUSSELS), room)


class AbsenceRow(NamedTuple):
    """Of a juror or of an applicant; `by` entered it."""

    id: int
    juror_id: int | None
    proposal_id: int | None
    starts_at: datetime
    ends_at: datetime
    by: str


def absences_of(
    addendum_id: int, *, juror_id: int | None = None, proposal_id: int | None = None
) -> Sequence[AbsenceRow]:
    """Everybody's in a call, or of one juror or proposal, in order of time. One query."""
    of = [PitchAbsence.addendum_id == addendum_id]
    if juror_id is not None:
        of.append(PitchAbsence.juror_id == juror_id)
    if proposal_id is not None:
        of.append(PitchAbsence.proposal_id == proposal_id)
    rows: Sequence[Any] = db.session.execute(
        select(
            PitchAbsence.id,
            PitchAbsence.juror_id,
            PitchAbsence.proposal_id,
            PitchAbsence.starts_at,
            PitchAbsence.ends_at,
            User.name.label("by"),
        )
        .join(User, User.id == PitchAbsence.by_id)
        .where(*of)
        .order_by(PitchAbsence.starts_at, PitchAbsence.id)
    ).all()
    return rows


class ElsewhereRow(NamedTuple):
    """A pitch of another call."""

    addendum_id: int
    title: str
    service_area_id: int
    organisation_id: int
    starts_at: datetime
    ends_at: datetime
    room: str


def elsewhere(addendum_id: int, windows: Sequence[Window]) -> Sequence[ElsewhereRow]:
    """The pitches of other calls on the days of these windows. One query, none without windows."""
    if not windows:
        return []
    first = min(one.begins for one in windows).replace(tzinfo=BRUSSELS)
    last = max(one.ends for one in windows).replace(tzinfo=BRUSSELS)
    rows: Sequence[Any] = db.session.execute(
        select(
            SlotRow.addendum_id,
            Addendum.title,
            Addendum.service_area_id,
            Proposal.organisation_id,
            SlotRow.starts_at,
            SlotRow.ends_at,
            SlotRow.room,
        )
        .join(Proposal, Proposal.id == SlotRow.proposal_id)
        .join(Addendum, Addendum.id == SlotRow.addendum_id)
        .where(SlotRow.addendum_id != addendum_id, SlotRow.ends_at > first, SlotRow.starts_at < last)
        .order_by(SlotRow.starts_at, SlotRow.addendum_id)
    ).all()
    return rows


def juries_elsewhere(
    jurors: Collection[int], calls: Collection[int]
) -> tuple[set[tuple[int, int]], set[tuple[int, int, int]]]:
    """Who of these sits on those juries (juror, call), and for whom they leave the room there (juror, call,
    organisation). Two queries."""
    if not calls:
        return set(), set()
    seats = db.session.execute(
        select(JurySeat.user_id, JurySeat.addendum_id).where(
            JurySeat.user_id.in_(jurors), JurySeat.addendum_id.in_(calls)
        )
    )
    said = ConflictDeclaration
    out = db.session.execute(
        select(said.juror_id, said.addendum_id, said.organisation_id).where(
            said.juror_id.in_(jurors), said.addendum_id.in_(calls), said.in_conflict
        )
    )
    return {(one, call) for one, call in seats}, {(one, call, who) for one, call, who in out}


def versions_of(addendum_id: int) -> list[Version]:
    """The plans as they were told, oldest first. One query."""
    rows = db.session.execute(
        select(PitchPlan.number, PitchPlan.at, User.name, PitchPlan.content)
        .join(User, User.id == PitchPlan.by_id)
        .where(PitchPlan.addendum_id == addendum_id)
        .order_by(PitchPlan.number)
    )
    return [Version(number, at, by, moments_of(content)) for number, at, by, content in rows]


def last_number(addendum_id: int) -> int:
    """The version that counts; 0 before the first. One query."""
    number = db.session.scalar(select(func.max(PitchPlan.number)).where(PitchPlan.addendum_id == addendum_id))
    return number or 0


def begun(addendum_id: int) -> set[int]:
    """The proposals whose pitch began. One query."""
    rows = db.session.scalars(
        select(PitchHearing.proposal_id).where(
            PitchHearing.addendum_id == addendum_id, PitchHearing.began_at.is_not(None)
        )
    )
    return set(rows)


def room_of_windows(windows: Sequence[Window], moments: Mapping[int, Moment]) -> dict[int, str]:
    """{window: the room of the first pitch in it}; "" where none is known."""
    found: dict[int, str] = {}
    for one in windows:
        held = (it.room for it in moments.values() if one.begins <= local(it.starts) < one.ends and it.room)
        found[one.id] = next(held, "")
    return found

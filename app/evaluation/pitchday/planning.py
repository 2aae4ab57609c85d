"""The pitch day as one whole: who has to be where, who cannot, and the plan that follows."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from app.addenda.queries import Call
from app.domain.errors import DomainError
from app.domain.pitch import PitchSlot, earliest_day
from app.domain.pitch_blocks import Block, blocks
from app.domain.pitch_plan import Pitch, PitchDay, Placed, Plan, PlanWindow, Span, leaves, plan
from app.domain.timeline import local_day
from app.evaluation.pitchday.policy import Moment
from app.evaluation.pitchday.queries import (
    AbsenceRow,
    ElsewhereRow,
    Window,
    absences_of,
    elsewhere,
    juries_elsewhere,
    last_number,
    local,
    moments_in,
    room_of_windows,
    slot_of,
    windows_of,
)
from app.evaluation.queries import JurorRow, declarations_of, jurors_of, shortlisted
from app.infra.formats import enumeration
from app.proposals.queries import StandingRow, standing

_LONG = timedelta(days=3)


@dataclass(frozen=True)
class Busy:
    """A stretch in which somebody or a room is not free; `where` is the other call, when it may be named."""

    span: Span
    where: str = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class DayFacts:
    """Everything about the pitch day of one call, read once. `conflicts` are (juror, proposal)."""

    call: Call
    rows: Mapping[int, StandingRow]
    invited: frozenset[int]
    windows: Sequence[Window]
    moments: Mapping[int, Moment]
    number: int
    jurors: Sequence[JurorRow]
    conflicts: frozenset[tuple[int, int]]
    absences: Sequence[AbsenceRow]
    others: Sequence[ElsewhereRow]
    seats: frozenset[tuple[int, int]]
    out_there: frozenset[tuple[int, int, int]]

    @cached_property
    def slots(self) -> dict[int, PitchSlot]:
        return {one: slot_of(one, moment) for one, moment in self.moments.items()}

    @cached_property
    def rooms(self) -> dict[int, str]:
        return room_of_windows(self.windows, self.moments)

    @cached_property
    def plan_windows(self) -> list[PlanWindow]:
        return [PlanWindow(one.begins, one.ends) for one in self.windows]

    def outside(self, proposal_id: int) -> frozenset[int]:
        return frozenset(juror for juror, one in self.conflicts if one == proposal_id)

    def juror_busy(self, juror_id: int) -> list[Busy]:
        """Own hours, and pitches of other juries that the juror hears."""
        own = [Busy(_span(one)) for one in self.absences if one.juror_id == juror_id]
        return own + [
            Busy(_span(one), self._name(one), True)
            for one in self.others
            if (juror_id, one.addendum_id) in self.seats
            and (juror_id, one.addendum_id, one.organisation_id) not in self.out_there
        ]

    def applicant_busy(self, proposal_id: int) -> list[Busy]:
        own = [Busy(_span(one)) for one in self.absences if one.proposal_id == proposal_id]
        organisation = self.rows[proposal_id].organisation_id
        return own + [Busy(_span(one)) for one in self.others if one.organisation_id == organisation]

    def room_busy(self, room: str) -> list[Busy]:
        """The same room of another call of the region."""
        same = _same_room(room)
        region = self.call.service_area_id
        return [
            Busy(_span(one), one.title, True)
            for one in self.others
            if same and one.service_area_id == region and _same_room(one.room) == same
        ]

    def _name(self, one: ElsewhereRow) -> str:
        """Only what the region itself plans is named."""
        return one.title if one.service_area_id == self.call.service_area_id else ""

    def leaves(self, moments: Mapping[int, Moment]) -> int:
        placed = [Placed(one, local(it.starts), local(it.ends)) for one, it in moments.items()]
        return leaves(self.plan_windows, placed, {one: self.outside(one) for one in moments})


@dataclass(frozen=True)
class Suggestion:
    """A plan, or what blocks it; `soon`: the windows that are too short a notice, before `earliest`."""

    day: PitchDay
    plan: Plan | None
    blocked: Sequence[Block]
    soon: Collection[PlanWindow]
    earliest: date


def day_facts(call: Call) -> DayFacts:
    """As many queries for thirty pitches as for one."""
    rows = {row.proposal_id: row for row in standing(call.id)}
    by_organisation = {row.organisation_id: one for one, row in rows.items()}
    windows, jurors = windows_of(call.id), jurors_of(call.id)
    others = elsewhere(call.id, windows)
    seats, out = juries_elsewhere({one.user_id for one in jurors}, {one.addendum_id for one in others})
    conflicts = frozenset(
        (one.juror_id, by_organisation[one.organisation_id])
        for one in declarations_of(call.id)
        if one.in_conflict and one.organisation_id in by_organisation
    )
    return DayFacts(
        call=call,
        rows=rows,
        invited=frozenset(shortlisted(call.id) & set(rows)),
        windows=windows,
        moments={one: moment for one, moment in moments_in(call.id).items() if one in rows},
        number=last_number(call.id),
        jurors=jurors,
        conflicts=conflicts,
        absences=absences_of(call.id),
        others=others,
        seats=frozenset(seats),
        out_there=frozenset(out),
    )


def suggest(
    facts: DayFacts,
    order: Sequence[int],
    kept: Collection[int],
    *,
    minutes: int,
    pause: int,
    now: datetime,
    rooms: Mapping[int, str],
    without: bool = False,
) -> Suggestion:
    """A plan for the pitches in `order`; those in `kept` stay where they are. `rooms`: {window: room};
    `without`: jurors who cannot come are not waited for, other than those who sit elsewhere."""
    earliest = earliest_day(local_day(now))
    windows = [_plan_window(facts, one, rooms.get(one.id, ""), earliest) for one in facts.windows]
    soon = [one for one, window in zip(windows, facts.windows, strict=True) if window.day < earliest]
    absent = {
        one.user_id: tuple(b.span for b in facts.juror_busy(one.user_id) if b.elsewhere or not without)
        for one in facts.jurors
    }
    pitches = tuple(_pitch(facts, one, one in kept) for one in order)
    day = PitchDay(
        tuple(windows), pitches, minutes, pause, {one: spans for one, spans in absent.items() if spans}
    )
    found = plan(day)
    return Suggestion(day, found, () if found else blocks(day), soon, earliest)


def _plan_window(facts: DayFacts, one: Window, room: str, earliest: date) -> PlanWindow:
    taken = tuple(busy.span for busy in facts.room_busy(room))
    if one.day < earliest:
        taken = ((one.begins, one.ends + _LONG),)
    return PlanWindow(one.begins, one.ends, taken)


def _pitch(facts: DayFacts, one: int, keep: bool) -> Pitch:
    away = tuple(busy.span for busy in facts.applicant_busy(one))
    slot = facts.slots.get(one)
    fixed = (slot.begins, slot.ends) if keep and slot else None
    return Pitch(one, away, facts.outside(one), fixed)


def clashes(facts: DayFacts, slot: PitchSlot, room: str) -> Iterator[DomainError]:
    """Who or what is not free at this moment: slot_applicant_absent, slot_juror_absent, slot_juror_elsewhere
    and slot_room_taken, with the names in words."""
    span = (slot.begins, slot.ends)
    if any(_overlaps(busy.span, span) for busy in facts.applicant_busy(slot.proposal_id)):
        yield DomainError("slot_applicant_absent", proposal=slot.proposal_id)
    outside = facts.outside(slot.proposal_id)
    found = [
        (one.name, busy)
        for one in facts.jurors
        if one.user_id not in outside
        for busy in facts.juror_busy(one.user_id)
        if _overlaps(busy.span, span)
    ]
    absent = sorted({name for name, busy in found if not busy.elsewhere})
    if absent:
        yield DomainError("slot_juror_absent", proposal=slot.proposal_id, names=enumeration(absent))
    for name, busy in found:
        if busy.elsewhere:
            where = f"de jury van ‘{busy.where}’" if busy.where else "een andere jury"
            yield DomainError("slot_juror_elsewhere", proposal=slot.proposal_id, name=name, where=where)
    for busy in facts.room_busy(room):
        if _overlaps(busy.span, span):
            yield DomainError("slot_room_taken", proposal=slot.proposal_id, room=room, where=busy.where)
            return


def with_moments(facts: DayFacts, moments: Mapping[int, Moment]) -> DayFacts:
    return replace(facts, moments=moments)


def _span(one: AbsenceRow | ElsewhereRow) -> Span:
    return local(one.starts_at), local(one.ends_at)


def _overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _same_room(room: str) -> str:
    return " ".join(room.casefold().split())

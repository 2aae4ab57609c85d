"""The pitch day: slots inside windows, breaks, notice, and who leaves the room.

A `timeline.PitchWindow` is a stretch of one local day; there is one jury, so slots never overlap. Times
are local clock times in Europe/Brussels; lengths are minutes.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from app.domain.errors import DomainError
from app.domain.timeline import PitchWindow

DEFAULT_NOTICE_DAYS = 3
SATURDAY = 5


@dataclass(frozen=True)
class PitchSlot:
    """One proposal before the jury: local day, local start, length in minutes."""

    proposal_id: int
    day: date
    start: time
    minutes: int

    @property
    def begins(self) -> datetime:
        """Naive local time."""
        return datetime.combine(self.day, self.start)

    @property
    def ends(self) -> datetime:
        """Naive local time, exclusive."""
        return self.begins + timedelta(minutes=self.minutes)


def _span(window: PitchWindow) -> tuple[datetime, datetime]:
    return datetime.combine(window.day, window.start), datetime.combine(window.day, window.end)


def check_windows(windows: Sequence[PitchWindow]) -> None:
    """Raises window_ends_before_it_begins and windows_overlap (fact `day`), at field `pitch_windows`."""
    spans = sorted(map(_span, windows))
    for begins, ends in spans:
        if ends <= begins:
            raise DomainError("window_ends_before_it_begins", field="pitch_windows", day=begins.date())
    for (_, ends), (begins, _) in pairwise(spans):
        if begins < ends:
            raise DomainError("windows_overlap", field="pitch_windows", day=begins.date())


def earliest_day(
    invited_on: date, notice_days: int = DEFAULT_NOTICE_DAYS, holidays: Collection[date] = frozenset()
) -> date:
    """The first day on which somebody invited on `invited_on` may pitch.

    `notice_days` full working days lie between the two: neither the day of the invitation nor the day of
    the pitch counts, nor weekends and `holidays`. Invited on Monday with 3 days: Friday. Raises
    `notice_negative`.
    """
    if notice_days < 0:
        raise DomainError("notice_negative", field="notice_days")
    day, left = invited_on, notice_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in holidays
    return day + timedelta(days=1)


def check_slots(
    windows: Sequence[PitchWindow],
    slots: Sequence[PitchSlot],
    *,
    invited_on: date,
    break_minutes: int = 0,
    notice_days: int = DEFAULT_NOTICE_DAYS,
    holidays: Collection[date] = frozenset(),
) -> None:
    """Raise the first of `slot_problems`; the other arguments are the same."""
    earliest = earliest_day(invited_on, notice_days, holidays)
    for problem in slot_problems(windows, slots, earliest=earliest, break_minutes=break_minutes):
        raise problem


def slot_problems(
    windows: Sequence[PitchWindow], slots: Sequence[PitchSlot], *, earliest: date, break_minutes: int = 0
) -> Iterator[DomainError]:
    """Everything wrong with a pitch day, slot by slot in order of time.

    Codes: slot_without_length, slot_outside_windows, slot_notice_too_short (fact `earliest`),
    proposal_scheduled_twice, slot_double_booked (fact `other`: the proposal before it), and
    slot_break_too_short (facts `other`, `minutes`: the break asked). All carry `proposal`.
    """
    ordered = sorted(slots, key=lambda slot: (slot.begins, slot.proposal_id))
    spans = [_span(window) for window in windows]
    seen: set[int] = set()
    for slot in ordered:
        yield from _own_problems(slot, spans, earliest)
        if slot.proposal_id in seen:
            yield DomainError("proposal_scheduled_twice", proposal=slot.proposal_id)
        seen.add(slot.proposal_id)
    yield from _clashes(ordered, timedelta(minutes=break_minutes))


def _own_problems(
    slot: PitchSlot, spans: Sequence[tuple[datetime, datetime]], earliest: date
) -> Iterator[DomainError]:
    if slot.minutes < 1:
        yield DomainError("slot_without_length", proposal=slot.proposal_id)
    if not any(begins <= slot.begins and slot.ends <= ends for begins, ends in spans):
        yield DomainError("slot_outside_windows", proposal=slot.proposal_id)
    if slot.day < earliest:
        yield DomainError("slot_notice_too_short", proposal=slot.proposal_id, earliest=earliest)


def _clashes(ordered: Sequence[PitchSlot], pause: timedelta) -> Iterator[DomainError]:
    """Each slot against the one before it that lasts longest."""
    last: PitchSlot | None = None
    for slot in ordered:
        if last is not None and slot.begins < last.ends:
            yield DomainError("slot_double_booked", proposal=slot.proposal_id, other=last.proposal_id)
        elif last is not None and slot.begins < last.ends + pause:
            yield DomainError(
                "slot_break_too_short",
                proposal=slot.proposal_id,
                other=last.proposal_id,
                minutes=pause // timedelta(minutes=1),
            )
        if last is None or slot.ends > last.ends:
            last = slot


def propose_slots(
    windows: Sequence[PitchWindow], proposal_ids: Sequence[int], minutes: int, break_minutes: int = 0
) -> list[PitchSlot]:
    """Fill the windows from the first on, in the order given; a slot never crosses a window's end.

    Raises what `check_windows` raises, slot_without_length, break_negative, proposal_scheduled_twice, and
    `pitch_windows_too_small` (facts `fit`: how many fit, `asked`).
    """
    check_windows(windows)
    if minutes < 1:
        raise DomainError("slot_without_length", field="minutes")
    if break_minutes < 0:
        raise DomainError("break_negative", field="break_minutes")
    if len(set(proposal_ids)) < len(proposal_ids):
        raise DomainError("proposal_scheduled_twice", field="proposals")
    starts = list(_starts(windows, timedelta(minutes=minutes), timedelta(minutes=break_minutes)))
    if len(starts) < len(proposal_ids):
        raise DomainError("pitch_windows_too_small", fit=len(starts), asked=len(proposal_ids))
    pairs = zip(proposal_ids, starts, strict=False)
    return [PitchSlot(proposal, begins.date(), begins.time(), minutes) for proposal, begins in pairs]


def _starts(windows: Iterable[PitchWindow], length: timedelta, pause: timedelta) -> Iterator[datetime]:
    free_from = datetime.min
    for begins, ends in sorted(map(_span, windows)):
        start = max(begins, free_from)
        while start + length <= ends:
            yield start
            start += length + pause
            free_from = start


@dataclass(frozen=True)
class Room:
    """Who hears one pitch. `outside` are jurors in conflict with the applicant: they leave the room."""

    slot: PitchSlot
    present: tuple[int, ...]
    outside: tuple[int, ...]


def rooms(
    slots: Iterable[PitchSlot], jurors: Sequence[int], conflicts: Collection[tuple[int, int]]
) -> list[Room]:
    """The list of the day in order of time; `conflicts` are (juror id, proposal id).

    Raises `nobody_hears_pitch` (fact `proposal`) when all jurors are in conflict.
    """
    listed = []
    for slot in sorted(slots, key=lambda one: one.begins):
        outside = tuple(one for one in jurors if (one, slot.proposal_id) in conflicts)
        present = tuple(one for one in jurors if one not in outside)
        if not present:
            raise DomainError("nobody_hears_pitch", proposal=slot.proposal_id)
        listed.append(Room(slot, present, outside))
    return listed

"""A pitch day as it goes: what has been heard, and when the rest may be expected.

The plan itself does not move. All instants are aware; everything here is about the pitches of one day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise


class State(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"
    ABSENT = "absent"


@dataclass(frozen=True)
class Heard:
    """One pitch as planned (`starts` to `ends`) and as it went; `absent`: the applicant did not come."""

    proposal_id: int
    starts: datetime
    ends: datetime
    began: datetime | None = None
    ended: datetime | None = None
    absent: bool = False

    @property
    def state(self) -> State:
        if self.began is not None:
            return State.ENDED if self.ended is not None else State.RUNNING
        return State.ABSENT if self.absent else State.WAITING

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts


@dataclass(frozen=True)
class Expected:
    """When a pitch takes place: as it went, or as it looks now. Both None for an applicant who did not come.
    `delay` in whole minutes, never negative: how much later than planned it begins."""

    proposal_id: int
    state: State
    starts: datetime | None
    ends: datetime | None
    delay: int = 0


def pause_of(pitches: Sequence[Heard]) -> timedelta:
    """The shortest time that the plan leaves between two pitches of the day; none below two pitches."""
    ordered = sorted(pitches, key=lambda one: one.starts)
    gaps = [later.starts - earlier.ends for earlier, later in pairwise(ordered)]
    return max(min(gaps, default=timedelta()), timedelta())


def expected_times(pitches: Sequence[Heard], now: datetime) -> dict[int, Expected]:
    """{proposal id: when}, for the pitches of the day on which `now` falls.

    What is still to come keeps its planned moment unless the day runs late: then it follows the pitch before
    it after the usual pause of the day. A longer pause, such as noon, so makes up for a delay. Nothing begins
    earlier than planned, and nothing that waits has begun before `now`.
    """
    pause = pause_of(pitches)
    begun = sorted((one for one in pitches if one.began is not None), key=lambda one: (one.began, one.starts))
    waiting = sorted((one for one in pitches if one.state is State.WAITING), key=lambda one: one.starts)
    found = {
        one.proposal_id: Expected(one.proposal_id, State.ABSENT, None, None)
        for one in pitches
        if one.state is State.ABSENT
    }
    free = now
    for one in begun:
        starts = one.began or one.starts
        ends = one.ended or max(starts + one.length, now)
        found[one.proposal_id] = Expected(one.proposal_id, one.state, starts, ends, _late(one, starts))
        free = max(now, ends + pause)
    for one in waiting:
        starts = max(one.starts, free)
        found[one.proposal_id] = Expected(
            one.proposal_id, one.state, starts, starts + one.length, _late(one, starts)
        )
        free = starts + one.length + pause
    return found


def _late(one: Heard, starts: datetime) -> int:
    return max(0, (starts - one.starts) // timedelta(minutes=1))


def next_up(pitches: Sequence[Heard]) -> int | None:
    """The proposal that is heard next: the first in the plan that is still waiting."""
    waiting = [one for one in pitches if one.state is State.WAITING]
    return min(waiting, key=lambda one: one.starts).proposal_id if waiting else None


def in_the_room(pitches: Sequence[Heard]) -> int | None:
    """The proposal that is heard now."""
    return next((one.proposal_id for one in pitches if one.state is State.RUNNING), None)

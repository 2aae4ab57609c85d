"""Versions of a pitch plan beside each other: what moved, how often, and what was taken off it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

MINUTES = (5, 240)
BREAK = (0, 120)
ROOM_LIMIT = 120
MOST_ABSENCES = 30


class Moment(NamedTuple):
    """When (aware) and where one proposal pitches."""

    starts: datetime
    ends: datetime
    room: str


class Version(NamedTuple):
    """A plan as it was told."""

    number: int
    at: datetime
    by: str
    moments: Mapping[int, Moment]


class Told(NamedTuple):
    """What calendars know of one pitch: its last moment, whether it goes on, how many times it changed after
    it was first told, and when it changed last."""

    moment: Moment
    goes_on: bool
    sequence: int
    at: datetime


Changes = Mapping[int, tuple[Moment | None, Moment | None]]


@dataclass(frozen=True)
class Saved:
    """How many applicants have a new or other moment, none any more, and the number of the version; 0 when
    nothing changed."""

    moved: int
    dropped: int
    number: int

    @property
    def told(self) -> int:
        return self.moved + self.dropped


def content_of(moments: Mapping[int, Moment], minutes: int, pause: int) -> dict[str, Any]:
    """As `models.PitchPlan` keeps it, in order of time."""
    slots = [
        {"proposal": one, "starts": it.starts.isoformat(), "ends": it.ends.isoformat(), "room": it.room}
        for one, it in sorted(moments.items(), key=lambda pair: pair[1])
    ]
    return {"minutes": minutes, "break": pause, "slots": slots}


def moments_of(content: Mapping[str, Any]) -> dict[int, Moment]:
    return {
        int(one["proposal"]): Moment(
            datetime.fromisoformat(one["starts"]), datetime.fromisoformat(one["ends"]), one["room"]
        )
        for one in content["slots"]
    }


def changes(before: Mapping[int, Moment], after: Mapping[int, Moment]) -> dict[int, tuple[Any, Any]]:
    """{proposal: (moment before, moment after)} of what is not the same, in order of time."""
    both = [(one, before.get(one), after.get(one)) for one in {*before, *after}]
    changed = [(one, old, new) for one, old, new in both if old != new]
    changed.sort(key=lambda found: ((found[2] or found[1]).starts, found[0]))  # type: ignore[union-attr]
    return {one: (old, new) for one, old, new in changed}


def told(versions: Iterable[Version], placed: Mapping[int, Moment]) -> dict[int, Told]:
    """{proposal: Told} over all versions, oldest first. `placed` are the moments that count; what was placed
    before plans had versions is as it was first told."""
    found: dict[int, Told] = {}
    before: Mapping[int, Moment] = {}
    for version in versions:
        for one, (_, new) in changes(before, version.moments).items():
            known = found.get(one)
            moment = new or (known.moment if known else None)
            if moment is not None:
                found[one] = Told(moment, new is not None, known.sequence + 1 if known else 0, version.at)
        before = version.moments
    for one, moment in placed.items():
        found.setdefault(one, Told(moment, True, 0, moment.starts))
    return found


def differences(versions: Sequence[Version]) -> Sequence[tuple[Version, Changes]]:
    """Each version with what it changed in the one before it, newest first."""
    befores: list[Mapping[int, Moment]] = [{}, *(one.moments for one in versions)]
    pairs = zip(versions, befores, strict=False)
    return [(one, changes(before, one.moments)) for one, before in pairs][::-1]

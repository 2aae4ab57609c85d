"""When each proposal pitches, so that jurors in conflict leave the room least often.

One jury hears the pitches of a call one after the other: a pitch is never at the same time as another. All
times are naive local minutes (`datetime`), spans are half open. How the order is found, and when it is
certain that no better one exists, stands at `plan`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial, reduce
from heapq import nsmallest
from operator import or_
from typing import Any, NamedTuple

WIDTHS = (8, 40, 200)
STATES = 20_000
_ORIGIN = datetime(2000, 1, 1)
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Pitch:
    """One proposal. `away`: when the applicant cannot come; `outside`: the jurors in conflict with it;
    `fixed`: the span that it has and keeps, whatever stands in the way."""

    proposal_id: int
    away: tuple[Span, ...] = ()
    outside: frozenset[int] = frozenset()
    fixed: Span | None = None


@dataclass(frozen=True)
class PlanWindow:
    """Where pitches may be; `taken`: when the room of this window is somebody else's."""

    begins: datetime
    ends: datetime
    taken: tuple[Span, ...] = ()


@dataclass(frozen=True)
class PitchDay:
    """Everything that has to fit together. `absent`: {juror: when they cannot come}; it does not matter for
    a pitch that they leave the room for."""

    windows: tuple[PlanWindow, ...]
    pitches: tuple[Pitch, ...]
    minutes: int
    pause: int = 0
    absent: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)


class Placed(NamedTuple):
    proposal_id: int
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Plan:
    """`leaves`: how often somebody leaves the room, `least`: how often at the very least. With `leaves` equal
    to `least` no order is better. `proven`: that is so, or every order was weighed."""

    placed: tuple[Placed, ...]
    leaves: int
    least: int

    @property
    def proven(self) -> bool:
        return self.leaves == self.least


class State(NamedTuple):
    """What a part of the day comes to: how many of each kind were placed, the last kind, its window, when the
    jury is free again, and how often somebody left."""

    left: int
    free: int
    counts: tuple[int, ...]
    last: int
    window: int


@dataclass(frozen=True)
class Kind:
    """Pitches that may change places: the same jurors outside, the same hours. `free`: per window the
    stretches in which one fits, as (first start, last start)."""

    ids: tuple[int, ...]
    outside: int
    length: int
    free: tuple[tuple[tuple[int, int], ...], ...]

    def start(self, window: int, earliest: int) -> int | None:
        """The first start at or after this moment."""
        return next(
            (max(first, earliest) for first, last in self.free[window] if max(first, earliest) <= last), None
        )


def plan(day: PitchDay, *, widths: Sequence[int] = WIDTHS, states: int = STATES) -> Plan | None:
    """The order with the fewest leaves, then the earliest end; None when nothing fits that was found.

    Pitches that may change places are one kind, and a state is how many of each kind were placed, so that
    thirty pitches with three kinds are a small question. A first search keeps the most promising
    `widths` states per pitch, few first. Where its answer meets the bound (each juror in conflict leaves once
    at least), it is
    best. Otherwise all states are weighed that could still be better, up to `states` of them; beyond that the
    first answer stands, with the bound beside it. Raises ValueError for a length below one minute.
    """
    return _Search(day).best(widths, states)


def fits(day: PitchDay, *, states: int = STATES) -> bool:
    """Whether a plan was found for all pitches, whoever leaves."""
    alone = tuple(Pitch(one.proposal_id, away(day, one), frozenset(), one.fixed) for one in day.pitches)
    return plan(PitchDay(day.windows, alone, day.minutes, day.pause), states=states) is not None


def leaves(
    windows: Sequence[PlanWindow], placed: Iterable[Placed], outside: Mapping[int, Collection[int]]
) -> int:
    """How often somebody leaves the room in a plan: once for consecutive pitches in one window. What lies in
    no window stands alone."""
    count, before, seen = 0, frozenset[int](), None
    for one in sorted(placed, key=lambda slot: slot.starts):
        window = next((at for at, span in enumerate(windows) if span.begins <= one.starts < span.ends), None)
        out = frozenset(outside.get(one.proposal_id, ()))
        count += len(out - before if window is not None and window == seen else out)
        before, seen = out, window
    return count


def free_starts(day: PitchDay, one: Pitch) -> list[list[Span]]:
    """Per window the stretches of (first start, last start) in which this pitch could begin."""
    length = timedelta(minutes=day.minutes)
    if one.fixed is not None:
        kept = one.fixed[0]
        return [[(kept, kept)] if span.begins <= kept < span.ends else [] for span in day.windows]
    return [
        [
            (begins, ends - length)
            for begins, ends in free_spans(span, away(day, one))
            if ends - begins >= length
        ]
        for span in day.windows
    ]


def free_spans(window: PlanWindow, taken: Iterable[Span]) -> list[Span]:
    """What is left of a window without these stretches and those in which its room is taken."""
    found, at = [], window.begins
    for begins, ends in sorted([*taken, *window.taken]):
        if begins > at:
            found.append((at, min(begins, window.ends)))
        at = max(at, ends)
        if at >= window.ends:
            return [one for one in found if one[0] < one[1]]
    return [one for one in [*found, (at, window.ends)] if one[0] < one[1]]


def away(day: PitchDay, one: Pitch) -> tuple[Span, ...]:
    """When this pitch cannot be: the applicant is away, or a juror who has to hear it."""
    jurors = (spans for juror, spans in day.absent.items() if juror not in one.outside)
    return one.away + tuple(span for spans in jurors for span in spans)


def _minute(value: datetime) -> int:
    return int((value - _ORIGIN) // timedelta(minutes=1))


def _kinds(day: PitchDay) -> list[Kind]:
    """In the order in which the first of each was given; fixed ones are each their own kind."""
    bits = {
        juror: 1 << at for at, juror in enumerate(sorted({j for one in day.pitches for j in one.outside}))
    }
    groups: dict[tuple[int, int, Any], list[int]] = {}
    for one in day.pitches:
        free = tuple(
            tuple((_minute(first), _minute(last)) for first, last in window)
            for window in free_starts(day, one)
        )
        mask = reduce(or_, (bits[juror] for juror in one.outside), 0)
        length = (one.fixed[1] - one.fixed[0]) // timedelta(minutes=1) if one.fixed else day.minutes
        groups.setdefault((mask, length, free), []).append(one.proposal_id)
    return [Kind(tuple(ids), *key) for key, ids in groups.items()]


class _Search:
    def __init__(self, day: PitchDay) -> None:
        if day.minutes < 1:
            raise ValueError("a pitch lasts a minute at least")
        self.day = day
        self.kinds = _kinds(day)
        self.all = tuple(len(one.ids) for one in self.kinds)
        self.rest: dict[tuple[int, ...], int] = {}
        self.least = reduce(or_, (one.outside for one in self.kinds), 0).bit_count()

    def best(self, widths: Sequence[int], states: int) -> Plan | None:
        if not self.all:
            return Plan((), 0, 0)
        chosen: list[State] | None = None
        for width in widths:
            tried = self._layers(partial(self._promising, width))
            chosen = min((one for one in (tried, chosen) if one), key=lambda path: path[-1], default=None)
            if chosen is not None and chosen[-1].left == self.least:
                return self._told(chosen, self.least)
        limit = chosen[-1].left if chosen else None
        weighed = [0]

        def keep(layer: list[State]) -> list[State] | None:
            weighed[0] += len(layer)
            hopeful = [one for one in layer if limit is None or self._bound(one) < limit]
            return None if weighed[0] > states else hopeful

        exact = self._layers(keep)
        if weighed[0] > states:
            return self._told(chosen, self.least) if chosen else None
        found = exact or chosen
        return self._told(found, found[-1].left) if found else None

    def _layers(self, keep: Callable[[list[State]], list[State] | None]) -> list[State] | None:
        """One pitch more at a time; the path to the best full day, or None."""
        start = State(0, 0, tuple(0 for _ in self.all), -1, 0)
        layer: list[State] = [start]
        came: dict[State, State] = {}
        for _ in range(sum(self.all)):
            grown: dict[State, State] = {}
            for state in layer:
                for after in self._next(state):
                    grown.setdefault(after, state)
            kept = keep(_undominated(grown))
            if not kept:
                return None
            came.update((one, grown[one]) for one in kept)
            layer = kept
        path = [min(layer)]
        while path[-1] in came:
            path.append(came[path[-1]])
        return path[::-1]

    def _next(self, state: State) -> Iterable[State]:
        before = self.kinds[state.last].outside if state.last >= 0 else 0
        for at, kind in enumerate(self.kinds):
            if state.counts[at] == self.all[at]:
                continue
            counts = (*state.counts[:at], state.counts[at] + 1, *state.counts[at + 1 :])
            for window in range(state.window, len(self.day.windows)):
                start = kind.start(window, state.free)
                if start is None:
                    continue
                same = state.last >= 0 and window == state.window
                out = kind.outside & ~before if same else kind.outside
                busy = start + kind.length + self.day.pause
                yield State(state.left + out.bit_count(), busy, counts, at, window)

    def _bound(self, state: State) -> int:
        """At least this often in the end: who still has to leave and is not outside now, once."""
        rest = self.rest.get(state.counts)
        if rest is None:
            todo = (
                kind.outside for kind, n, of in zip(self.kinds, state.counts, self.all, strict=True) if n < of
            )
            rest = self.rest[state.counts] = reduce(or_, todo, 0)
        return state.left + (rest & ~self.kinds[state.last].outside).bit_count()

    def _promising(self, width: int, layer: list[State]) -> list[State]:
        return [one for _, one in nsmallest(width, ((self._bound(one), one) for one in layer))]

    def _told(self, path: list[State], least: int) -> Plan:
        placed, used = [], [0] * len(self.all)
        for state in path[1:]:
            kind = self.kinds[state.last]
            ends = _ORIGIN + timedelta(minutes=state.free - self.day.pause)
            starts = ends - timedelta(minutes=kind.length)
            placed.append(Placed(kind.ids[used[state.last]], starts, ends))
            used[state.last] += 1
        return Plan(tuple(placed), path[-1].left, least)


def _undominated(states: Iterable[State]) -> list[State]:
    """Of the states that leave the same to do, those for which no other is as early and as quiet."""
    found: list[State] = []
    earliest: dict[tuple[tuple[int, ...], int, int], int] = {}
    for one in sorted(states):
        key = (one.counts, one.last, one.window)
        if one.free < earliest.get(key, one.free + 1):
            earliest[key] = one.free
            found.append(one)
    return found

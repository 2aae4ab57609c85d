"""The plan of a pitch day against every order written out, and what it says when there is none."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.pitch_blocks import Longer, Nowhere, TooMany, Without, blocks
from app.domain.pitch_plan import Pitch, PitchDay, Placed, PlanWindow, Span, leaves, plan

DAY = datetime(2026, 6, 22)


def at(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


def window(begins: float, ends: float, *taken: tuple[float, float]) -> PlanWindow:
    return PlanWindow(at(begins), at(ends), tuple((at(one), at(two)) for one, two in taken))


def pitch(number: int, *outside: int, away: tuple[tuple[float, float], ...] = ()) -> Pitch:
    return Pitch(number, tuple((at(one), at(two)) for one, two in away), frozenset(outside))


def clear(spans: list[Span], begins: datetime, ends: datetime) -> bool:
    return all(ends <= one or begins >= two for one, two in spans)


def every_plan(day: PitchDay) -> Iterator[list[Placed]]:
    """All orders, each cut over the windows in every way, each pitch at the first minute that is free."""

    def grow(order: tuple[Pitch, ...], placed: list[Placed], first: int) -> Iterator[list[Placed]]:
        if not order:
            yield placed
            return
        one, *rest = order
        away = [*one.away, *(s for j, spans in day.absent.items() if j not in one.outside for s in spans)]
        for number in range(first, len(day.windows)):
            span = day.windows[number]
            start = span.begins
            if placed:
                start = max(start, placed[-1].ends + timedelta(minutes=day.pause))
            taken = [*away, *span.taken]
            length = timedelta(minutes=day.minutes)
            while start + length <= span.ends and not clear(taken, start, start + length):
                start += timedelta(minutes=5)
            if start + length <= span.ends:
                found = Placed(one.proposal_id, start, start + length)
                yield from grow(tuple(rest), [*placed, found], number)

    for order in permutations(day.pitches):
        yield from grow(order, [], 0)


def fewest(day: PitchDay) -> int | None:
    outside = {one.proposal_id: one.outside for one in day.pitches}
    return min((leaves(day.windows, placed, outside) for placed in every_plan(day)), default=None)


def sound(day: PitchDay, placed: tuple[Placed, ...]) -> bool:
    by_id = {one.proposal_id: one for one in day.pitches}
    in_order = sorted(placed, key=lambda one: one.starts)
    apart = all(
        two.starts - one.ends >= timedelta(minutes=day.pause)
        for one, two in zip(in_order, in_order[1:], strict=False)
    )
    inside = all(
        any(
            w.begins <= one.starts and one.ends <= w.ends and clear([*w.taken], *one[1:]) for w in day.windows
        )
        for one in placed
    )
    there = all(
        clear([*by_id[one.proposal_id].away], *one[1:])
        and all(
            clear([*spans], *one[1:])
            for juror, spans in day.absent.items()
            if juror not in by_id[one.proposal_id].outside
        )
        for one in placed
    )
    return apart and inside and there and sorted(by_id) == sorted(one.proposal_id for one in placed)


marks = st.integers(0, 36).map(lambda five: at(9 + five / 12))
spans = st.tuples(marks, st.integers(1, 12)).map(
    lambda pair: (pair[0], pair[0] + timedelta(minutes=5 * pair[1]))
)


@st.composite
def days(draw: st.DrawFn, most: int = 5) -> PitchDay:
    count = draw(st.integers(1, most))
    pitches = tuple(
        Pitch(
            number,
            tuple(draw(st.lists(spans, max_size=1))),
            frozenset(draw(st.sets(st.integers(1, 4), max_size=3))),
        )
        for number in range(count)
    )
    windows = (
        PlanWindow(at(9), at(9 + draw(st.integers(2, 8)) / 4), tuple(draw(st.lists(spans, max_size=1)))),
        PlanWindow(at(11), at(11 + draw(st.integers(1, 8)) / 4)),
    )
    absent = {
        one: tuple(draw(st.lists(spans, max_size=1))) for one in draw(st.sets(st.integers(1, 4), max_size=2))
    }
    return PitchDay(windows, pitches, 15, draw(st.sampled_from([0, 5, 10])), absent)


@given(days())
@settings(max_examples=250, deadline=None)
def test_no_order_makes_jurors_leave_less(day: PitchDay) -> None:
    least, found = fewest(day), plan(day)
    assert (found is None) == (least is None)
    if found is not None:
        assert found.proven and found.leaves == least and sound(day, found.placed)
        outside = {one.proposal_id: one.outside for one in day.pitches}
        assert leaves(day.windows, found.placed, outside) == found.leaves


@given(st.lists(st.sets(st.integers(1, 5), max_size=3), min_size=6, max_size=8), st.integers(3, 8))
@settings(max_examples=12, deadline=None)
def test_also_not_for_eight_pitches_over_two_windows(outside: list[set[int]], first: int) -> None:
    """Everybody is there, so only the order and the cut count: 8! orders of at most one cut."""
    pitches = tuple(Pitch(number, (), frozenset(one)) for number, one in enumerate(outside))
    first = min(first, len(pitches))
    day = PitchDay((window(9, 9 + first / 4), window(14, 16)), pitches, 15)
    found = plan(day)
    assert found is not None and found.proven
    masks = [sum(1 << juror for juror in one) for one in outside]
    least = 99
    for order in permutations(masks):
        costs = [(two & ~one).bit_count() for one, two in zip(order, order[1:], strict=False)]
        whole = order[0].bit_count() + sum(costs)
        for cut in range(max(0, len(order) - 8), first + 1):
            extra = (order[cut].bit_count() - costs[cut - 1]) if 0 < cut < len(order) else 0
            if len(order) - cut <= 8:
                least = min(least, whole + extra)
    assert found.leaves == least


def test_who_stays_out_for_pitches_in_a_row_leaves_once() -> None:
    day = PitchDay(
        (window(9, 12),), (pitch(1, 7), pitch(2), pitch(3, 7), pitch(4, 7, 8), pitch(5, 8)), 20, 10
    )
    found = plan(day)
    assert found is not None and found.leaves == 2 and found.proven
    assert leaves(day.windows, found.placed, {1: {7}, 3: {7}, 4: {7, 8}, 5: {8}}) == 2


def test_a_juror_who_is_away_anyway_leaves_for_nobody() -> None:
    """The juror cannot come before ten: what they would leave the room for is heard then."""
    day = PitchDay((window(9, 10.5),), (pitch(1), pitch(2, 7)), 30, 0, {7: ((at(9), at(10)),)})
    found = plan(day)
    assert found is not None
    assert [(one.proposal_id, one.starts) for one in found.placed] == [(2, at(9)), (1, at(10))]


def test_what_stays_as_it_was_keeps_its_moment() -> None:
    kept = Pitch(2, (), frozenset({7}), (at(10), at(10.75)))
    found = plan(PitchDay((window(9, 12),), (pitch(1, 7), kept, pitch(3)), 30, 10))
    assert found is not None
    spans = {one.proposal_id: (one.starts, one.ends) for one in found.placed}
    assert spans[2] == (at(10), at(10.75)) and found.leaves == 1


def test_sixty_pitches_are_planned_while_one_waits() -> None:
    """Twelve jurors, each in conflict with three of sixty."""
    pitches = tuple(pitch(n, *(j for j in range(12) if n in (j, j + 12, (j * 7) % 60))) for n in range(60))
    windows = tuple(window(9 + 24 * day, 17 + 24 * day) for day in range(5))
    began = time.perf_counter()
    found = plan(PitchDay(windows, pitches, 20, 10))
    assert found is not None and time.perf_counter() - began < 10
    assert found.least <= found.leaves <= found.least + 12


def test_it_names_whom_it_cannot_place_and_the_minutes_that_lack() -> None:
    day = PitchDay(
        (window(9, 10), window(14, 15, (14, 14.75))),
        (pitch(1), pitch(2, away=((9, 9.75),))),
        20,
        0,
        {7: ((at(9.75), at(10)),)},
    )
    (found,) = [one for one in blocks(day) if isinstance(one, Nowhere)]
    morning, afternoon = found.short
    assert (found.proposal_id, morning.longest, morning.lacks) == (2, 0, 20)
    assert morning.applicant and morning.jurors == (7,) and not morning.room
    assert (afternoon.longest, afternoon.lacks, afternoon.room) == (15, 5, True)


def test_it_says_how_many_fit_and_how_much_longer_is_enough() -> None:
    day = PitchDay((window(9, 10),), tuple(pitch(n) for n in range(4)), 20, 10)
    assert blocks(day) == [TooMany(2, 4), Longer(day.windows[0], 50)]


def test_it_names_each_person_who_alone_is_in_the_way() -> None:
    day = PitchDay((window(9, 10),), (pitch(1, away=((9.5, 10),)), pitch(2, away=((9.5, 10),))), 30, 0)
    found = blocks(day)
    assert Without((1, 2), (), ()) in found and blocks(PitchDay(day.windows, (pitch(1),), 30)) == []


@pytest.mark.parametrize("minutes", [0, -3])
def test_a_pitch_of_no_length_is_a_mistake(minutes: int) -> None:
    with pytest.raises(ValueError):
        plan(PitchDay((window(9, 10),), (pitch(1),), minutes))

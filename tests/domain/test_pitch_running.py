"""A pitch day that runs late: what is expected when, worked out by hand and for any day."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.pitch_running import Heard, State, expected_times, in_the_room, next_up, pause_of

NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: int) -> datetime:
    return NINE + minutes * MINUTE


def pitch(number: int, starts: int, *, length: int = 20, **more: int | bool) -> Heard:
    known = {name: at(value) for name, value in more.items() if name in ("began", "ended")}
    return Heard(number, at(starts), at(starts + length), absent=bool(more.get("absent")), **known)


def starts(pitches: list[Heard], now: int) -> dict[int, int | None]:
    found = expected_times(pitches, at(now))
    return {one: (when.starts - NINE) // MINUTE if when.starts else None for one, when in found.items()}


def test_on_time_the_plan_is_what_is_expected() -> None:
    day = [pitch(1, 0), pitch(2, 30), pitch(3, 60)]
    assert starts(day, -60) == {1: 0, 2: 30, 3: 60}
    assert starts([pitch(1, 0, began=0), *day[1:]], 10) == {1: 0, 2: 30, 3: 60}


def test_a_pitch_that_takes_longer_moves_what_follows_and_keeps_the_pause() -> None:
    day = [pitch(1, 0, began=5, ended=32), pitch(2, 30), pitch(3, 60)]
    # ended at 32, pause of 10: 42 and 72
    assert starts(day, 33) == {1: 5, 2: 42, 3: 72}
    found = expected_times(day, at(33))
    assert [found[one].delay for one in (1, 2, 3)] == [5, 12, 12]


def test_a_longer_pause_makes_up_for_the_delay() -> None:
    day = [pitch(1, 0, began=20, ended=45), pitch(2, 30), pitch(3, 120)]
    assert starts(day, 46) == {1: 20, 2: 55, 3: 120}


def test_nothing_that_waits_has_begun_before_now() -> None:
    assert starts([pitch(1, 0), pitch(2, 30)], 25) == {1: 25, 2: 55}


def test_a_pitch_over_time_lasts_until_now_at_least() -> None:
    day = [pitch(1, 0, began=0), pitch(2, 30)]
    assert starts(day, 50) == {1: 0, 2: 60}


def test_who_does_not_come_takes_no_time_and_nobody_is_heard_early() -> None:
    day = [pitch(1, 0, absent=True), pitch(2, 30), pitch(3, 60)]
    assert starts(day, 10) == {1: None, 2: 30, 3: 60}
    assert next_up(day) == 2


def test_the_pitch_that_goes_first_against_the_plan_leaves_the_rest_in_order() -> None:
    day = [pitch(1, 0), pitch(2, 30, began=2), pitch(3, 60)]
    assert in_the_room(day) == 2 and next_up(day) == 1
    assert starts(day, 5) == {2: 2, 1: 32, 3: 62}


def test_the_pause_is_the_shortest_of_the_plan() -> None:
    assert pause_of([pitch(1, 0), pitch(2, 25), pitch(3, 90)]) == 5 * MINUTE
    assert pause_of([pitch(1, 0)]) == pause_of([]) == timedelta()


DAYS = st.lists(st.integers(0, 40), min_size=1, max_size=9).flatmap(
    lambda gaps: st.tuples(
        st.just(gaps), st.integers(0, len(gaps)), st.integers(0, 90), st.integers(-30, 600)
    )
)


@given(DAYS)
def test_any_day_keeps_its_order_without_overlap_and_never_before_the_plan(
    made: tuple[list[int], int, int, int],
) -> None:
    gaps, heard, late, now = made
    day, moment = [], 0
    for number, gap in enumerate(gaps):
        moment += gap
        done = {"began": moment + late, "ended": moment + late + 15} if number < heard else {}
        day.append(pitch(number, moment, **done))
        moment += 20
    now = max(now, moment + late) if heard else now
    found = expected_times(day, at(now))
    waiting = [found[number] for number in range(heard, len(gaps))]
    for before, after in zip(waiting, waiting[1:], strict=False):
        assert before.ends and after.starts and before.ends <= after.starts
    for number, one in enumerate(day):
        when = found[number]
        assert when.starts and when.starts >= one.starts
        if one.state is State.WAITING:
            assert when.starts >= at(now) or when.starts == one.starts

"""What is odd in a timeline without being impossible, and what is impossible about the date for questions."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from app.domain.timeline import PitchWindow, Timeline, exclusive_deadline, problems
from app.domain.timeline_advice import advice, working_days_between
from app.infra.holidays import holiday

FINE = Timeline(
    launch=date(2026, 9, 7),
    deadline=exclusive_deadline(datetime(2026, 10, 16, 23, 59)),
    written_round=(date(2026, 10, 19), date(2026, 10, 30)),
    pitch_windows=(PitchWindow(date(2026, 11, 9), time(9), time(17)),),
    decision_before=date(2026, 11, 28),
    questions_until=date(2026, 10, 2),
)


def codes(timeline: Timeline) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in advice(timeline, holiday)]


def test_a_timeline_on_working_days_with_room_gives_no_advice() -> None:
    assert codes(FINE) == []
    assert problems(FINE) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"launch": date(2026, 9, 6)}, ("on_weekend", "launch")),
        ({"launch": date(2026, 7, 21)}, ("on_holiday", "launch")),
        ({"deadline": exclusive_deadline(datetime(2026, 10, 18, 12, 0))}, ("on_sunday", "deadline")),
        ({"decision_before": date(2026, 11, 12)}, ("on_holiday", "decision_before")),
        ({"decision_before": date(2026, 11, 30)}, ("on_weekend", "decision_before")),
        (
            {"pitch_windows": (PitchWindow(date(2026, 11, 11), time(9), time(17)),)},
            ("on_holiday", "pitch_windows"),
        ),
        (
            {"pitch_windows": (PitchWindow(date(2026, 11, 14), time(9), time(17)),)},
            ("on_weekend", "pitch_windows"),
        ),
    ],
    ids=str,
)
def test_free_days_are_named(change: dict[str, object], found: tuple[str, str]) -> None:
    assert found in codes(replace(FINE, **change))


def test_a_deadline_on_a_saturday_is_nothing_odd() -> None:
    assert codes(replace(FINE, deadline=exclusive_deadline(datetime(2026, 10, 17, 23, 59)))) == []


def test_a_deadline_at_midnight_belongs_to_the_day_before() -> None:
    sunday = datetime(2026, 10, 18, 22, 0, tzinfo=UTC)  # the first instant of Monday in Brussels
    assert ("on_sunday", "deadline") in codes(replace(FINE, deadline=sunday))


def test_the_notice_for_the_pitch_counts_full_working_days() -> None:
    friday, monday = date(2026, 10, 30), date(2026, 11, 2)
    assert working_days_between(friday, monday, holiday) == 0
    assert working_days_between(friday, date(2026, 11, 5), holiday) == 3
    assert working_days_between(date(2026, 11, 9), date(2026, 11, 13), holiday) == 2  # 11 November is free
    assert working_days_between(monday, friday, holiday) == 0
    for day, short in ((date(2026, 11, 4), True), (date(2026, 11, 5), False)):
        windows = (PitchWindow(day, time(9), time(17)),)
        assert (
            ("pitch_notice_short", "pitch_windows") in codes(replace(FINE, pitch_windows=windows))
        ) is short


def test_pitch_windows_that_run_into_each_other_are_named_once() -> None:
    day = date(2026, 11, 9)
    windows = (PitchWindow(day, time(9), time(12)), PitchWindow(day, time(11), time(13)))
    assert codes(replace(FINE, pitch_windows=windows)) == [("windows_overlap", "pitch_windows")]


def test_questions_end_between_launch_and_deadline() -> None:
    for day, code in (
        (date(2026, 9, 6), "questions_before_launch"),
        (date(2026, 10, 17), "questions_after_deadline"),
    ):
        found = problems(replace(FINE, questions_until=day))
        assert [(one.code, one.blocks) for one in found] == [(code, True)]
    for day in (FINE.launch, date(2026, 10, 16), None):
        assert problems(replace(FINE, questions_until=day)) == []


def test_an_empty_timeline_gives_no_advice() -> None:
    assert codes(Timeline()) == []
    assert holiday(date(1, 1, 1)) in ("", "Nieuwjaar")


def test_easter_monday_moves_with_the_year() -> None:
    assert holiday(date(2027, 3, 29)) == holiday(date(2026, 4, 6)) == "Paasmaandag"
    assert holiday(date(2027, 4, 6)) == ""

"""The term to answer: counted in days as the objection window is, and only ever longer."""

from datetime import date, datetime

import pytest

from app.domain.acceptance import check_answer, more_time, reminder_since, term_end, term_state
from app.domain.errors import DomainError
from app.domain.objection import WindowState, WindowStatus
from app.domain.timeline import BRUSSELS, end_of_day


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def test_days_are_counted_over_the_change_of_the_clock() -> None:
    told = local("2023-10-20T10:00")  # the clock goes back on 29 October
    assert term_end(told, 14) == end_of_day(date(2023, 11, 3))
    assert (term_end(told, 14) - told).total_seconds() > 14 * 86400
    spring = local("2024-03-28T23:59")  # and forward on 31 March
    assert term_end(spring, 3) == end_of_day(date(2024, 3, 31))


def test_more_time_moves_the_end_later_and_never_earlier() -> None:
    told, now = local("2023-07-03T10:00"), local("2023-07-10T10:00")
    until = more_time(term_state(told, 14, None, now), date(2023, 7, 24), "Vakantie van het bestuur", now)
    state = term_state(told, 14, until, local("2023-07-24T23:59:59"))
    assert state.is_open and state.last_day == date(2023, 7, 24) and state.days_left == 0
    assert not term_state(told, 14, until, local("2023-07-25T00:00")).is_open
    assert term_end(told, 30, until) == end_of_day(date(2023, 8, 2)), (
        "a shorter end than there was is nothing"
    )


@pytest.mark.parametrize(
    ("until", "reason", "code"),
    [
        (None, "x", "more_time_day_missing"),
        (date(2023, 7, 17), "x", "more_time_only_later"),
        (date(2023, 7, 1), "x", "more_time_only_later"),
        (date(2024, 7, 1), "x", "more_time_too_far"),
        (date(2023, 7, 20), "  ", "more_time_reason_missing"),
    ],
)
def test_more_time_is_refused_with_a_word(until: date | None, reason: str, code: str) -> None:
    now = local("2023-07-10T10:00")
    with pytest.raises(DomainError, match=code):
        more_time(term_state(local("2023-07-03T10:00"), 14, None, now), until, reason, now)


OPEN = WindowState(WindowStatus.OPEN, end_of_day(date(2023, 7, 17)), date(2023, 7, 17), 3)
ENDED = WindowState(WindowStatus.ENDED, end_of_day(date(2023, 7, 17)), date(2023, 7, 17))


@pytest.mark.parametrize(
    ("wanted", "reason", "before", "term", "code"),
    [
        ("accepted", "", None, OPEN, ""),
        ("declined", "Geen volk", None, OPEN, ""),
        ("declined", " ", None, OPEN, "decline_reason_missing"),
        ("declined", "Geen volk", "accepted", OPEN, ""),
        ("accepted", "", "declined", OPEN, ""),
        ("misschien", "", None, OPEN, "answer_unknown"),
        ("accepted", "", None, ENDED, "answer_too_late"),
        ("declined", "Geen volk", None, ENDED, "answer_too_late"),
        ("declined", "Geen volk", "accepted", ENDED, ""),
        ("declined", "", "accepted", ENDED, "decline_reason_missing"),
        ("accepted", "", "declined", ENDED, "decline_is_final"),
        ("declined", "x" * 5001, None, OPEN, "answer_text_too_long"),
    ],
)
def test_an_answer(wanted: str, reason: str, before: str | None, term: WindowState, code: str) -> None:
    if code:
        with pytest.raises(DomainError, match=code):
            check_answer(wanted, reason, before, term)
    else:
        assert check_answer(wanted, reason, before, term) == wanted


@pytest.mark.parametrize(
    ("told", "today", "since"),
    [
        ("2023-07-03", "2023-07-13", None),
        ("2023-07-03", "2023-07-14", "2023-07-14"),
        ("2023-07-03", "2023-07-15", "2023-07-14"),
        ("2023-07-03", "2023-07-16", "2023-07-16"),
        ("2023-07-03", "2023-07-17", "2023-07-16"),
        ("2023-07-03", "2023-07-18", None),
        ("2023-07-14", "2023-07-14", None),
        ("2023-07-16", "2023-07-16", None),
    ],
)
def test_reminders_three_days_and_one_day_before(told: str, today: str, since: str | None) -> None:
    found = reminder_since(local(f"{told}T10:00"), date(2023, 7, 17), date.fromisoformat(today))
    assert found == (date.fromisoformat(since) if since else None)

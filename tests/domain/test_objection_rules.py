from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import DomainError
from app.domain.objection import (
    RulingOutcome,
    WindowStatus,
    check_filing,
    check_ruling,
    last_day,
    window_end,
    window_state,
)
from app.domain.timeline import BRUSSELS

REASONS = (
    "De jury las het luik over huisbezoeken niet volledig; na herlezing blijkt dat de organisatie de "
    "doelgroep wel degelijk bereikt via de sociale kruidenier en het wijkcentrum."
)


def local(*parts):
    return datetime(*parts, tzinfo=BRUSSELS)


def refused(call, *args):
    with pytest.raises(DomainError) as caught:
        call(*args)
    return caught.value


@pytest.mark.parametrize(
    ("notified_at", "ends_at"),
    [
        (local(2023, 7, 10, 9, 30), datetime(2023, 7, 24, 22, tzinfo=UTC)),
        (local(2023, 7, 10, 23, 59, 59), datetime(2023, 7, 24, 22, tzinfo=UTC)),
        (local(2023, 7, 11, 0, 0, 0), datetime(2023, 7, 25, 22, tzinfo=UTC)),
        (datetime(2023, 7, 10, 22, 0, tzinfo=UTC), datetime(2023, 7, 25, 22, tzinfo=UTC)),
        # Over the change to summer time (26 March 2023): notified in winter, ended in summer.
        (local(2023, 3, 20, 12), datetime(2023, 4, 3, 22, tzinfo=UTC)),
        # Over the change to winter time (29 October 2023).
        (local(2023, 10, 20, 12), datetime(2023, 11, 3, 23, tzinfo=UTC)),
        # The last day is the day of the change itself: 23 and 25 hours long.
        (local(2023, 3, 12, 12), datetime(2023, 3, 26, 22, tzinfo=UTC)),
        (local(2023, 10, 15, 12), datetime(2023, 10, 29, 23, tzinfo=UTC)),
        (local(2024, 2, 20, 12), datetime(2024, 3, 5, 23, tzinfo=UTC)),
        (local(2023, 12, 24, 12), datetime(2024, 1, 7, 23, tzinfo=UTC)),
    ],
)
def test_the_window_ends_at_midnight_after_the_fourteenth_day(notified_at, ends_at):
    assert window_end(notified_at) == ends_at
    assert window_end(notified_at).tzinfo is UTC


def test_days_are_not_hours():
    notified_at = local(2023, 3, 20, 23, 30)
    assert window_end(notified_at) - notified_at.astimezone(UTC) < timedelta(days=14)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), st.integers(1, 90))
@settings(max_examples=30, deadline=None)
def test_the_end_is_always_a_local_midnight_that_many_days_on(naive, days):
    notified_at = naive.replace(tzinfo=UTC)
    end = window_end(notified_at, days).astimezone(BRUSSELS)
    assert (end.hour, end.minute, end.second) == (0, 0, 0)
    assert (end.date() - notified_at.astimezone(BRUSSELS).date()).days == days + 1
    assert last_day(notified_at, days) == end.date() - timedelta(days=1)


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_window_has_one_to_ninety_days(days):
    assert refused(window_end, local(2023, 7, 10), days).code == "objection_days_out_of_range"


def test_an_instant_without_a_zone_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="zone"):
        window_end(datetime(2023, 7, 10))


@pytest.mark.parametrize(
    ("now", "status", "left"),
    [
        (local(2023, 7, 10, 9, 29), "not_notified", 0),
        (local(2023, 7, 10, 9, 30), "open", 14),
        (local(2023, 7, 10, 23, 59), "open", 14),
        (local(2023, 7, 11, 0, 0), "open", 13),
        (local(2023, 7, 24, 0, 0), "open", 0),
        (local(2023, 7, 24, 23, 59, 59), "open", 0),
        (local(2023, 7, 25, 0, 0), "ended", 0),
    ],
)
def test_days_left_are_calendar_days_after_today(now, status, left):
    state = window_state(local(2023, 7, 10, 9, 30), 14, now)
    assert (state.status, state.days_left, state.is_open) == (status, left, status == "open")


def test_whoever_was_not_notified_has_no_window_yet():
    state = window_state(None, 14, local(2023, 7, 10))
    assert (state.status, state.ends_at, state.last_day) == (WindowStatus.NOT_NOTIFIED, None, None)


def test_an_objection_is_taken_within_the_window_only():
    notified_at = local(2023, 7, 10, 9, 30)
    texts = ("De beslissing", "De scores", "Een nieuwe lezing")
    check_filing(*texts, window_state(notified_at, 14, local(2023, 7, 24, 23, 59, 59)))
    late = refused(check_filing, *texts, window_state(notified_at, 14, local(2023, 7, 25)))
    assert (late.code, late.facts["until"]) == ("objection_too_late", date(2023, 7, 24))
    early = refused(check_filing, *texts, window_state(None, 14, local(2023, 7, 10)))
    assert early.code == "objection_not_notified"


@pytest.mark.parametrize("field", ["contested", "grounds", "request"])
def test_an_objection_says_what_why_and_what_it_asks(field):
    texts = {"contested": "De beslissing", "grounds": "De scores", "request": "Herlezing"} | {field: " \n"}
    state = window_state(local(2023, 7, 10), 14, local(2023, 7, 11))
    with pytest.raises(DomainError) as caught:
        check_filing(**texts, window=state)
    assert (caught.value.code, caught.value.field) == ("objection_field_missing", field)


@pytest.mark.parametrize("outcome", ["upheld", "partly", "dismissed"])
def test_a_ruling_with_reasons_and_a_fresh_eye_stands(outcome):
    assert check_ruling(outcome, REASONS, {1, 2}, {1}) is RulingOutcome(outcome)


@pytest.mark.parametrize(
    ("outcome", "reasons", "judges", "scorers", "code"),
    [
        ("won", REASONS, {1}, set(), "ruling_outcome_unknown"),
        ("upheld", REASONS, set(), {1}, "ruling_without_judge"),
        ("upheld", REASONS, {1, 2}, {1, 2, 3}, "ruling_judges_all_scored"),
        ("upheld", "", {9}, {1}, "reasons_empty"),
        ("upheld", "Ongegrond.", {9}, {1}, "reasons_too_short"),
        ("upheld", "Totaal: 45 punten op 100.", {9}, {1}, "reasons_points_alone"),
    ],
)
def test_a_ruling_that_cannot_stand_says_why(outcome, reasons, judges, scorers, code):
    assert refused(check_ruling, outcome, reasons, judges, scorers).code == code

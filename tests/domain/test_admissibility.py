"""The rules of the formal check, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.admissibility import (
    Item,
    Kind,
    Outcome,
    State,
    after_working_days,
    can_be_asked,
    check_asked,
    check_later,
    reason_problem,
    refusal_problems,
    state_of,
    term_end,
)
from app.domain.errors import DomainError

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
GOOD = "De statuten werden gevraagd op 3 maart, maar tot het einde van de termijn kwam er niets binnen."


def item(outcome: Outcome | None = None, **values: object) -> Item:
    return Item(1, values.pop("kind", Kind.DOCUMENT), outcome, **values)  # type: ignore[arg-type]


def days(number: int) -> datetime:
    return NOW + timedelta(days=number)


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], State.IN_ORDER),
        ([item()], State.TO_CHECK),
        ([item(Outcome.MET), item(Outcome.NOT_APPLICABLE)], State.IN_ORDER),
        ([item(Outcome.MET), item(kind=Kind.QUALITY)], State.IN_ORDER),
        ([item(Outcome.MISSING, kind=Kind.QUALITY)], State.IN_ORDER),
        ([item(Outcome.MISSING)], State.MISSING),
        ([item(Outcome.MISSING), item()], State.TO_CHECK),
        ([item(Outcome.MISSING, until=days(1))], State.REQUESTED),
        ([item(Outcome.MISSING, until=NOW)], State.EXPIRED),
        ([item(Outcome.MISSING, checked_at=days(-3), until=days(1), answered_at=days(-1))], State.RECEIVED),
        ([item(Outcome.MISSING, checked_at=days(-1), until=days(-1), answered_at=days(-2))], State.MISSING),
    ],
)
def test_the_state_follows_from_the_facts(items: list[Item], expected: State) -> None:
    assert state_of(items, NOW) is expected


def test_a_refusal_comes_before_everything_else() -> None:
    assert state_of([item()], NOW, proposed=True) is State.REFUSAL_PROPOSED
    assert state_of([item()], NOW, refused=True) is State.REFUSED


def test_only_what_is_missing_and_can_be_put_right_is_asked_and_only_once() -> None:
    assert can_be_asked(item(Outcome.MISSING), NOW)
    assert can_be_asked(item(Outcome.MISSING, until=NOW), NOW)
    for one in (
        item(),
        item(Outcome.MET),
        item(Outcome.MISSING, kind=Kind.IN_TIME),
        item(Outcome.MISSING, kind=Kind.QUALITY),
        item(Outcome.MISSING, until=days(1)),
    ):
        assert not can_be_asked(one, NOW)
    for numbers, code in (([], "admissibility_nothing_asked"), ([2], "admissibility_not_askable")):
        with pytest.raises(DomainError) as error:
            check_asked([item(Outcome.MISSING)], numbers, NOW)
        assert error.value.code == code


def test_a_term_ends_at_midnight_in_brussels_also_when_the_clock_changes() -> None:
    assert term_end(date(2026, 3, 29), date(2026, 3, 20)) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert term_end(date(2026, 3, 28), date(2026, 3, 20)) == datetime(2026, 3, 28, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "last", [date(2026, 3, 20), date(2026, 3, 19), date.min, date(2026, 4, 20), date.max]
)
def test_a_term_is_between_tomorrow_and_a_month(last: date) -> None:
    with pytest.raises(DomainError) as error:
        term_end(last, date(2026, 3, 20))
    assert error.value.field == "last_day"


def test_a_term_stays_inside_the_written_round_while_its_planned_end_is_ahead() -> None:
    today = date(2026, 3, 20)
    assert term_end(date(2026, 3, 25), today, date(2026, 3, 25)) == datetime(2026, 3, 25, 23, tzinfo=UTC)
    with pytest.raises(DomainError) as error:
        term_end(date(2026, 3, 26), today, date(2026, 3, 25))
    assert error.value.code == "admissibility_term_beyond_round"
    for passed in (None, today, date(2026, 3, 1)):
        term_end(date(2026, 4, 19), today, passed)


def test_a_term_only_becomes_longer() -> None:
    check_later(NOW, days(1))
    with pytest.raises(DomainError):
        check_later(NOW, NOW)


def test_five_working_days_skip_the_weekend_and_holidays() -> None:
    easter_monday = date(2026, 4, 6)
    assert after_working_days(date(2026, 4, 2), lambda day: day == easter_monday) == date(2026, 4, 10)
    assert after_working_days(date(2026, 4, 13), lambda _day: False) == date(2026, 4, 20)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "admissibility_reason_empty"),
        (" \n ", "admissibility_reason_empty"),
        ("Zie boven", "admissibility_reason_elsewhere"),
        ("zie hierboven.", "admissibility_reason_elsewhere"),
        ("Idem", "admissibility_reason_elsewhere"),
        ("cf. supra", "admissibility_reason_elsewhere"),
        ("zie bijlage 3", "admissibility_reason_elsewhere"),
        ("0/5", "admissibility_reason_short"),
        ("ontbreekt", "admissibility_reason_short"),
        ("Niet goed. " * 20, "admissibility_reason_short"),
        (GOOD, ""),
    ],
)
def test_a_reason_is_words_about_this_item(text: str, code: str) -> None:
    assert reason_problem(text) == code


def test_nobody_is_refused_over_something_that_could_still_be_put_right() -> None:
    def codes(one: Item, reason: str = GOOD) -> list[str]:
        return [error.code for error in refusal_problems([one], {1: reason}, NOW)]

    assert codes(item(Outcome.MET)) == ["admissibility_nothing_missing"]
    assert codes(item(Outcome.MISSING)) == ["admissibility_ask_first"]
    assert codes(item(Outcome.MISSING, until=days(1))) == ["admissibility_term_runs"]
    assert codes(item(Outcome.MISSING, until=NOW, answered_at=days(-1))) == ["admissibility_answer_unread"]
    assert codes(item(Outcome.MISSING, until=NOW)) == []
    assert codes(item(Outcome.MISSING, kind=Kind.IN_TIME)) == []
    assert codes(item(Outcome.MISSING, until=NOW), "") == ["admissibility_reason_empty"]

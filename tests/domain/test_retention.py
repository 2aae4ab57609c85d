"""How long records are kept: the days, and what may be proposed when."""

from datetime import date

import pytest

from app.domain.dossier import KINDS
from app.domain.errors import DomainError
from app.domain.retention import (
    CLASSES,
    Start,
    check_proposal,
    checked_years,
    destroyable_from,
    last_day,
    last_kept,
    name_needed_until,
)

REASON = "De termijn is voorbij en niemand heeft dit nog nodig."
FROM = {"scores": date(2028, 7, 4), "mails": date(2028, 7, 4), "drafts": None, "proposals_not_selected": None}


def test_a_term_ends_with_the_same_day_of_a_later_year() -> None:
    assert last_day(date(2023, 7, 3), 5) == date(2028, 7, 3)
    assert destroyable_from(date(2023, 7, 3), 5) == date(2028, 7, 4)
    assert destroyable_from(date(2023, 7, 3), 0) == date(2023, 7, 4)


def test_a_leap_day_is_kept_a_day_longer_never_shorter() -> None:
    assert last_day(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert last_day(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_every_kind_of_the_dossier_has_a_class() -> None:
    assert {one.record_class for one in KINDS.values()} <= set(CLASSES)


def test_every_class_says_why_and_what_stays() -> None:
    for one in CLASSES.values():
        assert one.why and (not one.of_a_call or (one.gone and one.stays))


def proposed(**changes: object) -> object:
    given: dict[str, object] = {
        "classes": ["scores"],
        "ground": "term",
        "reason": REASON,
        "from_days": FROM,
        "today": date(2028, 7, 4),
        "applicant": None,
    } | changes
    return check_proposal(**given)  # type: ignore[arg-type]


def test_from_the_first_day_on_it_may_be_proposed() -> None:
    assert proposed() == "term"
    assert proposed(ground="request", classes=["proposals_not_selected"], applicant=3) == "request"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"today": date(2028, 7, 3)}, "retention_too_early"),
        ({"classes": ["drafts"]}, "retention_too_early"),
        ({"classes": []}, "retention_nothing_chosen"),
        ({"classes": ["log"]}, "retention_class_unknown"),
        ({"classes": ["call"]}, "retention_class_unknown"),
        ({"classes": ["scores", "x"]}, "retention_class_unknown"),
        ({"classes": ["decisions"]}, "retention_nothing_left"),
        ({"ground": "zomaar"}, "retention_ground_unknown"),
        ({"reason": " kort "}, "retention_needs_reason"),
        ({"reason": "x" * 1001}, "retention_reason_too_long"),
        ({"ground": "request"}, "retention_request_classes"),
        ({"ground": "request", "classes": ["proposals_not_selected"]}, "retention_request_whose"),
    ],
)
def test_what_may_not_is_refused_by_name(changes: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        proposed(**changes)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("key", "years"), [("scores", -1), ("scores", 101), ("scores", None), ("log", 3), ("x", 3)]
)
def test_a_term_is_from_0_to_100_years_of_a_class_that_has_one(key: str, years: int | None) -> None:
    with pytest.raises(DomainError):
        checked_years(key, years)
    assert checked_years("scores", 0) == 0


def test_a_call_is_kept_as_long_as_its_longest_term() -> None:
    starts = {Start.DEADLINE: date(2023, 6, 2), Start.SETTLED: date(2023, 7, 3), Start.PARTNERSHIP_END: None}
    assert last_kept(starts, {}) == date(2033, 7, 3)
    assert last_kept(starts, {"decisions": 3}) == date(2028, 7, 3)
    assert last_kept(starts | {Start.PARTNERSHIP_END: date(2026, 12, 31)}, {}) == date(2036, 12, 31)
    assert last_kept(starts | {Start.SETTLED: None}, {}) is None


def test_a_name_is_needed_as_long_as_the_longest_call_and_a_year_at_least() -> None:
    made = date(2023, 5, 1)
    assert name_needed_until(made, []) == date(2024, 5, 1)
    assert name_needed_until(made, [date(2033, 7, 3), date(2030, 1, 1)]) == date(2033, 7, 3)
    assert name_needed_until(date(2040, 1, 1), [date(2033, 7, 3)]) == date(2041, 1, 1)
    assert name_needed_until(made, [date(2033, 7, 3), None]) is None

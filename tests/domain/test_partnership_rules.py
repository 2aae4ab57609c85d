from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import DomainError
from app.domain.partnership import (
    FormationFacts,
    Tier,
    check_formation,
    check_tiers,
    engagement_reached,
    formation_problems,
    subsidy_earned,
    target,
    tier_share,
)

END = datetime(2023, 7, 24, 22, tzinfo=UTC)
READY = FormationFacts(
    members=[1, 2],
    selected={1, 2, 3},
    window_ends=[END - timedelta(days=1), END],
    coordinator=2,
    lead_authority="Gemeente Bornem",
    lead_is_local_authority=True,
)
TIERS = [Tier(Decimal(20), Decimal(25)), Tier(Decimal(50), Decimal(60)), Tier(Decimal(100), Decimal(100))]


def codes(now=END, **changes):
    return [one.code for one in formation_problems(replace(READY, **changes), now)]


def refused(call, *args):
    with pytest.raises(DomainError) as caught:
        call(*args)
    return caught.value


def test_a_partnership_is_formed_the_moment_the_last_window_has_ended():
    check_formation(READY, END)
    error = refused(check_formation, READY, END - timedelta(seconds=1))
    assert (error.code, error.facts["until"]) == ("objection_window_open", END)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"window_ends": [END, None]}, "not_everyone_notified"),
        ({"window_ends": []}, "not_everyone_notified"),
        ({"open_objections": 1}, "objections_open"),
        ({"members": [1, 2, 1]}, "member_twice"),
        ({"members": [1, 2, 4]}, "member_not_selected"),
        ({"coordinator": None}, "coordinator_missing"),
        ({"coordinator": 3}, "coordinator_not_member"),
        ({"lead_authority": " "}, "lead_authority_missing"),
        ({"lead_is_local_authority": False}, "lead_not_local_authority"),
    ],
)
def test_each_refusal_has_its_own_reason(changes, code):
    assert codes(**changes) == [code]


def test_a_partnership_has_members():
    assert codes(members=[]) == ["partnership_without_members", "coordinator_not_member"]


def test_who_was_not_selected_is_named():
    assert refused(check_formation, replace(READY, members=[2, 9, 8]), END).facts["members"] == [9, 8]


def test_the_target_is_the_baseline_and_the_engagement():
    assert target(43, 10) == 53
    assert target(Decimal("12.4"), Decimal("0.6")) == 13


@pytest.mark.parametrize(
    ("result", "percent"), [(43, 0), (48, 50), (53, 100), (60, 170), (30, 0), (Decimal("46.3"), 33)]
)
def test_only_what_lies_above_the_baseline_counts_for_the_engagement(result, percent):
    assert engagement_reached(43, 10, result) == percent


def test_a_third_stays_a_third():
    assert engagement_reached(10, 3, 11) == Fraction(100, 3)


def test_without_an_engagement_there_is_no_percentage_and_nothing_earned():
    assert engagement_reached(43, 0, 50) is None
    assert tier_share(TIERS, None) == 0


@pytest.mark.parametrize(
    ("reached", "share"),
    [("0", 0), ("19.99", 0), ("20", 25), ("49.99", 25), ("50", 60), ("100", 100), ("170", 100)],
)
def test_the_highest_tier_reached_gives_the_share(reached, share):
    assert tier_share(TIERS, Fraction(reached)) == share


@pytest.mark.parametrize(
    ("tiers", "code"),
    [
        ([], "no_tiers"),
        ([Tier(Decimal("NaN"), Decimal(10))], "tier_invalid"),
        ([Tier(Decimal(10), Decimal(-1))], "tier_invalid"),
        ([Tier(Decimal(10), Decimal(101))], "tier_invalid"),
        ([TIERS[1], TIERS[0]], "tiers_not_climbing"),
        ([TIERS[0], TIERS[0]], "tiers_not_climbing"),
        ([Tier(Decimal(10), Decimal(50)), Tier(Decimal(20), Decimal(40))], "tiers_not_climbing"),
    ],
)
def test_tiers_climb(tiers, code):
    assert refused(check_tiers, tiers).code == code


def test_the_subsidy_is_earned_to_the_cent_and_beyond():
    assert subsidy_earned(Decimal("18243.75"), Fraction(25)) == Fraction("4560.9375")


@pytest.mark.parametrize("amount", [-1, Decimal("NaN"), Decimal("Infinity"), Decimal("-0.01")])
def test_amounts_are_never_negative_and_always_numbers(amount):
    assert refused(target, amount, 1).field == "baseline"
    assert refused(engagement_reached, 1, 1, amount).field == "result"
    assert refused(subsidy_earned, amount, Fraction(1)).code == "figure_invalid"


@given(st.integers(0, 500), st.integers(1, 100))
@settings(max_examples=25, deadline=None)
def test_reaching_the_target_is_reaching_100_percent(baseline, engagement):
    assert engagement_reached(baseline, engagement, target(baseline, engagement)) == 100

import os
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import DomainError
from app.domain.team import compose
from app.domain.team_limits import demands
from app.domain.team_model import SAFE, Patience
from app.domain.team_problem import Limits, Proposal, team_problem
from app.domain.team_search import Search
from tests.domain import team_brute as brute

# A larger run: TEAM_EXAMPLES=2000 TEAM_SIZE=12 pytest tests/domain/test_team.py
EXAMPLES = int(os.environ.get("TEAM_EXAMPLES", "40"))
SIZE = int(os.environ.get("TEAM_SIZE", "7"))

coarse = st.sampled_from([0, 0, 1, 2, 3, 4]).map(lambda n: Decimal(n) / 4)
fine = st.decimals(0, 1, allow_nan=False, places=15) | st.sampled_from(
    [Decimal(0), Decimal("0.5"), Decimal("0.500000000000001"), Decimal("1E-30"), Decimal(1)]
)


@st.composite
def problems(draw, number=None, most=SIZE):
    number = draw(st.sampled_from([coarse, fine])) if number is None else number
    obstacles = range(draw(st.integers(1, 6)))
    ids = range(draw(st.integers(1, most)))
    some = st.lists(st.sampled_from(ids), max_size=2, unique=True)
    towns = st.lists(st.sampled_from("abc"), max_size=2, unique=True)
    proposals = [
        Proposal(
            one, draw(number) * 100, draw(number) * 50,
            draw(st.dictionaries(st.sampled_from(obstacles), number, max_size=4)),
            draw(towns), draw(st.booleans()),
        )
        for one in ids
    ]  # fmt: skip
    limits = Limits(
        draw(st.none() | number.map(lambda n: n * 150)),
        draw(st.none() | st.integers(0, most)),
        draw(st.none() | st.integers(0, 3)),
        draw(st.none() | st.none() | number.map(lambda n: n * 40)),
        draw(st.just([]) | some),
        draw(st.just([]) | some),
        draw(st.just({}) | st.dictionaries(st.sampled_from(obstacles), st.integers(0, 3), max_size=2)),
        draw(st.just([]) | towns),
        draw(st.sampled_from([False, False, True])),
    )
    return team_problem([(one, draw(number) * 3) for one in obstacles], proposals, limits)


@settings(max_examples=EXAMPLES, deadline=None)
@given(problems())
def test_the_team_and_its_alternatives_are_those_of_trying_every_set(problem):
    left = brute.sets(problem)
    if not left:
        with pytest.raises(DomainError) as caught:
            compose(problem)
        assert caught.value.code == "team_contradiction"
        return
    found = compose(problem, alternatives=3, more_seconds=20)
    assert (found.settled, found.gap, found.bound) == (True, 0, found.team.coverage)
    assert brute.worth(problem, found.team.proposals)[:2] == (found.team.coverage, found.team.quality)
    teams: list[frozenset] = []
    for team in (found.team, *found.alternatives):
        assert brute.worth(problem, team.proposals) == brute.next_best(problem, left, teams)
        teams.append(frozenset(team.proposals))
        left = [one for one in left if one[1]]
    assert len(teams) == 4 or brute.next_best(problem, left, teams) is None


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(problems(number=fine), st.sampled_from([0.0, 0.5]))
def test_how_near_the_first_look_is_changes_nothing(problem, near):
    search = Search(problem, demands(problem), Patience(20))
    if search.root:
        search._look(near)
    found, every = search.next(), brute.sets(problem)
    assert (found is None) == (not every)
    if found:
        ids = [problem.proposals[one].id for one in found.members]
        assert brute.worth(problem, ids) == max(worth for worth, _ in every)


def small(limits=None, **changes):
    fields = {"weights": [("a", 3), ("b", 2), ("c", 1)]} | changes
    proposals = [
        Proposal("one", 80, 10, {"a": 1}),
        Proposal("two", 60, 10, {"a": Decimal("0.5"), "b": 1}),
        Proposal("three", 70, 30, {"b": 1, "c": 1}, ["Bornem"], True),
    ]
    return team_problem(fields["weights"], fields.get("proposals", proposals), limits)


def test_coverage_comes_before_all_else():
    assert set(compose(small()).team.proposals) == {"one", "three"}


def test_the_budget_is_kept_to_the_cent():
    assert compose(small(Limits(budget=40))).team.coverage == 6
    found = compose(small(Limits(budget=Decimal("39.99"))))
    assert (set(found.team.proposals), found.team.coverage, found.team.cost) == ({"one", "two"}, 5, 20)


def test_of_equal_coverage_the_better_scored_then_the_smaller_then_the_cheaper_is_chosen():
    better = [Proposal("x", 50, 1, {"a": 1}), Proposal("y", 51, 9, {"a": 1})]
    assert compose(small(proposals=better)).team.proposals == ("y",)
    smaller = [Proposal(n, 50, 1, {n: 1}) for n in "abc"] + [Proposal("all", 50, 99, {n: 1 for n in "abc"})]
    assert compose(small(proposals=smaller)).team.proposals == ("all",)
    cheaper = [Proposal("x", 50, Decimal("9.01"), {"a": 1}), Proposal("y", 50, 9, {"a": 1})]
    assert compose(small(proposals=cheaper)).team.proposals == ("y",)


def test_quality_is_the_score_of_who_serves_weighed_by_what_it_covers():
    assert compose(small()).team.quality == Fraction(80 * 3 + 70 * 3, 6)


def test_who_adds_nothing_is_not_taken_along_for_a_high_score():
    extra = [
        Proposal("able", 40, 5, {"a": 1}),
        Proposal("star", 100, 0, {}),
        Proposal("less", 100, 0, {"a": 0.5}),
    ]
    assert compose(small(proposals=extra)).team.proposals == ("able",)


def test_a_difference_far_below_any_tolerance_decides():
    hair = Decimal("1E-15")
    near = [Proposal("x", 99, 0, {"a": Decimal("0.5")}), Proposal("y", 1, 99, {"a": Decimal("0.5") + hair})]
    found = compose(small(Limits(max_partners=1), proposals=near))
    assert found.team.proposals == ("y",)
    cost = [Proposal("x", 1, Decimal(10**12), {"a": 1}), Proposal("y", 1, 10**12 + hair, {"a": 1})]
    assert compose(small(proposals=cost)).team.proposals == ("x",)


def test_an_alternative_answers_something_better_than_each_team_before_it():
    found = compose(small(Limits(max_partners=1)))
    assert [one.proposals for one in (found.team, *found.alternatives)] == [("two",), ("one",), ("three",)]


def test_when_nothing_is_answered_better_an_alternative_misses_somebody():
    found = compose(small())
    teams = [set(one.proposals) for one in (found.team, *found.alternatives)]
    assert all(not late >= early for at, late in enumerate(teams) for early in teams[:at])
    covered = [one.coverage for one in (found.team, *found.alternatives)]
    assert covered == sorted(covered, reverse=True) and len(teams) > 3


def test_when_the_seconds_run_out_the_bound_is_honest():
    numbers = [(7 * one * one + 3) % 101 for one in range(60)]
    many = [
        Proposal(
            one, n, n + 5, {o: ((one * o + n) % 19) / 19 for o in range(40) if (one * 7 + o * n) % 5 == 0}
        )
        for one, n in enumerate(numbers)
    ]
    problem = team_problem([(o, 1 + o % 7) for o in range(40)], many, Limits(budget=300))
    best = compose(problem, alternatives=0)
    for seconds in (0.02, 0.1, 0.3):
        try:
            hasty = compose(problem, seconds=seconds, alternatives=0)
        except DomainError as error:
            assert error.code == "team_out_of_time"
        else:
            assert hasty.team.coverage <= best.team.coverage <= hasty.bound
            assert hasty.gap == (hasty.bound - hasty.team.coverage) / hasty.bound


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weights": []}, "no_obstacles"),
        ({"proposals": []}, "no_proposals"),
        ({"weights": [("a", -1)]}, "team_weight_invalid"),
        ({"weights": [("a", float("nan"))]}, "team_weight_invalid"),
        ({"weights": [("a", 1e300)]}, "team_weight_invalid"),
        ({"weights": [("a", 10**300)]}, "team_weight_invalid"),
        ({"weights": [("a", 1), ("a", 2)]}, "team_obstacle_double"),
        ({"proposals": [Proposal(1, 1, 1), Proposal(1, 1, 1)]}, "team_proposal_double"),
        ({"proposals": [Proposal(1, 1, Decimal("-0.01"))]}, "team_cost_invalid"),
        ({"proposals": [Proposal(1, float("inf"), 1)]}, "team_score_invalid"),
        ({"proposals": [Proposal(1, 1, 1, {"a": 1.01})]}, "team_degree_invalid"),
        ({"proposals": [Proposal(1, 1, 1, {"a": -0.5})]}, "team_degree_invalid"),
        ({"proposals": [Proposal(1, 1, 1, {"z": 1})]}, "team_obstacle_unknown"),
        ({"limits": Limits(budget=-1)}, "team_limit_invalid"),
        ({"limits": Limits(max_partners=-1)}, "team_limit_invalid"),
        ({"limits": Limits(must=["z"])}, "team_proposal_unknown"),
        ({"limits": Limits(must_not=["z"])}, "team_proposal_unknown"),
        ({"limits": Limits(critical={"z": 1})}, "team_critical_unknown"),
        ({"limits": Limits(critical={"a": -1})}, "team_limit_invalid"),
    ],
)
def test_what_does_not_add_up_is_refused(change, code):
    with pytest.raises(DomainError) as caught:
        small(**change)
    assert caught.value.code == code


def test_weights_of_zero_leave_the_smallest_team():
    found = compose(small(weights=[("a", 0), ("b", 0), ("c", 0)]))
    assert (found.team.proposals, found.team.coverage, found.alternatives) == ((), 0, ())


def test_the_tests_reach_beyond_what_a_float_tells_apart():
    hair = [Proposal(1, 1, 1, {"a": Decimal("0.1") ** 20}), Proposal(2, 1, 1, {"b": 1})]
    assert small(proposals=hair).most > SAFE

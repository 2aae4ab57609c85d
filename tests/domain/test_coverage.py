from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.coverage import Claim, coverage_table, obstacle_weights, persona_weights
from app.domain.errors import DomainError


def table(claims, weights=((1, 1), (2, 1), (3, 2))):
    return coverage_table(weights, [Claim(*claim) for claim in claims])


def refused(call, *args):
    with pytest.raises(DomainError) as caught:
        call(*args)
    return caught.value.code


def test_the_best_degree_of_the_set_counts_for_each_obstacle():
    found = table([(10, 1, Decimal("0.5")), (11, 1, 1), (11, 3, Fraction(1, 3))])
    assert found.best() == {1: (11, 1), 3: (11, Fraction(1, 3))}
    assert found.covered() == Fraction(100) * (1 + Fraction(2, 3)) / 4
    assert found.covered({10}) == Fraction(100, 8)
    assert found.covered(set()) == 0


def test_among_equals_the_lowest_number_is_named():
    assert table([(12, 1, 1), (10, 1, 1)]).best()[1] == (10, 1)


def test_a_set_that_answers_all_fully_covers_100_percent():
    assert table([(1, 1, 1), (2, 2, 1), (3, 3, 1)]).covered([1, 2, 3]) == 100


def test_obstacles_are_told_apart_by_how_many_answer_them():
    found = table([(10, 1, 1), (10, 2, Decimal("0.4")), (11, 2, 1)])
    groups = found.grouped()
    assert (groups.uncovered, groups.once, groups.more) == ((3,), (1,), (2,))
    strict = found.grouped(from_degree=Decimal("0.5"))
    assert (strict.uncovered, strict.once, strict.more) == ((3,), (1, 2), ())
    assert found.grouped({11}).uncovered == (1, 3)


def test_a_claim_of_degree_zero_covers_nothing():
    assert table([(10, 1, 0)]).grouped().uncovered == (1, 2, 3)


def test_what_one_more_proposal_adds():
    found = table([(10, 1, 1), (11, 1, 1), (12, 3, 1)])
    assert found.gain({10}, 11) == 0
    assert found.gain({10}, 12) == 50


def test_a_float_counts_for_the_digits_it_shows():
    assert table([(10, 1, 0.1)], [(1, 1)]).covered() == 10


@pytest.mark.parametrize("degree", [-0.1, 1.01, float("nan"), Decimal("NaN"), float("inf"), Decimal("sNaN")])
def test_a_degree_lies_between_nothing_and_fully(degree):
    assert refused(table, [(10, 1, degree)]) == "degree_invalid"


@pytest.mark.parametrize("weight", [-1, float("nan"), Decimal("NaN"), Decimal("-Infinity")])
def test_a_weight_is_never_negative_and_always_a_number(weight):
    assert refused(table, [], [(1, weight)]) == "weight_invalid"


@pytest.mark.parametrize(
    ("claims", "weights", "code"),
    [
        ([(10, 1, 1), (10, 1, 0)], [(1, 1)], "claim_duplicate"),
        ([(10, 9, 1)], [(1, 1)], "claim_foreign_obstacle"),
        ([], [(1, 1), (1, 2)], "obstacle_duplicate"),
        ([], [], "no_obstacles"),
        ([], [(1, 0), (2, 0)], "weights_zero"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(claims, weights, code):
    assert refused(table, claims, weights) == code


def test_personas_weigh_less_the_later_they_come():
    assert persona_weights([7, 3, 5]) == {7: Fraction(3, 6), 3: Fraction(2, 6), 5: Fraction(1, 6)}
    assert refused(persona_weights, [1, 1]) == "persona_duplicate"
    assert refused(persona_weights, []) == "no_personas"


def test_an_obstacle_weighs_as_much_as_the_personas_of_its_challenge_together():
    assert obstacle_weights([7, 3, 5], [(1, [7]), (2, [3, 5])]) == [(1, Fraction(1, 2)), (2, Fraction(1, 2))]
    assert refused(obstacle_weights, [7], [(1, [8])]) == "persona_unknown"


claims = st.dictionaries(
    st.tuples(st.integers(1, 4), st.integers(1, 3)), st.fractions(0, 1, max_denominator=6), max_size=8
)


@given(claims, st.sets(st.integers(1, 4)), st.integers(1, 4))
@settings(max_examples=25, deadline=None)
def test_adding_a_proposal_never_lowers_coverage_and_helps_less_the_more_there_is(given_claims, some, extra):
    found = table([(proposal, obstacle, degree) for (proposal, obstacle), degree in given_claims.items()])
    assert 0 <= found.gain(some | {1}, extra) <= found.gain(some - {1}, extra)

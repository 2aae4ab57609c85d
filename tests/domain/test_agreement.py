"""Krippendorff's alpha and the severity of jurors, against published and hand-computed figures."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.domain.agreement import interval_alpha, nominal_alpha, ordinal_alpha, severities


def units(*observers):
    """One row per observer, "." is missing -> the values per unit."""
    columns = zip(*(row.split() for row in observers), strict=True)
    return [[int(value) for value in column if value != "."] for column in columns]


# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units.
PUBLISHED = units(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# The example with three coders and fifteen units that goes round (Wikipedia, "Krippendorff's alpha").
THREE_CODERS = units(
    ". . . . . 3 4 1 2 1 1 3 3 . 3",
    "1 . 2 1 3 3 4 3 . . . . . . .",
    ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
)


def test_alpha_of_the_published_examples():
    assert round(nominal_alpha(PUBLISHED), 3) == Fraction("0.743")
    assert round(ordinal_alpha(PUBLISHED), 3) == Fraction("0.815")
    assert round(interval_alpha(PUBLISHED), 3) == Fraction("0.849")
    assert round(nominal_alpha(THREE_CODERS), 3) == Fraction("0.691")
    assert round(interval_alpha(THREE_CODERS), 3) == Fraction("0.811")


def test_alpha_by_hand():
    # Units (1, 2) and (3, 3). Interval: observed 2·1 over n=4 -> 2/4; expected: pairs of 1 2 3 3 squared,
    # both ways 2·(1+4+4+1+1+0) = 22 over 4·3; alpha = 1 - (1/2)/(22/12) = 8/11.
    assert interval_alpha([[1, 2], [3, 3]]) == Fraction(8, 11)
    # Ordinal: one 1, one 2, two 3s stand at 0,5 1,5 3. Squares: (1,2) 1, (1,3) 6,25 twice, (2,3) 2,25 twice:
    # both ways 2·18 = 36; observed 2·1; alpha = 1 - 3·2/36.
    assert ordinal_alpha([[1, 2], [3, 3]]) == Fraction(5, 6)
    # Nominal: unlike pairs both ways 2·(1 + 2 + 2) = 10; alpha = 1 - 3·2/10.
    assert nominal_alpha([[1, 2], [3, 3]]) == Fraction(2, 5)


def test_alpha_of_full_agreement_is_one_and_of_swapping_is_below_zero():
    assert ordinal_alpha([[1, 1], [5, 5]]) == interval_alpha([[1, 1], [5, 5]]) == 1
    assert interval_alpha([[1, 5], [5, 1]]) == Fraction(-1, 2)


def test_there_is_no_alpha_without_anything_to_compare_or_without_differences():
    for nothing in ([], [[3], [4]], [[3, 3], [3, 3]]):
        assert interval_alpha(nothing) is ordinal_alpha(nothing) is nominal_alpha(nothing) is None


levels = st.lists(st.lists(st.integers(0, 5), max_size=5), max_size=8)


@given(levels)
def test_alpha_never_exceeds_one_and_ignores_single_values_and_order(found):
    for alpha in (interval_alpha, ordinal_alpha, nominal_alpha):
        value = alpha(found)
        assert value is None or value <= 1
        assert alpha([*found, [2]]) == value
        assert alpha([unit[::-1] for unit in found[::-1]]) == value


@given(levels, st.integers(1, 4), st.integers(-3, 3))
def test_interval_alpha_knows_no_unit_and_ordinal_only_the_order(found, times, plus):
    assert interval_alpha([[times * one + plus for one in unit] for unit in found]) == interval_alpha(found)
    assert ordinal_alpha([[one**3 for one in unit] for unit in found]) == ordinal_alpha(found)


def test_severity_is_beside_the_others_on_the_same_proposals():
    totals = {
        10: {1: Fraction(60), 2: Fraction(80), 3: Fraction(70)},
        11: {1: Fraction(50), 2: Fraction(70)},
        12: {3: Fraction(10)},  # alone: says nothing
    }
    found = severities(totals)
    assert (found[1].own, found[1].others, found[1].difference) == (55, Fraction(145, 2), Fraction(-35, 2))
    assert (found[2].difference, found[2].proposals) == (Fraction(75) - Fraction(115, 2), 2)
    assert (found[3].difference, found[3].proposals) == (0, 1)
    assert severities({1: {7: Fraction(50)}}) == {}

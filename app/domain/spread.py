"""How far apart numbers lie, exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt, lcm


@dataclass(frozen=True)
class Spread:
    """How far jurors lie apart: lowest, highest and variance, in the unit of what was measured.

    Population variance, not sample variance: the jurors who scored are the whole jury, not a sample of
    one; and a single sheet has a spread of 0 instead of none.
    """

    lowest: Fraction
    highest: Fraction
    variance: Fraction

    @property
    def width(self) -> Fraction:
        return self.highest - self.lowest

    @property
    def deviation(self) -> Decimal:
        """The standard deviation, for show: exact root, rounded half up to two decimals."""
        halves = isqrt(int(self.variance * 40_000))
        return Decimal((halves + 1) // 2).scaleb(-2)


def spread_of(numbers: Sequence[int], unit: int = 1) -> Spread:
    """The spread of numbers / `unit`; at least one number."""
    count, total = len(numbers), sum(numbers)
    squares = sum(number * number for number in numbers)
    variance = Fraction(count * squares - total * total, (count * unit) ** 2)
    return Spread(Fraction(min(numbers), unit), Fraction(max(numbers), unit), variance)


def spread_of_fractions(numbers: Sequence[Fraction]) -> Spread:
    """The same of fractions that do not share a denominator."""
    common = lcm(*(number.denominator for number in numbers))
    return spread_of([number.numerator * (common // number.denominator) for number in numbers], common)

"""How far jurors agree (Krippendorff's alpha) and how severe each of them is. Exact.

Alpha is 1 when all agree and 0 when they agree no more than if levels had been dealt out at random. Source:
K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011). A unit is what several jurors judged (one
proposal on one criterion); a juror who did not judge it is missing from it, and a unit judged by fewer than
two says nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Value = int | Fraction
Units = Iterable[Sequence[Value]]
RELIABLE, TENTATIVE = Fraction(800, 1000), Fraction(667, 1000)
"""Krippendorff's own advice: from .800 on one may rely on it, from .667 on draw tentative conclusions."""


def interval_alpha(units: Units) -> Fraction | None:
    """Alpha with squared distances. None when nothing can be compared, or nothing varies: then there is no
    chance to agree by either. Values may be any numbers (totals in percent, levels)."""
    pairable = [unit for unit in units if len(unit) > 1]
    number = sum(map(len, pairable))
    expected = _square_pairs([value for unit in pairable for value in unit])
    if not expected:
        return None
    observed = sum((_square_pairs(unit) / (len(unit) - 1) for unit in pairable), Fraction(0))
    return 1 - (number - 1) * observed / expected


def _square_pairs(values: Sequence[Value]) -> Fraction:
    """The squared difference of every two, each pair counted both ways."""
    total, squares = sum(values), sum(value * value for value in values)
    return Fraction(2 * (len(values) * squares - total * total))


def ordinal_alpha(units: Units) -> Fraction | None:
    """Alpha of levels of which only the order counts: the distance of two is the number of values ranked
    between them. None as `interval_alpha`."""
    pairable = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in pairable for value in unit)
    return _alpha(pairable, totals, _ordinal_distance(totals))


def nominal_alpha(units: Units) -> Fraction | None:
    """Alpha of which only equal or not equal counts."""
    pairable = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in pairable for value in unit)
    return _alpha(pairable, totals, lambda one, other: Fraction(one != other))


Distance = Callable[[Value, Value], Fraction]


def _ordinal_distance(totals: Mapping[Value, int]) -> Distance:
    """(how many values lie from one up to the other, their own halved), squared."""
    middle: dict[Value, Fraction] = {}
    below = 0
    for value in sorted(totals):
        middle[value] = below + Fraction(totals[value], 2)
        below += totals[value]
    return lambda one, other: (middle[one] - middle[other]) ** 2


def _alpha(
    units: Sequence[Sequence[Value]], totals: Mapping[Value, int], distance: Distance
) -> Fraction | None:
    """1 - observed / expected disagreement, from the values with how often each was given in a unit."""
    number = sum(totals.values())
    expected = _distances(totals, distance)
    if not expected:
        return None
    observed = sum(
        (_distances(Counter(unit), distance) / (len(unit) - 1) for unit in units),
        Fraction(0),
    )
    return 1 - (number - 1) * observed / expected


def _distances(counts: Mapping[Value, int], distance: Distance) -> Fraction:
    """Over every two values, each pair counted both ways."""
    pairs = list(counts.items())
    return sum(
        (
            2 * times * others * distance(one, other)
            for at, (one, times) in enumerate(pairs)
            for other, others in pairs[at + 1 :]
        ),
        Fraction(0),
    )


@dataclass(frozen=True)
class Severity:
    """One juror beside the others on the same proposals, all in percent. `own` and `others` are averages over
    the `proposals` that at least one other juror scored too."""

    juror_id: int
    proposals: int
    own: Fraction
    others: Fraction

    @property
    def difference(self) -> Fraction:
        """Below 0: gives less than the others."""
        return self.own - self.others


def severities(totals: Mapping[int, Mapping[int, Fraction]]) -> dict[int, Severity]:
    """{juror: severity} from {proposal: {juror: total of the sheet in percent}}; without the jurors who
    share no proposal with another. It is shown beside the scores and corrects none: who read other proposals
    may differ for good reasons."""
    own: dict[int, list[Fraction]] = {}
    others: dict[int, list[Fraction]] = {}
    for of_jurors in totals.values():
        if len(of_jurors) < 2:
            continue
        together = sum(of_jurors.values(), Fraction(0))
        for juror, total in of_jurors.items():
            own.setdefault(juror, []).append(total)
            others.setdefault(juror, []).append((together - total) / (len(of_jurors) - 1))
    return {
        juror: Severity(juror, len(given), _mean(given), _mean(others[juror])) for juror, given in own.items()
    }


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)

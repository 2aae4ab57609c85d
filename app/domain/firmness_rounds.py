"""The sheets of one round as arrays, for `firmness.py`: totals for many weightings or many juries at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.domain.criteria import RoundRules

Floats = NDArray[np.float64]
HAIR = 1e-6  # levels; what is less than this apart is equal


@dataclass(frozen=True)
class RoundSheets:
    """The sheets that count: {proposal: {juror: {criterion: level}}}. A level None, or none, is a missing
    value. `agreed` is {proposal: {criterion: level}}."""

    rules: RoundRules
    sheets: Mapping[int, Mapping[int, Mapping[int, int | None]]]
    agreed: Mapping[int, Mapping[int, int | Decimal | Fraction]]


@dataclass(frozen=True)
class RoundArrays:
    """`levels` and `given` (1 or 0) are [criterion, juror, proposal], without what was agreed upon; `fixed`
    [criterion, proposal] is what was, with `is_fixed`. `sheets` [juror, proposal] is 1 where there is one,
    `present` says per proposal whether there is any."""

    weights: Floats
    highest: Floats
    needed: Floats
    levels: Floats
    given: Floats
    fixed: Floats
    is_fixed: NDArray[np.bool_]
    sheets: Floats
    present: NDArray[np.bool_]
    counts: NDArray[np.bool_]
    shares: Floats
    meets: NDArray[np.bool_]

    def totals_for(self, weights: Floats) -> Floats:
        """[draw, proposal] in percent, for weights [draw, criterion] in any unit."""
        reached = weights @ self.shares
        if self.counts[:, self.present].all():
            return 100 * reached / weights.sum(axis=1, keepdims=True)
        return 100 * reached / np.maximum(weights @ self.counts.astype(float), 1e-12)

    def totals_by(self, times: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """[draw, proposal] totals in percent and whether each criterion's minimum is reached, when each juror
        counts `times` [draw, juror]. A proposal of which no juror was drawn keeps its own."""
        sheets = times @ self.sheets
        if self._without_gaps:
            of_sheet, agreed = self._worth
            totals = times @ of_sheet / np.maximum(sheets, 1) + agreed
        else:
            totals = self._with_gaps(times)
        meets = self._meeting(times)
        nobody = sheets == 0
        if nobody.any():
            totals, meets = np.where(nobody, self._own, totals), np.where(nobody, self.meets, meets)
        return totals, meets

    @cached_property
    def _without_gaps(self) -> bool:
        return bool((self.given.sum(axis=0) == self.sheets * (~self.is_fixed).sum(axis=0)).all())

    @cached_property
    def _worth(self) -> tuple[Floats, Floats]:
        """(percent of each sheet [juror, proposal], percent that was agreed upon), of levels without gaps."""
        worth = 100 * self.weights / self.highest / self.weights.sum()
        return np.tensordot(worth, self.levels, 1), worth @ self.fixed

    @cached_property
    def _own(self) -> Floats:
        return self.totals_for(self.weights[np.newaxis])[0]  # type: ignore[no-any-return]

    @cached_property
    def _above(self) -> list[NDArray[np.float32]]:
        """[juror, proposal] per criterion: how far above its minimum; only of those some jury could tip."""
        above = self.levels - self.needed[:, np.newaxis, np.newaxis] * self.given
        return [one.astype(np.float32) for one in above if (one < -HAIR).any()]

    def _with_gaps(self, times: Floats) -> Floats:
        """What does not apply leaves the denominator, draw by draw."""
        shape = (len(times), len(self.present))
        reached, weighed = np.zeros(shape), np.zeros(shape)
        for at, weight in enumerate(self.weights):
            given = times @ self.given[at]
            level = times @ self.levels[at] / np.maximum(given, 1) + self.fixed[at]
            counting = (given > 0) | self.is_fixed[at]
            reached += counting * level * (weight / self.highest[at])
            weighed += counting * weight
        return 100 * reached / np.maximum(weighed, 1e-12)

    def _meeting(self, times: Floats) -> NDArray[np.bool_]:
        fixed = _at_least(self.fixed, self.needed, self.is_fixed)
        meets = np.repeat(fixed[np.newaxis], len(times), axis=0)
        small = times.astype(np.float32)
        for above in self._above:
            meets &= small @ above > -HAIR
        return meets


def _at_least(levels: Floats, needed: Floats, where: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Per proposal whether each level that counts reaches what is needed."""
    reached = ~where | (levels > needed[:, np.newaxis] - HAIR)
    return np.logical_and.reduce(reached, axis=0)  # type: ignore[no-any-return]


def arrays_of(of: RoundSheets, order: Sequence[int], jurors: Sequence[int]) -> RoundArrays:
    """The round as arrays, proposals and jurors in the order given."""
    rules, size = of.rules, len(of.rules.criteria)
    levels, given = np.zeros((size, len(jurors), len(order))), np.zeros((size, len(jurors), len(order)))
    sheets = np.zeros((len(jurors), len(order)))
    place = {juror: at for at, juror in enumerate(jurors)}
    for column, proposal in enumerate(order):
        for juror, sheet in of.sheets.get(proposal, {}).items():
            row = place[juror]
            sheets[row, column] = 1
            for at, criterion in enumerate(rules.ids):
                level = sheet.get(criterion)
                if level is not None:
                    levels[at, row, column], given[at, row, column] = level, 1
    fixed, is_fixed = _fixed(of, order)
    levels[:], given[:] = levels * ~is_fixed[:, np.newaxis], given * ~is_fixed[:, np.newaxis]
    return _completed(rules, levels, given, fixed, is_fixed, sheets)


def _fixed(of: RoundSheets, order: Sequence[int]) -> tuple[Floats, NDArray[np.bool_]]:
    fixed = np.zeros((len(of.rules.ids), len(order)))
    is_fixed = np.zeros(fixed.shape, bool)
    for column, proposal in enumerate(order):
        agreed = of.agreed.get(proposal, {})
        for at, criterion in enumerate(of.rules.ids):
            if criterion in agreed:
                fixed[at, column], is_fixed[at, column] = float(agreed[criterion]), True
    return fixed, is_fixed


def _completed(
    rules: RoundRules,
    levels: Floats,
    given: Floats,
    fixed: Floats,
    is_fixed: NDArray[np.bool_],
    sheets: Floats,
) -> RoundArrays:
    """With what follows from the sheets as they are: averages as shares of the highest level, minimums."""
    highest = np.array([float(one.highest) for one in rules.criteria])
    needed = np.array([float(one.needed) for one in rules.criteria])
    number = given.sum(axis=1)
    averages = levels.sum(axis=1) / np.maximum(number, 1) + fixed
    counts = (number > 0) | is_fixed
    present = sheets.sum(axis=0) > 0
    return RoundArrays(
        weights=np.array([float(one.weight) for one in rules.criteria]),
        highest=highest,
        needed=needed,
        levels=levels,
        given=given,
        fixed=fixed,
        is_fixed=is_fixed,
        sheets=sheets,
        present=present,
        counts=counts,
        shares=np.where(counts, averages / highest[:, np.newaxis], 0),
        meets=~present | _at_least(averages, needed, counts),
    )

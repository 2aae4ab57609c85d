"""From score sheets to the score of a proposal in one round: exact inside, rounded only when shown.

A sheet is a mapping {criterion id: level}. Totals are percent (0 to 100) as `Fraction`; a proposal that
shows 60,00 but stands at 59,996 does not reach 60. The rules themselves are in `criteria.py` and can be
imported from here as well; two rounds come together in `outcome.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import isqrt
from operator import itemgetter, lt, mul
from typing import Self

from app.domain.criteria import (
    DEFAULT_MINIMUM_TOTAL,
    DEFAULT_PITCH,
    DEFAULT_WRITTEN,
    Criterion,
    Level,
    RoundRules,
    check_rules,
    parse_level,
    rule_problems,
)
from app.domain.errors import DomainError
from app.domain.numbers import is_usable

__all__ = [
    "DEFAULT_MINIMUM_TOTAL",
    "DEFAULT_PITCH",
    "DEFAULT_WRITTEN",
    "Criterion",
    "Failure",
    "Level",
    "ProposalScore",
    "RoundRules",
    "Spread",
    "check_rules",
    "parse_level",
    "rule_problems",
    "score_proposal",
    "score_proposals",
    "sheet_total",
    "shown",
]

Sheet = Mapping[int, int]
Agreed = Mapping[int, int | Decimal | Fraction]


def shown(number: Fraction | Decimal | int) -> Decimal:
    """The number for the screen: two decimals, halves away from zero (ROUND_HALF_UP), no detour by floats."""
    exact = Fraction(number)
    cents = (abs(exact.numerator) * 200 + exact.denominator) // (2 * exact.denominator)
    return Decimal(-cents if exact < 0 else cents).scaleb(-2)


def sheet_total(rules: RoundRules, sheet: Sheet) -> Fraction:
    """The total of one sheet: percent, 0 to 100. The rules must have passed `check_rules`.

    Raises `sheet_incomplete` (fact `missing`: criterion ids in the order of the sheet),
    `sheet_foreign_criterion` (fact `foreign`) and `level_not_on_scale`.
    """
    return Fraction(sum(map(mul, rules.points, _row(rules, sheet))), rules.unit)


def _row(rules: RoundRules, sheet: Sheet) -> tuple[int, ...]:
    """The levels of a sheet in the order of the criteria, checked."""
    missing = [one for one in rules.ids if one not in sheet]
    if missing:
        raise DomainError("sheet_incomplete", missing=missing)
    if len(sheet) > len(rules.ids):
        raise DomainError("sheet_foreign_criterion", foreign=sorted(set(sheet) - set(rules.ids)))
    return tuple(parse_level(one, sheet[one.id]) for one in rules.criteria)


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


def _spread(numbers: Sequence[int], unit: int = 1) -> Spread:
    count, total = len(numbers), sum(numbers)
    squares = sum(number * number for number in numbers)
    variance = Fraction(count * squares - total * total, (count * unit) ** 2)
    return Spread(Fraction(min(numbers), unit), Fraction(max(numbers), unit), variance)


@dataclass(frozen=True)
class Failure:
    """A minimum that was not reached. `criterion_id` None is the minimum in all (percent)."""

    criterion_id: int | None
    reached: Fraction
    needed: Fraction
    round: str = "written"


@dataclass(frozen=True)
class ProposalScore:
    """One proposal in one round; figures are worked out when asked, for lists ask only for some.

    `rows` are the sheets in the order of `jurors`, levels in the order of the criteria; `consensus` has
    one place per criterion, None where the average counts.
    """

    proposal_id: int
    rules: RoundRules
    jurors: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]
    consensus: tuple[Fraction | None, ...]
    round: str = "written"

    @property
    def sheet_count(self) -> int:
        return len(self.rows)

    @cached_property
    def total(self) -> Fraction | None:
        """Percent, 0 to 100."""
        if not self.rows:
            return None
        points = sum(map(mul, self.rules.points, self._sums))
        return Fraction(points, len(self.rows) * self.rules.unit)

    @cached_property
    def passes(self) -> bool:
        """Whether every minimum is reached; False without sheets."""
        enough = self.total is not None and self.total >= self.rules.minimum_total_exact
        return enough and self.meets_criteria

    @cached_property
    def meets_criteria(self) -> bool:
        """Whether each criterion reaches its own minimum (compared in whole numbers)."""
        needed = map(mul, self.rules.minimums_scaled, [len(self.rows)] * len(self._sums))
        return not any(map(lt, map(mul, self._sums, self.rules.minimum_units), needed))

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """The minimums that were missed, in the order of the criteria, the one in all last."""
        if self.passes or self.total is None:
            return ()
        missed = [
            Failure(one.id, self.averages[one.id], one.needed, self.round)
            for one in self.rules.criteria
            if self.averages[one.id] < one.needed
        ]
        if self.total < self.rules.minimum_total_exact:
            missed.append(Failure(None, self.total, self.rules.minimum_total_exact, self.round))
        return tuple(missed)

    @cached_property
    def averages(self) -> dict[int, Fraction]:
        """Per criterion id the level that counts: the consensus, else the average. Empty without sheets."""
        if not self.rows:
            return {}
        count = len(self.rows)
        levels = (Fraction(level) / count for level in self._sums)
        return dict(zip(self.rules.ids, levels, strict=True))

    @cached_property
    def agreed(self) -> frozenset[int]:
        """The criteria on which a consensus replaced the average."""
        pairs = zip(self.rules.ids, self.consensus, strict=True)
        return frozenset(criterion for criterion, level in pairs if level is not None)

    @cached_property
    def sheet_totals(self) -> dict[int, Fraction]:
        """Per juror id the total of the own sheet, in percent; consensus does not change a sheet."""
        return {juror: Fraction(total, self.rules.unit) for juror, total in self._points_per_juror()}

    @cached_property
    def spread(self) -> Spread | None:
        """The spread of the sheet totals, in percent; None without sheets."""
        points = [total for _, total in self._points_per_juror()]
        return _spread(points, self.rules.unit) if points else None

    @cached_property
    def criterion_spreads(self) -> dict[int, Spread]:
        """Per criterion id the spread of the levels that the jurors gave; empty without sheets."""
        columns = zip(*self.rows, strict=True)
        return {one: _spread(column) for one, column in zip(self.rules.ids, columns, strict=False)}

    def without(self, juror_id: int) -> Self:
        """The same proposal as if this juror had not scored it; itself when nothing would be left."""
        if juror_id not in self.jurors or len(self.jurors) == 1:
            return self
        at = self.jurors.index(juror_id)
        jurors = self.jurors[:at] + self.jurors[at + 1 :]
        rows = self.rows[:at] + self.rows[at + 1 :]
        return type(self)(self.proposal_id, self.rules, jurors, rows, self.consensus, self.round)

    @cached_property
    def _sums(self) -> list[int | Fraction]:
        """Levels summed over the jurors; whole numbers wherever there is no consensus."""
        sums: list[int | Fraction] = [sum(column) for column in zip(*self.rows, strict=True)]
        for at, agreed in enumerate(self.consensus):
            if agreed is not None:
                sums[at] = agreed * len(self.rows)
        return sums

    def _points_per_juror(self) -> list[tuple[int, int]]:
        points = self.rules.points
        pairs = zip(self.jurors, self.rows, strict=True)
        return [(juror, sum(map(mul, points, row))) for juror, row in pairs]


def _rows(rules: RoundRules, sheets: list[Sheet]) -> tuple[tuple[int, ...], ...]:
    """All sheets of a proposal as rows; column by column, because there are thousands of them."""
    ids = rules.ids
    if len(ids) < 2 or any(len(sheet) != len(ids) for sheet in sheets):
        return tuple(_row(rules, sheet) for sheet in sheets)
    try:
        rows = tuple(map(itemgetter(*ids), sheets))
    except KeyError:
        return tuple(_row(rules, sheet) for sheet in sheets)
    for criterion, column in zip(rules.criteria, zip(*rows, strict=True), strict=False):
        if not criterion.values.issuperset(column):
            return tuple(_row(rules, sheet) for sheet in sheets)
    return rows


def _agreed(rules: RoundRules, consensus: Agreed) -> tuple[Fraction | None, ...]:
    """Consensus levels in the order of the criteria; between two levels is allowed, off the scale is not."""
    if not consensus:
        return rules.no_consensus
    foreign = sorted(set(consensus) - set(rules.ids))
    if foreign:
        raise DomainError("sheet_foreign_criterion", foreign=foreign)
    return tuple(_agreed_level(one, consensus.get(one.id)) for one in rules.criteria)


def _agreed_level(criterion: Criterion, level: int | Decimal | Fraction | None) -> Fraction | None:
    if level is None:
        return None
    usable = not isinstance(level, Decimal) or is_usable(level)
    if not usable or not min(criterion.values) <= level <= criterion.highest:
        raise DomainError("consensus_off_scale", criterion=criterion.id, name=criterion.name)
    return Fraction(level)


def score_proposals(
    rules: RoundRules,
    sheets: Mapping[int, Mapping[int, Sheet]],
    consensus: Mapping[int, Agreed] | None = None,
    *,
    round_name: str = "written",
) -> list[ProposalScore]:
    """Scores of many proposals: `sheets` is {proposal id: {juror id: sheet}}, submitted sheets only.

    `consensus` is {proposal id: {criterion id: level}} where the jury agreed; it replaces the average of
    that criterion. Raises what `sheet_total` raises, `consensus_off_scale` and `sheet_foreign_criterion`.
    """
    agreed = consensus or {}
    return [
        score_proposal(rules, proposal_id, of_jurors, agreed.get(proposal_id), round_name=round_name)
        for proposal_id, of_jurors in sheets.items()
    ]


def score_proposal(
    rules: RoundRules,
    proposal_id: int,
    sheets: Mapping[int, Sheet],
    consensus: Agreed | None = None,
    *,
    round_name: str = "written",
) -> ProposalScore:
    """One proposal of `score_proposals`: `sheets` is {juror id: sheet}."""
    rows = _rows(rules, list(sheets.values()))
    agreed = _agreed(rules, consensus or {})
    return ProposalScore(proposal_id, rules, tuple(sheets), rows, agreed, round_name)

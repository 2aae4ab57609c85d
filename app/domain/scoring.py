"""From score sheets to the score of a proposal in one round: exact inside, rounded only when shown.

A sheet is a mapping {criterion id: level}; the level None says that the criterion does not apply. Totals
are percent (0 to 100) as `Fraction`; a proposal that shows 60,00 but stands at 59,996 does not reach 60.
What does not apply leaves the denominator: a total is the sum of weight x average / highest over the
criteria with at least one level (or a consensus), divided by the sum of those weights (docs/decisions/0016).
The rules themselves are in `criteria.py` and can be imported from here as well; two rounds come together in
`outcome.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from operator import lt, mul
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
from app.domain.sheet_rows import Row, Sheet, points_of_row, rows_of, sheet_total, total_of_row
from app.domain.spread import Spread, spread_of, spread_of_fractions

__all__ = [
    "DEFAULT_MINIMUM_TOTAL",
    "DEFAULT_PITCH",
    "DEFAULT_WRITTEN",
    "Criterion",
    "Failure",
    "Level",
    "ProposalScore",
    "RoundRules",
    "Sheet",
    "Spread",
    "check_rules",
    "parse_level",
    "rule_problems",
    "score_proposal",
    "score_proposals",
    "sheet_total",
    "shown",
]

Agreed = Mapping[int, int | Decimal | Fraction]


def shown(number: Fraction | Decimal | int) -> Decimal:
    """The number for the screen: two decimals, halves away from zero (ROUND_HALF_UP), no detour by floats."""
    exact = Fraction(number)
    cents = (abs(exact.numerator) * 200 + exact.denominator) // (2 * exact.denominator)
    return Decimal(-cents if exact < 0 else cents).scaleb(-2)


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

    `rows` are the sheets in the order of `jurors`, levels in the order of the criteria, None where the
    juror found a criterion not applicable; `consensus` has one place per criterion, None where the average
    counts. A criterion that nobody scored and nobody agreed upon has no effect: it is in no total, and its
    minimum is not asked.
    """

    proposal_id: int
    rules: RoundRules
    jurors: tuple[int, ...]
    rows: tuple[Row, ...]
    consensus: tuple[Fraction | None, ...]
    round: str = "written"

    @property
    def sheet_count(self) -> int:
        return len(self.rows)

    @cached_property
    def skipped(self) -> bool:
        """Whether any juror found any criterion not applicable. If not, everything stays whole numbers."""
        return any(None in row for row in self.rows)

    @cached_property
    def total(self) -> Fraction | None:
        """Percent, 0 to 100; None without sheets."""
        if not self.rows:
            return None
        if self.skipped:
            return self._total_of_averages()
        points = sum(map(mul, self.rules.points, self._sums))
        return Fraction(points, len(self.rows) * self.rules.unit)

    def _total_of_averages(self) -> Fraction:
        parts = zip(self.rules.ids, self.rules.points, self.rules.weights_whole, strict=True)
        counting = [
            (points * self.averages[one], weight) for one, points, weight in parts if one in self.averages
        ]
        reached = sum(points for points, _ in counting)
        return self.rules.over_weights(reached, sum(weight for _, weight in counting))

    @cached_property
    def passes(self) -> bool:
        """Whether every minimum is reached; False without sheets."""
        enough = self.total is not None and self.total >= self.rules.minimum_total_exact
        return enough and self.meets_criteria

    @cached_property
    def meets_criteria(self) -> bool:
        """Whether each criterion that counts reaches its own minimum (compared in whole numbers)."""
        if self.skipped:
            return all(self.averages[one.id] >= one.needed for one in self._counting)
        needed = map(mul, self.rules.minimums_scaled, [len(self.rows)] * len(self._sums))
        return not any(map(lt, map(mul, self._sums, self.rules.minimum_units), needed))

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """The minimums that were missed, in the order of the criteria, the one in all last."""
        if self.passes or self.total is None:
            return ()
        missed = [
            Failure(one.id, self.averages[one.id], one.needed, self.round)
            for one in self._counting
            if self.averages[one.id] < one.needed
        ]
        if self.total < self.rules.minimum_total_exact:
            missed.append(Failure(None, self.total, self.rules.minimum_total_exact, self.round))
        return tuple(missed)

    @property
    def _counting(self) -> list[Criterion]:
        return [one for one in self.rules.criteria if one.id in self.averages]

    @cached_property
    def averages(self) -> dict[int, Fraction]:
        """Per criterion id the level that counts: the consensus, else the average of who scored it. Without
        the criteria that have no effect; empty without sheets."""
        if not self.rows:
            return {}
        levels = (
            agreed if agreed is not None else Fraction(total, count) if count else None
            for agreed, (total, count) in zip(self.consensus, self._given, strict=True)
        )
        pairs = zip(self.rules.ids, levels, strict=True)
        return {criterion: level for criterion, level in pairs if level is not None}

    @cached_property
    def agreed(self) -> frozenset[int]:
        """The criteria on which a consensus replaced the average."""
        pairs = zip(self.rules.ids, self.consensus, strict=True)
        return frozenset(criterion for criterion, level in pairs if level is not None)

    @cached_property
    def sheet_totals(self) -> dict[int, Fraction]:
        """Per juror id the total of the own sheet, in percent; consensus does not change a sheet."""
        pairs = zip(self.jurors, self.rows, strict=True)
        return {juror: total_of_row(self.rules, row) for juror, row in pairs}

    @cached_property
    def spread(self) -> Spread | None:
        """The spread of the sheet totals, in percent; None without sheets."""
        if not self.rows:
            return None
        if self.skipped:
            return spread_of_fractions(list(self.sheet_totals.values()))
        return spread_of([points_of_row(self.rules, row) for row in self.rows], self.rules.unit)

    @cached_property
    def criterion_spreads(self) -> dict[int, Spread]:
        """Per criterion id the spread of the levels that the jurors gave; without those nobody scored."""
        pairs = zip(self.rules.ids, self._columns, strict=False)
        return {one: spread_of(column) for one, column in pairs if column}

    def without(self, juror_id: int) -> Self:
        """The same proposal as if this juror had not scored it; itself when nothing would be left."""
        if juror_id not in self.jurors or len(self.jurors) == 1:
            return self
        at = self.jurors.index(juror_id)
        jurors = self.jurors[:at] + self.jurors[at + 1 :]
        rows = self.rows[:at] + self.rows[at + 1 :]
        return type(self)(self.proposal_id, self.rules, jurors, rows, self.consensus, self.round)

    @cached_property
    def _columns(self) -> list[list[int]]:
        """The levels given, per criterion."""
        return [[level for level in column if level is not None] for column in zip(*self.rows, strict=True)]

    @cached_property
    def _given(self) -> list[tuple[int, int]]:
        """Per criterion the sum of the levels and how many were given."""
        return [(sum(column), len(column)) for column in self._columns]

    @cached_property
    def _sums(self) -> list[int | Fraction]:
        """Levels summed over the jurors when each scored everything; whole numbers wherever there is no
        consensus."""
        sums: list[int | Fraction] = [sum(column) for column in zip(*self.rows, strict=True)]  # type: ignore[arg-type]
        for at, agreed in enumerate(self.consensus):
            if agreed is not None:
                sums[at] = agreed * len(self.rows)
        return sums


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
    rows = rows_of(rules, list(sheets.values()))
    agreed = _agreed(rules, consensus or {})
    return ProposalScore(proposal_id, rules, tuple(sheets), rows, agreed, round_name)

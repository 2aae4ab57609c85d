"""The published rules of a round: criteria with weights, described levels and minimums.

Rules are frozen at publication; `check_rules` says whether they may be published. Weights are percent
(they add up to 100), levels are whole numbers, minimums are in levels, `minimum_total` is percent.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm

from app.domain.criteria_texts import PITCH_TEXTS, WRITTEN_TEXTS, CriterionText
from app.domain.errors import DomainError
from app.domain.numbers import is_usable

DEFAULT_MINIMUM_TOTAL = Decimal(60)


@dataclass(frozen=True)
class Level:
    """One step of a scale, with the sentence that tells a juror when to choose it."""

    value: int
    description: str


@dataclass(frozen=True)
class Criterion:
    """What jurors judge. `weight` in percent; `minimum` in levels, None is half of the highest level;
    `may_be_skipped`: a juror may find that it does not apply, with a reason."""

    id: int
    name: str
    weight: Decimal
    levels: tuple[Level, ...]
    minimum: Decimal | None = None
    may_be_skipped: bool = False

    @cached_property
    def values(self) -> frozenset[int]:
        """The published levels; nothing else is a score."""
        return frozenset(level.value for level in self.levels)

    @cached_property
    def highest(self) -> int:
        return max(self.values)

    @cached_property
    def needed(self) -> Fraction:
        """The least average level with which a proposal passes this criterion."""
        return Fraction(self.highest, 2) if self.minimum is None else Fraction(self.minimum)


@dataclass(frozen=True)
class RoundRules:
    """The criteria of one round, in their order on the sheet, and the minimum in all (percent)."""

    criteria: tuple[Criterion, ...]
    minimum_total: Decimal = DEFAULT_MINIMUM_TOTAL

    @cached_property
    def unit(self) -> int:
        """The common denominator that makes every point of every criterion a whole number."""
        return lcm(*(self._percent_per_level(one).denominator for one in self.criteria))

    @cached_property
    def points(self) -> tuple[int, ...]:
        """Per criterion: what one level is worth, in 1/`unit` percent. Keeps long lists exact and fast."""
        return tuple(int(self._percent_per_level(one) * self.unit) for one in self.criteria)

    @cached_property
    def weights_whole(self) -> tuple[int, ...]:
        """The weights as whole numbers, in the same proportion."""
        exact = [Fraction(one.weight) for one in self.criteria]
        common = lcm(*(weight.denominator for weight in exact))
        return tuple(int(weight * common) for weight in exact)

    def over_weights(self, points: int | Fraction, weights: int) -> Fraction:
        """Percent: `points` (in 1/`unit`) of criteria whose `weights_whole` add up to `weights`."""
        return Fraction(points) * sum(self.weights_whole) / (weights * self.unit)

    @cached_property
    def minimum_total_exact(self) -> Fraction:
        return Fraction(self.minimum_total)

    @cached_property
    def minimum_units(self) -> tuple[int, ...]:
        """Denominators of the criteria's minimums; with `minimums_scaled` they compare in whole numbers."""
        return tuple(one.needed.denominator for one in self.criteria)

    @cached_property
    def minimums_scaled(self) -> tuple[int, ...]:
        return tuple(one.needed.numerator for one in self.criteria)

    @cached_property
    def no_consensus(self) -> tuple[None, ...]:
        return (None,) * len(self.criteria)

    @cached_property
    def ids(self) -> tuple[int, ...]:
        return tuple(one.id for one in self.criteria)

    @staticmethod
    def _percent_per_level(criterion: Criterion) -> Fraction:
        return Fraction(criterion.weight) / criterion.highest


def check_rules(rules: RoundRules) -> None:
    """Raise the first `DomainError` of `rule_problems`, if there is any."""
    for problem in rule_problems(rules):
        raise problem


def rule_problems(rules: RoundRules) -> Iterator[DomainError]:
    """Everything that keeps these rules from being published, in the order of the form.

    Codes: no_criteria, criterion_duplicate, criterion_without_name, weight_not_positive,
    too_few_levels, level_negative, level_duplicate, level_without_description, minimum_off_scale,
    weights_not_100 (fact `total`, only when each weight is good), minimum_total_out_of_range.
    Facts of a criterion's problem: `criterion` (id) and `name`.
    """
    if not rules.criteria:
        yield DomainError("no_criteria", field="criteria")
    for criterion_id, times in Counter(rules.ids).items():
        if times > 1:
            yield DomainError("criterion_duplicate", field="criteria", criterion=criterion_id)
    for criterion in rules.criteria:
        for code, field in _criterion_problems(criterion):
            yield DomainError(code, field=field, criterion=criterion.id, name=criterion.name)
    yield from _weight_total_problem([criterion.weight for criterion in rules.criteria])
    if not _is_within(rules.minimum_total, 0, 100):
        yield DomainError("minimum_total_out_of_range", field="minimum_total")


def _weight_total_problem(weights: list[Decimal]) -> Iterator[DomainError]:
    if not weights or not all(map(_is_positive, weights)):
        return
    if sum(map(Fraction, weights)) != 100:
        yield DomainError("weights_not_100", field="weight", total=sum(weights, Decimal(0)))


def _criterion_problems(criterion: Criterion) -> Iterator[tuple[str, str]]:
    if not criterion.name.strip():
        yield "criterion_without_name", "name"
    if not _is_positive(criterion.weight):
        yield "weight_not_positive", "weight"
    yield from ((code, "levels") for code in _scale_problems(criterion.levels))
    if not _has_minimum_on_scale(criterion):
        yield "minimum_off_scale", "minimum"


def _scale_problems(levels: tuple[Level, ...]) -> Iterator[str]:
    values = [level.value for level in levels]
    if len(values) < 2:
        yield "too_few_levels"
    if any(value < 0 for value in values):
        yield "level_negative"
    if len(set(values)) < len(values):
        yield "level_duplicate"
    if any(not level.description.strip() for level in levels):
        yield "level_without_description"


def _has_minimum_on_scale(criterion: Criterion) -> bool:
    if criterion.minimum is None or not criterion.values:
        return True
    return _is_within(criterion.minimum, min(criterion.values), criterion.highest)


def _is_positive(number: Decimal) -> bool:
    return is_usable(number) and number > 0


def _is_within(number: Decimal, low: int, high: int) -> bool:
    return is_usable(number) and low <= number <= high


def parse_level(criterion: Criterion, raw: str | int) -> int:
    """What a form or a command sent -> a published level of this criterion.

    Only the level exactly as published counts ("3" or 3): no blanks, signs, leading zeros, fractions,
    NaN, other scripts' digits or booleans. Raises `level_not_on_scale` (facts `criterion`, `name`).
    """
    for value in criterion.values:
        if raw == (str(value) if isinstance(raw, str) else value) and type(raw) in (str, int):
            return value
    raise DomainError("level_not_on_scale", field="level", criterion=criterion.id, name=criterion.name)


def _default(texts: tuple[CriterionText, ...]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(number, name, Decimal(weight), tuple(Level(*pair) for pair in enumerate(descriptions)))
        for number, (name, weight, descriptions) in enumerate(texts, start=1)
    )


DEFAULT_WRITTEN = RoundRules(_default(WRITTEN_TEXTS))
DEFAULT_PITCH = RoundRules(_default(PITCH_TEXTS))

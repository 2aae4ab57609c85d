"""One sheet as a row of levels in the order of the criteria, checked, and its own total.

A sheet is a mapping {criterion id: level}; the level None says that the criterion does not apply.
"""

from collections.abc import Mapping
from fractions import Fraction
from operator import itemgetter

from app.domain.criteria import Criterion, RoundRules, parse_level
from app.domain.errors import DomainError

Sheet = Mapping[int, int | None]
Row = tuple[int | None, ...]


def sheet_total(rules: RoundRules, sheet: Sheet) -> Fraction:
    """The total of one sheet over the criteria that apply: percent, 0 to 100. The rules must have passed
    `check_rules`.

    Raises `sheet_incomplete` (fact `missing`: criterion ids in the order of the sheet),
    `sheet_foreign_criterion` (fact `foreign`), `level_not_on_scale`, `criterion_not_skippable` (a criterion
    that always applies) and `sheet_without_level` (nothing applies, so there is no total).
    """
    return total_of_row(rules, _row(rules, sheet))


def total_of_row(rules: RoundRules, row: Row) -> Fraction:
    """Percent; at least one level is not None."""
    points = points_of_row(rules, row)
    if None not in row:
        return Fraction(points, rules.unit)
    applying = (weight for level, weight in zip(row, rules.weights_whole, strict=True) if level is not None)
    return rules.over_weights(points, sum(applying))


def points_of_row(rules: RoundRules, row: Row) -> int:
    """In 1/`unit` percent of the criteria that apply."""
    return sum(points * level for points, level in zip(rules.points, row, strict=True) if level is not None)


def _row(rules: RoundRules, sheet: Sheet) -> Row:
    """The levels of a sheet in the order of the criteria, checked."""
    missing = [one for one in rules.ids if one not in sheet]
    if missing:
        raise DomainError("sheet_incomplete", missing=missing)
    if len(sheet) > len(rules.ids):
        raise DomainError("sheet_foreign_criterion", foreign=sorted(set(sheet) - set(rules.ids)))
    row = tuple(_level(one, sheet[one.id]) for one in rules.criteria)
    if row and all(level is None for level in row):
        raise DomainError("sheet_without_level")
    return row


def _level(criterion: Criterion, level: int | None) -> int | None:
    if level is not None:
        return parse_level(criterion, level)
    if not criterion.may_be_skipped:
        raise DomainError("criterion_not_skippable", criterion=criterion.id, name=criterion.name)
    return None


def rows_of(rules: RoundRules, sheets: list[Sheet]) -> tuple[Row, ...]:
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

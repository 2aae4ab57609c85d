"""What a score sheet sends, as plain values, checked against the criteria: for every sheet there is, of the
rounds and of a new evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from app.domain.criteria import Criterion, RoundRules, parse_level
from app.domain.errors import DomainError
from app.evaluation.policy import NOT_APPLICABLE, TEXT_LIMIT, SheetRefused
from app.infra.numbers import positive
from app.infra.texts import clean

_REMARKS = ("remark_applicant", "remark_internal")


@dataclass(frozen=True)
class SheetEntry:
    """What a form sent: only the fields that were in it. Levels are raw text by criterion id; `confirmed` is
    what the juror says of obstacles that the proposal takes up, by obstacle id, "" for nothing."""

    version: int
    levels: Mapping[int, str] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    confirmed: Mapping[int, str] = field(default_factory=dict)


def by_id(typed: MultiDict[str, str], prefix: str) -> dict[int, str]:
    """{id: text} of the fields `<prefix>-<id>`; a name that is no id becomes 0, which belongs to nobody."""
    start = f"{prefix}-"
    return {
        positive(name[len(start) :]): clean(text) for name, text in typed.items() if name.startswith(start)
    }


def sheet_entry(typed: MultiDict[str, str]) -> SheetEntry:
    """The sheet's fields that were sent; an empty level is a level not chosen yet."""
    # Levels are taken exactly as sent: a blank around a number is not a published level.
    start = "level-"
    levels = {
        positive(name[len(start) :]): text for name, text in typed.items() if name.startswith(start) and text
    }
    remarks = {name: clean(typed[name]) for name in _REMARKS if name in typed}
    return SheetEntry(
        positive(typed.get("version")), levels, by_id(typed, "reason"), remarks, by_id(typed, "confirm")
    )


def problems_of(error: DomainError) -> Sequence[DomainError]:
    """One refusal, or the several of a sheet."""
    return error.problems if isinstance(error, SheetRefused) else (error,)


def checked_levels(rules: RoundRules, entry: SheetEntry) -> dict[int, int | None]:
    """The levels as numbers, None for what does not apply; SheetRefused when anything in the entry does not
    fit these criteria."""
    known = {one.id: one for one in rules.criteria}
    if (set(entry.levels) | set(entry.reasons)) - set(known):
        raise SheetRefused([DomainError("sheet_foreign_criterion")])
    levels: dict[int, int | None] = {}
    problems = []
    for one, raw in entry.levels.items():
        try:
            levels[one] = _parsed(known[one], raw)
        except DomainError as error:
            problems.append(DomainError(error.code, field=f"level-{one}", **error.facts))
    texts = {f"reason-{one}": text for one, text in entry.reasons.items()} | dict(entry.remarks)
    for name, text in texts.items():
        if len(text) > TEXT_LIMIT:
            problems.append(DomainError("sheet_text_too_long", field=name, maximum=TEXT_LIMIT))
    if problems:
        raise SheetRefused(problems)
    return levels


def _parsed(criterion: Criterion, raw: str) -> int | None:
    if raw != NOT_APPLICABLE:
        return parse_level(criterion, raw)
    if not criterion.may_be_skipped:
        raise DomainError("criterion_not_skippable", criterion=criterion.id, name=criterion.name)
    return None

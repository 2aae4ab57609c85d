"""A timing of which the columns came apart: first all steps, below them all moments."""

from collections.abc import Callable, Sequence

from .dates import has_date
from .joining import Joiner, breaks_off
from .source import Line
from .timeline_rows import Row, Step, read_rows, says_term, starts_with_value, step_of

_AT_LEAST = 3


def read_timing(lines: Sequence[Line], joiner: Joiner) -> list[Row]:
    """The rows of a timing, also of one whose columns stand one below the other."""
    end_of_column = 0
    for start, line in enumerate(lines):
        if start < end_of_column or not _is_step(line.text):
            continue
        end_of_column = start + _column(lines[start:], _is_step)[1]
        found, used = _apart(lines[start:]) if end_of_column - start >= _AT_LEAST else ([], 0)
        if used:
            before, after = read_rows(lines[:start], joiner), read_rows(lines[start + used :], joiner)
            return [*before, *(row.read(joiner) for row in found), *after]
    return read_rows(lines, joiner)


def _apart(lines: Sequence[Line]) -> tuple[list[Row], int]:
    """(rows, how many lines they used) when `lines` start with a column of steps above one of moments.

    As many moments as steps are paired in order, and marked as paired; otherwise nothing tells which moment
    is whose, so every line is a row without a step, to be listed.
    """
    steps, used = _column(lines, _is_step)
    if len(steps) < _AT_LEAST:
        return [], 0
    moments, more = _column(lines[used:], _is_moment)
    if len(moments) < _AT_LEAST:
        return [], 0
    if len(steps) != len(moments):
        return _unpaired(steps, moments), used + more
    return [_paired(step, moment) for step, moment in zip(steps, moments, strict=True)], used + more


def _unpaired(steps: Sequence[list[Line]], moments: Sequence[list[Line]]) -> list[Row]:
    """Only a term among dates tells whose it is: the objection's."""
    terms = [moment for moment in moments if says_term(moment[0].text) and not has_date(moment[0].text)]
    objections = [step for step in steps if step_of(step[0].text) is Step.OBJECTION]
    found = [_paired(objections[0], terms[0])] if len(terms) == len(objections) == 1 else []
    told = [line for row in found for line in row.parts]
    rest = [line for cell in (*steps, *moments) for line in cell if line not in told]
    return [*found, *(Row(Step.OTHER).add(line) for line in rest)]


def _paired(step: Sequence[Line], moment: Sequence[Line]) -> Row:
    row = Row(step_of(step[0].text), paired=True)
    for line in (*step, *moment):
        row.add(line)
    return row


def _column(parts: Sequence[Line], starts: Callable[[str], bool]) -> tuple[list[list[Line]], int]:
    """The cells at the start of `parts`, each with the lines it was broken over."""
    cells: list[list[Line]] = []
    for count, part in enumerate(parts):
        above = cells[-1][-1].text if cells else ""
        if cells and (part.text[0].islower() or breaks_off(above)):
            cells[-1].append(part)
        elif not part.bullet and len(part.cells) < 2 and starts(part.text):
            cells.append([part])
        else:
            return cells, count
    return cells, len(parts)


def _is_step(text: str) -> bool:
    return step_of(text) is not None and not has_date(text) and not says_term(text) and text[-1] not in ".:"


def _is_moment(text: str) -> bool:
    return starts_with_value(text) and (has_date(text) or says_term(text))

"""Finding a timing by what it says, for documents that give it a heading nobody foresaw."""

from collections.abc import Sequence

from .dates import has_date
from .source import Line
from .timeline_rows import Step, starts_with_term, step_of

_AT_LEAST = 3
_LONGEST_ROW = 160


def find_timings(lines: Sequence[Line]) -> frozenset[int]:
    """Where a run of at least three dated steps of the procedure starts, of different kinds."""
    found: set[int] = set()
    start = 0
    steps: set[Step] = set()
    for index, line in enumerate([*lines, None]):
        step = _step(line) if line else None
        if step:
            start = start if steps else index
            steps.add(step)
            continue
        if len(steps) >= _AT_LEAST:
            found.add(start)
        steps = set()
    return frozenset(found)


def _step(line: Line) -> Step | None:
    if len(line.text) > _LONGEST_ROW or not (has_date(line.text) or starts_with_term(line.text)):
        return None
    step = step_of(line.text)
    return None if step is Step.OTHER else step

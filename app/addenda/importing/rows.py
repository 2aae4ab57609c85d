"""Table rows that hold a whole challenge: taken apart into lines before anything else is read."""

from collections.abc import Iterable, Iterator

from .challenge_heading import challenge_heading
from .source import Line

_FEWEST = 3


def explode(lines: Iterable[Line]) -> Iterator[Line]:
    """A row that starts with `Uitdaging 2` and goes on with persona, situation and lists is cut in cells."""
    for line in lines:
        head = challenge_heading(line.cells[0]) if len(line.cells) >= _FEWEST else None
        if head is None:
            yield line
            continue
        for offset, cell in enumerate(line.cells):
            if cell:
                yield line.cell(cell, offset)

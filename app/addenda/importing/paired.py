"""Two lists side by side: the rows of a table with obstacles in one column and goals in the other."""

from collections.abc import Sequence
from dataclasses import replace

from .headings import heading_kind
from .section import Section
from .source import Line

_FAR = 12


class PairedColumns:
    """Hands each cell to the section of its column, empty cells and cells that go on included."""

    def __init__(self, sections: Sequence[Section], columns: Sequence[int]) -> None:
        self._sections = dict(zip(columns, sections, strict=True))
        self._open = True

    def take(self, line: Line) -> bool:
        """Whether the line is a row of this table; the first line that is none ends it."""
        cells = line.cells or ("",) * self._only_column(line) + (line.text,)
        if not self._open or not self._is_row(line, cells):
            self._open = False
            return False
        for offset, (column, section) in enumerate(self._sections.items()):
            cell = cells[column] if column < len(cells) else ""
            if cell:
                section.lines.append(self._cell(line, cell, offset, section))
        return True

    def _only_column(self, line: Line) -> int:
        """A row of which one cell is left: the place where it starts tells which."""
        return max(self._sections) if line.indent >= _FAR else min(self._sections)

    def _is_row(self, line: Line, cells: Sequence[str]) -> bool:
        if len(line.cells) > 1:
            return any(cell for column, cell in enumerate(cells) if column in self._sections)
        return not line.gap and heading_kind(line.text) is None

    @staticmethod
    def _cell(line: Line, cell: str, offset: int, section: Section) -> Line:
        part = line.cell(cell, offset)
        upper = bool(section.lines) and section.lines[0].text[0].isupper()
        if not part.bullet and upper and part.text[0].islower():
            return part
        return replace(part, bullet=part.bullet or "|")

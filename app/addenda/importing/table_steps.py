"""Steps for lines that are rows, cells or labels: tables in their many guises."""

import re
from dataclasses import replace

from .headings import (
    heading_kind,
    is_column_name,
    is_table_head,
    is_timing_head,
    looks_like_heading,
    tells_situation,
)
from .paired import PairedColumns
from .section_book import SectionBook
from .source import Line
from .vocabulary import Kind

_WITH_TABLES = frozenset((Kind.TIMELINE, Kind.CONTACT, Kind.PERSONAS, Kind.CHALLENGES))
_COUNTED = re.compile(
    r"^(?:(?P<obstacle>obstakel|drempel|hindernis|belemmering|struikelblok|knelpunt)|(?P<goal>doel|doelstelling|ambitie))"
    r"\s?(?:nr\.?\s?)?\d{1,2}\s?[:.)–-]\s*(?P<text>\S.*)$",
    re.IGNORECASE,
)


class TableSteps(SectionBook):
    """Each step says how many lines it used, 0 when the line is not its business."""

    def _paired_row(self, _index: int, line: Line) -> int:
        """A table with obstacles in one column and goals in the other."""
        kinds = [heading_kind(cell) for cell in line.cells]
        if sorted(filter(None, kinds)) == [Kind.GOALS, Kind.OBSTACLES]:
            for kind in kinds:
                if kind:
                    self._open(kind, line)
            columns = [index for index, kind in enumerate(kinds) if kind]
            self._paired = PairedColumns(self.sections[-2:], columns)
            self.known.append((line, "heading"))
            return 1
        return int(self._paired is not None and self._paired.take(line))

    def _table_head(self, _index: int, line: Line) -> int:
        here = self.current.kind
        alone = here in _WITH_TABLES and is_column_name(line.text) and not heading_kind(line.text)
        if not (is_table_head(line) or alone or here is Kind.TIMELINE and is_timing_head(line.text)):
            return 0
        names = here is Kind.HEAD and any(heading_kind(cell) is Kind.MUNICIPALITIES for cell in line.cells)
        if names:
            self._open(Kind.MUNICIPALITIES, line)
        self.known.append((line, "heading"))
        return 1

    def _situation(self, _index: int, line: Line) -> int:
        """`Omschrijving`, above or beside the words that introduce a challenge."""
        if self.current.kind is not Kind.CHALLENGE:
            return 0
        first, _, rest = line.text.partition("\t") if "\t" in line.text else line.text.partition(":")
        if len(line.cells) == 2:
            first, rest = line.cells
        if not tells_situation(first):
            return 0
        self.known.append((line.part(first, 0), "heading"))
        if rest.strip():
            self._content(line.part(rest.strip(), 1))
        return 1

    def _unknown_list(self, index: int, line: Line) -> int:
        """A heading in words nobody foresaw, above the second list of a challenge: those are its goals."""
        following = self._lines[index + 1] if index + 1 < len(self._lines) else None
        if line.bullet or following is None or not following.bullet or Kind.GOALS in self._kinds:
            return 0
        listed = self.current.kind is Kind.OBSTACLES or any(each.bullet for each in self.current.lines)
        if not listed or self.current.kind not in (Kind.OBSTACLES, Kind.CHALLENGE):
            return 0
        above = self.current.lines[-1] if self.current.lines else None
        if above is None or not line.text[0].isupper() or line.text[-1] in ".;" or len(line.text) > 120:
            return 0
        if self._joiner.continues(above.text, line):
            return 0
        self._open(Kind.GOALS, line, line.text)
        self.guessed_goals.append(line)
        self.known.append((line, "heading"))
        return 1

    def _counted_item(self, _index: int, line: Line) -> int:
        """`Obstakel 1: …`, `Doel 2: …`: a point that carries the name of its list."""
        match = _COUNTED.match(line.text)
        if not match or not self._challenges:
            return 0
        kind = Kind.OBSTACLES if match["obstacle"] else Kind.GOALS
        if self.current.kind is not kind:
            self._open(kind, line)
        self.known.append((line.part(line.text[: match.start("text")], 0), "heading"))
        part = line.part(match["text"], 1)
        self.current.lines.append(replace(part, bullet="|"))
        return 1

    def _timing(self, index: int, line: Line) -> int:
        """Some steps with their dates, one below the other, are a timing under whatever heading."""
        if index not in self._timings or self.current.kind is Kind.TIMELINE:
            return 0
        lines = self.current.lines
        heading = lines.pop() if lines and looks_like_heading(lines[-1]) else None
        if heading is not None:
            self.known.append((heading, "heading"))
        self._open(Kind.TIMELINE, heading)
        return 0

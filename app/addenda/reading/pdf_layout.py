"""From words with a place on a page to lines in reading order. All measures are points, y runs down."""

import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from .pdf_columns import columns
from .tables import Cell, table_lines

Box = tuple[float, float, float, float]
Grid = Sequence[Sequence[Box | None]]

_GLYPHS = re.compile(r"[\ue000-\uf8ff\ufffd]")
_MARK = re.compile(r"[•●▪■□◦○·‣∙➢➤✓✔►§–—-]|o|\(?[a-z]\)|\d{1,2}[.)]")
_TAB = 2.2
_MOST_INDENT = 40
_PARAGRAPH = 1.75


class Word(NamedTuple):
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Line = list[Word]


def page_lines(words: Iterable[Word], grids: Iterable[Grid]) -> list[str]:
    """The lines of one page: tables at their place, columns one after the other."""
    free = list(words)
    placed: list[tuple[float, Line | list[str]]] = []
    for grid in grids:
        box = _frame(grid)
        inside = [word for word in free if _within(word, box)]
        if inside and max(len(row) for row in grid) > 1:
            free = [word for word in free if not _within(word, box)]
            placed.append((box[1], table_lines(_cells(grid, inside))))
    lines = rows_of(free)
    left = min((line[0].x0 for line in lines), default=0.0)
    placed.extend((line[0].top, line) for line in lines)
    placed.sort(key=lambda one: one[0])
    return _in_order([content for _, content in placed], left)


def _in_order(contents: Sequence[Line | list[str]], left: float) -> list[str]:
    """Lines between two tables are looked at together: there two columns may stand."""
    found: list[str] = []
    run: list[Line] = []
    for content in [*contents, []]:
        if content and isinstance(content[0], Word):
            run.append(content)  # type: ignore[arg-type]
            continue
        for column in columns(run):
            start = left if column is run else min((line[0].x0 for line in column), default=left)
            found.extend(_spaced(column, start))
        run = []
        found.extend(str(line) for line in content)
    return found


def _spaced(lines: Sequence[Line], left: float) -> list[str]:
    """The lines of a column, with an empty one where there is white space as high as a line."""
    found: list[str] = []
    below: float | None = None
    for line in lines:
        if below is not None and line[0].top - below > 0.8 * line[0].size:
            found.append("")
        found.append(_written(line, left))
        below = max(word.bottom for word in line)
    return found


def rows_of(words: Iterable[Word]) -> list[Line]:
    """Words that stand beside each other, from left to right; lines from top to bottom."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda one: (one.middle, one.x0)):
        if lines and _beside(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda one: one.x0) for line in lines]


def _beside(line: Line, word: Word) -> bool:
    """A raised number has its middle elsewhere but stands on the line all the same."""
    tallest = max(line, key=lambda one: one.bottom - one.top)
    height = max(tallest.bottom - tallest.top, word.bottom - word.top)
    return abs(tallest.middle - word.middle) < 0.45 * height


def _written(line: Line, left: float) -> str:
    space = " " * min(_MOST_INDENT, round(max(0.0, line[0].x0 - left) / (line[0].size * 0.5)))
    return space + line_text(line)


def line_text(line: Line) -> str:
    """Words with one space between; a tab where a wide gap sets them apart. A marker of a list never is."""
    first = _GLYPHS.sub("•", line[0].text) if len(_GLYPHS.sub("", line[0].text)) == 0 else line[0].text
    text, marker = first, bool(_MARK.fullmatch(first))
    for before, word in zip(line, line[1:], strict=False):
        wide = word.x0 - before.x1 > _TAB * max(before.size, word.size)
        text += ("\t" if wide and not marker else " ") + word.text
        marker = False
    return text


def _frame(grid: Grid) -> Box:
    cells = [cell for row in grid for cell in row if cell]
    return (
        min(cell[0] for cell in cells),
        min(cell[1] for cell in cells),
        max(cell[2] for cell in cells),
        max(cell[3] for cell in cells),
    )


def _within(word: Word, box: Box) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 <= box[2] and box[1] <= word.middle <= box[3]


def _cells(grid: Grid, words: Sequence[Word]) -> list[list[Cell]]:
    return [
        [paragraphs([word for word in words if _within(word, cell)], cell) for cell in row if cell]
        for row in grid
    ]


def paragraphs(words: Sequence[Word], box: Box) -> Cell:
    """The paragraphs of a cell. A line that broke off although the next word had room ends one; so does a
    marker, and white space."""
    lines = rows_of(words)
    if not lines:
        return []
    steps = [after[0].top - before[0].top for before, after in zip(lines, lines[1:], strict=False)]
    usual = median(steps) if steps else 0.0
    right = box[2] - max(0.0, min(line[0].x0 for line in lines) - box[0])
    found = [line_text(lines[0])]
    for before, after, step in zip(lines, lines[1:], steps, strict=False):
        text = line_text(after)
        room = right - before[-1].x1 > (after[0].x1 - after[0].x0) + before[-1].size * 0.4
        sized = step > usual * _PARAGRAPH and step > after[0].size * _PARAGRAPH
        if _MARK.fullmatch(text.split(" ", 1)[0]) or sized or (room and not text[0].islower()):
            found.append(text)
        else:
            found[-1] += " " + text
    return found

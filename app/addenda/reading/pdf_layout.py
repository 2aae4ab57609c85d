"""From words with a place on a page to lines in reading order. All measures are points, y runs down."""

import re
from collections.abc import Iterable, Sequence
from statistics import median

from .pdf_columns import Part, parts
from .pdf_geometry import Box, Grid, Line, Table, Word, rows_of
from .pdf_soft import SOFT
from .tables import Cell, table_lines

_GLYPHS = re.compile(r"[\ue000-\uf8ff\ufffd]")
_MARK = re.compile(r"[•●▪■□◦○·‣∙➢➤✓✔►§–—-]|o|\(?[a-z]\)|\d{1,2}[.)]")
_ADDRESS = re.compile(r"\(?[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}[.,;)]?", re.IGNORECASE)
_LONG_WORD = 9
_TAB = 2.2
_MOST_INDENT = 40
_PARAGRAPH = 1.75


def page_lines(words: Iterable[Word], grids: Iterable[Grid], height: float) -> list[str]:
    """The lines of one page of that height: tables at their place, columns one after the other."""
    free = list(words)
    tables: list[Table] = []
    for grid in grids:
        box = frame_of(grid)
        inside = [word for word in free if _within(word, box)]
        if inside and max(len(row) for row in grid) > 1:
            free = [word for word in free if not _within(word, box)]
            tables.append(Table(box, table_lines(_cells(grid, inside))))
    left = min((word.x0 for word in free), default=0.0)
    found: list[str] = []
    for part in parts(free, tables, height):
        start = min((word.x0 for word in part.words), default=left) if part.side else left
        found.extend(_part_lines(part, start))
    return found


def _part_lines(part: Part, left: float) -> list[str]:
    placed: list[tuple[float, Line, list[str]]] = [(one.box[1], [], one.lines) for one in part.tables]
    placed.extend((line[0].top, line, []) for line in rows_of(part.words))
    found: list[str] = []
    run: list[Line] = []
    for _, line, table in sorted(placed, key=lambda one: one[0]):
        if line:
            run.append(line)
            continue
        found.extend([*_spaced(run, left), *table])
        run = []
    return found + _spaced(run, left)


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


def frame_of(grid: Grid) -> Box:
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
        if _in_pieces(found[-1], text, before, right):
            found[-1] = found[-1].removesuffix(SOFT) + text
        elif _MARK.fullmatch(text.split(" ", 1)[0]) or sized or (room and not text[0].islower()):
            found.append(text)
        else:
            found[-1] += " " + text
    return found


def _in_pieces(before: str, after: str, line: Line, right: float) -> bool:
    """Whether a line in a cell broke off inside a word: at a hyphen, in an address, or in a word that is as
    wide as the cell."""
    last, first = before.rpartition(" ")[2], after.split(" ", 1)[0]
    if last.endswith(SOFT):
        return True
    if last.endswith("-") and last[-2:-1].isalnum():
        return first not in ("en", "of")
    if "@" in last + first and not _ADDRESS.fullmatch(last):
        return bool(_ADDRESS.fullmatch(last + first.rstrip(".,;)")))
    alone = len(line) == 1 and len(last) > _LONG_WORD and right - line[0].x1 < 0.6 * line[0].size
    return alone and last.isalpha() and first[0].islower()

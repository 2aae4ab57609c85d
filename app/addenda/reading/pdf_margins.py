"""What stands on most pages at the same place: running headers and footers, and the numbers of pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from .pdf_geometry import Box, Line, Word, rows_of

_ZONE = 0.2
_FAR = 0.09
_MOST_ROWS = 4
_SAME = 4.0
_SHARE = 0.4
_WHITE = 0.5
_LARGEST = 1.2
_LONGEST = 110
_PAGE = r"(?:pagina|pag\.?|bladzijde|blz\.?|page|p\.)"
_COUNT = r"\d{1,3}(?:\s?(?:van|of|/)\s?\d{1,3})?"
_NUMBER = re.compile(rf"(?:{_PAGE}\s?)?[-–—|]?\s?{_COUNT}\s?[-–—|]?", re.IGNORECASE)
_BEHIND = re.compile(rf"(?:\b{_PAGE}|[|·])\s?{_COUNT}$", re.IGNORECASE)
_TEXT = re.compile(r"[•●▪■□◦○·‣∙➢➤✓✔►§–—-].*|o .*|.*[:;]")


class Page(NamedTuple):
    """Words in no order; `frames` are those of its tables, `height` is that of the page."""

    words: list[Word]
    frames: list[Box]
    height: float


class Margins(NamedTuple):
    """The words of the text, and the lines that belong to the paper: what is said on every page, and the
    numbers of pages."""

    words: list[Word]
    running: list[str]
    numbers: list[str]


class _Row(NamedTuple):
    """A row near an edge. `edge` is 1 at the head and -1 at the foot; `keys` tell which other rows are the
    same, but for the page number behind them."""

    line: Line
    text: str
    edge: int
    at: int
    keys: tuple[tuple[str, float], ...]

    @property
    def number(self) -> bool:
        return bool(_NUMBER.fullmatch(self.text))


Edges = tuple[list[_Row], list[_Row]]


def without_margins(pages: Sequence[Page]) -> list[Margins]:
    """Each page taken apart. A line is a running one when most pages have it at the same height, next to the
    edge, with white space between it and the text."""
    edges: list[Edges] = [(_edge(page, 1), _edge(page, -1)) for page in pages]
    counts = Counter(key for both in edges for rows in both for row in rows for key in row.keys)
    least = max(2, round(_SHARE * len(pages)))
    common = {key for key, count in counts.items() if count >= least}
    known = [row for both in edges for rows in both for row in rows if common.intersection(row.keys)]
    for both in edges[1:]:
        common -= set(_in_the_way(both, common, known))
    return [_taken_apart(page, both, common) for page, both in zip(pages, edges, strict=True)]


def _edge(page: Page, edge: int) -> list[_Row]:
    """The outermost rows, from the edge inwards; not those of tables."""
    limit = _ZONE * page.height
    near = [w for w in page.words if (w.bottom < limit if edge > 0 else w.top > page.height - limit)]
    lines = rows_of(word for word in near if not _framed(word, page.frames))
    return [_row(line, edge) for line in lines[::edge][:_MOST_ROWS]]


def _framed(word: Word, frames: Sequence[Box]) -> bool:
    return any(box[0] <= word.x0 <= box[2] and box[1] <= word.middle <= box[3] for box in frames)


def _row(line: Line, edge: int) -> _Row:
    text = " ".join(word.text for word in line)
    bare = "#" if _NUMBER.fullmatch(text) else _BEHIND.sub("#", text)
    at = line[0].middle / _SAME
    return _Row(line, text, edge, round(at), ((bare, round(at)), (bare, round(at + 0.5) - 0.5)))


def _in_the_way(
    both: Edges, common: set[tuple[str, float]], known: Sequence[_Row]
) -> Iterator[tuple[str, float]]:
    """A page without these lines has text as near to the edge as they are: then they are text as well."""
    for rows in both:
        if rows and not rows[0].number and not any(common.intersection(row.keys) for row in rows):
            for row in known:
                if row.edge == rows[0].edge and (row.at - rows[0].at) * row.edge >= 0:
                    yield from row.keys


def _taken_apart(page: Page, edges: Edges, common: set[tuple[str, float]]) -> Margins:
    usual = median(word.size for word in page.words) if page.words else 0.0
    head, foot = (_repeated(rows, page, common, usual) for rows in edges)
    rows = [*head, *reversed(foot)]
    gone = {id(word) for row in rows for word in row.line}
    running = [row.text for row in rows if not row.number]
    numbers = [row.text for row in rows if row.number]
    return Margins([word for word in page.words if id(word) not in gone], _joined(running), numbers)


def _repeated(
    rows: Sequence[_Row], page: Page, common: set[tuple[str, float]], usual: float
) -> Sequence[_Row]:
    found = 0
    for row in rows:
        known = common.intersection(row.keys) or (row.number and _far_out(row, page))
        if not known or _TEXT.fullmatch(row.text) or row.line[0].size > _LARGEST * usual:
            break
        found += 1
    while found and not _set_apart(rows[found - 1], page):
        found -= 1
    return rows[:found]


def _far_out(row: _Row, page: Page) -> bool:
    """Where the number of a page stands, also when there is but one page."""
    return min(row.line[0].top, page.height - row.line[0].bottom) < _FAR * page.height


def _set_apart(row: _Row, page: Page) -> bool:
    """Text that goes on without white space does not run."""
    own = {id(word) for word in row.line}
    top, bottom = min(word.top for word in row.line), max(word.bottom for word in row.line)
    others = (word for word in page.words if id(word) not in own)
    if row.edge > 0:
        next_to = min((word.top for word in others if word.middle > top), default=page.height)
        return next_to - bottom > _WHITE * row.line[0].size
    next_to = max((word.bottom for word in others if word.middle < bottom), default=0.0)
    return top - next_to > _WHITE * row.line[0].size


def _joined(lines: Sequence[str]) -> list[str]:
    """On one line, as long as that is short: so it is known as one thing that comes back."""
    whole = " ".join(lines)
    return [whole] if whole and len(whole) <= _LONGEST else list(lines)

"""Two columns of running text on a page, told apart from labels with a value behind them.

Where a gutter may be is looked for in rows over the whole page. Whether it is one is judged from the lines of
either side by themselves: those of two columns need not stand at the same height.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from .pdf_geometry import Line, Table, Word, rows_of

_FEWEST = 4
_STEP = 2.0
_GUTTER = 9.0
_FILLED = 0.55
_WRAPPED = 0.8
_FULL = 0.85
_LONG = 8
_ALIGNED = 0.7
_APART = 1.4
_WIDER = 1.5
_BOTTOM = 0.85
_MARKS = "•●▪■□◦○-–"


class Part(NamedTuple):
    """What is read in one go; `side` tells that it is one of two columns."""

    words: list[Word]
    tables: list[Table]
    side: bool


class _Entry(NamedTuple):
    top: float
    bottom: float
    words: Line
    table: Table | None

    @property
    def x0(self) -> float:
        return self.table.box[0] if self.table else self.words[0].x0

    @property
    def x1(self) -> float:
        return self.table.box[2] if self.table else self.words[-1].x1


Entries = Sequence[_Entry]
Run = tuple[int, int]


def parts(words: Sequence[Word], tables: Sequence[Table], height: float) -> list[Part]:
    """The page in the order in which it is read: as it is, or cut into what stands above, left, right and
    below. `height` is that of the page."""
    whole = [Part(list(words), list(tables), False)]
    entries = _entries(words, tables)
    if len(entries) < _FEWEST:
        return whole
    place, runs = _best(entries, height)
    if not runs:
        return whole
    found: list[Part] = []
    done = 0
    for start, end in runs:
        found.append(_part(entries[done:start], False))
        found.extend(_part(side, True) for side in _sides(entries[start:end], place))
        done = end
    found.append(_part(entries[done:], False))
    return [part for part in found if part.words or part.tables]


def _entries(words: Sequence[Word], tables: Sequence[Table]) -> list[_Entry]:
    rows = [_Entry(min(w.top for w in row), max(w.bottom for w in row), row, None) for row in rows_of(words)]
    drawn = [_Entry(table.box[1], table.box[3], [], table) for table in tables]
    return sorted([*rows, *drawn], key=lambda one: one.top)


def _part(entries: Entries, side: bool) -> Part:
    words = [word for entry in entries for word in entry.words]
    return Part(words, [entry.table for entry in entries if entry.table], side)


def _best(entries: Entries, height: float) -> tuple[float, list[Run]]:
    """The line from top to bottom that the most lines leave free, with the runs of lines beside it."""
    left = min(entry.x0 for entry in entries)
    right = max(entry.x1 for entry in entries)
    tried: dict[tuple[Run, ...], float] = {}
    place = left + 0.3 * (right - left)
    while place < left + 0.7 * (right - left):
        runs = _runs(entries, place, height)
        if runs:
            tried[tuple(runs)] = place  # the last of its kind: close to where the right column begins
        place += _STEP
    for runs_there, there in sorted(tried.items(), key=lambda one: -_count(one[0])):
        good = [run for run in runs_there if _two_columns(entries[slice(*run)], there, left, right)]
        if good:
            return there, good
    return 0.0, []


def _count(runs: Sequence[Run]) -> int:
    return sum(end - start for start, end in runs)


def _runs(entries: Entries, place: float, height: float) -> list[Run]:
    """Stretches of entries of which no word, no table and no space between words lies over `place`."""
    runs: list[Run] = []
    start = 0
    for index, entry in enumerate([*entries, None]):
        if entry is None or _crosses(entry, place):
            last = entry is None or entry.top > _BOTTOM * height
            end = _end(entries, start, index, place, last)
            if end - start >= _FEWEST:
                runs.append((start, end))
            start = index + 1
    return runs


def _end(entries: Entries, start: int, end: int, place: float, last: bool) -> int:
    """What follows below white space, once the right column has ended, belongs to neither: a heading. But a
    left column that goes on down to the foot of the page is still one."""
    right = next((one for one in range(end - 1, start - 1, -1) if entries[one].x1 > place), None)
    if right is None or right == start:
        return start
    if last and entries[end - 1].bottom > entries[right].bottom and _reaches(entries, end):
        return end
    tops = [entries[one].top for one in range(start, right + 1) if entries[one].x0 < place]
    steps = [below - above for above, below in pairwise(tops)]
    step = median(steps) if steps else 0.0
    after = right + 1
    while after < end and entries[after].top - entries[after - 1].bottom < (_APART - 1.0) * step:
        after += 1
    return after


def _reaches(entries: Entries, end: int) -> bool:
    """The text left of the gutter comes down as far as anything on the page."""
    return end == len(entries) or entries[end].top - entries[end - 1].bottom < 60.0


def _crosses(entry: _Entry, place: float) -> bool:
    """A gutter is wider than the space between two words."""
    if entry.table:
        return entry.x0 < place < entry.x1
    before = max((word.x1 for word in entry.words if (word.x0 + word.x1) / 2 < place), default=None)
    after = min((word.x0 for word in entry.words if (word.x0 + word.x1) / 2 >= place), default=None)
    if before is not None and before > place or after is not None and after < place:
        return True
    return before is not None and after is not None and after - before < _GUTTER


def _sides(entries: Entries, place: float) -> tuple[list[_Entry], list[_Entry]]:
    words = [word for entry in entries for word in entry.words]
    tables = [entry.table for entry in entries if entry.table]
    return (
        _entries([w for w in words if w.x1 <= place], [t for t in tables if t.box[2] <= place]),
        _entries([w for w in words if w.x1 > place], [t for t in tables if t.box[2] > place]),
    )


def _two_columns(entries: Entries, place: float, left: float, right: float) -> bool:
    """Both sides are lists, or the text of both runs on to the edge of its column. The right one may have
    ended early."""
    one, other = _sides(entries, place)
    if len(one) < _FEWEST or not other or not _stands_out(entries, place):
        return False
    if min(len(one), len(other)) >= _FEWEST and _marked(one) and _marked(other):
        return True
    start = min(entry.x0 for entry in other)
    filled = _filled(one, left, place)
    if len(other) < _FEWEST:
        return len(one) >= 2 * _FEWEST and filled > _WRAPPED
    if filled > _FILLED and _filled(other, start, right) > _FILLED:
        return True
    return _apart(one, other) and _wrapped(one, left, place) and _wrapped(other, start, right)


def _stands_out(entries: Entries, place: float) -> bool:
    """In text that is spread over its whole line, spaces above one another look like a gutter; the gutter is
    wider than the spaces beside it."""
    told = []
    for words in (entry.words for entry in entries):
        gaps = [(after.x0 - before.x1, before.x1 <= place <= after.x0) for before, after in pairwise(words)]
        spaces = [gap for gap, over in gaps if not over]
        across = [gap for gap, over in gaps if over]
        if across and len(spaces) > 1:
            told.append(across[0] > _WIDER * median(spaces))
    return sum(told) * 10 >= len(told) * 7


def _marked(side: Entries) -> bool:
    return sum(entry.words[0].text[0] in _MARKS for entry in side if entry.words) * 2 > len(side)


def _apart(one: Entries, other: Entries) -> bool:
    """The lines of either side keep heights of their own, which labels and their values do not."""
    if min(len(one), len(other)) < _LONG:
        return False
    return _aligned(one, other) < _ALIGNED and _aligned(other, one) < _ALIGNED


def _aligned(side: Entries, beside: Entries) -> float:
    places = [(entry.top + entry.bottom) / 2 for entry in beside]
    level = sum(any(abs((entry.top + entry.bottom) / 2 - at) < 1.0 for at in places) for entry in side)
    return level / len(side)


def _wrapped(side: Entries, start: float, end: float) -> bool:
    return sum((entry.x1 - start) > _FULL * (end - start) for entry in side) * 5 >= len(side)


def _filled(side: Entries, start: float, end: float) -> float:
    """How much of the width of its column the middle one of these lines takes."""
    return median(entry.x1 - start for entry in side) / max(end - start, 1.0)

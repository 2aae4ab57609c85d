"""Two columns of running text on a page, told apart from labels with a value behind them."""

from collections.abc import Sequence
from statistics import median
from typing import Protocol, TypeVar

_FEWEST = 4
_STEP = 2.0
_FILLED = 0.55
_WRAPPED = 0.8
_APART = 1.4
_MARKS = "•●▪■◦○-–"


class _Placed(Protocol):
    @property
    def x0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def text(self) -> str: ...


W = TypeVar("W", bound=_Placed)
Lines = list[list[W]]


def columns(lines: Lines[W]) -> list[Lines[W]]:
    """The lines in the order in which they are read: as they are (the very same list), or cut into what
    stands above, left, right and below."""
    if len(lines) < _FEWEST:
        return [lines]
    left = min(line[0].x0 for line in lines)
    right = max(line[-1].x1 for line in lines)
    gutter, runs = _best(lines, left, right)
    if not runs:
        return [lines]
    found: list[Lines[W]] = []
    done = 0
    for start, end in runs:
        sides = _sides(lines[start:end], gutter)
        found.extend(part for part in (lines[done:start], *sides) if part)
        done = end
    return [*found, lines[done:]] if lines[done:] else found


def _best(lines: Lines[W], left: float, right: float) -> tuple[float, list[tuple[int, int]]]:
    """The line from top to bottom that the most lines leave free, with the runs of lines beside it."""
    best: tuple[float, list[tuple[int, int]]] = (0.0, [])
    most = 0
    place = left + 0.3 * (right - left)
    while place < left + 0.7 * (right - left):
        runs = [run for run in _runs(lines, place) if _two_columns(lines[slice(*run)], place, left, right)]
        count = sum(end - start for start, end in runs)
        if count > most:
            best, most = (place, runs), count
        place += _STEP
    return best


def _runs(lines: Lines[W], place: float) -> list[tuple[int, int]]:
    """Stretches of lines of which no word and no space between words lies over `place`."""
    runs: list[tuple[int, int]] = []
    start = 0
    for index, line in enumerate([*lines, None]):
        if line is None or _crosses(line, place):
            end = _end(lines, start, index, place)
            if end - start >= _FEWEST:
                runs.append((start, end))
            start = index + 1
    return runs


def _end(lines: Lines[W], start: int, end: int, place: float) -> int:
    """What follows below white space, once the right column has ended, belongs to neither: a heading."""
    last = next((one for one in range(end - 1, start - 1, -1) if lines[one][-1].x0 > place), None)
    if last is None or last == start:
        return start
    step = median(lines[one][0].top - lines[one - 1][0].top for one in range(start + 1, last + 1))
    after = last + 1
    while after < end and lines[after][0].top - lines[after - 1][0].top < _APART * step:
        after += 1
    return after


def _crosses(line: Sequence[W], place: float) -> bool:
    """A gutter is wider than the space between two words."""
    before = max((word.x1 for word in line if (word.x0 + word.x1) / 2 < place), default=None)
    after = min((word.x0 for word in line if (word.x0 + word.x1) / 2 >= place), default=None)
    if before is not None and before > place or after is not None and after < place:
        return True
    return before is not None and after is not None and after - before < 9.0


def _sides(lines: Lines[W], place: float) -> tuple[Lines[W], Lines[W]]:
    left = [[word for word in line if word.x1 <= place] for line in lines]
    right = [[word for word in line if word.x1 > place] for line in lines]
    return [line for line in left if line], [line for line in right if line]


def _two_columns(lines: Lines[W], place: float, left: float, right: float) -> bool:
    """Both sides are lists, or the text of both runs on to the edge of its column. The right one may have
    ended early."""
    sides = _sides(lines, place)
    counts = tuple(map(len, sides))
    if counts[0] < _FEWEST or not counts[1]:
        return False
    marked = all(sum(line[0].text[0] in _MARKS for line in side) * 2 > len(side) for side in sides)
    if marked and min(counts) >= _FEWEST:
        return True
    start = min(line[0].x0 for line in sides[1])
    filled = _filled(sides[0], left, place)
    if counts[1] < _FEWEST:
        return counts[0] >= 2 * _FEWEST and filled > _WRAPPED
    return filled > _FILLED and _filled(sides[1], start, right) > _FILLED


def _filled(lines: Lines[W], start: float, end: float) -> float:
    """How much of the width of its column the middle one of these lines takes."""
    return median(line[-1].x1 - start for line in lines) / max(end - start, 1.0)

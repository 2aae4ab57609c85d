"""Words with a place on a page. All measures are points, y runs down from the top."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Box = tuple[float, float, float, float]
Grid = Sequence[Sequence[Box | None]]


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


class Table(NamedTuple):
    """A table that was drawn with lines, as the lines of text it became."""

    box: Box
    lines: list[str]


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

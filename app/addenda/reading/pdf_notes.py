"""Footnotes: the small text at the foot of a page, behind a small raised number."""

from collections.abc import Sequence

from .pdf_geometry import Line, Word, rows_of

_SMALL = 0.85
_LARGER = 1.04
_LOWER = 0.4


def without_notes(words: Sequence[Word], height: float) -> tuple[list[Word], list[str]]:
    """(the text, the notes with their number)."""
    if not any(_numbered(word) for word in words):
        return list(words), []
    rows = rows_of(words)
    small = max(word.size for word in rows[-1])
    start = len(rows)
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        if row[0].top < _LOWER * height or max(word.size for word in row) > _LARGER * small:
            break
        if _begins(row):
            start = place
    notes: list[str] = []
    for row in rows[start:]:
        text = " ".join(word.text for word in row)
        if _begins(row):
            notes.append(f"{row[0].text}. {text.removeprefix(row[0].text).strip()}")
        else:
            notes[-1] += " " + text
    return [word for row in rows[:start] for word in row], notes


def _numbered(word: Word) -> bool:
    return word.text.isdecimal() and len(word.text) < 3


def _begins(row: Line) -> bool:
    return len(row) > 1 and _numbered(row[0]) and row[0].size < _SMALL * row[1].size

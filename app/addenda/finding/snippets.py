"""The piece of a passage that shows why a call was found, with the words marked."""

from dataclasses import dataclass

from app.addenda.finding.dutch import tokens
from app.addenda.finding.query import Query

LENGTH = 150


@dataclass(frozen=True)
class Snippet:
    """`parts` are (text, marked) in order; together one line of text."""

    field: str
    parts: tuple[tuple[str, bool], ...]


def snippet(field: str, text: str, query: Query) -> Snippet:
    """About LENGTH characters around the first word that was looked for."""
    flat = " ".join(text.split())
    marks = [
        (one.start, one.end) for one in tokens(flat) if any(word.touches(one.word) for word in query.words)
    ]
    first = marks[0][0] if marks else 0
    begin = _space_before(flat, first - LENGTH // 3) if first > LENGTH // 2 else 0
    end = _space_after(flat, begin + LENGTH)
    parts: list[tuple[str, bool]] = [("… ", False)] if begin else []
    at = begin
    for start, stop in marks:
        if start < begin or stop > end:
            continue
        parts += [(flat[at:start], False), (flat[start:stop], True)]
        at = stop
    parts.append((flat[at:end] + (" …" if end < len(flat) else ""), False))
    return Snippet(field, tuple(part for part in parts if part[0]))


def _space_before(text: str, place: int) -> int:
    return text.rfind(" ", 0, max(place, 0)) + 1


def _space_after(text: str, place: int) -> int:
    found = text.find(" ", place)
    return len(text) if found < 0 or len(text) - place < 10 else found

"""The last check before a result leaves: the words of a line that went into a text are in that text.

Keeping the books by line cannot see that half a line got lost; this can, and lists such a line.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from .result import ParsedAddendum, UnrecognisedLine
from .source import SOFT_HYPHEN, clean

_WORD = re.compile(r"[^\W\d_]{3,}")


class _Words:
    """The words of one field; a word that was broken at the end of a line is found by its start or end."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = set(_words(" ".join(texts)))
        self._sorted = sorted(self._words)
        self._mirrored = sorted(word[::-1] for word in self._words)

    def has(self, word: str) -> bool:
        return word in self._words or _starts(self._sorted, word) or _starts(self._mirrored, word[::-1])


def _starts(words: list[str], start: str) -> bool:
    place = bisect_left(words, start)
    return place < len(words) and words[place].startswith(start)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("-", "").lower())


def dropped(result: ParsedAddendum, raw: list[str]) -> Iterator[UnrecognisedLine]:
    """Lines of which a word went nowhere. Headings are not looked at: their words are not meant to stay."""
    fields = {path: _Words(texts) for path, texts in _texts(result)}
    known = {entry.line for entry in result.known} | {entry.line for entry in result.unrecognised}
    by_line: dict[int, list[str]] = {}
    for taken in result.taken:
        by_line.setdefault(taken.line, []).append(taken.section)
    for line, sections in by_line.items():
        if line in known or not all(section in fields for section in sections):
            continue
        text = clean(raw[line - 1].replace(SOFT_HYPHEN, ""))
        if any(not any(fields[section].has(word) for section in sections) for word in _words(text)):
            yield UnrecognisedLine(line, text.strip())


def _texts(result: ParsedAddendum) -> Iterator[tuple[str, list[str]]]:
    for index, challenge in enumerate(result.challenges):
        path = f"challenges[{index}]"
        yield f"{path}.introduction", [challenge.introduction or ""]
        yield f"{path}.obstacles", [item.text for item in challenge.obstacles]
        yield f"{path}.goals", [item.text for item in challenge.goals]
    for name in ("recurring", "attention", "obstacles", "profiles"):
        yield f"enrichment.{name}", [item.text for item in getattr(result.enrichment, name)]
    yield "service_types", [item.text for item in result.service_types]
    for name in ("local_input", "ambition", "vision", "mission"):
        yield name, [getattr(result, name) or ""]
    for index, persona in enumerate(result.personas):
        yield f"personas[{index}]", [persona.name, persona.story or "", "persona jaar leeftijd naam verhaal"]

"""Prose that only leads up to what follows it: known, without a field of its own."""

import re
from collections.abc import Iterator, Sequence

from .ledger import Ledger
from .section import IN_ANALYSIS, Section
from .source import Line
from .vocabulary import Kind

_MOST_LINES = 6
_LED_UP_TO = {
    Kind.CHALLENGES: frozenset((Kind.CHALLENGES, Kind.CHALLENGE, Kind.OBSTACLES)),
    Kind.ANALYSIS: IN_ANALYSIS,
    Kind.PERSONAS: frozenset((Kind.CHALLENGE,)),
}
_ABOUT_THE_DOCUMENT = re.compile(
    r"uitdaging|persona|verrijking|arena-?\s?analyse|obstakels|types dienstverlening|\bdeze types\b|"
    r"hieronder|hierna|verderop|onderstaande|volgende (?:zaken|punten|lijst)",
    re.IGNORECASE,
)
_FACT = re.compile(r"\d|\b(?:persona|profiel)\b(?:['’]?s)?\s(?-i:[A-ZÀ-Ý])", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.?!:])\s{1,3}(?=[A-ZÀ-Ý])")


def known_introductions(sections: Sequence[Section], ledger: Ledger) -> None:
    """A few lines without marks under the heading of the challenges or the analysis, above the first list.

    Only sentences about the document itself: whatever tells something of the region stays to be listed.
    """
    for section, following in zip(sections, sections[1:], strict=False):
        rest = [line for line in section.lines if not ledger.is_done(line)]
        few = 0 < len(rest) <= _MOST_LINES and not any(line.bullet for line in rest)
        if few and section.heading and following.kind in _LED_UP_TO.get(section.kind, ()):
            for line in _without_facts(rest):
                ledger.know(line, "introduction")


def _without_facts(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of which no sentence, also one that runs over lines, tells anything."""
    text = " ".join(line.text for line in lines)
    telling: list[tuple[int, int]] = []
    start = 0
    for end in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        sentence = text[start:end]
        if _FACT.search(sentence) or not _ABOUT_THE_DOCUMENT.search(sentence):
            telling.append((start, end))
        start = end
    place = 0
    for line in lines:
        end = place + len(line.text)
        if not any(first < end and place < last for first, last in telling):
            yield line
        place = end + 1

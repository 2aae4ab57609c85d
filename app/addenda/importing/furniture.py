"""Page numbers, running headers and footers, contents: lines that belong to the paper, not to the text."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from .challenge_heading import challenge_heading
from .headings import heading_kind, lead_in_kind
from .source import Line

_PAGE_NUMBER = re.compile(
    r"(?:pagina|pag\.?|blz\.?|bladzijde|page|p\.)\s{0,3}\d{1,3}(?:\s?(?:van|of|/|-)\s?\d{1,3})?"
    r"|\d{1,3}\s(?:van|of)\s\d{1,3}|\d{1,3}\s?[-–—|]?|[-–—|]\s?\d{1,3}\s?[-–—|]?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\d{1,3}\s?/\s?(\d{1,3})")
_NUMBERED = re.compile(
    r"(?:pagina|pag\.?|blz\.?|page|p\.|[|·–-])\s{0,3}#{1,3}(?:\s?(?:van|of|/)\s?#{1,3})?$", re.IGNORECASE
)
_LEADERS = re.compile(r".{2,120}?(?:\.{4,}|…{2,}|(?:\. ){3,})\s{0,3}\d{1,3}")
_LONGEST = 120
_TOP = 6


def page_furniture(lines: Sequence[Line]) -> dict[tuple[int, int], str]:
    """The keys of lines without content, each with its reason: page, contents or layout."""
    found = {line.key: reason for line in lines if (reason := _reason(line))}
    counted = {int(line.text) for line in lines if line.text.isdecimal()}
    for line, following in zip_longest(lines, lines[1:]):
        if line.text.isdecimal() and not _is_page_number(line, following, counted):
            found.pop(line.key, None)
    totals = Counter(match[1] for line in lines if (match := _COUNTED.fullmatch(line.text)))
    for line in lines:
        match = _COUNTED.fullmatch(line.text)
        if match and totals[match[1]] > 1 and (len(match[1]) < 2 or match[1][0] != "0"):
            found[line.key] = "page"
    masked = [_mask(line.text) for line in lines]
    edges = _edges(lines, found)
    at_edge = Counter(masked[index] for index in edges)
    anywhere = Counter(masked)
    for index, line in enumerate(lines):
        if (index >= _TOP or (index and line.page_start)) and _runs(line, masked[index], at_edge, anywhere):
            found[line.key] = "page"
    return found | _second_lines(lines, found, masked, anywhere)


def _second_lines(
    lines: Sequence[Line], found: dict[tuple[int, int], str], masked: Sequence[str], anywhere: Counter[str]
) -> dict[tuple[int, int], str]:
    """A running header of two lines: what stands below the first one on page after page."""
    below = [
        index
        for index in range(1, len(lines))
        if lines[index - 1].page_start and found.get(lines[index - 1].key) == "page" and not lines[index].gap
    ]
    repeated = Counter(masked[index] for index in below if not lines[index].bullet)
    return {
        lines[index].key: "page"
        for index in below
        if repeated[masked[index]] > 1
        and repeated[masked[index]] * 2 >= anywhere[masked[index]]
        and not heading_kind(lines[index].text)
    }


def _is_page_number(line: Line, following: Line | None, counted: set[int]) -> bool:
    """A bare number beside a page break, or one of a count; an age in a table that came apart is neither."""
    if following is None or following.page_start or line.page_start:
        return True
    number = int(line.text)
    return line.gap and bool({number - 1, number + 1} & counted or number == 1)


def _reason(line: Line) -> str | None:
    if not any(char.isalnum() for char in line.text):
        return "layout"
    if line.bullet in ("", "-", "–", "—") and _PAGE_NUMBER.fullmatch(line.text):
        return "page"
    return "contents" if _LEADERS.fullmatch(line.text) else None


def _mask(text: str) -> str:
    return re.sub(r"\d", "#", text)


def _edges(lines: Sequence[Line], found: dict[tuple[int, int], str]) -> set[int]:
    """Indexes of the lines beside a form feed or a page number, and of those beside them that repeat too."""
    edges: set[int] = {0}
    for index, line in enumerate(lines):
        if line.page_start:
            edges.update((index, index - 1))
        elif found.get(line.key) == "page":
            edges.update((index - 1, index + 1))
    return {index for index in edges if 0 <= index < len(lines)}


def _runs(line: Line, masked: str, at_edge: Counter[str], anywhere: Counter[str]) -> bool:
    if line.bullet or len(line.text) > _LONGEST or anywhere[masked] < 2 or line.text[-1] in ":?;":
        return False
    if heading_kind(line.text) or challenge_heading(line.text) or not _is_title(line.text):
        return False
    if _NUMBERED.search(masked) or at_edge[masked] > 1 and at_edge[masked] * 2 >= anywhere[masked]:
        return True
    return anywhere[masked] > 2 and "addendum" in masked.lower()


def _is_title(text: str) -> bool:
    return not text[0].islower() and text[-1] != "." and (len(text) < 60 or lead_in_kind(text) is None)

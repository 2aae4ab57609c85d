"""Finding the sentences that announce a list, also when they run over several lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .challenge_heading import challenge_heading
from .headings import heading_kind, inline_lead_in, is_exact, last_sentence, lead_in_kind
from .joining import Joiner
from .source import Line
from .vocabulary import Kind

_MOST_LINES = 5
_HALTED = re.compile(
    r"hoe (?:kunnen|kan|zorgen|helpen) (?:we|wij)\b.{0,120}\b(?:dat|zodat) (?:ze|zij|hij|deze \w+)$",
    re.IGNORECASE,
)
_LAST_LABEL = re.compile(r"\s([A-Z][\w' ]{3,40}):$")


@dataclass(frozen=True, slots=True)
class LeadIn:
    """The sentence stands on lines `start` to `end`, from character `offset` of the first line.

    `rest` is what follows its colon on the same line; `is_item` when the sentence is itself the (only) point,
    as in a question that no list follows.
    """

    kind: Kind
    start: int
    end: int
    offset: int
    text: str
    rest: str = ""
    is_item: bool = False


def find_lead_ins(lines: Sequence[Line], joiner: Joiner) -> dict[int, LeadIn]:
    """All lead-ins by the index of their first line."""
    found: dict[int, LeadIn] = {}
    for index in range(len(lines)):
        lead_in = _appended(lines, index) or _inline(lines, index) or _closing(lines, index, joiner)
        if lead_in:
            found.setdefault(lead_in.start, lead_in)
    return found


def _inline(lines: Sequence[Line], index: int) -> LeadIn | None:
    inline = None if lines[index].bullet else inline_lead_in(lines[index].text)
    if not inline:
        return None
    return LeadIn(inline[1].kind, index, index, inline[0], inline[1].text, inline[1].rest)


def _appended(lines: Sequence[Line], index: int) -> LeadIn | None:
    """`- a last point Doelen:`, where a cell lost the break before the label of its next list."""
    line = lines[index]
    match = _LAST_LABEL.search(line.text) if line.bullet else None
    kind = heading_kind(match[1]) if match and is_exact(match[1]) else None
    if not match or kind not in (Kind.OBSTACLES, Kind.GOALS):
        return None
    return LeadIn(kind, index, index, match.start(1), match[1] + ":")


def _closing(lines: Sequence[Line], index: int, joiner: Joiner) -> LeadIn | None:
    following = lines[index + 1] if index + 1 < len(lines) else None
    if not _may_announce(lines[index], following, joiner):
        return None
    start, offset = _sentence_start(lines, index, joiner)
    first = lines[start]
    if first.bullet and start < index and lines[index].text[0].isupper():
        start, offset, first = index, 0, lines[index]
    if first.bullet and not _announces_below(lines, start, following):
        return None
    text = joiner.text([first.text[offset:], *(line.text for line in lines[start + 1 : index + 1])])
    kind = lead_in_kind(text)
    question = text.endswith("?") and not (following and following.bullet)
    if not kind or (question and kind is not Kind.GOALS):
        return None
    return LeadIn(kind, start, index, offset, text, is_item=question)


def _announces_below(lines: Sequence[Line], index: int, following: Line | None) -> bool:
    """Whether a point of a list has a list of its own: a next line of another kind that is no heading, and
    stands deeper when the point is one of several."""
    point = lines[index]
    if following is None or following.bullet in ("", point.bullet):
        return False
    above = lines[index - 1] if index else None
    if above is not None and above.bullet == point.bullet and following.indent <= point.indent:
        return False
    return heading_kind(following.text) is None and not challenge_heading(following.text)


def _may_announce(line: Line, following: Line | None, joiner: Joiner) -> bool:
    if line.text[-1] in ":…?" or line.text.endswith("..."):
        return True
    if following is None or line.bullet or line.text[-1] in ".;!":
        return False
    halted = bool(_HALTED.match(line.text)) and not joiner.is_full(line.text, following.text)
    return halted or bool(following.bullet)


def _sentence_start(lines: Sequence[Line], index: int, joiner: Joiner) -> tuple[int, int]:
    start, offset = index, last_sentence(lines[index].text)
    while offset == 0 and start > 0 and index - start < _MOST_LINES and not lines[start].bullet:
        above = lines[start - 1]
        if (
            not joiner.continues(above.text, lines[start])
            or heading_kind(above.text)
            or challenge_heading(above.text)
        ):
            break
        start -= 1
        offset = last_sentence(above.text)
    return start, offset

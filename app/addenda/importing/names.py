"""Names of municipalities in a list, a sentence, a bracket or a table, whatever sets them apart."""

import re
from collections.abc import Sequence

from .joining import Joiner
from .source import Line

PLACE = r"(?:['’]t\s)?[A-ZÀ-Ý][\w'’]{1,30}(?:-(?:[\w'’]{1,30})){0,4}"
MUNICIPALITY = re.compile(rf"{PLACE}(?:\s(?:{PLACE}|aan|de|den|der|in|op)){{0,3}}")
BEFORE_LIST = re.compile(
    r"\b(?:gemeenten?|steden|lokale besturen|bestaat uit|omvat(?:ten)?|werkingsgebied|regio|besturen van|"
    r"(?:geldt|gelden|bedoeld|bestemd) (?:voor|in)|van toepassing (?:op|in|voor)|betreft)\b"
    r"(?:\s(?:van|zijn|is|en|de|steden|uit|gemeenten))*[\s:]+(?-i:(?=['’]?[A-ZÀ-Ý]|['’]t\s))",
    re.IGNORECASE,
)
_AFTER_LIST = re.compile(
    r"(?<=[\w)])\s(?:vormen|werken|maken|slaan|bundelen|zijn|nemen|doen|behoren|tekenden|kozen|horen|stappen|"
    r"samen)\s.*$"
)
_SEPARATOR = re.compile(r"\s*[,;/|•&+]\s*|\s+en\s+|\s+[–—-]\s+|\t+|\s{3,}")
_CLUTTER = re.compile(
    r"^(?:de\s|het\s)?(?:gemeenten?|stad|steden|lokaal bestuur|ocmw|en)\s+(?-i:(?=[A-ZÀ-Ý]))", re.IGNORECASE
)
_FIGURE = re.compile(r"[\d.,\s%]{1,20}(?:inwoners|%)?")
_LONGEST_LIST = 3000
_READ_AHEAD = 3
_CASED_TITLE = ("Van", "De", "Den", "Der", "Op", "Aan", "In", "En")


def read_names(lines: Sequence[Line], joiner: Joiner) -> tuple[list[str], list[Line]]:
    """The names up to the first line that is something else, and the lines they stand on.

    A sentence or a bracket that runs over lines is only a list once it is whole, so up to three lines are
    read ahead.
    """
    counted = [line for line in lines if _is_counted(line)]
    if len(counted) > 1:
        return [recase(line.cells[0], "") for line in counted], counted
    text, used, names = "", 0, []
    for end, line in enumerate(lines, 1):
        text = _glued(text, line, joiner)
        found = names_in(text.strip(", "))
        if found is not None:
            names, used = found, end
        if len(text) > _LONGEST_LIST or end - used > _READ_AHEAD:
            break
    return names, list(lines[:used])


def _is_counted(line: Line) -> bool:
    """A row of a table with a municipality and figures about it."""
    if len(line.cells) < 2 or not MUNICIPALITY.fullmatch(recase(line.cells[0], "")):
        return False
    figures = [cell for cell in line.cells[1:] if cell]
    return line.cells[0].lower() != "totaal" and bool(figures) and all(map(_FIGURE.fullmatch, figures))


def _glued(text: str, line: Line, joiner: Joiner) -> str:
    opened = text.rfind("(") > text.rfind(")")
    if text and not line.bullet and (open_end(text) or opened or line.text[0].islower()):
        return joiner.join(text, line.text)
    return f"{text}, {line.text}".strip(" ") if text else line.text


def open_end(text: str) -> bool:
    ends = (
        "-",
        ",",
        "/",
        "(",
        " en",
        "\u00ad",
        "gemeenten",
        "uit",
        "aan",
        " de",
        " De",
        " Sint",
        " op",
        " den",
    )
    return text.endswith(ends)


def names_in(text: str) -> list[str] | None:
    """The municipalities in `text`, or None when it is no list of names."""
    if len(text) > 1500:
        return listed(text)
    whole = _AFTER_LIST.sub("", text)
    starts = [0, *(match.end() for match in BEFORE_LIST.finditer(whole[:400]))]
    return next((names for start in starts if (names := listed(whole[start:]))), None)


def listed(text: str) -> list[str] | None:
    bracket = re.fullmatch(r"[^()]{2,60}\(([^()]{5,600})\)\.?", text)
    text = bracket[1] if bracket else text
    pieces = [_CLUTTER.sub("", piece.strip(" .:()\u00ad")) for piece in _SEPARATOR.split(text)]
    pieces = [piece.removesuffix(" en").strip("- ") for piece in pieces if piece]
    if not pieces or not all(MUNICIPALITY.fullmatch(recase(piece, "")) for piece in pieces):
        return None
    return list(dict.fromkeys(recase(piece, "") for piece in pieces))


def recase(name: str, text: str) -> str:
    """A name in capitals as the document writes it elsewhere, else with capitals on its words only."""
    if not name.isupper() or len(name) < 4:
        return name
    match = re.search(rf"(?<!\w){re.escape(name.title())}(?!\w)", text)
    if match:
        return match[0]
    words = re.split(r"([\s-])", name.title())
    return "".join(
        word.lower() if place and word in _CASED_TITLE else word for place, word in enumerate(words)
    )

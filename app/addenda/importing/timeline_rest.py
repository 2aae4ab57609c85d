"""What a row of the timing says beside its step and its moment: a place, a remark. It has no field."""

import re
from collections.abc import Iterator

from .dates import Clock, Day, read_dates
from .timeline_rows import cells_of, says_term, step_of

_WORD = re.compile(r"[^\W\d_]{3,}")
_FEW = 2
_PIECE = re.compile(r"\s?[,;()]\s?")
_LABEL = re.compile(r"^[^:]{3,90}:\s+(?=\S)")
_OF_A_MOMENT = re.compile(
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en)?|januari|februari|maart|april|mei|juni|juli|augustus|"
    r"september|oktober|november|december|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec|"
    r"telkens|uiterlijk|kennisgeving|ontvangst|einddatum|dag(?:en|telling)?|kalenderdagen|werkdagen|weken|week|"
    r"maand(?:en)?|laatste|eerste|middernacht|noen|namiddags?|middags?|avonds?|voormiddag|uren|uur|"
    r"rekenen|vanaf|daarna|binnen|voor|vóór|tegen|tussen|van|tot|met|telkens|het|een|die|met|naar|niet|nog|"
    r"en|dan|door|over|aan|vast|nadien|later|gerekend|volgt|begin|einde?|week|half",
    re.IGNORECASE,
)


def remarks(text: str) -> Iterator[str]:
    """The cells and the pieces of cells that give neither the step nor a day, a time or a term."""
    cells = [cell.strip() for cell in cells_of(text) if cell.strip()]
    label = _LABEL.match(text) if len(cells) == 1 else None
    if len(cells) == 1 and not label:
        yield from _tail(text)
        return
    named = False
    for value in [text[: label.end()], text[label.end() :]] if label else cells:
        if _says_when(value):
            yield from (piece for piece in _PIECE.split(value) if _is_beside(piece))
            continue
        if named and _tells(value):
            yield value
        named = True


def _tail(text: str) -> Iterator[str]:
    """What follows the last date or time of a sentence, when it is more than a word or two."""
    moments = [token.end for token in read_dates(text) if isinstance(token, Day | Clock)]
    rest = text[max(moments) :].strip(" .,;:") if moments else ""
    if len(_WORD.findall(rest)) > _FEW and _is_beside(rest):
        yield rest


def _says_when(text: str) -> bool:
    return says_term(text) or any(isinstance(token, Day | Clock) for token in read_dates(text))


def _is_beside(piece: str) -> bool:
    return not _says_when(piece) and step_of(piece) is None and _tells(piece)


def _tells(text: str) -> bool:
    return any(not _OF_A_MOMENT.fullmatch(word) for word in _WORD.findall(text))

"""From the lines of a timing to rows: a step of the procedure with the text that dates it.

Rows may stand on one line, have their value below, be cells of a table, start with their date, or be prose.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .dates import Clock, Day, Mark, Token, first_date, has_date, read_dates
from .joining import Joiner, breaks_off
from .source import Line


class Step(StrEnum):
    LAUNCH = "launch"
    DEADLINE = "deadline"
    WRITTEN = "written_round"
    PITCH = "pitch_windows"
    DECISION = "decision_before"
    OBJECTION = "objection_days"
    OTHER = "other"


_STEPS: tuple[tuple[Step, re.Pattern[str]], ...] = tuple(
    (step, re.compile(pattern, re.IGNORECASE))
    for step, pattern in (
        (Step.OBJECTION, r"weerwoord|bezwaar|tegenspraak|niet akkoord"),
        (
            Step.OTHER,
            r"info-?(?:sessie|moment|dag)|\bvragen\b|vraag en antwoord|vragenronde|\bq\s?&\s?a\b|"
            r"ondertekening|"
            r"start\w*\s(?:van\s)?(?:het\s|de\s)?(?:\w+\s)?(?:partnerschap|project|werking|begeleiding)|"
            r"projectvoorstel indienen|"
            r"(?:uitnodig|communicat|bekendma|selectie|shortlist)\w*.{0,40}"
            r"(?:pitch|ronde 2|tweede ronde|mondeling)",
        ),
        (
            Step.DEADLINE,
            r"deadline|uiterste|indien(?:en|ing|datum|moment)\b|ingediend|indient\b|dien\w*\b.{0,40}\bin\b|"
            r"kandidaatstelling|"
            r"kandidaat (?:te )?stellen|inzend|binnenbrengen|afsluit|sluiting|\bbezorg",
        ),
        (Step.WRITTEN, r"schriftelijk|ronde 1|eerste ronde|\bleest\b|\blezen\b|nalezen|leesronde|papieren"),
        (
            Step.PITCH,
            r"pitch|mondeling|matching-?\s?moment|ronde 2|tweede ronde|gesprekken|voorstelling voor de jury",
        ),
        (
            Step.LAUNCH,
            r"lancee?r|publica|gepubliceerd|(?:bekendma|open|start)\w*.{0,25}(?:addendum|oproep|\bcall\b)",
        ),
        (Step.DECISION, r"beslis|uitslag|communicat|bekendma|bekend\b|resultaat|resultaten|op de hoogte"),
        (Step.WRITTEN, r"beoordel|evaluatie|evalueer|screening|jurering|doorlichting"),
        (Step.DECISION, r"selectie|toekenning|gunning|matching"),
        (Step.PITCH, r"\bjury"),
        (Step.DECISION, r"\bbericht\b|verwittig|\bantwoord\b|\buitsluitsel"),
        (Step.LAUNCH, r"\bopen(?:ing|stelling)\b|\bstart\b"),
        (Step.DEADLINE, r"\bkandidatu(?:ur|ren)\b"),
    )
)
_FRAGMENT = re.compile(r"(?<=[.;])\s{1,3}(?=[A-ZÀ-Ý])")
_CELL = re.compile(r"\s?\|\s?|\t+|\s{3}")
_LONGEST_ROW = 3000
_GOES_ON = re.compile(r"[a-zà-ý]|\d{4}\b|\d{1,2}[.:]\d\d\b(?![./-]\d)")
_OWN_LABEL = re.compile(r"(?::\s|\s[–—-]\s|\||\t|\s{3})\s?[^\W\d_]{4,}[^|]*$")
_DAYS = re.compile(r"\b(?:(?:kalender|werk)?dagen|weken|week|maand(?:en)?)\b|\d\s?d\.", re.IGNORECASE)
_TERM_FIRST = re.compile(
    r"^(?:(?:binnen|tot|uiterlijk|maximaal|gedurende|einddatum|ten laatste|de|een|termijn van)\s|\+\s?)*"
    r"(?:\d{1,3}|\w{3,12}tien|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|twintig|\w+entwintig|dertig)"
    r"(?:\s?\([\w\s]{1,20}\))?\s?(?:(?:kalender|werk)?(?:dag|dagen)|weken|week|maand|maanden)\b",
    re.IGNORECASE,
)
_VALUE_WORDS = re.compile(
    r"^(?:[\W\d]|(?:op|van|vanaf|tussen|en|tot|met|uiterlijk|vóór|voor|tegen|ten|laatste|t/m|om|de|het|week|telkens)\b)*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Row:
    """One step; `parts` are the lines, or parts of lines, that it was read from."""

    step: Step | None
    parts: list[Line] = field(default_factory=list)
    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    dated: bool = False
    paired: bool = False
    termed: bool = False

    @property
    def line(self) -> int:
        return self.parts[0].number

    @property
    def days(self) -> list[Day]:
        return [token for token in self.tokens if isinstance(token, Day)]

    def add(self, part: Line) -> "Row":
        self.parts.append(part)
        self.dated = self.dated or has_date(part.text)
        self.termed = self.termed or bool(_DAYS.search(part.text))
        return self

    def read(self, joiner: Joiner) -> "Row":
        self.text = joiner.text(_cells_apart(part.text) for part in self.parts)
        self.tokens = read_dates(self.text)
        return self

    def has_value(self) -> bool:
        return self.dated or (self.step is Step.OBJECTION and self.termed)


def read_rows(lines: Sequence[Line], joiner: Joiner) -> list[Row]:
    """All rows in the order of the document; a row without value keeps an empty token list."""
    rows: list[Row] = []
    whole, halves = _whole_rows(lines, joiner)
    parts = list(_fragments(whole))
    date_first = _is_date_first(parts)
    for part in parts:
        if date_first and _is_date_only(part.text):
            rows.append(Row(None).add(part))
        elif date_first and rows and rows[-1].step is None and step_of(part.text):
            rows[-1].step = step_of(part.text)
            rows[-1].add(part)
        else:
            _place(part, rows)
    for row in rows:
        row.read(joiner)
        row.parts.extend(half for part in list(row.parts) for half in halves.get(_first_key(part), ()))
    return rows


def _whole_rows(
    lines: Sequence[Line], joiner: Joiner
) -> tuple[list[Line], dict[tuple[int, int], list[Line]]]:
    """Table rows of which both cells were broken over two lines, and sentences that run on, put together;
    and the lines that were added to them."""
    whole: list[Line] = []
    halves: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        merged = _merged(whole[-1], line, joiner, whole[-1].key in halves) if whole else None
        if merged is None:
            whole.append(line)
        else:
            whole[-1] = replace(whole[-1], text=merged)
            halves.setdefault(whole[-1].key, []).append(line)
    return whole, halves


def _merged(above: Line, line: Line, joiner: Joiner, again: bool) -> str | None:
    cells, upper = _CELL.split(line.text), _CELL.split(above.text)
    if len(upper) == len(cells) == 2 and line.text[0].islower() and not again:
        return "   ".join(f"{left} {right}" for left, right in zip(upper, cells, strict=True))
    if line.bullet or len(cells) > 1 or not _GOES_ON.match(line.text) or len(above.text) > _LONGEST_ROW:
        return None
    runs_on = above.text[-1] not in ".;:" and (
        joiner.is_full(above.text, line.text) or breaks_off(above.text)
    )
    return joiner.join(above.text, line.text) if runs_on else None


def _first_key(part: Line) -> tuple[int, int]:
    """The key of the line that this fragment was cut from."""
    return (part.key[0], part.key[1] // 1000 * 1000)


def step_of(text: str) -> Step | None:
    """What a row is about, read from its label: its first cell that is no value, else the words before its
    first date, else all of it."""
    cells = [cell for cell in cells_of(text) if cell.strip()]
    named = [cell for cell in cells if not has_date(cell) and not _TERM_FIRST.match(cell)]
    head = named[0] if len(cells) > 1 and named else text[: first_date(text)]
    return _named(head) or _named(text)


def cells_of(text: str) -> list[str]:
    return _CELL.split(text.strip("| "))


def says_term(text: str) -> bool:
    """`14 dagen na de kennisgeving`, `einddatum + 14 dagen`."""
    return bool(_DAYS.search(text)) and any(char.isdigit() for char in text) or starts_with_term(text)


def starts_with_term(text: str) -> bool:
    return bool(_TERM_FIRST.match(text))


def _named(text: str) -> Step | None:
    return next((step for step, pattern in _STEPS if pattern.search(text[:300])), None)


def _fragments(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        pieces = _sentences(line.text) if len(line.text) < 4000 else [line.text]
        if len(pieces) == 1:
            yield line
            continue
        for offset, piece in enumerate(pieces):
            yield line.part(piece, 10 + offset)


def _sentences(text: str) -> list[str]:
    """Sentences that are about a step or a date of their own; others stay with the one before."""
    pieces: list[str] = []
    for piece in _FRAGMENT.split(text):
        if pieces and not step_of(piece) and not has_date(piece):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    return pieces


def _place(part: Line, rows: list[Row]) -> None:
    current = rows[-1] if rows else None
    step = step_of(part.text)
    waiting = current is not None and not current.has_value() and current.step is not None
    value = starts_with_value(part.text) and not (step and _OWN_LABEL.search(part.text))
    takes = waiting and (value or step in (None, current.step)) if current else False
    if takes and current and _TERM_FIRST.match(part.text) and current.step is not Step.OBJECTION:
        takes = False
    if current and (takes or _goes_on(current, part, step)):
        current.add(part)
    else:
        rows.append(Row(step or Step.OTHER).add(part))


def _goes_on(row: Row, part: Line, step: Step | None) -> bool:
    """A second date, a time or the rest of a sentence for the row above."""
    if starts_with_value(part.text) and step in (None, row.step):
        return True
    if part.bullet or step not in (None, row.step):
        return False
    return part.text[0].islower() or breaks_off(row.parts[-1].text)


def starts_with_value(text: str) -> bool:
    tokens = read_dates(text[:200])
    if _TERM_FIRST.match(text):
        return True
    first = next((token for token in tokens if isinstance(token, Day | Clock)), None)
    if first is None:
        return text[:1].isdigit() and bool(_DAYS.search(text[:60]))
    return Mark.WORD not in tokens[: tokens.index(first)] or bool(_VALUE_WORDS.match(text[: first.start]))


def _is_date_only(text: str) -> bool:
    valued = has_date(text) or bool(_DAYS.search(text))
    return valued and starts_with_value(text) and step_of(text) is None


def _is_date_first(parts: Sequence[Line]) -> bool:
    first = next((part for part in parts if has_date(part.text) or step_of(part.text)), None)
    return first is not None and _is_date_only(first.text)


def _cells_apart(text: str) -> str:
    return _CELL.sub(", ", text.strip("| "))

"""Dates and times in Dutch running text and tables. Pure: a text goes in, tokens in order come out."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time
from enum import Enum, auto
from functools import lru_cache

_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december")  # fmt: skip
_SHORT = {"jan": 1, "feb": 2, "febr": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
          "sept": 9, "okt": 10, "nov": 11, "dec": 12}  # fmt: skip
MONTHS = {**{name: number for number, name in enumerate(_MONTHS, 1)}, **_SHORT}
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

_COMMON_YEAR = 2025

_TOKEN = re.compile(
    rf"""
    (?P<iso>(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))
  | (?P<full>(?<![\d/])\d{{1,2}}\s?(?P<sep>[/.-])\s?\d{{1,2}}\s?(?P=sep)\s?(?:(?:19|20)\d\d|\d\d)(?!\d|:\d))
  | (?P<range>(?<!\w)(?:tot\s(?:en\s)?met|t\s?/\s?m|t\.?e\.?m\.?|t\.m\.|tot)(?!\w)
        |\s?[–—-]+\s?(?=\d|[a-z]+dag|\w\w\s\d))
  | (?P<clock>(?<![\d/.,])(?:[01]?\d|2[0-4])(?:\s?(?:uur|u\.|u|h)
        (?:[0-5]\d(?!\d)|\s[0-5]\d(?![\d/]|[.-]\d|\s?(?:{_MONTH})\b))?(?![a-z])
        |:[0-5]\d(?:\s?(?:uur|u|h))?(?!\w)|\.[0-5]\d(?=\s?(?:uur|u\b|h\b))(?:\s?(?:uur|u|h))?
        |\.[0-5]\d(?=\s?(?:-|–|tot|en)\s?\d{{1,2}}\.[0-5]\d)))
  | (?P<second_clock>(?:(?<=[-–])|(?<=[-–]\s)|(?<=tot\s))(?:[01]?\d|2[0-4])\.[0-5]\d(?![\d.]))
  | (?P<afternoon>(?:['’]s\s|in\sde\s)(?:namiddags?|middags?|avonds?)\b)
  | (?P<week>\bweek\svan\b)
  | (?P<midnight>\bmiddernacht\b)
  | (?P<noon>\bnoen\b)
  | (?P<short>(?<![\d/])(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/]))
  | (?P<year>(?<!\d)(?:19|20)\d\d(?!\d)|['’]\d\d(?!\d))
  | (?P<number>(?<![\d,.])\d{{1,2}}(?:ste|de|e)?(?![\w]|[.,]\d))
  | (?P<month>\b(?:{_MONTH})\b\.?)
  | (?P<on_weekday>\b(?:{"|".join(WEEKDAYS)})(?:en|s)?\b|\b(?:ma|di|wo|do|vr|za|zo)\b\.?(?=\s?\d))
  | (?P<before>\bv[oó]{{2}}r\b|\bvooraleer\b)
  | (?P<until>\buiterlijk\b|\bten\slaatste\b|\btegen\b|\beinde?\b)
  | (?P<both>\ben\b|&|,|;|\+|\bplus\b)
  | (?P<filler>\bvan\b|\bop\b|\bom\b|\btelkens\b|\bde\b|[():|\t])
  | (?P<word>[^\W\d_]+(?:['’-][^\W\d_]+)*)
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Mark(Enum):
    """What stands between dates and times."""

    RANGE = auto()
    BEFORE = auto()
    UNTIL = auto()
    BOTH = auto()
    WORD = auto()
    WEEK = auto()


@dataclass(frozen=True, slots=True)
class Day:
    """`year` is None when it is not written; `weekday` counts from Monday 0."""

    day: int
    month: int
    year: int | None
    weekday: int | None
    start: int
    end: int

    def label(self) -> str:
        year = f" {self.year}" if self.year else ""
        return (
            f"{self.day} {_MONTHS[self.month - 1]}{year}"
            if 1 <= self.month <= 12
            else f"{self.day}/{self.month}{year}"
        )

    def on(self, year: int) -> date | None:
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Clock:
    """A local time; `last` when the text says 24u or midnight: the last minute of the day."""

    at: time
    start: int
    end: int
    last: bool = False


Token = Day | Clock | Mark


@lru_cache(maxsize=4096)
def has_date(text: str) -> bool:
    return any(isinstance(token, Day) for token in read_dates(text))


def first_date(text: str) -> int:
    """The place where the first date starts, or the length of the text."""
    return next((token.start for token in read_dates(text) if isinstance(token, Day)), len(text))


def read_dates(text: str) -> list[Token]:
    """Days, times and the marks between them; days that share a month (`6 en 7 mei 2024`) are told apart."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._matches = list(_TOKEN.finditer(text[:4000]))
        self._out: list[Token] = []
        self._weekday: int | None = None

    def read(self) -> list[Token]:
        for index, match in enumerate(self._matches):
            kind = match.lastgroup or ""
            handler = getattr(self, f"_{kind}", None)
            if handler:
                handler(match, index)
            elif kind in ("range", "before", "until", "both", "word", "week"):
                self._mark(kind)
        return [token for token in self._out if not (isinstance(token, Day) and token.month == 0)]

    def _mark(self, kind: str) -> None:
        if kind == "word":
            self._weekday = None
        self._out.append(Mark[kind.upper()])

    def _day(self, day: int, month: int, year: int | None, match: re.Match[str]) -> None:
        self._out.append(Day(day, month, year, self._weekday, match.start(), match.end()))
        self._weekday = None

    def _iso(self, match: re.Match[str], _index: int) -> None:
        year, month, day = match[0].split("-")
        self._day(int(day), int(month), int(year), match)

    def _full(self, match: re.Match[str], _index: int) -> None:
        day, month, year = (int(part) for part in re.split(r"\s?[/.-]\s?", match[0]))
        self._day(day, month, year + 2000 if year < 100 else year, match)

    def _short(self, match: re.Match[str], _index: int) -> None:
        day, month = match[0].split("/")
        self._day(int(day), int(month), None, match)

    def _on_weekday(self, match: re.Match[str], _index: int) -> None:
        word = match[0].lower()[:2]
        self._weekday = next(number for number, name in enumerate(WEEKDAYS) if name.startswith(word))

    def _number(self, match: re.Match[str], index: int) -> None:
        """A bare number waits for its month, or for the time it shares an `uur` with."""
        hour = int(re.sub(r"\D", "", match[0]))
        if self._shares_clock(index) and hour <= 24:
            self._out.append(_clock_of(hour, 0, match))
            return
        self._day(hour, 0, None, match)

    def _shares_clock(self, index: int) -> bool:
        """`van 9 tot 12 uur`, `tussen 9 en 12 uur`."""
        following = [match.lastgroup for match in self._matches[index + 1 : index + 3]]
        between = index > 0 and self._matches[index - 1][0].lower() == "tussen"
        return following == ["range", "clock"] or (between and following == ["both", "clock"])

    def _month(self, match: re.Match[str], index: int) -> None:
        """Gives the month, and the year behind it, to the numbers just before it."""
        month = MONTHS[match[0].lower().rstrip(".")]
        after = self._matches[index + 1] if index + 1 < len(self._matches) else None
        year = _year(after[0]) if after and after.lastgroup == "year" else None
        if index > 0 and re.fullmatch("einde?", self._matches[index - 1][0], re.IGNORECASE):
            self._day(monthrange(year or _COMMON_YEAR, month)[1], month, year, match)
            return
        expecting = True
        for place in reversed(range(len(self._out))):
            token = self._out[place]
            if isinstance(token, Day) and token.month == 0 and expecting:
                self._out[place] = replace(token, month=month, year=year, end=match.end())
                expecting = False
            elif token in (Mark.BOTH, Mark.RANGE):
                expecting = True
            else:
                break

    def _afternoon(self, match: re.Match[str], _index: int) -> None:
        """`5 uur 's namiddags` is 17.00; `12 uur 's middags` stays."""
        last = self._out[-1] if self._out else None
        latest = (
            5 if " midd" in match[0].lower().replace("’", "'").replace("'s", " ").replace("  ", " ") else 11
        )
        if isinstance(last, Clock) and 1 <= last.at.hour <= latest:
            self._out[-1] = replace(last, at=last.at.replace(hour=last.at.hour + 12))

    def _second_clock(self, match: re.Match[str], index: int) -> None:
        self._clock(match, index)

    def _clock(self, match: re.Match[str], _index: int) -> None:
        numbers = re.findall(r"\d+", match[0])
        self._out.append(_clock_of(int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0, match))

    def _midnight(self, match: re.Match[str], _index: int) -> None:
        self._out.append(_clock_of(24, 0, match))

    def _noon(self, match: re.Match[str], _index: int) -> None:
        self._out.append(_clock_of(12, 0, match))


def _year(text: str) -> int:
    digits = int(text.strip("'’"))
    return digits + 2000 if digits < 100 else digits


def _clock_of(hour: int, minute: int, match: re.Match[str]) -> Clock:
    if hour == 24:
        return Clock(time(23, 59), match.start(), match.end(), last=True)
    return Clock(time(hour, minute), match.start(), match.end())

"""Dates and hours as people write them."""

from collections.abc import Callable
from datetime import date, time

from .content import Window

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip
CUT = ("jan", "feb", "mrt", "apr", "mei", "juni", "juli", "aug", "sept", "okt", "nov", "dec")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
DayStyle = Callable[[date], str]
ClockStyle = Callable[[time], str]


def slash(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def short(day: date) -> str:
    return f"{day.day}/{day.month}/{day:%y}"


def dash(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def dot(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def iso(day: date) -> str:
    return day.isoformat()


def bare(day: date) -> str:
    """Without a year."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def long(day: date) -> str:
    return f"{bare(day)} {day.year}"


def full(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {long(day)}"


def brief(day: date) -> str:
    """Weekday in two letters, month cut short."""
    return f"{WEEKDAYS[day.weekday()][:2]} {day.day} {CUT[day.month - 1]}. {day.year}"


def nth(day: date) -> str:
    ending = "ste" if day.day in (1, 8) or day.day >= 20 else "de"
    return f"{day.day}{ending} {MONTHS[day.month - 1]} {day.year}"


def u(moment: time) -> str:
    return f"{moment.hour}u{moment:%M}" if moment.minute else f"{moment.hour}u"


def uu(moment: time) -> str:
    return f"{moment:%H}u{moment:%M}"


def colon(moment: time) -> str:
    return f"{moment.hour}:{moment:%M}"


def dots(moment: time) -> str:
    return f"{moment.hour}.{moment:%M} uur"


def uur(moment: time) -> str:
    return f"{moment.hour}.{moment:%M} uur" if moment.minute else f"{moment.hour} uur"


def between(first: date, last: date, link: str, lead: str = "") -> str:
    """`28 mei - 3 juni 2024`, `12 t.e.m. 20 juni 2024`: what both share is written once."""
    start = long(first)
    if first.year == last.year:
        start = str(first.day) if first.month == last.month else bare(first)
    return f"{lead}{start}{link}{long(last)}"


def grouped(windows: tuple[Window, ...]) -> list[tuple[date, list[Window]]]:
    found: dict[date, list[Window]] = {}
    for one in windows:
        found.setdefault(one.day, []).append(one)
    return list(found.items())


def slots(windows: list[Window], clock: ClockStyle, link: str = " tot ", lead: str = "van ") -> str:
    return " en ".join(f"{lead}{clock(one.start)}{link}{clock(one.end)}" for one in windows)

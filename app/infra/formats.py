"""Dates, numbers and money as people in Flanders read them; also the template filters of those names."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from flask import Flask

from app.domain.timeline import BRUSSELS, last_accepted_minute
from app.infra import clock
from app.infra.markdown import rich
from app.infra.uploads import size_text

LOCALE = "nl_BE"


@lru_cache(maxsize=512)
def day(value: date | None) -> str:
    """ "vrijdag 2 juni 2023"; a dash when there is none."""
    return format_date(value, "EEEE d MMMM y", locale=LOCALE) if value else "–"


def short_day(value: date | None) -> str:
    """ "2 juni 2023"."""
    return format_date(value, "d MMMM y", locale=LOCALE) if value else "–"


def moment(value: datetime | None, seconds: bool = False) -> str:
    """ "vrijdag 2 juni 2023, 23u59" in Brussels time; with seconds "… 23:59:59 (CEST)"."""
    if value is None:
        return "–"
    local = value.astimezone(BRUSSELS)
    clock = f"{local:%H:%M:%S} ({local.tzname()})" if seconds else f"{local.hour}u{local:%M}"
    return f"{day(local.date())}, {clock}"


def hour(value: time) -> str:
    """ "9u00": a time of day, as everywhere beside a day."""
    return f"{value.hour}u{value:%M}"


def deadline(value: datetime | None) -> str:
    """The last minute that counts, for an exclusive deadline."""
    if value is None:
        return "–"
    last = last_accepted_minute(value)
    return f"{day(last.date())}, {last.hour}u{last:%M}"


def counted(count: int, one: str, more: str) -> str:
    """ "1 dag", "3 dagen"."""
    return f"{count} {one if count == 1 else more}"


def days_left(value: datetime | None, now: datetime) -> str:
    """ "nog 3 dagen", "nog 5 uur", "nog 12 minuten", "nog 1 minuut", "voorbij"."""
    if value is None:
        return ""
    left = value - now
    if left <= timedelta():
        return "voorbij"
    if left >= timedelta(days=2):
        return f"nog {left.days} dagen"
    if left >= timedelta(hours=2):
        return f"nog {int(left.total_seconds() // 3600)} uur"
    return "nog " + counted(max(1, int(left.total_seconds() // 60)), "minuut", "minuten")


def time_left(value: datetime, now: datetime) -> str:
    """ "2 dagen 3 uur 14 min 07 s", in time that passes (a day is 24 hours, also when the clocks change);
    "" when it is over. `static/js/deadline.js` counts on in the same words."""
    left = -((now - value) // timedelta(seconds=1))
    if left <= 0:
        return ""
    days, hours, minutes = left // 86400, left // 3600 % 24, left // 60 % 60
    parts = [counted(days, "dag", "dagen")] if days else []
    parts += [f"{hours} uur"] if days or hours else []
    parts += [f"{minutes} min"] if parts or minutes else []
    return " ".join([*parts, f"{left % 60:02d} s" if parts else f"{left} s"])


def milliseconds(value: datetime) -> int:
    """Since 1970, as scripts count."""
    return int(value.timestamp() * 1000)


def time_of_day(value: datetime) -> str:
    """ "20:45:53" in Brussels."""
    return f"{value.astimezone(BRUSSELS):%H:%M:%S}"


def number(value: Decimal | Fraction | int | float | None, digits: int = 2) -> str:
    """1234.5 -> "1.234,5"; a dash when there is none."""
    if value is None:
        return "–"
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else value
    return str(format_decimal(exact, format="#,##0." + "#" * digits, locale=LOCALE))


def euro(value: Decimal | int | None) -> str:
    return str(format_currency(value, "EUR", locale=LOCALE)) if value is not None else "–"


def enumeration(names: Sequence[str]) -> str:
    """ "Nora, Bart en Freddy"."""
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def init_formats(app: Flask) -> None:
    filters: dict[str, Callable[..., object]] = {
        "day": day,
        "short_day": short_day,
        "moment": moment,
        "deadline": deadline,
        "hour": hour,
        "counted": counted,
        "days_left": days_left,
        "time_left": time_left,
        "time_of_day": time_of_day,
        "milliseconds": milliseconds,
        "enumeration": enumeration,
        "number": number,
        "euro": euro,
        "rich": rich,
        "file_size": size_text,
    }
    for name, function in filters.items():
        app.add_template_filter(function, name)
    app.add_template_global(clock.now, "server_now")

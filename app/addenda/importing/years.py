"""Days without a year take it from the dates around them; the weekday checks what came out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from .dates import WEEKDAYS, Day
from .notices import Notices
from .timeline_rows import Row

_HALF_A_YEAR = 183


def complete_years(rows: Sequence[Row], notices: Notices, usual: int | None = None) -> None:
    """Fills the year of every day in `rows`; days that do not exist or stay without year are taken out.

    `usual` is the year that the document names, for when no date has one.
    """
    dated = [
        (index, on) for index, row in enumerate(rows) for day in row.days if day.year and (on := day.on(0))
    ]
    for index, row in enumerate(rows):
        tokens = []
        for token in row.tokens:
            done = _complete(token, row, index, dated, notices, usual) if isinstance(token, Day) else token
            if done is not None:
                tokens.append(done)
        row.tokens = tokens


def _complete(
    day: Day, row: Row, index: int, dated: Sequence[tuple[int, date]], notices: Notices, usual: int | None
) -> Day | None:
    year = day.year or _year_in_row(day, row) or _year_around(day, index, dated) or usual
    if year is None:
        notices.add("year_unknown", row.line, day.label())
        return None
    on = day.on(year)
    if on is None:
        notices.add("date_invalid", row.line, day.label())
        return None
    if day.weekday is not None and day.weekday != on.weekday():
        notices.add(
            "weekday_mismatch",
            row.line,
            f"{day.label()} is een {WEEKDAYS[on.weekday()]}, geen {WEEKDAYS[day.weekday]}",
        )
    elif day.weekday is None and day.year is None and not _year_in_row(day, row):
        notices.add("year_assumed", row.line, day.label())
    return replace(day, year=year)


def _year_in_row(day: Day, row: Row) -> int | None:
    """`30 mei tot 2 juni 2023`: the year that comes next in the row, else the one before."""
    later = [other.year for other in row.days if other.start > day.start and other.year]
    earlier = [other.year for other in row.days if other.start < day.start and other.year]
    loose = re.findall(r"\(?(20\d\d)\)?\W*$", row.text[-40:])
    return later[0] if later else earlier[-1] if earlier else int(loose[0]) if loose else None


def _year_around(day: Day, index: int, dated: Sequence[tuple[int, date]]) -> int | None:
    """The year of the nearest dated row, moved by one where the turn of the year lies between."""
    if not dated:
        return None
    nearest, on = min(dated, key=lambda entry: (abs(entry[0] - index), entry[0] > index))
    candidate = day.on(on.year)
    if candidate is None:
        return on.year
    distance = (candidate - on).days
    if nearest < index and distance < -_HALF_A_YEAR:
        return on.year + 1
    return on.year - 1 if nearest > index and distance > _HALF_A_YEAR else on.year

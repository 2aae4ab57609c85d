"""The public holidays of Belgium, by their Dutch name."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=128)
def _of_year(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("BE", years=year, language="nl"))


def holiday(day: date) -> str:
    """ "Pinkstermaandag"; empty for a day that is none."""
    return _of_year(day.year).get(day, "")

"""Lines of the source as one value: a title, an address, a day of the timeline. Pure.

Targets "value@title", "value@programme", "value@submission_email", "value@submission_url", and
"date@launch" and the like for the steps of the timeline.
"""

import re
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from app.addenda.drafting.sections import Dates, Draft
from app.addenda.importing.dates import Clock, Day, read_dates
from app.addenda.reviewing.matching import squeezed
from app.domain.errors import DomainError

VALUES = ("title", "programme", "submission_email", "submission_url")
STEPS = ("launch", "questions_until", "deadline", "written_from", "decision_before")
EMAIL = re.compile(r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\.[a-zA-Z]{2,}")
_URL = re.compile(r"https?://[^\s\"<>()]+|www\.[^\s\"<>()]+\.[^\s\"<>()]+", re.IGNORECASE)
_LONGEST = {"title": 200, "programme": 200, "submission_email": 254, "submission_url": 300}
_YEARS = range(2000, 2101)


def value_targets() -> list[str]:
    return [*(f"value@{name}" for name in VALUES), *(f"date@{name}" for name in STEPS)]


def place_of(name: str) -> str:
    """The place where the lines of a value are shown: both addresses stand under one."""
    return "submission" if name.startswith("submission_") else name


def with_value(draft: Draft, name: str, text: str) -> Draft:
    """The draft with the value that these words hold; DomainError when they hold none that fits."""
    if name in STEPS:
        return replace(draft, dates=_with_step(draft.dates, name, text))
    changed: dict[str, Any] = {name: _words(name, squeezed(text))}
    return replace(draft, basics=replace(draft.basics, **changed))


def _words(name: str, text: str) -> str:
    if name.startswith("submission_"):
        kind = EMAIL if name == "submission_email" else _URL
        found = kind.search(text)
        if found is None:
            raise DomainError("move_no_email" if kind is EMAIL else "move_no_address", field="to")
        text = found[0].rstrip(".,;:")
        text = f"https://{text}" if text.lower().startswith("www.") else text
    if len(text) > _LONGEST[name]:
        raise DomainError("move_too_long", field="to", most=_LONGEST[name])
    return text


def _with_step(dates: Dates, name: str, text: str) -> Dates:
    tokens = read_dates(text)
    days = [day for token in tokens if isinstance(token, Day) and (day := _on(token, dates))]
    if not days:
        raise DomainError("move_no_date", field="to")
    if name == "deadline":
        clock = next((token.at for token in tokens if isinstance(token, Clock)), time(23, 59))
        return replace(dates, deadline=datetime.combine(days[0], clock))
    if name == "written_from":
        return replace(dates, written_from=days[0], written_until=days[-1])
    changed: dict[str, Any] = {name: days[0]}
    return replace(dates, **changed)


def _on(token: Day, dates: Dates) -> date | None:
    """A day without a year falls in that of the call; without one it says nothing."""
    known = dates.deadline or dates.launch
    year = token.year or (known.year if known else 0)
    return token.on(year) if year in _YEARS else None

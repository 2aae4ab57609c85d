"""What the forms of the pitch day send, as plain values; fields are read by their names (`start-7`), so that
what was typed can be shown again exactly as it was sent."""

import re
from collections.abc import Mapping
from datetime import time

from werkzeug.datastructures import MultiDict

from app.domain.errors import DomainError
from app.evaluation.pitchday.absences import Stretch, Who
from app.evaluation.pitchday.services import Wanted
from app.evaluation.policy import SheetRefused
from app.infra.numbers import positive
from app.infra.texts import clean, one_line

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.uU]([0-5][0-9])(?::00)?")
Typed = Mapping[str, str]


def _by_id(typed: MultiDict[str, str], prefix: str) -> dict[int, str]:
    """{id: text} of the fields `<prefix>-<id>`; a name that is no id becomes 0, which belongs to nobody."""
    start = f"{prefix}-"
    return {
        positive(name[len(start) :]): clean(text) for name, text in typed.items() if name.startswith(start)
    }


def wanted_slots(typed: MultiDict[str, str]) -> list[Wanted]:
    """Who pitches when; a row without a start is left for later. SheetRefused for times that are none."""
    windows = _by_id(typed, "window")
    found: list[Wanted] = []
    problems: list[DomainError] = []
    for one, text in _by_id(typed, "start").items():
        start = time_of(text)
        if start is not None:
            found.append(Wanted(one, positive(windows.get(one)), start))
        elif text:
            problems.append(DomainError("pitch_time_invalid", field=f"start-{one}"))
    if problems:
        raise SheetRefused(problems)
    return found


def rooms_of(typed: MultiDict[str, str]) -> dict[int, str] | None:
    """{window: room} on one line; None when the form has no rooms."""
    found = {one: one_line(text) for one, text in _by_id(typed, "room").items() if one}
    return found or None


def seen_version(typed: MultiDict[str, str]) -> int | None:
    """The version of the plan that the page showed: 0 before the first; None when the form does not say."""
    return positive(typed["version"]) if "version" in typed else None


def minutes_of(text: str | None, otherwise: int) -> int:
    """A number of minutes; -1 for what is no number, so that the service refuses it."""
    if text is None:
        return otherwise
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text.strip()) else -1


def time_of(text: str) -> time | None:
    match = _TIME.fullmatch(text) if text.isascii() else None
    return time(int(match[1]), int(match[2])) if match else None


def stretch_of(typed: MultiDict[str, str]) -> Stretch:
    """When somebody cannot come. Raises pitch_time_invalid at its field."""
    hours: list[time | None] = []
    for field in ("begin", "end"):
        text = clean(typed.get(field, ""))
        hours.append(time_of(text))
        if text and hours[-1] is None:
            raise DomainError("pitch_time_invalid", field=field)
    return Stretch(positive(typed.get("window")), *hours)


def who_of(typed: MultiDict[str, str]) -> Who:
    """ "juror-12" or "proposal-7"; nobody for anything else."""
    kind, _, number = typed.get("who", "").partition("-")
    one = positive(number)
    if kind == "juror" and one:
        return Who(juror_id=one)
    return Who(proposal_id=one)

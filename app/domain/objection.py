"""The objection (weerwoord): its window, what it must say, and how it is judged.

The window counts calendar days in Europe/Brussels from the day after the notification, and ends at 24:00
of the last day. It is the call's own procedure, not a statutory appeal (see `motivation.py`).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.errors import DomainError
from app.domain.motivation import check_reasons
from app.domain.timeline import DEFAULT_OBJECTION_DAYS, end_of_day, local_day

MOST_DAYS = 90


def last_day(notified_at: datetime, days: int = DEFAULT_OBJECTION_DAYS) -> date:
    """The last local day of the window. `notified_at` is an aware instant.

    Raises `objection_days_out_of_range` (1 to 90) and `ValueError` for an instant without a zone.
    """
    if notified_at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    if not 1 <= days <= MOST_DAYS:
        raise DomainError("objection_days_out_of_range", field="objection_days")
    return local_day(notified_at) + timedelta(days=days)


def window_end(notified_at: datetime, days: int = DEFAULT_OBJECTION_DAYS) -> datetime:
    """The first UTC instant that is too late. Raises as `last_day`."""
    return end_of_day(last_day(notified_at, days))


class WindowStatus(StrEnum):
    NOT_NOTIFIED = "not_notified"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True)
class WindowState:
    """The window of one applicant at one moment.

    `ends_at` is exclusive (UTC); `days_left` are whole calendar days after today: 0 is the last day and
    also ended or not begun.
    """

    status: WindowStatus
    ends_at: datetime | None = None
    last_day: date | None = None
    days_left: int = 0

    @property
    def is_open(self) -> bool:
        return self.status is WindowStatus.OPEN


def window_state(notified_at: datetime | None, days: int, now: datetime) -> WindowState:
    """Where the window stands at `now`; it is open from the notification itself. Raises as `last_day`."""
    if notified_at is None or now < notified_at:
        return WindowState(WindowStatus.NOT_NOTIFIED)
    ends_at, last = window_end(notified_at, days), last_day(notified_at, days)
    if now >= ends_at:
        return WindowState(WindowStatus.ENDED, ends_at, last)
    return WindowState(WindowStatus.OPEN, ends_at, last, (last - local_day(now)).days)


class Aspect(StrEnum):
    """What an objection may contest beside the criteria of the call."""

    PROCEDURE = "procedure"
    ADMISSIBILITY = "admissibility"


def check_contested(contested: Collection[int | str], criteria: Collection[int]) -> None:
    """What is ticked are criteria of this call (ids) or an `Aspect`; nothing ticked is the whole decision.

    Raises `objection_criterion_unknown`.
    """
    if set(contested) - set(criteria) - set(Aspect):
        raise DomainError("objection_criterion_unknown", field="criteria")


def in_time(submitted_at: datetime, notified_at: datetime, days: int) -> bool:
    """Whether it came in before the window ended. Raises as `last_day`."""
    return submitted_at < window_end(notified_at, days)


def check_filing(contested: str, grounds: str, request: str, window: WindowState) -> None:
    """An objection names what it contests, on which grounds, and what it asks; inside the window.

    Raises `objection_too_late`, `objection_not_notified`, and `objection_field_missing` at its field.
    """
    if window.status is WindowStatus.NOT_NOTIFIED:
        raise DomainError("objection_not_notified")
    if not window.is_open:
        raise DomainError("objection_too_late", until=window.last_day)
    for field, text in (("contested", contested), ("grounds", grounds), ("request", request)):
        if not text.strip():
            raise DomainError("objection_field_missing", field=field)


class RulingOutcome(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly"
    DISMISSED = "dismissed"
    INADMISSIBLE = "inadmissible"


def check_ruling(
    outcome: str, reasons: str, judges: Collection[int], scorers: Collection[int]
) -> RulingOutcome:
    """Whether a ruling may stand: a known outcome, reasons in words, and an eye that did not score.

    `judges` and `scorers` are person ids; scorers are all who handed in a sheet for this proposal, in
    either round. Raises ruling_outcome_unknown, ruling_without_judge, ruling_judges_all_scored, and what
    `motivation.check_reasons` raises at field `reasons`.
    """
    for problem in ruling_problems(outcome, reasons, judges, scorers):
        raise problem
    return RulingOutcome(outcome)


def ruling_problems(
    outcome: str, reasons: str, judges: Collection[int], scorers: Collection[int]
) -> Iterator[DomainError]:
    """Everything that keeps it from standing, for a page that tells all at once. As `check_ruling`."""
    if outcome not in list(RulingOutcome):
        yield DomainError("ruling_outcome_unknown", field="outcome")
    try:
        check_reasons(reasons, field="reasons")
    except DomainError as error:
        yield error
    if not judges:
        yield DomainError("ruling_without_judge", field="judges")
    elif set(judges) <= set(scorers):
        yield DomainError("ruling_judges_all_scored", field="judges")

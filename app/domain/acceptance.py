"""What a selected organisation answers, and until when.

The term is counted as the window for an objection: calendar days in Europe/Brussels from the day after the
notification, to 24:00 of the last one. More time moves its end later, never earlier.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.errors import DomainError
from app.domain.objection import MOST_DAYS, WindowState, WindowStatus, window_end
from app.domain.timeline import end_of_day, local_day

REMINDERS = (3, 1)
"""Days before the last day on which who did not answer is reminded."""
TEXT_LIMIT = 5_000  # characters


class Answer(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"


def term_end(notified_at: datetime, days: int, more_until: datetime | None = None) -> datetime:
    """The first UTC instant that is too late. `more_until`: the end that was given later, if any."""
    end = window_end(notified_at, days)
    return max(end, more_until) if more_until else end


def term_state(
    notified_at: datetime | None, days: int, more_until: datetime | None, now: datetime
) -> WindowState:
    """Where the term stands at `now`."""
    if notified_at is None or now < notified_at:
        return WindowState(WindowStatus.NOT_NOTIFIED)
    ends_at = term_end(notified_at, days, more_until)
    last = local_day(ends_at - timedelta(microseconds=1))
    if now >= ends_at:
        return WindowState(WindowStatus.ENDED, ends_at, last)
    return WindowState(WindowStatus.OPEN, ends_at, last, (last - local_day(now)).days)


def check_answer(wanted: str, reason: str, before: str | None, term: WindowState) -> Answer:
    """Whether this may be the answer, after `before`.

    Who takes part may still step back when the term is over, with a reason; every other answer belongs in
    the term. Raises `answer_unknown`, `decline_reason_missing`, `answer_text_too_long`, `answer_too_late`
    (fact `ends_at`) and `decline_is_final` (the same, for who declined).
    """
    if wanted not in list(Answer):
        raise DomainError("answer_unknown", field="answer")
    if not term.is_open and not (before == Answer.ACCEPTED and wanted == Answer.DECLINED):
        code = "decline_is_final" if before == Answer.DECLINED else "answer_too_late"
        raise DomainError(code, ends_at=term.ends_at)
    if wanted == Answer.DECLINED and not reason.strip():
        raise DomainError("decline_reason_missing", field="reason")
    if len(reason) > TEXT_LIMIT:
        raise DomainError("answer_text_too_long", field="reason", maximum=TEXT_LIMIT)
    return Answer(wanted)


def more_time(current: WindowState, until: date | None, reason: str, now: datetime) -> datetime:
    """The new end for a term that gets the local day `until` as its last: the first instant too late.

    Raises `more_time_day_missing`, `more_time_only_later` (fact `last`), `more_time_too_far` and
    `more_time_reason_missing`.
    """
    if until is None:
        raise DomainError("more_time_day_missing", field="until")
    if until < local_day(now) or (current.last_day is not None and until <= current.last_day):
        raise DomainError("more_time_only_later", field="until")
    if until > local_day(now) + timedelta(days=MOST_DAYS):
        raise DomainError("more_time_too_far", field="until", days=MOST_DAYS)
    if not reason.strip():
        raise DomainError("more_time_reason_missing", field="more_reason")
    if len(reason) > TEXT_LIMIT:
        raise DomainError("answer_text_too_long", field="more_reason", maximum=TEXT_LIMIT)
    return end_of_day(until)


def reminder_since(notified_at: datetime, last: date, today: date) -> date | None:
    """The day from which the reminder that is due now counts: it is sent once, on that day or, when the
    worker was down, on one of the days after. None when none is due.

    A term so short that the reminder would fall on the day of the notice itself goes without it.
    """
    due = [last - timedelta(days=days) for days in REMINDERS]
    begun = [day for day in due if local_day(notified_at) < day <= today <= last]
    return max(begun, default=None)

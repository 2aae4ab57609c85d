"""A second notice of a decision, when the first did not arrive: the applicant's days count from there."""

from datetime import date, datetime, timedelta

from app.domain.errors import DomainError
from app.domain.timeline import end_of_day, local_day

MAIL = "mail"
WAYS = {
    "registered": "Aangetekende brief",
    "handed": "In handen gegeven",
    MAIL: "Mail naar iemand van de organisatie",
}
TEXT_LIMIT = 2_000  # characters


def check_way(way: str, reason: str) -> None:
    """Raises `notice_way_unknown`, `notice_reason_missing`, `answer_text_too_long`."""
    if way not in WAYS:
        raise DomainError("notice_way_unknown", field="way")
    if not reason.strip():
        raise DomainError("notice_reason_missing", field="reason")
    if len(reason) > TEXT_LIMIT:
        raise DomainError("answer_text_too_long", field="reason", maximum=TEXT_LIMIT)


def received_at(day: date | None, previous: datetime, now: datetime) -> datetime:
    """The instant that counts for what was received on the local day `day`: `now` for today, else the last
    second of that day. The days are counted from the day after, so the hour makes no difference.

    Raises `notice_day_missing`, `notice_in_the_future`, and `notice_before_the_previous`: a new notice never
    makes a window end sooner.
    """
    if day is None:
        raise DomainError("notice_day_missing", field="received")
    if day > local_day(now):
        raise DomainError("notice_in_the_future", field="received")
    if day < local_day(previous):
        raise DomainError("notice_before_the_previous", field="received")
    return max(previous, min(now, end_of_day(day) - timedelta(seconds=1)))

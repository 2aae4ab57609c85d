"""Moving the deadline of an open call later: what would follow from it, and doing it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.addenda.amending.services import amendable, keep_first_version, make_public
from app.addenda.drafting.drafts import read_draft
from app.addenda.drafting.editing import note_edit
from app.addenda.drafting.sections import Dates, Draft
from app.addenda.models import Addendum, DeadlineExtension
from app.addenda.publishing.advice import Item, timeline_advice
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.domain.timeline import check_extension, exclusive_deadline, problems
from app.infra import clock
from app.infra.database import db, transaction


@dataclass(frozen=True)
class Extension:
    """A later deadline that is possible: the dates as they are and as they would be, and what is worth
    another look in the new ones that was not so before."""

    before: Dates
    after: Dates
    remarks: tuple[Item, ...]


def foreseen(addendum_id: int, last_accepted: datetime, *, shift: bool, seen: int, by: Actor) -> Extension:
    """What `extend_deadline` would do; raises what it would raise and writes nothing."""
    addendum = amendable(addendum_id, by, clock.now())
    content = read_draft(addendum)
    after = _extended(addendum, content, last_accepted, shift, seen)
    known = list(timeline_advice(content))
    remarks = (one for one in timeline_advice(replace(content, dates=after)) if one not in known)
    return Extension(content.dates, after, tuple(remarks))


def extend_deadline(
    addendum_id: int, last_accepted: datetime, *, reason: str, shift: bool, seen: int, by: Actor
) -> None:
    """Move the deadline of an open call later, in public and with a reason: a version like any other, of
    which everybody is told. `shift` moves every date after it by as many days. Raises `deadline_only_later`
    and `extended_past_next_step`."""
    with transaction() as now:
        addendum = amendable(addendum_id, by, now)
        content = read_draft(addendum)
        after = _extended(addendum, content, last_accepted, shift, seen)
        previous = addendum.deadline
        keep_first_version(addendum, content)
        _write(addendum, after)
        db.session.add(
            DeadlineExtension(
                addendum_id=addendum.id,
                previous=previous,
                deadline=addendum.deadline,
                reason=reason,
                by_id=by.user_id,
                at=now,
            )
        )
        published = make_public(addendum, content, reason=reason, by=by, now=now)
        note_edit(
            addendum,
            by,
            now,
            "addendum.deadline_extended",
            previous=_iso(previous),
            deadline=_iso(addendum.deadline),
            shifted=shift,
            number=published.number,
        )


def _extended(addendum: Addendum, content: Draft, last_accepted: datetime, shift: bool, seen: int) -> Dates:
    """The dates with a later deadline. The steps after it must still follow it; told at the new date, which
    is what can change."""
    if seen != addendum.version or addendum.deadline is None:
        raise DomainError("call_changed_meanwhile")
    check_extension(addendum.deadline, exclusive_deadline(last_accepted))
    after = _later(content.dates, last_accepted, shift)
    if any(problem.code == "out_of_order" for problem in problems(after.timeline())):
        raise DomainError("extended_past_next_step", field="deadline")
    return after


def _later(dates: Dates, last_accepted: datetime, shift: bool) -> Dates:
    """Days are counted between the last minutes that are accepted: those are the days that people read."""
    after = replace(dates, deadline=last_accepted)
    if not shift or dates.deadline is None:
        return after
    days = last_accepted.date() - dates.deadline.date()
    return replace(
        after,
        written_from=_moved(dates.written_from, days),
        written_until=_moved(dates.written_until, days),
        windows=tuple(replace(one, day=one.day + days) for one in dates.windows),
        decision_before=_moved(dates.decision_before, days),
    )


def _moved(day: date | None, days: timedelta) -> date | None:
    return day + days if day else None


def _write(addendum: Addendum, after: Dates) -> None:
    """Into the rows that are there: a pitch window that moves stays the same one."""
    addendum.deadline = after.deadline and exclusive_deadline(after.deadline)
    addendum.written_from, addendum.written_until = after.written_from, after.written_until
    addendum.decision_before = after.decision_before
    for row, window in zip(addendum.pitch_windows, after.windows, strict=True):
        row.day = window.day


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

"""Publishing a draft, and moving its deadline later afterwards."""

from datetime import datetime, timedelta

from app.addenda.drafts import load_addendum, read_draft, stored_dates
from app.addenda.editing import editable, note_edit
from app.addenda.finding import reindex
from app.addenda.models import Addendum, DeadlineExtension
from app.addenda.policy import check_publication
from app.addenda.queries import load_call
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.timeline import check_extension, exclusive_deadline, local_day, problems
from app.infra.database import db, transaction

AMEND = "addendum.amend_and_extend_deadline"


def publish(addendum_id: int, *, seen: int, by: Actor) -> None:
    """Freeze the draft and make it public from its launch on. `seen` is the version that was confirmed;
    `publication_blocked` when the checklist is not done."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        if seen != addendum.version:
            raise DomainError("call_changed_meanwhile")
        check_publication(read_draft(addendum), now)
        addendum.published_at = now
        note_edit(
            addendum,
            by,
            now,
            "addendum.published",
            launch=str(addendum.launch),
            deadline=_iso(addendum.deadline),
        )
        reindex(addendum.id)


def extend_deadline(
    addendum_id: int, last_accepted: datetime, *, reason: str, shift: bool, seen: int, by: Actor
) -> None:
    """Move the deadline of an open call later, in public and with a reason. `shift` moves every date after
    it by as many days. Raises `deadline_only_later` and `extended_past_next_step`."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, AMEND, call.subject(), call.phase))
        addendum = load_addendum(addendum_id)
        if seen != addendum.version or addendum.deadline is None:
            raise DomainError("call_changed_meanwhile")
        previous, wanted = addendum.deadline, exclusive_deadline(last_accepted)
        check_extension(previous, wanted)
        addendum.deadline = wanted
        if shift:
            _shift(addendum, local_day(wanted) - local_day(previous))
        _check_order(addendum)
        db.session.add(
            DeadlineExtension(
                addendum_id=addendum.id,
                previous=previous,
                deadline=wanted,
                reason=reason,
                by_id=by.user_id,
                at=now,
            )
        )
        note_edit(
            addendum,
            by,
            now,
            "addendum.deadline_extended",
            previous=_iso(previous),
            deadline=_iso(wanted),
            shifted=shift,
        )


def _shift(addendum: Addendum, days: timedelta) -> None:
    for name in ("written_from", "written_until", "decision_before"):
        day = getattr(addendum, name)
        setattr(addendum, name, day + days if day else None)
    for window in addendum.pitch_windows:
        window.day += days


def _check_order(addendum: Addendum) -> None:
    """The steps after the deadline must still follow it; told at the new date, which is what can change."""
    for problem in problems(stored_dates(addendum).timeline()):
        if problem.code == "out_of_order":
            raise DomainError("extended_past_next_step", field="deadline")


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

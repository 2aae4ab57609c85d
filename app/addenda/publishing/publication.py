"""Publishing a draft, and moving its deadline later afterwards."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.addenda.amending.models import AddendumVersion
from app.addenda.amending.services import keep_first_version, make_public, write_version
from app.addenda.drafting.drafts import load_addendum, read_draft, stored_dates
from app.addenda.drafting.editing import AMEND, EDIT, editable, note_edit
from app.addenda.finding import reindex
from app.addenda.models import Addendum, DeadlineExtension
from app.addenda.publishing.policy import check_publication
from app.addenda.publishing.second_person import check_second_person, forget_request
from app.addenda.queries import load_call
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.timeline import Phase, check_extension, exclusive_deadline, local_day, problems
from app.infra.database import db, transaction


def publish(addendum_id: int, *, seen: int, by: Actor) -> None:
    """Freeze the draft and make it public from its launch on. `seen` is the version that was confirmed;
    `publication_blocked` when the checklist is not done. Where the region wants two people, another
    regisseur asked for it."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        if seen != addendum.version:
            raise DomainError("call_changed_meanwhile")
        content = read_draft(addendum)
        check_publication(content, now)
        check_second_person(addendum, by)
        addendum.published_at = now
        write_version(addendum, content, at=now, by=by)
        note_edit(
            addendum,
            by,
            now,
            "addendum.published",
            launch=str(addendum.launch),
            deadline=_iso(addendum.deadline),
        )
        reindex(addendum.id)


def withdraw_planned(addendum_id: int, *, seen: int, by: Actor) -> None:
    """Make a published call a draft again before its launch: nobody else has read it yet.

    Raises `call_is_not_planned` once the launch was reached, or when it was not published.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, EDIT, call.subject(), call.phase))
        addendum = load_addendum(addendum_id)
        if addendum.published_at is None or call.phase is not Phase.DRAFT:
            raise DomainError("call_is_not_planned")
        if seen != addendum.version:
            raise DomainError("call_changed_meanwhile")
        addendum.published_at = None
        forget_request(addendum)
        db.session.execute(delete(AddendumVersion).where(AddendumVersion.addendum_id == addendum_id))
        note_edit(addendum, by, now, "addendum.publication_withdrawn")
        reindex(addendum.id)


def extend_deadline(
    addendum_id: int, last_accepted: datetime, *, reason: str, shift: bool, seen: int, by: Actor
) -> None:
    """Move the deadline of an open call later, in public and with a reason: a version like any other, of
    which everybody is told. `shift` moves every date after it by as many days. Raises `deadline_only_later`
    and `extended_past_next_step`."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, AMEND, call.subject(), call.phase))
        addendum = load_addendum(addendum_id)
        if seen != addendum.version or addendum.deadline is None:
            raise DomainError("call_changed_meanwhile")
        previous, wanted = addendum.deadline, exclusive_deadline(last_accepted)
        check_extension(previous, wanted)
        content = read_draft(addendum)
        keep_first_version(addendum, content)
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
        published = make_public(addendum, content, reason=reason, by=by, now=now)
        note_edit(
            addendum,
            by,
            now,
            "addendum.deadline_extended",
            previous=_iso(previous),
            deadline=_iso(wanted),
            shifted=shift,
            number=published.number,
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

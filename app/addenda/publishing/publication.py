"""Publishing a draft, and taking that back before its launch."""

from datetime import datetime

from sqlalchemy import delete

from app.addenda.amending.models import AddendumVersion
from app.addenda.amending.services import write_version
from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.drafting.editing import EDIT, editable, note_edit
from app.addenda.finding import reindex
from app.addenda.publishing.policy import check_publication
from app.addenda.publishing.second_person import check_second_person, forget_request
from app.addenda.queries import load_call
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.timeline import Phase
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


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

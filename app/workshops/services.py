"""What the regisseur does with a session as a whole: make, open, pause a topic, close."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.addenda.drafting.editing import EDIT
from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound
from app.infra.database import db, transaction
from app.workshops.models import Workshop
from app.workshops.policy import MOST_SESSIONS, clean_text, new_code
from app.workshops.queries import is_topic


def require_draft(addendum_id: int, by: Actor, now: datetime) -> None:
    """Only for who may write in the call, and only while it is a draft."""
    call = load_call(addendum_id, now)
    require(may(by, EDIT, call.subject(), call.phase))
    if call.facts.published_at is not None:
        raise DomainError("call_is_published")


def own_workshop(addendum_id: int, workshop_id: int, by: Actor, now: datetime) -> Workshop:
    """The row, for who may change it; NotFound when it belongs to another call."""
    require_draft(addendum_id, by, now)
    workshop = db.session.get(Workshop, workshop_id)
    if workshop is None or workshop.addendum_id != addendum_id:
        raise NotFound("workshop")
    return workshop


def note_act(workshop: Workshop, by: Actor, now: datetime, action: str, **facts: Any) -> None:
    """A line in the log, without what anybody wrote."""
    record(
        action,
        actor_id=by.user_id,
        subject=f"workshop:{workshop.id}",
        at=now,
        service_area_id=load_call(workshop.addendum_id, now).service_area_id,
        addendum_id=workshop.addendum_id,
        **facts,
    )


def create(addendum_id: int, title: str, held_on: str, *, by: Actor) -> int:
    """A planned session with a code of its own; its id."""
    with transaction() as now:
        require_draft(addendum_id, by, now)
        if not (title := clean_text(title)):
            raise DomainError("workshop_title_missing", field="title")
        count = db.session.scalar(select(func.count()).where(Workshop.addendum_id == addendum_id)) or 0
        if count >= MOST_SESSIONS:
            raise DomainError("workshop_too_many", most=MOST_SESSIONS)
        workshop = Workshop(
            addendum_id=addendum_id,
            title=title,
            held_on=clean_text(held_on),
            code=_free_code(),
            created_by_id=by.user_id,
            created_at=now,
        )
        db.session.add(workshop)
        db.session.flush()
        note_act(workshop, by, now, "workshop.created")
        return workshop.id


def _free_code() -> str:
    while True:
        code = new_code()
        if db.session.scalar(select(Workshop.id).where(Workshop.code == code)) is None:
            return code


def open_session(addendum_id: int, workshop_id: int, *, by: Actor) -> None:
    """From now on the code works, also after it was closed before. Opening twice is opening once."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        if workshop.opened_at is not None and workshop.closed_at is None:
            return
        workshop.opened_at, workshop.closed_at = now, None
        note_act(workshop, by, now, "workshop.opened")


def close_session(addendum_id: int, workshop_id: int, *, by: Actor) -> None:
    """No notes any more; all that was written stays."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        if workshop.opened_at is None or workshop.closed_at is not None:
            return
        workshop.closed_at = now
        note_act(workshop, by, now, "workshop.closed")


def pause_topic(addendum_id: int, workshop_id: int, topic: int, paused: bool, *, by: Actor) -> None:
    """Take no notes about one challenge for now, or take them again."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        if not is_topic(addendum_id, topic):
            raise NotFound("challenge")
        wanted = set(workshop.paused_topics) | {topic} if paused else set(workshop.paused_topics) - {topic}
        if wanted == set(workshop.paused_topics):
            return
        workshop.paused_topics = sorted(wanted)
        note_act(workshop, by, now, "workshop.topic_paused" if paused else "workshop.topic_resumed")

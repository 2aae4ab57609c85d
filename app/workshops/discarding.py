"""A session goes with the draft it was held for."""

from sqlalchemy import delete, func, select, update

from app.addenda.publishing.discarding import Attached, attach
from app.infra.database import db
from app.workshops.models import Note, NoteGroup, Participant, Workshop


def count_notes(addendum_id: int) -> int:
    """Every note of every session of this draft, also the hidden and the withdrawn ones."""
    notes = (
        select(func.count())
        .select_from(Note)
        .join(NoteGroup, NoteGroup.id == Note.group_id)
        .join(Workshop, Workshop.id == NoteGroup.workshop_id)
        .where(Workshop.addendum_id == addendum_id)
    )
    return db.session.scalar(notes) or 0


def remove_sessions(addendum_id: int) -> None:
    """Inside the transaction of the act."""
    sessions = select(Workshop.id).where(Workshop.addendum_id == addendum_id)
    groups = select(NoteGroup.id).where(NoteGroup.workshop_id.in_(sessions))
    db.session.execute(delete(Note).where(Note.group_id.in_(groups)))
    db.session.execute(
        update(NoteGroup).where(NoteGroup.workshop_id.in_(sessions)).values(merged_into_id=None)
    )
    db.session.execute(delete(NoteGroup).where(NoteGroup.workshop_id.in_(sessions)))
    db.session.execute(delete(Participant).where(Participant.workshop_id.in_(sessions)))
    db.session.execute(delete(Workshop).where(Workshop.addendum_id == addendum_id))


attach(Attached(("workshop",), count_notes, remove_sessions))

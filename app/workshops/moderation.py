"""Bringing order in the notes: merge, split, move, name, hide. Each step can be undone."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound
from app.infra.database import db, transaction
from app.workshops.models import Note, NoteGroup, Workshop
from app.workshops.policy import clean_text
from app.workshops.queries import is_topic, standing
from app.workshops.room import reword_without
from app.workshops.services import note_act, own_workshop

WORDING_LENGTH = 500  # what an obstacle holds


def own_group(workshop: Workshop, group_id: int) -> NoteGroup:
    """NotFound for a group of another session."""
    group = db.session.get(NoteGroup, group_id)
    if group is None or group.workshop_id != workshop.id:
        raise NotFound("group")
    return group


def _own_note(workshop: Workshop, note_id: int) -> tuple[Note, NoteGroup]:
    note = db.session.get(Note, note_id)
    if note is None:
        raise NotFound("note")
    return note, own_group(workshop, note.group_id)


def merge(addendum_id: int, workshop_id: int, group_ids: Collection[int], *, by: Actor) -> int:
    """Bring groups of one topic together in the largest of them (a taken one before all); its id. No note
    moves, so taking apart gives back what there was."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        groups = [own_group(workshop, one) for one in sorted(set(group_ids))]
        groups = [one for one in groups if one.merged_into_id is None]  # a double click merged them already
        if len(groups) < 2:
            raise DomainError("workshop_merge_two")
        if len({one.challenge_id for one in groups}) > 1:
            raise DomainError("workshop_merge_topic")
        if sum(one.taken_as != "" for one in groups) > 1:
            raise DomainError("workshop_merge_taken")
        sizes = _sizes(workshop.id)
        into = max(groups, key=lambda one: (one.taken_as != "", sizes.get(one.id, 0), -one.id))
        others = [one for one in groups if one is not into]
        for one in others:
            one.merged_into_id = into.id
        note_act(workshop, by, now, "workshop.groups_merged", into=into.id, groups=[one.id for one in others])
        return into.id


def _sizes(workshop_id: int) -> dict[int, int]:
    rows = db.session.execute(
        select(NoteGroup.id, func.count(Note.id))
        .join(Note, Note.group_id == NoteGroup.id)
        .where(NoteGroup.workshop_id == workshop_id, *standing())
        .group_by(NoteGroup.id)
    )
    return {group_id: count for group_id, count in rows}


def take_apart(addendum_id: int, workshop_id: int, group_id: int, *, by: Actor) -> int | None:
    """Undo a merge: this group stands on its own again. The id of the group it was in."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        group = own_group(workshop, group_id)
        into, group.merged_into_id = group.merged_into_id, None
        if into is not None:
            note_act(workshop, by, now, "workshop.groups_unmerged", group=group.id, was_in=into)
        return into


def split_note(addendum_id: int, workshop_id: int, note_id: int, *, by: Actor) -> int:
    """A note in a group of its own; the id of that group. Merging brings it back."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        note, group = _own_note(workshop, note_id)
        if _is_alone(note, group):
            raise DomainError("workshop_split_alone")
        reword_without(group, note)
        own = NoteGroup(
            workshop_id=workshop.id, challenge_id=group.challenge_id, text=note.text, created_at=now
        )
        db.session.add(own)
        db.session.flush()
        note.group_id, note.agrees = own.id, False
        note_act(workshop, by, now, "workshop.note_split", note=note.id, group=own.id)
        return own.id


def _is_alone(note: Note, group: NoteGroup) -> bool:
    if group.merged_into_id is not None:
        return False
    family = select(NoteGroup.id).where((NoteGroup.id == group.id) | (NoteGroup.merged_into_id == group.id))
    others = select(Note.id).where(Note.group_id.in_(family), Note.id != note.id, Note.withdrawn_at.is_(None))
    return db.session.scalar(others.limit(1)) is None


def move(addendum_id: int, workshop_id: int, group_id: int, topic: int, *, by: Actor) -> None:
    """To another challenge, with all that was merged into it."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        group = own_group(workshop, group_id)
        if not is_topic(addendum_id, topic):
            raise NotFound("challenge")
        if group.taken_as:
            raise DomainError("workshop_move_taken")
        for one in [group, *_below(group)]:
            one.challenge_id = topic or None
        note_act(workshop, by, now, "workshop.group_moved", group=group.id, challenge=topic)


def _below(group: NoteGroup) -> list[NoteGroup]:
    """What was merged into a group, and into that."""
    found: list[NoteGroup] = []
    level = [group.id]
    while level:
        rows = db.session.scalars(select(NoteGroup).where(NoteGroup.merged_into_id.in_(level))).all()
        found += rows
        level = [one.id for one in rows]
    return found


def reword(addendum_id: int, workshop_id: int, group_id: int, text: str, *, by: Actor) -> None:
    """How a group is called, and taken over; the notes keep their own words."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        group = own_group(workshop, group_id)
        if not (text := clean_text(text)):
            raise DomainError("workshop_wording_empty", field="text")
        if len(text) > WORDING_LENGTH:
            raise DomainError("workshop_wording_long", field="text", most=WORDING_LENGTH)
        if text != group.text:
            group.text = text
            note_act(workshop, by, now, "workshop.group_reworded", group=group.id)


def hide_note(addendum_id: int, workshop_id: int, note_id: int, hidden: bool, *, by: Actor) -> int:
    """Take an unsuitable note from every page but this one, or bring it back; the id of its group. The note
    itself is kept."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        note, group = _own_note(workshop, note_id)
        if hidden is (note.hidden_at is not None):
            return group.id
        _set_hidden(note, group, now if hidden else None)
        note_act(workshop, by, now, "workshop.note_hidden" if hidden else "workshop.note_shown", note=note.id)
        return group.id


def _set_hidden(note: Note, group: NoteGroup, at: datetime | None) -> None:
    note.hidden_at = at
    if at is not None:
        reword_without(group, note)

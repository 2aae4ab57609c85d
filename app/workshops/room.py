"""What people in the room do, without an account: join, write, agree, withdraw.

A note is grouped inside its own transaction. Writes happen one after another, so the work between the lock
and the commit is kept to a handful of small statements (see bench/workshop.py).
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from app.accounts.throttle import note_miss, refuse_after_misses
from app.domain.errors import DomainError, NotFound
from app.domain.note_groups import best_group
from app.infra.database import db, transaction
from app.workshops.models import Note, NoteGroup, Participant
from app.workshops.policy import (
    MINUTE,
    MOST_NOTES,
    MOST_PARTICIPANTS,
    NAME_LENGTH,
    NOTE_LENGTH,
    NOTES_PER_MINUTE,
    WRONG_CODES,
    State,
    clean_code,
    clean_text,
    note_key,
)
from app.workshops.queries import Session, in_topic, is_topic, session_by_code, standing, top_of

MISS = "workshop-code"
SPEAKERS = 4  # notes of a group that a new note is compared with


@dataclass(frozen=True)
class Person:
    """Who is at the phone, in this session."""

    id: int
    name: str


def _digest(session: Session, device: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"workshop:{session.id}:{device}".encode(), hashlib.sha256).hexdigest()


def person_of(session: Session, device: str | None) -> Person | None:
    """The participant with this key in the cookie, if this phone joined."""
    if not device:
        return None
    row = db.session.execute(
        select(Participant.id, Participant.name).where(Participant.key == _digest(session, device))
    ).first()
    return Person(row.id, row.name) if row else None


def join(typed: str, device: str, name: str, *, address: str | None) -> Session:
    """Take part in the session with this code. A wrong code counts for the network it comes from."""
    with transaction() as now:
        refuse_after_misses(MISS, address, WRONG_CODES, now)
        session = session_by_code(clean_code(typed))
        if session is None:
            note_miss(MISS, address, now)
        else:
            _take_a_seat(session, device, clean_text(name)[:NAME_LENGTH], now)
    if session is None:
        raise DomainError("workshop_code_unknown", field="code")
    return session


def _take_a_seat(session: Session, device: str, name: str, now: datetime) -> None:
    known = db.session.scalar(select(Participant).where(Participant.key == _digest(session, device)))
    if known is not None:
        known.name = name or known.name
        return
    _require_open(session)
    count = db.session.scalar(select(func.count()).where(Participant.workshop_id == session.id)) or 0
    if count >= MOST_PARTICIPANTS:
        raise DomainError("workshop_full")
    db.session.add(
        Participant(workshop_id=session.id, key=_digest(session, device), name=name, joined_at=now)
    )


def _require_open(session: Session) -> None:
    if session.state is State.CLOSED:
        raise DomainError("workshop_closed")
    if session.state is State.PLANNED:
        raise DomainError("workshop_not_open")


def _here(code: str, device: str | None) -> tuple[Session, Person]:
    """Who may write in this session. An unknown code is answered like one of a session not joined."""
    session = session_by_code(clean_code(code))
    person = person_of(session, device) if session else None
    if session is None or person is None:
        raise DomainError("workshop_join_first")
    return session, person


def add_note(code: str, device: str | None, topic: int, typed: str, client_key: str) -> int:
    """Keep a note and put it in its group; its id. The same key with the same words is the same note, also
    when the session was closed since: what was accepted once is not refused later."""
    text = clean_text(typed)
    with transaction() as now:
        session, person = _here(code, device)
        key = note_key(client_key, text)
        sent = db.session.scalar(
            select(Note.id).where(Note.participant_id == person.id, Note.client_key == key)
        )
        if sent is not None:
            return sent
        _require_open(session)
        _check_topic(session, topic)
        _check_text(text)
        _check_pace(person, now)
        group_id = _group_for(session, topic, text)
        if group_id is None:
            group = NoteGroup(workshop_id=session.id, challenge_id=topic or None, text=text, created_at=now)
            db.session.add(group)
            db.session.flush()
            group_id = group.id
        return _add(
            Note(group_id=group_id, participant_id=person.id, client_key=key, text=text, added_at=now)
        )


def _add(note: Note) -> int:
    db.session.add(note)
    db.session.flush()
    return note.id


def _check_topic(session: Session, topic: int) -> None:
    if not is_topic(session.addendum_id, topic):
        raise NotFound("challenge")
    if topic in session.paused:
        raise DomainError("workshop_topic_paused")


def _check_text(text: str) -> None:
    if not text:
        raise DomainError("workshop_note_empty", field="text")
    if len(text) > NOTE_LENGTH:
        raise DomainError("workshop_note_long", field="text", most=NOTE_LENGTH, count=len(text))


def _check_pace(person: Person, now: datetime) -> None:
    """Per participant, not per address: a hall shares one."""
    recent, all_of_them = db.session.execute(
        select(func.count().filter(Note.added_at > now - MINUTE), func.count()).where(
            Note.participant_id == person.id
        )
    ).one()
    if all_of_them >= MOST_NOTES:
        raise DomainError("workshop_too_much", most=MOST_NOTES)
    if recent >= NOTES_PER_MINUTE:
        raise DomainError("workshop_too_fast")


def _group_for(session: Session, topic: int, text: str) -> int | None:
    """The group whose notes say the same, in this challenge only. Of each group the first few notes speak for
    all: what a note costs stays small when hundreds say the same."""
    place = func.row_number().over(partition_by=Note.group_id, order_by=Note.id).label("place")
    notes = (
        select(Note.id, Note.group_id, Note.text, place)
        .join(NoteGroup, NoteGroup.id == Note.group_id)
        .where(NoteGroup.workshop_id == session.id, in_topic(topic), *standing(), ~Note.agrees)
        .subquery()
    )
    first = select(notes.c.group_id, notes.c.text).where(notes.c.place <= SPEAKERS).order_by(notes.c.id)
    return best_group(text, [(row.group_id, row.text) for row in db.session.execute(first)])


def agree(code: str, device: str | None, group_id: int) -> int:
    """ "That goes for me too", once per person and group; the topic of the group. Who is in the group already
    is not counted twice."""
    with transaction() as now:
        session, person = _here(code, device)
        group = db.session.get(NoteGroup, group_id)
        if group is None or group.workshop_id != session.id:
            raise NotFound("group")
        topic = group.challenge_id or 0
        group_id = _top(session, group_id)
        if _is_in(session, person, group_id):
            return topic
        _require_open(session)
        _check_topic(session, topic)
        _check_pace(person, now)
        _agree(group_id, person, group.text, now)
        return topic


def _agree(group_id: int, person: Person, text: str, now: datetime) -> None:
    key = f"agrees:{group_id}"
    before = db.session.scalar(select(Note).where(Note.participant_id == person.id, Note.client_key == key))
    if before is not None:  # withdrawn before
        before.withdrawn_at, before.group_id = None, group_id
        return
    _add(
        Note(
            group_id=group_id,
            participant_id=person.id,
            client_key=key,
            text=text,
            agrees=True,
            added_at=now,
        )
    )


def _above(session: Session) -> dict[int, int | None]:
    rows: Any = db.session.execute(
        select(NoteGroup.id, NoteGroup.merged_into_id).where(NoteGroup.workshop_id == session.id)
    )
    return {row.id: row.merged_into_id for row in rows}


def _top(session: Session, group_id: int) -> int:
    return top_of(group_id, _above(session))


def _is_in(session: Session, person: Person, group_id: int) -> bool:
    above = _above(session)
    own = db.session.scalars(
        select(Note.group_id).where(Note.participant_id == person.id, Note.withdrawn_at.is_(None))
    )
    return any(top_of(one, above) == group_id for one in own)


def withdraw(code: str, device: str | None, note_id: int) -> int:
    """Take an own note back; the topic it was about. It is no longer counted or shown, also once closed."""
    with transaction() as now:
        _, person = _here(code, device)
        note = db.session.get(Note, note_id)
        if note is None or note.participant_id != person.id:
            raise NotFound("note")
        note.withdrawn_at = note.withdrawn_at or now
        group = db.session.get_one(NoteGroup, note.group_id)
        reword_without(group, note)
        return group.challenge_id or 0


def reword_without(group: NoteGroup, gone: Note) -> None:
    """A group does not go on under words that were taken away, when somebody else's words can name it."""
    if group.text != gone.text or gone.agrees:
        return
    other = db.session.scalar(
        select(Note.text)
        .where(Note.group_id == group.id, Note.id != gone.id, *standing(), ~Note.agrees)
        .order_by(Note.id)
        .limit(1)
    )
    group.text = other or group.text


@dataclass(frozen=True)
class OwnNote:
    id: int
    group_id: int
    text: str
    agrees: bool
    hidden: bool


def own_notes(session: Session, person: Person, topic: int) -> tuple[list[OwnNote], bool]:
    """What this person wrote about a topic and did not withdraw, newest first; and whether anything was
    written at all, which opens what others wrote."""
    rows = db.session.execute(
        select(Note.id, Note.group_id, Note.text, Note.agrees, Note.hidden_at, Note.withdrawn_at)
        .join(NoteGroup, NoteGroup.id == Note.group_id)
        .where(NoteGroup.workshop_id == session.id, in_topic(topic), Note.participant_id == person.id)
        .order_by(Note.id.desc())
    ).all()
    notes = [
        OwnNote(row.id, row.group_id, row.text, row.agrees, row.hidden_at is not None)
        for row in rows
        if row.withdrawn_at is None
    ]
    return notes, bool(rows)


def all_own_notes(session: Session, person: Person) -> dict[int, list[OwnNote]]:
    """topic -> what this person wrote in the whole session and did not withdraw, oldest first."""
    rows = db.session.execute(
        select(NoteGroup.challenge_id, Note.id, Note.group_id, Note.text, Note.agrees, Note.hidden_at)
        .join(NoteGroup, NoteGroup.id == Note.group_id)
        .where(NoteGroup.workshop_id == session.id, Note.participant_id == person.id)
        .where(Note.withdrawn_at.is_(None))
        .order_by(Note.id)
    )
    found: dict[int, list[OwnNote]] = {}
    for row in rows:
        note = OwnNote(row.id, row.group_id, row.text, row.agrees, row.hidden_at is not None)
        found.setdefault(row.challenge_id or 0, []).append(note)
    return found


def count_own(session: Session, person: Person) -> dict[int, int]:
    """topic -> how many notes of this person stand there."""
    rows: Any = db.session.execute(
        select(NoteGroup.challenge_id, func.count())
        .join(Note, Note.group_id == NoteGroup.id)
        .where(NoteGroup.workshop_id == session.id, Note.participant_id == person.id)
        .where(Note.withdrawn_at.is_(None))
        .group_by(NoteGroup.challenge_id)
    )
    return {topic or 0: count for topic, count in rows}

"""Reading sessions: where one stands, what it is about, and its notes in their groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.addenda.models import Addendum, Challenge, Obstacle, Persona, challenge_persona
from app.domain.errors import NotFound
from app.infra.database import db
from app.infra.formats import enumeration
from app.workshops.models import Note, NoteGroup, Participant, Workshop
from app.workshops.policy import GENERAL, State, state_of


@dataclass(frozen=True)
class Session:
    """One session; `service_area_id` and `call_title` are those of its call."""

    id: int
    addendum_id: int
    service_area_id: int
    call_title: str
    title: str
    held_on: str
    code: str
    paused: frozenset[int]
    opened_at: datetime | None
    closed_at: datetime | None
    state: State


@dataclass(frozen=True)
class Topic:
    """A challenge, or the general topic with id 0: what notes are about."""

    id: int
    number: int
    name: str
    introduction: str = ""
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteRow:
    id: int
    group_id: int
    participant_id: int
    name: str
    text: str
    agrees: bool
    hidden: bool


@dataclass(frozen=True)
class Group:
    """A group with what was merged into it. `people` counts each person once; `notes` holds those that were
    not withdrawn, hidden ones included; `merged` are (id, wording) of the groups that came in."""

    id: int
    topic: int
    text: str
    people: int
    notes: tuple[NoteRow, ...]
    merged: tuple[tuple[int, str], ...]
    taken_as: str
    taken_at: datetime | None

    @property
    def written(self) -> list[NoteRow]:
        """What people wrote themselves, and is not hidden."""
        return [note for note in self.notes if not note.agrees and not note.hidden]


@dataclass(frozen=True)
class Tally:
    participants: int
    notes: int


_COLUMNS = (
    Workshop.id,
    Workshop.addendum_id,
    Addendum.service_area_id,
    Addendum.title.label("call_title"),
    Addendum.published_at,
    Workshop.title,
    Workshop.held_on,
    Workshop.code,
    Workshop.paused_topics,
    Workshop.opened_at,
    Workshop.closed_at,
)


def _sessions(*conditions: Any) -> list[Session]:
    rows = db.session.execute(
        select(*_COLUMNS)
        .join(Addendum, Addendum.id == Workshop.addendum_id)
        .where(*conditions)
        .order_by(Workshop.id.desc())
    )
    return [_session(row) for row in rows]


def _session(row: Any) -> Session:
    values = row._asdict()
    published, paused = values.pop("published_at"), values.pop("paused_topics")
    return Session(
        **values, paused=frozenset(paused), state=state_of(row.opened_at, row.closed_at, published)
    )


def session_by_code(code: str) -> Session | None:
    """The session with this (clean) code."""
    return next(iter(_sessions(Workshop.code == code)), None) if code else None


def load_session(addendum_id: int, workshop_id: int) -> Session:
    """A session of this call; NotFound for one of another."""
    found = _sessions(Workshop.id == workshop_id, Workshop.addendum_id == addendum_id)
    if not found:
        raise NotFound("workshop")
    return found[0]


def sessions_of(addendum_id: int) -> list[tuple[Session, Tally]]:
    """All sessions of a call with their figures, newest first. Three queries."""
    found = _sessions(Workshop.addendum_id == addendum_id)
    ids = [one.id for one in found]
    return [(one, tally) for one, tally in zip(found, _tallies(ids), strict=True)]


def tally_of(workshop_id: int) -> Tally:
    return _tallies([workshop_id])[0]


def _tallies(ids: list[int]) -> list[Tally]:
    """How many joined, and how many notes stand (a "me too" is not one)."""
    people: dict[int, int] = dict(
        db.session.execute(
            select(Participant.workshop_id, func.count())
            .where(Participant.workshop_id.in_(ids))
            .group_by(Participant.workshop_id)
        ).all()  # type: ignore[arg-type]
    )
    notes: dict[int, int] = dict(
        db.session.execute(
            select(NoteGroup.workshop_id, func.count())
            .join(Note, Note.group_id == NoteGroup.id)
            .where(NoteGroup.workshop_id.in_(ids), *standing(), ~Note.agrees)
            .group_by(NoteGroup.workshop_id)
        ).all()  # type: ignore[arg-type]
    )
    return [Tally(people.get(one, 0), notes.get(one, 0)) for one in ids]


def standing() -> tuple[Any, Any]:
    """The conditions for a note that counts."""
    return Note.withdrawn_at.is_(None), Note.hidden_at.is_(None)


def topics_of(addendum_id: int) -> list[Topic]:
    """The challenges of a call in order, then the general topic. Three queries."""
    rows = db.session.execute(
        select(Challenge.id, Challenge.number, Challenge.introduction)
        .where(Challenge.addendum_id == addendum_id)
        .order_by(Challenge.number)
    ).all()
    names = _texts(
        select(challenge_persona.c.challenge_id, Persona.name)
        .join(Persona, Persona.id == challenge_persona.c.persona_id)
        .where(Persona.addendum_id == addendum_id)
        .order_by(Persona.position)
    )
    obstacles = _texts(
        select(Obstacle.challenge_id, Obstacle.label)
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Challenge.addendum_id == addendum_id)
        .order_by(Obstacle.position)
    )
    found = [
        Topic(
            row.id,
            row.number,
            enumeration(names.get(row.id, [])) or f"Uitdaging {row.number}",
            row.introduction,
            tuple(obstacles.get(row.id, [])),
        )
        for row in rows
    ]
    return [*found, Topic(GENERAL, 0, "Algemeen")]


def _texts(statement: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for key, text in db.session.execute(statement):
        found.setdefault(key, []).append(text)
    return found


def is_topic(addendum_id: int, topic: int) -> bool:
    """Whether notes of a session of this call can be about it."""
    return topic == GENERAL or (
        db.session.scalar(
            select(Challenge.id).where(Challenge.id == topic, Challenge.addendum_id == addendum_id)
        )
        is not None
    )


def in_topic(topic: int) -> Any:
    """The condition on NoteGroup for one topic."""
    return NoteGroup.challenge_id == topic if topic else NoteGroup.challenge_id.is_(None)


def groups_of(workshop_id: int, *conditions: Any, empty: bool = False) -> list[Group]:
    """The groups of a session that meet the conditions on NoteGroup, those of most people first; without
    those from which every note was withdrawn, unless `empty`. Two queries whatever their number."""
    rows = db.session.execute(
        select(
            NoteGroup.id,
            NoteGroup.challenge_id,
            NoteGroup.text,
            NoteGroup.merged_into_id,
            NoteGroup.taken_as,
            NoteGroup.taken_at,
        )
        .where(NoteGroup.workshop_id == workshop_id, *conditions)
        .order_by(NoteGroup.id)
    ).all()
    above = {row.id: row.merged_into_id for row in rows}
    notes: dict[int, list[NoteRow]] = {}
    for note in _notes(workshop_id, *conditions):
        notes.setdefault(top_of(note.group_id, above), []).append(note)
    merged: dict[int, list[tuple[int, str]]] = {}
    for row in rows:
        if row.merged_into_id is not None:
            merged.setdefault(top_of(row.id, above), []).append((row.id, row.text))
    found = [
        _group(row, notes.get(row.id, []), merged.get(row.id, [])) for row in rows if not row.merged_into_id
    ]
    shown = [one for one in found if one.notes or one.taken_as or empty]
    return sorted(shown, key=lambda one: (-one.people, -len(one.notes), one.id))


def one_group(workshop_id: int, group_id: int) -> Group:
    """A group of this session, or the one that it was merged into, also when nothing stands in it."""
    rows = db.session.execute(
        select(NoteGroup.id, NoteGroup.merged_into_id).where(NoteGroup.workshop_id == workshop_id)
    )
    above = {row.id: row.merged_into_id for row in rows}
    top = top_of(group_id, above)
    family = [one for one in above if top_of(one, above) == top]
    found = groups_of(workshop_id, NoteGroup.id.in_(family), empty=True) if family else []
    if not found:
        raise NotFound("group")
    return found[0]


def top_of(group_id: int, above: dict[int, int | None]) -> int:
    """The group that a merged group ended up in."""
    while (into := above.get(group_id)) is not None:
        group_id = into
    return group_id


def _notes(workshop_id: int, *conditions: Any) -> Iterable[NoteRow]:
    rows = db.session.execute(
        select(
            Note.id,
            Note.group_id,
            Note.participant_id,
            Participant.name,
            Note.text,
            Note.agrees,
            Note.hidden_at,
        )
        .join(NoteGroup, NoteGroup.id == Note.group_id)
        .join(Participant, Participant.id == Note.participant_id)
        .where(NoteGroup.workshop_id == workshop_id, Note.withdrawn_at.is_(None), *conditions)
        .order_by(Note.id)
    )
    for row in rows:
        yield NoteRow(
            row.id,
            row.group_id,
            row.participant_id,
            row.name,
            row.text,
            row.agrees,
            row.hidden_at is not None,
        )


def _group(row: Any, notes: list[NoteRow], merged: list[tuple[int, str]]) -> Group:
    people = len({note.participant_id for note in notes if not note.hidden})
    return Group(
        row.id,
        row.challenge_id or GENERAL,
        row.text,
        people,
        tuple(notes),
        tuple(merged),
        row.taken_as,
        row.taken_at,
    )

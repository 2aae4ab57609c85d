"""Sixty phones write ten notes each at the same moment, and not one is lost.

gunicorn as it runs for real, with two workers, on the database of the tests: an SQLite file, or PostgreSQL
when PARTNERWIJZER_TEST_DATABASE_URL is set. Nothing is timed here; `make load-workshop` does that.
"""

from collections import Counter

from flask import Flask
from sqlalchemy import select

from app.infra.database import db
from app.workshops.models import Note, NoteGroup, Participant
from app.workshops.queries import groups_of
from bench.workshop import Phone, Server, all_at_once, collected, open_workshop, text_of

PHONES, NOTES = 60, 10


def test_sixty_phones_at_once_lose_no_note(app: Flask, database_url: str) -> None:
    workshop_id, code, topics = open_workshop()
    with Server(database_url) as server:
        phones = [Phone(server.port, code, number) for number in range(PHONES)]
        all_at_once(phones, "join")
        collected(phones)
        all_at_once(phones, "write", topics, NOTES)  # every third phone sends each note twice
        answers = collected(phones).statuses
    assert set(answers) <= {0, 200}, answers

    rows = db.session.execute(
        select(Participant.name, Note.text, NoteGroup.challenge_id)
        .join(NoteGroup, NoteGroup.id == Note.group_id)
        .join(Participant, Participant.id == Note.participant_id)
        .where(NoteGroup.workshop_id == workshop_id)
    ).all()
    wanted = Counter(
        (f"Telefoon {phone}", text_of(phone, number), topics[(phone + number) % len(topics)] or None)
        for phone in range(PHONES)
        for number in range(NOTES)
    )
    assert Counter(tuple(row) for row in rows) == wanted

    groups = groups_of(workshop_id)
    in_groups = Counter(note.id for group in groups for note in group.notes)
    assert len(in_groups) == PHONES * NOTES and set(in_groups.values()) == {1}
    assert len(groups) < PHONES * NOTES / 2, "what says the same was not brought together"

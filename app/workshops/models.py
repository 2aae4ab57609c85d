"""A session with outside partners: who joined, what they wrote, and how it was brought together."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class Workshop(db.Model):  # type: ignore[name-defined]
    """One session for one draft. `code` is what people type or scan; it works while the session is open.
    `paused_topics` are the challenges that take no notes for now (0 is the general topic)."""

    __tablename__ = "workshop"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    held_on: Mapped[str] = mapped_column(String(100), default="")
    code: Mapped[str] = mapped_column(String(12), unique=True)
    paused_topics: Mapped[list[int]] = mapped_column(JSON, default=list)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="opened_before_closed"),
    )


class Participant(db.Model):  # type: ignore[name-defined]
    """A phone in the room, known by a digest of the key in its cookie and the session, so that nobody can be
    followed from one session to another; the name is what the person chose to tell."""

    __tablename__ = "workshop_participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    joined_at: Mapped[datetime]


class NoteGroup(db.Model):  # type: ignore[name-defined]
    """Notes that say the same, under one wording.

    Merging sets `merged_into_id` and moves no note, so it can be undone. `taken_as` is what the group became
    ("challenge" is an obstacle of its challenge), `taken_row_id` and `taken_text` the row as it was then.
    """

    __tablename__ = "workshop_note_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    challenge_id: Mapped[int | None] = mapped_column(
        ForeignKey("challenge.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(String(1000))
    created_at: Mapped[datetime]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("workshop_note_group.id"))
    taken_as: Mapped[str] = mapped_column(String(20), default="")
    taken_at: Mapped[datetime | None]
    taken_row_id: Mapped[int | None]
    taken_text: Mapped[str] = mapped_column(String(1000), default="")

    __table_args__ = (
        CheckConstraint(
            "taken_as IN ('', 'recurring', 'attention', 'obstacle', 'profile', 'challenge')",
            name="taken_as_known",
        ),
        CheckConstraint("(taken_as = '') = (taken_at IS NULL)", name="taken_once"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged_into_another"),
    )


class Note(db.Model):  # type: ignore[name-defined]
    """What one person wrote, or with `agrees` that it is so for this person too. `client_key` makes sending
    it twice the same note. Withdrawn by who wrote it, or hidden by the regisseur, it stays in the table."""

    __tablename__ = "workshop_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("workshop_note_group.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("workshop_participant.id"))
    client_key: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(String(1000))
    agrees: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("participant_id", "client_key", name="uq_workshop_note_once"),)

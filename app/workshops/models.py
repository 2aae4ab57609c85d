"""A session with outside partners: who joined, what they wrote, and how it was brought together."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class Workshop(db.Model):  # type: ignore[name-defined]
    """One session for one draft. `code` is what people type or scan; it works while the session is open."""

    __tablename__ = "workshop"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="opened_before_closed"),
    )


class Participant(db.Model):  # type: ignore[name-defined]
    """A phone in the room, known by a key in its cookie; the name is what the person chose to tell."""

    __tablename__ = "workshop_participant"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    joined_at: Mapped[datetime]


class NoteGroup(db.Model):  # type: ignore[name-defined]
    """Notes that say the same. `taken_as` is the kind of finding it became, `taken_at` when."""

    __tablename__ = "workshop_note_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    challenge_id: Mapped[int | None] = mapped_column(
        ForeignKey("challenge.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(String(1000))
    created_at: Mapped[datetime]
    taken_as: Mapped[str] = mapped_column(String(20), default="")
    taken_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(
            "taken_as IN ('', 'recurring', 'attention', 'obstacle', 'profile')", name="taken_as_known"
        ),
        CheckConstraint("(taken_as = '') = (taken_at IS NULL)", name="taken_once"),
    )


class Note(db.Model):  # type: ignore[name-defined]
    """What one person wrote. `client_key` makes sending it twice the same note."""

    __tablename__ = "workshop_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("workshop_note_group.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("workshop_participant.id"))
    client_key: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(String(1000))
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("participant_id", "client_key", name="uq_workshop_note_once"),)

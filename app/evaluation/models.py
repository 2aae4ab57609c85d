"""The jury: seats, conflicts, score sheets, pitches, consensus."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.infra.database import db


class JurySeat(db.Model):  # type: ignore[name-defined]
    __tablename__ = "jury_seat"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    chair: Mapped[bool] = mapped_column(default=False)
    seat: Mapped[str] = mapped_column(String(20))
    affiliation: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("addendum_id", "user_id", name="uq_jury_seat_person"),
        CheckConstraint("seat IN ('vdab', 'local_authority', 'independent')", name="seat_known"),
        Index(
            "uq_jury_seat_one_chair",
            "addendum_id",
            unique=True,
            sqlite_where=text("chair"),
            postgresql_where=text("chair"),
        ),
    )


class ConflictDeclaration(db.Model):  # type: ignore[name-defined]
    """What a juror says about one applicant: free, or in conflict with a kind. The latest word counts."""

    __tablename__ = "conflict_declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    in_conflict: Mapped[bool]
    kind: Mapped[str] = mapped_column(String(30), default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    declared_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("addendum_id", "juror_id", "organisation_id", name="uq_conflict_declaration_pair"),
        CheckConstraint("NOT in_conflict OR kind <> ''", name="conflict_has_kind"),
        Index(
            "ix_conflict_declaration_conflicts",
            "addendum_id",
            "juror_id",
            "organisation_id",
            sqlite_where=text("in_conflict"),
            postgresql_where=text("in_conflict"),
        ),
    )


class ScoreSheet(db.Model):  # type: ignore[name-defined]
    """One juror on one proposal in one round. `submitted_at` set: the sheet is in."""

    __tablename__ = "score_sheet"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    round: Mapped[str] = mapped_column(String(10))
    remark_applicant: Mapped[str] = mapped_column(Text, default="")
    remark_internal: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    scores: Mapped[list["Score"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        UniqueConstraint("proposal_id", "juror_id", "round", name="uq_score_sheet_one"),
        CheckConstraint("round IN ('written', 'pitch')", name="round_known"),
        Index("ix_score_sheet_call_round", "addendum_id", "round"),
        Index("ix_score_sheet_juror", "juror_id", "addendum_id"),
    )


class Score(db.Model):  # type: ignore[name-defined]
    """A published level with its reason; the foreign key admits no other level."""

    __tablename__ = "score"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    level: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(default=False, server_default=false())
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("level IS NULL OR NOT not_applicable", name="applies_or_not"),
        ForeignKeyConstraint(
            ["criterion_id", "level"],
            ["criterion_level.criterion_id", "criterion_level.value"],
            name="fk_score_published_level",
        ),
    )


class SheetVersion(db.Model):  # type: ignore[name-defined]
    """A sheet as it was: at every handing in and taking back, and now and then while it was written.
    `content`: {"levels": {criterion: level or "na"}, "reasons": {criterion: text}, "remark_applicant",
    "remark_internal"}, criterion ids as text."""

    __tablename__ = "score_sheet_version"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("score_sheet.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("kind IN ('saved', 'submitted', 'reopened')", name="kind_known"),)


class Shortlisting(db.Model):  # type: ignore[name-defined]
    """A proposal invited to pitch."""

    __tablename__ = "shortlisting"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")


class PitchSlot(db.Model):  # type: ignore[name-defined]
    """When one proposal is heard; no two at the same time in one window."""

    __tablename__ = "pitch_slot"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    pitch_window_id: Mapped[int] = mapped_column(ForeignKey("pitch_window.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    room: Mapped[str] = mapped_column(String(120), default="", server_default="")

    __table_args__ = (
        UniqueConstraint("addendum_id", "starts_at", name="uq_pitch_slot_start"),
        CheckConstraint("starts_at < ends_at", name="starts_before_end"),
    )


class Consensus(db.Model):  # type: ignore[name-defined]
    """The jury's common level for one criterion of one proposal; individual scores stay as they are."""

    __tablename__ = "consensus"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    level: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    present: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")  # user ids of jurors

    __table_args__ = (
        ForeignKeyConstraint(
            ["criterion_id", "level"],
            ["criterion_level.criterion_id", "criterion_level.value"],
            name="fk_consensus_published_level",
        ),
    )

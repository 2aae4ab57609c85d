"""Proposals: what is being written, what was handed in, and the opening of the seal."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.addenda.models import ServiceType
from app.infra.database import db
from app.infra.filecolumns import FileColumns
from app.infra.vault import EncryptedJson, EncryptedText

proposal_service_type = Table(
    "proposal_service_type",
    db.metadata,
    Column("proposal_id", ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True),
    Column("service_type_id", ForeignKey("service_type.id"), primary_key=True),
)


class Proposal(db.Model):  # type: ignore[name-defined]
    """The working copy (kandidatuur) of one organisation for one call. What counts is its Submission."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    summary: Mapped[str] = mapped_column(EncryptedText("proposal.summary"), default="")
    expectations: Mapped[dict[str, Any]] = mapped_column(EncryptedJson("proposal.expectations"), default=dict)
    capacity_fte: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    cost_estimate: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    coordinator: Mapped[bool] = mapped_column(default=False)
    references: Mapped[str] = mapped_column(
        "references_text", EncryptedText("proposal.references_text"), default=""
    )
    truthful: Mapped[bool] = mapped_column(default=False)
    no_client_data: Mapped[bool] = mapped_column(default=False)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    service_types: Mapped[list[ServiceType]] = relationship(
        secondary=proposal_service_type, order_by=ServiceType.position
    )
    answers: Mapped[list["Answer"]] = relationship(cascade="all, delete-orphan")

    __table_args__ = (
        UniqueConstraint("addendum_id", "organisation_id", name="uq_proposal_one_per_organisation"),
        CheckConstraint("capacity_fte IS NULL OR capacity_fte >= 0", name="capacity_positive"),
        CheckConstraint("cost_estimate IS NULL OR cost_estimate >= 0", name="cost_positive"),
    )


class Answer(db.Model):  # type: ignore[name-defined]
    """What the organisation would do about one obstacle. `call_version` is the version of the call that
    whoever began it had before them: a later amendment of the obstacle touches this answer."""

    __tablename__ = "answer"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacle.id"), primary_key=True)
    approach: Mapped[str] = mapped_column(EncryptedText("answer.approach"), default="")
    expertise: Mapped[str] = mapped_column(EncryptedText("answer.expertise"), default="")
    reach: Mapped[str] = mapped_column(EncryptedText("answer.reach"), default="")
    version: Mapped[int] = mapped_column(default=1)
    call_version: Mapped[int] = mapped_column(default=1, server_default="1")


class SectionSave(db.Model):  # type: ignore[name-defined]
    """When somebody last saved something in a section (0: the general part, else the challenge): for the
    colleague who has the same section open."""

    __tablename__ = "section_save"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    section: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    at: Mapped[datetime]


class CallKey(db.Model):  # type: ignore[name-defined]
    """The key of what is handed in for one call, wrapped by the installation's key (`sealing`)."""

    __tablename__ = "call_key"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Attachment(FileColumns, db.Model):  # type: ignore[name-defined]
    """A file beside a proposal. Its bytes lie encrypted in the storage under `object_key` and never change;
    `sha256` is of the file itself. One that was removed stays as long as a submission carries it."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    name: Mapped[str] = mapped_column(EncryptedText("attachment.name"))
    removed_at: Mapped[datetime | None]


class Submission(db.Model):  # type: ignore[name-defined]
    """What was handed in, frozen and encrypted under the key of the call: only `sealing` reads it.

    `sealed_content` holds the exact text (canonical JSON) whose SHA-256 the receipt carries,
    `sealed_statement` what the receipt states, signed with `signature`; `commitment` is its SHA-256, also in
    entry `entry_seq` of the log (all four are None for what was handed in before receipts were signed).
    The one that stands has neither `superseded_at` nor `withdrawn_at`; `refused_at` when it was found not to
    be admissible, and then it takes no further part. `destroyed_at`: its content was destroyed after the term
    (certificate `destroyed_in`); what lies in its place has the same shape and says so."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    receipt_number: Mapped[str] = mapped_column(String(30), unique=True)
    revision: Mapped[int]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    sealed_content: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_statement: Mapped[bytes | None] = mapped_column(LargeBinary)
    commitment: Mapped[str | None] = mapped_column(String(64), unique=True)
    signature: Mapped[str | None] = mapped_column(String(128))
    entry_seq: Mapped[int | None]
    content_sha256: Mapped[str] = mapped_column(String(64))
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    superseded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    destroyed_at: Mapped[datetime | None]
    destroyed_in: Mapped[int | None]
    withdrawal_reason: Mapped[str] = mapped_column(EncryptedText("submission.withdrawal_reason"), default="")

    __table_args__ = (
        UniqueConstraint("proposal_id", "revision", name="uq_submission_revision"),
        Index(
            "uq_submission_standing",
            "proposal_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL AND withdrawn_at IS NULL"),
        ),
        CheckConstraint("length(content_sha256) = 64", name="sha256_length"),
    )


class SubmittedFile(db.Model):  # type: ignore[name-defined]
    """A file that belongs to what was handed in, in the order of the list."""

    __tablename__ = "submitted_file"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True, index=True)
    position: Mapped[int]


class Reminder(db.Model):  # type: ignore[name-defined]
    """The mail so many hours before a deadline went out; another deadline is another reminder."""

    __tablename__ = "reminder"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    deadline: Mapped[datetime] = mapped_column(primary_key=True)
    hours: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]


class Claim(db.Model):  # type: ignore[name-defined]
    """An obstacle that a submission says it takes up (for coverage, without reading its text). Written at
    the opening: before, even that is sealed."""

    __tablename__ = "claim"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacle.id"), primary_key=True, index=True)


class Opening(db.Model):  # type: ignore[name-defined]
    """The seal, broken by two people; complete when the second has signed. The names are those at signing:
    the report of the opening does not change with an account."""

    __tablename__ = "opening"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), primary_key=True)
    first_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    first_at: Mapped[datetime]
    first_name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    second_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    second_at: Mapped[datetime | None]
    second_name: Mapped[str] = mapped_column(String(120), default="", server_default="")

    __table_args__ = (
        CheckConstraint("second_by_id IS NULL OR second_by_id <> first_by_id", name="two_people"),
    )


class AmendmentConfirmation(db.Model):  # type: ignore[name-defined]
    """The applicant read a change to the call that touches this proposal, and stands by it."""

    __tablename__ = "amendment_confirmation"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    addendum_version_id: Mapped[int] = mapped_column(ForeignKey("addendum_version.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

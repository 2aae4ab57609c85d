"""What a call asks formally, and how that went for each proposal."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db
from app.infra.filecolumns import FileColumns
from app.infra.vault import EncryptedJson, EncryptedText


class Requirement(db.Model):  # type: ignore[name-defined]
    """One thing that must formally be in order for a call; `number` is its place, from 1. Frozen at
    publication. `kind` is one of `domain.admissibility.Kind`."""

    __tablename__ = "formal_requirement"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(300))
    explanation: Mapped[str] = mapped_column(String(1000), default="")

    __table_args__ = (
        UniqueConstraint("addendum_id", "number", name="uq_formal_requirement_number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(
            "kind IN ('in_time', 'declared', 'enterprise_number', 'region', 'document', 'other', 'quality')",
            name="kind_known",
        ),
    )


class Examination(db.Model):  # type: ignore[name-defined]
    """The formal check of one proposal. `version` goes up with every act of the region or the applicant:
    who acts on an older page is told."""

    __tablename__ = "admissibility_examination"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    version: Mapped[int] = mapped_column(default=0)


class Check(db.Model):  # type: ignore[name-defined]
    """What a person of the region found for one requirement."""

    __tablename__ = "admissibility_check"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("formal_requirement.id"), primary_key=True)
    outcome: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(EncryptedText("admissibility_check.note"), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("outcome IN ('met', 'missing', 'not_applicable')", name="outcome_known"),
    )


class CompletionRequest(db.Model):  # type: ignore[name-defined]
    """The question to complete missing items; `until` is the exclusive end of its term."""

    __tablename__ = "completion_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    message: Mapped[str] = mapped_column(EncryptedText("completion_request.message"), default="")
    until: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]


class TermExtension(db.Model):  # type: ignore[name-defined]
    """More time for one applicant, and why."""

    __tablename__ = "completion_extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("completion_request.id"), index=True)
    before: Mapped[datetime] = mapped_column("until_before")
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(EncryptedText("completion_extension.reason"))
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("until > until_before", name="later"),)


class CompletionItem(db.Model):  # type: ignore[name-defined]
    """One asked item with what the applicant answered: a short text, a file, or both."""

    __tablename__ = "completion_item"

    request_id: Mapped[int] = mapped_column(ForeignKey("completion_request.id"), primary_key=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("formal_requirement.id"), primary_key=True)
    text: Mapped[str] = mapped_column(EncryptedText("completion_item.text"), default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class CompletionFile(FileColumns, db.Model):  # type: ignore[name-defined]
    """A file that completes an asked item. Its bytes lie encrypted in the storage under `object_key`; one
    that was replaced stays, with `removed_at`."""

    __tablename__ = "completion_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("completion_request.id"), index=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("formal_requirement.id"))
    name: Mapped[str] = mapped_column(EncryptedText("completion_file.name"))
    removed_at: Mapped[datetime | None]


_IN_FORCE = "dropped_at IS NULL AND revoked_at IS NULL"


class Refusal(db.Model):  # type: ignore[name-defined]
    """That a proposal is not admissible: proposed by one person, confirmed by another. `letter` is what the
    letter said when it left. Dropped before it was confirmed, or revoked afterwards, again by two."""

    __tablename__ = "admissibility_refusal"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    legal_basis: Mapped[str] = mapped_column(EncryptedText("admissibility_refusal.legal_basis"))
    appeal_routes: Mapped[str] = mapped_column(EncryptedText("admissibility_refusal.appeal_routes"))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    letter: Mapped[dict[str, Any]] = mapped_column(
        EncryptedJson("admissibility_refusal.letter"), default=dict
    )
    revocation_reason: Mapped[str] = mapped_column(
        EncryptedText("admissibility_refusal.revocation_reason"), default=""
    )
    revocation_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    revocation_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("confirmed_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("revoked_by_id <> revocation_by_id", name="two_people_revoke"),
        CheckConstraint("(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", name="confirmed_whole"),
        Index(
            "uq_admissibility_refusal_in_force",
            "proposal_id",
            unique=True,
            sqlite_where=text(_IN_FORCE),
            postgresql_where=text(_IN_FORCE),
        ),
    )


class RefusalReason(db.Model):  # type: ignore[name-defined]
    """Why one missing item stands in the way, in words."""

    __tablename__ = "admissibility_reason"

    refusal_id: Mapped[int] = mapped_column(ForeignKey("admissibility_refusal.id"), primary_key=True)
    requirement_id: Mapped[int] = mapped_column(ForeignKey("formal_requirement.id"), primary_key=True)
    text: Mapped[str] = mapped_column(EncryptedText("admissibility_reason.text"))

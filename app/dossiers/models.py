"""What is confidential in a dossier, how long records are kept, and their destruction."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class DossierMark(db.Model):  # type: ignore[name-defined]
    """How one part of a dossier appears in its public version, where that differs from its kind's own rule.

    `part` is its path in the archive without extension ("kandidaturen/12/bijlagen/3")."""

    __tablename__ = "dossier_mark"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(120), primary_key=True)
    mark: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("mark IN ('open', 'blackened', 'left_out')", name="mark_known"),
        CheckConstraint("length(reason) > 0", name="has_reason"),
    )


class DossierCopy(db.Model):  # type: ignore[name-defined]
    """That somebody took the dossier, which version of it, and the SHA-256 of its manifest."""

    __tablename__ = "dossier_copy"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    version: Mapped[str] = mapped_column(String(10))
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("version IN ('full', 'public')", name="version_known"),)


class RetentionTerm(db.Model):  # type: ignore[name-defined]
    """How many years a region keeps one class of records; without a row the class's own term holds."""

    __tablename__ = "retention_term"

    service_area_id: Mapped[int] = mapped_column(ForeignKey("service_area.id"), primary_key=True)
    record_class: Mapped[str] = mapped_column(String(30), primary_key=True)
    years: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("years BETWEEN 0 AND 100", name="years_in_range"),)


class Destruction(db.Model):  # type: ignore[name-defined]
    """Records of a call that were proposed for destruction, approved by another, and destroyed.

    `certificate` is canonical JSON: what (ids, counts and hashes, no content), on which ground, by whom,
    when. It stays for good."""

    __tablename__ = "destruction"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    classes: Mapped[list[str]] = mapped_column(JSON)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    approved_at: Mapped[datetime | None]
    certificate: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("approved_at IS NULL OR dropped_at IS NULL", name="one_ending"),
        CheckConstraint("(approved_at IS NULL) = (certificate IS NULL)", name="leaves_a_certificate"),
        CheckConstraint("length(reason) > 0", name="has_reason"),
    )

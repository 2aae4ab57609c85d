"""The log: append-only, each entry bound to the one before by its hash."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class AuditEntry(db.Model):  # type: ignore[name-defined]
    """One act. Ids only, no names: removing a person's data later leaves the chain valid.

    `sealed` entries tell what an applicant did before the opening; nobody else may read them until then.
    """

    __tablename__ = "audit_entry"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None]
    service_area_id: Mapped[int | None]
    addendum_id: Mapped[int | None]
    organisation_id: Mapped[int | None]
    subject: Mapped[str] = mapped_column(String(60))
    sealed: Mapped[bool] = mapped_column(default=False)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    previous_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)

    __table_args__ = (
        Index("ix_audit_entry_service_area_id", "service_area_id", "seq"),
        Index("ix_audit_entry_addendum_id", "addendum_id", "seq"),
    )


class Head(db.Model):  # type: ignore[name-defined]
    """A signed root over the entries after the previous head's `last_seq`, up to its own.

    Number, moment, root and signature are public; `last_seq` and `blind` are not: they tell how much was
    logged. `previous` is the SHA-256 of the public line of the head before.
    """

    __tablename__ = "audit_head"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    last_seq: Mapped[int]
    blind: Mapped[str] = mapped_column(String(64))
    root: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128))

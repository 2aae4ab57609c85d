"""Organisations, their colleagues and their offers."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    false,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.infra.database import db
from app.infra.filecolumns import FileColumns
from app.infra.vault import EncryptedText
from app.regions.models import Municipality

organisation_municipality = Table(
    "organisation_municipality",
    db.metadata,
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("municipality_id", ForeignKey("municipality.id"), primary_key=True),
)


class Organisation(db.Model):  # type: ignore[name-defined]
    """Who may apply. `enterprise_number` is ten digits without dots (KBO).

    `merged_into_id` set: this turned out to be another row's organisation. It is closed, its colleagues are
    those of the one that stays, and only proposals that were handed in under its name still point to it
    (docs/decisions/0013-organisaties-samenvoegen.md). Always one step: never merged into a merged one."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_number: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    legal_form: Mapped[str] = mapped_column(String(60), default="")
    local_authority: Mapped[bool] = mapped_column(default=False)
    street: Mapped[str] = mapped_column(String(200), default="")
    postal_code: Mapped[str] = mapped_column(String(10), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    target_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    life_domains: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    # Whether other organisations may see name and offers as a possible partner; asked, never assumed.
    findable: Mapped[bool] = mapped_column(default=False, server_default=false())
    version: Mapped[int] = mapped_column(default=1)
    # Moves with every write of one of its offers: who keeps a reading of them knows what to read again.
    offers_version: Mapped[int] = mapped_column(default=0, server_default="0")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    merged_at: Mapped[datetime | None]
    municipalities: Mapped[list[Municipality]] = relationship(
        secondary=organisation_municipality, order_by=Municipality.name
    )
    offers: Mapped[list["Offer"]] = relationship(order_by="Offer.position", cascade="all, delete-orphan")

    __table_args__ = (
        CheckConstraint("length(enterprise_number) = 10", name="enterprise_number_length"),
        CheckConstraint("merged_into_id IS NULL OR merged_into_id <> id", name="merged_into_another"),
    )


class Offer(db.Model):  # type: ignore[name-defined]
    """Something the organisation can do for people; capacity in full-time equivalents."""

    __tablename__ = "offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    life_domains: Mapped[list[str]] = mapped_column(JSON, default=list)
    capacity_fte: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))

    __table_args__ = (CheckConstraint("capacity_fte IS NULL OR capacity_fte >= 0", name="capacity_positive"),)


@event.listens_for(Offer, "after_insert")
@event.listens_for(Offer, "after_update")
@event.listens_for(Offer, "after_delete")
def _offers_changed(_mapper: Any, connection: Connection, offer: Offer) -> None:
    """Here and not in each service: a write that forgets it would leave old matches standing."""
    moved = update(Organisation).where(Organisation.id == offer.organisation_id)
    connection.execute(moved.values(offers_version=Organisation.offers_version + 1))


class Reference(db.Model):  # type: ignore[name-defined]
    """Earlier work the organisation can point to. `period` is a year or a period in words; `contact` is
    where somebody can ask about it, and no person needs to be named. The id is drawn by lot."""

    __tablename__ = "organisation_reference"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    period: Mapped[str] = mapped_column(String(60), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)


class KeptDocument(FileColumns, db.Model):  # type: ignore[name-defined]
    """A file kept for reuse (statutes, an annual report). Its bytes lie encrypted in the storage under
    `object_key`, under a `key` of its own (hexadecimal); `sha256` is of the file itself. The id is drawn
    by lot."""

    __tablename__ = "organisation_document"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    label: Mapped[str] = mapped_column(EncryptedText("organisation_document.label"))
    name: Mapped[str] = mapped_column(EncryptedText("organisation_document.name"))
    key: Mapped[str] = mapped_column(EncryptedText("organisation_document.key"))


class JoinRequest(db.Model):  # type: ignore[name-defined]
    """Somebody who says to belong to the organisation; an owner answers. The id is drawn by lot."""

    __tablename__ = "join_request"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    accepted: Mapped[bool | None]


class MergeProposal(db.Model):  # type: ignore[name-defined]
    """An administrator proposes that `gone` becomes part of `kept`; an owner of each agrees or refuses. What
    it comes to follows from the facts (`agreeing.state`). The id is drawn by lot."""

    __tablename__ = "merge_proposal"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kept_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    kept_agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    kept_agreed_at: Mapped[datetime | None]
    gone_agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    gone_agreed_at: Mapped[datetime | None]
    refused_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    refused_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("kept_id <> gone_id", name="two_organisations"),
        CheckConstraint("done_at IS NULL OR refused_at IS NULL", name="one_end"),
    )


class Membership(db.Model):  # type: ignore[name-defined]
    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("user_id", "organisation_id", name="uq_membership_person"),
        CheckConstraint("role IN ('owner', 'member')", name="role_known"),
    )

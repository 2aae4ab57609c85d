"""The partnership that comes out of a call."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class Partnership(db.Model):  # type: ignore[name-defined]
    """`lead_authority` (penhouder) is a local authority; the coordinator is one of the members."""

    __tablename__ = "partnership"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    lead_authority_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    coordinator_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    notice_days: Mapped[int] = mapped_column(default=90)
    formed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    formed_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("starts_on < ends_on", name="starts_before_end"),
        CheckConstraint("notice_days >= 0", name="notice_positive"),
    )


class PartnershipMember(db.Model):  # type: ignore[name-defined]
    __tablename__ = "partnership_member"

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)

"""Who cannot come when, the published versions of the plan, and what happened on the day."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class PitchAbsence(db.Model):  # type: ignore[name-defined]
    """A stretch in which a juror or an applicant cannot come: exactly one of the two."""

    __tablename__ = "pitch_absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"), index=True)
    juror_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("(juror_id IS NULL) <> (proposal_id IS NULL)", name="one_of_two"),
        CheckConstraint("starts_at < ends_at", name="starts_before_end"),
    )


class PitchPlan(db.Model):  # type: ignore[name-defined]
    """A version of the plan as it was told. `content`: {"minutes", "break", "slots": [{"proposal", "starts",
    "ends", "room"}]}, instants as ISO in UTC."""

    __tablename__ = "pitch_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("addendum_id", "number", name="uq_pitch_plan_number"),)


class PitchHearing(db.Model):  # type: ignore[name-defined]
    """A pitch as it went: when it really began and ended, and who was there."""

    __tablename__ = "pitch_hearing"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    applicant_present: Mapped[bool | None]
    present: Mapped[list[int]] = mapped_column(JSON, default=list)  # user ids of jurors in the room
    note: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("ended_at IS NULL OR began_at IS NOT NULL", name="begins_before_end"),)

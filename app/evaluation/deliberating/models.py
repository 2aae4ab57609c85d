"""Reminders that jurors got."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class JurorReminder(db.Model):  # type: ignore[name-defined]
    """That a juror was reminded of sheets that are not in: by a person, or (`by_id` null) by itself."""

    __tablename__ = "juror_reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    round: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("round IN ('written', 'pitch')", name="round_known"),
        Index("ix_juror_reminder_call", "addendum_id", "round", "juror_id"),
    )

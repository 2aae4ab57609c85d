"""Reminders that jurors got."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class JurorReminder(db.Model):  # type: ignore[name-defined]
    """That a juror was reminded of sheets that are not in: by a person, or (`by_id` null) by itself.

    `day` is what makes it one: for a reminder by a person ("hand") the day it was sent, for one by itself
    ("days_3") the last day of the round, so that another last day is another reminder.
    """

    __tablename__ = "juror_reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    round: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("round IN ('written', 'pitch')", name="round_known"),
        UniqueConstraint("addendum_id", "round", "juror_id", "kind", "day", name="uq_juror_reminder_once"),
    )

"""Which juror reads which proposal. Without a plan everybody reads everything."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, true
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class AssignmentPlan(db.Model):  # type: ignore[name-defined]
    """That the proposals of a call were divided: `per_proposal` jurors each, of whom `least` of some kinds of
    seat ({seat: number})."""

    __tablename__ = "assignment_plan"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"), primary_key=True)
    per_proposal: Mapped[int]
    least: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("per_proposal BETWEEN 1 AND 50", name="per_proposal_range"),)


class Assignment(db.Model):  # type: ignore[name-defined]
    """A juror who reads a proposal; `by_hand`: a person decided so, and a new division keeps it. Only then
    `reads` can be false: somebody was taken off and stays off."""

    __tablename__ = "assignment"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"))
    by_hand: Mapped[bool] = mapped_column(default=False)
    reads: Mapped[bool] = mapped_column(default=True, server_default=true())
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_assignment_juror", "addendum_id", "juror_id"),
        CheckConstraint("reads OR by_hand", name="off_by_hand"),
    )


class JurorExpertise(db.Model):  # type: ignore[name-defined]
    """A life domain (key of `domain.life_domains`) that somebody on the jury knows well."""

    __tablename__ = "juror_expertise"

    seat_id: Mapped[int] = mapped_column(ForeignKey("jury_seat.id", ondelete="CASCADE"), primary_key=True)
    life_domain: Mapped[str] = mapped_column(String(40), primary_key=True)

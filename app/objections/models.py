"""Objections (weerwoord) and their rulings; the decision they contest stays as it was."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class Objection(db.Model):  # type: ignore[name-defined]
    __tablename__ = "objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contests: Mapped[str] = mapped_column(Text, default="")
    grounds: Mapped[str] = mapped_column(Text, default="")
    asks: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint(
            "submitted_at IS NULL OR (length(contests) > 0 AND length(grounds) > 0 AND length(asks) > 0)",
            name="submitted_is_complete",
        ),
    )


class Ruling(db.Model):  # type: ignore[name-defined]
    """The answer (uitspraak) to an objection, with reasons; communicated when it is given.

    `selected_after`: upheld, and the organisation is selected after all; the decision row stays as it was.
    """

    __tablename__ = "ruling"

    objection_id: Mapped[int] = mapped_column(ForeignKey("objection.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    given_at: Mapped[datetime]
    selected_after: Mapped[bool] = mapped_column(default=False)
    pdf: Mapped[bytes | None]

    __table_args__ = (
        CheckConstraint("outcome IN ('upheld', 'partly', 'dismissed')", name="outcome_known"),
        CheckConstraint("length(reasons) > 0", name="has_reasons"),
        CheckConstraint("NOT selected_after OR outcome = 'upheld'", name="selected_after_upheld"),
    )


class RulingJudge(db.Model):  # type: ignore[name-defined]
    """Somebody who judged; at least one of them did not score the proposal (`scored` false)."""

    __tablename__ = "ruling_judge"

    objection_id: Mapped[int] = mapped_column(ForeignKey("ruling.objection_id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    scored: Mapped[bool]

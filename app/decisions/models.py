"""Decisions with their reasons, the letters, and what was signed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class Decision(db.Model):  # type: ignore[name-defined]
    """The outcome for one proposal: proposed by one person, confirmed by another, notified to all at once."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), unique=True)
    outcome: Mapped[str] = mapped_column(String(20))
    motivation: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[str] = mapped_column(Text)
    appeal_routes: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    notified_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint(
            "outcome IN ('selected', 'reserve', 'not_selected', 'inadmissible')", name="outcome_known"
        ),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("notified_at IS NULL OR confirmed_at IS NOT NULL", name="notified_is_confirmed"),
        CheckConstraint("length(motivation) > 0", name="has_motivation"),
    )


class Letter(db.Model):  # type: ignore[name-defined]
    """The letter as it was sent."""

    __tablename__ = "letter"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class SignedRanking(db.Model):  # type: ignore[name-defined]
    """Scores, ranking, criteria and rules as they were when the decisions were communicated (JSON text)."""

    __tablename__ = "signed_ranking"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime]

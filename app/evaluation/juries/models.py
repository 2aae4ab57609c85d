"""What the region asks of a jury, and likely conflicts that turned out not to be any."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class JuryRule(db.Model):  # type: ignore[name-defined]
    """How many seats of each kind a jury has at least, and how many in all; 0 asks nothing."""

    __tablename__ = "jury_rule"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"), primary_key=True)
    vdab: Mapped[int] = mapped_column(default=0)
    local_authority: Mapped[int] = mapped_column(default=0)
    independent: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "vdab BETWEEN 0 AND 50 AND local_authority BETWEEN 0 AND 50 "
            "AND independent BETWEEN 0 AND 50 AND total BETWEEN 0 AND 50",
            name="counts_in_range",
        ),
    )


class HintDismissal(db.Model):  # type: ignore[name-defined]
    """A likely conflict that somebody looked at and found to be none, with why. Shown again in later calls
    with the same juror and organisation. `kinds` are the hints that were seen (`HintKind`): one of another
    kind that turns up later has to be looked at again."""

    __tablename__ = "conflict_hint_dismissal"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    kinds: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint(
            "addendum_id", "juror_id", "organisation_id", name="uq_conflict_hint_dismissal_pair"
        ),
        CheckConstraint("reason <> ''", name="reasoned"),
    )

"""What people decided about matching: matches confirmed or rejected, invitations, the team, the thesaurus."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class ThesaurusChange(db.Model):  # type: ignore[name-defined]
    """One edit of one concept on top of the file that the application brings; `id` is the version it made.
    `concept` is the whole concept as in the file, None when it was taken out. The newest row of a concept
    counts; no row is ever changed."""

    __tablename__ = "thesaurus_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    concept_id: Mapped[str] = mapped_column(String(80), index=True)
    concept: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]


class MatchJudgement(db.Model):  # type: ignore[name-defined]
    """What a person says of "this organisation can help with this obstacle": the newest row of a pair counts,
    older ones stay. `need` is the obstacle's label at that moment, folded: it finds the judgement back in
    other calls of the region, and outlives the obstacle. `offer_id` is the offer it was about, if one."""

    __tablename__ = "match_judgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_area_id: Mapped[int] = mapped_column(ForeignKey("service_area.id"), index=True)
    obstacle_id: Mapped[int | None] = mapped_column(
        ForeignKey("obstacle.id", ondelete="SET NULL"), index=True
    )
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id", ondelete="SET NULL"))
    need: Mapped[str] = mapped_column(String(300), index=True)
    verdict: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("verdict IN ('confirmed', 'rejected', 'withdrawn')", name="verdict_known"),
    )


class InvitationText(db.Model):  # type: ignore[name-defined]
    """What an invitation to a call says: one text per call, frozen when the first one left, so that
    everybody who is invited reads the same."""

    __tablename__ = "call_invitation_text"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]


class CallInvitation(db.Model):  # type: ignore[name-defined]
    """An organisation that was pointed at a call, once. `obstacle_ids`: for which obstacles the regisseur
    thought of it; the mail does not tell."""

    __tablename__ = "call_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    obstacle_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("addendum_id", "organisation_id", name="uq_call_invitation_once"),)


class Confirmation(db.Model):  # type: ignore[name-defined]
    """What one juror says of one obstacle in one proposal: really addressed, partly, or not."""

    __tablename__ = "obstacle_confirmation"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacle.id"), primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    degree: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("degree IN ('yes', 'partly', 'no')", name="degree_known"),)


class TextSupport(db.Model):  # type: ignore[name-defined]
    """How sure it is (0..1) that what a submission answers about an obstacle that it takes up, is about that
    obstacle: read once, with the thesaurus of that `version`. Written after the opening."""

    __tablename__ = "text_support"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    obstacle_id: Mapped[int] = mapped_column(ForeignKey("obstacle.id"), primary_key=True)
    score: Mapped[float]
    version: Mapped[str] = mapped_column(String(40))


class TeamChoice(db.Model):  # type: ignore[name-defined]
    """A team that people chose, beside what the composer proposed then; the newest row of a call counts,
    older ones stay. `limits` and `proposed` are as `team compose` takes and prints them."""

    __tablename__ = "team_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    limits: Mapped[dict[str, Any]] = mapped_column(JSON)
    proposed: Mapped[dict[str, Any]] = mapped_column(JSON)
    chosen: Mapped[list[int]] = mapped_column(JSON)
    measured: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("length(reason) > 0", name="reasoned"),)

"""Objections (weerwoord) and their rulings; the decision they contest stays as it was."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db
from app.infra.filecolumns import FileColumns
from app.infra.vault import EncryptedText


class Objection(db.Model):  # type: ignore[name-defined]
    """What an applicant has against one decision. `criteria` are the ids of the criteria it contests, or
    an `Aspect` for what is no criterion; empty is the whole decision.

    `late_at`: the last time somebody tried to file it after the window; the words are kept."""

    __tablename__ = "objection"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    contests: Mapped[str] = mapped_column(Text, default="")
    grounds: Mapped[str] = mapped_column(Text, default="")
    asks: Mapped[str] = mapped_column(Text, default="")
    criteria: Mapped[list[int | str]] = mapped_column(JSON, default=list)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    submitted_at: Mapped[datetime | None]
    late_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint(
            "submitted_at IS NULL OR (length(contests) > 0 AND length(grounds) > 0 AND length(asks) > 0)",
            name="submitted_is_complete",
        ),
    )


class ObjectionFile(FileColumns, db.Model):  # type: ignore[name-defined]
    """A file beside an objection. Its bytes lie encrypted in the storage under `object_key`; one that was
    taken out stays, with `removed_at`."""

    __tablename__ = "objection_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objection.id"), index=True)
    name: Mapped[str] = mapped_column(EncryptedText("objection_file.name"))
    removed_at: Mapped[datetime | None]


class Ruling(db.Model):  # type: ignore[name-defined]
    """The answer (uitspraak) to an objection, with reasons; communicated when it is given. Not admissible is
    one too. The decision it is about stays as it was: an objection that is upheld may lead to a new
    evaluation (`Reassessment`), and that to a new decision."""

    __tablename__ = "ruling"

    objection_id: Mapped[int] = mapped_column(ForeignKey("objection.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    given_at: Mapped[datetime]
    reassess: Mapped[bool] = mapped_column(default=False)
    pdf: Mapped[bytes | None]

    __table_args__ = (
        CheckConstraint("outcome IN ('upheld', 'partly', 'dismissed', 'inadmissible')", name="outcome_known"),
        CheckConstraint("length(reasons) > 0", name="has_reasons"),
        CheckConstraint("NOT reassess OR outcome IN ('upheld', 'partly')", name="reassess_upheld"),
    )


class RulingJudge(db.Model):  # type: ignore[name-defined]
    """Somebody who judged; at least one of them did not score the proposal (`scored` false)."""

    __tablename__ = "ruling_judge"

    objection_id: Mapped[int] = mapped_column(ForeignKey("ruling.objection_id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    scored: Mapped[bool]


class Reassessment(db.Model):  # type: ignore[name-defined]
    """The new evaluation of one proposal after an objection that was upheld: beside the first one, never in
    its place. `round` is what is scored again. It ends with a new decision (`decision_id`), whatever its
    outcome; until that one is notified the objection is not settled."""

    __tablename__ = "reassessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    objection_id: Mapped[int] = mapped_column(ForeignKey("objection.id"), unique=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    round: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    opened_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None]
    conclusion: Mapped[str] = mapped_column(Text, default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint("round IN ('written', 'pitch', 'both')", name="round_known"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        CheckConstraint("length(reason) > 0", name="has_reason"),
    )


class ReassessmentSheet(db.Model):  # type: ignore[name-defined]
    """The sheet of one named juror in a new evaluation; `released_at`: that juror was let go, what they
    wrote stays but does not count."""

    __tablename__ = "reassessment_sheet"

    reassessment_id: Mapped[int] = mapped_column(ForeignKey("reassessment.id"), primary_key=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    remark_applicant: Mapped[str] = mapped_column(Text, default="")
    remark_internal: Mapped[str] = mapped_column(Text, default="")
    updated_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (CheckConstraint("submitted_at IS NULL OR released_at IS NULL", name="in_or_released"),)


class ReassessmentScore(db.Model):  # type: ignore[name-defined]
    """One level with its reason on such a sheet; `not_applicable` has no level."""

    __tablename__ = "reassessment_score"

    reassessment_id: Mapped[int] = mapped_column(primary_key=True)
    juror_id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    level: Mapped[int | None]
    not_applicable: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        ForeignKeyConstraint(
            ["reassessment_id", "juror_id"],
            ["reassessment_sheet.reassessment_id", "reassessment_sheet.juror_id"],
            name="fk_reassessment_score_sheet",
        ),
        CheckConstraint("level IS NULL OR level >= 0", name="level_positive"),
        CheckConstraint("NOT not_applicable OR level IS NULL", name="not_applicable_has_no_level"),
    )

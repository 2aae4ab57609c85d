"""Decisions with their reasons, what was told when, the letters, the answers, and what was signed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class Decision(db.Model):  # type: ignore[name-defined]
    """The outcome for one proposal: proposed by one person, confirmed by another, notified in one act.

    `number` 1 is of the jury's ranking. A later one (a reserve moves up, a new evaluation after an objection)
    has a row of its own, 2, 3, …: what was decided before stays as it was. The last that was notified stands.
    `confirmed_on` is the SHA-256 of what the confirmation rests on (`standing_ground`); when that changes the
    confirmation no longer counts. `notified_at` is the last notice (`DecisionNotice`): from there the
    applicant's days count.
    """

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    cause: Mapped[str] = mapped_column(String(20), default="jury")
    outcome: Mapped[str] = mapped_column(String(20))
    motivation: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[str] = mapped_column(Text)
    appeal_routes: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proposed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_on: Mapped[str | None] = mapped_column(String(64))
    notified_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("proposal_id", "number", name="uq_decision_number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("cause IN ('jury', 'reserve', 'objection', 'other')", name="cause_known"),
        CheckConstraint("(number = 1) = (cause = 'jury')", name="first_is_of_the_jury"),
        CheckConstraint(
            "outcome IN ('selected', 'reserve', 'not_selected', 'inadmissible')", name="outcome_known"
        ),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("notified_at IS NULL OR confirmed_at IS NOT NULL", name="notified_is_confirmed"),
        CheckConstraint("length(motivation) > 0", name="has_motivation"),
    )


class DecisionNotice(db.Model):  # type: ignore[name-defined]
    """One notice of a decision to its applicant. The first is the act for all; another one follows when the
    first did not arrive, and says how and why. The last one counts for the applicant's days."""

    __tablename__ = "decision_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    at: Mapped[datetime]
    way: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    __table_args__ = (CheckConstraint("way IN ('mail', 'registered', 'handed')", name="way_known"),)


class LetterText(db.Model):  # type: ignore[name-defined]
    """What the regisseur made of the letters with one outcome: the words around reasons, basis and routes."""

    __tablename__ = "letter_text"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20), primary_key=True)
    opening: Mapped[str] = mapped_column(Text)
    next_steps: Mapped[str] = mapped_column(Text, default="")
    closing: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        CheckConstraint(
            "outcome IN ('selected', 'reserve', 'not_selected', 'inadmissible')", name="outcome_known"
        ),
        CheckConstraint("length(opening) > 0", name="has_opening"),
    )


class LetterRun(db.Model):  # type: ignore[name-defined]
    """The making of all letters of a call for one local day, by the worker; begun again it goes on."""

    __tablename__ = "letter_run"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), primary_key=True)
    day: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(200))


class PreparedLetter(db.Model):  # type: ignore[name-defined]
    """A letter that may leave, made from data with this SHA-256 (canonical JSON): it fits as long as the
    data is the same."""

    __tablename__ = "prepared_letter"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    data_sha256: Mapped[str] = mapped_column(String(64))
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


class Letter(db.Model):  # type: ignore[name-defined]
    """The letter as it was sent."""

    __tablename__ = "letter"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class Acceptance(db.Model):  # type: ignore[name-defined]
    """What a selected organisation answered: it takes part or it does not."""

    __tablename__ = "acceptance"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    answer: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("answer IN ('accepted', 'declined')", name="answer_known"),)


class AcceptanceTerm(db.Model):  # type: ignore[name-defined]
    """More time to answer, and why; `until` is the first instant that is too late, the latest row counts."""

    __tablename__ = "acceptance_term"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    until: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]


class AcceptanceReminder(db.Model):  # type: ignore[name-defined]
    """That the organisation was reminded on this local day: never twice."""

    __tablename__ = "acceptance_reminder"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class SignedRanking(db.Model):  # type: ignore[name-defined]
    """Scores, ranking, criteria and rules as they were when the decisions were communicated (JSON text)."""

    __tablename__ = "signed_ranking"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime]

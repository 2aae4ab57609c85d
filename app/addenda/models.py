"""A call: its addendum from need to criteria, and the facts from which its phase follows."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.infra.database import db
from app.regions.models import Municipality

addendum_municipality = Table(
    "addendum_municipality",
    db.metadata,
    Column("addendum_id", ForeignKey("addendum.id"), primary_key=True),
    Column("municipality_id", ForeignKey("municipality.id"), primary_key=True),
)
challenge_persona = Table(
    "challenge_persona",
    db.metadata,
    Column("challenge_id", ForeignKey("challenge.id", ondelete="CASCADE"), primary_key=True),
    Column("persona_id", ForeignKey("persona.id", ondelete="CASCADE"), primary_key=True),
)
goal_obstacle = Table(
    "goal_obstacle",
    db.metadata,
    Column("goal_id", ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True),
    Column("obstacle_id", ForeignKey("obstacle.id", ondelete="CASCADE"), primary_key=True),
)


class Addendum(db.Model):  # type: ignore[name-defined]
    """One call of one service area. `deadline` is the first instant that is too late (UTC);
    `questions_until` the last Brussels day on which a question can be asked; `least_reason` how many
    characters the reason of a score has at least."""

    __tablename__ = "addendum"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_area_id: Mapped[int] = mapped_column(ForeignKey("service_area.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    programme: Mapped[str] = mapped_column(String(200), default="")
    ambition: Mapped[str] = mapped_column(Text, default="")
    vision: Mapped[str] = mapped_column(Text, default="")
    mission: Mapped[str] = mapped_column(Text, default="")
    local_input: Mapped[str] = mapped_column(Text, default="")
    launch: Mapped[date | None]
    questions_until: Mapped[date | None]
    deadline: Mapped[datetime | None]
    written_from: Mapped[date | None]
    written_until: Mapped[date | None]
    decision_before: Mapped[date | None]
    objection_days: Mapped[int] = mapped_column(default=14)
    acceptance_days: Mapped[int] = mapped_column(default=14)
    submission_email: Mapped[str] = mapped_column(String(254), default="")
    submission_url: Mapped[str] = mapped_column(String(300), default="")
    minimum_total: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(60))
    written_share: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(50))
    least_reason: Mapped[int] = mapped_column(default=20, server_default="0")
    cost_requested: Mapped[bool] = mapped_column(default=True)
    source_name: Mapped[str] = mapped_column(String(200), default="")
    source_text: Mapped[str] = mapped_column(Text, default="")
    import_report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cloned_from_id: Mapped[int | None] = mapped_column(ForeignKey("addendum.id"))
    publication_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    publication_asked_at: Mapped[datetime | None]
    publication_asked_version: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    municipalities: Mapped[list[Municipality]] = relationship(
        secondary=addendum_municipality, order_by=Municipality.name
    )
    facts: Mapped[list["CallFact"]] = relationship(order_by="CallFact.id")
    pitch_windows: Mapped[list["PitchWindow"]] = relationship(
        order_by="(PitchWindow.day, PitchWindow.start)", cascade="all, delete-orphan"
    )
    contacts: Mapped[list["Contact"]] = relationship(
        order_by="Contact.position", cascade="all, delete-orphan"
    )
    personas: Mapped[list["Persona"]] = relationship(
        order_by="Persona.position", cascade="all, delete-orphan"
    )
    challenges: Mapped[list["Challenge"]] = relationship(
        order_by="Challenge.number", cascade="all, delete-orphan"
    )
    service_types: Mapped[list["ServiceType"]] = relationship(
        order_by="ServiceType.position", cascade="all, delete-orphan"
    )
    findings: Mapped[list["EnrichmentFinding"]] = relationship(
        order_by="(EnrichmentFinding.kind, EnrichmentFinding.position)", cascade="all, delete-orphan"
    )
    criteria: Mapped[list["Criterion"]] = relationship(
        order_by="(Criterion.round, Criterion.position)", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("objection_days BETWEEN 1 AND 90", name="objection_days_range"),
        CheckConstraint("acceptance_days BETWEEN 1 AND 90", name="acceptance_days_range"),
        CheckConstraint("minimum_total BETWEEN 0 AND 100", name="minimum_total_range"),
        CheckConstraint("written_share BETWEEN 0 AND 100", name="written_share_range"),
        CheckConstraint(
            "published_at IS NULL OR (deadline IS NOT NULL AND launch IS NOT NULL)",
            name="published_has_dates",
        ),
    )


class CallFact(db.Model):  # type: ignore[name-defined]
    """Something that happened to a call and moves its phase; never changed, never deleted.

    `subject_id` is the objection for the two objection kinds, the organisation for 'notified', else 0.
    """

    __tablename__ = "call_fact"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "kind IN ('opened', 'written_closed', 'written_reopened', 'pitch_closed', 'pitch_reopened', "
            "'communicated', 'notified', 'objection_filed', 'objection_settled')",
            name="kind_known",
        ),
    )


class DeadlineExtension(db.Model):  # type: ignore[name-defined]
    """A deadline that moved later after publication; the reason is public, as the new date is."""

    __tablename__ = "deadline_extension"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    previous: Mapped[datetime]
    deadline: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]

    __table_args__ = (CheckConstraint("deadline > previous", name="only_later"),)


class PitchWindow(db.Model):  # type: ignore[name-defined]
    """Local times on a local day."""

    __tablename__ = "pitch_window"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    day: Mapped[date]
    start: Mapped[time]
    end: Mapped[time]

    __table_args__ = (CheckConstraint('start < "end"', name="starts_before_end"),)


class Contact(db.Model):  # type: ignore[name-defined]
    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")


class Persona(db.Model):  # type: ignore[name-defined]
    """A fictional person who stands for many. `portrait` is the number of an own illustration (1-8)."""

    __tablename__ = "persona"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(80))
    age: Mapped[int | None]
    occurrence: Mapped[str] = mapped_column(String(200), default="")
    story: Mapped[str] = mapped_column(Text, default="")
    strengths: Mapped[list[str]] = mapped_column(JSON, default=list)
    life_domains: Mapped[list[str]] = mapped_column(JSON, default=list)
    portrait: Mapped[int] = mapped_column(default=1)
    portrait_alt: Mapped[str] = mapped_column(String(300), default="")


class Challenge(db.Model):  # type: ignore[name-defined]
    __tablename__ = "challenge"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    number: Mapped[int]
    introduction: Mapped[str] = mapped_column(Text, default="")
    personas: Mapped[list[Persona]] = relationship(secondary=challenge_persona, order_by=Persona.position)
    obstacles: Mapped[list["Obstacle"]] = relationship(
        order_by="Obstacle.position", cascade="all, delete-orphan"
    )
    goals: Mapped[list["Goal"]] = relationship(order_by="Goal.position", cascade="all, delete-orphan")

    __table_args__ = (UniqueConstraint("addendum_id", "number", name="uq_challenge_number"),)


class Obstacle(db.Model):  # type: ignore[name-defined]
    """Identity is per challenge: the same label elsewhere is another obstacle."""

    __tablename__ = "obstacle"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(500))
    life_domains: Mapped[list[str]] = mapped_column(JSON, default=list)


class Goal(db.Model):  # type: ignore[name-defined]
    __tablename__ = "goal"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenge.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))
    obstacles: Mapped[list[Obstacle]] = relationship(secondary=goal_obstacle, order_by=Obstacle.position)


class ServiceType(db.Model):  # type: ignore[name-defined]
    __tablename__ = "service_type"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))


class EnrichmentFinding(db.Model):  # type: ignore[name-defined]
    """What the enrichment session (verrijkingssessie) added."""

    __tablename__ = "enrichment_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(1000))

    __table_args__ = (
        CheckConstraint("kind IN ('recurring', 'attention', 'obstacle', 'profile')", name="kind_known"),
    )


class Criterion(db.Model):  # type: ignore[name-defined]
    """Frozen at publication. `minimum` null means half of the highest level; `may_be_skipped`: a juror may
    say that it does not apply to a proposal, and then its weight is left out."""

    __tablename__ = "criterion"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    round: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    weight: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    minimum: Mapped[Decimal | None] = mapped_column(Numeric(4, 2))
    may_be_skipped: Mapped[bool] = mapped_column(default=False, server_default=false())
    levels: Mapped[list["CriterionLevel"]] = relationship(
        order_by="CriterionLevel.value", cascade="all, delete-orphan"
    )

    __table_args__ = (
        CheckConstraint("round IN ('written', 'pitch')", name="round_known"),
        CheckConstraint("weight > 0 AND weight <= 100", name="weight_range"),
    )


class CriterionLevel(db.Model):  # type: ignore[name-defined]
    __tablename__ = "criterion_level"

    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), primary_key=True)
    value: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    description: Mapped[str] = mapped_column(Text)

    __table_args__ = (CheckConstraint("value BETWEEN 0 AND 10", name="value_range"),)

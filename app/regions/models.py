"""Service areas (werkingsgebieden), their municipalities, and who is regisseur or observer there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.infra.database import db

service_area_municipality = Table(
    "service_area_municipality",
    db.metadata,
    Column("service_area_id", ForeignKey("service_area.id"), primary_key=True),
    Column("municipality_id", ForeignKey("municipality.id"), primary_key=True),
)


class Municipality(db.Model):  # type: ignore[name-defined]
    """A Flemish municipality; `nis_code` is Statbel's five-digit code."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    nis_code: Mapped[str | None] = mapped_column(String(5), unique=True)
    postal_code: Mapped[str | None] = mapped_column(String(4))


class ServiceArea(db.Model):  # type: ignore[name-defined]
    __tablename__ = "service_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    reference_region: Mapped[str] = mapped_column(String(120), default="")
    publication_by_two: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    municipalities: Mapped[list[Municipality]] = relationship(
        secondary=service_area_municipality, order_by=Municipality.name
    )


class RegionRole(db.Model):  # type: ignore[name-defined]
    __tablename__ = "region_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    service_area_id: Mapped[int] = mapped_column(ForeignKey("service_area.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    granted_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("user_id", "service_area_id", "role", name="uq_region_role_person"),
        CheckConstraint("role IN ('regisseur', 'observer')", name="role_known"),
    )

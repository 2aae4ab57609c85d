"""Criteria that a region keeps to begin a call with."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class CriteriaTemplate(db.Model):  # type: ignore[name-defined]
    """The criteria of one round under a name. `content`: {"criteria": [{"name", "weight", "minimum",
    "may_be_skipped", "levels": [description of 0, 1, …]}]}, amounts as text."""

    __tablename__ = "criteria_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_area_id: Mapped[int] = mapped_column(ForeignKey("service_area.id"))
    round: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("round IN ('written', 'pitch')", name="round_known"),
        Index(
            "uq_criteria_template_name",
            "service_area_id",
            "round",
            "name",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

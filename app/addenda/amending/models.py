"""The versions of a published call, and the one that is being prepared."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class AddendumVersion(db.Model):  # type: ignore[name-defined]
    """What everybody could read from `published_at` on: version 1 is the publication, each amendment
    (erratum) and each extension of the deadline is a later one.

    `snapshot` is the whole content (see `amending.snapshots`), `touched` the ids of what changed:
    {"obstacles": [ids], "parts": ["timeline", …]}.
    """

    __tablename__ = "addendum_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    number: Mapped[int]
    published_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    touched: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    __table_args__ = (
        UniqueConstraint("addendum_id", "number", name="uq_addendum_version_number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("number = 1 OR reason <> ''", name="change_has_reason"),
    )


class Amendment(db.Model):  # type: ignore[name-defined]
    """The amendment being prepared; nobody but the regisseur sees it before it is published.

    `patches` holds the changed sections by "kind:key" (see `sections.Part`), as snapshots hold them.
    """

    __tablename__ = "amendment"

    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), primary_key=True)
    patches: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    started_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    started_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

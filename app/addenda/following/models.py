"""Who wants a mail when something changes in a call."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class Follower(db.Model):  # type: ignore[name-defined]
    """An address that follows a call from `confirmed_at` until `stopped_at`. `key` is what its links
    carry (random, per call and address)."""

    __tablename__ = "follower"

    id: Mapped[int] = mapped_column(primary_key=True)
    addendum_id: Mapped[int] = mapped_column(ForeignKey("addendum.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("addendum_id", "email", name="uq_follower_address"),
        CheckConstraint("length(key) >= 32", name="key_length"),
    )

"""A document on its way to a draft."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class ImportJob(db.Model):  # type: ignore[name-defined]
    """One document that somebody handed over. `addendum_id` is the draft it is read over, if any.

    `key` is one form sent by one person with one content: sending it twice is one job. `data` goes as soon
    as reading it again has no use, and so does `text`, which holds what was pasted until the document is
    read. `stage`, `done` and `total` are what the progress page shows. `heartbeat_at` grows while the reader
    lives: an old one means that it died. `attempt` tells the present reader from one that was given up.
    """

    __tablename__ = "import_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    service_area_id: Mapped[int] = mapped_column(ForeignKey("service_area.id"), index=True)
    addendum_id: Mapped[int | None] = mapped_column(ForeignKey("addendum.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    source_name: Mapped[str] = mapped_column(String(200), default="")
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempt: Mapped[int] = mapped_column(default=1)
    stage: Mapped[str] = mapped_column(String(40), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    created_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'reading', 'read', 'refused')", name="state_known"),
        CheckConstraint("(state = 'refused') = (refusal <> '')", name="refusal_has_reason"),
    )

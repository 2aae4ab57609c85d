"""The outbox: mail that was decided on inside a transaction, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db
from app.infra.vault import EncryptedJson


class OutboxMessage(db.Model):  # type: ignore[name-defined]
    """One mail to one person. `sent_at` is when the mail server (or the folder) accepted it.

    The PDF beside it is either made (`attachment`), or made at delivery from a template and its data, or kept
    elsewhere: `attached_letter` is the decision whose letter goes with it, read at delivery (LETTER_FILES);
    `beside` is {name, text} of a small JSON file that goes with it.
    `claimed_at`: somebody is sending it; left behind when who did died.
    `bounced_at`: it was accepted and came back later (a delivery status notification, or somebody told us).
    `handled_*`: what a person did about one that did not arrive.
    `stop_url` takes the receiver off a list with one click (RFC 8058), for mail that may be stopped."""

    __tablename__ = "outbox_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    addendum_id: Mapped[int | None]
    to_address: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(120), default="")
    subject: Mapped[str] = mapped_column(String(300))
    body_text: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    stop_url: Mapped[str | None] = mapped_column(String(500))
    attachment_name: Mapped[str | None] = mapped_column(String(200))
    attachment: Mapped[bytes | None] = mapped_column(LargeBinary)
    attached_letter: Mapped[int | None]
    document_template: Mapped[str | None] = mapped_column(String(100))
    document_data: Mapped[dict[str, Any]] = mapped_column(
        EncryptedJson("outbox_message.document_data"), default=dict
    )
    beside: Mapped[dict[str, Any]] = mapped_column(EncryptedJson("outbox_message.beside"), default=dict)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    created_at: Mapped[datetime]
    next_attempt_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(Text)
    bounced_at: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[int | None]
    handled_how: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("ix_outbox_message_due", "sent_at", "given_up_at", "next_attempt_at"),
        CheckConstraint("sent_at IS NULL OR given_up_at IS NULL", name="one_ending"),
    )

"""Sending a mail once more that did not arrive: a new message beside the old one, which stays as it was."""

import uuid
from datetime import datetime

from markupsafe import escape

from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.notifications.posting import post
from app.notifications.services import Recipient

_OF_ONE_SENDING = {
    "id",
    "to_address",
    "to_name",
    "body_text",
    "body_html",
    "message_id",
    "created_at",
    "next_attempt_at",
    "claimed_at",
    "attempts",
    "sent_at",
    "given_up_at",
    "last_error",
    "bounced_at",
    "handled_at",
    "handled_by_id",
    "handled_how",
}


def send_once_more(row: OutboxMessage, to: Recipient, at: datetime) -> OutboxMessage:
    """The same text and attachments under a new Message-ID, with the name of who gets it now."""
    kept = {
        one.key: getattr(row, one.key)
        for one in OutboxMessage.__mapper__.column_attrs
        if one.key not in _OF_ONE_SENDING
    }
    before, now = f"Beste {row.to_name.strip()},", f"Beste {to.name.strip()},"
    swap = bool(row.to_name.strip() and to.name.strip())
    domain = row.message_id.rpartition("@")[2]
    again = OutboxMessage(
        **kept,
        to_address=to.email,
        to_name=to.name,
        body_text=row.body_text.replace(before, now, 1) if swap else row.body_text,
        body_html=row.body_html.replace(escape(before), escape(now), 1) if swap else row.body_html,
        message_id=f"<{uuid.uuid4()}@{domain}",
        created_at=at,
        next_attempt_at=at,
    )
    db.session.add(again)
    post.soon()
    return again

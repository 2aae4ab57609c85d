"""Mail that the replay of the past put in the outbox."""

from datetime import datetime, timedelta

from sqlalchemy import update

from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage

STILL_TO_SEND = timedelta(days=2)


def count_old_mail_as_sent(now: datetime) -> None:
    """Mail older than two days counts as sent when it was written; what is younger waits for the worker.

    Without this the first start of the demo would deliver months of mail at once.
    """
    with transaction():
        db.session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.sent_at.is_(None), OutboxMessage.created_at < now - STILL_TO_SEND)
            .values(sent_at=OutboxMessage.created_at, attempts=1)
        )

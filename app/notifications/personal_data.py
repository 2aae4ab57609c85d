"""What the outbox keeps of a person."""

from typing import Any

from sqlalchemy import select

from app.infra.database import db
from app.notifications.models import OutboxMessage


def personal_data(_user_id: int, email: str) -> dict[str, Any]:
    """The mails to this address (a PERSONAL_DATA entry): kind, subject and moments. Their text is in the
    mailbox; some hold a link that lets somebody in."""
    mail = OutboxMessage
    statement = (
        select(mail.created_at, mail.sent_at, mail.kind, mail.subject)
        .where(mail.to_address == email)
        .order_by(mail.created_at, mail.id)
    )
    return {"mails": [row._asdict() for row in db.session.execute(statement)]}

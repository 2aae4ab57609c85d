"""What the log keeps of a person."""

from typing import Any

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.infra.database import db


def personal_data(user_id: int, _email: str) -> dict[str, Any]:
    """The own acts (a PERSONAL_DATA entry): when, which and about what. No numbers of lines: they tell how
    much others did. No details: they are about the call."""
    statement = (
        select(AuditEntry.at, AuditEntry.action, AuditEntry.subject)
        .where(AuditEntry.actor_id == user_id)
        .order_by(AuditEntry.seq)
    )
    return {"log": [row._asdict() for row in db.session.execute(statement)]}

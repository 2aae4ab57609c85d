"""What people do to a call."""

from datetime import datetime

from app.addenda.models import CallFact
from app.infra.database import db


def record_fact(addendum_id: int, kind: str, *, at: datetime, subject_id: int = 0) -> None:
    """Note something that moves the phase; called inside the transaction of the act itself."""
    db.session.add(CallFact(addendum_id=addendum_id, kind=kind, subject_id=subject_id, at=at))
    db.session.flush()

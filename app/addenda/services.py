"""What people do to a call."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert

from app.addenda.models import CallFact
from app.infra.database import db


def record_fact(addendum_id: int, kind: str, *, at: datetime, subject_id: int = 0) -> None:
    """Note something that moves the phase; called inside the transaction of the act itself."""
    record_facts(addendum_id, kind, at=at, subject_ids=[subject_id])


def record_facts(addendum_id: int, kind: str, *, at: datetime, subject_ids: Iterable[int]) -> None:
    """The same of several subjects at once, in their order."""
    rows = [{"addendum_id": addendum_id, "kind": kind, "subject_id": one, "at": at} for one in subject_ids]
    if rows:
        db.session.execute(insert(CallFact), rows)

"""How the installation does, for its administrator: mail that waits, and the log outside any call."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select

from app.audit.models import AuditEntry
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.proposals.queries import opened_calls


class Health(NamedTuple):
    """Mail: how many were given up, how many wait past their time, and since when the oldest. The log: acts
    outside any call in the last seven days, and the last of them."""

    failed: int
    waiting: int
    oldest: datetime | None
    entries: int
    last_entry: datetime | None


_TO_APPLICANTS = ("proposal.", "call.", "question.")


def hushed_mail() -> ColumnElement[bool]:
    """The mail that tells who follows a call or applies for it, as long as that call is not opened."""
    mail = OutboxMessage
    hushed = or_(*(mail.kind.startswith(one) for one in _TO_APPLICANTS))
    return and_(hushed, or_(mail.addendum_id.is_(None), mail.addendum_id.not_in(opened_calls())))


def health(now: datetime) -> Health:
    """Two queries. Mail that only applicants and followers get counts from the opening on: before, one that
    waits or came back would tell that somebody applied."""
    mail, entry = OutboxMessage, AuditEntry
    due = and_(mail.sent_at.is_(None), mail.given_up_at.is_(None), mail.next_attempt_at <= now)
    mails = db.session.execute(
        select(
            func.count(mail.given_up_at),
            func.count(case((due, 1))),
            func.min(case((due, mail.next_attempt_at))),
        ).where(not_(hushed_mail()))
    ).one()
    log = db.session.execute(
        select(func.count(case((entry.at >= now - timedelta(days=7), 1))), func.max(entry.at)).where(
            entry.addendum_id.is_(None)
        )
    ).one()
    failed, waiting, oldest = mails
    return Health(failed, waiting, oldest, log[0], log[1])

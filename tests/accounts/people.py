"""Small helpers for tests about accounts."""

import re

from flask_security import hash_password
from sqlalchemy import select

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.infra.database import db
from app.notifications.models import OutboxMessage
from tests.factories import make_user

PASSWORD = "veel blauwe fietsen"
TOKEN = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")


def someone(email: str = "ans@voorbeeld.be", **values: object) -> User:
    return make_user(email=email, password=hash_password(PASSWORD), **values)


def mails(kind: str | None = None) -> list[OutboxMessage]:
    statement = select(OutboxMessage).order_by(OutboxMessage.id)
    found = [one for one in db.session.scalars(statement) if kind in (None, one.kind)]
    for one in found:
        db.session.expunge(one)
    db.session.rollback()
    return found


def link_in(mail: OutboxMessage) -> str:
    found = TOKEN.search(mail.body_text)
    assert found
    return found.group(1)


def actions() -> list[str]:
    found = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))
    db.session.rollback()
    return found


def stored(user_id: int) -> User:
    db.session.rollback()
    user = db.session.get(User, user_id)
    assert user is not None
    db.session.expunge(user)
    db.session.rollback()
    return user

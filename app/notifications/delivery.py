"""Delivering what the outbox holds: each message on its own, tried again later when it did not go.

A message is claimed before it is sent: its next attempt moves away in a short transaction of its own, so
that no other worker takes it and no write lock is held while a mail server answers. A worker that dies in
between leaves a message that is tried again, under the same Message-ID: twice is possible, never is not.
"""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, not_, select, true

from app.domain.errors import DomainError
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.notifications.sending import Backend, backend_for, compose

log = structlog.get_logger()

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
ATTEMPTS = 10
CLAIM = timedelta(minutes=5)
BATCH = 50
ERROR_LENGTH = 500


@dataclass(frozen=True)
class Counts:
    sent: int = 0
    postponed: int = 0
    given_up: int = 0


def wait_before(attempt: int) -> timedelta:
    """How long to wait after `attempt` (1, 2, …) failed: 1, 2, 4 … minutes, never over six hours."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempt - 1, 20))


def deliver_due(now: datetime) -> Counts:
    """Try every message that is due at `now`, oldest first; each is committed on its own."""
    backend = backend_for(current_app.config["SETTINGS"])
    outcomes = [outcome for one in _due(now) if (outcome := _deliver(one, backend, now))]
    return Counts(*(outcomes.count(name) for name in ("sent", "postponed", "given_up")))


def given_up(hushed: ColumnElement[bool] | None = None) -> Sequence[Any]:
    """What was not delivered and will not be tried again: id, kind, to_address, subject, since, why. Without
    what is `hushed` (setting HUSHED_MAIL)."""
    columns = (
        OutboxMessage.id,
        OutboxMessage.kind,
        OutboxMessage.to_address,
        OutboxMessage.subject,
        OutboxMessage.given_up_at,
        OutboxMessage.last_error,
    )
    rows = db.session.execute(
        select(*columns)
        .where(OutboxMessage.given_up_at.is_not(None), true() if hushed is None else not_(hushed))
        .order_by(OutboxMessage.id)
    ).all()
    db.session.rollback()
    return rows


def _is_due(now: datetime) -> tuple[Any, ...]:
    return (
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.given_up_at.is_(None),
        OutboxMessage.next_attempt_at <= now,
    )


def _due(now: datetime) -> Sequence[int]:
    statement = select(OutboxMessage.id).where(*_is_due(now))
    ids = db.session.scalars(
        statement.order_by(OutboxMessage.next_attempt_at, OutboxMessage.id).limit(BATCH)
    ).all()
    db.session.rollback()
    return ids


def _deliver(message_id: int, backend: Backend, now: datetime) -> str:
    """What became of it: sent, postponed, given_up, or "" when another worker has it."""
    row = _claim(message_id, now)
    if row is None:
        return ""
    try:
        sender = current_app.config["SETTINGS"].mail_sender
        backend.send(compose(row, sender, row.created_at))
    except Exception as error:  # whatever goes wrong with one message, the next ones still go
        return _failed(message_id, error, now)
    with transaction():
        sent = db.session.get_one(OutboxMessage, message_id)
        sent.sent_at, sent.last_error = now, None
    return "sent"


def _claim(message_id: int, now: datetime) -> OutboxMessage | None:
    with transaction():
        row = db.session.scalar(
            select(OutboxMessage)
            .where(OutboxMessage.id == message_id, *_is_due(now))
            .execution_options(populate_existing=True)
        )
        if row is not None:
            row.attempts += 1
            row.next_attempt_at = now + CLAIM
    return row


def _failed(message_id: int, error: Exception, now: datetime) -> str:
    with transaction():
        row = db.session.get_one(OutboxMessage, message_id)
        row.last_error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
        row.next_attempt_at = now + wait_before(row.attempts)
        over = _is_permanent(error) or row.attempts >= ATTEMPTS
        if over:
            row.given_up_at = now
    log.warning("mail_failed", error=type(error).__name__, given_up=over)
    return "given_up" if over else "postponed"


def _is_permanent(error: Exception) -> bool:
    """Whether trying again is no use: the address is none, or the server refused with a 5xx code."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, DomainError)

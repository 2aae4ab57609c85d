"""Delivering what the outbox holds: each message on its own, tried again later when it did not go.

A message is claimed before it is sent: its next attempt moves away in a short transaction of its own, so
that no other worker takes it and no write lock is held while a mail server answers. A worker that dies in
between leaves a message that is tried again, under the same Message-ID: twice is possible, never is not.
"""

import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog
from flask import current_app
from sqlalchemy import ColumnElement, not_, select, true

from app.domain.errors import DomainError
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.notifications.sending import Backend, backend_for, compose

log = structlog.get_logger()

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
ATTEMPTS = 10
CLAIM = timedelta(minutes=5)
BATCH = 50
IN_A_ROW = 3  # so many that found no server: the others are not tried, and keep their turn
LONGEST_WAIT_FOR_SERVER = timedelta(minutes=15)
ERROR_LENGTH = 500


class Counts(NamedTuple):
    """What became of one look at the outbox; `unreachable`: it was broken off, the mail server is away."""

    sent: int = 0
    postponed: int = 0
    given_up: int = 0
    unreachable: bool = False


def wait_before(attempt: int) -> timedelta:
    """How long to wait after `attempt` (1, 2, …) failed: 1, 2, 4 … minutes, never over six hours."""
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempt - 1, 20))


def deliver_due(now: datetime, stopping: Callable[[], bool] = lambda: False) -> Counts:
    """Try what is due at `now`, oldest first, at most BATCH; each is committed on its own. Leaves off when
    it is `stopping`, and when nobody answers."""
    backend = backend_for(current_app.config["SETTINGS"])
    outcomes: list[str] = []
    for one in _due(now):
        outcomes.append(_deliver(one, backend, now))
        if stopping() or outcomes[-IN_A_ROW:] == ["unreachable"] * IN_A_ROW:
            break
    away = outcomes[-IN_A_ROW:] == ["unreachable"] * IN_A_ROW
    postponed = outcomes.count("postponed") + outcomes.count("unreachable")
    return Counts(outcomes.count("sent"), postponed, outcomes.count("given_up"), away)


def deliver_all(stopping: Callable[[], bool] = lambda: False) -> Counts:
    """Go on until nothing is due. Only for who is alone at it: what another claimed and did not end was left
    by one that died, and has its turn again."""
    _take_over(clock.read())
    total = Counts()
    while not stopping() and (found := deliver_due(clock.read(), stopping)) != Counts():
        total = Counts(
            total.sent + found.sent, total.postponed + found.postponed, total.given_up + found.given_up
        )
        if found.unreachable:
            break
    return total


def _take_over(now: datetime) -> None:
    """The first time at once, then ever later: a message that kills whoever sends it does not hold up the
    others."""
    left = (
        OutboxMessage.claimed_at.is_not(None),
        OutboxMessage.sent_at.is_(None),
        OutboxMessage.given_up_at.is_(None),
    )
    found = db.session.scalars(select(OutboxMessage.id).where(*left)).all()
    db.session.rollback()
    if not found:
        return
    with transaction():
        for row in db.session.scalars(select(OutboxMessage).where(*left)):
            row.claimed_at = None
            row.next_attempt_at = now + wait_before(row.attempts) - FIRST_WAIT


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
    """What became of it: sent, postponed, unreachable (postponed, no server answered), given_up, or "" when
    another worker has it."""
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
        sent.sent_at, sent.last_error, sent.claimed_at = now, None, None
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
            row.next_attempt_at, row.claimed_at = now + CLAIM, now
    return row


def _failed(message_id: int, error: Exception, now: datetime) -> str:
    """A server that does not answer is no fault of the message: it is never given up for that."""
    away = _is_unreachable(error)
    with transaction():
        row = db.session.get_one(OutboxMessage, message_id)
        row.last_error, row.claimed_at = f"{type(error).__name__}: {error}"[:ERROR_LENGTH], None
        wait = wait_before(row.attempts)
        row.next_attempt_at = now + (min(wait, LONGEST_WAIT_FOR_SERVER) if away else wait)
        over = _is_permanent(error) or (row.attempts >= ATTEMPTS and not away)
        if over:
            row.given_up_at = now
    log.warning("mail_failed", error=type(error).__name__, given_up=over)
    if over:
        return "given_up"
    return "unreachable" if away else "postponed"


def _is_unreachable(error: Exception) -> bool:
    """No server, no network, no room on the disk of the folder: whatever concerns every message alike."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPServerDisconnected)
    return isinstance(error, OSError)


def _is_permanent(error: Exception) -> bool:
    """Whether trying again is no use: the address is none, or the server refused with a 5xx code."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, DomainError)

"""How often something may be tried, kept in the own database so that every worker counts the same.

An attempt is noted before the password is looked at, inside one transaction: a hundred attempts at the same
moment are still counted one by one. Success takes its own notes away. Accounts that do not exist are counted
like those that do, so the answer tells nothing.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app
from sqlalchemy import delete, select

from app.accounts.models import SignInAttempt
from app.domain.errors import DomainError
from app.infra.database import db, transaction

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 5
PER_ADDRESS = 20


class TooManyAttempts(DomainError):
    """Refused until `until` (aware UTC)."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too_many_attempts", until=until)
        self.until = until


@dataclass(frozen=True)
class Attempt:
    """What was noted: the subjects, and the ids of the rows."""

    account: str
    ids: tuple[int, ...]


def note_attempt(purpose: str, email: str, address: str | None, *, per_account: int = PER_ACCOUNT) -> Attempt:
    """Count one attempt for `purpose` ("sign-in", "mail"); TooManyAttempts when there were too many."""
    account = _subject(purpose, "account", email.strip().lower())
    place = _subject(purpose, "address", _network(address))
    with transaction() as now:
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - WINDOW))
        frees = [
            _free_at(subject, limit)
            for subject, limit in ((account, per_account), (place, max(per_account, PER_ADDRESS)))
        ]
        until = max((one for one in frees if one), default=None)
        rows = [SignInAttempt(subject=subject, at=now) for subject in (account, place)] if not until else []
        db.session.add_all(rows)
        db.session.flush()
        ids = tuple(row.id for row in rows)
    if until:
        raise TooManyAttempts(until)
    return Attempt(account, ids)


def forget_attempts(attempt: Attempt) -> None:
    """It succeeded: the account starts from nothing again, and this try does not count for the address."""
    with transaction():
        mine = SignInAttempt.id.in_(attempt.ids) | (SignInAttempt.subject == attempt.account)
        db.session.execute(delete(SignInAttempt).where(mine))


def refuse_after_misses(purpose: str, address: str | None, most: int, now: datetime) -> None:
    """TooManyAttempts when `most` wrong tries came from this network in the window. Writes nothing."""
    until = _free_at(_subject(purpose, "address", _network(address)), most, after=now - WINDOW)
    if until:
        raise TooManyAttempts(until)


def note_miss(purpose: str, address: str | None, now: datetime) -> None:
    """Count one wrong try for the network it came from, in the transaction of the caller."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - WINDOW))
    db.session.add(SignInAttempt(subject=_subject(purpose, "address", _network(address)), at=now))


def _free_at(subject: str, limit: int, after: datetime | None = None) -> datetime | None:
    """When the next attempt is welcome; None is now. Attempts up to `after` have been forgotten."""
    still = (SignInAttempt.at > after,) if after else ()
    moments: Sequence[datetime] = db.session.scalars(
        select(SignInAttempt.at)
        .where(SignInAttempt.subject == subject, *still)
        .order_by(SignInAttempt.at.desc())
        .limit(limit)
    ).all()
    return moments[-1] + WINDOW if len(moments) == limit else None


def _subject(purpose: str, kind: str, value: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"{purpose}:{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def _network(address: str | None) -> str:
    """One household or office: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        return str(ip_network(f"{found}/64", strict=False))
    return str(found)

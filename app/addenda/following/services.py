"""Following a call, and stopping; the links in the mails carry a key that nobody can guess."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.throttle import note_attempt
from app.addenda.audience import Reached
from app.addenda.following.models import Follower
from app.addenda.models import Addendum
from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.notifications.addresses import normal_address
from app.notifications.services import Recipient, enqueue, page_url

READ = "addendum.published.view"


@dataclass(frozen=True)
class Following:
    """What the page behind a link shows; `active` while mails go out."""

    key: str
    addendum_id: int
    title: str
    email: str
    active: bool
    asked: bool


def follow(addendum_id: int, email: str, *, by: Actor, address: str | None) -> bool:
    """Ask to follow. True when it counts at once: the address is that of the account. Otherwise a mail with
    a link goes out, and the answer is the same for an address that follows already. May raise
    email_invalid and TooManyAttempts."""
    to = normal_address(email)
    own = by.signed_in and to.casefold() == by.email.casefold()
    if not own:
        note_attempt("mail", to, address)
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, READ, call.subject(), call.phase))
        if call.phase is not Phase.OPEN:
            raise DomainError("follow_nothing_to_come")
        row = _row(addendum_id, to, now)
        if own:
            _begin(row, now)
        elif not _active(row):
            _ask(row, call.title, now)
    return own


def _row(addendum_id: int, email: str, now: datetime) -> Follower:
    row = db.session.scalar(
        select(Follower).where(Follower.addendum_id == addendum_id, Follower.email == email)
    )
    if row is None:
        row = Follower(addendum_id=addendum_id, email=email, key=secrets.token_urlsafe(32), asked_at=now)
        db.session.add(row)
    return row


def _active(row: Follower) -> bool:
    return row.confirmed_at is not None and row.stopped_at is None


def _ask(row: Follower, title: str, now: datetime) -> None:
    row.asked_at = now
    enqueue(
        "call.follow",
        to=Recipient(row.email),
        subject=f"Bevestig dat je deze oproep wil volgen: {title}",
        template="addenda/mail_follow",
        at=now,
        title=title,
        link=page_url("addenda.following", key=row.key),
    )


def _begin(row: Follower, now: datetime) -> None:
    if not _active(row):
        row.confirmed_at, row.stopped_at = now, None
        record("call.followed", actor_id=None, subject=f"addendum:{row.addendum_id}", at=now)


def confirm(key: str) -> None:
    """The address is real and its owner wants the mails. NotFound for an unknown key; twice is once."""
    with transaction() as now:
        _begin(_by_key(key), now)


def stop(key: str) -> None:
    """No more mails; twice is once. NotFound for an unknown key."""
    with transaction() as now:
        row = _by_key(key)
        if row.stopped_at is None:
            row.stopped_at = now
            record("call.unfollowed", actor_id=None, subject=f"addendum:{row.addendum_id}", at=now)


def _by_key(key: str) -> Follower:
    row = db.session.scalar(select(Follower).where(Follower.key == key))
    if row is None:
        raise NotFound("follower")
    return row


def following(key: str) -> Following:
    """For the page behind the links of a mail; NotFound for an unknown key."""
    row = _by_key(key)
    title = db.session.scalar(select(Addendum.title).where(Addendum.id == row.addendum_id)) or ""
    asked = row.confirmed_at is None and row.stopped_at is None
    return Following(row.key, row.addendum_id, title, row.email, _active(row), asked)


def followers_of(addendum_id: int) -> Iterable[Reached]:
    """Everybody who confirmed and did not stop, as an AUDIENCE_SOURCES entry."""
    rows = db.session.execute(
        select(Follower.email, Follower.key).where(
            Follower.addendum_id == addendum_id,
            Follower.confirmed_at.is_not(None),
            Follower.stopped_at.is_(None),
        )
    )
    return [Reached(row.email, "", page_url("addenda.stop_following", key=row.key)) for row in rows]

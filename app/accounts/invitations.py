"""Invitations: a link that gives one role, once, to one address, within fourteen days.

A feature that hands out a role registers its kind at import:

    invitations.register_acceptance("jury_seat", handler, describe)

`handler(invitation, user, now) -> str` runs inside the transaction of the acceptance; it makes the rows,
records its own audit entry, may refuse with a DomainError, and returns the path to go to.
`describe(invitation) -> str` completes the sentence "Je bent uitgenodigd als …".

It invites inside its own transaction, after checking the right:

    with transaction() as now:
        invite("jury_seat", role="juror", scope_id=call.id, email=…, name=…, details={…}, by=by, at=now)

Kinds: administrator (here), region_role (regions), membership and registration (organisations), jury_seat
(evaluation). The token is in the mail only; the row keeps its SHA-256.
"""

import hashlib
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from app.accounts import passwords
from app.accounts.models import Invitation, User
from app.accounts.queries import user_by_email
from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.addresses import normal_address, same_address
from app.notifications.services import Recipient, enqueue, page_url

VALID = timedelta(days=14)
NAME_LENGTH = 120

Handler = Callable[[Invitation, User, datetime], str]
Describe = Callable[[Invitation], str]


@dataclass(frozen=True)
class Kind:
    handler: Handler
    describe: Describe
    mail: str
    subject: str


_kinds: dict[str, Kind] = {}


def register_acceptance(
    kind: str,
    handler: Handler,
    describe: Describe,
    *,
    mail: str = "accounts/mail_invitation",
    subject: str = "Je bent uitgenodigd in Partnerwijzer",
) -> None:
    """Say what accepting an invitation of this kind does; see the top of this module."""
    _kinds[kind] = Kind(handler, describe, mail, subject)


def invite(
    kind: str,
    *,
    role: str,
    scope_id: int,
    email: str,
    name: str,
    by: Actor,
    at: datetime,
    details: dict[str, Any] | None = None,
    **context: Any,
) -> Invitation:
    """Make the invitation and its mail, in the caller's transaction; an older open one gives way.

    The returned object carries `link` (absolute), which is nowhere stored. `context` goes to the mail.
    Raises DomainError email_invalid or name_missing, at the fields of those names.
    """
    address, called = normal_address(email), " ".join(name.split())[:NAME_LENGTH]
    if not called:
        raise DomainError("name_missing", field="name")
    _replace_older(kind, scope_id, address, at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        token_sha256=_digest(token),
        email=address,
        name=called,
        kind=kind,
        role=role,
        scope_id=scope_id,
        details=details or {},
        invited_by_id=by.user_id,
        created_at=at,
        expires_at=at + VALID,
    )
    db.session.add(invitation)
    db.session.flush()
    invitation.link = page_url("accounts.accept_invitation", token=token)
    _send(invitation, by, at, context)
    _log("invitation.sent", invitation, by.user_id, at)
    return invitation


def _replace_older(kind: str, scope_id: int, address: str, at: datetime) -> None:
    if kind == "registration":  # several organisations may wait for the same address
        return
    db.session.execute(
        update(Invitation)
        .where(
            Invitation.kind == kind,
            Invitation.scope_id == scope_id,
            Invitation.email == address,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at)
    )


def _send(invitation: Invitation, by: Actor, at: datetime, context: dict[str, Any]) -> None:
    kind = _kinds[invitation.kind]
    enqueue(
        f"invitation.{invitation.kind}",
        to=Recipient(invitation.email, invitation.name),
        subject=kind.subject,
        template=kind.mail,
        at=at,
        link=invitation.link,
        role_text=kind.describe(invitation),
        inviter=by.name,
        expires_at=invitation.expires_at,
        **context,
    )


def describe(invitation: Invitation) -> str:
    """Completes "Je bent uitgenodigd als …"."""
    return _kinds[invitation.kind].describe(invitation)


def find_open(token: str, now: datetime) -> Invitation:
    """The invitation of a link; NotFound when it is unknown, used, withdrawn or expired."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_sha256 == _digest(token)))
    if found is None or found.kind not in _kinds or not _is_open(found, now):
        raise NotFound("invitation")
    return found


def _is_open(invitation: Invitation, now: datetime) -> bool:
    return invitation.accepted_at is None and invitation.withdrawn_at is None and now < invitation.expires_at


def open_invitations(kind: str, scope_id: int, now: datetime) -> Sequence[Any]:
    """Those that can still be accepted: id, name, email, role, details, created_at, expires_at."""
    columns = [
        getattr(Invitation, name)
        for name in ("id", "name", "email", "role", "details", "created_at", "expires_at")
    ]
    statement = select(*columns).where(
        Invitation.kind == kind,
        Invitation.scope_id == scope_id,
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > now,
    )
    return db.session.execute(statement.order_by(Invitation.created_at, Invitation.id)).all()


def withdraw(invitation_id: int, kind: str, scope_id: int, *, by: Actor, at: datetime) -> None:
    """The link stops working, in the caller's transaction; NotFound for another kind or scope."""
    found = db.session.get(Invitation, invitation_id)
    if found is None or (found.kind, found.scope_id) != (kind, scope_id) or found.accepted_at:
        raise NotFound("invitation")
    if found.withdrawn_at is None:
        found.withdrawn_at = at
        found.details = {}
        _log("invitation.withdrawn", found, by.user_id, at)


def accept_as(token: str, user_id: int) -> str:
    """A person who is signed in accepts; returns the path to go to."""
    with transaction() as now:
        invitation = find_open(token, now)
        user = db.session.get(User, user_id)
        if user is None or not user.active or not same_address(user.email, invitation.email):
            raise DomainError("invitation_for_another")
        return _accept(invitation, user, now)


def accept_as_newcomer(token: str, name: str, password: str) -> tuple[User, str]:
    """A person without an account chooses a password and accepts; returns the person and the path."""
    called = " ".join(name.split())[:NAME_LENGTH]
    if not called:
        raise DomainError("name_missing", field="name")
    address = find_open(token, clock.now()).email
    secret = passwords.hashed(password, email=address, name=called)
    with transaction() as now:
        invitation = find_open(token, now)
        if user_by_email(invitation.email) is not None:
            raise DomainError("email_with_account")
        user = new_user(invitation.email, called, secret, now)
        audit.record("account.created", actor_id=user.id, subject=f"user:{user.id}", at=now)
        return user, _accept(invitation, user, now)


def new_user(email: str, name: str, password_hash: str | None, at: datetime) -> User:
    """A confirmed account, in the caller's transaction; `email` must be normal already."""
    user = User(
        email=email,
        name=name,
        password=password_hash,
        active=True,
        fs_uniquifier=uuid.uuid4().hex,
        confirmed_at=at,
        created_at=at,
    )
    db.session.add(user)
    db.session.flush()
    return user


def _accept(invitation: Invitation, user: User, now: datetime) -> str:
    target = _kinds[invitation.kind].handler(invitation, user, now)
    invitation.accepted_at = now
    invitation.details = {}
    _log("invitation.accepted", invitation, user.id, now)
    return target


def _log(action: str, invitation: Invitation, actor_id: int | None, at: datetime) -> None:
    audit.record(
        action,
        actor_id=actor_id,
        subject=f"invitation:{invitation.id}",
        at=at,
        kind=invitation.kind,
        role=invitation.role,
        scope_id=invitation.scope_id,
        **_where(invitation),
    )


def _where(invitation: Invitation) -> dict[str, Any]:
    """The scope in the column of the log it belongs to, so that a region finds its own entries."""
    column = {
        "region_role": "service_area_id",
        "membership": "organisation_id",
        "jury_seat": "addendum_id",
    }.get(invitation.kind)
    return {column: invitation.scope_id} if column else {}


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

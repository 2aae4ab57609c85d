"""What people do with their own account, and administrators with those of others."""

import hashlib
import uuid
from datetime import datetime, timedelta

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select

from app.accounts import passwords
from app.accounts.guard import require_administrator
from app.accounts.invitations import NAME_LENGTH, invite, register_acceptance
from app.accounts.models import Invitation, User
from app.accounts.queries import user_by_email
from app.accounts.throttle import Attempt, TooManyAttempts, forget_attempts, note_attempt
from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.addresses import same_address
from app.notifications.services import Recipient, enqueue, page_url

RESET_VALID = timedelta(hours=2)


def check_sign_in(email: str, password: str, address: str | None) -> User:
    """The person; DomainError sign_in_failed (the same for every reason) or TooManyAttempts."""
    attempt: Attempt = note_attempt("sign-in", email, address)
    user = user_by_email(email)
    right = passwords.matches(user, password)
    if user is None or not right or not user.active:
        raise DomainError("sign_in_failed")
    user_id = user.id
    forget_attempts(attempt)
    found = db.session.get(User, user_id)
    if found is None:
        raise DomainError("sign_in_failed")
    return found


def request_reset(email: str, address: str | None) -> None:
    """Mail a link when there is such an account; the caller answers the same in every case."""
    try:
        note_attempt("mail", email, address)
    except TooManyAttempts:
        return
    with transaction() as now:
        user = user_by_email(email)
        if user is None or not user.active:
            return
        token = _serializer().dumps([user.fs_uniquifier, _print(user), (now + RESET_VALID).timestamp()])
        enqueue(
            "account.reset",
            to=Recipient(user.email, user.name),
            subject="Kies een nieuw wachtwoord",
            template="accounts/mail_reset",
            at=now,
            link=page_url("security.reset_password", token=token),
            until=now + RESET_VALID,
        )
        audit.record("account.reset_requested", actor_id=None, subject=f"user:{user.id}", at=now)


def check_reset_link(token: str, now: datetime) -> User:
    """Whose link it is; DomainError reset_link_gone when it expired, was used, or is none of ours."""
    try:
        uniquifier, fingerprint, until = _serializer().loads(token)
    except (BadData, ValueError, TypeError):
        raise DomainError("reset_link_gone") from None
    user = db.session.scalar(select(User).where(User.fs_uniquifier == uniquifier))
    if user is None or not user.active or fingerprint != _print(user) or now.timestamp() >= until:
        raise DomainError("reset_link_gone")
    return user


def reset_password(token: str, password: str) -> User:
    """A new password by the link of a mail; every session of before ends."""
    user = check_reset_link(token, clock.now())
    secret = passwords.hashed(password, email=user.email, name=user.name)
    with transaction() as now:
        user = check_reset_link(token, now)
        _set_password(user, secret, now)
        audit.record("account.password_reset", actor_id=user.id, subject=f"user:{user.id}", at=now)
    return user


def change_password(user_id: int, current: str, new: str, address: str | None) -> User:
    """A new password for who knows the present one; every other session ends."""
    user = _user(user_id)
    attempt = note_attempt("sign-in", user.email, address)
    if not passwords.matches(user, current):
        raise DomainError("password_wrong", field="current")
    secret = passwords.hashed(new, email=user.email, name=user.name)
    forget_attempts(attempt)
    with transaction() as now:
        user = _user(user_id)
        _set_password(user, secret, now)
        audit.record("account.password_changed", actor_id=user.id, subject=f"user:{user.id}", at=now)
    return user


def rename(user_id: int, name: str) -> None:
    """Change the own name."""
    called = " ".join(name.split())[:NAME_LENGTH]
    if not called:
        raise DomainError("name_missing", field="name")
    with transaction() as now:
        user = _user(user_id)
        if user.name != called:
            user.name = called
            audit.record("account.renamed", actor_id=user.id, subject=f"user:{user.id}", at=now)


def set_active(user_id: int, active: bool, *, by: Actor) -> str:
    """Close or open somebody else's account; closing ends their sessions at once. Returns the name."""
    with transaction() as now:
        require_administrator(by)
        user = _user(user_id)
        if user.id == by.user_id:
            raise Forbidden("not_for_oneself")
        if user.anonymised_at is not None:
            raise Forbidden("person_is_nameless")
        if user.active != active:
            user.active = active
            user.fs_uniquifier = uuid.uuid4().hex
            action = "account.activated" if active else "account.deactivated"
            audit.record(action, actor_id=by.user_id, subject=f"user:{user.id}", at=now)
        return user.name


def invite_administrator(email: str, name: str, *, by: Actor) -> Invitation:
    """Invite somebody else to administer the installation."""
    with transaction() as now:
        require_administrator(by)
        if same_address(email, by.email):
            raise DomainError("not_for_oneself", field="email")
        found = user_by_email(email)
        if found is not None and found.administrator:
            raise DomainError("person_is_administrator", field="email")
        return invite(
            "administrator", role="administrator", scope_id=0, email=email, name=name, by=by, at=now
        )


def invite_first_administrator(email: str, name: str) -> Invitation:
    """From the command line of the installation, where nobody has an account yet."""
    with transaction() as now:
        return invite(
            "administrator", role="administrator", scope_id=0, email=email, name=name, by=Actor(), at=now
        )


def _accept_administrator(_invitation: Invitation, user: User, now: datetime) -> str:
    user.administrator = True
    audit.record("account.made_administrator", actor_id=user.id, subject=f"user:{user.id}", at=now)
    return url_for("accounts.people")


register_acceptance("administrator", _accept_administrator, lambda _one: "beheerder van Partnerwijzer")


def _user(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound("person")
    return user


def _set_password(user: User, secret: str, at: datetime) -> None:
    user.password = secret
    user.fs_uniquifier = uuid.uuid4().hex
    enqueue(
        "account.password_changed",
        to=Recipient(user.email, user.name),
        subject="Je wachtwoord is gewijzigd",
        template="accounts/mail_password_changed",
        at=at,
        link=page_url("security.forgot_password"),
        changed_at=at,
    )


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="accounts.reset")


def _print(user: User) -> str:
    """Changes with the password, so that a link works once."""
    return hashlib.sha256((user.password or "").encode()).hexdigest()[:16]

"""People, invitations and attempts to sign in."""

from datetime import datetime
from typing import Any

from flask_security import AsaList, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column

from app.infra.database import db


class User(db.Model, UserMixin):  # type: ignore[misc, name-defined]
    """A person with an account. The `tf_` and `mf_` columns belong to Flask-Security's second factor."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    anonymised_at: Mapped[datetime | None]
    administrator: Mapped[bool] = mapped_column(default=False)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))

    # Roles live with what they are about (a region, an organisation, a call); Flask-Security gets none.
    roles: list[Any] = []

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)


class Invitation(db.Model):  # type: ignore[name-defined]
    """A link that gives a role once. `kind` names the feature that knows what `scope_id` is."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(40))
    scope_id: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    link = ""  # only on the object that was just made: the token is stored nowhere

    __table_args__ = (Index("ix_invitation_kind_scope", "kind", "scope_id"),)


class SignInAttempt(db.Model):  # type: ignore[name-defined]
    """A failed attempt; `subject` is a keyed hash of the address or of the account, never either itself."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

    __table_args__ = (Index("ix_sign_in_attempt_subject_at", "subject", "at"),)


class MailPreference(db.Model):  # type: ignore[name-defined]
    """A group of mails (see `notifications.kinds`) that this person does not want. There is no row for what
    the law requires: that cannot be switched off."""

    __tablename__ = "mail_preference"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    group: Mapped[str] = mapped_column("kind_group", String(30), primary_key=True)
    at: Mapped[datetime]

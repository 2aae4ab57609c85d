"""Registering an organisation: at once for who signed in, by a link in a mail for who has no account yet."""

from dataclasses import asdict
from datetime import datetime

from flask import url_for

from app.accounts.invitations import invite, register_acceptance
from app.accounts.models import Invitation, User
from app.accounts.queries import user_by_email
from app.accounts.throttle import note_attempt
from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.infra.database import db, transaction
from app.infra.texts import one_line
from app.notifications.addresses import normal_address
from app.notifications.services import Recipient, enqueue, page_url
from app.organisations.enterprise_number import FIELD, normal_number, shown
from app.organisations.models import Membership, Organisation
from app.organisations.policy import Basics
from app.organisations.queries import number_is_taken


def register(basics: Basics, *, by: Actor) -> int:
    """The organisation's id; the person owns it. DomainError enterprise_number_*, organisation_known."""
    sound = checked(basics)
    with transaction() as now:
        assert by.user_id is not None
        return _create(sound, by.user_id, now)


def request_registration(basics: Basics, email: str, name: str, address: str | None) -> None:
    """For a visitor: a mail with a link that makes account and organisation. Somebody with an account gets a
    mail that says so; the page answers the same. May raise TooManyAttempts."""
    sound = checked(basics)
    to = normal_address(email)
    if not name.strip():
        raise DomainError("name_missing", field="name")
    note_attempt("mail", to, address)
    with transaction() as now:
        if number_is_taken(sound.enterprise_number):
            raise DomainError("organisation_known", field=FIELD)
        known = user_by_email(to)
        if known is None:
            _invite(sound, to, name, now)
        else:
            enqueue(
                "organisation.account_exists",
                to=Recipient(known.email, known.name),
                subject="Je hebt al een account",
                template="organisations/mail_account_exists",
                at=now,
                organisation=sound.name,
                link=page_url("organisations.register"),
            )


def _invite(basics: Basics, email: str, name: str, at: datetime) -> None:
    details = asdict(basics)
    invite(
        "registration", role="owner", scope_id=0, email=email, name=name, by=Actor(), at=at, details=details
    )


def checked(basics: Basics) -> Basics:
    """With its normal number, and a name on one line. DomainError enterprise_number_*, name missing."""
    number = normal_number(basics.enterprise_number)
    name = one_line(basics.name)
    if not name:
        raise DomainError("organisation_name_missing", field="organisation_name")
    return Basics(number, name, basics.legal_form, basics.local_authority, basics.city)


def _create(basics: Basics, user_id: int, now: datetime) -> int:
    if number_is_taken(basics.enterprise_number):
        raise DomainError("organisation_known", field=FIELD)
    organisation = Organisation(**asdict(basics), created_at=now)
    db.session.add(organisation)
    db.session.flush()
    db.session.add(Membership(user_id=user_id, organisation_id=organisation.id, role="owner", since=now))
    audit.record(
        "organisation.registered",
        actor_id=user_id,
        subject=f"organisation:{organisation.id}",
        organisation_id=organisation.id,
        at=now,
    )
    return organisation.id


def _accept(invitation: Invitation, user: User, now: datetime) -> str:
    organisation_id = _create(Basics(**invitation.details), user.id, now)
    return url_for("organisations.show", organisation_id=organisation_id)


def _describe(invitation: Invitation) -> str:
    number = shown(str(invitation.details.get("enterprise_number", "")))
    return f"eigenaar van {invitation.details.get('name', 'een organisatie')} ({number})"


register_acceptance(
    "registration",
    _accept,
    _describe,
    mail="organisations/mail_registration",
    subject="Bevestig de registratie van je organisatie",
)

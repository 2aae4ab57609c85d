"""Asking to belong to an organisation that exists: its owners are told, one of them answers."""

from datetime import datetime

from sqlalchemy import func, select

from app.accounts import invitations
from app.accounts.queries import user_by_email
from app.accounts.throttle import note_attempt
from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.infra.database import db, transaction
from app.infra.texts import one_line
from app.notifications.addresses import normal_address
from app.notifications.services import Recipient, enqueue, page_url
from app.organisations.membership import KIND
from app.organisations.models import JoinRequest
from app.organisations.queries import (
    drawn_id,
    load_organisation,
    load_request,
    membership,
    merged_into,
    people_of,
)
from app.organisations.services import require_owner

MOST_OPEN = 20  # unanswered requests of one organisation: more is no help, and fills mailboxes


def ask_to_join(organisation_id: int, email: str, name: str, address: str | None, *, by: Actor) -> None:
    """Tell the owners that somebody says to belong there. Asking twice, or for somebody who belongs there
    already, ends the same for a visitor. May raise TooManyAttempts, already_member (only to oneself)."""
    to, called = normal_address(email), one_line(name)
    if not called:
        raise DomainError("name_missing", field="name")
    note_attempt("mail", to, address)
    with transaction() as now:
        organisation_id = merged_into(organisation_id) or organisation_id
        known = user_by_email(to)
        if known is not None and membership(organisation_id, known.id) is not None:
            if by.signed_in:
                raise DomainError("already_member")
            return
        if _is_asked(organisation_id, to):
            return
        request = JoinRequest(
            id=drawn_id(JoinRequest),
            organisation_id=organisation_id,
            name=called[: invitations.NAME_LENGTH],
            email=to,
            user_id=by.user_id,
            asked_at=now,
        )
        db.session.add(request)
        db.session.flush()
        _log("organisation.join_asked", request, by.user_id, now)
        _tell_owners(request, now)


def _is_asked(organisation_id: int, email: str) -> bool:
    """Whether this address asked already; also when too many others wait for an answer."""
    waiting = (JoinRequest.organisation_id == organisation_id, JoinRequest.answered_at.is_(None))
    asked = db.session.scalar(select(JoinRequest.id).where(*waiting, JoinRequest.email == email))
    total = db.session.scalar(select(func.count()).select_from(JoinRequest).where(*waiting)) or 0
    return asked is not None or total >= MOST_OPEN


def _tell_owners(request: JoinRequest, at: datetime) -> None:
    organisation = load_organisation(request.organisation_id)
    owners = people_of(organisation.id, "owner") or people_of(organisation.id)
    for one in owners:
        enqueue(
            "organisation.join_asked",
            to=Recipient(one.email, one.name),
            subject=f"Iemand wil bij {organisation.name} komen in Partnerwijzer",
            template="organisations/mail_join_asked",
            at=at,
            # A stranger typed the name: nothing in it may become a link in somebody's mailbox.
            asker="" if {"/", "@"} & set(request.name) or "www." in request.name else request.name,
            email=request.email,
            organisation=organisation.name,
            link=page_url("organisations.members", organisation_id=organisation.id) + "#vragen",
        )


def accept_request(organisation_id: int, request_id: int, *, by: Actor) -> str:
    """Invite who asked, as a colleague; their name. The link they get proves the address."""
    with transaction() as now:
        require_owner(organisation_id, by)
        request = load_request(organisation_id, request_id)
        known = user_by_email(request.email)
        if known is None or membership(organisation_id, known.id) is None:
            invitations.invite(
                KIND,
                role="member",
                scope_id=organisation_id,
                email=request.email,
                name=request.name,
                by=by,
                at=now,
            )
        _answer(request, True, by, now)
        return request.name


def refuse_request(organisation_id: int, request_id: int, *, by: Actor) -> str:
    """Say no, and tell who asked; their name."""
    with transaction() as now:
        require_owner(organisation_id, by)
        request = load_request(organisation_id, request_id)
        _answer(request, False, by, now)
        enqueue(
            "organisation.join_refused",
            to=Recipient(request.email, request.name),
            subject="Je vraag om bij een organisatie te komen",
            template="organisations/mail_join_refused",
            at=now,
            organisation=load_organisation(organisation_id).name,
        )
        return request.name


def _answer(request: JoinRequest, accepted: bool, by: Actor, at: datetime) -> None:
    request.answered_at, request.answered_by_id, request.accepted = at, by.user_id, accepted
    action = "organisation.join_accepted" if accepted else "organisation.join_refused"
    _log(action, request, by.user_id, at)


def _log(action: str, request: JoinRequest, actor_id: int | None, at: datetime) -> None:
    audit.record(
        action,
        actor_id=actor_id,
        subject=f"join_request:{request.id}",
        organisation_id=request.organisation_id,
        at=at,
    )

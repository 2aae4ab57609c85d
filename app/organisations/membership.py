"""Colleagues: an owner invites and removes them; there is always an owner left."""

from datetime import datetime

from flask import url_for
from sqlalchemy import select

from app.accounts import invitations
from app.accounts.models import Invitation, User
from app.accounts.queries import user_by_email
from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound
from app.infra.database import db, transaction
from app.organisations.models import Membership, Organisation
from app.organisations.policy import ROLES
from app.organisations.queries import membership, owner_count
from app.organisations.services import require_owner

KIND = "membership"


def invite_colleague(organisation_id: int, email: str, name: str, role: str, *, by: Actor) -> Invitation:
    """Mail a link that makes somebody a colleague ("member") or an owner ("owner")."""
    if role not in ROLES:
        raise DomainError("member_role_unknown", field="role")
    with transaction() as now:
        require_owner(organisation_id, by)
        known = user_by_email(email)
        present = membership(organisation_id, known.id) if known else None
        if present is not None and role in (present.role, "member"):
            raise DomainError("already_member", field="email")
        return invitations.invite(
            KIND, role=role, scope_id=organisation_id, email=email, name=name, by=by, at=now
        )


def withdraw_invitation(organisation_id: int, invitation_id: int, *, by: Actor) -> None:
    with transaction() as now:
        require_owner(organisation_id, by)
        invitations.withdraw(invitation_id, KIND, organisation_id, by=by, at=now)


def remove_colleague(organisation_id: int, user_id: int, *, by: Actor) -> None:
    """DomainError last_owner when nobody would be left to decide."""
    with transaction() as now:
        require_owner(organisation_id, by)
        row = membership(organisation_id, user_id)
        if row is None:
            raise NotFound("person")
        if row.role == "owner" and owner_count(organisation_id) == 1:
            raise DomainError("last_owner")
        db.session.delete(row)
        _log("member.removed", organisation_id, by.user_id, user_id, row.role, now)


def _accept(invitation: Invitation, user: User, now: datetime) -> str:
    row = membership(invitation.scope_id, user.id)
    if row is None:
        db.session.add(
            Membership(user_id=user.id, organisation_id=invitation.scope_id, role=invitation.role, since=now)
        )
    elif invitation.role == "owner":
        row.role = "owner"
    _log("member.joined", invitation.scope_id, user.id, user.id, invitation.role, now)
    return url_for("organisations.show", organisation_id=invitation.scope_id)


def _describe(invitation: Invitation) -> str:
    name = db.session.scalar(select(Organisation.name).where(Organisation.id == invitation.scope_id))
    return f"{ROLES[invitation.role]} van {name}"


invitations.register_acceptance(KIND, _accept, _describe)


def _log(
    action: str, organisation_id: int, actor_id: int | None, user_id: int, role: str, at: datetime
) -> None:
    audit.record(
        action,
        actor_id=actor_id,
        subject=f"user:{user_id}",
        organisation_id=organisation_id,
        at=at,
        role=role,
    )

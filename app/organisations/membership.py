"""Colleagues: an owner invites and removes them, or hands over; there is always an owner left."""

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
from app.notifications.services import Recipient, enqueue, page_url
from app.organisations.models import Membership, Organisation
from app.organisations.policy import ROLES
from app.organisations.queries import (
    active_owner_ids,
    earlier_names,
    membership,
    merged_into,
    other_owners,
    same_as,
    successors,
)
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
        if row.role == "owner" and not other_owners(organisation_id, user_id):
            raise DomainError("last_owner")
        db.session.delete(row)
        _withdraw_own(organisation_id, user_id, by, now)
        align(organisation_id, now)
        _log("member.removed", organisation_id, by.user_id, user_id, row.role, now)


def hand_over(organisation_id: int, successor_id: int, *, by: Actor) -> None:
    """`successor_id` becomes owner and `by` a colleague; both are told. DomainError successor_gone when the
    chosen person is no colleague (any more), not_owner_now when `by` no longer owns it."""
    with transaction() as now:
        require_owner(organisation_id, by)
        mine = membership(organisation_id, by.user_id) if by.user_id else None
        if mine is None or mine.role != "owner":
            raise DomainError("not_owner_now")
        chosen = {one.user_id: one for one in successors(organisation_id, mine.user_id)}.get(successor_id)
        row = membership(organisation_id, successor_id)
        if chosen is None or row is None:
            raise DomainError("successor_gone", field="successor")
        row.role, mine.role = "owner", "member"
        _withdraw_own(organisation_id, mine.user_id, by, now)
        align(organisation_id, now)
        _log("organisation.handed_over", organisation_id, by.user_id, successor_id, "owner", now)
        _tell_handed_over(organisation_id, Recipient(chosen.email, chosen.name), by, now)


def _withdraw_own(organisation_id: int, inviter_id: int, by: Actor, at: datetime) -> None:
    """What somebody sent while an owner is no way back in, for them or a friend, under whatever name the
    organisation had."""
    statement = select(Invitation.id, Invitation.scope_id).where(
        Invitation.kind == KIND,
        Invitation.scope_id.in_(same_as(organisation_id)),
        Invitation.invited_by_id == inviter_id,
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    for row in db.session.execute(statement.order_by(Invitation.id)).all():
        invitations.withdraw(row.id, KIND, row.scope_id, by=by, at=at)


def _tell_handed_over(organisation_id: int, successor: Recipient, by: Actor, at: datetime) -> None:
    name = db.session.scalar(select(Organisation.name).where(Organisation.id == organisation_id))
    for to, new in ((successor, True), (Recipient(by.email, by.name), False)):
        enqueue(
            "organisation.handed_over",
            to=to,
            subject=f"Het eigenaarschap van {name} is overgedragen",
            template="organisations/mail_handed_over",
            at=at,
            new=new,
            organisation=name,
            successor=successor.name,
            former=by.name,
            link=page_url("organisations.show", organisation_id=organisation_id),
        )


def align(organisation_id: int, at: datetime) -> None:
    """Whoever belongs to an organisation belongs to those merged into it, with the same role: their
    proposals are looked after by the same people. Called after every change, in its transaction."""
    db.session.flush()
    statement = select(Membership.user_id, Membership.role).where(
        Membership.organisation_id == organisation_id
    )
    wanted = {row.user_id: row.role for row in db.session.execute(statement)}
    for gone in earlier_names(organisation_id):
        rows = list(db.session.scalars(select(Membership).where(Membership.organisation_id == gone.id)))
        for row in rows:
            if row.user_id in wanted:
                row.role = wanted[row.user_id]
            else:
                db.session.delete(row)
        for user_id in wanted.keys() - {row.user_id for row in rows}:
            db.session.add(
                Membership(user_id=user_id, organisation_id=gone.id, role=wanted[user_id], since=at)
            )


def _accept(invitation: Invitation, user: User, now: datetime) -> str:
    organisation_id = merged_into(invitation.scope_id) or invitation.scope_id
    if invitation.invited_by_id not in active_owner_ids(organisation_id):
        raise DomainError("inviter_gone")
    row = membership(organisation_id, user.id)
    if row is None:
        row = Membership(user_id=user.id, organisation_id=organisation_id, role=invitation.role, since=now)
        db.session.add(row)
    elif invitation.role == "owner":
        row.role = "owner"
    align(organisation_id, now)
    _log("member.joined", organisation_id, user.id, user.id, invitation.role, now)
    return url_for("organisations.show", organisation_id=organisation_id)


def _describe(invitation: Invitation) -> str:
    organisation_id = merged_into(invitation.scope_id) or invitation.scope_id
    name = db.session.scalar(select(Organisation.name).where(Organisation.id == organisation_id))
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

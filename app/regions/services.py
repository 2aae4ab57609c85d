"""What an administrator does with regions and the people in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.accounts import invitations
from app.accounts.guard import require_administrator
from app.accounts.models import Invitation, User
from app.accounts.queries import user_by_email
from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.infra.database import db, transaction
from app.notifications.addresses import same_address
from app.regions.models import Municipality, RegionRole, ServiceArea
from app.regions.policy import ROLES, town_key, town_names
from app.regions.queries import load_region, municipalities_by_key, region_name_taken

KIND = "region_role"


@dataclass(frozen=True)
class RegionDraft:
    """`municipalities` is the text as typed: one a line or between commas."""

    name: str
    reference_region: str
    municipalities: str
    publication_by_two: bool = False


def create_region(draft: RegionDraft, *, by: Actor) -> int:
    """The id of the new region. Unknown municipalities are added."""
    name, names = _checked(draft)
    with transaction() as now:
        require_administrator(by)
        if region_name_taken(name):
            raise DomainError("region_name_taken", field="name")
        region = ServiceArea(name=name, reference_region=draft.reference_region.strip(), created_at=now)
        region.municipalities = _towns(names)
        region.publication_by_two = draft.publication_by_two
        db.session.add(region)
        db.session.flush()
        _log("region.created", region.id, by, now, **_facts(region))
        return region.id


def edit_region(service_area_id: int, seen: int, draft: RegionDraft, *, by: Actor) -> None:
    """Save over version `seen`; Stale with what is stored when somebody was earlier."""
    name, names = _checked(draft)
    with transaction() as now:
        require_administrator(by)
        region = load_region(service_area_id)
        if region.version != seen:
            raise Stale(version=region.version, theirs=region_as_typed(region))
        if region_name_taken(name, besides=region.id):
            raise DomainError("region_name_taken", field="name")
        region.name, region.reference_region = name, draft.reference_region.strip()
        region.municipalities = _towns(names)
        region.publication_by_two = draft.publication_by_two
        region.version += 1
        db.session.flush()
        _log("region.edited", region.id, by, now, **_facts(region))


def _facts(region: ServiceArea) -> dict[str, Any]:
    towns = [one.id for one in region.municipalities]
    return {"municipality_ids": towns, "publication_by_two": region.publication_by_two}


def region_as_typed(region: ServiceArea) -> dict[str, Any]:
    """What the form shows, by the names of `RegionDraft`."""
    return {
        "publication_by_two": region.publication_by_two,
        "name": region.name,
        "reference_region": region.reference_region,
        "municipalities": "\n".join(one.name for one in region.municipalities),
    }


def invite_to_region(service_area_id: int, email: str, name: str, role: str, *, by: Actor) -> Invitation:
    """Invite a regisseur or an observer; never oneself."""
    if role not in ROLES:
        raise DomainError("region_role_unknown", field="role")
    with transaction() as now:
        require_administrator(by)
        load_region(service_area_id)
        if same_address(email, by.email):
            raise DomainError("not_for_oneself", field="email")
        known = user_by_email(email)
        if known is not None and _role(service_area_id, known.id, role) is not None:
            raise DomainError("region_role_present", field="email")
        return invitations.invite(
            KIND, role=role, scope_id=service_area_id, email=email, name=name, by=by, at=now
        )


def withdraw_invitation(service_area_id: int, invitation_id: int, *, by: Actor) -> None:
    with transaction() as now:
        require_administrator(by)
        invitations.withdraw(invitation_id, KIND, service_area_id, by=by, at=now)


def end_role(service_area_id: int, role_id: int, *, by: Actor) -> None:
    """Take a role in the region away from somebody else."""
    with transaction() as now:
        require_administrator(by)
        row = db.session.get(RegionRole, role_id)
        if row is None or row.service_area_id != service_area_id:
            raise NotFound("role")
        if row.user_id == by.user_id:
            raise Forbidden("not_for_oneself")
        db.session.delete(row)
        _log("region.role_ended", service_area_id, by, now, user_id=row.user_id, role=row.role)


def _checked(draft: RegionDraft) -> tuple[str, Sequence[str]]:
    name = " ".join(draft.name.split())
    if not name:
        raise DomainError("region_name_missing", field="name")
    return name, town_names(draft.municipalities)


def _towns(names: Sequence[str]) -> list[Municipality]:
    """The municipalities of these names; those that nobody named before are made."""
    known = municipalities_by_key()
    return [known.get(town_key(name)) or Municipality(name=name) for name in names]


def _role(service_area_id: int, user_id: int, role: str) -> RegionRole | None:
    return db.session.scalar(
        select(RegionRole).where(
            RegionRole.service_area_id == service_area_id,
            RegionRole.user_id == user_id,
            RegionRole.role == role,
        )
    )


def _accept(invitation: Invitation, user: User, now: datetime) -> str:
    if _role(invitation.scope_id, user.id, invitation.role) is None:
        db.session.add(
            RegionRole(
                user_id=user.id,
                service_area_id=invitation.scope_id,
                role=invitation.role,
                granted_at=now,
            )
        )
    accepted = Actor(user_id=user.id)
    _log("region.role_granted", invitation.scope_id, accepted, now, user_id=user.id, role=invitation.role)
    return url_for("workspace.home")


def _describe(invitation: Invitation) -> str:
    name = db.session.scalar(select(ServiceArea.name).where(ServiceArea.id == invitation.scope_id))
    return f"{ROLES[invitation.role]} van de regio {name}"


invitations.register_acceptance(KIND, _accept, _describe)


def _log(action: str, service_area_id: int, by: Actor, at: datetime, **facts: Any) -> None:
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"service_area:{service_area_id}",
        service_area_id=service_area_id,
        at=at,
        **facts,
    )

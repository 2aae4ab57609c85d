"""Editing the profile and the offers of an organisation."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound, Stale
from app.infra.database import db, transaction
from app.infra.texts import one_line
from app.notifications.addresses import normal_address
from app.organisations import policy
from app.organisations.models import Offer, Organisation
from app.organisations.policy import OfferDraft, Profile
from app.organisations.queries import load_offer, load_organisation, offer_version
from app.regions.models import Municipality


def require_member(organisation_id: int, by: Actor) -> None:
    """NotFound for everybody else: they do not learn whether the organisation exists."""
    if not policy.belongs(by, organisation_id):
        raise NotFound("organisation")


def require_owner(organisation_id: int, by: Actor) -> None:
    require_member(organisation_id, by)
    if not policy.owns(by, organisation_id):
        raise NotFound("organisation")


def edit_profile(organisation_id: int, seen: int, given: Profile, *, by: Actor) -> None:
    """Save the profile over version `seen`; Stale with what is stored when somebody was earlier."""
    checked = _checked(given)
    with transaction() as now:
        require_member(organisation_id, by)
        organisation = load_organisation(organisation_id)
        if organisation.version != seen:
            raise Stale(version=organisation.version, theirs=profile_of(organisation))
        towns = _towns(given.municipality_ids)
        changed = _apply(organisation, checked)
        if list(organisation.municipalities) != towns:
            organisation.municipalities = towns
            changed.append("municipalities")
        if changed:
            organisation.version += 1
            _log("organisation.profile_edited", organisation_id, by, now, fields=changed)
        if "findable" in changed:  # a consent: given or taken back as an entry of its own
            said = "made_findable" if organisation.findable else "made_unfindable"
            _log(f"organisation.{said}", organisation_id, by, now)


def profile_of(organisation: Organisation) -> dict[str, Any]:
    """What the form shows, by the names of `Profile`."""
    names = [name for name in Profile.__dataclass_fields__ if name != "municipality_ids"]
    return {name: getattr(organisation, name) for name in names} | {
        "municipality_ids": [one.id for one in organisation.municipalities]
    }


def _checked(given: Profile) -> dict[str, Any]:
    values = asdict(given)
    del values["municipality_ids"]
    values["name"] = one_line(given.name)
    if not values["name"]:
        raise DomainError("organisation_name_missing", field="name")
    values["email"] = normal_address(given.email) if given.email.strip() else ""
    values["website"] = policy.web_address(given.website)
    values["life_domains"] = policy.known_domains(given.life_domains)
    values["target_groups"], values["languages"] = list(given.target_groups), list(given.languages)
    return values


def _apply(row: object, values: dict[str, Any]) -> list[str]:
    """Set what differs and name it."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _towns(ids: Sequence[int]) -> list[Municipality]:
    statement = select(Municipality).where(Municipality.id.in_(ids)).order_by(Municipality.name)
    towns = list(db.session.scalars(statement))
    if len(towns) != len(set(ids)):
        raise DomainError("municipality_unknown", field="municipality_ids")
    return towns


def add_offer(organisation_id: int, draft: OfferDraft, *, by: Actor) -> int:
    """The id of the new offer, last in the list."""
    values = _offer_values(draft)
    with transaction() as now:
        require_member(organisation_id, by)
        organisation = load_organisation(organisation_id)
        last = max((one.position for one in organisation.offers), default=-1)
        offer = Offer(organisation_id=organisation_id, position=last + 1, **values)
        db.session.add(offer)
        db.session.flush()
        _log("offer.added", organisation_id, by, now, offer_id=offer.id)
        return offer.id


def edit_offer(organisation_id: int, offer_id: int, seen: int, draft: OfferDraft, *, by: Actor) -> None:
    """Save over what was seen (`queries.offer_version`); Stale when it was changed meanwhile."""
    values = _offer_values(draft)
    with transaction() as now:
        require_member(organisation_id, by)
        offer = load_offer(organisation_id, offer_id)
        version = offer_version(offer)
        if version != seen:
            raise Stale(version=version, theirs={name: getattr(offer, name) for name in values})
        changed = _apply(offer, values)
        if changed:
            _log("offer.edited", organisation_id, by, now, offer_id=offer.id, fields=changed)


def remove_offer(organisation_id: int, offer_id: int, *, by: Actor) -> None:
    with transaction() as now:
        require_member(organisation_id, by)
        db.session.delete(load_offer(organisation_id, offer_id))
        _log("offer.removed", organisation_id, by, now, offer_id=offer_id)


def _offer_values(draft: OfferDraft) -> dict[str, Any]:
    title = " ".join(draft.title.split())
    if not title:
        raise DomainError("offer_title_missing", field="title")
    return {
        "title": title,
        "description": draft.description,
        "life_domains": policy.known_domains(draft.life_domains),
        "capacity_fte": policy.capacity(draft.capacity),
    }


def _log(action: str, organisation_id: int, by: Actor, at: datetime, **facts: Any) -> None:
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"organisation:{organisation_id}",
        organisation_id=organisation_id,
        at=at,
        **facts,
    )

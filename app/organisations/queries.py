"""Reading organisations."""

import json
import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from app.accounts.actors import grant_columns
from app.accounts.models import User
from app.domain.errors import NotFound
from app.infra.database import db
from app.organisations.models import Membership, Offer, Organisation
from app.regions.models import Municipality


def membership_grants(user_id: int) -> Select[Any]:
    """The GrantSource of owners and colleagues."""
    columns = grant_columns(Membership.role, organisation_id=Membership.organisation_id)
    return select(*columns).where(Membership.user_id == user_id)  # type: ignore[call-overload]


def load_organisation(organisation_id: int) -> Organisation:
    """The organisation with its municipalities and offers; NotFound."""
    found = db.session.scalar(
        select(Organisation)
        .where(Organisation.id == organisation_id)
        .options(selectinload(Organisation.municipalities), selectinload(Organisation.offers))
    )
    if found is None:
        raise NotFound("organisation")
    return found


def load_offer(organisation_id: int, offer_id: int) -> Offer:
    """An offer of this organisation; NotFound for another's."""
    found = db.session.get(Offer, offer_id)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("offer")
    return found


def offer_version(offer: Offer) -> int:
    """A number that changes with what the offer says: offers have no counter of their own."""
    capacity = None if offer.capacity_fte is None else str(offer.capacity_fte.normalize())
    content = [offer.title, offer.description, offer.life_domains, capacity]
    return zlib.crc32(json.dumps(content).encode())


def number_is_taken(enterprise_number: str) -> bool:
    statement = select(Organisation.id).where(Organisation.enterprise_number == enterprise_number)
    return db.session.scalar(statement) is not None


def membership(organisation_id: int, user_id: int) -> Membership | None:
    return db.session.scalar(
        select(Membership).where(Membership.organisation_id == organisation_id, Membership.user_id == user_id)
    )


def owner_count(organisation_id: int) -> int:
    statement = select(func.count()).where(
        Membership.organisation_id == organisation_id, Membership.role == "owner"
    )
    return db.session.scalar(statement) or 0


def colleagues(organisation_id: int) -> Sequence[Any]:
    """Who belongs to it, owners first: user_id, name, email, role, since."""
    columns = (User.id.label("user_id"), User.name, User.email, Membership.role, Membership.since)
    statement = select(*columns).join(Membership, Membership.user_id == User.id)
    statement = statement.where(Membership.organisation_id == organisation_id)
    return db.session.execute(statement.order_by(Membership.role.desc(), User.name, User.id)).all()


def all_municipalities() -> Sequence[Any]:
    """id and name of every municipality, by name."""
    return db.session.execute(select(Municipality.id, Municipality.name).order_by(Municipality.name)).all()

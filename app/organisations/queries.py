"""Reading organisations."""

import json
import secrets
import zlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from app.accounts.actors import grant_columns
from app.accounts.models import User
from app.domain.errors import NotFound
from app.infra.database import db
from app.organisations.models import JoinRequest, KeptDocument, Membership, Offer, Organisation, Reference
from app.regions.models import Municipality

_LOWEST_ID, _HIGHEST_ID = 1_000_000, 2_000_000_000


def drawn_id(model: Any) -> int:
    """An id drawn by lot, for what stands in an address: a running number tells how busy others are."""
    while True:
        drawn = _LOWEST_ID + secrets.randbelow(_HIGHEST_ID - _LOWEST_ID)
        if db.session.get(model, drawn) is None:
            return drawn


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


def other_owners(organisation_id: int, user_id: int) -> int:
    """How many owners besides this person can still sign in."""
    statement = (
        select(func.count())
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == "owner",
            Membership.user_id != user_id,
            User.active,
        )
    )
    return db.session.scalar(statement) or 0


def active_owner_ids(organisation_id: int) -> set[int]:
    """The people who can decide for it: owners with an open account."""
    statement = select(User.id).join(Membership, Membership.user_id == User.id)
    statement = statement.where(
        Membership.organisation_id == organisation_id, Membership.role == "owner", User.active
    )
    return set(db.session.scalars(statement))


def merged_into(organisation_id: int) -> int | None:
    """The organisation that took its place, if any."""
    return db.session.scalar(select(Organisation.merged_into_id).where(Organisation.id == organisation_id))


def same_as(organisation_id: int) -> list[int]:
    """The organisation that stays and every one that was merged into it, whichever of them is given."""
    stays = merged_into(organisation_id) or organisation_id
    statement = select(Organisation.id).where(Organisation.merged_into_id == stays).order_by(Organisation.id)
    return [stays, *db.session.scalars(statement)]


def earlier_names(organisation_id: int) -> Sequence[Any]:
    """id, name and enterprise_number of what was merged into it, by name."""
    columns = (Organisation.id, Organisation.name, Organisation.enterprise_number)
    statement = select(*columns).where(Organisation.merged_into_id == organisation_id)
    return db.session.execute(statement.order_by(Organisation.name, Organisation.id)).all()


def references_of(organisation_id: int) -> Sequence[Reference]:
    statement = select(Reference).where(Reference.organisation_id == organisation_id)
    return db.session.scalars(statement.order_by(Reference.position, Reference.id)).all()


def load_reference(organisation_id: int, reference_id: int) -> Reference:
    """NotFound for another organisation's."""
    found = db.session.get(Reference, reference_id)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("reference")
    return found


def documents_of(organisation_id: int) -> Sequence[KeptDocument]:
    statement = select(KeptDocument).where(KeptDocument.organisation_id == organisation_id)
    return db.session.scalars(statement.order_by(KeptDocument.uploaded_at, KeptDocument.id)).all()


def load_document(organisation_id: int, document_id: int) -> KeptDocument:
    """NotFound for another organisation's."""
    found = db.session.get(KeptDocument, document_id)
    if found is None or found.organisation_id != organisation_id:
        raise NotFound("document")
    return found


def open_requests(organisation_id: int) -> Sequence[JoinRequest]:
    """Who asked to join and has no answer yet, the oldest first."""
    statement = select(JoinRequest).where(
        JoinRequest.organisation_id == organisation_id, JoinRequest.answered_at.is_(None)
    )
    return db.session.scalars(statement.order_by(JoinRequest.asked_at, JoinRequest.id)).all()


def load_request(organisation_id: int, request_id: int) -> JoinRequest:
    """One without an answer; NotFound for another organisation's, and for one that was answered."""
    found = db.session.get(JoinRequest, request_id)
    if found is None or found.organisation_id != organisation_id or found.answered_at is not None:
        raise NotFound("request")
    return found


def successors(organisation_id: int, user_id: int) -> Sequence[Any]:
    """Colleagues who can become the owner instead of this person: user_id, name, email, role."""
    columns = (User.id.label("user_id"), User.name, User.email, Membership.role)
    statement = select(*columns).join(Membership, Membership.user_id == User.id)
    statement = statement.where(
        Membership.organisation_id == organisation_id, User.id != user_id, User.active
    )
    return db.session.execute(statement.order_by(User.name, User.id)).all()


def people_of(organisation_id: int, role: str | None = None) -> Sequence[Any]:
    """email and name of those with an open account, of one role or all; for mails."""
    statement = select(User.email, User.name).join(Membership, Membership.user_id == User.id)
    statement = statement.where(Membership.organisation_id == organisation_id, User.active)
    if role is not None:
        statement = statement.where(Membership.role == role)
    return db.session.execute(statement.order_by(User.email)).all()


def colleagues(organisation_id: int) -> Sequence[Any]:
    """Who belongs to it, owners first: user_id, name, email, role, since."""
    columns = (User.id.label("user_id"), User.name, User.email, Membership.role, Membership.since)
    statement = select(*columns).join(Membership, Membership.user_id == User.id)
    statement = statement.where(Membership.organisation_id == organisation_id)
    return db.session.execute(statement.order_by(Membership.role.desc(), User.name, User.id)).all()


def all_municipalities() -> Sequence[Any]:
    """id and name of every municipality, by name."""
    return db.session.execute(select(Municipality.id, Municipality.name).order_by(Municipality.name)).all()

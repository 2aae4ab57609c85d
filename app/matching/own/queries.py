"""Reading what is needed beside the matches: open calls, their obstacles, and who may be found as a partner.

Only profiles and offers, and of others only who asked to be found: never a proposal, a draft, or what a
regisseur said of a match.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.addenda.models import Addendum, Challenge, Obstacle
from app.addenda.queries import Call, load_calls
from app.domain.timeline import Phase
from app.infra.database import db
from app.matching.towns import sets_of
from app.organisations.models import Offer, Organisation, organisation_municipality
from app.regions.models import Municipality


class ObstacleLine(NamedTuple):
    id: int
    label: str
    number: int


class Partner(NamedTuple):
    """What an organisation that asked to be found shows of itself."""

    id: int
    name: str
    email: str
    website: str


def open_calls(now: datetime, *conditions: Any) -> list[Call]:
    """Two queries."""
    found = load_calls(now, Addendum.published_at <= now, Addendum.deadline > now, *conditions)
    return [call for call in found if call.phase is Phase.OPEN]


def obstacles_in(addendum_ids: Collection[int]) -> dict[int, list[ObstacleLine]]:
    """{call: its obstacles in the order of the addendum}"""
    found: dict[int, list[ObstacleLine]] = {id: [] for id in addendum_ids}
    for row in db.session.execute(
        select(Challenge.addendum_id, Obstacle.id, Obstacle.label, Challenge.number)
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Challenge.addendum_id.in_(addendum_ids))
        .order_by(Challenge.number, Obstacle.position, Obstacle.id)
    ):
        found[row.addendum_id].append(ObstacleLine(row.id, row.label, row.number))
    return found


def works_in(organisation_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """{organisation: where it works}, of these and of everybody who may be found; without one that names no
    municipality."""
    works = organisation_municipality.c
    statement = select(works.organisation_id, works.municipality_id).join(
        Organisation, Organisation.id == works.organisation_id
    )
    return sets_of(statement.where(Organisation.findable | Organisation.id.in_(organisation_ids)))


def town_names(ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Municipality.id, Municipality.name).where(Municipality.id.in_(ids)))
    return {row.id: row.name for row in rows}


def findable() -> dict[int, Partner]:
    """Who asked to be found, and still exists on its own."""
    columns = (Organisation.id, Organisation.name, Organisation.email, Organisation.website)
    rows = db.session.execute(
        select(*columns).where(Organisation.findable, Organisation.merged_into_id.is_(None))
    )
    return {row.id: Partner(*row) for row in rows}


def offer_titles(offer_ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Offer.id, Offer.title).where(Offer.id.in_(offer_ids)))
    return {row.id: row.title for row in rows}


def organisation_names(ids: Collection[int]) -> dict[int, str]:
    """By name, without what was merged into another."""
    statement = select(Organisation.id, Organisation.name).where(
        Organisation.id.in_(ids), Organisation.merged_into_id.is_(None)
    )
    return {row.id: row.name for row in db.session.execute(statement.order_by(Organisation.name))}

"""The municipalities that a call is about."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from app.addenda.models import addendum_municipality
from app.addenda.queries import Call
from app.infra.database import db
from app.regions.models import service_area_municipality


def towns_in(calls: Collection[Call]) -> dict[int, frozenset[int]]:
    """{call: its municipalities}; one that names none is about its whole region. Two queries."""
    own, region = addendum_municipality.c, service_area_municipality.c
    named = sets_of(
        select(own.addendum_id, own.municipality_id).where(own.addendum_id.in_([call.id for call in calls]))
    )
    areas = sets_of(
        select(region.service_area_id, region.municipality_id).where(
            region.service_area_id.in_({call.service_area_id for call in calls})
        )
    )
    nothing: frozenset[int] = frozenset()
    return {call.id: named.get(call.id) or areas.get(call.service_area_id, nothing) for call in calls}


def sets_of(statement: Any) -> dict[int, frozenset[int]]:
    """{first column: all of the second}"""
    found: dict[int, set[int]] = {}
    for owner, town in db.session.execute(statement):
        found.setdefault(owner, set()).add(town)
    return {owner: frozenset(towns) for owner, towns in found.items()}

"""Finding published calls: a fixed number of queries whatever their number."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, exists, or_, select

from app.addenda.models import Addendum, Challenge, Obstacle, Persona, addendum_municipality
from app.addenda.queries import Call, load_calls
from app.domain.timeline import Phase, local_day
from app.infra.database import db
from app.regions.models import Municipality, ServiceArea


@dataclass(frozen=True)
class Search:
    """What a visitor looks for; `state` is "", "open" or "closed"."""

    text: str = ""
    municipality: int | None = None
    life_domain: str = ""
    state: str = ""


def find_calls(search: Search, now: datetime) -> list[Call]:
    """Published calls that match, open ones first by deadline, then the rest by launch. Two queries."""
    conditions: list[Any] = [Addendum.published_at.is_not(None), Addendum.launch <= local_day(now)]
    if search.text:
        conditions.append(_mentions(search.text))
    if search.municipality is not None:
        link = addendum_municipality.c
        conditions.append(
            exists().where(link.addendum_id == Addendum.id, link.municipality_id == search.municipality)
        )
    if search.life_domain:
        conditions.append(
            exists().where(
                Challenge.addendum_id == Addendum.id,
                Obstacle.challenge_id == Challenge.id,
                cast(Obstacle.life_domains, Text).contains(json.dumps(search.life_domain)),
            )
        )
    calls = [call for call in load_calls(now, *conditions) if call.phase is not Phase.DRAFT]
    if search.state:
        calls = [call for call in calls if (call.phase is Phase.OPEN) == (search.state == "open")]
    still_open = [call for call in calls if call.phase is Phase.OPEN and call.deadline]
    return [
        *sorted(still_open, key=lambda call: call.deadline or now),
        *(call for call in calls if call.phase is not Phase.OPEN),
    ]


def _mentions(text: str) -> Any:
    """The text in the call's own words, its region, its municipalities, personas or obstacles."""

    def inside(column: Any) -> Any:
        return column.icontains(text, autoescape=True)

    return or_(
        inside(Addendum.title),
        inside(Addendum.programme),
        inside(Addendum.ambition),
        inside(ServiceArea.name),
        exists().where(Persona.addendum_id == Addendum.id, inside(Persona.name)),
        exists().where(
            addendum_municipality.c.addendum_id == Addendum.id,
            addendum_municipality.c.municipality_id == Municipality.id,
            inside(Municipality.name),
        ),
        exists().where(
            Challenge.addendum_id == Addendum.id,
            Obstacle.challenge_id == Challenge.id,
            inside(Obstacle.label),
        ),
    )


def towns_and_people(ids: Iterable[int]) -> tuple[dict[int, list[str]], dict[int, list[tuple[str, int]]]]:
    """For cards: names of municipalities, and (name, portrait) of personas, by call. Two queries."""
    wanted = list(ids)
    towns: dict[int, list[str]] = {}
    for addendum_id, name in db.session.execute(
        select(addendum_municipality.c.addendum_id, Municipality.name)
        .join(Municipality, Municipality.id == addendum_municipality.c.municipality_id)
        .where(addendum_municipality.c.addendum_id.in_(wanted))
        .order_by(Municipality.name)
    ):
        towns.setdefault(addendum_id, []).append(name)
    people: dict[int, list[tuple[str, int]]] = {}
    for addendum_id, name, portrait in db.session.execute(
        select(Persona.addendum_id, Persona.name, Persona.portrait)
        .where(Persona.addendum_id.in_(wanted))
        .order_by(Persona.position, Persona.id)
    ):
        people.setdefault(addendum_id, []).append((name, portrait))
    return towns, people


def municipalities_with_calls(now: datetime) -> list[tuple[int, str]]:
    """For the filter: where a call was ever published."""
    rows = db.session.execute(
        select(Municipality.id, Municipality.name)
        .join(addendum_municipality, addendum_municipality.c.municipality_id == Municipality.id)
        .join(Addendum, Addendum.id == addendum_municipality.c.addendum_id)
        .where(Addendum.published_at.is_not(None), Addendum.launch <= local_day(now))
        .distinct()
        .order_by(Municipality.name)
    )
    return [(row.id, row.name) for row in rows]

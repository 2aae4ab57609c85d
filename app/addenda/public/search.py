"""Finding published calls: a fixed number of queries whatever their number."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, cast, exists, or_, select, union

from app.addenda.finding import Hit, Query, Snippet, parse, search, snippet, suggest
from app.addenda.models import Addendum, Challenge, Obstacle, Persona, addendum_municipality
from app.addenda.queries import Call, load_calls
from app.domain.life_domains import LIFE_DOMAINS
from app.domain.timeline import Phase, local_day
from app.infra.database import db
from app.regions.models import Municipality

SOON = timedelta(days=14)
_ON_THE_CARD = ("title", "region", "municipality")
_SNIPPETS = 2


@dataclass(frozen=True)
class Search:
    """What a visitor looks for; `state` is "", "open", "soon" (open, and closing soon) or "closed"."""

    text: str = ""
    municipality: int | None = None
    life_domain: str = ""
    state: str = ""


@dataclass(frozen=True)
class Found:
    """The calls in their order; `meant` what was probably typed wrong, when nothing was found."""

    calls: list[Call]
    query: Query
    hits: dict[int, Hit] = field(default_factory=dict)
    meant: str | None = None

    def where(self, addendum_id: int) -> list[Snippet]:
        """Where in the call the words were found, as far as its card does not show it anyway."""
        hit = self.hits.get(addendum_id)
        places = [one for one in hit.places if one.field not in _ON_THE_CARD] if hit else []
        return [snippet(one.field, one.text, self.query) for one in places[:_SNIPPETS]]


def find_calls(wanted: Search, now: datetime) -> list[Call]:
    """The calls that `look` finds, in its order."""
    return look(wanted, now).calls


def look(wanted: Search, now: datetime) -> Found:
    """Published calls that match: what fits the words best first; then open ones by deadline, and the rest
    by launch. Two queries, one more for words, and at most three more when those find nothing."""
    query = parse(wanted.text)
    calls = _matching(wanted, now)
    if not wanted.text:
        return Found(_in_order(calls, now), query)
    hits = {hit.addendum_id: hit for hit in search(query)}
    found = [call for call in _in_order(calls, now) if call.id in hits]
    found.sort(key=lambda call: -hits[call.id].score)
    return Found(found, query, hits, None if found else _meant(wanted.text, {call.id for call in calls}))


def _matching(wanted: Search, now: datetime) -> list[Call]:
    """What the filters leave of the calls that a visitor may see."""
    conditions: list[Any] = [Addendum.published_at.is_not(None), Addendum.launch <= local_day(now)]
    if wanted.municipality is not None:
        link = addendum_municipality.c
        conditions.append(
            exists().where(link.addendum_id == Addendum.id, link.municipality_id == wanted.municipality)
        )
    if wanted.life_domain:
        conditions.append(_touches(wanted.life_domain))
    calls = [call for call in load_calls(now, *conditions) if call.phase is not Phase.DRAFT]
    return [call for call in calls if _stands(call, wanted.state, now)]


def _stands(call: Call, state: str, now: datetime) -> bool:
    is_open = call.phase is Phase.OPEN
    if state == "soon":
        return is_open and call.deadline is not None and call.deadline - now <= SOON
    return not state or is_open == (state == "open")


def _touches(life_domain: str) -> Any:
    """An obstacle or a persona of the call carries the life domain."""
    name = json.dumps(life_domain)
    return or_(
        exists().where(
            Challenge.addendum_id == Addendum.id,
            Obstacle.challenge_id == Challenge.id,
            cast(Obstacle.life_domains, Text).contains(name, autoescape=True),
        ),
        exists().where(
            Persona.addendum_id == Addendum.id,
            cast(Persona.life_domains, Text).contains(name, autoescape=True),
        ),
    )


def _in_order(calls: list[Call], now: datetime) -> list[Call]:
    still_open = [call for call in calls if call.phase is Phase.OPEN and call.deadline]
    return [
        *sorted(still_open, key=lambda call: call.deadline or now),
        *(call for call in calls if call.phase is not Phase.OPEN),
    ]


def _meant(text: str, visible: set[int]) -> str | None:
    """A spelling near to what was typed that does find one of these calls."""
    for meant in suggest(text, visible):
        if any(hit.addendum_id in visible for hit in search(parse(meant))):
            return meant
    return None


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


def life_domains_with_calls(now: datetime) -> list[str]:
    """For the filter: what a published call touches, in the order of the published scale. One query."""
    seen = (Addendum.published_at.is_not(None), Addendum.launch <= local_day(now))
    of_personas = select(cast(Persona.life_domains, Text)).join(Addendum).where(*seen)
    of_obstacles = select(cast(Obstacle.life_domains, Text)).join(Challenge).join(Addendum).where(*seen)
    stored = db.session.scalars(union(of_personas, of_obstacles))
    found = {name for names in stored for name in json.loads(names or "[]")}
    return [name for name in LIFE_DOMAINS if name in found]


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

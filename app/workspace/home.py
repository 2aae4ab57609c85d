"""The facts of the home page, gathered once for all roles of a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.addenda.queries import Call
from app.audit.heads import newest_at
from app.domain.access import Actor, Role
from app.dossiers.forgetting.queries import names_due
from app.objections.reassessing.queries import waiting_for
from app.organisations.presenters_merging import waiting_notices
from app.proposals.own.overview import own_proposals
from app.proposals.own.statuses import own_statuses
from app.proposals.own.twofold import twofold
from app.proposals.policy import own_organisations_of
from app.workspace.links import link
from app.workspace.presenters import CallCard, Line, region_cards, regions_of, seats_of
from app.workspace.presenters_admin import admin_links, due_tiles, health_tiles
from app.workspace.presenters_jury import anew_lines, jury_cards
from app.workspace.presenters_own import OpenCard, OwnCard, merging_lines, open_cards, own_cards
from app.workspace.queries import calls_for, progress_of, region_names
from app.workspace.queries_health import health

SHOWN_OPEN = 6


@dataclass(frozen=True)
class Region:
    """One region of a regisseur (`writes`) or an observer; `quiet` are the calls without a task."""

    id: int
    name: str
    writes: bool
    busy: list[CallCard]
    quiet: list[CallCard]
    manage_href: str | None
    create_href: str | None
    log_href: str | None


@dataclass(frozen=True)
class Home:
    """Sections are None for roles that the person does not have. `first` is the soonest task of all."""

    name: str
    first: Line | None = None
    others: int = 0
    lapsed: OwnCard | None = None
    regions: list[Region] | None = None
    seats: list[CallCard] | None = None
    own: list[OwnCard] | None = None
    merging: list[Line] = field(default_factory=list)
    anew: list[Line] = field(default_factory=list)
    fits_href: str | None = None
    open_calls: list[OpenCard] = field(default_factory=list)
    more_open: bool = False
    tiles: list[dict[str, Any]] | None = None
    admin_links: list[tuple[str, str]] = field(default_factory=list)
    register_href: str | None = None
    only_reads: bool = False


def home_of(actor: Actor, now: datetime) -> Home:
    """Everything the page shows; as many queries for thirty calls as for one."""
    areas, seats = regions_of(actor), seats_of(actor)
    applies = actor.holds(Role.OWNER) or actor.holds(Role.MEMBER)
    rows, mine = own_proposals(actor) if applies else [], own_organisations_of(actor)
    own_ids = {row.addendum_id for row in rows}
    calls = calls_for(now, areas, seats | own_ids, open_ones=applies or not actor.grants)
    followed = [call for call in calls if call.service_area_id in areas or call.id in seats]
    progress = progress_of(followed)
    regions = _regions(areas, region_cards(_in(areas, calls), progress, actor, now))
    jury = jury_cards([call for call in calls if call.id in seats], progress, actor, now)
    by_id = {call.id: call for call in calls}
    own = own_cards(rows, by_id, own_statuses(rows, by_id, mine, now), actor, now)
    may_answer = open_cards(calls, own_ids, now) if applies or not actor.grants else []
    administers = actor.holds(Role.ADMINISTRATOR)
    merging = merging_lines(waiting_notices(actor), twofold(rows, by_id), actor, now) if applies else []
    anew = anew_lines(waiting_for(actor.user_id or 0), by_id, actor) if followed else []
    asked = _asked(regions, jury, own, [*merging, *anew])
    return Home(
        name=actor.name,
        first=asked[0] if asked else None,
        others=len(asked) - 1,
        lapsed=next((card for card in own if card.lapsed), None),
        regions=regions if areas else None,
        seats=jury if seats else None,
        own=own if applies else None,
        merging=merging,
        anew=anew,
        fits_href=link("matching.best_calls") if applies and may_answer else None,
        open_calls=may_answer[:SHOWN_OPEN],
        more_open=len(may_answer) > SHOWN_OPEN,
        tiles=[*health_tiles(health(now), newest_at(), now), *due_tiles(len(names_due(now)))]
        if administers
        else None,
        admin_links=admin_links() if administers else [],
        register_href=link("organisations.register"),
        only_reads=bool(areas) and not any(areas.values()) and not seats and not applies,
    )


def _in(areas: dict[int, bool], calls: Sequence[Call]) -> list[Call]:
    return [call for call in calls if call.service_area_id in areas]


def _regions(areas: dict[int, bool], cards: list[CallCard]) -> list[Region]:
    return [
        Region(
            one,
            name,
            areas[one],
            [card for card in cards if card.region_id == one and card.lines],
            [card for card in cards if card.region_id == one and not card.lines],
            link("addenda.manage", service_area_id=one),
            link("addenda.create", service_area_id=one) if areas[one] else None,
            link("workspace.audit_log", service_area_id=one),
        )
        for one, name in region_names(areas).items()
    ]


def _asked(
    regions: list[Region], jury: list[CallCard], own: list[OwnCard], merging: list[Line]
) -> list[Line]:
    """What this person can do now, soonest first; a task seen in two roles counts once."""
    cards: list[CallCard | OwnCard] = [*jury, *(card for one in regions for card in one.busy), *own]
    found: dict[tuple[str, str | None], Line] = {}
    for line in (*merging, *(line for card in cards for line in card.lines)):
        if line.href and not line.waiting:
            found.setdefault((line.text, line.href), line)
    return sorted(found.values(), key=lambda line: (line.due is None, line.due or date.max))


def landing_calls(now: datetime) -> list[OpenCard]:
    """Every open call, for whoever is not signed in."""
    return open_cards(calls_for(now, (), (), open_ones=True), (), now)

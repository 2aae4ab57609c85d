"""The open calls beside one organisation: what it can take away, who completes it, and what stays open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.addenda.queries import Call
from app.domain.errors import NotFound
from app.infra import clock
from app.matching.index import Match, matches_in
from app.matching.own.queries import (
    Addendum,
    ObstacleLine,
    Partner,
    findable,
    obstacles_in,
    open_calls,
    works_in,
)
from app.matching.towns import towns_in

HOME = 2  # calls on the home page


@dataclass(frozen=True)
class Completing:
    """A findable organisation, with what it can take away and the own one cannot. `in_region` None: it does
    not say where it works. `towns` are those of the call."""

    partner: Partner
    in_region: bool | None
    towns: frozenset[int]
    able: Mapping[int, Match]

    def place(self) -> tuple[int, float, str, int]:
        """For sorting: in the region of the call first, then who completes best."""
        reach = sum(one.score for one in self.able.values())
        return _PLACES.index(self.in_region), -reach, self.partner.name.casefold(), self.partner.id


@dataclass(frozen=True)
class Fit:
    """One open call for one organisation. `own` is by obstacle what it can take away; `gaps` are what neither
    it nor anybody findable can."""

    call: Call
    organisation_id: int
    in_region: bool | None
    obstacles: Sequence[ObstacleLine]
    own: Mapping[int, Match]
    completing: Sequence[Completing] = ()
    gaps: Sequence[ObstacleLine] = ()

    @property
    def reach(self) -> float:
        """How many obstacles and how well: the sum of the scores."""
        return sum(one.score for one in self.own.values())

    def place(self) -> tuple[int, float, int]:
        """For sorting: in the own working area first, then what fits best."""
        return (_PLACES.index(self.in_region), -self.reach, self.call.id)


_PLACES = (True, None, False)


def fits_of(organisation_id: int) -> list[Fit]:
    """Every open call, the best first. As many queries for thirty calls as for one."""
    return _fits(organisation_id, open_calls(clock.now()))


def fit_of(organisation_id: int, addendum_id: int) -> Fit:
    """NotFound for a call that is not open: a draft does not exist for an organisation."""
    found = _fits(organisation_id, open_calls(clock.now(), Addendum.id == addendum_id))
    if not found:
        raise NotFound("call")
    return found[0]


def best_fits(organisation_ids: Collection[int], calls: Sequence[Call], most: int = HOME) -> list[Fit]:
    """For the home page: the calls that fit one of these organisations best, each call once."""
    if not organisation_ids or not calls:
        return []
    towns, works = towns_in(calls), works_in(organisation_ids)
    ids = [call.id for call in calls]
    found, lines = matches_in(ids, organisation_ids), obstacles_in(ids)
    fits = [
        Fit(call, id, _within(works.get(id), towns[call.id]), lines[call.id], _own(found[call.id], id))
        for call in calls
        for id in organisation_ids
    ]
    best: dict[int, Fit] = {}
    for one in sorted((fit for fit in fits if fit.own), key=Fit.place):
        best.setdefault(one.call.id, one)
    return list(best.values())[:most]


def _fits(organisation_id: int, calls: Sequence[Call]) -> list[Fit]:
    others = {id: one for id, one in findable().items() if id != organisation_id}
    ids = [call.id for call in calls]
    towns, works = towns_in(calls), works_in([organisation_id])
    found, lines = matches_in(ids, {organisation_id, *others}), obstacles_in(ids)
    fits = []
    for call in calls:
        own = _own(found[call.id], organisation_id)
        completing = _completing(found[call.id], own, others, works, towns[call.id])
        taken = own.keys() | {obstacle for one in completing for obstacle in one.able}
        fits.append(
            Fit(
                call,
                organisation_id,
                _within(works.get(organisation_id), towns[call.id]),
                lines[call.id],
                own,
                completing,
                [line for line in lines[call.id] if line.id not in taken],
            )
        )
    return sorted(fits, key=Fit.place)


def _own(found: Mapping[int, Sequence[Match]], organisation_id: int) -> dict[int, Match]:
    """By obstacle, the surest first."""
    own = [one for able in found.values() for one in able if one.organisation_id == organisation_id]
    return {one.obstacle_id: one for one in sorted(own, key=lambda one: -one.score)}


def _completing(
    found: Mapping[int, Sequence[Match]],
    own: Mapping[int, Match],
    others: Mapping[int, Partner],
    works: Mapping[int, frozenset[int]],
    towns: frozenset[int],
) -> list[Completing]:
    able: dict[int, dict[int, Match]] = {}
    for obstacle, matches in found.items():
        for one in matches if obstacle not in own else ():
            if one.organisation_id in others:
                able.setdefault(one.organisation_id, {})[obstacle] = one
    completing = [
        Completing(others[id], _within(works.get(id), towns), works.get(id, frozenset()) & towns, able[id])
        for id in able
    ]
    return sorted(completing, key=Completing.place)


def _within(works: frozenset[int] | None, towns: frozenset[int]) -> bool | None:
    return None if not works else bool(works & towns)

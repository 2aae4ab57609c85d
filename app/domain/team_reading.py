"""From the JSON shape of a team problem to a checked one.

{"obstacles": [{"id", "weight"}], "proposals": [{"id", "score", "cost", "covers": {obstacle: degree},
"municipalities": [], "coordinator": false}], "limits": {…}}. Ids are texts or whole numbers; keys of objects
are texts, so 3 and "3" are the same id. Numbers are Decimal or int: a float would have lost digits.
"""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from app.domain.errors import DomainError
from app.domain.team_problem import Id, Limits, Proposal, TeamProblem, team_problem


def read_problem(data: Any) -> TeamProblem:
    """Raises `team_shape` (fact `where`: the path in the data), `team_limit_unknown` and what `team_problem`
    raises."""
    data = _object(data, "{}")
    obstacles = [
        _object(one, f"obstacles[{at}]") for at, one in enumerate(_list(data, "obstacles", "obstacles"))
    ]
    names: dict[str, Id] = {}
    weights = []
    for at, one in enumerate(obstacles):
        weights.append((_id(one, f"obstacles[{at}].id"), _number(one, "weight", f"obstacles[{at}]")))
        if str(weights[-1][0]) in names:
            raise DomainError("team_obstacle_double", obstacle=weights[-1][0])
        names[str(weights[-1][0])] = weights[-1][0]
    proposals = [
        _proposal(one, f"proposals[{at}]", names)
        for at, one in enumerate(_list(data, "proposals", "proposals"))
    ]
    known: dict[str, Proposal] = {}
    for proposal in proposals:
        if known.setdefault(str(proposal.id), proposal) is not proposal:
            raise DomainError("team_proposal_double", proposal=proposal.id)
    limits = _limits(data.get("limits"), names, {str(one.id): one.id for one in proposals})
    return team_problem(weights, proposals, limits)


def _proposal(data: Any, where: str, obstacles: Mapping[str, Id]) -> Proposal:
    data = _object(data, where)
    covers = _object(_given(data, "covers", {}), f"{where}.covers")
    return Proposal(
        _id(data, f"{where}.id"),
        _number(data, "score", where),
        _number(data, "cost", where),
        {obstacles.get(name, name): _number(covers, name, f"{where}.covers") for name in covers},
        _texts(data, "municipalities", where),
        _flag(data, "coordinator", where),
    )


def _limits(data: Any, obstacles: Mapping[str, Id], proposals: Mapping[str, Id]) -> Limits:
    data = {name: one for name, one in _object(data or {}, "limits").items() if one is not None}
    for name in data:
        if name not in {one.name for one in fields(Limits)}:
            raise DomainError("team_limit_unknown", limit=name)
    critical = _object(data.get("critical", {}), "limits.critical")
    budget, most, fewest, least = (
        _number(data, name, "limits") if name in data else None
        for name in ("budget", "max_partners", "min_partners", "min_score")
    )
    return Limits(
        budget=budget,
        max_partners=most,
        min_partners=fewest,
        min_score=least,
        must=_ids(data, "must", proposals),
        must_not=_ids(data, "must_not", proposals),
        critical={obstacles.get(o, o): _number(critical, o, "limits.critical") for o in critical},
        municipalities=_texts(data, "municipalities", "limits"),
        coordinator=_flag(data, "coordinator", "limits"),
    )  # fmt: skip


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise DomainError("team_shape", where=where)
    return value


def _given(data: Mapping[str, Any], name: str, default: Any) -> Any:
    return default if data.get(name) is None else data[name]


def _list(data: Mapping[str, Any], name: str, where: str) -> list[Any]:
    if not isinstance(found := data.get(name), list):
        raise DomainError("team_shape", where=where)
    return found


def _id(data: Mapping[str, Any], where: str) -> Id:
    found = data.get("id")
    if not isinstance(found, str | int) or isinstance(found, bool) or found == "":
        raise DomainError("team_shape", where=where)
    return found


def _number(data: Mapping[str, Any], name: str, where: str) -> Any:
    """A number as it stands; whether it may be this one is for `team_problem` to say."""
    found = data.get(name)
    if not isinstance(found, int | Decimal) or isinstance(found, bool):
        raise DomainError("team_shape", where=f"{where}.{name}")
    return found


def _texts(data: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    found = _given(data, name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise DomainError("team_shape", where=f"{where}.{name}")
    return tuple(found)


def _ids(data: Mapping[str, Any], name: str, known: Mapping[str, Id]) -> tuple[Id, ...]:
    found = _given(data, name, [])
    if not isinstance(found, list) or not all(type(one) in (str, int) for one in found):
        raise DomainError("team_shape", where=f"limits.{name}")
    return tuple(known.get(str(one), one) for one in found)


def _flag(data: Mapping[str, Any], name: str, where: str) -> bool:
    found = _given(data, name, False)
    if not isinstance(found, bool):
        raise DomainError("team_shape", where=f"{where}.{name}")
    return found

"""Composing a team, and writing down which one people chose."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.access import Actor, Subject, may, require
from app.domain.errors import DomainError
from app.domain.team import Composition, Team, compose
from app.domain.team_explain import Desk, contradiction, trade_off
from app.domain.team_limits import Demand
from app.domain.team_problem import TeamProblem
from app.domain.team_reading import read_problem
from app.infra.database import db, transaction
from app.matching.models import TeamChoice

CHOOSE = "team.choose"
LEAST_REASON, MOST_REASON = 20, 5000  # characters
SECONDS, MORE_SECONDS, CURVE_SECONDS = 3.0, 1.0, 2.0
POINTS = 8


@dataclass(frozen=True)
class Composed:
    """The answer to one set of facts and limits. Without a `found` team there are `contradicts` (the limits
    that do not go together), or the time was over. `curves` by "size" and "cost"."""

    desk: Desk
    found: Composition | None
    contradicts: tuple[Demand, ...]


def composed(problem: dict[str, Any]) -> Composed:
    """Solved once per set of facts and limits in each process. Raises what `read_problem` raises."""
    return _solved(_as_text(problem))


def curves(problem: dict[str, Any]) -> dict[str, tuple[Team, ...]]:
    """What more partners, and more money, would bring: {"size" or "cost": teams}. Takes seconds, so it is
    asked for apart."""
    return _curves(_as_text(problem))


def _as_text(problem: dict[str, Any]) -> str:
    return json.dumps(problem, default=str, sort_keys=True)


def _read(text: str) -> TeamProblem:
    return read_problem(_numbers(json.loads(text)))


@lru_cache(maxsize=32)
def _solved(text: str) -> Composed:
    problem = _read(text)
    try:
        found = compose(problem, seconds=SECONDS, more_seconds=MORE_SECONDS)
    except DomainError as error:
        wrong = contradiction(problem, seconds=SECONDS) if error.code == "team_contradiction" else ()
        return Composed(Desk(problem), None, wrong)
    return Composed(Desk(problem), found, ())


@lru_cache(maxsize=32)
def _curves(text: str) -> dict[str, tuple[Team, ...]]:
    problem = _read(text)
    ways = ("size", "cost") if any(problem.costs) else ("size",)
    return {by: trade_off(problem, by=by, points=POINTS, seconds=CURVE_SECONDS) for by in ways}


def _numbers(problem: Any) -> Any:
    """Decimals travel as text through JSON, so that no digit is lost."""
    for one in problem["proposals"]:
        one["score"], one["cost"] = Decimal(one["score"]), Decimal(one["cost"])
        one["covers"] = {key: Decimal(value) for key, value in one["covers"].items()}
    for name in ("budget", "min_score"):
        if problem["limits"].get(name) is not None:
            problem["limits"][name] = Decimal(problem["limits"][name])
    return problem


def figures(team: Team, total: Fraction) -> dict[str, str]:
    """A team as the record keeps it: amounts as text; `percent` of all weights."""
    return {
        "coverage": _text(team.coverage),
        "percent": _text(team.coverage * 100 / total if total else Fraction(0)),
        "quality": _text(team.quality),
        "cost": _text(team.cost),
    }


def _text(value: Fraction) -> str:
    return str((Decimal(value.numerator) / value.denominator).quantize(Decimal("0.01")))


def choose_team(
    addendum_id: int, problem: dict[str, Any], chosen: Sequence[int], reason: str, *, by: Actor
) -> None:
    """Write down a team beside the one that the composer proposes for the same facts and limits.

    People may choose a team that breaks a limit: the record names it. Raises `team_empty`,
    `team_reason_missing`, `team_reason_long`.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        subject = Subject(call.service_area_id, call.id, every_applicant=True)
        require(may(by, CHOOSE, subject, call.phase))
        if not chosen:
            raise DomainError("team_empty")
        if len(reason) < LEAST_REASON:
            raise DomainError("team_reason_missing", field="reason", least=LEAST_REASON)
        if len(reason) > MOST_REASON:
            raise DomainError("team_reason_long", field="reason", most=MOST_REASON)
        answer = composed(problem)
        mine = answer.desk.evaluate(chosen)
        total = sum(answer.desk.problem.weights.values(), Fraction(0))
        best = answer.found and answer.found.team
        assert by.user_id is not None
        db.session.add(
            TeamChoice(
                addendum_id=call.id,
                limits=json.loads(json.dumps(problem["limits"], default=str)),
                proposed={"proposals": list(best.proposals), **figures(best, total)} if best else {},
                chosen=list(mine.team.proposals),
                measured={
                    **figures(mine.team, total),
                    "broken": [[one.name, one.about] for one in mine.broken],
                    "uncovered": list(mine.uncovered),
                    "problem": json.loads(json.dumps(problem, default=str)),
                },
                reason=reason,
                by_id=by.user_id,
                at=now,
            )
        )
        record(
            "team.chosen",
            actor_id=by.user_id,
            subject=f"addendum:{call.id}",
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            at=now,
            partners=len(mine.team.proposals),
            as_proposed=bool(best and set(best.proposals) == set(mine.team.proposals)),
        )

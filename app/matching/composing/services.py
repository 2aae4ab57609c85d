"""Composing a team, and writing down which one people chose."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select

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
from app.infra.remembered import remembered
from app.matching.models import TeamChoice

CHOOSE = "team.choose"
LEAST_REASON, MOST_REASON = 20, 5000  # characters
SECONDS, MORE_SECONDS, CURVE_SECONDS = 3.0, 1.0, 2.0
POINTS = 8


@dataclass(frozen=True)
class Composed:
    """The answer to one set of facts and limits. Without a `found` team there are `contradicts` (the limits
    that do not go together), or the time was over."""

    desk: Desk
    found: Composition | None
    contradicts: tuple[Demand, ...]


def composed(problem: dict[str, Any]) -> Composed:
    """Solved once per set of facts and limits in each process. Raises what `read_problem` raises."""
    text = as_json(problem)
    return remembered(("team", text), lambda: _solved(text), keep=_proven)


def curves(problem: dict[str, Any]) -> dict[str, tuple[Team, ...]]:
    """What more partners, and more money, would bring: {"size" or "cost": teams}. Takes seconds, so it is
    asked for apart."""
    text = as_json(problem)
    return remembered(("curves", text), lambda: _curves(text))


def as_json(problem: dict[str, Any]) -> str:
    """What `flask team compose` reads. An amount has at most four decimals: a JSON number keeps them all."""
    return json.dumps(problem, default=_number, sort_keys=True)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _read(text: str) -> TeamProblem:
    return read_problem(json.loads(text, parse_float=Decimal))


def _proven(answer: Composed) -> bool:
    """An answer that ran out of time on a busy moment is no answer for the rest of the day."""
    return answer.found.settled if answer.found else bool(answer.contradicts)


def _solved(text: str) -> Composed:
    problem = _read(text)
    try:
        found = compose(problem, seconds=SECONDS, more_seconds=MORE_SECONDS)
    except DomainError as error:
        wrong = contradiction(problem, seconds=SECONDS) if error.code == "team_contradiction" else ()
        return Composed(Desk(problem), None, wrong)
    return Composed(Desk(problem), found, ())


def _curves(text: str) -> dict[str, tuple[Team, ...]]:
    problem = _read(text)
    ways = ("size", "cost") if any(problem.costs) else ("size",)
    return {by: trade_off(problem, by=by, points=POINTS, seconds=CURVE_SECONDS) for by in ways}


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
    _check_choice(chosen, reason)
    # Before the transaction: whoever hands in elsewhere may not wait for a solver.
    answer = composed(problem)
    row = _written(answer, problem, chosen, reason)
    with transaction() as now:
        call = load_call(addendum_id, now)
        subject = Subject(call.service_area_id, call.id, every_applicant=True)
        require(may(by, CHOOSE, subject, call.phase))
        assert by.user_id is not None
        row.addendum_id, row.by_id, row.at = call.id, by.user_id, now
        if _same(_newest(call.id), row):
            return
        db.session.add(row)
        record(
            "team.chosen",
            actor_id=by.user_id,
            subject=f"addendum:{call.id}",
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            at=now,
            partners=len(row.chosen),
            as_proposed=set(row.proposed.get("proposals", ())) == set(row.chosen),
        )


def _check_choice(chosen: Sequence[int], reason: str) -> None:
    if not chosen:
        raise DomainError("team_empty")
    if len(reason) < LEAST_REASON:
        raise DomainError("team_reason_missing", field="reason", least=LEAST_REASON)
    if len(reason) > MOST_REASON:
        raise DomainError("team_reason_long", field="reason", most=MOST_REASON)


def _written(answer: Composed, problem: dict[str, Any], chosen: Sequence[int], reason: str) -> TeamChoice:
    mine = answer.desk.evaluate(chosen)
    total = sum(answer.desk.problem.weights.values(), Fraction(0))
    best = answer.found and answer.found.team
    kept = json.loads(as_json(problem))
    return TeamChoice(
        limits=kept["limits"],
        proposed={"proposals": list(best.proposals), **figures(best, total)} if best else {},
        chosen=list(mine.team.proposals),
        measured={
            **figures(mine.team, total),
            "broken": [[one.name, one.about] for one in mine.broken],
            "uncovered": list(mine.uncovered),
            "problem": kept,
        },
        reason=reason,
    )


def _newest(addendum_id: int) -> TeamChoice | None:
    return db.session.scalars(
        select(TeamChoice)
        .where(TeamChoice.addendum_id == addendum_id)
        .order_by(TeamChoice.id.desc())
        .limit(1)
    ).first()


def _same(one: TeamChoice | None, other: TeamChoice) -> bool:
    """A second click on the same button."""
    return one is not None and (one.by_id, one.chosen, one.limits, one.reason) == (
        other.by_id,
        other.chosen,
        other.limits,
        other.reason,
    )

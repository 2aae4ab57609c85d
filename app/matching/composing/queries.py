"""What a team of a call is composed from, as plain rows and as the JSON that `team compose` takes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.queries import Call
from app.infra.database import db
from app.matching.coverage.board import degrees
from app.matching.models import TeamChoice
from app.matching.queries import ObstacleRow, coverage_of
from app.matching.towns import towns_in
from app.organisations.models import organisation_municipality
from app.proposals.queries import StandingRow
from app.proposals.seal.sealing import examine
from app.regions.models import Municipality

DIGITS = Decimal("0.0001")  # to how many a degree or a score is rounded, so that the record can state it


class Candidate(NamedTuple):
    """`score` in percent, None when nobody scored; `cost` in euro, None when the proposal names none;
    `municipalities` of the call in which the organisation works."""

    id: int
    name: str
    score: Decimal | None
    cost: Decimal | None
    coordinator: bool
    municipalities: tuple[str, ...]


@dataclass(frozen=True)
class TeamFacts:
    """`weights` are whole numbers in the order of the obstacles; `degrees` {proposal: {obstacle: 0..1}}."""

    obstacles: Sequence[ObstacleRow]
    weights: Mapping[int, int]
    candidates: Sequence[Candidate]
    degrees: Mapping[int, Mapping[int, Decimal]]
    municipalities: tuple[str, ...]

    def problem(self, limits: Mapping[str, Any]) -> dict[str, Any]:
        """The input of `flask team compose`, so that anybody can check the answer."""
        return {
            "obstacles": [{"id": one.id, "weight": self.weights[one.id]} for one in self.obstacles],
            "proposals": [
                {
                    "id": one.id,
                    "score": one.score or Decimal(0),
                    "cost": one.cost or Decimal(0),
                    "covers": {str(key): value for key, value in self.degrees.get(one.id, {}).items()},
                    "municipalities": list(one.municipalities),
                    "coordinator": one.coordinator,
                }
                for one in self.candidates
            ],
            "limits": dict(limits),
        }


def facts_of(call: Call) -> TeamFacts:
    """Everybody in the running, by name. About fifteen queries, whatever the number of proposals."""
    found = coverage_of(call.id)
    scores: Mapping[int, Fraction] = current_app.config["PROPOSAL_SCORES"](call.id)
    served = _municipalities_of([row.organisation_id for row in found.proposals])
    region = _municipalities_in(call)
    texts = examine([row.submission_id for row in found.proposals])
    rows = sorted(found.proposals, key=lambda row: (row.organisation_name.casefold(), row.proposal_id))
    candidates = [
        _candidate(
            row, json.loads(texts[row.submission_id] or "{}"), scores.get(row.proposal_id), served, region
        )
        for row in rows
    ]
    weights = found.table.weights if found.table else {}
    return TeamFacts(
        found.obstacles,
        _whole({one.id: Fraction(weights.get(one.id, 1)) for one in found.obstacles}),
        candidates,
        {
            proposal: {obstacle: _rounded(value) for obstacle, value in mine.items()}
            for proposal, mine in degrees(call.id).items()
        },
        region,
    )


def _candidate(
    row: StandingRow,
    content: Mapping[str, Any],
    score: Fraction | None,
    served: Mapping[int, set[str]],
    region: tuple[str, ...],
) -> Candidate:
    here = served.get(row.organisation_id, set())
    cost = content.get("cost_estimate")
    return Candidate(
        row.proposal_id,
        row.organisation_name,
        None if score is None else _rounded(score),
        Decimal(cost) if cost else None,
        bool(content.get("coordinator")),
        tuple(name for name in region if name in here),
    )


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(DIGITS)


def _whole(weights: Mapping[int, Fraction]) -> dict[int, int]:
    """The same proportions in whole numbers: JSON has no thirds."""
    below = lcm(*(one.denominator for one in weights.values())) if weights else 1
    return {key: int(one * below) for key, one in weights.items()}


def _municipalities_of(organisation_ids: Sequence[int]) -> dict[int, set[str]]:
    columns = organisation_municipality.c
    found: dict[int, set[str]] = {}
    for organisation, name in db.session.execute(
        select(columns.organisation_id, Municipality.name)
        .join(Municipality, Municipality.id == columns.municipality_id)
        .where(columns.organisation_id.in_(organisation_ids))
    ):
        found.setdefault(organisation, set()).add(name)
    return found


def _municipalities_in(call: Call) -> tuple[str, ...]:
    names = select(Municipality.name).where(Municipality.id.in_(towns_in([call])[call.id]))
    return tuple(db.session.scalars(names.order_by(Municipality.name)))


class ChoiceRow(NamedTuple):
    """A team that was chosen, beside what was proposed (`TeamChoice`), and by whom."""

    choice: TeamChoice
    by: str


def choices_of(addendum_id: int) -> list[ChoiceRow]:
    """The newest first: that one counts. One query."""
    rows = db.session.execute(
        select(TeamChoice, User.name)
        .join(User, User.id == TeamChoice.by_id)
        .where(TeamChoice.addendum_id == addendum_id)
        .order_by(TeamChoice.id.desc())
    )
    return [ChoiceRow(choice, name) for choice, name in rows]

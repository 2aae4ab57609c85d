"""Which obstacles the proposals of a call take up, and what each of them adds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from app.addenda.models import Challenge, Obstacle, Persona, challenge_persona
from app.domain.coverage import Claim, CoverageTable, coverage_table, obstacle_weights
from app.infra.database import db
from app.proposals.models import Claim as ClaimRow
from app.proposals.models import Submission
from app.proposals.queries import StandingRow, in_the_running, standing


class ObstacleRow(NamedTuple):
    """An obstacle in the order of the addendum; `number` of its challenge, names of its personas."""

    id: int
    label: str
    number: int
    personas: tuple[str, ...]
    persona_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class CallCoverage:
    """`table` answers the questions of `domain.coverage`; None when the call has no obstacles that weigh.
    `claims` is {obstacle id: ids of the proposals that take it up}."""

    obstacles: Sequence[ObstacleRow]
    proposals: Sequence[StandingRow]
    claims: dict[int, frozenset[int]]
    table: CoverageTable | None


def coverage_of(addendum_id: int, excluding: frozenset[int] = frozenset()) -> CallCoverage:
    """The coverage by what is in the running, leaving out the organisations in `excluding` (those the reader
    has a conflict with). Obstacles weigh by the order of their personas. Five queries."""
    personas = db.session.scalars(
        select(Persona.id).where(Persona.addendum_id == addendum_id).order_by(Persona.position, Persona.id)
    ).all()
    of_challenge = _personas_of(addendum_id)
    rows = db.session.execute(
        select(Obstacle.id, Obstacle.label, Obstacle.challenge_id, Challenge.number)
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Challenge.addendum_id == addendum_id)
        .order_by(Challenge.number, Obstacle.position)
    ).all()
    proposals = [row for row in standing(addendum_id) if row.organisation_id not in excluding]
    claims = _claims(addendum_id, {row.proposal_id for row in proposals})
    obstacles = [_obstacle(row, of_challenge.get(row.challenge_id, [])) for row in rows]
    weights = _weights(
        personas, [(row.id, [one for one, _ in of_challenge.get(row.challenge_id, ())]) for row in rows]
    )
    table = None
    if any(weight for _, weight in weights):
        table = coverage_table(
            weights,
            [Claim(one, obstacle, 1) for obstacle, able in claims.items() for one in able],
        )
    return CallCoverage(obstacles, proposals, claims, table)


def _obstacle(row: Any, personas: list[tuple[int, str]]) -> ObstacleRow:
    names, ids = tuple(name for _, name in personas), tuple(one for one, _ in personas)
    return ObstacleRow(row.id, row.label, row.number, names, ids)


def _personas_of(addendum_id: int) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    for row in db.session.execute(
        select(challenge_persona.c.challenge_id, Persona.id, Persona.name)
        .join(Persona, Persona.id == challenge_persona.c.persona_id)
        .where(Persona.addendum_id == addendum_id)
        .order_by(Persona.position, Persona.id)
    ):
        found.setdefault(row.challenge_id, []).append((row.id, row.name))
    return found


def _weights(personas: Sequence[int], personas_of: list[tuple[int, list[int]]]) -> list[tuple[int, Any]]:
    """Without any persona in the call every obstacle weighs the same."""
    if not personas or not any(ids for _, ids in personas_of):
        return [(obstacle, 1) for obstacle, _ in personas_of]
    return list(obstacle_weights(personas, personas_of))


def _claims(addendum_id: int, proposals: set[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for row in db.session.execute(
        select(ClaimRow.obstacle_id, Submission.proposal_id)
        .join(Submission, Submission.id == ClaimRow.submission_id)
        .where(Submission.addendum_id == addendum_id, in_the_running())
    ):
        if row.proposal_id in proposals:
            found.setdefault(row.obstacle_id, set()).add(row.proposal_id)
    return {obstacle: frozenset(able) for obstacle, able in found.items()}

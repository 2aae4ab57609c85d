"""Reading what was claimed and confirmed, as plain rows."""

from collections.abc import Collection
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import select

from app.addenda.models import Challenge, Obstacle
from app.infra.database import db
from app.matching.models import Confirmation
from app.proposals.models import Claim, Submission
from app.proposals.queries import in_the_running


class ClaimedRow(NamedTuple):
    """An obstacle that a proposal takes up; `number` is of its challenge."""

    id: int
    label: str
    number: int


def claimed_obstacles(proposal_id: int) -> list[ClaimedRow]:
    """What a proposal takes up, in the order of the addendum; nothing when it is not in the running. One
    query."""
    rows: Any = db.session.execute(
        select(Obstacle.id, Obstacle.label, Challenge.number)
        .join(Claim, Claim.obstacle_id == Obstacle.id)
        .join(Submission, Submission.id == Claim.submission_id)
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Submission.proposal_id == proposal_id, in_the_running())
        .order_by(Challenge.number, Obstacle.position)
    ).all()
    return [ClaimedRow(*row) for row in rows]


def own_confirmations(proposal_id: int, juror_id: int) -> dict[int, str]:
    """{obstacle: degree} as one juror said it, handed in or not. One query."""
    rows = db.session.execute(
        select(Confirmation.obstacle_id, Confirmation.degree).where(
            Confirmation.proposal_id == proposal_id, Confirmation.juror_id == juror_id
        )
    )
    return {obstacle: degree for obstacle, degree in rows}


def counting_sheets(addendum_id: int) -> set[tuple[int, int]]:
    """(juror, proposal) of the sheets of the written round that are in, without those of jurors in conflict:
    the hook COUNTING_SHEETS, which evaluation fills."""
    found: set[tuple[int, int]] = current_app.config["COUNTING_SHEETS"](addendum_id)
    return found


def votes_of(
    counting: Collection[tuple[int, int]], proposal_ids: Collection[int]
) -> dict[tuple[int, int], list[str]]:
    """{(proposal, obstacle): what jurors said}, of sheets that count, in no telling order. One query."""
    rows = db.session.execute(
        select(
            Confirmation.juror_id, Confirmation.proposal_id, Confirmation.obstacle_id, Confirmation.degree
        ).where(Confirmation.proposal_id.in_(proposal_ids))
    )
    found: dict[tuple[int, int], list[str]] = {}
    for juror, proposal, obstacle, degree in rows:
        if (juror, proposal) in counting:
            found.setdefault((proposal, obstacle), []).append(degree)
    return {key: sorted(degrees) for key, degrees in found.items()}

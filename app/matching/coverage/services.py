"""What a juror says of the obstacles that a proposal takes up. Evaluation calls this from its score sheet:
the right, the round and the version of the sheet are checked there, inside the same transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.domain.coverage import JUDGED
from app.domain.errors import DomainError
from app.infra.database import db
from app.matching.coverage.queries import claimed_obstacles
from app.matching.models import Confirmation

UNSAID = ""


def confirmation_problems(proposal_id: int, said: Mapping[int, str]) -> list[DomainError]:
    """What does not fit: an answer that is none of the three, an obstacle that is not taken up."""
    if not said:
        return []
    claimed = {one.id for one in claimed_obstacles(proposal_id)}
    if set(said) - claimed:
        return [DomainError("confirmation_foreign_obstacle")]
    return [
        DomainError("confirmation_invalid", field=f"confirm-{obstacle}")
        for obstacle, answer in said.items()
        if answer != UNSAID and answer not in JUDGED
    ]


def save_confirmations(proposal_id: int, juror_id: int, said: Mapping[int, str], now: datetime) -> None:
    """Keep what was sent, inside the transaction of the sheet; an empty answer takes the earlier one back.
    Obstacles that were not sent stay as they are. One query."""
    if not said:
        return
    stored = {
        row.obstacle_id: row
        for row in db.session.scalars(
            select(Confirmation).where(
                Confirmation.proposal_id == proposal_id,
                Confirmation.juror_id == juror_id,
                Confirmation.obstacle_id.in_(said),
            )
        )
    }
    for obstacle, answer in said.items():
        row = stored.get(obstacle)
        if row is None and answer != UNSAID:
            keys = {"proposal_id": proposal_id, "obstacle_id": obstacle, "juror_id": juror_id}
            db.session.add(Confirmation(**keys, degree=answer, at=now))
        elif row is not None and answer == UNSAID:
            db.session.delete(row)
        elif row is not None and row.degree != answer:
            row.degree, row.at = answer, now

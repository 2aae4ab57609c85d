"""Reading later decisions that were not told yet."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from app.decisions.grounds import later_ground
from app.decisions.models import Decision
from app.decisions.queries import DecisionRow, rows_where, standing_decision, standing_decisions
from app.infra.database import db


@dataclass(frozen=True)
class Pending:
    """A later decision on its way, beside the one that stands until it is told."""

    decision: DecisionRow
    stands: DecisionRow

    @property
    def ground(self) -> str:
        """What a confirmation given now would rest on."""
        return later_ground(self.decision, self.decision.cause, self.stands.id)

    @property
    def confirmed(self) -> bool:
        return self.decision.confirmed_at is not None and self.decision.confirmed_on == self.ground


def pending_on(proposal_id: int) -> Pending | None:
    """The later decision on one proposal that was not told yet."""
    rows = rows_where(*_UNTOLD, Decision.proposal_id == proposal_id)
    stands = standing_decision(proposal_id) if rows else None
    return Pending(rows[0], stands) if stands else None


def pending_of(addendum_id: int) -> list[Pending]:
    """All of a call, by name of the organisation. Two queries."""
    stands = {row.proposal_id: row for row in standing_decisions(addendum_id)}
    rows = rows_where(*_UNTOLD, Decision.addendum_id == addendum_id)
    return [Pending(row, stands[row.proposal_id]) for row in rows if row.proposal_id in stands]


def untold_in(addendum_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """{call: (later decisions on their way, how many of them were confirmed)}. One query."""
    statement = (
        select(Decision.addendum_id, func.count(), func.count(Decision.confirmed_at))
        .where(Decision.addendum_id.in_(addendum_ids), *_UNTOLD)
        .group_by(Decision.addendum_id)
    )
    return {one: (total, confirmed) for one, total, confirmed in db.session.execute(statement)}


_UNTOLD = (Decision.number > 1, Decision.notified_at.is_(None))

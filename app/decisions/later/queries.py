"""Reading later decisions that were not told yet."""

from collections.abc import Collection
from dataclasses import dataclass

from app.decisions.grounds import later_ground
from app.decisions.models import Decision
from app.decisions.queries import DecisionRow, rows_where, standing_decision, stands


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
    return _pending_in([addendum_id])


def untold_in(addendum_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """{call: (later decisions on their way, of which confirmed as `Pending.confirmed`)}. Two queries."""
    found: dict[int, tuple[int, int]] = {}
    for one in _pending_in(addendum_ids):
        total, confirmed = found.get(one.decision.addendum_id, (0, 0))
        found[one.decision.addendum_id] = (total + 1, confirmed + one.confirmed)
    return found


def _pending_in(addendum_ids: Collection[int]) -> list[Pending]:
    rows = rows_where(*_UNTOLD, Decision.addendum_id.in_(addendum_ids))
    ids = [row.proposal_id for row in rows]
    standing = {row.proposal_id: row for row in rows_where(stands(), Decision.proposal_id.in_(ids))}
    return [Pending(row, standing[row.proposal_id]) for row in rows if row.proposal_id in standing]


_UNTOLD = (Decision.number > 1, Decision.notified_at.is_(None))

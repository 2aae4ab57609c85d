"""What was worked out from the scores of a call, kept for as long as nothing it rests on has changed.

The key is made of version numbers read at the moment of the question, so an answer is never older than the
database. Each worker process has its own memory; nothing depends on it but speed.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.evaluation.models import ConflictDeclaration, Consensus, ScoreSheet
from app.infra.database import db
from app.proposals.models import Proposal, Submission

ROOM = 16
T = TypeVar("T")
_kept: OrderedDict[Hashable, Any] = OrderedDict()


def remembered(key: Hashable, work_out: Callable[[], T]) -> T:
    """The answer that belongs to `key`, worked out when it is not known."""
    if key in _kept:
        _kept.move_to_end(key)
        found: T = _kept[key]
        return found
    answer = work_out()
    _kept[key] = answer
    while len(_kept) > ROOM:
        _kept.popitem(last=False)
    return answer


def forget() -> None:
    _kept.clear()


def version_of(addendum_id: int) -> tuple[Any, ...]:
    """Changes whenever a ranking of this call could: with any act in the log (names and rules too), and
    with any sheet, conflict, consensus or submission. One query."""
    sheets = ScoreSheet.addendum_id == addendum_id
    agreed = Consensus.proposal_id.in_(select(Proposal.id).where(Proposal.addendum_id == addendum_id))
    said = (ConflictDeclaration.addendum_id == addendum_id, ConflictDeclaration.in_conflict)
    handed_in = Submission.addendum_id == addendum_id
    head = select(AuditEntry.sha256).order_by(AuditEntry.seq.desc()).limit(1)
    parts = [
        head,
        select(func.count()).where(sheets),
        select(func.sum(ScoreSheet.version)).where(sheets),
        select(func.count(ScoreSheet.submitted_at)).where(sheets),
        select(func.max(ScoreSheet.updated_at)).where(sheets),
        select(func.count()).where(agreed),
        select(func.max(Consensus.recorded_at)).where(agreed),
        select(func.count()).where(*said),
        select(func.max(ConflictDeclaration.declared_at)).where(*said),
        select(func.count()).where(handed_in, Submission.withdrawn_at.is_(None)),
        select(func.max(Submission.submitted_at)).where(handed_in),
    ]
    row = db.session.execute(select(*(part.scalar_subquery() for part in parts))).one()
    return (str(db.engine.url), addendum_id, *row)

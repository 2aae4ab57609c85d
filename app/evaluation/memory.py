"""On what a ranking rests, as version numbers: the key under which it may be remembered."""

from functools import reduce
from typing import Any

from sqlalchemy import func, select, true

from app.audit.models import AuditEntry
from app.evaluation.models import ConflictDeclaration, Consensus, ScoreSheet
from app.infra.database import db
from app.proposals.models import Proposal, Submission


def version_of(addendum_id: int) -> tuple[Any, ...]:
    """Changes whenever a ranking of this call could: with any act in the log (names and rules too), and
    with any sheet, conflict, consensus or submission. One query."""
    of_call = select(Proposal.id).where(Proposal.addendum_id == addendum_id)
    tables = [
        select(
            func.count().label("n"),
            func.sum(ScoreSheet.version).label("versions"),
            func.count(ScoreSheet.submitted_at).label("sent"),
            func.max(ScoreSheet.updated_at).label("last"),
        ).where(ScoreSheet.addendum_id == addendum_id),
        select(func.count().label("n"), func.max(Consensus.recorded_at).label("last")).where(
            Consensus.proposal_id.in_(of_call)
        ),
        select(func.count().label("n"), func.max(ConflictDeclaration.declared_at).label("last")).where(
            ConflictDeclaration.addendum_id == addendum_id, ConflictDeclaration.in_conflict
        ),
        select(
            func.count().label("n"),
            func.count(Submission.withdrawn_at).label("withdrawn"),
            func.max(Submission.submitted_at).label("last"),
        ).where(Submission.addendum_id == addendum_id),
    ]
    head = select(AuditEntry.sha256).order_by(AuditEntry.seq.desc()).limit(1).scalar_subquery()
    parts = [part.subquery() for part in tables]
    beside = reduce(lambda left, right: left.join(right, true()), parts)  # type: ignore[arg-type,return-value]
    columns = (column for part in parts for column in part.c)
    row = db.session.execute(select(head, *columns).select_from(beside)).one()
    return (str(db.engine.url), addendum_id, *row)

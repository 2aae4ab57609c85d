"""What happens to declarations when two organisations turn out to be one: while a call is judged, a conflict
with the one is a conflict with the other."""

from datetime import datetime

from sqlalchemy import select

from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration
from app.infra.database import db
from app.organisations.queries import same_as
from app.proposals.queries import standing

_JUDGED = (Phase.WRITTEN, Phase.PITCH)


def merge_declarations(kept_id: int, gone_id: int, now: datetime) -> None:
    """An ORGANISATION_MERGERS function. As when the juror says it late: the own sheets on that applicant are
    kept, and no longer count. What was decided already stays as it was decided."""
    same = set(same_as(kept_id))
    rows = db.session.scalars(
        select(ConflictDeclaration)
        .where(ConflictDeclaration.organisation_id.in_(same), ConflictDeclaration.in_conflict)
        .order_by(ConflictDeclaration.id)
    ).all()
    for row in rows:
        call = load_call(row.addendum_id, now)
        if call.phase not in _JUDGED:
            continue
        for applicant in standing(call.id):
            if applicant.organisation_id in same - {row.organisation_id}:
                _follow(row, applicant.organisation_id, now, call.service_area_id)


def _follow(said: ConflictDeclaration, organisation_id: int, now: datetime, service_area_id: int) -> None:
    row = db.session.scalar(
        select(ConflictDeclaration).where(
            ConflictDeclaration.addendum_id == said.addendum_id,
            ConflictDeclaration.juror_id == said.juror_id,
            ConflictDeclaration.organisation_id == organisation_id,
        )
    )
    if row is not None and row.in_conflict:
        return
    row = row or ConflictDeclaration(
        addendum_id=said.addendum_id, juror_id=said.juror_id, organisation_id=organisation_id
    )
    row.in_conflict, row.kind, row.explanation, row.declared_at = True, said.kind, said.explanation, now
    db.session.add(row)
    db.session.flush()
    record(
        "conflict.followed_merging",
        actor_id=said.juror_id,
        subject=f"organisation:{organisation_id}",
        service_area_id=service_area_id,
        addendum_id=said.addendum_id,
        at=now,
        in_conflict=True,
        kind=row.kind,
    )

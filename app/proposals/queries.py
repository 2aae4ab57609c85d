"""Reading proposals: which ones stand, and whose they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, select

from app.domain.errors import NotFound
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal, Submission
from app.proposals.policy import ProposalRef

__all__ = ["ProposalRef", "StandingRow", "load_proposal_ref", "stands", "standing"]


class StandingRow(NamedTuple):
    """A submission that counts; `submitted_at` aware UTC."""

    proposal_id: int
    organisation_id: int
    organisation_name: str
    receipt_number: str
    submitted_at: datetime
    submission_id: int


def stands() -> ColumnElement[bool]:
    """The submissions that count: neither superseded nor withdrawn."""
    return and_(Submission.superseded_at.is_(None), Submission.withdrawn_at.is_(None))


def standing(addendum_id: int) -> Sequence[StandingRow]:
    """What was handed in for a call and still counts, in order of receipt. One query, plain rows."""
    rows: Sequence[Any] = db.session.execute(
        select(
            Proposal.id.label("proposal_id"),
            Proposal.organisation_id,
            Organisation.name.label("organisation_name"),
            Submission.receipt_number,
            Submission.submitted_at,
            Submission.id.label("submission_id"),
        )
        .select_from(Submission)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Submission.addendum_id == addendum_id, stands())
        .order_by(Submission.submitted_at, Submission.id)
    ).all()
    return rows


def load_proposal_ref(proposal_id: int) -> ProposalRef:
    """Whose proposal for which call; NotFound when there is none. One query."""
    row = db.session.execute(
        select(
            Proposal.id,
            Proposal.addendum_id,
            Proposal.organisation_id,
            Organisation.name.label("organisation_name"),
            Submission.id.label("submission_id"),
        )
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .outerjoin(Submission, and_(Submission.proposal_id == Proposal.id, stands()))
        .where(Proposal.id == proposal_id)
    ).first()
    if row is None:
        raise NotFound("proposal")
    return ProposalRef(
        row.id, row.addendum_id, row.organisation_id, row.organisation_name, row.submission_id is not None
    )

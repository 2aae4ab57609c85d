"""Reading proposals: which ones stand, and whose they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.addenda.audience import Reached
from app.addenda.models import Addendum
from app.domain.errors import NotFound
from app.infra.database import db
from app.organisations.models import Membership, Organisation
from app.proposals.models import Opening, Proposal, Submission, SubmittedFile
from app.proposals.policy import ProposalRef

__all__ = ["ProposalRef", "load_proposal_ref", "standing"]


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


def in_the_running() -> ColumnElement[bool]:
    """What stands and was not refused for its form: what is read, scored, ranked and decided about. Lists
    that only tell what was handed in (the report, exports, the own pages) ask `stands`."""
    return and_(stands(), Submission.refused_at.is_(None))


def opened_calls() -> Select[Any]:
    """The ids of the calls whose seal is broken: two signatures, both at or after the deadline."""
    return (
        select(Opening.addendum_id)
        .join(Addendum, Addendum.id == Opening.addendum_id)
        .where(Opening.second_at.is_not(None), Opening.first_at >= Addendum.deadline)
    )


def of_opened_call() -> ColumnElement[bool]:
    """The submissions that others may know of. Every list of them asks this, whoever reads it: before the
    opening there is nothing in it (docs/decisions/0012-zegel.md)."""
    return Submission.addendum_id.in_(opened_calls())


def standing(addendum_id: int) -> Sequence[StandingRow]:
    """What was handed in for a call and is in the running, in order of receipt; nothing before the opening.
    One query, plain rows."""
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
        .where(Submission.addendum_id == addendum_id, in_the_running(), of_opened_call())
        .order_by(Submission.submitted_at, Submission.id)
    ).all()
    return rows


def refused_names(addendum_id: int, without: Collection[int] = ()) -> Sequence[str]:
    """The applicants whose proposal was found not to be admissible, but those in `without`: for the line on
    pages that leave them out. One query."""
    return db.session.scalars(
        select(Organisation.name)
        .join(Proposal, Proposal.organisation_id == Organisation.id)
        .join(Submission, Submission.proposal_id == Proposal.id)
        .where(
            Submission.addendum_id == addendum_id,
            stands(),
            of_opened_call(),
            Submission.refused_at.is_not(None),
            Organisation.id.not_in(without),
        )
        .order_by(Organisation.name)
    ).all()


def applicants(addendum_id: int) -> frozenset[int]:
    """The organisations of which something stands; nothing before the opening. One query."""
    return frozenset(
        db.session.scalars(
            select(Proposal.organisation_id)
            .join(Submission, Submission.proposal_id == Proposal.id)
            .where(Submission.addendum_id == addendum_id, stands(), of_opened_call())
        )
    )


def load_proposal_ref(proposal_id: int) -> ProposalRef:
    """Whose proposal for which call; NotFound when there is none. One query."""
    row = db.session.execute(
        select(
            Proposal.id,
            Proposal.addendum_id,
            Proposal.organisation_id,
            Organisation.name.label("organisation_name"),
            Submission.id.label("submission_id"),
            Submission.refused_at,
            of_opened_call().label("opened"),
        )
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .outerjoin(Submission, and_(Submission.proposal_id == Proposal.id, stands()))
        .where(Proposal.id == proposal_id)
    ).first()
    if row is None:
        raise NotFound("proposal")
    handed_in = row.submission_id is not None
    return ProposalRef(
        row.id,
        row.addendum_id,
        row.organisation_id,
        row.organisation_name,
        handed_in,
        handed_in and bool(row.opened),
        row.refused_at is not None,
    )


@dataclass(frozen=True)
class OwnSubmission:
    """One time that an organisation handed in, for itself."""

    submission: Submission
    submitted_by: str

    @property
    def stands(self) -> bool:
        return self.submission.superseded_at is None and self.submission.withdrawn_at is None


def own_submissions(proposal_id: int) -> list[OwnSubmission]:
    """Everything that was handed in for one proposal, newest first. One query."""
    rows = db.session.execute(
        select(Submission, User.name)
        .join(User, User.id == Submission.submitted_by_id)
        .where(Submission.proposal_id == proposal_id)
        .order_by(Submission.revision.desc())
    )
    return [OwnSubmission(submission, name) for submission, name in rows]


def people_with_a_proposal(addendum_id: int) -> list[Reached]:
    """Who works on a proposal for this call, written or handed in: told of every change, whoever they are.
    One query."""
    rows = db.session.execute(
        select(User.email, User.name)
        .join(Membership, Membership.user_id == User.id)
        .join(Proposal, Proposal.organisation_id == Membership.organisation_id)
        .where(Proposal.addendum_id == addendum_id, User.active)
        .distinct()
        .order_by(User.email)
    )
    return [Reached(row.email, row.name) for row in rows]


class ListedRow(NamedTuple):
    """`files`: how many were handed in with it."""

    proposal_id: int
    organisation_id: int
    organisation_name: str
    receipt_number: str
    revision: int
    submitted_at: datetime
    sha256: str
    files: int
    submission_id: int
    refused_at: datetime | None
    destroyed_at: datetime | None
    destroyed_in: int | None


def listed(addendum_id: int) -> Sequence[ListedRow]:
    """What stands for a call, without content, in order of receipt; nothing before the opening. One query,
    plain rows."""
    rows: Sequence[Any] = db.session.execute(
        select(
            Proposal.id.label("proposal_id"),
            Proposal.organisation_id,
            Organisation.name.label("organisation_name"),
            Submission.receipt_number,
            Submission.revision,
            Submission.submitted_at,
            Submission.content_sha256.label("sha256"),
            _files().label("files"),
            Submission.id.label("submission_id"),
            Submission.refused_at,
            Submission.destroyed_at,
            Submission.destroyed_in,
        )
        .select_from(Submission)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Submission.addendum_id == addendum_id, stands(), of_opened_call())
        .order_by(Submission.submitted_at, Submission.id)
    ).all()
    return rows


def exported(addendum_id: int, without: Collection[int]) -> Sequence[Any]:
    """Id, number, organisation and moment of what stands, leaving out the organisations in `without`. One
    query."""
    return db.session.execute(
        select(
            Submission.id,
            Submission.receipt_number,
            Organisation.name.label("organisation_name"),
            Organisation.enterprise_number,
            Submission.submitted_at,
            Submission.revision,
            Submission.content_sha256.label("sha256"),
            Submission.refused_at,
        )
        .select_from(Submission)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(
            Submission.addendum_id == addendum_id,
            stands(),
            of_opened_call(),
            Proposal.organisation_id.not_in(without),
        )
        .order_by(Submission.submitted_at, Submission.id)
    ).all()


def _files() -> ScalarSelect[int]:
    counted = select(func.count()).where(SubmittedFile.submission_id == Submission.id)
    return counted.correlate(Submission).scalar_subquery()


class OpeningRow(NamedTuple):
    """`first_by` and `second_by` as they were called when they signed, `_now` as they are called now."""

    first_by_id: int
    first_by: str
    first_now: str
    first_at: datetime
    second_by: str | None
    second_now: str | None
    second_at: datetime | None


def opening_of(addendum_id: int) -> OpeningRow | None:
    """Who broke the seal and when, as far as it went. One query."""
    first, second = aliased(User), aliased(User)
    row: Any = db.session.execute(
        select(
            Opening.first_by_id,
            func.coalesce(func.nullif(Opening.first_name, ""), first.name).label("first_by"),
            first.name.label("first_now"),
            Opening.first_at,
            func.coalesce(func.nullif(Opening.second_name, ""), second.name).label("second_by"),
            second.name.label("second_now"),
            Opening.second_at,
        )
        .join(first, first.id == Opening.first_by_id)
        .outerjoin(second, second.id == Opening.second_by_id)
        .where(Opening.addendum_id == addendum_id)
    ).first()
    return row

"""Reading partnerships: who could be in, who is in, and what they cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from app.addenda.models import Challenge, Obstacle
from app.addenda.queries import Call
from app.decisions.answering.queries import sorted_answers
from app.decisions.models import Decision
from app.decisions.queries import stands
from app.decisions.results import PARTNERS
from app.infra.database import db
from app.organisations.models import Organisation
from app.partnerships.models import Partnership, PartnershipMember
from app.proposals.models import Claim, Proposal, Submission
from app.proposals.queries import in_the_running


class PartnershipRow(NamedTuple):
    id: int
    addendum_id: int
    name: str
    lead_authority_id: int
    lead_authority: str
    coordinator_id: int
    coordinator: str
    starts_on: date
    ends_on: date
    notice_days: int
    formed_at: datetime


class Choice(NamedTuple):
    id: int
    name: str


class Selected(NamedTuple):
    """`accepted` may be members; `waiting` did not answer and still can, `silent` cannot any more."""

    accepted: list[Choice]
    waiting: list[Choice]
    declined: list[Choice]
    silent: list[Choice]

    @property
    def everybody(self) -> list[Choice]:
        return [one for rows in self for one in rows]


@dataclass(frozen=True)
class Coverage:
    """Which obstacles the members take up: columns are members, in order; `claims` are (obstacle id,
    organisation id) pairs."""

    members: list[Choice]
    obstacles: Sequence[Any]
    claims: frozenset[tuple[int, int]]


def partnership_of(addendum_id: int) -> PartnershipRow | None:
    lead, coordinator = aliased(Organisation), aliased(Organisation)
    row = db.session.execute(
        select(
            Partnership.id,
            Partnership.addendum_id,
            Partnership.name,
            Partnership.lead_authority_id,
            lead.name,
            Partnership.coordinator_id,
            coordinator.name,
            Partnership.starts_on,
            Partnership.ends_on,
            Partnership.notice_days,
            Partnership.formed_at,
        )
        .join(lead, lead.id == Partnership.lead_authority_id)
        .join(coordinator, coordinator.id == Partnership.coordinator_id)
        .where(Partnership.addendum_id == addendum_id)
    ).first()
    return PartnershipRow(*row) if row else None


def members_of(addendum_id: int) -> list[Choice]:
    """The members of the partnership of a call, by name; empty before it is formed."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .join(PartnershipMember, PartnershipMember.organisation_id == Organisation.id)
        .join(Partnership, Partnership.id == PartnershipMember.partnership_id)
        .where(Partnership.addendum_id == addendum_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return [Choice(*row) for row in rows]


def _partner_names(addendum_id: int) -> list[str]:
    return [one.name for one in members_of(addendum_id)]


PARTNERS.append(_partner_names)


def selected_organisations(call: Call, now: datetime) -> Selected:
    """The organisations that are selected by what stands, by what they answered. One query."""
    found = sorted_answers(call.id, call.acceptance_days, now)
    return Selected(*([Choice(row.organisation_id, row.organisation_name) for row in rows] for rows in found))


def answers_end(call: Call, now: datetime) -> datetime | None:
    """The last moment at which one of the selected who did not answer can still do so (exclusive)."""
    waiting = sorted_answers(call.id, call.acceptance_days, now).waiting
    ends = [row.term(call.acceptance_days, now).ends_at for row in waiting]
    return max((end for end in ends if end), default=None)


def local_authorities() -> list[Choice]:
    """Organisations that can be lead authority."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .where(Organisation.local_authority, Organisation.merged_into_id.is_(None))
        .order_by(Organisation.name, Organisation.id)
    )
    return [Choice(*row) for row in rows]


def lead_of(organisation_id: int | None) -> tuple[str, bool]:
    """(name, is a local authority); ("", False) for none."""
    row = db.session.execute(
        select(Organisation.name, Organisation.local_authority).where(Organisation.id == organisation_id)
    ).first()
    return (row.name, row.local_authority) if row else ("", False)


def notifications_of(addendum_id: int) -> Sequence[datetime | None]:
    """When each applicant of a call was told, None for one who was not; standing proposals."""
    return db.session.scalars(
        select(Decision.notified_at)
        .select_from(Submission)
        .outerjoin(Decision, and_(Decision.proposal_id == Submission.proposal_id, stands()))
        .where(Submission.addendum_id == addendum_id, in_the_running())
    ).all()


def coverage_of(addendum_id: int) -> Coverage:
    """What the members said they take up, obstacle by obstacle (the ids of the addendum). Three queries."""
    members = members_of(addendum_id)
    obstacles = db.session.execute(
        select(Obstacle.id, Obstacle.label, Challenge.number)
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Challenge.addendum_id == addendum_id)
        .order_by(Challenge.number, Obstacle.position)
    ).all()
    claims = db.session.execute(
        select(Claim.obstacle_id, Proposal.organisation_id)
        .join(Submission, Submission.id == Claim.submission_id)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .where(
            Submission.addendum_id == addendum_id,
            in_the_running(),
            Proposal.organisation_id.in_([one.id for one in members]),
        )
    )
    return Coverage(members, obstacles, frozenset((one, other) for one, other in claims))

"""Reading decisions: what was proposed, what was told, and what stands."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.decisions.models import Decision, Letter
from app.domain.errors import NotFound
from app.infra.database import db
from app.notifications.services import Recipient
from app.organisations.models import Membership, Organisation
from app.proposals.models import Proposal


class DecisionRow(NamedTuple):
    """A decision with the names of its two people; instants aware UTC. `number` 1 is of the jury."""

    id: int
    addendum_id: int
    proposal_id: int
    organisation_id: int
    organisation_name: str
    outcome: str
    motivation: str
    legal_basis: str
    appeal_routes: str
    proposed_by_id: int
    proposed_by: str
    proposed_at: datetime
    confirmed_by_id: int | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    notified_at: datetime | None
    version: int
    number: int
    cause: str
    confirmed_on: str | None


def _decisions() -> Any:
    proposer, confirmer = aliased(User), aliased(User)
    return (
        select(
            Decision.id,
            Decision.addendum_id,
            Decision.proposal_id,
            Proposal.organisation_id,
            Organisation.name.label("organisation_name"),
            Decision.outcome,
            Decision.motivation,
            Decision.legal_basis,
            Decision.appeal_routes,
            Decision.proposed_by_id,
            proposer.name.label("proposed_by"),
            Decision.proposed_at,
            Decision.confirmed_by_id,
            confirmer.name.label("confirmed_by"),
            Decision.confirmed_at,
            Decision.notified_at,
            Decision.version,
            Decision.number,
            Decision.cause,
            Decision.confirmed_on,
        )
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(proposer, proposer.id == Decision.proposed_by_id)
        .outerjoin(confirmer, confirmer.id == Decision.confirmed_by_id)
    )


def stands() -> ColumnElement[bool]:
    """A decision the applicant was told of, and no later one about the same proposal since."""
    later = aliased(Decision)
    overtaken = exists().where(
        later.proposal_id == Decision.proposal_id,
        later.number > Decision.number,
        later.notified_at.is_not(None),
    )
    return and_(Decision.notified_at.is_not(None), ~overtaken)


def decisions_of(addendum_id: int) -> list[DecisionRow]:
    """The first decision on every proposal of a call, by name of the organisation. One query."""
    return rows_where(Decision.addendum_id == addendum_id, Decision.number == 1)


def decision_of(proposal_id: int) -> DecisionRow | None:
    """The first decision on a proposal, told or not."""
    return next(iter(rows_where(Decision.proposal_id == proposal_id, Decision.number == 1)), None)


def all_decisions_on(proposal_id: int) -> list[DecisionRow]:
    """Every decision on a proposal, told or not, first to last. One query."""
    return sorted(rows_where(Decision.proposal_id == proposal_id), key=lambda row: row.number)


def standing_decisions(addendum_id: int) -> list[DecisionRow]:
    """What stands for every applicant that was told, by name of the organisation. One query."""
    return rows_where(Decision.addendum_id == addendum_id, stands())


def standing_decision(proposal_id: int) -> DecisionRow | None:
    """What stands for this applicant; None before it was told anything."""
    return next(iter(rows_where(Decision.proposal_id == proposal_id, stands())), None)


def notified_decision(proposal_id: int) -> DecisionRow:
    """What stands for this applicant; NotFound before it was told anything."""
    found = standing_decision(proposal_id)
    if found is None:
        raise NotFound("decision")
    return found


def rows_where(*conditions: ColumnElement[bool]) -> list[DecisionRow]:
    """Decisions that meet all of these, by name of the organisation. One query."""
    rows = db.session.execute(_decisions().where(*conditions).order_by(Organisation.name, Decision.id))
    return [DecisionRow(*row) for row in rows]


def letter_of(proposal_id: int) -> bytes | None:
    """The letter of the decision that stands, as it was sent; None before it was."""
    return db.session.scalar(
        select(Letter.pdf)
        .join(Decision, Decision.id == Letter.decision_id)
        .where(Decision.proposal_id == proposal_id, stands())
    )


def letter_numbered(proposal_id: int, number: int) -> bytes | None:
    """The letter of one decision on a proposal, as it was sent."""
    return db.session.scalar(
        select(Letter.pdf)
        .join(Decision, Decision.id == Letter.decision_id)
        .where(
            Decision.proposal_id == proposal_id,
            Decision.number == number,
            Decision.notified_at.is_not(None),
        )
    )


def recipients_of(organisation_ids: Collection[int]) -> dict[int, list[Recipient]]:
    """{organisation id: its owners and colleagues with an active account}. One query."""
    rows = db.session.execute(
        select(Membership.organisation_id, User.email, User.name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id.in_(organisation_ids), User.active)
        .order_by(Membership.organisation_id, Membership.id)
    )
    found: dict[int, list[Recipient]] = {one: [] for one in organisation_ids}
    for organisation_id, email, name in rows:
        found[organisation_id].append(Recipient(email, name))
    return found

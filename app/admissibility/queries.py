"""Reading what other features ask about the formal check."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from app.accounts.models import User
from app.admissibility.dossiers import dossiers
from app.admissibility.models import Check, CompletionItem, CompletionRequest
from app.domain.admissibility import DECIDED, State
from app.infra.database import db
from app.notifications.services import Recipient
from app.organisations.models import Membership
from app.proposals.models import Submission
from app.proposals.queries import stands


class Undecided(NamedTuple):
    """How many proposals wait for the region, and how many for an applicant who may still complete."""

    to_check: int = 0
    awaited: int = 0


def undecided(addendum_ids: Collection[int], now: datetime) -> dict[int, Undecided]:
    """{call: Undecided}. As many queries for thirty calls as for one."""
    found: dict[int, Undecided] = {}
    for one in dossiers(addendum_ids, now) if addendum_ids else ():
        if one.state in DECIDED:
            continue
        before, awaited = found.get(one.addendum_id, Undecided()), one.state is State.REQUESTED
        found[one.addendum_id] = Undecided(before.to_check + (not awaited), before.awaited + awaited)
    return found


class OwnStanding(NamedTuple):
    """What the organisation itself may know: until when something can be completed, and a refusal."""

    until: datetime | None
    answered: bool
    refused_at: datetime | None


def own_standings(proposal_ids: Collection[int], now: datetime) -> dict[int, OwnStanding]:
    """{proposal: OwnStanding} for those with a request that runs or a refusal. Two queries."""
    if not proposal_ids:
        return {}
    refused = dict(
        db.session.execute(
            select(Submission.proposal_id, Submission.refused_at).where(
                Submission.proposal_id.in_(proposal_ids), stands(), Submission.refused_at.is_not(None)
            )
        ).all()
    )
    asked: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(
        select(CompletionRequest.proposal_id, CompletionRequest.until, CompletionItem.answered_at)
        .join(CompletionItem, CompletionItem.request_id == CompletionRequest.id)
        .outerjoin(
            Check,
            (Check.proposal_id == CompletionRequest.proposal_id)
            & (Check.requirement_id == CompletionItem.requirement_id),
        )
        .where(
            CompletionRequest.proposal_id.in_(proposal_ids),
            CompletionRequest.until > now,
            or_(Check.proposal_id.is_(None), Check.outcome == "missing"),
        )
    ):
        asked[row.proposal_id].append(row)
    return {
        one: OwnStanding(
            min((row.until for row in asked[one]), default=None),
            all(row.answered_at for row in asked[one]),
            refused.get(one),
        )
        for one in {*refused, *list(asked)}
    }


def people_of(organisation_id: int) -> list[Recipient]:
    """Everybody of an organisation with an active account. One query."""
    rows = db.session.execute(
        select(User.email, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation_id, User.active)
        .order_by(Membership.id)
    )
    return [Recipient(row.email, row.name) for row in rows]

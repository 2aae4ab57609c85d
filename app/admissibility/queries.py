"""Reading what other features ask about the formal check."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import case, or_, select

from app.accounts.models import User
from app.admissibility.dossiers import dossiers
from app.admissibility.models import Check, CompletionItem, CompletionRequest, Refusal
from app.domain.admissibility import DECIDED, State
from app.infra.database import db
from app.notifications.services import Recipient
from app.organisations.models import Membership
from app.proposals.models import Proposal, Submission
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


class Unconfirmed(NamedTuple):
    """A refusal, or taking one back, that one person proposed and nobody confirmed yet."""

    addendum_id: int
    organisation_id: int
    by_id: int


def unconfirmed(addendum_ids: Collection[int]) -> list[Unconfirmed]:
    """One query."""
    rows = db.session.execute(
        select(
            Proposal.addendum_id,
            Proposal.organisation_id,
            case((Refusal.confirmed_at.is_(None), Refusal.proposed_by_id), else_=Refusal.revocation_by_id),
        )
        .join(Proposal, Proposal.id == Refusal.proposal_id)
        .where(
            Proposal.addendum_id.in_(addendum_ids),
            Refusal.dropped_at.is_(None),
            Refusal.revoked_at.is_(None),
            or_(Refusal.confirmed_at.is_(None), Refusal.revocation_at.is_not(None)),
        )
    )
    return [Unconfirmed(*row) for row in rows]


class Unsettled(NamedTuple):
    """What closing the written round would leave behind, as (organisation id, name). `until`: the exclusive
    end of the last term that still runs, None without one."""

    running: list[tuple[int, str]]
    until: datetime | None
    waiting: list[tuple[int, str]]


def unsettled(addendum_id: int, now: datetime) -> Unsettled:
    """Of the applicants of a call: for whom a promised term to complete still runs, and for whom else the
    region did not finish."""
    running, waiting, ends = [], [], []
    for one in dossiers([addendum_id], now):
        who = (one.organisation_id, one.organisation_name)
        terms = [cell.item.until for cell in one.open_cells(now) if cell.item.until and one.refusal is None]
        to_revoke = one.refusal is not None and one.refusal.revocation_at is not None
        if terms:
            running.append(who)
            ends += terms
        elif to_revoke or one.state not in DECIDED:
            waiting.append(who)
    return Unsettled(running, max(ends, default=None), waiting)


class OwnStanding(NamedTuple):
    """What the organisation itself may know: until when something can be completed, whether everything asked
    came in, since when a term is over in which nothing came, a refusal, and one that was taken back."""

    until: datetime | None = None
    answered: bool = False
    refused_at: datetime | None = None
    lapsed_at: datetime | None = None
    readmitted_at: datetime | None = None
    readmitted_why: str = ""


def own_standings(proposal_ids: Collection[int], now: datetime) -> dict[int, OwnStanding]:
    """{proposal: OwnStanding} for those of which something was asked that is still missing, or that were
    refused at any time. Three queries."""
    if not proposal_ids:
        return {}
    refused = dict(
        db.session.execute(
            select(Submission.proposal_id, Submission.refused_at).where(
                Submission.proposal_id.in_(proposal_ids), stands(), Submission.refused_at.is_not(None)
            )
        ).all()
    )
    taken_back = {
        row.proposal_id: row
        for row in db.session.execute(
            select(Refusal.proposal_id, Refusal.revoked_at, Refusal.revocation_reason)
            .where(Refusal.proposal_id.in_(proposal_ids), Refusal.revoked_at.is_not(None))
            .order_by(Refusal.revoked_at)
        )
    }
    asked = _still_missing(proposal_ids)
    return {
        one: _standing(asked.get(one, {}), refused.get(one), taken_back.get(one), now)
        for one in {*refused, *taken_back, *asked}
    }


def _still_missing(proposal_ids: Collection[int]) -> dict[int, dict[int, Any]]:
    """{proposal: {requirement: the last request for it}} of what was asked and not found in order since."""
    asked: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in db.session.execute(
        select(
            CompletionRequest.proposal_id,
            CompletionRequest.until,
            CompletionItem.requirement_id,
            CompletionItem.answered_at,
        )
        .join(CompletionItem, CompletionItem.request_id == CompletionRequest.id)
        .outerjoin(
            Check,
            (Check.proposal_id == CompletionRequest.proposal_id)
            & (Check.requirement_id == CompletionItem.requirement_id),
        )
        .where(
            CompletionRequest.proposal_id.in_(proposal_ids),
            or_(Check.proposal_id.is_(None), Check.outcome == "missing"),
        )
        .order_by(CompletionRequest.id)
    ):
        asked[row.proposal_id][row.requirement_id] = row
    return asked


def _standing(asked: dict[int, Any], refused_at: Any, back: Any, now: datetime) -> OwnStanding:
    running = [row for row in asked.values() if now < row.until]
    counted = running or list(asked.values())
    silent = [row.until for row in counted if not row.answered_at]
    return OwnStanding(
        min((row.until for row in running), default=None),
        bool(counted) and not silent,
        refused_at,
        max(silent) if silent and not running else None,
        back.revoked_at if back and refused_at is None else None,
        back.revocation_reason if back and refused_at is None else "",
    )


def people_of(organisation_id: int) -> list[Recipient]:
    """Everybody of an organisation with an active account. One query."""
    rows = db.session.execute(
        select(User.email, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation_id, User.active)
        .order_by(Membership.id)
    )
    return [Recipient(row.email, row.name) for row in rows]

"""Reminding who has a draft, 72 and 24 hours before the deadline: a sweep of the worker.

A reminder is a row, written together with its mails: two workers, one that was killed and one that was down
all end at one mail per person, proposal, deadline and hours. Another deadline is another reminder.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, or_, select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.addenda.queries import Call, load_call
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.notifications.services import Recipient, enqueue, page_url
from app.organisations.models import Membership
from app.proposals.amended.queries import amendments_for, unconfirmed
from app.proposals.content import checklist
from app.proposals.models import Proposal, Reminder, Submission
from app.proposals.own.overview import changed_since
from app.proposals.own.statuses import statuses_to_tell
from app.proposals.policy import ProposalRef
from app.proposals.queries import load_proposal_ref, stands
from app.proposals.writing.drafts import cost_requested, state_of, working_content

HOURS = (72, 24)
QUIET = timedelta(hours=1)


def remind_when_due(now: datetime) -> int:
    """For the worker's sweep: how many proposals were reminded of."""
    due = [row.id for row in _candidates(now) if _is_due(row, now)]
    db.session.rollback()
    return sum(_remind(proposal_id) for proposal_id in due)


def hours_due(deadline: datetime, now: datetime) -> int | None:
    """Which reminder it is time for, in hours that pass: the last one that began, so that a 72 that was
    missed for two days is not sent any more. None before the first and from the deadline on."""
    left = deadline - now
    if left <= timedelta():
        return None
    return min((hours for hours in HOURS if left <= timedelta(hours=hours)), default=None)


def _candidates(now: datetime, *conditions: Any) -> Sequence[Any]:
    """Proposals of calls in their last days, with what stands of each, unless that is as it was written
    last. One query."""
    rows: Sequence[Any] = db.session.execute(
        select(
            Proposal.id,
            Proposal.organisation_id,
            Proposal.created_at,
            Proposal.updated_at,
            Addendum.deadline,
            Submission.submitted_at,
        )
        .join(Addendum, Addendum.id == Proposal.addendum_id)
        .outerjoin(Submission, and_(Submission.proposal_id == Proposal.id, stands()))
        .where(
            Addendum.deadline > now,
            Addendum.deadline <= now + timedelta(hours=max(HOURS)),
            or_(Submission.id.is_(None), Proposal.updated_at > Submission.submitted_at),
            *conditions,
        )
        .order_by(Proposal.id)
    ).all()
    return rows


def _is_due(row: Row[Any], now: datetime) -> bool:
    hours = hours_due(row.deadline, now)
    if hours is None or _may_still_be_writing(row, hours, now):
        return False
    if db.session.get(Reminder, (row.id, row.deadline, hours)) is not None:
        return False
    if row.submitted_at is not None:
        return bool(changed_since([row], {row.organisation_id}))
    withdrawn_at = state_of(row.id).withdrawn_at
    return withdrawn_at is None or row.updated_at > withdrawn_at


def _may_still_be_writing(row: Row[Any], hours: int, now: datetime) -> bool:
    """Who began, or changed what was handed in, after the moment of the reminder is left alone until an hour
    went by without a change."""
    since = row.created_at if row.submitted_at is None else row.updated_at
    return since > row.deadline - timedelta(hours=hours) and now - row.updated_at < QUIET


def _remind(proposal_id: int) -> bool:
    with transaction() as now:
        row = next(iter(_candidates(now, Proposal.id == proposal_id)), None)
        if row is None or not _is_due(row, now):
            return False
        ref = load_proposal_ref(proposal_id)
        call = load_call(ref.addendum_id, now)
        hours = hours_due(row.deadline, now)
        if call.phase is not Phase.OPEN or hours is None:
            return False
        db.session.add(Reminder(proposal_id=ref.id, deadline=row.deadline, hours=hours, sent_at=now))
        _tell(call, ref, now)
        return True


def _tell(call: Call, ref: ProposalRef, now: datetime) -> None:
    """The messages carry no call: before the opening, a list of them would show who is writing."""
    assert call.deadline is not None
    state = state_of(ref.id)
    waiting = len(unconfirmed(amendments_for(ref.id, {ref.organisation_id})))
    checks = checklist(working_content(ref.id), cost_requested=cost_requested(call.id), unconfirmed=waiting)
    open_checks = [check for check in checks if not check.done]
    status = statuses_to_tell([ref.id], call.id, now)[ref.id]
    for person in _people(ref.organisation_id):
        enqueue(
            "proposal.reminder",
            to=person,
            subject=f"{'Gewijzigd, niet opnieuw ingediend' if state.standing else 'Nog niet ingediend'}: "
            f"{call.title}",
            template="proposals/mail_reminder",
            at=now,
            call=call,
            organisation=ref.organisation_name,
            status=status,
            left=_left(call.deadline - now),
            needed=[check.code for check in open_checks if check.blocks],
            advised=[check.code for check in open_checks if not check.blocks],
            link=page_url("proposals.submit_page", proposal_id=ref.id),
        )


def _left(time: timedelta) -> str:
    """ "2 dagen en 23 uur": whole days and hours, never more than there is."""
    hours = time // timedelta(hours=1)
    days, rest = divmod(hours, 24)
    parts = [f"{days} {'dag' if days == 1 else 'dagen'}"] if days else []
    parts += [f"{rest} uur"] if rest else []
    return " en ".join(parts) or "minder dan een uur"


def _people(organisation_id: int) -> list[Recipient]:
    """Everybody of the organisation who can sign in, each address once."""
    rows = db.session.execute(
        select(User.email, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation_id, User.active)
        .distinct()
        .order_by(User.email)
    )
    return [Recipient(row.email, row.name) for row in rows]

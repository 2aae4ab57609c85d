"""Reminding who was selected and did not answer, three days and one day before the end of the own term: a
sweep of the worker.

A reminder is a row for its local day, written together with its mails: two workers, one that was killed and
one that was down all end at one mail per person and reminder.
"""

from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select

from app.addenda.models import Addendum
from app.addenda.queries import load_call
from app.decisions.answering.queries import AnswerRow, answer_on, is_settled
from app.decisions.models import Acceptance, AcceptanceReminder, AcceptanceTerm, Decision
from app.decisions.queries import recipients_of, stands
from app.domain.acceptance import reminder_since
from app.domain.motivation import DecisionOutcome
from app.domain.objection import MOST_DAYS
from app.domain.timeline import BRUSSELS, local_day
from app.infra.database import db, transaction
from app.infra.formats import deadline
from app.notifications.services import enqueue, page_url
from app.proposals.own.statuses import statuses_to_tell

FROM_HOUR = 8
"""Nobody is reminded in the middle of the night."""
LONGEST = timedelta(days=MOST_DAYS + 2)
"""No term runs longer without more time; one that is over is not looked at every minute for ever."""


def remind_selected_when_due(now: datetime) -> int:
    """For the worker's sweep: how many organisations were reminded."""
    if now.astimezone(BRUSSELS).hour < FROM_HOUR:
        return 0
    due = [one for one in _unanswered(now) if _is_due(one, now)]
    db.session.rollback()
    return sum(_remind(proposal_id) for proposal_id in due)


def _unanswered(now: datetime) -> list[int]:
    """The selected proposals without an answer, of calls whose term could still run. One query."""
    answered = exists().where(Acceptance.decision_id == Decision.id)
    more_time = exists().where(AcceptanceTerm.decision_id == Decision.id, AcceptanceTerm.until > now)
    return list(
        db.session.scalars(
            select(Decision.proposal_id)
            .join(Addendum, Addendum.id == Decision.addendum_id)
            .where(
                stands(),
                Decision.outcome == DecisionOutcome.SELECTED.value,
                or_(Decision.notified_at > now - LONGEST, more_time),
                ~answered,
            )
            .order_by(Decision.id)
        )
    )


def _is_due(proposal_id: int, now: datetime) -> bool:
    row = answer_on(proposal_id)
    if row is None or row.answer is not None:
        return False
    days = db.session.scalar(
        select(Addendum.acceptance_days)
        .join(Decision, Decision.addendum_id == Addendum.id)
        .where(Decision.id == row.decision_id)
    )
    term = row.term(int(days or 0), now)
    if not term.is_open or term.last_day is None:
        return False
    since = reminder_since(row.notified_at, term.last_day, local_day(now))
    if since is None:
        return False
    sent = exists().where(AcceptanceReminder.decision_id == row.decision_id, AcceptanceReminder.day >= since)
    return not db.session.scalar(select(sent))


def _remind(proposal_id: int) -> bool:
    with transaction() as now:
        row = answer_on(proposal_id)
        if row is None or not _is_due(proposal_id, now):
            return False
        db.session.add(AcceptanceReminder(decision_id=row.decision_id, day=local_day(now), at=now))
        db.session.flush()
        return _tell(row, now)


def _tell(row: AnswerRow, now: datetime) -> bool:
    decision = db.session.get_one(Decision, row.decision_id)
    call = load_call(decision.addendum_id, now)
    if is_settled(call.id, row):
        return False
    status = statuses_to_tell([row.proposal_id], call.id, now)[row.proposal_id]
    for person in recipients_of([row.organisation_id])[row.organisation_id]:
        enqueue(
            "decision.answer_reminder",
            to=person,
            subject=f"Nog geen antwoord: {call.title}",
            template="decisions/mail_answer_reminder",
            at=now,
            addendum_id=call.id,
            call=call,
            organisation=row.organisation_name,
            status=status,
            until=deadline(row.term(call.acceptance_days, now).ends_at),
            link=page_url("decisions.answer_page", proposal_id=row.proposal_id),
        )
    return True

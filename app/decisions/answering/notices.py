"""A second notice of a decision: noted by the regisseur, visible to both sides, never shortening a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.queries import Call, load_call
from app.addenda.services import record_fact
from app.audit import services as audit
from app.decisions.answering.queries import answer_on, is_settled
from app.decisions.mails import LETTER_NAME
from app.decisions.models import Decision, DecisionNotice
from app.decisions.queries import DecisionRow, letter_of, notified_decision, recipients_of
from app.domain.acceptance import term_end
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.notice import MAIL, check_way, received_at
from app.domain.objection import window_end
from app.infra.database import db, transaction
from app.infra.formats import deadline
from app.notifications.services import Recipient, enqueue, page_url
from app.proposals.own.statuses import statuses_to_tell
from app.proposals.policy import ProposalRef, is_own, may_know
from app.proposals.queries import load_proposal_ref

AGAIN = "decision.notify_again"


class NoticeRow(NamedTuple):
    at: datetime
    way: str
    reason: str
    by: str


@dataclass(frozen=True)
class NewNotice:
    """How the applicant was told again. `received`: the local day, for what did not go by mail; `address`: of
    somebody of the organisation, for what does. `seen`: how many notices there were when this was written."""

    way: str
    reason: str
    received: date | None = None
    address: str = ""
    seen: int = 0


def notices_of(decision_id: int) -> list[NoticeRow]:
    """Every notice of one decision, first to last as they were noted."""
    rows = db.session.execute(
        select(DecisionNotice.at, DecisionNotice.way, DecisionNotice.reason, User.name)
        .join(User, User.id == DecisionNotice.by_id)
        .where(DecisionNotice.decision_id == decision_id)
        .order_by(DecisionNotice.id)
    )
    return [NoticeRow(*row) for row in rows]


def notify_again(proposal_id: int, wanted: NewNotice, *, by: Actor) -> datetime:
    """Note a new notice of the decision that stands; the instant from which the days count.

    Also once there is a partnership: who was never told keeps the own days (docs/decisions/0023).

    Raises what `domain.notice` raises, `notice_address_unknown`, and `notice_noted_already` when somebody
    noted one since the page was opened.
    """
    with transaction() as now:
        call, ref = _checked(proposal_id, now, by)
        row = notified_decision(proposal_id)
        assert row.notified_at is not None
        if len(notices_of(row.id)) != wanted.seen:
            raise DomainError("notice_noted_already")
        check_way(wanted.way, wanted.reason)
        by_mail = wanted.way == MAIL
        receiver = _receiver(ref, wanted.address) if by_mail else None
        at = now if by_mail else received_at(wanted.received, row.notified_at, now)
        _write(call, row, wanted, at, by)
        _note(call, row, wanted, at, by, now)
        if receiver:
            _send(call, row, receiver, at, now)
        return at


def _checked(proposal_id: int, now: datetime, by: Actor) -> tuple[Call, ProposalRef]:
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    subject = call.subject(ref.organisation_id)
    if not may_know(by, ref, subject, call.phase):
        raise NotFound("proposal")
    require(may(by, AGAIN, subject, call.phase))
    if is_own(by, subject):
        raise Forbidden("conflict_of_interest")
    return call, ref


def receivers_of(organisation_id: int) -> Sequence[Recipient]:
    """Who of the organisation can get the mail."""
    return recipients_of([organisation_id])[organisation_id]


def _receiver(ref: ProposalRef, address: str) -> Recipient:
    for one in receivers_of(ref.organisation_id):
        if one.email == address:
            return one
    raise DomainError("notice_address_unknown", field="address")


def _write(call: Call, row: DecisionRow, wanted: NewNotice, at: datetime, by: Actor) -> None:
    decision = db.session.get_one(Decision, row.id)
    decision.notified_at = at
    db.session.add(
        DecisionNotice(
            decision_id=row.id, at=at, way=wanted.way, reason=wanted.reason.strip(), by_id=by.user_id
        )
    )
    record_fact(call.id, "notified", at=at, subject_id=row.organisation_id)


def _note(call: Call, row: DecisionRow, wanted: NewNotice, at: datetime, by: Actor, now: datetime) -> None:
    audit.record(
        "decision.notified_again",
        actor_id=by.user_id,
        subject=f"proposal:{row.proposal_id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=row.organisation_id,
        way=wanted.way,
        counts_from=at.isoformat(),
    )


def _send(call: Call, row: DecisionRow, to: Recipient, at: datetime, now: datetime) -> None:
    """The letter as it was, with what counts now in the mail itself."""
    pdf = letter_of(row.proposal_id)
    asked = answer_on(row.proposal_id)
    answers = asked is not None and not is_settled(call.id, asked)
    enqueue(
        "decision.again",
        to=to,
        subject=f"Opnieuw: beslissing over de kandidatuur van {row.organisation_name}",
        template="decisions/mail_again",
        at=now,
        addendum_id=call.id,
        attachment=(LETTER_NAME, pdf) if pdf else None,
        call=call,
        organisation=row.organisation_name,
        status=statuses_to_tell([row.proposal_id], call.id, now)[row.proposal_id],
        until=deadline(window_end(at, call.objection_days)),
        answer_until=deadline(term_end(at, call.acceptance_days)) if answers else "",
        link=page_url("decisions.own", proposal_id=row.proposal_id),
    )

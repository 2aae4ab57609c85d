"""Answering a selection, and giving more time to answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.addenda.queries import Call, load_call
from app.audit import services as audit
from app.decisions.answering.queries import AnswerRow, answer_on, is_settled
from app.decisions.models import Acceptance, AcceptanceTerm
from app.decisions.queries import recipients_of
from app.domain.acceptance import Answer, check_answer, more_time
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra.database import db, transaction
from app.infra.formats import deadline, moment
from app.notifications.services import enqueue, page_url
from app.proposals.own.statuses import statuses_to_tell
from app.proposals.policy import ProposalRef, is_own, may_know
from app.proposals.queries import load_proposal_ref

ANSWER = "decision.own.answer"
MORE_TIME = "decision.notify_again"


@dataclass(frozen=True)
class _Desk:
    """What one write needs at hand."""

    call: Call
    ref: ProposalRef
    row: AnswerRow
    now: datetime


def answer(proposal_id: int, wanted: str, reason: str, *, by: Actor) -> bool:
    """Accept or decline a selection, by an owner of the organisation; False when this was the answer already.

    Raises what `domain.acceptance.check_answer` raises (being late is logged), `answer_owner_only`,
    `answer_not_asked`, `partnership_formed_already`.
    """
    with _logging_lateness(proposal_id, by), transaction() as now:
        _check_owner(proposal_id, now, by)
        desk = _desk(proposal_id, now)
        if is_settled(desk.call.id, desk.row):
            raise DomainError("partnership_formed_already")
        term = desk.row.term(desk.call.acceptance_days, now)
        if wanted == desk.row.answer and reason.strip() == (desk.row.reason or ""):
            return False
        given = check_answer(wanted, reason, desk.row.answer, term)
        _write(desk, given, reason.strip(), by)
        _note("decision.answered", desk, by, answer=given.value, before=desk.row.answer or "")
        _confirm_answer(desk, given)
        return True


def _desk(proposal_id: int, now: datetime) -> _Desk:
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    row = answer_on(proposal_id)
    if row is None:
        raise DomainError("answer_not_asked")
    return _Desk(call, ref, row, now)


def _check_owner(proposal_id: int, now: datetime, by: Actor) -> None:
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    subject = call.subject(ref.organisation_id)
    if not is_own(by, subject):
        raise NotFound("proposal")
    verdict = may(by, ANSWER, subject, call.phase)
    if verdict.reason == "not_your_role":
        raise Forbidden("answer_owner_only")
    require(verdict)


def _write(desk: _Desk, given: Answer, reason: str, by: Actor) -> None:
    stored = db.session.get(Acceptance, desk.row.decision_id) or Acceptance(decision_id=desk.row.decision_id)
    stored.answer, stored.at = given.value, desk.now
    stored.reason = reason if given is Answer.DECLINED else ""
    stored.by_id = by.user_id  # type: ignore[assignment]
    db.session.add(stored)
    db.session.flush()


def _confirm_answer(desk: _Desk, given: Answer) -> None:
    _tell(
        desk,
        "decision.answered",
        f"Jullie antwoord voor {desk.call.title}",
        "decisions/mail_answered",
        accepted=given is Answer.ACCEPTED,
        received=moment(desk.now, seconds=True),
    )


def give_more_time(proposal_id: int, until: date | None, reason: str, *, by: Actor) -> datetime:
    """Let a selected organisation answer to the end of the local day `until`; the first instant too late.

    Raises what `domain.acceptance.more_time` raises, `answer_not_asked`, `partnership_formed_already`.
    """
    with transaction() as now:
        ref = load_proposal_ref(proposal_id)
        call = load_call(ref.addendum_id, now)
        subject = call.subject(ref.organisation_id)
        if not may_know(by, ref, subject, call.phase):
            raise NotFound("proposal")
        require(may(by, MORE_TIME, subject, call.phase))
        desk = _desk(proposal_id, now)
        if is_settled(call.id, desk.row):
            raise DomainError("partnership_formed_already")
        ends_at = more_time(desk.row.term(call.acceptance_days, now), until, reason, now)
        db.session.add(
            AcceptanceTerm(
                decision_id=desk.row.decision_id,
                until=ends_at,
                reason=reason.strip(),
                by_id=by.user_id,
                at=now,
            )
        )
        db.session.flush()
        _note("decision.answer_term_extended", desk, by, until=str(until))
        _tell(
            desk,
            "decision.answer_term",
            f"Meer tijd om te antwoorden voor {call.title}",
            "decisions/mail_more_time",
            until=deadline(ends_at),
            reason=reason.strip(),
        )
        return ends_at


def _tell(desk: _Desk, kind: str, subject: str, template: str, **facts: Any) -> None:
    """A mail to everybody of the organisation; after the rows of what it tells about."""
    status = statuses_to_tell([desk.ref.id], desk.call.id, desk.now)[desk.ref.id]
    for person in recipients_of([desk.ref.organisation_id])[desk.ref.organisation_id]:
        enqueue(
            kind,
            to=person,
            subject=subject,
            template=template,
            at=desk.now,
            addendum_id=desk.call.id,
            call=desk.call,
            organisation=desk.ref.organisation_name,
            status=status,
            link=page_url("decisions.answer_page", proposal_id=desk.ref.id),
            **facts,
        )


def _note(action: str, desk: _Desk, by: Actor, **facts: Any) -> None:
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"proposal:{desk.ref.id}",
        at=desk.now,
        service_area_id=desk.call.service_area_id,
        addendum_id=desk.call.id,
        organisation_id=desk.ref.organisation_id,
        **facts,
    )


@contextmanager
def _logging_lateness(proposal_id: int, by: Actor) -> Iterator[None]:
    """A refusal for being late leaves a trace, in a transaction of its own."""
    try:
        yield
    except DomainError as refusal:
        if refusal.code in ("answer_too_late", "decline_is_final"):
            with transaction() as now:
                _note("decision.answer_refused_late", _desk(proposal_id, now), by)
        raise _in_words(refusal) from None


def _in_words(refusal: DomainError) -> DomainError:
    """The same refusal, its moment as people read it."""
    if "ends_at" not in refusal.facts:
        return refusal
    return type(refusal)(refusal.code, field=refusal.field, until=deadline(refusal.facts["ends_at"]))

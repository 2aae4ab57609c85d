"""The applicant's side: writing an objection, and filing it within the own window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.addenda.queries import Call, load_call
from app.addenda.services import record_fact
from app.audit import services as audit
from app.decisions.queries import DecisionRow, recipients_of, standing_decision
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.objection import check_filing, window_state
from app.infra.database import db, transaction
from app.infra.formats import moment
from app.notifications.services import enqueue, page_url
from app.objections.models import Objection
from app.objections.wording import TEXT_LIMIT
from app.proposals.own.statuses import statuses_to_tell
from app.proposals.policy import ProposalRef, is_own
from app.proposals.queries import load_proposal_ref

DRAFT = "objection.own.draft"
SUBMIT = "objection.own.submit"


@dataclass(frozen=True)
class ObjectionText:
    """What the applicant writes; `version` is the one they saw, 0 for none yet."""

    contested: str
    grounds: str
    request: str
    version: int = 0


@dataclass(frozen=True)
class _Desk:
    """What one write needs at hand."""

    call: Call
    ref: ProposalRef
    decision: DecisionRow
    stored: Objection | None
    now: datetime


def save_draft(proposal_id: int, text: ObjectionText, *, by: Actor) -> int:
    """Keep a draft, for colleagues to see; the new version. Raises `objection_too_late` (also logged)."""
    with _logging_lateness(proposal_id, by), transaction() as now:
        desk = _desk(proposal_id, now, by)
        _check_window(desk, DRAFT, by)
        objection = _write(desk, text, by)
        _note("objection.drafted", desk, objection, by)
        return objection.version


def submit(proposal_id: int, text: ObjectionText, *, by: Actor) -> int:
    """File the objection with these words; its id. Only an owner, only within the own window.

    Raises `objection_too_late` (also logged), `objection_field_missing`, Stale.
    """
    with _logging_lateness(proposal_id, by), transaction() as now:
        desk = _desk(proposal_id, now, by)
        _check_window(desk, SUBMIT, by)
        window = window_state(desk.decision.notified_at, desk.call.objection_days, now)
        check_filing(text.contested, text.grounds, text.request, window)
        objection = _write(desk, text, by)
        objection.submitted_by_id, objection.submitted_at = by.user_id, now
        db.session.flush()
        record_fact(desk.call.id, "objection_filed", at=now, subject_id=objection.id)
        _note("objection.filed", desk, objection, by)
        _confirm_receipt(desk, objection)
        return objection.id


def _desk(proposal_id: int, now: datetime, by: Actor) -> _Desk:
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    decision = standing_decision(proposal_id)
    if not is_own(by, call.subject(ref.organisation_id)):
        raise NotFound("proposal")
    if decision is None or decision.notified_at is None:
        raise Forbidden("not_in_this_phase")
    stored = db.session.scalar(select(Objection).where(Objection.decision_id == decision.id))
    return _Desk(call, ref, decision, stored, now)


def _check_window(desk: _Desk, action: str, by: Actor) -> None:
    """The own window decides, by the day; then the role."""
    window = window_state(desk.decision.notified_at, desk.call.objection_days, desk.now)
    if not window.is_open:
        raise Forbidden("objection_too_late")
    verdict = may(by, action, desk.call.subject(desk.ref.organisation_id), desk.call.phase)
    if verdict.reason == "not_your_role":
        raise Forbidden("objection_owner_only")
    require(verdict)


def _write(desk: _Desk, text: ObjectionText, by: Actor) -> Objection:
    stored = desk.stored
    if stored is not None and stored.submitted_at is not None:
        raise DomainError("objection_filed_already")
    if stored is not None and stored.version != text.version:
        theirs = {"contested": stored.contests, "grounds": stored.grounds, "request": stored.asks}
        raise Stale(version=stored.version, theirs=theirs)
    for field in ("contested", "grounds", "request"):
        if len(getattr(text, field)) > TEXT_LIMIT:
            raise DomainError("objection_text_too_long", field=field, maximum=TEXT_LIMIT)
    objection = stored or Objection(
        addendum_id=desk.call.id,
        decision_id=desk.decision.id,
        organisation_id=desk.ref.organisation_id,
        created_by_id=by.user_id,
        created_at=desk.now,
        version=0,
    )
    objection.contests, objection.grounds, objection.asks = text.contested, text.grounds, text.request
    objection.version += 1
    db.session.add(objection)
    db.session.flush()
    return objection


def _confirm_receipt(desk: _Desk, objection: Objection) -> None:
    status = statuses_to_tell([desk.ref.id], desk.call.id, desk.now)[desk.ref.id]
    for person in recipients_of([desk.ref.organisation_id])[desk.ref.organisation_id]:
        enqueue(
            "objection_filed",
            to=person,
            subject=f"Weerwoord ontvangen voor {desk.ref.organisation_name}",
            template="objections/mail_filed",
            at=desk.now,
            addendum_id=desk.call.id,
            call=desk.call,
            organisation=desk.ref.organisation_name,
            objection=objection,
            received=moment(desk.now, seconds=True),
            status=status,
            link=page_url("objections.own", proposal_id=desk.ref.id),
        )


def _note(action: str, desk: _Desk, objection: Objection, by: Actor) -> None:
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"objection:{objection.id}",
        at=desk.now,
        service_area_id=desk.call.service_area_id,
        addendum_id=desk.call.id,
        organisation_id=desk.ref.organisation_id,
        version=objection.version,
    )


@contextmanager
def _logging_lateness(proposal_id: int, by: Actor) -> Iterator[None]:
    """A refusal for being late leaves a trace, in a transaction of its own."""
    try:
        yield
    except Forbidden as refusal:
        if refusal.code == "objection_too_late":
            with transaction() as now:
                ref = load_proposal_ref(proposal_id)
                audit.record(
                    "objection.refused_late",
                    actor_id=by.user_id,
                    subject=f"proposal:{proposal_id}",
                    at=now,
                    service_area_id=load_call(ref.addendum_id, now).service_area_id,
                    addendum_id=ref.addendum_id,
                    organisation_id=ref.organisation_id,
                )
        raise

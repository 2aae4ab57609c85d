"""The applicant's side: writing an objection, and filing it within the own window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.addenda.queries import Call, load_call
from app.addenda.services import record_fact
from app.audit import services as audit
from app.decisions.queries import DecisionRow, recipients_of, standing_decision
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.objection import check_contested, check_filing, window_state
from app.infra.database import db, transaction
from app.infra.formats import deadline, moment
from app.notifications.services import enqueue, page_url
from app.objections.attached import FileRow, files_of, seal_of
from app.objections.models import Objection
from app.objections.queries import criteria_of
from app.objections.wording import TEXT_LIMIT, contested_words
from app.proposals.own.statuses import statuses_to_tell
from app.proposals.policy import ProposalRef, is_own
from app.proposals.queries import load_proposal_ref

DRAFT = "objection.own.draft"
SUBMIT = "objection.own.submit"
LATE = "objection_too_late"


@dataclass(frozen=True)
class ObjectionText:
    """What the applicant writes; `version` is the one they saw, 0 for none yet. `criteria`: ids of criteria
    or an `Aspect`. `decision_id` is the decision they had before them and `files` the seal of the files they
    saw (`attached.seal_of`); 0 and None ask nothing."""

    contested: str
    grounds: str
    request: str
    version: int = 0
    criteria: tuple[int | str, ...] = ()
    decision_id: int = 0
    files: str | None = None


@dataclass(frozen=True)
class Desk:
    """What one write needs at hand; `decision` is the one that stands."""

    call: Call
    ref: ProposalRef
    decision: DecisionRow
    stored: Objection | None
    now: datetime


def save_draft(proposal_id: int, text: ObjectionText, *, by: Actor, to_file: bool = False) -> int:
    """Keep a draft, for colleagues to see; the new version. `to_file`: on the way to filing it, so that one
    who comes too late tried to.

    Raises `objection_too_late` (logged, and the words are kept), `objection_filed_already`,
    `objection_text_too_long`, `objection_criterion_unknown`, `objection_other_decision`, Stale.
    """
    with on_the_record(proposal_id, by, text, filing=to_file), transaction() as now:
        desk = desk_of(proposal_id, now, by)
        check_may_write(desk, DRAFT, by)
        objection = _write(desk, text, by)
        note("objection.drafted", desk, objection, by)
        return objection.version


def submit(proposal_id: int, text: ObjectionText, *, by: Actor) -> int:
    """File the objection with these words and the files that lie beside it; its id. Only an owner, only
    within the own window. What is refused is logged.

    Raises as `save_draft`, `objection_owner_only`, `objection_field_missing`, `objection_files_changed`.
    """
    with on_the_record(proposal_id, by, text, filing=True), transaction() as now:
        desk = desk_of(proposal_id, now, by)
        check_may_write(desk, SUBMIT, by)
        window = window_state(desk.decision.notified_at, desk.call.objection_days, now)
        check_filing(text.contested, text.grounds, text.request, window)
        objection = _write(desk, text, by)
        files = files_of([objection.id]).get(objection.id, [])
        if text.files is not None and text.files != seal_of(files):
            raise DomainError("objection_files_changed")
        objection.submitted_by_id, objection.submitted_at, objection.late_at = by.user_id, now, None
        db.session.flush()
        record_fact(desk.call.id, "objection_filed", at=now, subject_id=objection.id)
        note("objection.filed", desk, objection, by, files=[one.sha256 for one in files])
        _confirm_receipt(desk, objection, files)
        return objection.id


def desk_of(proposal_id: int, now: datetime, by: Actor) -> Desk:
    """For somebody of the organisation, once it was told. Raises NotFound, `not_in_this_phase`."""
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    decision = standing_decision(proposal_id)
    if not is_own(by, call.subject(ref.organisation_id)):
        raise NotFound("proposal")
    if decision is None or decision.notified_at is None:
        raise Forbidden("not_in_this_phase")
    stored = db.session.scalar(select(Objection).where(Objection.decision_id == decision.id))
    return Desk(call, ref, decision, stored, now)


def check_may_write(desk: Desk, action: str, by: Actor) -> None:
    """Who may never do this is told so first; what was handed in stays as it is; then the own window
    decides, by the day."""
    verdict = may(by, action, desk.call.subject(desk.ref.organisation_id), desk.call.phase)
    if verdict.reason == "not_your_role":
        raise Forbidden("objection_owner_only")
    if desk.stored is not None and desk.stored.submitted_at is not None:
        raise Forbidden("objection_filed_already")
    window = window_state(desk.decision.notified_at, desk.call.objection_days, desk.now)
    if not window.is_open:
        raise Forbidden(LATE, until=deadline(window.ends_at))
    require(verdict)


def draft_of(desk: Desk, by: Actor) -> Objection:
    """The row of the draft, made when there was none: without words it has version 0."""
    if desk.stored is not None:
        return desk.stored
    objection = Objection(
        addendum_id=desk.call.id,
        decision_id=desk.decision.id,
        organisation_id=desk.ref.organisation_id,
        created_by_id=by.user_id,
        created_at=desk.now,
        version=0,
    )
    db.session.add(objection)
    db.session.flush()
    return objection


def _write(desk: Desk, text: ObjectionText, by: Actor) -> Objection:
    stored = desk.stored
    if text.decision_id not in (0, desk.decision.id):
        raise DomainError("objection_other_decision")
    if stored is not None and stored.version != text.version:
        theirs = {"contested": stored.contests, "grounds": stored.grounds, "request": stored.asks}
        raise Stale(version=stored.version, theirs=theirs)
    for field in ("contested", "grounds", "request"):
        if len(getattr(text, field)) > TEXT_LIMIT:
            raise DomainError("objection_text_too_long", field=field, maximum=TEXT_LIMIT)
    known = [row.id for row in criteria_of(desk.call.id)]
    check_contested(text.criteria, known)
    objection = draft_of(desk, by)
    objection.contests, objection.grounds, objection.asks = text.contested, text.grounds, text.request
    ticked = set(text.criteria)
    objection.criteria = [one for one in known if one in ticked] + sorted(
        one for one in ticked if isinstance(one, str)
    )
    objection.version += 1
    db.session.flush()
    return objection


def _confirm_receipt(desk: Desk, objection: Objection, files: list[FileRow]) -> None:
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
            about=contested_words(objection.criteria, criteria_of(desk.call.id)),
            files=files,
            received=moment(desk.now, seconds=True),
            status=status,
            link=page_url("objections.own", proposal_id=desk.ref.id),
        )


def note(action: str, desk: Desk, objection: Objection, by: Actor, **facts: Any) -> None:
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"objection:{objection.id}",
        at=desk.now,
        service_area_id=desk.call.service_area_id,
        addendum_id=desk.call.id,
        organisation_id=desk.ref.organisation_id,
        version=objection.version,
        **facts,
    )


@contextmanager
def on_the_record(
    proposal_id: int, by: Actor, text: ObjectionText | None = None, *, filing: bool = False
) -> Iterator[None]:
    """What is refused leaves a trace, in a transaction of its own: why, never what was typed. Who comes too
    late keeps the words as a draft."""
    try:
        yield
    except (NotFound, Stale):
        raise
    except DomainError as refusal:
        if refusal.code == LATE:
            _log_refusal("objection.refused_late", proposal_id, by, text, filing=filing)
        elif filing and refusal.code != "not_in_this_phase":
            _log_refusal("objection.refused", proposal_id, by, reason=refusal.code)
        raise


def _log_refusal(
    action: str,
    proposal_id: int,
    by: Actor,
    late_text: ObjectionText | None = None,
    *,
    filing: bool = False,
    **facts: Any,
) -> None:
    with transaction() as now:
        desk = desk_of(proposal_id, now, by)
        audit.record(
            action,
            actor_id=by.user_id,
            subject=f"proposal:{proposal_id}",
            at=now,
            service_area_id=desk.call.service_area_id,
            addendum_id=desk.call.id,
            organisation_id=desk.ref.organisation_id,
            **facts,
        )
        if late_text is not None:
            _keep_late(desk, late_text, by, filing=filing)


def _keep_late(desk: Desk, text: ObjectionText, by: Actor, *, filing: bool) -> None:
    """What was typed becomes the draft where that is possible; that somebody wanted to file it stays."""
    try:
        objection = _write(desk, text, by)
    except (DomainError, Stale):  # too long, or a colleague wrote something else: it stays on the page only
        objection = draft_of(desk, by)
    verdict = may(by, SUBMIT, desk.call.subject(desk.ref.organisation_id), desk.call.phase)
    if filing and verdict.reason != "not_your_role":
        objection.late_at = desk.now

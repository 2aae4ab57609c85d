"""What the region does with a new evaluation: ask people, ask others, close it, and settle the objection."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.addenda.queries import Call, load_call
from app.addenda.services import record_fact
from app.audit import services as audit
from app.decisions.later.hooks import Notified
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, Forbidden, Stale
from app.domain.reassessment import BOTH, ROUNDS, check_closing, check_panel
from app.evaluation.standings import rules_of
from app.infra.database import db, transaction
from app.notifications.services import Recipient, enqueue, page_url
from app.objections.models import Reassessment, ReassessmentSheet
from app.objections.queries import ObjectionRow, filed_objection, possible_judges, scorers_of
from app.objections.reassessing.policy import NAME, ROUND_WORDS
from app.objections.reassessing.queries import Named, named_in, reassessment_of
from app.objections.wording import TEXT_LIMIT
from app.proposals.policy import is_own


@dataclass(frozen=True)
class Naming:
    """Who is asked, for which round, and why these people. `round_choice` counts at the beginning only."""

    jurors: tuple[int, ...]
    reason: str
    round_choice: str = BOTH
    version: int = 0


def open_reassessment(objection_id: int, naming: Naming, *, by: Actor) -> int:
    """Ask people to evaluate the proposal anew, and tell them by mail; the id of the new evaluation.

    Raises reassess_not_ordered, reassess_opened_already, reassess_round_unknown, reassess_reason_missing,
    and what `domain.reassessment.check_panel` raises.
    """
    with transaction() as now:
        row, call = _desk(objection_id, by, now)
        if reassessment_of(row.id) is not None:
            raise DomainError("reassess_opened_already")
        _check_round(call, naming.round_choice)
        reason = _text(naming.reason, "reason", "reassess_reason_missing")
        people = _possible(call, row)
        check_panel(naming.jurors, people, scorers_of(row.proposal_id, anew_of=row.id))
        opened = Reassessment(
            objection_id=row.id,
            addendum_id=call.id,
            proposal_id=row.proposal_id,
            round=naming.round_choice,
            reason=reason,
            opened_by_id=by.user_id,
            opened_at=now,
        )
        db.session.add(opened)
        db.session.flush()
        chosen = sorted(set(naming.jurors))
        _ask(opened, chosen)
        _log("reassessment.opened", call, row, by.user_id, now, round=opened.round, jurors=chosen)
        _tell(call, row, opened, chosen, now)
        return opened.id


def change_panel(objection_id: int, naming: Naming, *, by: Actor) -> None:
    """Ask others too, or let go who did not hand in. A sheet that is in stays. The same rules count.

    Raises reassess_closed, reassess_reason_missing, Stale and what `check_panel` raises.
    """
    with transaction() as now:
        row, call = _desk(objection_id, by, now)
        opened, named = _running(row, naming.version)
        reason = _text(naming.reason, "reason", "reassess_reason_missing")
        kept = {one.user_id for one in named if one.counts}
        wanted = set(naming.jurors) | kept
        check_panel(wanted, _possible(call, row) | kept, scorers_of(row.proposal_id, anew_of=row.id))
        asked = {one.user_id for one in named if one.asked}
        new, gone = sorted(wanted - asked), sorted(asked - wanted)
        _ask(opened, new)
        _let_go(opened, gone, now)
        opened.version += 1
        _log(
            "reassessment.panel_changed", call, row, by.user_id, now, asked=new, released=gone, reason=reason
        )
        _tell(call, row, opened, new, now)
        _tell_let_go(call, row, [one for one in named if one.user_id in gone and not one.in_conflict], now)


@dataclass(frozen=True)
class Closing:
    """How it ends: what it concludes, and why without the sheets that are missing."""

    conclusion: str
    missing: str = ""
    version: int = 0


def close_reassessment(objection_id: int, closing: Closing, *, by: Actor) -> None:
    """End the scoring; from here a new decision can be proposed. Nothing of the first evaluation changes.

    Raises reassess_closed, reassess_conclusion_missing, reassess_missing_unexplained, Stale, and what
    `domain.reassessment.check_closing` raises.
    """
    with transaction() as now:
        row, call = _desk(objection_id, by, now)
        opened, named = _running(row, closing.version)
        asked = [one for one in named if one.asked and not one.in_conflict]
        present = {one.user_id for one in named if one.counts}
        check_closing(present, {one.user_id for one in asked}, scorers_of(row.proposal_id, anew_of=row.id))
        missing = [one for one in asked if one.user_id not in present]
        if missing and not closing.missing.strip():
            raise DomainError("reassess_missing_unexplained", field="missing")
        conclusion = _text(closing.conclusion, "conclusion", "reassess_conclusion_missing")
        _text(closing.missing or "-", "missing", "")
        opened.conclusion = conclusion
        opened.closed_by_id, opened.closed_at = by.user_id, now
        opened.version += 1
        facts: dict[str, Any] = {"sheets": sorted(present)}
        if missing:
            facts |= {"missing": [one.user_id for one in missing], "why": closing.missing.strip()}
        _log("reassessment.closed", call, row, by.user_id, now, **facts)


def settle_reassessment(told: Notified) -> None:
    """The decision that follows from a new evaluation was notified: the objection is settled with it. Runs in
    the transaction of the notice; any other decision settles nothing."""
    opened = db.session.scalar(select(Reassessment).where(Reassessment.decision_id == told.decision_id))
    if opened is None:
        return
    row = filed_objection(opened.objection_id)
    record_fact(opened.addendum_id, "objection_settled", at=told.at, subject_id=row.id)
    _log("reassessment.settled", load_call(row.addendum_id, told.at), row, told.by_id, told.at)


def _desk(objection_id: int, by: Actor, now: datetime) -> tuple[ObjectionRow, Call]:
    row = filed_objection(objection_id)
    call = load_call(row.addendum_id, now)
    subject = call.subject(row.organisation_id)
    if is_own(by, subject):
        raise Forbidden("conflict_of_interest")
    require(may(by, NAME, subject, call.phase))
    if not row.reassess:
        raise DomainError("reassess_not_ordered")
    return row, call


def _running(row: ObjectionRow, seen: int) -> tuple[Reassessment, list[Named]]:
    opened = db.session.scalar(select(Reassessment).where(Reassessment.objection_id == row.id))
    shown = reassessment_of(row.id)
    if opened is None or shown is None:
        raise DomainError("reassess_not_ordered")
    if opened.closed_at is not None:
        raise DomainError("reassess_closed")
    if opened.version != seen:
        raise Stale(version=opened.version, theirs={})
    return opened, named_in(shown)


def _check_round(call: Call, choice: str) -> None:
    if choice not in ROUNDS or not all(
        rules.criteria for rules in (rules_of(call.id).rounds[name] for name in ROUNDS[choice])
    ):
        raise DomainError("reassess_round_unknown", field="round_choice")


def _text(text: str, field: str, empty: str) -> str:
    if not text.strip():
        raise DomainError(empty, field=field)
    if len(text) > TEXT_LIMIT:
        raise DomainError("reassess_text_too_long", field=field, maximum=TEXT_LIMIT)
    return text.strip()


def _possible(call: Call, row: ObjectionRow) -> set[int]:
    return {one.user_id for one in possible_judges(call, row, anew=True)}


def _ask(opened: Reassessment, people: Iterable[int]) -> None:
    for one in people:
        sheet = db.session.get(ReassessmentSheet, (opened.id, one))
        if sheet is None:
            db.session.add(ReassessmentSheet(reassessment_id=opened.id, juror_id=one, version=0))
        else:
            sheet.released_at = None
    db.session.flush()


def _let_go(opened: Reassessment, people: Iterable[int], now: datetime) -> None:
    for one in people:
        sheet = db.session.get_one(ReassessmentSheet, (opened.id, one))
        sheet.submitted_at, sheet.released_at = None, now  # in, but in conflict: it did not count
    db.session.flush()


def _tell(
    call: Call, row: ObjectionRow, opened: Reassessment, people: Collection[int], now: datetime
) -> None:
    shown = reassessment_of(row.id)
    for one in named_in(shown) if shown else ():
        if one.user_id in people:
            enqueue(
                "reassessment_asked",
                to=Recipient(one.email, one.name),
                subject=f"Nieuwe beoordeling van {row.organisation_name}",
                template="objections/mail_reassessment",
                at=now,
                addendum_id=call.id,
                call=call,
                organisation=row.organisation_name,
                what=ROUND_WORDS[opened.round].lower(),
                link=page_url("objections.reassessment_sheet", objection_id=row.id),
            )


def _tell_let_go(call: Call, row: ObjectionRow, people: Iterable[Named], now: datetime) -> None:
    """Who declared a conflict knows it already."""
    for one in people:
        enqueue(
            "reassessment_let_go",
            to=Recipient(one.email, one.name),
            subject=f"Je hoeft {row.organisation_name} niet meer te beoordelen",
            template="objections/mail_let_go",
            at=now,
            addendum_id=call.id,
            call=call,
            organisation=row.organisation_name,
            link=page_url("workspace.home"),
        )


def _log(action: str, call: Call, row: ObjectionRow, by_id: int | None, now: datetime, **facts: Any) -> None:
    audit.record(
        action,
        actor_id=by_id,
        subject=f"objection:{row.id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=row.organisation_id,
        **facts,
    )

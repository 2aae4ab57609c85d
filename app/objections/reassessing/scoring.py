"""The sheet of somebody who was asked to evaluate a proposal anew: declaring first, saving, handing in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.addenda.queries import Call, load_call
from app.audit import services as audit
from app.domain.access import Actor, may, require
from app.domain.criteria import RoundRules
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.reassessment import ROUNDS
from app.evaluation.conflicts import Declared, declare_one
from app.evaluation.entries import SheetEntry, checked_levels
from app.evaluation.models import ConflictDeclaration
from app.evaluation.policy import SheetRefused, level_text, missing_parts
from app.evaluation.standings import CallRules, rules_of
from app.infra.database import db, transaction
from app.objections.models import Reassessment, ReassessmentScore, ReassessmentSheet
from app.objections.queries import ObjectionRow, filed_objection
from app.objections.reassessing.policy import SCORE
from app.objections.reassessing.queries import criteria_of
from app.proposals.policy import is_own, may_read
from app.proposals.queries import load_proposal_ref

Scores = Mapping[int, ReassessmentScore]


@dataclass(frozen=True)
class _Desk:
    call: Call
    row: ObjectionRow
    opened: Reassessment
    sheet: ReassessmentSheet
    now: datetime


@dataclass(frozen=True)
class SavedSheet:
    version: int
    saved_at: datetime


def declare_before(objection_id: int, choice: str, kind: str, explanation: str, *, by: Actor) -> bool:
    """Say whether one is free to judge this applicant; True when free. A conflict closes everything about
    the applicant for this person, and the sheet does not count.

    Raises reassess_closed, conflict_choice_unknown, conflict_kind_unknown, sheet_text_too_long; NotFound for
    who was not asked.
    """
    with transaction() as now:
        desk = _desk(objection_id, by, now)
        declared = Declared(desk.row.organisation_id, choice, kind, explanation)
        declare_one(desk.call, declared, by=by, now=now)
        return choice == "free"


def save_anew(objection_id: int, entry: SheetEntry, *, by: Actor, send: bool = False) -> SavedSheet:
    """Save what was sent, and hand the sheet in when `send`. All or nothing.

    Raises Stale (with the stored texts that differ), SheetRefused, sheet_is_in, reassess_closed; Forbidden
    before declaring and in conflict; NotFound for who was not asked.
    """
    with transaction() as now:
        desk = _desk(objection_id, by, now)
        _require_free(desk, by)
        of_call = rules_of(desk.call.id)
        rules = criteria_of(of_call, desk.opened.round)
        levels = checked_levels(rules, entry)
        stored = _scores(desk.sheet)
        theirs = _differing(desk.sheet, stored, entry)
        if entry.version != desk.sheet.version and theirs:
            raise Stale(version=desk.sheet.version, theirs=theirs)
        if desk.sheet.submitted_at is not None:
            raise DomainError("sheet_is_in")
        _write(desk, stored, rules, levels, entry)
        if send:
            _check_whole(desk, of_call)
            desk.sheet.submitted_at = now
            _log("reassessment.sheet_submitted", desk, by)
        db.session.flush()
        return SavedSheet(desk.sheet.version, now)


def _desk(objection_id: int, by: Actor, now: datetime) -> _Desk:
    row = filed_objection(objection_id)
    call = load_call(row.addendum_id, now)
    subject = call.subject(row.organisation_id)
    require(may(by, SCORE, subject, call.phase))
    if is_own(by, subject):
        raise Forbidden("conflict_of_interest")
    opened = db.session.scalar(select(Reassessment).where(Reassessment.objection_id == row.id))
    sheet = db.session.get(ReassessmentSheet, (opened.id, by.user_id)) if opened else None
    if opened is None or sheet is None or sheet.released_at is not None:
        raise NotFound("reassessment")
    if opened.closed_at is not None:
        raise DomainError("reassess_closed")
    return _Desk(call, row, opened, sheet, now)


def _require_free(desk: _Desk, by: Actor) -> None:
    """From the database, so that inside the transaction it is the current word."""
    in_conflict = db.session.scalar(
        select(ConflictDeclaration.in_conflict).where(
            ConflictDeclaration.addendum_id == desk.call.id,
            ConflictDeclaration.juror_id == by.user_id,
            ConflictDeclaration.organisation_id == desk.row.organisation_id,
        )
    )
    if in_conflict is not False:
        raise Forbidden("reassess_conflict" if in_conflict else "reassess_declare_first")
    ref = load_proposal_ref(desk.row.proposal_id)
    require(may_read(by, ref, desk.call.subject(ref.organisation_id), desk.call.phase))


def _scores(sheet: ReassessmentSheet) -> dict[int, ReassessmentScore]:
    rows = db.session.scalars(
        select(ReassessmentScore).where(
            ReassessmentScore.reassessment_id == sheet.reassessment_id,
            ReassessmentScore.juror_id == sheet.juror_id,
        )
    )
    return {row.criterion_id: row for row in rows}


def _differing(sheet: ReassessmentSheet, stored: Scores, entry: SheetEntry) -> dict[str, str]:
    """The stored text of every field of the entry that says something else."""
    levels = {one: level_text(row.level, row.not_applicable) for one, row in stored.items()}
    reasons = {one: row.reason for one, row in stored.items()}
    sent = {f"level-{one}": (raw, levels.get(one, "")) for one, raw in entry.levels.items()}
    sent |= {f"reason-{one}": (text, reasons.get(one, "")) for one, text in entry.reasons.items()}
    sent |= {name: (text, getattr(sheet, name)) for name, text in entry.remarks.items()}
    return {name: kept for name, (typed, kept) in sent.items() if typed != kept}


def _write(
    desk: _Desk,
    stored: dict[int, ReassessmentScore],
    rules: RoundRules,
    levels: Mapping[int, int | None],
    entry: SheetEntry,
) -> None:
    sheet = desk.sheet
    for one in rules.ids:
        if one not in stored and (one in levels or one in entry.reasons):
            stored[one] = ReassessmentScore(
                reassessment_id=sheet.reassessment_id, juror_id=sheet.juror_id, criterion_id=one, reason=""
            )
            db.session.add(stored[one])
        if one in levels:
            stored[one].level, stored[one].not_applicable = levels[one], levels[one] is None
        if one in entry.reasons:
            stored[one].reason = entry.reasons[one]
    for name, text in entry.remarks.items():
        setattr(sheet, name, text)
    sheet.version += 1
    sheet.updated_at = desk.now
    db.session.flush()


def _check_whole(desk: _Desk, of_call: CallRules) -> None:
    """Per round, as a sheet of the first evaluation."""
    stored = _scores(desk.sheet)
    answered = {one: row.level for one, row in stored.items() if row.level is not None or row.not_applicable}
    reasons = {one: row.reason for one, row in stored.items()}
    problems = [
        problem
        for name in ROUNDS[desk.opened.round]
        for problem in missing_parts(of_call.rounds[name], answered, reasons, of_call.least_reason)
    ]
    if problems:
        raise SheetRefused(problems)


def _log(action: str, desk: _Desk, by: Actor, **facts: Any) -> None:
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"objection:{desk.row.id}",
        at=desk.now,
        service_area_id=desk.call.service_area_id,
        addendum_id=desk.call.id,
        organisation_id=desk.row.organisation_id,
        version=desk.sheet.version,
        **facts,
    )

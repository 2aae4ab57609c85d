"""Score sheets: saving, handing in, taking back. One juror, one proposal, one round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.criteria import RoundRules
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.evaluation.assigning.queries import is_asked
from app.evaluation.entries import SheetEntry, checked_levels
from app.evaluation.models import Score, ScoreSheet, Shortlisting
from app.evaluation.policy import (
    EDIT_ROW,
    PITCH,
    WRITTEN,
    SheetRefused,
    level_text,
    missing_parts,
)
from app.evaluation.sheet_history import REOPENED, SAVED, SUBMITTED, keep_version
from app.evaluation.standings import rules_of
from app.infra.database import db, transaction
from app.matching.coverage.queries import own_confirmations
from app.matching.coverage.services import confirmation_problems, save_confirmations
from app.proposals.policy import ProposalRef, may_know, may_read
from app.proposals.queries import load_proposal_ref


@dataclass(frozen=True)
class Saved:
    version: int
    saved_at: datetime
    addendum_id: int


def save_sheet(
    proposal_id: int, round_name: str, entry: SheetEntry, *, by: Actor, send: bool = False
) -> Saved:
    """Save what was sent, and hand the sheet in when `send`. All or nothing.

    Raises Stale (with the stored texts that differ), SheetRefused (with a problem per field),
    sheet_is_in, not_shortlisted, and Forbidden outside the round, in conflict or before declaring.
    """
    with transaction() as now:
        call, ref = _judged(proposal_id, round_name, by, now)
        of_call = rules_of(call.id)
        rules = of_call.rounds[round_name]
        levels = checked_levels(rules, entry)
        _check_confirmed(ref, round_name, entry)
        sheet = _own_sheet(ref, round_name, by) or _new_sheet(ref, round_name, by)
        theirs = _differing(sheet, entry)
        if entry.version != (sheet.version or 0) and theirs:
            raise Stale(version=sheet.version, theirs=theirs)
        if sheet.submitted_at is not None:
            raise DomainError("sheet_is_in")
        _write(sheet, levels, entry, rules, now)
        save_confirmations(ref.id, sheet.juror_id, entry.confirmed, now)
        if send:
            _check_whole(sheet, rules, of_call.least_reason)
            _hand_in(call, ref, sheet, by, now)
        db.session.flush()
        keep_version(sheet, SUBMITTED if send else SAVED, now)
        return Saved(sheet.version, now, call.id)


def reopen_sheet(proposal_id: int, round_name: str, *, by: Actor) -> None:
    """Take an own sheet back while the round runs; it counts again once it is handed in."""
    with transaction() as now:
        call, ref = _judged(proposal_id, round_name, by, now)
        sheet = _own_sheet(ref, round_name, by)
        if sheet is None or sheet.submitted_at is None:
            raise DomainError("sheet_not_in")
        sheet.submitted_at = None
        sheet.updated_at = now
        sheet.version += 1
        keep_version(sheet, REOPENED, now)
        _log("sheet.reopened", call, ref, sheet, by, now)


def _judged(proposal_id: int, round_name: str, by: Actor, now: datetime) -> tuple[Call, ProposalRef]:
    """The proposal and its call, if this juror may score it in this round now."""
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    subject = call.subject(ref.organisation_id)
    if not may_know(by, ref, subject, call.phase):
        raise NotFound("proposal")
    require(may(by, EDIT_ROW[round_name], subject, call.phase))
    require(may_read(by, ref, subject, call.phase))
    if ref.refused:
        raise Forbidden("proposal_not_admissible")
    if round_name == PITCH and db.session.get(Shortlisting, ref.id) is None:
        raise DomainError("not_shortlisted")
    if not is_asked(call.id, round_name, by.user_id or 0, ref.id):
        raise Forbidden("not_assigned")
    return call, ref


def _check_confirmed(ref: ProposalRef, round_name: str, entry: SheetEntry) -> None:
    """Obstacles are confirmed on the sheet of the written round: that is where their answers are read."""
    if entry.confirmed and round_name != WRITTEN:
        raise SheetRefused([DomainError("confirmation_foreign_obstacle")])
    problems = confirmation_problems(ref.id, entry.confirmed)
    if problems:
        raise SheetRefused(problems)


def _own_sheet(ref: ProposalRef, round_name: str, by: Actor) -> ScoreSheet | None:
    return db.session.scalar(
        select(ScoreSheet)
        .where(
            ScoreSheet.proposal_id == ref.id,
            ScoreSheet.juror_id == by.user_id,
            ScoreSheet.round == round_name,
        )
        .options(selectinload(ScoreSheet.scores))
    )


def _new_sheet(ref: ProposalRef, round_name: str, by: Actor) -> ScoreSheet:
    return ScoreSheet(
        addendum_id=ref.addendum_id,
        proposal_id=ref.id,
        juror_id=by.user_id,
        round=round_name,
        remark_applicant="",
        remark_internal="",
        version=0,
        scores=[],
    )


def _differing(sheet: ScoreSheet, entry: SheetEntry) -> dict[str, str]:
    """The stored text of every field of the entry that says something else."""
    stored = {one.criterion_id: one for one in sheet.scores}
    theirs = {}
    for one, raw in entry.levels.items():
        kept = level_text(stored[one].level, stored[one].not_applicable) if one in stored else ""
        if kept != raw:
            theirs[f"level-{one}"] = kept
    for one, text in entry.reasons.items():
        kept = stored[one].reason if one in stored else ""
        if kept != text:
            theirs[f"reason-{one}"] = kept
    for name, text in entry.remarks.items():
        if getattr(sheet, name) != text:
            theirs[name] = getattr(sheet, name)
    return theirs | _differing_confirmed(sheet, entry)


def _differing_confirmed(sheet: ScoreSheet, entry: SheetEntry) -> dict[str, str]:
    said = own_confirmations(sheet.proposal_id, sheet.juror_id) if entry.confirmed else {}
    return {
        f"confirm-{one}": said.get(one, "")
        for one, answer in entry.confirmed.items()
        if said.get(one, "") != answer
    }


def _write(
    sheet: ScoreSheet, levels: Mapping[int, int | None], entry: SheetEntry, rules: RoundRules, now: datetime
) -> None:
    stored = {one.criterion_id: one for one in sheet.scores}
    for one in rules.ids:
        if one not in stored and (one in levels or one in entry.reasons):
            stored[one] = Score(criterion_id=one, reason="")
            sheet.scores.append(stored[one])
        if one in levels:
            stored[one].level = levels[one]
            stored[one].not_applicable = levels[one] is None
        if one in entry.reasons:
            stored[one].reason = entry.reasons[one]
    for name, text in entry.remarks.items():
        setattr(sheet, name, text)
    sheet.version += 1
    sheet.updated_at = now
    db.session.add(sheet)


def _check_whole(sheet: ScoreSheet, rules: RoundRules, least_reason: int) -> None:
    answered = {
        one.criterion_id: one.level for one in sheet.scores if one.level is not None or one.not_applicable
    }
    reasons = {one.criterion_id: one.reason for one in sheet.scores}
    problems = missing_parts(rules, answered, reasons, least_reason)
    if problems:
        raise SheetRefused(problems)


def _hand_in(call: Call, ref: ProposalRef, sheet: ScoreSheet, by: Actor, now: datetime) -> None:
    sheet.submitted_at = now
    db.session.flush()
    _log("sheet.submitted", call, ref, sheet, by, now)
    confirmed = sorted(own_confirmations(ref.id, sheet.juror_id)) if sheet.round == WRITTEN else []
    if confirmed:  # about which obstacles, not what: the log is read while the round runs
        _log("sheet.obstacles_confirmed", call, ref, sheet, by, now, obstacles=confirmed)


def _log(
    action: str,
    call: Call,
    ref: ProposalRef,
    sheet: ScoreSheet,
    by: Actor,
    now: datetime,
    **more: Any,
) -> None:
    record(
        action,
        actor_id=by.user_id,
        subject=f"sheet:{sheet.id}",
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        at=now,
        proposal=ref.id,
        round=sheet.round,
        version=sheet.version,
        **more,
    )

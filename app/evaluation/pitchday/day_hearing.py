"""What is noted while a pitch goes on: that it began and ended, who was there, and that it was a mistake."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, require
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import Phase
from app.evaluation.models import JurySeat, Shortlisting
from app.evaluation.pitchday.models import PitchHearing
from app.evaluation.queries import conflicted_jurors
from app.evaluation.rounds import CLOSE
from app.infra.database import db, transaction
from app.organisations.models import Organisation
from app.proposals.models import Proposal
from app.proposals.policy import ProposalRef, may_know, may_read
from app.proposals.queries import load_proposal_ref

NOTE_LIMIT = 500
BEGIN, END, ABSENT, NOTE = "begin", "end", "absent", "note"
BACK = {"back-running": "running", "back-ended": "ended", "back-absent": "absent"}
"""Taking back names the state that is taken back, so that a second click takes back nothing more."""
ACTS = frozenset((BEGIN, END, ABSENT, NOTE, *BACK))
LOGGED = {
    BEGIN: "pitch.began",
    END: "pitch.ended",
    ABSENT: "pitch.applicant_absent",
    NOTE: "pitch.presence_noted",
}


@dataclass(frozen=True)
class Presence:
    """What the form says of who is there. `version` is that of the row it was made from; `applicant`: they
    have come, which counts until the pitch begins."""

    version: int
    jurors: Collection[int] = ()
    applicant: bool = False
    note: str = ""


@dataclass(frozen=True)
class Noted:
    """`changed` False: it was so already, since `since` when that is known."""

    call_id: int
    name: str
    changed: bool
    since: datetime | None = None


def note_hearing(proposal_id: int, act: str, presence: Presence | None = None, *, by: Actor) -> Noted:
    """Begin or end a pitch, take that back, or note who is there; `presence` comes with begin and note.

    What is so already is not written again. Raises act_unknown, pitch_not_yet, not_shortlisted,
    pitch_other_runs (fact `name`), pitch_not_begun, pitch_runs_already, note_too_long, present_foreign,
    present_in_conflict, and Stale when somebody else noted other people or words since the form was made.
    """
    with transaction() as now:
        call, ref = _heard(proposal_id, act, by, now)
        row = db.session.get(PitchHearing, ref.id) or _nothing_yet(call, ref)
        if _is_so(row, act):
            return Noted(call.id, ref.organisation_name, False, _since(row, act))
        if act == NOTE and presence is None:
            return Noted(call.id, ref.organisation_name, False)
        if presence is not None and act in (BEGIN, NOTE):
            _check(call, ref, presence)
            _check_seen(row, presence)
            if act == NOTE and _same(row, presence):
                return Noted(call.id, ref.organisation_name, False)
            _write(row, presence)
        before = state_of(row)
        _move(call, row, act, now)
        row.by_id, row.at, row.version = by.user_id or 0, now, row.version + 1
        db.session.add(row)
        _log(call, ref, row, act, before, by, now)
        return Noted(call.id, ref.organisation_name, True)


def state_of(row: PitchHearing) -> str:
    """waiting, running, ended or absent."""
    if row.began_at is not None:
        return "ended" if row.ended_at is not None else "running"
    return "absent" if row.applicant_present is False else "waiting"


def _heard(proposal_id: int, act: str, by: Actor, now: datetime) -> tuple[Call, ProposalRef]:
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    subject = call.subject(ref.organisation_id)
    if not may_know(by, ref, subject, call.phase):
        raise NotFound("proposal")
    require(may_read(by, ref, subject, call.phase, CLOSE))
    if act not in ACTS:
        raise DomainError("act_unknown")
    if call.phase is not Phase.PITCH:
        raise DomainError("pitch_not_yet")
    if ref.refused:
        raise Forbidden("proposal_not_admissible")
    if db.session.get(Shortlisting, ref.id) is None:
        raise DomainError("not_shortlisted")
    return call, ref


def _nothing_yet(call: Call, ref: ProposalRef) -> PitchHearing:
    return PitchHearing(proposal_id=ref.id, addendum_id=call.id, present=[], note="", version=0)


def _is_so(row: PitchHearing, act: str) -> bool:
    """Whether the pitch is already as the act wants it, by an earlier click or somebody else's."""
    state = state_of(row)
    if act in BACK:
        return state != BACK[act]
    return (act == BEGIN and state in ("running", "ended")) or state == {END: "ended", ABSENT: "absent"}.get(
        act
    )


def _since(row: PitchHearing, act: str) -> datetime | None:
    return {BEGIN: row.began_at, END: row.ended_at}.get(act)


def _check(call: Call, ref: ProposalRef, presence: Presence) -> None:
    if len(presence.note) > NOTE_LIMIT:
        raise DomainError("hearing_note_too_long", field="note", maximum=NOTE_LIMIT)
    seats = select(JurySeat.user_id).where(JurySeat.addendum_id == call.id)
    if set(presence.jurors) - set(db.session.scalars(seats)):
        raise DomainError("present_foreign", field="present")
    outside = set(presence.jurors) & conflicted_jurors(call.id, ref.organisation_id)
    if outside:
        names = db.session.scalars(select(User.name).where(User.id.in_(outside)).order_by(User.name))
        raise DomainError("present_in_conflict", field="present", who=", ".join(names))


def _check_seen(row: PitchHearing, presence: Presence) -> None:
    if presence.version != row.version and not _same(row, presence):
        raise Stale(version=row.version, theirs={"present": list(row.present), "note": row.note})


def _same(row: PitchHearing, presence: Presence) -> bool:
    came = row.began_at is not None or presence.applicant == (row.applicant_present is True)
    return came and sorted(row.present) == sorted(presence.jurors) and row.note == presence.note


def _write(row: PitchHearing, presence: Presence) -> None:
    row.present = sorted(presence.jurors)
    row.note = presence.note
    if row.began_at is None and presence.applicant != (row.applicant_present is True):
        row.applicant_present = True if presence.applicant else None


def _move(call: Call, row: PitchHearing, act: str, now: datetime) -> None:
    if act in (BEGIN, "back-ended"):
        _require_none_runs(call)
    if act in BACK:
        _take_back(row, act)
    elif act == BEGIN:
        row.began_at, row.applicant_present = now, True
    elif act == END:
        if row.began_at is None:
            raise DomainError("pitch_not_begun")
        row.ended_at = now
    elif act == ABSENT:
        if row.began_at is not None:
            raise DomainError("pitch_runs_already")
        row.applicant_present = False


def _take_back(row: PitchHearing, act: str) -> None:
    if act == "back-ended":
        row.ended_at = None
    elif act == "back-running":
        row.began_at = None
    else:
        row.applicant_present = None


def _require_none_runs(call: Call) -> None:
    """One jury hears one pitch at a time."""
    name = db.session.scalar(
        select(Organisation.name)
        .join(Proposal, Proposal.organisation_id == Organisation.id)
        .join(PitchHearing, PitchHearing.proposal_id == Proposal.id)
        .where(
            PitchHearing.addendum_id == call.id,
            PitchHearing.began_at.is_not(None),
            PitchHearing.ended_at.is_(None),
        )
        .limit(1)
    )
    if name is not None:
        raise DomainError("pitch_other_runs", name=name)


def _log(
    call: Call, ref: ProposalRef, row: PitchHearing, act: str, before: str, by: Actor, now: datetime
) -> None:
    facts: Mapping[str, Any] = {"present": row.present, "applicant_present": row.applicant_present}
    record(
        LOGGED.get(act, "pitch.set_back"),
        actor_id=by.user_id,
        subject=f"proposal:{ref.id}",
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=ref.organisation_id,
        at=now,
        version=row.version,
        before=before,
        **facts,
    )

"""The shortlist and the pitch day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from app.addenda.models import PitchWindow as WindowRow
from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.pitch import PitchSlot, check_windows, earliest_day, rooms, slot_problems
from app.domain.timeline import BRUSSELS, Phase, PitchWindow, local_day
from app.evaluation.models import PitchSlot as SlotRow
from app.evaluation.models import Shortlisting
from app.evaluation.policy import PITCH, SheetRefused
from app.evaluation.queries import declarations_of, jurors_of, recipients_of, sheets_in, shortlisted
from app.evaluation.rounds import CLOSE
from app.infra.database import db, transaction
from app.infra.formats import short_day
from app.notifications.services import enqueue, page_url
from app.proposals.own.statuses import statuses_to_tell
from app.proposals.queries import StandingRow, standing

MINUTES = (5, 240)
BREAK = (0, 120)


class Window(NamedTuple):
    id: int
    day: date
    start: time
    end: time


@dataclass(frozen=True)
class Wanted:
    """When a proposal should pitch: the window (for its day) and the local start, both as chosen."""

    proposal_id: int
    window_id: int
    start: time


def windows_of(addendum_id: int) -> Sequence[Window]:
    """The windows of a call in order of time. One query."""
    rows: Sequence[Any] = db.session.execute(
        select(WindowRow.id, WindowRow.day, WindowRow.start, WindowRow.end)
        .where(WindowRow.addendum_id == addendum_id)
        .order_by(WindowRow.day, WindowRow.start, WindowRow.id)
    ).all()
    return rows


def slots_of(addendum_id: int) -> dict[int, PitchSlot]:
    """{proposal id: slot} as placed, in order of time. One query."""
    rows = db.session.execute(
        select(SlotRow.proposal_id, SlotRow.starts_at, SlotRow.ends_at)
        .where(SlotRow.addendum_id == addendum_id)
        .order_by(SlotRow.starts_at)
    )
    return {proposal: _slot(proposal, starts, ends) for proposal, starts, ends in rows}


def _slot(proposal_id: int, starts: datetime, ends: datetime) -> PitchSlot:
    local = starts.astimezone(BRUSSELS)
    return PitchSlot(proposal_id, local.date(), local.time(), (ends - starts) // timedelta(minutes=1))


def plain_windows(windows: Iterable[Window]) -> list[PitchWindow]:
    return [PitchWindow(one.day, one.start, one.end) for one in windows]


def save_shortlist(addendum_id: int, chosen: Collection[int], *, by: Actor) -> int:
    """Who is invited to pitch; returns how many. A proposal that leaves the list loses its slot.

    Whoever has a conflict with an applicant changes nothing for that applicant. Raises pitch_not_yet,
    shortlist_foreign, shortlist_has_sheets.
    """
    with transaction() as now:
        call = _in_pitch_round(addendum_id, by, now)
        rows = {row.proposal_id: row for row in standing(call.id)}
        if set(chosen) - set(rows):
            raise DomainError("shortlist_foreign")
        own = {one for one, row in rows.items() if _may_place(call, row, by)}
        before = shortlisted(call.id)
        leaving, joining = (before - set(chosen)) & own, (set(chosen) - before) & own
        if leaving & {proposal for _, proposal in sheets_in(call.id, PITCH)}:
            raise DomainError("shortlist_has_sheets")
        for model in (SlotRow, Shortlisting):
            db.session.execute(delete(model).where(model.proposal_id.in_(leaving)))
        db.session.add_all(
            Shortlisting(proposal_id=one, addendum_id=call.id, by_id=by.user_id, at=now)
            for one in sorted(joining)
        )
        _log("shortlist.changed", call, by, now, joined=sorted(joining), left=sorted(leaving))
        return len(before - leaving | joining)


def save_slots(
    addendum_id: int, wanted: Sequence[Wanted], *, minutes: int, break_minutes: int, by: Actor
) -> int:
    """Place the pitches and tell each applicant whose moment is new or moved; returns how many mails' worth.

    Raises SheetRefused with a problem per proposal (field `start-<proposal>`), pitch_not_yet,
    minutes_invalid, pitch_day_foreign and nobody_hears_pitch.
    """
    with transaction() as now:
        call = _in_pitch_round(addendum_id, by, now)
        windows = windows_of(call.id)
        rows = {row.proposal_id: row for row in standing(call.id)}
        invited = {one for one in shortlisted(call.id) if one in rows and _may_place(call, rows[one], by)}
        before = slots_of(call.id)
        kept = [slot for one, slot in before.items() if one not in invited]
        slots = [_wished(one, windows, minutes) for one in wanted if one.proposal_id in invited]
        changed = [slot for slot in slots if before.get(slot.proposal_id) != slot]
        _check(call, windows, [*kept, *slots], {one.proposal_id for one in changed}, break_minutes, rows, now)
        _replace(call, invited, slots, windows)
        _invite(call, changed, rows, now)
        moments = {str(slot.proposal_id): slot.begins.isoformat() for slot in changed}
        _log("pitch_day.placed", call, by, now, placed=len(slots), changed=moments)
        return len(changed)


def _in_pitch_round(addendum_id: int, by: Actor, now: datetime) -> Call:
    call = load_call(addendum_id, now)
    require(may(by, CLOSE, call.subject(), call.phase))
    if call.phase is not Phase.PITCH:
        raise DomainError("pitch_not_yet")
    return call


def _may_place(call: Call, row: StandingRow, by: Actor) -> bool:
    return bool(may(by, CLOSE, call.subject(row.organisation_id), call.phase))


def _wished(one: Wanted, windows: Sequence[Window], minutes: int) -> PitchSlot:
    if not MINUTES[0] <= minutes <= MINUTES[1]:
        raise DomainError("minutes_invalid", field="minutes", low=MINUTES[0], high=MINUTES[1])
    day = next((window.day for window in windows if window.id == one.window_id), None)
    if day is None:
        raise DomainError("pitch_day_foreign", field=f"window-{one.proposal_id}")
    return PitchSlot(one.proposal_id, day, one.start, minutes)


def _check(
    call: Call,
    windows: Sequence[Window],
    slots: Sequence[PitchSlot],
    changed: Collection[int],
    break_minutes: int,
    rows: Mapping[int, StandingRow],
    now: datetime,
) -> None:
    """Everything the pitch day asks; the notice only of who is told something new."""
    if not BREAK[0] <= break_minutes <= BREAK[1]:
        raise DomainError("minutes_invalid", field="break_minutes", low=BREAK[0], high=BREAK[1])
    plain = plain_windows(windows)
    check_windows(plain)
    earliest = earliest_day(local_day(now))
    found = slot_problems(plain, slots, earliest=earliest, break_minutes=break_minutes)
    problems = [
        _named(one, rows)
        for one in found
        if one.code != "slot_notice_too_short" or one.facts["proposal"] in changed
    ]
    if problems:
        raise SheetRefused(problems)
    by_organisation = {row.organisation_id: row.proposal_id for row in rows.values()}
    conflicts = {
        (one.juror_id, by_organisation[one.organisation_id])
        for one in declarations_of(call.id)
        if one.in_conflict and one.organisation_id in by_organisation
    }
    jurors = [juror.user_id for juror in jurors_of(call.id)]
    if jurors:
        rooms(slots, jurors, conflicts)


def _named(error: DomainError, rows: Mapping[int, StandingRow]) -> DomainError:
    """The same refusal at its field, with the name of the other applicant and the day in words."""
    facts = dict(error.facts)
    if "other" in facts:
        facts["other"] = rows[facts["other"]].organisation_name
    if "earliest" in facts:
        facts["earliest"] = short_day(facts["earliest"])
    return DomainError(error.code, field=f"start-{facts['proposal']}", **facts)


def _replace(
    call: Call, invited: Collection[int], slots: Iterable[PitchSlot], windows: Sequence[Window]
) -> None:
    db.session.execute(delete(SlotRow).where(SlotRow.proposal_id.in_(invited)))
    for slot in slots:
        window = next(
            one for one in windows if one.day == slot.day and one.start <= slot.start and slot.start < one.end
        )
        starts = slot.begins.replace(tzinfo=BRUSSELS)
        db.session.add(
            SlotRow(
                proposal_id=slot.proposal_id,
                addendum_id=call.id,
                pitch_window_id=window.id,
                starts_at=starts,
                ends_at=slot.ends.replace(tzinfo=BRUSSELS),
            )
        )
    db.session.flush()


def _invite(call: Call, changed: Iterable[PitchSlot], rows: Mapping[int, StandingRow], now: datetime) -> None:
    slots = {rows[slot.proposal_id].organisation_id: slot for slot in changed}
    statuses = statuses_to_tell([slot.proposal_id for slot in slots.values()], call.id, now)
    for organisation, recipients in recipients_of(slots).items():
        slot = slots[organisation]
        for recipient in recipients:
            enqueue(
                "pitch.invited",
                to=recipient,
                subject=f"Uitnodiging om te pitchen: {call.title}",
                template="evaluation/mail_pitch",
                at=now,
                addendum_id=call.id,
                call=call,
                organisation_name=rows[slot.proposal_id].organisation_name,
                starts=slot.begins.replace(tzinfo=BRUSSELS),
                minutes=slot.minutes,
                status=statuses[slot.proposal_id],
                link=page_url("proposals.edit", proposal_id=slot.proposal_id),
            )


def _log(action: str, call: Call, by: Actor, now: datetime, **facts: Any) -> None:
    record(
        action,
        actor_id=by.user_id,
        subject=f"call:{call.id}",
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        at=now,
        **facts,
    )

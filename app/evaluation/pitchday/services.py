"""The shortlist, and the plan of the pitch day: every change of moments is a version that is told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import delete

from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.pitch import PitchSlot, check_windows, earliest_day, rooms, slot_problems
from app.domain.timeline import Phase, PitchWindow, local_day
from app.evaluation.models import PitchSlot as SlotRow
from app.evaluation.models import Shortlisting
from app.evaluation.pitchday.models import PitchPlan
from app.evaluation.pitchday.planning import DayFacts, clashes, day_facts
from app.evaluation.pitchday.policy import BREAK, MINUTES, ROOM_LIMIT, Moment, Saved, changes, content_of
from app.evaluation.pitchday.queries import Window, begun, local, moment_of
from app.evaluation.pitchday.telling import tell
from app.evaluation.policy import PITCH, SheetRefused
from app.evaluation.queries import sheets_in
from app.evaluation.rounds import CLOSE
from app.infra.database import db, transaction
from app.infra.formats import short_day
from app.proposals.policy import closed_to
from app.proposals.queries import StandingRow


@dataclass(frozen=True)
class Wanted:
    """When a proposal should pitch: the window (for its day) and the local start, both as chosen."""

    proposal_id: int
    window_id: int
    start: time


@dataclass(frozen=True)
class Setting:
    """How the day is laid out. `rooms`: {window: text}, None leaves them; `seen`: the version that the page
    showed, None when it showed none; `without`: also while a juror cannot come."""

    minutes: int
    pause: int
    rooms: Mapping[int, str] | None = None
    seen: int | None = None
    without: bool = False


def save_shortlist(addendum_id: int, chosen: Collection[int], *, by: Actor) -> int:
    """Who is invited to pitch; returns how many. A proposal that leaves the list loses its moment, and is
    told when it had one.

    Whoever has a conflict with an applicant, or did not declare yet, changes nothing for that applicant.
    Raises pitch_not_yet, shortlist_foreign, shortlist_has_sheets and shortlist_heard.
    """
    with transaction() as now:
        call = _in_pitch_round(addendum_id, by, now)
        facts = day_facts(call)
        if set(chosen) - set(facts.rows):
            raise DomainError("shortlist_foreign")
        own = _placeable(facts, by)
        leaving, joining = (facts.invited - set(chosen)) & own, (set(chosen) - facts.invited) & own
        if not leaving and not joining:
            return len(facts.invited)
        if leaving & {proposal for _, proposal in sheets_in(call.id, PITCH)}:
            raise DomainError("shortlist_has_sheets")
        if leaving & begun(call.id):
            raise DomainError("shortlist_heard")
        db.session.execute(delete(Shortlisting).where(Shortlisting.proposal_id.in_(leaving)))
        db.session.add_all(
            Shortlisting(proposal_id=one, addendum_id=call.id, by_id=by.user_id, at=now)
            for one in sorted(joining)
        )
        _log("shortlist.changed", call, by, now, joined=sorted(joining), left=sorted(leaving))
        left = {one: moment for one, moment in facts.moments.items() if one not in leaving}
        _publish(facts, left, leaving, Setting(_minutes(facts), 0), by, now)
        return len((facts.invited - leaving) | joining)


def save_slots(
    addendum_id: int,
    wanted: Sequence[Wanted],
    *,
    minutes: int,
    break_minutes: int,
    by: Actor,
    room: Mapping[int, str] | None = None,
    seen: int | None = None,
    without: bool = False,
) -> Saved:
    """Place the pitches, as a new version of the plan, and tell whose moment is new, moved or gone; the
    jurors get the changes in one mail. The same plan again changes and tells nothing.

    Raises SheetRefused with a problem per proposal (field `start-<proposal>`), pitch_not_yet, plan_changed,
    minutes_invalid, pitch_day_foreign, room_too_long and nobody_hears_pitch.
    """
    setting = Setting(minutes, break_minutes, room, seen, without)
    with transaction() as now:
        call = _in_pitch_round(addendum_id, by, now)
        facts = day_facts(call)
        if seen is not None and seen != facts.number:
            raise DomainError("plan_changed", number=facts.number)
        own = facts.invited & _placeable(facts, by)
        moments = {one: moment for one, moment in facts.moments.items() if one not in own}
        moments |= _wished(facts, [one for one in wanted if one.proposal_id in own], setting)
        changed = set(changes(facts.moments, moments))
        _check(facts, moments, changed, setting, now)
        return _publish(facts, moments, own, setting, by, now)


def _minutes(facts: DayFacts) -> int:
    return next((slot.minutes for slot in facts.slots.values()), MINUTES[0])


def _in_pitch_round(addendum_id: int, by: Actor, now: datetime) -> Call:
    call = load_call(addendum_id, now)
    require(may(by, CLOSE, call.subject(), call.phase))
    if call.phase is not Phase.PITCH:
        raise DomainError("pitch_not_yet")
    return call


def _placeable(facts: DayFacts, by: Actor) -> set[int]:
    """What this person may plan: not who is closed to them, whose fields their page does not have."""
    call, rows = facts.call, facts.rows
    closed = closed_to(by, call.id, {row.organisation_id for row in rows.values()})
    return {
        one
        for one, row in rows.items()
        if row.organisation_id not in closed and may(by, CLOSE, call.subject(row.organisation_id), call.phase)
    }


def _wished(facts: DayFacts, wanted: Iterable[Wanted], setting: Setting) -> dict[int, Moment]:
    if not MINUTES[0] <= setting.minutes <= MINUTES[1]:
        raise DomainError("minutes_invalid", field="minutes", low=MINUTES[0], high=MINUTES[1])
    if not BREAK[0] <= setting.pause <= BREAK[1]:
        raise DomainError("minutes_invalid", field="break_minutes", low=BREAK[0], high=BREAK[1])
    rooms_of = facts.rooms if setting.rooms is None else {**facts.rooms, **setting.rooms}
    for number, text in rooms_of.items():
        if len(text) > ROOM_LIMIT:
            raise DomainError("room_too_long", field=f"room-{number}", maximum=ROOM_LIMIT)
    by_id = {window.id: window for window in facts.windows}
    found = {}
    for one in wanted:
        window = by_id.get(one.window_id)
        if window is None:
            raise DomainError("pitch_day_foreign", field=f"window-{one.proposal_id}")
        slot = PitchSlot(one.proposal_id, window.day, one.start, setting.minutes)
        held = window_of(facts.windows, slot) or window
        found[one.proposal_id] = moment_of(slot, rooms_of.get(held.id, ""))
    return found


def window_of(windows: Sequence[Window], slot: PitchSlot) -> Window | None:
    """The window in which a pitch begins."""
    return next((one for one in windows if one.begins <= slot.begins < one.ends), None)


def _check(
    facts: DayFacts, moments: Mapping[int, Moment], changed: Collection[int], setting: Setting, now: datetime
) -> None:
    """Everything the pitch day asks; the notice, and who is free, only of what is told anew."""
    plain = [PitchWindow(one.day, one.start, one.end) for one in facts.windows]
    check_windows(plain)
    earliest = earliest_day(local_day(now))
    slots = {one: _slot(one, moment) for one, moment in moments.items()}
    heard = begun(facts.call.id) & set(changed)
    problems = [DomainError("slot_heard", proposal=one) for one in sorted(heard)]
    problems += [
        one
        for one in slot_problems(plain, list(slots.values()), earliest=earliest, break_minutes=setting.pause)
        if one.code != "slot_notice_too_short" or one.facts["proposal"] in changed
    ]
    for one in changed:
        if one in slots:
            problems += [
                clash
                for clash in clashes(facts, slots[one], moments[one].room)
                if clash.code != "slot_juror_absent" or not setting.without
            ]
    if problems:
        raise SheetRefused([_named(one, facts.rows) for one in problems])
    jurors = [juror.user_id for juror in facts.jurors]
    if jurors:
        rooms(slots.values(), jurors, facts.conflicts)


def _slot(proposal_id: int, moment: Moment) -> PitchSlot:
    begins, ends = local(moment.starts), local(moment.ends)
    return PitchSlot(proposal_id, begins.date(), begins.time(), int((ends - begins).total_seconds()) // 60)


def _named(error: DomainError, rows: Mapping[int, StandingRow]) -> DomainError:
    """The same refusal at its field, with the name of the other applicant and the day in words."""
    facts = dict(error.facts)
    if "other" in facts:
        facts["other"] = rows[facts["other"]].organisation_name
    if "earliest" in facts:
        facts["earliest"] = short_day(facts["earliest"])
    return DomainError(error.code, field=f"start-{facts['proposal']}", **facts)


def _publish(
    facts: DayFacts,
    moments: Mapping[int, Moment],
    own: Collection[int],
    setting: Setting,
    by: Actor,
    now: datetime,
) -> Saved:
    """The rows, the version, the log and the mails of one change; nothing when nothing changed."""
    changed = changes(facts.moments, moments)
    if not changed:
        return Saved(0, 0, 0)
    call = facts.call
    _replace(facts, {*own, *changed}, moments)
    number = facts.number + 1
    content = content_of(moments, setting.minutes, setting.pause)
    db.session.add(PitchPlan(addendum_id=call.id, number=number, content=content, by_id=by.user_id, at=now))
    db.session.flush()
    tell(facts, changed, number, now)
    placed = {str(one): new.starts.isoformat() if new else "" for one, (_, new) in changed.items()}
    _log("pitch_day.placed", call, by, now, number=number, placed=len(moments), changed=placed)
    dropped = sum(new is None for _, new in changed.values())
    return Saved(len(changed) - dropped, dropped, number)


def _replace(facts: DayFacts, touched: Collection[int], moments: Mapping[int, Moment]) -> None:
    """What is no longer in the running loses its moment too."""
    here = SlotRow.addendum_id == facts.call.id
    db.session.execute(
        delete(SlotRow).where(here, SlotRow.proposal_id.in_(touched) | SlotRow.proposal_id.not_in(facts.rows))
    )
    for one, moment in moments.items():
        if one not in touched:
            continue
        window = window_of(facts.windows, _slot(one, moment))
        if window is None:
            raise DomainError("slot_outside_windows", field=f"start-{one}")
        db.session.add(
            SlotRow(
                proposal_id=one,
                addendum_id=facts.call.id,
                pitch_window_id=window.id,
                starts_at=moment.starts,
                ends_at=moment.ends,
                room=moment.room,
            )
        )
    db.session.flush()


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

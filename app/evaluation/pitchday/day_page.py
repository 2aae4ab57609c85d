"""The pitch day as it goes, made ready for its template. Of an applicant with whom the viewer has a conflict,
or about whom nothing is declared yet, only the name and the moment show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for

from app.addenda.queries import Call
from app.domain.access import Actor, may
from app.domain.pitch_running import Expected, Heard, State, expected_times, in_the_room, next_up
from app.domain.timeline import BRUSSELS, Phase, local_day
from app.evaluation.declaring import sits_on_jury
from app.evaluation.pitchday.day_queries import HearingRow, hearing_rows, stand_of
from app.evaluation.policy import PITCH
from app.evaluation.queries import JurorRow, declarations_of, in_conflict_with, jurors_of, sheets_begun
from app.evaluation.rounds import CLOSE
from app.infra.formats import counted, day, hour
from app.proposals.policy import closed_to

USUAL = timedelta(minutes=20)  # of a pitch that has no moment in the plan, on a day without any plan
LABELS = {
    State.WAITING: ("Nog te horen", "neutral"),
    State.RUNNING: ("Bezig", "info"),
    State.ENDED: ("Gehoord", "success"),
    State.ABSENT: ("Niet gekomen", "warning"),
}
SHEET_LABELS = {None: "Scoor deze pitch", False: "Verder met je scoreblad", True: "Je scoreblad is ingediend"}


@dataclass(frozen=True)
class Day:
    """Everything the page needs, read once."""

    call: Call
    actor: Actor
    now: datetime
    rows: Sequence[HearingRow]
    jurors: Sequence[JurorRow]
    conflicts: Collection[tuple[int, int]]
    closed: Collection[int]
    own_conflicts: Collection[int]
    sheets: Mapping[int, bool]
    juror: bool

    @property
    def usual(self) -> timedelta:
        return _usual(self.rows)

    def outside(self, row: HearingRow) -> list[JurorRow]:
        return [one for one in self.jurors if (one.user_id, row.organisation_id) in self.conflicts]


def _usual(rows: Sequence[HearingRow]) -> timedelta:
    planned = (row.ends_at - row.starts_at for row in rows if row.starts_at and row.ends_at)
    return next(planned, USUAL)


def running_until(rows: Sequence[HearingRow]) -> tuple[int, datetime] | None:
    """The proposal that is heard now, and until when."""
    row = next((row for row in rows if row.began_at and not row.ended_at), None)
    if row is None or row.began_at is None:
        return None
    return row.proposal_id, row.began_at + _heard(row, _usual(rows)).length


def day_of(call: Call, actor: Actor, now: datetime) -> Day:
    """Six queries and those of the guards, whatever the number of pitches."""
    rows = hearing_rows(call.id) if call.phase >= Phase.PITCH else []
    juror = sits_on_jury(actor, call.id)
    return Day(
        call,
        actor,
        now,
        rows,
        jurors_of(call.id),
        {(one.juror_id, one.organisation_id) for one in declarations_of(call.id) if one.in_conflict},
        closed_to(actor, call.id, {row.organisation_id for row in rows}),
        in_conflict_with(actor, call.id),
        sheets_begun(call.id, PITCH, actor.user_id or 0) if juror else {},
        juror,
    )


def day_page(facts: Day, wanted: str | None, typed: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    """`wanted` is the day as the address says it; `typed` {proposal id: what was sent} after a refusal."""
    days = sorted({row.day for row in facts.rows if row.day})
    chosen = _chosen(days, wanted, local_day(facts.now))
    of_day = [row for row in facts.rows if row.day and row.day == chosen]
    heard = [_heard(row, facts.usual) for row in of_day if row.starts_at or row.began_at]
    today = chosen == local_day(facts.now)
    expected = expected_times(heard, facts.now)
    running = next((row for row in facts.rows if row.began_at and not row.ended_at), None)
    following = _row_of(of_day, next_up(heard))
    lines = [_line(facts, row, expected[row.proposal_id], chosen) for row in of_day]
    loose = [_line(facts, row, None, chosen) for row in facts.rows if row.day is None]
    before = running or _row_of(of_day, _last_heard(heard))
    return {
        "day": day(chosen) if chosen else "",
        "today": today,
        "past": chosen is not None and chosen < local_day(facts.now),
        "days": [(day(one), one.isoformat(), one == chosen) for one in days],
        "lines": sorted(lines, key=lambda line: line["order"]),
        "loose": loose,
        "outside_shown": any(one["sees_room"] or one["out_myself"] for one in [*lines, *loose]),
        "current": running and _current(facts, running, typed),
        "next": following and _coming(facts, following, expected[following.proposal_id], before, typed),
        "busy": running is not None,
        "done": bool(lines) and in_the_room(heard) is None and following is None,
        "delay": max((one.delay for one in expected.values() if one.state is State.WAITING), default=0)
        if today
        else 0,
        "now": facts.now,
        "now_text": _hour(facts.now),
        "stand": stand_of(facts.rows),
    }


def _chosen(days: Sequence[date], wanted: str | None, today: date) -> date | None:
    named = {one.isoformat(): one for one in days}
    if wanted in named:
        return named[wanted]
    ahead = [one for one in days if one >= today]
    return ahead[0] if ahead else (days[-1] if days else None)


def _heard(row: HearingRow, usual: timedelta) -> Heard:
    """A pitch that was heard on another day than planned has no plan to be late for."""
    starts, ends = row.starts_at, row.ends_at
    if row.began_at and (starts is None or ends is None or local_day(starts) != local_day(row.began_at)):
        length = ends - starts if starts and ends else usual
        starts, ends = row.began_at, row.began_at + length
    assert starts is not None and ends is not None
    absent = row.applicant_present is False
    return Heard(row.proposal_id, starts, ends, row.began_at, row.ended_at, absent)


def _last_heard(heard: Sequence[Heard]) -> int | None:
    ended = [one for one in heard if one.ended is not None]
    return max(ended, key=lambda one: one.ended or one.starts).proposal_id if ended else None


def _row_of(rows: Sequence[HearingRow], proposal_id: int | None) -> HearingRow | None:
    return next((row for row in rows if row.proposal_id == proposal_id), None)


def _hour(moment: datetime | None) -> str:
    return hour(moment.astimezone(BRUSSELS).time()) if moment else ""


def _told(facts: Day, state: State, chosen: date | None) -> tuple[str, str]:
    """Of a day gone by nothing is claimed that nobody noted: the pitch may well have been heard."""
    if state is State.WAITING and chosen and chosen < local_day(facts.now):
        return "Niet genoteerd", "warning"
    if state is State.RUNNING and facts.call.phase is not Phase.PITCH:
        return "Niet afgerond", "warning"
    return LABELS[state]


def _line(facts: Day, row: HearingRow, expected: Expected | None, chosen: date | None) -> dict[str, Any]:
    state = expected.state if expected else State.WAITING
    label, tone = _told(facts, state, chosen)
    shown = expected and state is not State.ABSENT and tone != "warning"
    return {
        **_about(facts, row),
        "planned": f"{_hour(row.starts_at)} tot {_hour(row.ends_at)}" if row.starts_at else "",
        "expected": f"{_hour(expected.starts)} tot {_hour(expected.ends)}" if expected and shown else "",
        "late": counted(expected.delay, "minuut", "minuten") if expected and shown and expected.delay else "",
        "state": state.value,
        "label": label,
        "tone": tone,
        "order": ((expected.starts if expected and shown else row.starts_at) or facts.now).isoformat(),
    }


def _about(facts: Day, row: HearingRow) -> dict[str, Any]:
    closed = row.organisation_id in facts.closed
    subject = facts.call.subject(row.organisation_id)
    sees = not closed and bool(may(facts.actor, "conflict.other.view", subject, facts.call.phase))
    writes = not closed and bool(may(facts.actor, CLOSE, subject, facts.call.phase))
    return {
        "id": row.proposal_id,
        "name": row.name,
        "room": row.room,
        "closed": closed,
        "out_myself": row.organisation_id in facts.own_conflicts,
        "undeclared": closed and row.organisation_id not in facts.own_conflicts,
        "outside": [one.name for one in facts.outside(row)] if sees else [],
        "sees_room": sees,
        "editable": writes and facts.call.phase is Phase.PITCH,
        "version": row.version,
        **_own_sheet(facts, row, closed),
    }


def _own_sheet(facts: Day, row: HearingRow, closed: bool) -> dict[str, Any]:
    """Who hears a pitch scores it, from the moment it begins."""
    if closed or not facts.juror or facts.call.phase is not Phase.PITCH or row.began_at is None:
        return {"sheet_href": "", "sheet_label": "", "sheet_in": False}
    sent = facts.sheets.get(row.proposal_id)
    return {
        "sheet_href": url_for("evaluation.sheet", proposal_id=row.proposal_id, round_name=PITCH),
        "sheet_label": SHEET_LABELS[sent],
        "sheet_in": bool(sent),
    }


def _current(facts: Day, row: HearingRow, typed: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    heard = _heard(row, facts.usual)
    began = row.began_at or facts.now
    ends = began + heard.length
    return {
        **_about(facts, row),
        **_presence(facts, row, typed.get(row.proposal_id)),
        "began": began,
        "began_text": _hour(began),
        "ends": ends,
        "ends_text": _hour(ends),
        "minutes": heard.length // timedelta(minutes=1),
        "clock": clock_text(ends, facts.now),
        "left": left_in_words(ends, facts.now),
        "tone": _tone(ends, facts.now),
    }


def _coming(
    facts: Day,
    row: HearingRow,
    expected: Expected,
    before: HearingRow | None,
    typed: Mapping[int, Mapping[str, Any]],
) -> dict[str, Any]:
    about = _about(facts, row)
    may_return = before is not None and before.organisation_id not in facts.closed and about["sees_room"]
    out_before = {one.name for one in facts.outside(before)} if before and may_return else set()
    return {
        **about,
        **_presence(facts, row, typed.get(row.proposal_id)),
        "planned": _hour(row.starts_at),
        "expected": _hour(expected.starts),
        "late": counted(expected.delay, "minuut", "minuten") if expected.delay else "",
        "leaving": [one for one in about["outside"] if one not in out_before],
        "returning": sorted(out_before - set(about["outside"])),
    }


def _presence(facts: Day, row: HearingRow, typed: Mapping[str, Any] | None) -> dict[str, Any]:
    """The ticks: what was sent, else what was noted, else everybody who may be there."""
    outside = {one.user_id for one in facts.outside(row)}
    stored = set(row.present) if row.version else {one.user_id for one in facts.jurors}
    ticked = set(typed["jurors"]) if typed else stored
    names = {one.user_id: one.name for one in facts.jurors}
    return {
        "jurors": [
            {"id": one.user_id, "name": one.name, "ticked": one.user_id in ticked}
            for one in facts.jurors
            if one.user_id not in outside
        ],
        "there": [names[one] for one in row.present if one in names],
        "came": typed["applicant"] if typed else row.applicant_present is True,
        "note": typed["note"] if typed else row.note,
        "stored_note": row.note,
        "noted": row.version > 0,
        "error": typed["error"] if typed else "",
        "stale": bool(typed and typed["stale"]),
    }


def clock_text(ends: datetime, now: datetime) -> str:
    """ "12:34" left, "+1:05" over time."""
    seconds = -((now - ends) // timedelta(seconds=1))
    sign = "+" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 60}:{abs(seconds) % 60:02d}"


def left_in_words(ends: datetime, now: datetime) -> str:
    """ "nog 12 minuten", "nog minder dan 1 minuut", "2 minuten over tijd"."""
    if now >= ends:
        over = (now - ends) // timedelta(minutes=1)
        return f"{counted(over, 'minuut', 'minuten')} over tijd" if over else "de tijd is om"
    left = (ends - now) // timedelta(minutes=1)
    return f"nog {counted(left, 'minuut', 'minuten')}" if left else "nog minder dan 1 minuut"


def _tone(ends: datetime, now: datetime) -> str:
    left = ends - now
    if left <= timedelta():
        return "over"
    return "last" if left <= timedelta(minutes=1) else "soon" if left <= timedelta(minutes=5) else "calm"

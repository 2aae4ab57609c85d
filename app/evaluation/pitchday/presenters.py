"""The pitch day made ready for its template: who could be invited, and when everybody pitches."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.addenda.queries import Call
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.domain.pitch import PitchSlot, check_windows
from app.domain.scoring import shown
from app.domain.timeline import PitchWindow
from app.evaluation.pitchday.explaining import why_not
from app.evaluation.pitchday.planning import DayFacts, Suggestion, clashes, day_facts, suggest
from app.evaluation.pitchday.policy import BREAK, MINUTES, Moment
from app.evaluation.pitchday.queries import Window, moment_of
from app.evaluation.pitchday.services import window_of
from app.evaluation.standings import Standings, standings_of
from app.infra.formats import counted, day, hour, short_day
from app.infra.messages import say
from app.proposals.policy import closed_to
from app.proposals.queries import applicants

AT_LEAST = "Minder kan niet."


@dataclass(frozen=True)
class PageFacts:
    """Everything the page needs, read once. `order` is the ranking of the written round; `away` are the
    organisations that are closed to the viewer."""

    day: DayFacts
    standings: Standings
    order: Sequence[int]
    away: Collection[int]

    @property
    def minutes(self) -> int:
        """How long the pitches last that are placed already; 0 when there are none."""
        return next((slot.minutes for slot in self.day.slots.values()), 0)

    def closed(self, proposal_id: int) -> bool:
        return self.day.rows[proposal_id].organisation_id in self.away


@dataclass(frozen=True)
class Asked:
    """What the form asks: `typed` is shown again as it was sent, `wish` calls for a plan."""

    minutes: int
    pause: int
    typed: Mapping[str, str] = field(default_factory=dict)
    wish: bool = False
    keep: bool = False
    without: bool = False
    rooms: Mapping[int, str] | None = None
    problems: Sequence[DomainError] = ()


def page_facts(call: Call, actor: Actor) -> PageFacts:
    standings = standings_of(call.id, rounds=("written",))
    ranking = standings.ranking
    order = [one.proposal_id for one in ranking.placed] + [one.proposal_id for one in ranking.unscored]
    facts = day_facts(call)
    known = [one for one in order if one in facts.rows]
    return PageFacts(facts, standings, known, closed_to(actor, call.id, applicants(call.id)))


def shortlist_rows(facts: PageFacts, ticked: Iterable[int] | None) -> list[dict[str, Any]]:
    """The candidates in the order of the ranking; suggested are those that reach every minimum.

    Of an applicant with whom the viewer has a conflict, or about whom nothing is declared yet, only the name
    shows.
    """
    chosen = set(ticked) if ticked is not None else facts.day.invited
    untouched = ticked is None and not facts.day.invited
    placed = {one.proposal_id: one for one in facts.standings.ranking.placed}
    rows: list[dict[str, Any]] = []
    for proposal in facts.order:
        place = placed.get(proposal)
        passes = place is not None and place.passes
        closed = facts.closed(proposal)
        total = place.score.total if place else None
        rows.append(
            {
                "id": proposal,
                "name": facts.day.rows[proposal].organisation_name,
                "closed": closed,
                "place": "" if closed or place is None else str(place.place),
                "total": "" if closed or total is None else f"{shown(total)}".replace(".", ","),
                "passes": passes,
                "scored": place is not None,
                "ticked": proposal in chosen or (untouched and passes and not closed),
            }
        )
    open_rows = [row for row in rows if not row["closed"]]
    return open_rows + sorted((row for row in rows if row["closed"]), key=lambda row: row["name"])


def day_plan(facts: PageFacts, asked: Asked, now: datetime) -> tuple[dict[str, Any], DomainError | None]:
    """The form of the day: a row per invited candidate, with what was typed, proposed or placed."""
    day_ = facts.day
    invited = [one for one in facts.order if one in day_.invited]
    rooms = day_.rooms if asked.rooms is None else {**day_.rooms, **asked.rooms}
    found, error = _suggested(facts, invited, asked, rooms, now) if asked.wish else (None, None)
    moments = _moments(facts, found, rooms)
    errors = {one.field or "": say(one) for one in asked.problems}
    rows = [_plan_row(facts, one, moments.get(one), asked.typed, errors) for one in invited]
    rows.sort(key=lambda row: (row["order"], row["name"]))
    suggested = found is not None and found.plan is not None
    return {
        "rows": rows,
        "windows": [(str(one.id), window_text(one)) for one in day_.windows],
        "rooms": [_room_row(one, rooms, asked, errors) for one in day_.windows],
        "minutes": asked.typed.get("minutes", str(max(asked.minutes, 0))),
        "break_minutes": asked.typed.get("break_minutes", str(max(asked.pause, 0))),
        "keep": asked.keep,
        "without": asked.without,
        "absent": any(one.code == "slot_juror_absent" for one in asked.problems) or _somebody_away(day_),
        "number": day_.number,
        "placed": len(day_.moments),
        "suggested": suggested,
        "leaves": _leaves(facts, moments, found, asked),
        "blocked": why_not(day_, found, _closed(facts)) if found else [],
    }, error


def window_text(window: Window) -> str:
    return f"{short_day(window.day)}, {hour(window.start)} tot {hour(window.end)}"


def _closed(facts: PageFacts) -> set[int]:
    return {one for one in facts.day.rows if facts.closed(one)}


def _somebody_away(facts: DayFacts) -> bool:
    return any(one.juror_id is not None for one in facts.absences)


def _suggested(
    facts: PageFacts, invited: Sequence[int], asked: Asked, rooms: Mapping[int, str], now: datetime
) -> tuple[Suggestion | None, DomainError | None]:
    """A plan for whom the viewer may place, around what stays."""
    if not MINUTES[0] <= asked.minutes <= MINUTES[1]:
        return None, DomainError("minutes_invalid", field="minutes", low=MINUTES[0], high=MINUTES[1])
    if not BREAK[0] <= asked.pause <= BREAK[1]:
        return None, DomainError("minutes_invalid", field="break_minutes", low=BREAK[0], high=BREAK[1])
    try:
        check_windows([PitchWindow(one.day, one.start, one.end) for one in facts.day.windows])
    except DomainError as error:
        return None, error
    placed = set(facts.day.moments)
    order = [one for one in invited if not facts.closed(one) or one in placed]
    kept = {one for one in order if one in placed and (asked.keep or facts.closed(one))}
    return suggest(
        facts.day,
        order,
        kept,
        minutes=asked.minutes,
        pause=asked.pause,
        now=now,
        rooms=rooms,
        without=asked.without,
    ), None


def _moments(
    facts: PageFacts, found: Suggestion | None, rooms: Mapping[int, str]
) -> dict[int, tuple[PitchSlot, str]]:
    """{proposal: (slot, room)} as proposed, or as placed."""
    moments = {one: (slot, facts.day.moments[one].room) for one, slot in facts.day.slots.items()}
    for placed in found.plan.placed if found and found.plan else ():
        length = int((placed.ends - placed.starts).total_seconds()) // 60
        slot = PitchSlot(placed.proposal_id, placed.starts.date(), placed.starts.time(), length)
        window = window_of(facts.day.windows, slot)
        moments[placed.proposal_id] = (slot, rooms.get(window.id, "") if window else "")
    return moments


def _leaves(
    facts: PageFacts,
    moments: Mapping[int, tuple[PitchSlot, str]],
    found: Suggestion | None,
    asked: Asked,
) -> str:
    """How often jurors leave the room in what is shown, and whether that is the least."""
    if not moments or (asked.typed and not asked.wish):
        return ""
    if found is not None and found.plan is not None:
        times = found.plan.leaves
        least = AT_LEAST if found.plan.proven else f"Met minder dan {found.plan.least} kan het zeker niet."
    else:
        held: dict[int, Moment] = {one: moment_of(slot, room) for one, (slot, room) in moments.items()}
        times, least = facts.day.leaves(held), ""
    if not times:
        return "Niemand hoeft de zaal te verlaten."
    said = counted(times, "keer", "keer")
    why = "Wie bij opeenvolgende pitches buiten moet, gaat één keer."
    return f"In deze volgorde verlaten juryleden samen {said} de zaal. {least} {why}".replace("  ", " ")


def _room_row(
    window: Window, rooms: Mapping[int, str], asked: Asked, errors: Mapping[str, str]
) -> dict[str, str]:
    name = f"room-{window.id}"
    return {
        "name": name,
        "label": f"Zaal op {window_text(window)}",
        "value": asked.typed.get(name, rooms.get(window.id, "")),
        "error": errors.get(name, ""),
    }


def _plan_row(
    facts: PageFacts,
    proposal: int,
    held: tuple[PitchSlot, str] | None,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> dict[str, Any]:
    closed = facts.closed(proposal)
    slot, room = held or (None, "")
    window = window_of(facts.day.windows, slot) if slot else None
    out = facts.day.outside(proposal)
    outside = [one.name for one in facts.day.jurors if one.user_id in out]
    start = _hour(slot.start) if slot else ""
    busy = [say(one) for one in clashes(facts.day, slot, room)] if slot and not closed and not errors else []
    return {
        "id": proposal,
        "name": facts.day.rows[proposal].organisation_name,
        "window": typed.get(f"window-{proposal}", str(window.id) if window else ""),
        "start": typed.get(f"start-{proposal}", start),
        "when": f"{day(slot.day)}, {start} tot {_hour(slot.ends.time())}" if slot else "",
        "room": room,
        "outside": [] if closed else outside,
        "error": errors.get(f"start-{proposal}") or errors.get(f"window-{proposal}") or "",
        "warnings": busy,
        "closed": closed,
        "order": slot.begins.isoformat() if slot else "~",
    }


def _hour(value: Any) -> str:
    return f"{value.hour}:{value.minute:02d}"


def absence_text(starts: datetime, ends: datetime) -> str:
    """Naive local: "maandag 22 juni 2026, 9u00 tot 10u30"."""
    return f"{day(starts.date())}, {hour(starts.time())} tot {hour(ends.time())}"

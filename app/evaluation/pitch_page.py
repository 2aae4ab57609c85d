"""The pitch day made ready for its template: who could be invited, and when everybody pitches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.addenda.queries import Call
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.domain.pitch import PitchSlot, propose_slots
from app.domain.scoring import shown
from app.evaluation.pitching import Window, plain_windows, slots_of, windows_of
from app.evaluation.queries import JurorRow, declarations_of, jurors_of, shortlisted
from app.evaluation.standings import Standings, standings_of
from app.infra.formats import day, short_day
from app.infra.messages import say
from app.proposals.policy import closed_to
from app.proposals.queries import StandingRow, applicants


@dataclass(frozen=True)
class PitchFacts:
    """Everything the page needs, read once. `order` is the ranking of the written round."""

    call: Call
    standings: Standings
    order: Sequence[int]
    invited: set[int]
    windows: Sequence[Window]
    slots: Mapping[int, PitchSlot]
    jurors: Sequence[JurorRow]
    conflicts: set[tuple[int, int]]

    @property
    def minutes(self) -> int:
        """How long the pitches last that are placed already; 0 when there are none."""
        return next((slot.minutes for slot in self.slots.values()), 0)

    def row(self, proposal_id: int) -> StandingRow:
        return self.standings.proposals[proposal_id]


def pitch_facts(call: Call) -> PitchFacts:
    standings = standings_of(call.id, rounds=("written",))
    ranking = standings.ranking
    order = [one.proposal_id for one in ranking.placed] + [one.proposal_id for one in ranking.unscored]
    return PitchFacts(
        call,
        standings,
        order,
        shortlisted(call.id) & set(standings.proposals),
        windows_of(call.id),
        slots_of(call.id),
        jurors_of(call.id),
        {(one.juror_id, one.organisation_id) for one in declarations_of(call.id) if one.in_conflict},
    )


def shortlist_rows(facts: PitchFacts, actor: Actor, ticked: Iterable[int] | None) -> list[dict[str, Any]]:
    """The candidates in the order of the ranking; suggested are those that reach every minimum.

    Of an applicant with whom the viewer has a conflict, or about whom nothing is declared yet, only the name
    shows.
    """
    away = closed_to(actor, facts.call.id, applicants(facts.call.id))
    chosen = set(ticked) if ticked is not None else facts.invited
    untouched = ticked is None and not facts.invited
    placed = {one.proposal_id: one for one in facts.standings.ranking.placed}
    rows: list[dict[str, Any]] = []
    for proposal in facts.order:
        row, place = facts.row(proposal), placed.get(proposal)
        passes = place is not None and place.passes
        closed = row.organisation_id in away
        total = place.score.total if place else None
        rows.append(
            {
                "id": proposal,
                "name": row.organisation_name,
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


def day_plan(
    facts: PitchFacts,
    actor: Actor,
    *,
    typed: Mapping[str, str],
    suggest: bool,
    minutes: int,
    break_minutes: int,
    problems: Sequence[DomainError] = (),
) -> tuple[dict[str, Any], DomainError | None]:
    """The form of the day: a row per invited candidate, with what was typed, proposed or placed."""
    away = closed_to(actor, facts.call.id, applicants(facts.call.id))
    invited = [one for one in facts.order if one in facts.invited]
    slots, error = dict(facts.slots), None
    if suggest:
        slots, error = _suggested(facts, invited, minutes, break_minutes)
    errors = {one.field or "": say(one) for one in problems}
    rows = [
        _plan_row(facts, one, slots.get(one), typed, errors, facts.row(one).organisation_id in away)
        for one in invited
    ]
    rows.sort(key=lambda row: (row["order"], row["name"]))
    days = [
        (str(one.id), f"{short_day(one.day)}, {_hour(one.start)} tot {_hour(one.end)}")
        for one in facts.windows
    ]
    return {
        "rows": rows,
        "windows": days,
        "minutes": typed.get("minutes", str(max(minutes, 0))),
        "break_minutes": typed.get("break_minutes", str(max(break_minutes, 0))),
        "suggested": suggest and error is None,
    }, error


def _suggested(
    facts: PitchFacts, invited: Sequence[int], minutes: int, break_minutes: int
) -> tuple[dict[int, PitchSlot], DomainError | None]:
    try:
        found = propose_slots(plain_windows(facts.windows), invited, minutes, break_minutes)
    except DomainError as error:
        return dict(facts.slots), error
    return {slot.proposal_id: slot for slot in found}, None


def _plan_row(
    facts: PitchFacts,
    proposal: int,
    slot: PitchSlot | None,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    closed: bool,
) -> dict[str, Any]:
    row = facts.row(proposal)
    window = _window_of(facts.windows, slot)
    outside = [one.name for one in facts.jurors if (one.user_id, row.organisation_id) in facts.conflicts]
    start = _hour(slot.start) if slot else ""
    return {
        "id": proposal,
        "name": row.organisation_name,
        "window": typed.get(f"window-{proposal}", str(window.id) if window else ""),
        "start": typed.get(f"start-{proposal}", start),
        "when": f"{day(slot.day)}, {start} tot {_hour(slot.ends.time())}" if slot else "",
        "outside": outside,
        "error": errors.get(f"start-{proposal}") or errors.get(f"window-{proposal}") or "",
        "closed": closed,
        "order": slot.begins.isoformat() if slot else "~",
    }


def _window_of(windows: Sequence[Window], slot: PitchSlot | None) -> Window | None:
    if slot is None:
        return None
    return next((one for one in windows if one.day == slot.day and one.start <= slot.start < one.end), None)


def _hour(value: Any) -> str:
    return f"{value.hour}:{value.minute:02d}"

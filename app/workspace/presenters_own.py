"""The part of the home page for organisations: their proposals, and the calls they could still answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.addenda.presenters import short_deadline
from app.addenda.queries import Call
from app.decisions.wording import OUTCOMES
from app.domain.access import Actor, Role, may
from app.domain.objection import window_state
from app.domain.timeline import Phase, local_day
from app.infra.formats import days_left, moment, short_day
from app.proposals.presenters import own_row
from app.workspace.links import link
from app.workspace.policy import OwnState, tasks_for_applicant
from app.workspace.presenters import Line, task_lines
from app.workspace.queries import After

RULINGS = {"upheld": "gegrond", "partly": "deels gegrond", "dismissed": "ongegrond"}


@dataclass(frozen=True)
class OwnCard:
    """One proposal of an own organisation; `notes` and `links` say what came of it so far."""

    title: str
    organisation: str
    href: str
    state: str
    tone: str
    notes: list[str]
    lines: list[Line]
    links: list[tuple[str, str]]
    closed: bool


def own_cards(
    rows: Iterable[Any],
    calls: Mapping[int, Call],
    changed: set[int],
    after: Mapping[int, After],
    to_confirm: Mapping[int, int],
    actor: Actor,
    now: datetime,
) -> list[OwnCard]:
    """The proposals with a task first, then the newest. `to_confirm` counts amendments by proposal."""
    cards = [
        _own_card(
            row,
            calls[row.addendum_id],
            row.id in changed,
            after[row.id],
            to_confirm.get(row.id, 0),
            actor,
            now,
        )
        for row in rows
    ]
    return sorted(cards, key=lambda card: (not card.lines, card.closed))


def _own_card(
    row: Any, call: Call, changed: bool, after: After, to_confirm: int, actor: Actor, now: datetime
) -> OwnCard:
    shown = own_row(row, call, changed, now)
    told = bool(
        after.outcome
        and may(actor, "decision.own.view_with_motivation", call.subject(row.organisation_id), call.phase)
    )
    state, tone = (
        OUTCOMES[after.outcome] if told and after.outcome else (shown["status"].label, shown["status"].tone)
    )
    state_now = replace(_own_state(row, call, after, told, actor, now), to_confirm=to_confirm)
    tasks = tasks_for_applicant(state_now)
    lines = task_lines(tasks, call, actor, now, organisation_id=row.organisation_id, proposal_id=row.id)
    return OwnCard(
        call.title,
        row.organisation_name,
        shown["href"],
        state,
        tone,
        _notes(row, call, after, told, now),
        lines,
        _links(row, told),
        closed=call.phase > Phase.OPEN and row.receipt_number is None,
    )


def _own_state(row: Any, call: Call, after: After, told: bool, actor: Actor, now: datetime) -> OwnState:
    window = window_state(after.notified_at, call.objection_days, now)
    objection = "filed" if after.objection_at else "draft" if after.objection_id else ""
    return OwnState(
        phase=call.phase,
        organisation=row.organisation_name,
        handed_in=row.receipt_number is not None,
        owner=row.organisation_id in actor.scopes(Role.OWNER, "organisation_id"),
        deadline=call.deadline,
        pitch_on=local_day(after.pitch_at) if after.pitch_at else None,
        today=local_day(now),
        selected=after.outcome == "selected",
        told=told and window.is_open,
        objection=objection,
        objection_until=window.last_day,
    )


def _notes(row: Any, call: Call, after: After, told: bool, now: datetime) -> list[str]:
    found = []
    if row.receipt_number:
        found.append(f"Ontvangstbewijs {row.receipt_number}, {moment(row.submitted_at)}")
    elif call.phase is Phase.OPEN:
        found.append(
            f"Indienen kan tot en met {short_deadline(call.deadline)} ({days_left(call.deadline, now)})"
        )
    else:
        found.append("Er is niets ingediend voor de uiterste datum.")
    if call.phase is Phase.PITCH and after.pitch_at:
        found.append(f"Pitch op {moment(after.pitch_at)}")
    if told:
        found += _objection_note(call, after, now)
    elif row.receipt_number and Phase.OPEN < call.phase < Phase.COMMUNICATED and call.decision_before:
        found.append(f"Een beslissing volgt voor {short_day(call.decision_before)}.")
    return found


def _objection_note(call: Call, after: After, now: datetime) -> list[str]:
    if after.ruling:
        return [f"Uitspraak over het weerwoord: {RULINGS[after.ruling]}"]
    if after.objection_at:
        return [f"Weerwoord ingediend op {moment(after.objection_at)}"]
    window = window_state(after.notified_at, call.objection_days, now)
    if not window.is_open or call.phase is not Phase.COMMUNICATED:
        return []
    left = {0: "vandaag is de laatste dag", 1: "nog 1 dag"}.get(
        window.days_left, f"nog {window.days_left} dagen"
    )
    return [f"Weerwoord kan tot en met {short_day(window.last_day)} ({left})"]


def _links(row: Any, told: bool) -> list[tuple[str, str]]:
    found = []
    if row.receipt_number:
        found.append(("Ontvangstbewijs", link("proposals.receipt", proposal_id=row.id)))
    if told:
        found.append(("Beslissing", link("decisions.own", proposal_id=row.id)))
    return [(label, href) for label, href in found if href]


@dataclass(frozen=True)
class OpenCard:
    """A call that can be answered; `days` and `until` in words."""

    title: str
    region: str
    href: str | None
    days: str
    until: str


def open_cards(calls: Iterable[Call], without: Iterable[int], now: datetime) -> list[OpenCard]:
    """The open calls but for `without`, the one that closes first in front."""
    skipped = set(without)
    found = [call for call in calls if call.phase is Phase.OPEN and call.id not in skipped]
    return [
        OpenCard(
            call.title,
            call.service_area,
            link("addenda.show", addendum_id=call.id),
            days_left(call.deadline, now),
            short_deadline(call.deadline),
        )
        for call in sorted(found, key=lambda call: (call.deadline or now, call.id))
    ]

"""The part of the home page for organisations: their proposals, and the calls they could still answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.addenda.presenters import short_deadline
from app.addenda.queries import Call
from app.domain.access import Actor, Role, may
from app.domain.timeline import Phase, last_accepted_minute, local_day
from app.infra.formats import days_left
from app.proposals.own.facts import Status
from app.proposals.own.statuses import Own
from app.proposals.own.twofold import Twofold
from app.workspace.links import link
from app.workspace.policy_own import OwnState, tasks_for_applicant
from app.workspace.presenters import Line, due_words, task_lines


@dataclass(frozen=True)
class OwnCard:
    """One proposal of an own organisation: where it stands and what follows, in the words of its own page."""

    title: str
    organisation: str
    href: str
    status: Status
    lines: list[Line]
    links: list[tuple[str, str]]
    closed: bool
    lapsed: bool = False


def own_cards(
    rows: Iterable[Any],
    calls: Mapping[int, Call],
    found: Mapping[int, Own],
    actor: Actor,
    now: datetime,
) -> list[OwnCard]:
    """The proposals with a task first, then the newest."""
    cards = [_own_card(row, calls[row.addendum_id], found[row.id], actor, now) for row in rows]
    return sorted(cards, key=lambda card: (not card.lines, card.closed))


def _own_card(row: Any, call: Call, own: Own, actor: Actor, now: datetime) -> OwnCard:
    told = bool(
        own.later.outcome
        and may(actor, "decision.own.view_with_motivation", call.subject(row.organisation_id), call.phase)
    )
    tasks = tasks_for_applicant(_own_state(row, call, own, told, actor, now))
    lines = task_lines(tasks, call, actor, now, organisation_id=row.organisation_id, proposal_id=row.id)
    return OwnCard(
        call.title,
        row.organisation_name,
        link("proposals.edit", proposal_id=row.id) or "",
        own.status,
        lines,
        _links(row, told),
        closed=call.phase > Phase.OPEN and row.receipt_number is None,
        lapsed=call.phase is Phase.WRITTEN
        and own.later.lapsed_at is not None
        and own.later.refused_at is None,
    )


def _own_state(row: Any, call: Call, own: Own, told: bool, actor: Actor, now: datetime) -> OwnState:
    later = own.later
    until = later.objection_until
    return OwnState(
        phase=call.phase,
        organisation=row.organisation_name,
        handed_in=row.receipt_number is not None,
        owner=row.organisation_id in actor.scopes(Role.OWNER, "organisation_id"),
        deadline=call.deadline,
        pitch_on=local_day(later.pitch_at) if later.pitch_at else None,
        today=local_day(now),
        selected=later.selected,
        told=told and until is not None and local_day(now) <= until,
        objection=later.objection,
        objection_until=until,
        answer_until=later.answer_until if told else None,
        to_confirm=own.to_confirm,
        complete_until=_to_complete(later.complete_until, later.completed),
    )


def _to_complete(until: datetime | None, completed: bool) -> date | None:
    """The last day of the term, as long as something is still to be sent."""
    return last_accepted_minute(until).date() if until and not completed else None


def _links(row: Any, told: bool) -> list[tuple[str, str]]:
    found = []
    if row.receipt_number:
        found.append((f"Ontvangstbewijs {row.receipt_number}", link("proposals.receipt", proposal_id=row.id)))
    if told:
        found.append(("Beslissing", link("decisions.own", proposal_id=row.id)))
    return [(label, href) for label, href in found if href]


def merging_lines(
    asked: Iterable[Mapping[str, Any]], double: Iterable[Twofold], actor: Actor, now: datetime
) -> list[Line]:
    """What merging asks of an owner: an answer to a proposal, and a choice between proposals for one call."""
    owned = actor.scopes(Role.OWNER, "organisation_id")
    found = []
    for one in asked:
        href = link("organisations.answer_merge", merge_id=one["merge_id"])
        found.append(Line(one["text"], "", "warning", href, None, about=one["organisation"]))
    for two in double:
        if two.organisation_id in owned and not two.chosen and two.call.deadline:
            due = last_accepted_minute(two.call.deadline).date()
            text = "Kies welke van jullie kandidaturen telt: na het samenvoegen zijn er meer dan één"
            when, tone = due_words(due, now)
            found.append(Line(text, when, tone, link("proposals.mine"), due, about=two.call.title))
    return found


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

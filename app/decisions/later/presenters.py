"""What the pages about later decisions show."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.decisions.answering.presenters import answer_state
from app.decisions.answering.queries import answers_of
from app.decisions.later.policy import CAUSES, OBJECTION
from app.decisions.later.queries import Pending, pending_of
from app.decisions.later.services import CONFIRM, PROPOSE
from app.decisions.later.withdrawing import withdrawable
from app.decisions.placing import NOWHERE, places
from app.decisions.queries import DecisionRow, recipients_of, standing_decisions
from app.decisions.results import partner_names
from app.decisions.wording import OUTCOMES
from app.domain.objection import window_end
from app.domain.timeline import local_day, start_of_day
from app.infra import clock
from app.infra.formats import deadline, moment


@dataclass(frozen=True)
class PendingCard:
    """A later decision that was not told yet; `before` and `outcome` are (words, tone)."""

    decision: DecisionRow
    seen: str
    name: str
    cause: str
    before: tuple[str, str]
    outcome: tuple[str, str]
    lapsed: bool
    receivers: str
    edit_href: str | None
    withdraw_href: str | None
    tellable: bool
    letter_href: str


@dataclass(frozen=True)
class StandingLine:
    name: str
    rank: str
    outcome: tuple[str, str]
    told: str
    number: int
    answer: tuple[str, str] | None
    links: list[tuple[str, str]]


def later_facts(call: Call) -> dict[str, Any]:
    """Everything of the page; constant queries."""
    pending = pending_of(call.id)
    people = recipients_of({one.decision.organisation_id for one in pending})
    formed = bool(partner_names(call.id))
    cards = [_card(call, one, len(people[one.decision.organisation_id]), formed) for one in pending]
    ready = {one.decision.id for one in pending if one.confirmed}
    today = start_of_day(local_day(clock.now()))
    return {
        "to_confirm": [card for card in cards if card.decision.id not in ready],
        "ready": [card for card in cards if card.decision.id in ready],
        "lines": _lines(call, {one.decision.proposal_id for one in pending}),
        "may_confirm": may_here(call, CONFIRM),
        "may_propose": may_here(call, PROPOSE),
        "formed": formed,
        "until": deadline(window_end(today, call.objection_days)),
        "answer_until": deadline(window_end(today, call.acceptance_days)),
    }


def _card(call: Call, one: Pending, receivers: int, formed: bool) -> PendingCard:
    row = one.decision
    editable = may_here(call, PROPOSE, row.organisation_id)
    return PendingCard(
        decision=row,
        seen=f"{row.id}:{row.version}:{one.ground[:16]}",
        name=row.organisation_name,
        cause=CAUSES[row.cause],
        before=OUTCOMES[one.stands.outcome],
        outcome=OUTCOMES[row.outcome],
        lapsed=row.confirmed_at is not None and not one.confirmed,
        receivers=_people(receivers),
        edit_href=url_for("decisions.edit_later", proposal_id=row.proposal_id) if editable else None,
        withdraw_href=(
            url_for("decisions.withdraw_later_page", proposal_id=row.proposal_id)
            if editable and withdrawable(one)
            else None
        ),
        tellable=row.cause == OBJECTION or not formed,
        letter_href=url_for("decisions.later_letter", proposal_id=row.proposal_id),
    )


def _people(count: int) -> str:
    if not count:
        return "niemand met een account: bezorg de brief zelf"
    return "1 persoon" if count == 1 else f"{count} personen"


def _lines(call: Call, busy: set[int]) -> list[StandingLine]:
    """What stands for every applicant, by rank."""
    found, now = places(call.id), clock.now()
    answers = {row.decision_id: row for row in answers_of(call.id)}
    rows = sorted(
        standing_decisions(call.id),
        key=lambda row: (found.get(row.proposal_id, NOWHERE).place or 10**6, row.organisation_name),
    )
    lines = []
    for row in rows:
        place, answer = found.get(row.proposal_id, NOWHERE), answers.get(row.id)
        lines.append(
            StandingLine(
                name=row.organisation_name,
                rank=str(place.place) if place.place else "–",
                outcome=OUTCOMES[row.outcome],
                told=moment(row.notified_at),
                number=row.number,
                answer=answer_state(answer, answer.term(call.acceptance_days, now)) if answer else None,
                links=_links(call, row, row.proposal_id in busy),
            )
        )
    return lines


def _links(call: Call, row: DecisionRow, busy: bool) -> list[tuple[str, str]]:
    links = []
    if may_here(call, PROPOSE, row.organisation_id):
        label = "Voorstel aanpassen" if busy else "Nieuwe beslissing voorstellen"
        links.append((label, url_for("decisions.edit_later", proposal_id=row.proposal_id)))
    if may_here(call, "decision.notify_again", row.organisation_id):
        links.append(("Kennisgeving en antwoord", url_for("decisions.notices", proposal_id=row.proposal_id)))
    return links

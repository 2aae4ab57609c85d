"""What is said of a receipt that somebody holds: what follows from the receipt itself and from the public
heads, and nothing that only the database knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.audit.heads import (
    SHOWN_AFTER,
    heads_between,
    is_late,
    key_line,
    newest_at,
    next_after,
    public_line,
)
from app.domain.timeline import BRUSSELS, local_day
from app.infra.formats import hour, moment
from app.infra.signing import public_key
from tools.verify_receipt import Unreadable, brussels, examine, facts_of, parse, short_key


@dataclass(frozen=True)
class Outcome:
    """`tone` of the notice, its title and sentences, and what the receipt says when it is genuine."""

    tone: str
    title: str
    sentences: list[str]
    facts: list[tuple[str, str]]


def outcome_of(data: bytes, now: datetime) -> Outcome:
    """The same check as the tool, against the heads around the one that the receipt names."""
    try:
        receipt = parse(data, "Wat je gaf")
    except Unreadable as error:
        return Outcome("danger", "Niet leesbaar", [str(error), "Kies het bestand zoals je het bewaarde."], [])
    finding = examine(receipt, [key_line(), *_heads_around(receipt)], public_key())
    if not finding.genuine:
        return Outcome("danger", "Niet echt", [finding.problem], [])
    statement = receipt["statement"]
    if finding.head is None:
        waiting = _waiting(datetime.fromisoformat(statement["submitted_at"]), receipt["inclusion"], now)
        return Outcome("info", "Echt, en in dit bestand nog niet opgenomen", waiting, facts_of(statement))
    place = f"Opgenomen in hoofd {finding.head['number']} van {brussels(finding.head['at'])}."
    sentences = ["Dit bewijs is door deze installatie getekend en er is niets aan gewijzigd.", place]
    if finding.remark:
        return Outcome(
            "warning", "Echt, met een opmerking", [*sentences, finding.remark], facts_of(statement)
        )
    return Outcome("success", "Echt en opgenomen", sentences, facts_of(statement))


def _heads_around(receipt: Any) -> list[dict[str, Any]]:
    place = receipt.get("inclusion") if isinstance(receipt, dict) else None
    number = place.get("head") if isinstance(place, dict) else None
    if type(number) is not int or not 1 <= number < 2**31:
        return []
    return [public_line(head) for head in heads_between(number - 1, number)]


def _waiting(received: datetime, place: Any, now: datetime) -> list[str]:
    """When to come back; from the moment on the receipt and the rhythm alone."""
    signed = "Dit bewijs is door deze installatie getekend en er is niets aan gewijzigd."
    if place is not None:
        return [signed, f"Het noemt hoofd {place['head']}, dat hier niet gepubliceerd is."]
    due = next_after(received) + SHOWN_AFTER
    again = "Download daarna op de pagina van je kandidatuur het ontvangstbewijs opnieuw, en controleer dat."
    if now < due:
        return [signed, f"Het volgende hoofd komt er op {moment(due - SHOWN_AFTER)}. {again}"]
    return [signed, f"Het werd gedownload voor er een hoofd was. {again.replace('daarna ', '')}"]


@dataclass(frozen=True)
class HeadRow:
    number: int
    when: str
    root: str


def head_rows(first: int, last: int) -> list[HeadRow]:
    """Newest first, for the page."""
    found = heads_between(first, last)
    return [HeadRow(head.number, moment(head.at, seconds=True), head.root) for head in reversed(found)]


def key_facts() -> dict[str, str]:
    """The public key, and something short to compare by telephone."""
    return {"key": public_key(), "short": short_key(public_key())}


def due_sentence(now: datetime) -> str:
    """When the next head comes, or should have come."""
    newest = newest_at()
    if newest is not None and is_late(newest, now):
        due = next_after(newest)
        today = local_day(due) == local_day(now)
        when = f"om {hour(due.astimezone(BRUSSELS).time())}" if today else f"op {moment(due)}"
        return f"Het volgende had er moeten zijn {when}."
    return f"Het volgende komt er op {moment(next_after(now))}."

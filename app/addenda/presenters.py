"""What pages show about a call: its dates and where it stands, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.addenda.finding import Snippet
from app.addenda.portraits import portrait_key
from app.addenda.queries import Call
from app.domain.timeline import Phase, last_accepted_minute
from app.infra.formats import days_left, enumeration, short_day
from app.infra.formats import deadline as last_minute

PHASE_LABELS = {
    Phase.DRAFT: ("Ontwerp", "neutral"),
    Phase.OPEN: ("Open", "success"),
    Phase.SEALED: ("Gesloten en verzegeld", "info"),
    Phase.WRITTEN: ("Schriftelijke ronde", "info"),
    Phase.PITCH: ("Pitchronde", "info"),
    Phase.DECIDED: ("Beslissing in voorbereiding", "info"),
    Phase.COMMUNICATED: ("Beslist", "info"),
    Phase.OBJECTIONS: ("Weerwoord in behandeling", "warning"),
    Phase.PARTNERSHIP: ("Partnerschap", "success"),
}
FOUND_IN = {
    "persona": "in persona",
    "story": "in verhaal",
    "challenge": "in regio-uitdaging",
    "obstacle": "in obstakel",
    "goal": "in doel",
    "life_domain": "in levensdomein",
    "ambition": "in ambitie",
    "analysis": "in lokale analyse",
    "timeline": "in verloop",
}


def short_deadline(deadline: datetime | None) -> str:
    """ "2 juni 2023, 23u59", the last minute that counts."""
    if deadline is None:
        return "nog te kiezen"
    last = last_accepted_minute(deadline)
    return f"{short_day(last.date())}, {last.hour}u{last:%M}"


def day_range(first: date | None, last: date | None, *, whole: bool = True) -> str:
    """ "5 tot en met 14 juni 2023"; not `whole` (the days themselves count, as for pitches) names two days
    that follow each other: "19 en 20 mei 2027"."""
    if first is None or last is None:
        return "nog te kiezen"
    if first == last:
        return short_day(first)
    begin = short_day(first)
    if first.year == last.year:
        begin = begin.rpartition(" ")[0]
        if first.month == last.month:
            begin = begin.partition(" ")[0]
    both = not whole and last - first == timedelta(days=1)
    return f"{begin} {'en' if both else 'tot en met'} {short_day(last)}"


@dataclass(frozen=True)
class ManageRow:
    """A call in the list of its region; `tasks` is where its regisseur goes next."""

    id: int
    title: str
    state: str
    tone: str
    deadline: str
    left: str
    draft: bool
    call: Call


def manage_rows(calls: list[Call], now: datetime) -> list[ManageRow]:
    """Drafts and published calls alike, as plain rows."""
    return [
        ManageRow(
            call.id,
            call.title,
            *state_of(call),
            short_deadline(call.deadline),
            days_left(call.deadline, now) if call.phase is Phase.OPEN else "",
            call.phase is Phase.DRAFT,
            call,
        )
        for call in calls
    ]


@dataclass(frozen=True)
class Card:
    """A call in the public list."""

    id: int
    title: str
    region: str
    towns: str
    state: str
    tone: str
    left: str
    deadline: str
    names: str
    portraits: list[str]
    open: bool
    found: list[tuple[str, Snippet]]


def cards(
    calls: list[Call],
    towns: dict[int, list[str]],
    people: dict[int, list[tuple[str, int]]],
    now: datetime,
    where: Callable[[int], list[Snippet]] = lambda _: [],
) -> list[Card]:
    """Plain rows for the cards; at most five portraits each. `where` tells why a call was found."""
    return [
        Card(
            call.id,
            call.title,
            call.service_area,
            ", ".join(towns.get(call.id, [])),
            *state_of(call),
            days_left(call.deadline, now) if call.phase is Phase.OPEN else "",
            whole_deadline(call.deadline),
            enumeration([name for name, _ in people.get(call.id, [])]),
            [portrait_key(number) for _, number in people.get(call.id, [])[:5]],
            call.phase is Phase.OPEN,
            [(FOUND_IN[one.field], one) for one in where(call.id)],
        )
        for call in calls
    ]


def whole_deadline(deadline: datetime | None) -> str:
    """ "vrijdag 2 juni 2023, 23u59 (Belgische tijd)": whoever plans on it can read it in one way only."""
    return f"{last_minute(deadline)} (Belgische tijd)" if deadline else "nog te kiezen"


def state_of(call: Call) -> tuple[str, str]:
    """Where a call stands, and the tone of its badge; published before its launch is planned."""
    if call.phase is Phase.DRAFT and call.facts.published_at and call.launch:
        return f"Gepland op {short_day(call.launch)}", "info"
    return PHASE_LABELS[call.phase]

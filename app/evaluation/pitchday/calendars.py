"""Pitch moments as iCalendar (RFC 5545): one event of an applicant, the whole day of a juror.

PUBLISH, because nobody answers: the moment is told, not asked. The same event keeps its UID; each change of
it raises SEQUENCE, so that a calendar puts the new one in place of the old, and what was taken off the plan
stays as CANCELLED.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from app.addenda.queries import Call
from app.addenda.takeaway.calendar import ZONE
from app.domain.timeline import BRUSSELS
from app.evaluation.pitchday.planning import DayFacts
from app.evaluation.pitchday.policy import Moment, Told, Version, told
from app.infra.texts import legible, one_line
from app.notifications.services import page_url

MIME = "text/calendar"


class Event(NamedTuple):
    uid: str
    told: Told
    sequence: int
    changed_at: datetime
    summary: str
    description: str
    url: str
    free: bool = False


def applicant_calendar(
    call: Call, proposal_id: int, versions: Iterable[Version], placed: Mapping[int, Moment]
) -> bytes:
    """The own moment and nothing else; without events when none was ever told."""
    known = told(versions, placed).get(proposal_id)
    url = page_url("evaluation.own_pitch", proposal_id=proposal_id)
    gone = "" if known is None or known.goes_on else "Deze pitch gaat niet door op dit moment.\n"
    events = (
        [
            Event(
                f"pitch-{proposal_id}",
                known,
                known.sequence,
                known.at,
                f"Pitch – {one_line(call.title)}",
                f"{gone}Jullie lichten de kandidatuur toe aan de jury, vragen inbegrepen.\n{url}",
                url,
            )
        ]
        if known
        else []
    )
    return calendar(f"Pitch: {one_line(call.title)}", events, url)


def juror_calendar(
    facts: DayFacts,
    juror_id: int,
    versions: Sequence[Version],
    outside: Collection[int],
    declared: Mapping[int, datetime],
) -> bytes:
    """Every pitch of the day. `outside`: the proposals of a conflict; `declared`: {proposal: when something
    was last declared about it}. One about which nothing was declared is told without a name. A later word
    counts as a change, so that a calendar takes it over, whichever way it goes."""
    url = page_url("evaluation.own_pitch_day", addendum_id=facts.call.id)
    first = versions[0].at if versions else None
    events = []
    for one, known in told(versions, facts.moments).items():
        changed = max(known.at, declared.get(one, known.at))
        row = facts.rows.get(one)
        name = "" if row is None or one not in declared else one_line(row.organisation_name)
        events.append(
            Event(
                f"pitch-{one}-jurylid-{juror_id}",
                known,
                int((changed - first).total_seconds()) if first else 0,
                changed,
                "Buiten: je verlaat de zaal" if one in outside else f"Pitch: {name or 'een kandidaat'}",
                f"{one_line(facts.call.title)}\n{url}",
                url,
                free=one in outside,
            )
        )
    return calendar(f"Pitchdag: {one_line(facts.call.title)}", events, url)


def calendar(name: str, events: Iterable[Event], url: str) -> bytes:
    """The same bytes until something changes."""
    from icalendar import Calendar, Timezone

    made = Calendar()
    made.add("prodid", "-//Partnerwijzer//Pitchdag 1//NL")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add_component(Timezone.from_ical(ZONE))
    host = urlsplit(url).hostname or "partnerwijzer"
    for one in sorted(events, key=lambda event: (event.told.moment, event.uid)):
        made.add_component(_event(one, host))
    return bytes(made.to_ical())


def _event(one: Event, host: str) -> Any:
    from icalendar import Event as Component

    made = Component()
    made.add("uid", f"{one.uid}@{host}")
    made.add("dtstamp", one.changed_at.astimezone(UTC))
    made.add("last-modified", one.changed_at.astimezone(UTC))
    made.add("sequence", max(one.sequence, 0))
    made.add("status", "CONFIRMED" if one.told.goes_on else "CANCELLED")
    made.add("dtstart", one.told.moment.starts.astimezone(BRUSSELS))
    made.add("dtend", one.told.moment.ends.astimezone(BRUSSELS))
    made.add("summary", one.summary)
    made.add("description", legible(one.description))
    if one.told.moment.room:
        made.add("location", one_line(one.told.moment.room))
    made.add("url", one.url)
    made.add("transp", "TRANSPARENT" if one.free or not one.told.goes_on else "OPAQUE")
    made.add("class", "PRIVATE")
    return made

"""The timeline as iCalendar (RFC 5545, RFC 7986). The same bytes until something changes.

Written by hand because it is small and must be exact: the time zone follows the European rule in force
since 1996, and every line is folded at 75 octets without cutting a character.
"""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from app.addenda.takeaway.document import Takeaway
from app.addenda.takeaway.steps import StepEvent
from app.addenda.takeaway.words import clean, one_line
from app.notifications.services import page_url

ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Brussels
X-LIC-LOCATION:Europe/Brussels
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE"""
MIME = "text/calendar"


def timeline_calendar(taken: Takeaway, key: str | None = None) -> bytes:
    """All steps, or the one with this key. Steps that were dropped stay, cancelled."""
    wanted = [one for one in taken.steps if key in (None, one.step.key)]
    address = page_url("addenda.timeline_calendar", addendum_id=taken.call.id)
    name = f"Verloop: {one_line(taken.call.title)}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Partnerwijzer//Oproepen 1//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    if key is None:
        lines += [
            _text("NAME", name),
            _text("X-WR-CALNAME", name),
            "X-WR-TIMEZONE:Europe/Brussels",
            f"URL:{taken.url}",
            f"SOURCE;VALUE=URI:{address}",
            "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
            "X-PUBLISHED-TTL:PT12H",
        ]
    lines += ZONE.splitlines()
    for event in wanted:
        lines += _event(taken, event)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(taken: Takeaway, event: StepEvent) -> list[str]:
    host = urlsplit(taken.url).hostname or "partnerwijzer"
    stamp = f"{event.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return [
        "BEGIN:VEVENT",
        f"UID:oproep-{taken.call.id}-{event.step.key}@{host}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        _moment("DTSTART", event.step.start),
        _moment("DTEND", event.step.end),
        _text("SUMMARY", f"{event.step.title} – {one_line(taken.call.title)}"),
        _text("DESCRIPTION", _description(taken, event)),
        _text("CATEGORIES", one_line(taken.call.service_area)),
        f"URL:{taken.url}",
        "TRANSP:TRANSPARENT",
        "CLASS:PUBLIC",
        "END:VEVENT",
    ]


def _description(taken: Takeaway, event: StepEvent) -> str:
    known = {
        "indienen": "Indienen kan tot en met deze minuut.",
        "beslissing": "De beslissing valt voor het einde van deze dag. Daarna is er tijd voor een weerwoord.",
        "schriftelijk": "De jury leest en beoordeelt de kandidaturen.",
    }
    said = "Deze stap gaat niet meer door." if event.cancelled else known.get(event.step.key, "")
    return "\n".join(one for one in (said, f"Alles over deze oproep: {taken.url}") if one)


def _moment(name: str, value: date | datetime) -> str:
    if isinstance(value, datetime):
        return f"{name};TZID=Europe/Brussels:{value:%Y%m%dT%H%M%S}"
    return f"{name};VALUE=DATE:{value:%Y%m%d}"


def _text(name: str, text: str) -> str:
    """Escaped: what somebody typed can never begin a line of its own."""
    escaped = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return f"{name}:{escaped.replace(chr(9), ' ')}"


def _folded(line: str) -> str:
    """At most 75 octets on a line, the next begins with a space."""
    parts, part, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > 75:
            parts.append(part)
            part, size = " ", 1
        part, size = part + character, size + octets
    return "\r\n".join([*parts, part])

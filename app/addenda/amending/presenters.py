"""Differences, versions and warnings as the pages show them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from app.addenda.amending.policy import Touched
from app.addenda.amending.queries import Version
from app.addenda.drafting.difference_parts import LABELS, Change, join_label, short
from app.addenda.drafting.differences import compare
from app.addenda.drafting.sections import Dates, Draft
from app.domain.timeline import local_day
from app.domain.timeline_advice import deadline_day, working_days_between
from app.infra.formats import moment
from app.infra.holidays import holiday

LEAST_DAYS = 5
KINDS = {
    "added": ("Toegevoegd", "success"),
    "removed": ("Geschrapt", "danger"),
    "changed": ("Gewijzigd", "info"),
    "moved": ("Verplaatst", "neutral"),
}
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def change_rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """One row per difference, as `addenda/_difference.html` shows it."""
    return [
        {
            "label": one.label,
            "kind": KINDS[one.kind][0],
            "tone": KINDS[one.kind][1],
            "moved": one.kind == "moved",
            "before": one.before,
            "after": one.after,
            "words": one.words,
        }
        for one in changes
    ]


def change_in_words(change: Change) -> str:
    """One line of a mail: 'Uitdaging 2, obstakel “Mobiliteit”: gewijzigd in “Mobiliteit buiten de stad”'."""
    if change.kind == "moved":
        return f"{change.label}: van {change.before} naar {change.after}"
    if change.kind == "changed":
        return f"{change.label}: gewijzigd in “{short(change.after, 200)}”"
    text = short(change.after or change.before, 200)
    shown = f": “{text}”" if text and text not in change.label else ""
    return f"{change.label}, {KINDS[change.kind][0].lower()}{shown}"


def version_rows(known: list[Version], towns: dict[int, str], call_id: int) -> list[dict[str, Any]]:
    """All versions, newest first, each with what it changed."""
    rows = [
        {
            "number": one.number,
            "published": moment(one.published_at),
            "reason": one.reason,
            "href": url_for("addenda.version", addendum_id=call_id, number=one.number),
            "changes": change_rows(compare(before.content, one.content, towns)) if before else [],
        }
        for before, one in zip([None, *known], known, strict=False)
    ]
    return rows[::-1]


def touched_labels(what: Touched, content: Draft) -> list[str]:
    """The obstacles that an amendment touches, by the words they have."""
    return [
        f"Uitdaging {number}, {one.label}"
        for number, challenge in content.challenges.values()
        for one in challenge.obstacles
        if one.key.isdecimal() and int(one.key) in what.obstacles
    ]


def working_days_left(dates: Dates, now: datetime) -> int | None:
    """The working days after today until the deadline, its own day included; None when there are enough."""
    last = deadline_day(dates.timeline())
    if last is None:
        return None
    left = working_days_between(local_day(now), date.fromordinal(last.toordinal() + 1), holiday)
    return left if left < LEAST_DAYS else None


def old_dates(before: Draft, after: Draft) -> list[date]:
    """The days in the timeline that are no longer in it."""
    old, new = _days(before.dates), _days(after.dates)
    return sorted(old - new)


def _days(dates: Dates) -> set[date]:
    values = [getattr(dates, one.name) for one in fields(dates)]
    days = {one.date() if isinstance(one, datetime) else one for one in values if isinstance(one, date)}
    return days | {one.day for one in dates.windows}


def mentions(content: Draft, days: Iterable[date]) -> list[tuple[str, str]]:
    """(place, words around it) for every text in which one of these days is still written out."""
    patterns = [_written(day) for day in days]
    return [
        (label, _around(text, found)) for label, text in _texts(content) if (found := _first(patterns, text))
    ]


def _first(patterns: list[re.Pattern[str]], text: str) -> re.Match[str] | None:
    hits = [found for one in patterns if (found := one.search(text))]
    return min(hits, key=re.Match.start) if hits else None


def _written(day: date) -> re.Pattern[str]:
    """2 juni 2023, 2 juni, 02/06/2023, 2-6-23, 2/6 …; not the 12th of june, nor 2 juni of another year."""
    year = rf"(?:{day.year}|{day.year % 100:02d})"
    dated = rf"0?{day.day}\s*[/.\-]\s*0?{day.month}\s*[/.\-]\s*{year}(?!\d)"
    short_form = rf"0?{day.day}/0?{day.month}(?![\d/])"
    words = rf"0?{day.day}(?:e|de|ste)?\s+{_MONTHS[day.month - 1]}\b(?!\s+(?!{day.year})\d{{4}})"
    return re.compile(rf"(?<![\d/.])(?:{dated}|{short_form}|{words}|{day.isoformat()})", re.IGNORECASE)


def _around(text: str, found: re.Match[str]) -> str:
    start, end = max(0, found.start() - 40), min(len(text), found.end() + 40)
    shown = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}"


def _texts(content: Draft) -> Iterator[tuple[str, str]]:
    yield from _strings(content.basics, "")
    for persona in content.personas.values():
        yield from _strings(persona, f"Persona {persona.name}")
    for number, challenge in content.challenges.values():
        yield from _strings(challenge, f"Uitdaging {number}")
    yield from _strings(content.analysis, "Lokale analyse")


def _strings(section: Any, within: str) -> Iterator[tuple[str, str]]:
    for one in fields(section):
        value = getattr(section, one.name)
        label = join_label(within, LABELS.get(one.name, one.name))
        for row in value if isinstance(value, tuple) else (value,):
            text = _words_of(row)
            if text:
                yield label, text


def _words_of(row: Any) -> str:
    if is_dataclass(row):
        row = getattr(row, "label", None) or getattr(row, "text", None)
    return row if isinstance(row, str) else ""


def period(known: list[Version], number: int) -> tuple[str, str]:
    """From when until when a version was what everybody read; the second is empty for the one that counts."""
    at = next(place for place, one in enumerate(known) if one.number == number)
    until = moment(known[at + 1].published_at) if at + 1 < len(known) else ""
    return moment(known[at].published_at), until

"""The dates of a call as steps of a calendar, and how each changed from version to version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.addenda.drafting.sections import Dates
from app.domain.timeline import BRUSSELS, exclusive_deadline

# The deadline is drawn as the last half hour, so that it has a height in a day and ends on the minute that
# the call names; the exclusive instant itself (00:00) would stand on the day after.
DEADLINE_SHOWN = timedelta(minutes=30)
_AFTER_DEADLINE = ("indienen", "schriftelijk", "pitch", "beslissing")


@dataclass(frozen=True)
class Step:
    """Whole days are dates with an exclusive end; moments are naive Brussels times. `key` is part of
    addresses and of calendar ids: it never changes."""

    key: str
    title: str
    start: date | datetime
    end: date | datetime


@dataclass(frozen=True)
class StepEvent:
    """A step with what a calendar needs to update it in place."""

    step: Step
    sequence: int
    changed_at: datetime
    cancelled: bool = False


@dataclass(frozen=True)
class PastDates:
    """What one version promised."""

    number: int
    at: datetime
    title: str
    dates: Dates


def steps_of(dates: Dates) -> list[Step]:
    """The steps that have a date, in the order of the road."""
    found = [
        *_day("lancering", "Lancering", dates.launch),
        *_day("vragen", "Laatste dag om vragen te stellen", dates.questions_until),
        *_deadline(dates.deadline),
        *_days("schriftelijk", "Schriftelijke ronde", dates.written_from, dates.written_until),
    ]
    windows = sorted(dates.windows, key=lambda one: (one.day, one.start))
    for number, window in enumerate(windows, start=1):
        start, end = (datetime.combine(window.day, one) for one in (window.start, window.end))
        found.append(Step(f"pitch-{number}", f"Pitchronde, moment {number}", start, end))
    last_day = dates.decision_before - timedelta(days=1) if dates.decision_before else None
    return [*found, *_day("beslissing", "Laatste dag voor de beslissing", last_day)]


def objection_step(last_day: date) -> Step:
    """The end of the term for objections: known once decisions have been told."""
    return Step("weerwoord", "Laatste dag voor een weerwoord", last_day, last_day + timedelta(days=1))


def _day(key: str, title: str, day: date | None) -> list[Step]:
    return _days(key, title, day, day)


def _days(key: str, title: str, first: date | None, last: date | None) -> list[Step]:
    return [Step(key, title, first, last + timedelta(days=1))] if first and last else []


def _deadline(last_minute: datetime | None) -> list[Step]:
    if last_minute is None:
        return []
    last = exclusive_deadline(last_minute) - timedelta(minutes=1)
    start = (last - DEADLINE_SHOWN).astimezone(BRUSSELS).replace(tzinfo=None)
    title = f"Uiterste indiendatum, {last_minute.hour}u{last_minute:%M}"
    return [Step("indienen", title, start, last_minute)]


def events(past: Sequence[PastDates], moved: Sequence[datetime] = ()) -> list[StepEvent]:
    """Every step that was ever promised, as it stands in the last version: the sequence counts how often it
    changed, a step that was dropped is cancelled. `moved`: extensions from before versions were kept, which
    have counted already."""
    current: dict[str, StepEvent] = {}
    titles: dict[str, str] = {}
    for version in past:
        offered = {step.key: step for step in steps_of(version.dates)}
        for key in [*current, *(key for key in offered if key not in current)]:
            _advance(current, titles, key, offered.get(key), version, past[0].number - 1)
    counted = [
        replace(one, sequence=one.sequence + len(moved)) if one.step.key.startswith(_AFTER_DEADLINE) else one
        for one in current.values()
    ]
    return sorted(counted, key=lambda one: _sortable(one.step))


def _advance(
    current: dict[str, StepEvent],
    titles: dict[str, str],
    key: str,
    step: Step | None,
    version: PastDates,
    base: int,
) -> None:
    before = current.get(key)
    if before is None and step is not None:
        current[key] = StepEvent(step, base, version.at)
    elif before is not None and step is None and not before.cancelled:
        current[key] = StepEvent(before.step, before.sequence + 1, version.at, cancelled=True)
    elif before is not None and step is not None:
        changed = before.cancelled or before.step != step or titles.get(key) != version.title
        if changed:
            current[key] = StepEvent(step, before.sequence + 1, version.at)
    titles[key] = version.title


def events_without_history(
    dates: Dates, published_at: datetime, moved: Iterable[datetime]
) -> list[StepEvent]:
    """For a call from before versions were kept: each extension may have moved what follows the deadline."""
    times = sorted(moved)
    return [
        StepEvent(step, len(times), times[-1])
        if times and step.key.startswith(_AFTER_DEADLINE)
        else StepEvent(step, 0, published_at)
        for step in sorted(steps_of(dates), key=_sortable)
    ]


def _sortable(step: Step) -> datetime:
    return (
        step.start if isinstance(step.start, datetime) else datetime.combine(step.start, datetime.min.time())
    )

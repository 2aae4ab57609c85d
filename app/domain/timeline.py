"""The dates of a call, and the phase that follows from them and from what people did.

Instants are aware UTC; days are local days in Europe/Brussels. The deadline is stored as the first
instant that is too late ("2 juni 2023, 23u59" is 3 June 00:00 Brussels time).
"""

from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from app.domain.errors import DomainError

BRUSSELS = ZoneInfo("Europe/Brussels")
DEFAULT_OBJECTION_DAYS = 14


class Phase(IntEnum):
    """Where a call stands; the numbers are those of the table of rights in `access.py`."""

    DRAFT = 0
    OPEN = 1
    SEALED = 2
    WRITTEN = 3
    PITCH = 4
    DECIDED = 5
    COMMUNICATED = 6
    OBJECTIONS = 7
    PARTNERSHIP = 8


@dataclass(frozen=True)
class PitchWindow:
    """One stretch of a local day in which pitches can be heard; `end` is exclusive."""

    day: date
    start: time
    end: time


@dataclass(frozen=True)
class Timeline:
    """What the addendum promises. Day ranges include both ends, and `questions_until` is the last day on
    which a question can be asked; `decision_before` is exclusive."""

    launch: date | None = None
    deadline: datetime | None = None
    written_round: tuple[date, date] | None = None
    pitch_windows: tuple[PitchWindow, ...] = ()
    decision_before: date | None = None
    objection_days: int = DEFAULT_OBJECTION_DAYS
    questions_until: date | None = None


@dataclass(frozen=True)
class CallFacts:
    """What happened to one call, as far as its phase depends on it. All instants aware UTC.

    `windows_end_at` is the end of the last window of all; `common_window_end_at` of those of everybody who
    was told in the one act, which is what may be promised in public: who was told later has the own days.
    """

    launch: date | None = None
    deadline: datetime | None = None
    published_at: datetime | None = None
    opened_at: datetime | None = None
    written_closed_at: datetime | None = None
    pitch_closed_at: datetime | None = None
    communicated_at: datetime | None = None
    windows_end_at: datetime | None = None
    common_window_end_at: datetime | None = None
    open_objections: int = 0


def local_day(instant: datetime) -> date:
    """The calendar day in Brussels on which an instant falls."""
    return instant.astimezone(BRUSSELS).date()


def start_of_day(day: date) -> datetime:
    """The UTC instant at which a Brussels day begins (23:00 or 22:00 UTC the day before)."""
    return datetime.combine(day, time(), BRUSSELS).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """The first UTC instant after a Brussels day."""
    return start_of_day(day + timedelta(days=1))


def exclusive_deadline(last_accepted: datetime) -> datetime:
    """Last accepted local minute (naive Brussels time) -> the first UTC instant that is too late.

    The minute is counted in full: "23u59" accepts through 23:59:59. On the days the clocks change it counts
    in the applicant's favour: of a minute that comes twice the second, and one that never comes as if the
    clocks had not moved yet.
    """
    local = last_accepted.replace(second=0, microsecond=0, tzinfo=BRUSSELS)
    return max(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)) + timedelta(minutes=1)


def last_accepted_minute(deadline: datetime) -> datetime:
    """The reverse of `exclusive_deadline`: naive Brussels time of the last minute that counts."""
    return (deadline - timedelta(minutes=1)).astimezone(BRUSSELS).replace(tzinfo=None)


def is_late(moment: datetime, deadline: datetime) -> bool:
    """Whether something that arrives at `moment` is too late."""
    return moment >= deadline


def phase(facts: CallFacts, now: datetime) -> Phase:
    """The phase at `now`. Each phase needs the fact that ends the one before it."""
    if facts.published_at is None or now < facts.published_at or _not_launched(facts, now):
        return Phase.DRAFT
    if facts.deadline is None or not is_late(now, facts.deadline):
        return Phase.OPEN
    if facts.communicated_at is None:
        return _phase_of_judging(facts)
    if facts.windows_end_at is not None and now < facts.windows_end_at:
        return Phase.COMMUNICATED
    return Phase.OBJECTIONS if facts.open_objections else Phase.PARTNERSHIP


def _not_launched(facts: CallFacts, now: datetime) -> bool:
    return facts.launch is not None and now < start_of_day(facts.launch)


def _phase_of_judging(facts: CallFacts) -> Phase:
    if facts.opened_at is None:
        return Phase.SEALED
    if facts.written_closed_at is None:
        return Phase.WRITTEN
    if facts.pitch_closed_at is None:
        return Phase.PITCH
    return Phase.DECIDED


@dataclass(frozen=True)
class TimelineProblem:
    """Something that does not fit; `blocks` problems stop publication, the rest are advice."""

    code: str
    field: str
    blocks: bool = True
    facts: dict[str, object] = attribute(default_factory=dict)


def problems(timeline: Timeline) -> list[TimelineProblem]:
    """Everything in a timeline that is missing or out of order, in the order of the timeline."""
    found = [
        TimelineProblem(f"{name}_missing", name)
        for name in ("launch", "deadline", "written_round", "decision_before")
        if getattr(timeline, name) is None
    ]
    if not timeline.pitch_windows:
        found.append(TimelineProblem("pitch_windows_missing", "pitch_windows"))
    if not 1 <= timeline.objection_days <= 90:
        found.append(TimelineProblem("objection_days_out_of_range", "objection_days"))
    return found + _question_problems(timeline) + _order_problems(timeline)


def _question_problems(timeline: Timeline) -> list[TimelineProblem]:
    """Questions end between the launch and the deadline; on the day of either is fine."""
    last = timeline.questions_until
    if last is None:
        return []
    if timeline.launch and last < timeline.launch:
        return [TimelineProblem("questions_before_launch", "questions_until")]
    if timeline.deadline and start_of_day(last) >= timeline.deadline:
        return [TimelineProblem("questions_after_deadline", "questions_until")]
    return []


def _order_problems(timeline: Timeline) -> list[TimelineProblem]:
    """Each step must end before the next begins; steps that are missing are skipped."""
    steps = _steps(timeline)
    found = [TimelineProblem("ends_before_it_begins", name) for name, begins, ends in steps if ends < begins]
    for (before, _, ends), (after, begins, _) in zip(steps, steps[1:], strict=False):
        if begins < ends:
            found.append(TimelineProblem("out_of_order", after, facts={"before": before}))
    if any(window.end <= window.start for window in timeline.pitch_windows):
        found.append(TimelineProblem("window_ends_before_it_begins", "pitch_windows"))
    return found


def _steps(timeline: Timeline) -> list[tuple[str, date, date]]:
    """(name, first day, last day) of every step that has its dates."""
    days = [window.day for window in timeline.pitch_windows]
    spans: list[tuple[str, tuple[date, date] | None]] = [
        ("launch", _whole(timeline.launch)),
        ("deadline", _whole(timeline.deadline and local_day(timeline.deadline - timedelta(seconds=1)))),
        ("written_round", timeline.written_round),
        ("pitch_windows", (min(days), max(days)) if days else None),
        (
            "decision_before",
            _whole(timeline.decision_before and timeline.decision_before - timedelta(days=1)),
        ),
    ]
    return [(name, *span) for name, span in spans if span]


def _whole(day: date | None) -> tuple[date, date] | None:
    return (day, day) if day else None


def check_extension(current: datetime, wanted: datetime) -> None:
    """A deadline moves later, never earlier (equal treatment of who already planned on it)."""
    if wanted <= current:
        raise DomainError("deadline_only_later", field="deadline")

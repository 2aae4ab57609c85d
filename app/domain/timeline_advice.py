"""What is possible in a timeline but seldom meant: days on which nobody works, and too little time.

Working days are those from Monday to Friday that are no public holiday. The notice for the pitch is the
number of working days between the last day of the written round and the first pitch day; neither counts.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from app.domain.timeline import Timeline, TimelineProblem, local_day

LEAST_NOTICE = 3
SATURDAY, SUNDAY = 5, 6
Holiday = Callable[[date], str]


def advice(timeline: Timeline, holiday: Holiday) -> list[TimelineProblem]:
    """Everything worth another look, in the order of the timeline; nothing here blocks. `holiday` gives the
    name of a public holiday, or nothing. Facts: `day` and the name of the holiday, or `count` of days."""
    found = [problem for field, day in _days(timeline) for problem in _free(field, day, holiday)]
    return [*found, *_overlap(timeline), *_notice(timeline, holiday)]


def working_days_between(first: date, last: date, holiday: Holiday) -> int:
    """How many working days lie between two days, which do not count themselves; 0 when they are in the
    wrong order."""
    days = (first + timedelta(days=step) for step in range(1, (last - first).days))
    return sum(day.weekday() < SATURDAY and not holiday(day) for day in days)


def last_day_to_decide(timeline: Timeline) -> date | None:
    """`decision_before` does not count itself."""
    return timeline.decision_before - timedelta(days=1) if timeline.decision_before else None


def deadline_day(timeline: Timeline) -> date | None:
    """The day of the last minute that counts."""
    return local_day(timeline.deadline - timedelta(seconds=1)) if timeline.deadline else None


def _days(timeline: Timeline) -> Iterator[tuple[str, date]]:
    begin, end = timeline.written_round or (None, None)
    days: list[tuple[str, date | None]] = [
        ("launch", timeline.launch),
        ("questions_until", timeline.questions_until),
        ("deadline", deadline_day(timeline)),
        ("written_from", begin),
        ("written_until", end),
        *(("pitch_windows", day) for day in sorted({one.day for one in timeline.pitch_windows})),
        ("decision_before", last_day_to_decide(timeline)),
    ]
    return ((field, day) for field, day in days if day)


def _free(field: str, day: date, holiday: Holiday) -> Iterator[TimelineProblem]:
    """A step on a free day. Handing in on a Saturday is common, and a round may begin or end in a weekend:
    for those only what nobody works on counts."""
    facts: dict[str, object] = {"day": day}
    if name := holiday(day):
        yield TimelineProblem("on_holiday", field, blocks=False, facts={**facts, "holiday": name})
    elif day.weekday() == SUNDAY and field == "deadline":
        yield TimelineProblem("on_sunday", field, blocks=False, facts=facts)
    elif day.weekday() >= SATURDAY and field in ("launch", "pitch_windows", "decision_before"):
        yield TimelineProblem("on_weekend", field, blocks=False, facts=facts)


def _overlap(timeline: Timeline) -> Iterator[TimelineProblem]:
    windows = sorted(timeline.pitch_windows, key=lambda one: (one.day, one.start))
    for before, after in zip(windows, windows[1:], strict=False):
        if before.day == after.day and after.start < before.end:
            facts: dict[str, object] = {"day": after.day}
            yield TimelineProblem("windows_overlap", "pitch_windows", blocks=False, facts=facts)


def _notice(timeline: Timeline, holiday: Holiday) -> Iterator[TimelineProblem]:
    days = [one.day for one in timeline.pitch_windows]
    if timeline.written_round is None or not days:
        return
    count = working_days_between(timeline.written_round[1], min(days), holiday)
    if count < LEAST_NOTICE:
        yield TimelineProblem("pitch_notice_short", "pitch_windows", blocks=False, facts={"count": count})

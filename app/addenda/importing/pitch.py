"""Pitch windows: which times belong to which days in one row of the timing."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from .dates import Clock, Day, Mark, Token
from .result import PitchWindow

_LONGEST_RANGE = 14
_Span = tuple[time, time | None]


def pitch_windows(tokens: Sequence[Token]) -> list[PitchWindow]:
    """Times count for all days named since the previous times; times before any day count for the days after.

    A range of days gives its weekdays. A day without times gets a window with `None` for start and end.
    """
    groups: list[tuple[list[date], list[_Span]]] = []
    leading: list[_Span] = []
    for kind, value in _runs(tokens):
        if kind == "days":
            groups.append((value, []))
        elif groups:
            groups[-1][1].extend(value)
        else:
            leading.extend(value)
    _share_backwards(groups)
    return [
        PitchWindow(day, span[0], span[1]) if span else PitchWindow(day)
        for days, spans in groups
        for day in days
        for span in (spans or leading or [None])
    ]


def _share_backwards(groups: list[tuple[list[date], list[_Span]]]) -> None:
    """`20 juni en 22 juni, telkens …`: days without times of their own take those that come next."""
    for index in range(len(groups) - 2, -1, -1):
        if not groups[index][1]:
            groups[index][1].extend(groups[index + 1][1])


def _runs(tokens: Sequence[Token]):  # type: ignore[no-untyped-def]
    """Alternating runs: ("days", dates) and ("times", spans)."""
    days: list[date] = []
    clocks: list[time] = []
    ranged = False
    for token in tokens:
        if isinstance(token, Clock):
            if days:
                yield "days", days
                days = []
            clocks.append(token.at)
        elif isinstance(token, Day):
            if clocks:
                yield "times", _spans(clocks)
                clocks = []
            on = token.on(0)
            if on:
                days = [*days, *_until(days[-1], on)] if ranged and days else [*days, on]
        ranged = token is Mark.RANGE
    if days:
        yield "days", days
    if clocks:
        yield "times", _spans(clocks)


def _spans(clocks: list[time]) -> list[_Span]:
    return [(start, clocks[index + 1] if index + 1 < len(clocks) else None)
            for index, start in enumerate(clocks) if index % 2 == 0]  # fmt: skip


def _until(first: date, last: date) -> list[date]:
    """The weekdays after `first` up to and including `last`; only the end when the range is unlikely long."""
    length = (last - first).days
    if not 0 < length <= _LONGEST_RANGE:
        return [last]
    days = [first + timedelta(days=step) for step in range(1, length + 1)]
    return [day for day in days if day.weekday() < 5 or day == last]

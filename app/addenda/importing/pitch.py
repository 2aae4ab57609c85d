"""Pitch windows: which times belong to which days in one row of the timing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from .dates import Clock, Day, Mark, Token
from .result import PitchWindow

_LONGEST_RANGE = 14


@dataclass(slots=True)
class _Group:
    """Days named together, with the times that follow them."""

    days: list[date]
    clocks: list[time] = field(default_factory=list)


def pitch_windows(tokens: Sequence[Token]) -> list[PitchWindow]:
    """Times count for all days named since the previous times; times before any day count for the days after.

    A range of days gives its weekdays. A day without times gets a window with `None` for start and end.
    """
    groups: list[_Group] = []
    leading: list[time] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if isinstance(token, Clock):
            (groups[-1].clocks if groups else leading).append(token.at)
        elif isinstance(token, Day) and before is not Mark.WEEK and (on := token.on(0)):
            _add_day(groups, on, before is Mark.RANGE)
    _share_backwards(groups)
    groups = _from_and_to(groups)
    return [
        window for group in groups for day in group.days for window in _windows(day, group.clocks or leading)
    ]


def _from_and_to(groups: list[_Group]) -> list[_Group]:
    """`11 maart, 9u` and `11 maart, 16u` from a column of its own each are the two ends of one window."""
    merged: list[_Group] = []
    for group in groups:
        above = merged[-1] if merged else None
        ends = above and above.days == group.days and len(above.clocks) == len(group.clocks) == 1
        if above and ends and above.clocks[0] < group.clocks[0]:
            above.clocks.extend(group.clocks)
        else:
            merged.append(group)
    return merged


def _add_day(groups: list[_Group], day: date, ranged: bool) -> None:
    if not groups or groups[-1].clocks:
        groups.append(_Group([day]))
    else:
        groups[-1].days.extend(_until(groups[-1].days[-1], day) if ranged else [day])


def _share_backwards(groups: list[_Group]) -> None:
    """`20 juni en 22 juni, telkens …`: days without times of their own take those that come next."""
    for group, following in zip(reversed(groups[:-1]), reversed(groups), strict=False):
        group.clocks = group.clocks or following.clocks


def _windows(day: date, clocks: Sequence[time]) -> list[PitchWindow]:
    if not clocks:
        return [PitchWindow(day)]
    ends = [*clocks[1::2], None]
    return [PitchWindow(day, start, end) for start, end in zip(clocks[::2], ends, strict=False)]


def _until(first: date, last: date) -> list[date]:
    """The weekdays after `first` up to and including `last`; only the end when the range is unlikely long."""
    length = (last - first).days
    if not 0 < length <= _LONGEST_RANGE:
        return [last]
    days = [first + timedelta(days=step) for step in range(1, length + 1)]
    return [day for day in days if day.weekday() < 5 or day == last]

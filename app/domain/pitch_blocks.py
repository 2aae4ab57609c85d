"""Why the pitches of a day cannot be planned: which applicant, which window, who, and how many minutes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain.pitch_plan import Pitch, PitchDay, PlanWindow, Span, fits, free_spans, free_starts

_STATES = 2_000
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Short:
    """What a window leaves for one pitch: the longest stretch without interruption, and the minutes that it
    lacks. `applicant`, `jurors`, `room`: who takes the rest."""

    window: PlanWindow
    longest: int
    lacks: int
    applicant: bool
    jurors: tuple[int, ...]
    room: bool


@dataclass(frozen=True)
class Nowhere:
    """One pitch that fits in no window, whatever the others do."""

    proposal_id: int
    short: tuple[Short, ...]


@dataclass(frozen=True)
class TooMany:
    """More pitches than the windows hold with everybody there."""

    fit: int
    asked: int


@dataclass(frozen=True)
class Longer:
    """The window that, `minutes` longer at its end, makes it possible: of all windows the least."""

    window: PlanWindow
    minutes: int


@dataclass(frozen=True)
class Without:
    """It is possible but for the hours of these: each of them alone is enough."""

    applicants: tuple[int, ...]
    jurors: tuple[int, ...]
    rooms: tuple[PlanWindow, ...]


Block = Nowhere | TooMany | Longer | Without


def blocks(day: PitchDay) -> list[Block]:
    """What stands in the way, the plainest first; empty when all fit. For a day for which `plan` found
    nothing."""
    nowhere: list[Block] = list(_nowhere(day))
    if nowhere:
        return nowhere
    if fits(day, states=_STATES):
        return []
    found: list[Block] = []
    fit = capacity(day)
    if fit < len(day.pitches):
        found.append(TooMany(fit, len(day.pitches)))
    else:
        found += _without(day)
    longer = _longer(day)
    return [*found, longer] if longer else found


def capacity(day: PitchDay) -> int:
    """How many pitches the windows hold when everybody is always there and no place is kept."""
    length, pause = day.minutes * _MINUTE, day.pause * _MINUTE
    count, free_from = 0, datetime.min
    for window in sorted(day.windows, key=lambda one: one.begins):
        for begins, ends in free_spans(window, ()):
            start = max(begins, free_from)
            while start + length <= ends:
                count, start = count + 1, start + length + pause
                free_from = start
    return count


def _nowhere(day: PitchDay) -> Iterator[Nowhere]:
    for one in day.pitches:
        if not any(free_starts(day, one)):
            yield Nowhere(one.proposal_id, tuple(_short(day, one, window) for window in day.windows))


def _short(day: PitchDay, one: Pitch, window: PlanWindow) -> Short:
    heard = {juror: spans for juror, spans in day.absent.items() if juror not in one.outside}
    taken = [*one.away, *(span for spans in heard.values() for span in spans)]
    longest = max(((ends - begins) // _MINUTE for begins, ends in free_spans(window, taken)), default=0)
    return Short(
        window,
        longest,
        max(day.minutes - longest, 0),
        _touches(window, one.away),
        tuple(sorted(juror for juror, spans in heard.items() if _touches(window, spans))),
        _touches(window, window.taken),
    )


def _touches(window: PlanWindow, spans: Sequence[Span]) -> bool:
    return any(begins < window.ends and ends > window.begins for begins, ends in spans)


def _without(day: PitchDay) -> list[Without]:
    """Who alone could make it possible by being there."""
    applicants = tuple(
        one.proposal_id for one in day.pitches if one.away and _fit(_there(day, one.proposal_id))
    )
    jurors = tuple(
        juror
        for juror in sorted(day.absent)
        if day.absent[juror]
        and _fit(replace(day, absent={other: spans for other, spans in day.absent.items() if other != juror}))
    )
    rooms = tuple(
        window
        for window in day.windows
        if window.taken and _fit(_changed(day, window, replace(window, taken=())))
    )
    return [Without(applicants, jurors, rooms)] if applicants or jurors or rooms else []


def _there(day: PitchDay, proposal_id: int) -> PitchDay:
    pitches = (replace(one, away=()) if one.proposal_id == proposal_id else one for one in day.pitches)
    return replace(day, pitches=tuple(pitches))


def _longer(day: PitchDay) -> Longer | None:
    """The smallest addition to the end of one window, by halving: more room never hurts."""
    found: Longer | None = None
    most = len(day.pitches) * (day.minutes + day.pause)
    for window in day.windows:
        least = _least(lambda minutes, w=window: _fit(_changed(day, w, _stretched(w, minutes))), most)  # type: ignore[misc]
        if least is not None and (found is None or least < found.minutes):
            found, most = Longer(window, least), least
    return found


def _least(enough: Callable[[int], bool], most: int) -> int | None:
    if not enough(most):
        return None
    low, high = 0, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _stretched(window: PlanWindow, minutes: int) -> PlanWindow:
    return replace(window, ends=window.ends + minutes * _MINUTE)


def _changed(day: PitchDay, old: PlanWindow, new: PlanWindow) -> PitchDay:
    return replace(day, windows=tuple(new if one is old else one for one in day.windows))


def _fit(day: PitchDay) -> bool:
    return fits(day, states=_STATES)

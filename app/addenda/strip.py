"""The strip above the pages of a call: its eight stations, and where today stands between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from app.addenda.presenters import day_range, short_deadline
from app.addenda.queries import Call
from app.domain.timeline import Phase, end_of_day, local_day, start_of_day
from app.infra.formats import counted, short_day

_REACHED = {
    Phase.DRAFT: 0,
    Phase.OPEN: 1,
    Phase.SEALED: 2,
    Phase.WRITTEN: 3,
    Phase.PITCH: 4,
    Phase.DECIDED: 5,
    Phase.COMMUNICATED: 6,
    Phase.OBJECTIONS: 7,
    Phase.PARTNERSHIP: 7,
}


@dataclass(frozen=True)
class Step:
    """One station of the strip; `state` is done, current (a period that goes on) or upcoming. `today_at` is
    how far today stands on the way from this station to the next, in tenths (1 to 9); None everywhere else.
    Before the first station is reached no step has it."""

    label: str
    when_text: str
    state: str
    today_at: int | None = None
    tasks: list[dict[str, object]] = field(default_factory=list)


@dataclass(frozen=True)
class _Station:
    label: str
    when_text: str
    begins: datetime | None
    ends: datetime | None = None


def call_steps(call: Call, now: datetime) -> list[Step]:
    """The eight stations as they stand at `now`."""
    stations = _stations(call)
    done = _REACHED[call.phase]
    current = done if _goes_on(call, stations[done], now) else None
    # Days that are over are over, also while somebody still has to close the round.
    if current is None and call.phase in (Phase.WRITTEN, Phase.PITCH) and _is_over(stations[done], now):
        done += 1
    steps = [
        Step(one.label, one.when_text, _state(number, done, current)) for number, one in enumerate(stations)
    ]
    last = done if current is not None else done - 1
    if last >= 0:
        steps[last] = replace(steps[last], today_at=_tenths(stations[last : last + 2], now))
    return steps


def today_text(now: datetime) -> str:
    """ "vandaag, 2 juni", for the mark on the strip."""
    return f"vandaag, {short_day(local_day(now)).rpartition(' ')[0]}"


def _state(number: int, done: int, current: int | None) -> str:
    if number == current:
        return "current"
    return "done" if number < done else "upcoming"


def _goes_on(call: Call, station: _Station, now: datetime) -> bool:
    """Whether a period of this phase contains today; a partnership has no end."""
    if call.phase is Phase.PARTNERSHIP:
        return True
    return station.begins is not None and station.ends is not None and station.begins <= now < station.ends


def _is_over(station: _Station, now: datetime) -> bool:
    return station.ends is not None and now >= station.ends


def _tenths(stretch: Sequence[_Station], now: datetime) -> int:
    """Never on a station itself: what has no length or no dates puts today in the middle."""
    if len(stretch) < 2 or not stretch[0].begins or not stretch[1].begins:
        return 5
    start, end = stretch[0].begins, stretch[1].begins
    if end <= start:
        return 5
    return min(9, max(1, round((now - start) / (end - start) * 10)))


def _stations(call: Call) -> list[_Station]:
    facts = call.facts
    before = _start(call.decision_before)
    launch = short_day(call.launch) if call.launch else "nog te kiezen"
    return [
        _Station("Lancering", launch, _start(call.launch)),
        _Station("Uiterste indiendatum", short_deadline(call.deadline), call.deadline),
        _Station("Opening", _opening(call), facts.opened_at or call.deadline),
        _period("Schriftelijke ronde", call.written_from, call.written_until),
        _period("Pitch", call.pitch_from, call.pitch_until, whole=False),
        _Station("Beslissing", _decision(call), facts.communicated_at or before),
        _Station("Weerwoord", _objections(call), facts.communicated_at, facts.windows_end_at),
        _Station("Partnerschap", "na het weerwoord", facts.windows_end_at),
    ]


def _start(day: date | None) -> datetime | None:
    return start_of_day(day) if day else None


def _period(label: str, first: date | None, last: date | None, *, whole: bool = True) -> _Station:
    ends = end_of_day(last) if last else None
    return _Station(label, day_range(first, last, whole=whole), _start(first), ends)


def _opening(call: Call) -> str:
    if call.facts.opened_at:
        return short_day(local_day(call.facts.opened_at))
    return f"vanaf {short_day(local_day(call.deadline))}" if call.deadline else "na de uiterste indiendatum"


def _decision(call: Call) -> str:
    if call.facts.communicated_at:
        return f"meegedeeld op {short_day(local_day(call.facts.communicated_at))}"
    return f"voor {short_day(call.decision_before)}" if call.decision_before else "nog te kiezen"


def _objections(call: Call) -> str:
    """What holds for everybody who was told in the one act; who was told later has the own days."""
    end, last = call.facts.common_window_end_at, call.facts.windows_end_at
    if end and last:
        own = ", later voor wie later bericht kreeg" if end < last else ""
        return f"tot en met {short_day(local_day(end - timedelta(seconds=1)))}{own}"
    return f"{counted(call.objection_days, 'dag', 'dagen')} na de kennisgeving"

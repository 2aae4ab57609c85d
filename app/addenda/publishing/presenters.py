"""What becomes public, counted and named, and dates beside each other: for the last look before it."""

from collections.abc import Iterator
from datetime import date, datetime

from app.addenda.drafting.sections import Dates, Draft
from app.domain.timeline import PitchWindow
from app.infra.formats import day


def becomes_public(draft: Draft) -> list[str]:
    """One line per part of the page that everybody will read."""
    challenges = [challenge for _, challenge in draft.challenges.values()]
    obstacles = sum(len(one.obstacles) for one in challenges)
    goals = sum(len(one.goals) for one in challenges)
    criteria = len(draft.written.criteria) + len(draft.pitch.criteria)
    contacts = [one.name for one in draft.basics.contacts if one.name]
    rows = [
        _counted(len(draft.personas), "persona", "persona’s") + " met portret en verhaal",
        f"{_counted(len(challenges), 'regio-uitdaging', 'regio-uitdagingen')} met "
        f"{_counted(obstacles, 'obstakel', 'obstakels')} en {_counted(goals, 'doel', 'doelen')}",
        "de lokale analyse en de tijdlijn",
        f"{_counted(criteria, 'criterium', 'criteria')} met gewicht, en de drempels",
    ]
    if contacts:
        rows.append(f"de contactgegevens van {' en '.join(contacts)}: naam, functie, e-mailadres en telefoon")
    return rows


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def dates_beside(before: Dates, after: Dates) -> list[tuple[str, str, str]]:
    """(step, now, afterwards) for the deadline and every step after it."""
    return [
        (name, old or "–", new or "–")
        for (name, old), (_, new) in zip(_steps(before), _steps(after), strict=True)
    ]


def _steps(dates: Dates) -> Iterator[tuple[str, str]]:
    yield "Uiterste indiendatum", _minute(dates.deadline)
    yield "Schriftelijke ronde, eerste dag", _day(dates.written_from)
    yield "Schriftelijke ronde, laatste dag", _day(dates.written_until)
    for window in dates.windows:
        yield "Pitchmoment", _window(window)
    yield "Beslissing", f"voor {day(dates.decision_before)}" if dates.decision_before else ""


def _day(value: date | None) -> str:
    return day(value) if value else ""


def _minute(value: datetime | None) -> str:
    return f"{day(value.date())}, {value.hour}u{value:%M}" if value else ""


def _window(window: PitchWindow) -> str:
    start, end = window.start, window.end
    return f"{day(window.day)}, {start.hour}u{start:%M} tot {end.hour}u{end:%M}"

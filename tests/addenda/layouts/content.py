"""What a document says, as data: the expected result comes from here and never from the importer."""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True)
class Person:
    name: str
    age: int
    story: str


@dataclass(frozen=True)
class Task:
    """One challenge; `personas` are names, `title` is only printed by layouts that give titles."""

    title: str
    personas: tuple[str, ...]
    introduction: str
    obstacles: tuple[str, ...]
    goals: tuple[str, ...]


@dataclass(frozen=True)
class Reach:
    """Somebody to ask."""

    name: str
    role: str
    email: str
    phone: str


@dataclass(frozen=True)
class Window:
    day: date
    start: time
    end: time


@dataclass(frozen=True)
class Region:
    programme: str
    area: str
    municipalities: tuple[str, ...]
    people: tuple[Person, ...]
    tasks: tuple[Task, ...]
    launch: date
    deadline: datetime
    written: tuple[date, date]
    windows: tuple[Window, ...]
    decision_before: date
    objection_days: int
    contacts: tuple[Reach, ...]
    submit_email: str | None = None
    submit_url: str | None = None
    recurring: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    local_input: tuple[str, ...] = ()
    ambition: str | None = None
    vision: str | None = None
    mission: str | None = None


def window(day: date, start: str, end: str) -> Window:
    return Window(day, time.fromisoformat(start), time.fromisoformat(end))

"""What the importer hands back: plain frozen values that remember the source lines they came from."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any


@dataclass(frozen=True, slots=True)
class ImportWarning:
    """`code` is listed in `notices.WARNING_CODES`; `line` is a 1-based source line or None."""

    code: str
    message: str
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "line": self.line}


@dataclass(frozen=True, slots=True)
class TakenLine:
    """A source line that ended up in a field; `section` is that field's path, as in `challenges[0].goals`."""

    line: int
    section: str


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A source line that carries no content of its own: `reason` is heading, introduction, contents, page or
    layout."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class UnrecognisedLine:
    line: int
    text: str

    def to_json(self) -> dict[str, Any]:
        return {"line": self.line, "text": self.text}


@dataclass(frozen=True, slots=True)
class Item:
    """One joined list item with the source lines it was joined from.

    `guess` is "joined" when only the width of the lines told that they belong together, "unmarked" when the
    list had no marks, "" when nothing was guessed.
    """

    text: str
    lines: tuple[int, ...] = ()
    guess: str = ""


@dataclass(frozen=True, slots=True)
class PersonaFound:
    """Somebody a challenge or the chapter on personas names; age and story where the document tells them."""

    name: str
    age: int | None = None
    story: str | None = None
    lines: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "age": self.age, "story": self.story}


@dataclass(frozen=True, slots=True)
class Certainty:
    """`level` is sure, check or missing; `reason` a Dutch sentence, empty when sure."""

    level: str
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"level": self.level, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Challenge:
    number: int
    personas: tuple[str, ...] = ()
    introduction: str | None = None
    obstacles: tuple[Item, ...] = ()
    goals: tuple[Item, ...] = ()
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "personas": list(self.personas),
            "introduction": self.introduction,
            "obstacles": _texts(self.obstacles),
            "goals": _texts(self.goals),
        }


@dataclass(frozen=True, slots=True)
class Enrichment:
    recurring: tuple[Item, ...] = ()
    attention: tuple[Item, ...] = ()
    obstacles: tuple[Item, ...] = ()
    profiles: tuple[Item, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "recurring": _texts(self.recurring),
            "attention": _texts(self.attention),
            "obstacles": _texts(self.obstacles),
            "profiles": _texts(self.profiles),
        }


@dataclass(frozen=True, slots=True)
class PitchWindow:
    """Local wall-clock times; None where the document gives the day only."""

    day: date
    start: time | None = None
    end: time | None = None

    def to_json(self) -> list[str | None]:
        return [self.day.isoformat(), _clock(self.start), _clock(self.end)]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Local days and times. `deadline` is the last accepted minute, `decision_before` is exclusive."""

    launch: date | None = None
    deadline: datetime | None = None
    written_round: tuple[date, date] | None = None
    pitch_windows: tuple[PitchWindow, ...] = ()
    decision_before: date | None = None
    objection_days: int | None = None

    def to_json(self) -> dict[str, Any]:
        rounds = self.written_round
        return {
            "launch": _iso(self.launch),
            "deadline": self.deadline.strftime("%Y-%m-%dT%H:%M") if self.deadline else None,
            "written_round": [rounds[0].isoformat(), rounds[1].isoformat()] if rounds else None,
            "pitch_windows": [window.to_json() for window in self.pitch_windows],
            "decision_before": _iso(self.decision_before),
            "objection_days": self.objection_days,
        }


@dataclass(frozen=True, slots=True)
class Contact:
    name: str | None = None
    role: str | None = None
    email: str | None = None
    phone: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "role": self.role, "email": self.email, "phone": self.phone}


@dataclass(frozen=True, slots=True)
class Submission:
    email: str | None = None
    url: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {"email": self.email, "url": self.url}


@dataclass(frozen=True, slots=True)
class ParsedAddendum:
    """Every non-blank source line is in `taken`, `known` or `unrecognised`, and may be in several."""

    programme: str | None = None
    service_area: str | None = None
    municipalities: tuple[str, ...] = ()
    challenges: tuple[Challenge, ...] = ()
    enrichment: Enrichment = field(default_factory=Enrichment)
    service_types: tuple[Item, ...] = ()
    local_input: str | None = None
    timeline: Timeline = field(default_factory=Timeline)
    contacts: tuple[Contact, ...] = ()
    submission: Submission = field(default_factory=Submission)
    warnings: tuple[ImportWarning, ...] = ()
    unrecognised: tuple[UnrecognisedLine, ...] = ()
    taken: tuple[TakenLine, ...] = ()
    known: tuple[KnownLine, ...] = ()
    ambition: str | None = None
    vision: str | None = None
    mission: str | None = None
    personas: tuple[PersonaFound, ...] = ()
    certainty: dict[str, Certainty] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The JSON object of `flask addendum parse`."""
        return {
            "programme": self.programme,
            "service_area": self.service_area,
            "municipalities": list(self.municipalities),
            "challenges": [challenge.to_json() for challenge in self.challenges],
            "enrichment": self.enrichment.to_json(),
            "service_types": _texts(self.service_types),
            "local_input": self.local_input,
            "timeline": self.timeline.to_json(),
            "contacts": [contact.to_json() for contact in self.contacts],
            "submission": self.submission.to_json(),
            "warnings": [warning.to_json() for warning in self.warnings],
            "unrecognised": [line.to_json() for line in self.unrecognised],
            "ambition": self.ambition,
            "vision": self.vision,
            "mission": self.mission,
            "personas": [one.to_json() for one in self.personas],
            "certainty": {path: one.to_json() for path, one in self.certainty.items()},
        }


def _texts(items: tuple[Item, ...]) -> list[str]:
    return [item.text for item in items]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None

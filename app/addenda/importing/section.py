"""A section of the document, and which kinds of sections behave alike while reading."""

from dataclasses import dataclass, field

from .challenge_heading import ChallengeHeading
from .source import Line
from .vocabulary import Kind

IN_ANALYSIS = frozenset(
    (Kind.ANALYSIS, Kind.RECURRING, Kind.ATTENTION, Kind.EXTRA_OBSTACLES, Kind.PROFILES, Kind.SERVICE_TYPES)
)
IN_CHALLENGE = frozenset(
    (Kind.CHALLENGES, Kind.CHALLENGE, Kind.CHALLENGE_PERSONAS, Kind.OBSTACLES, Kind.GOALS)
)
AIMS = frozenset((Kind.AMBITION, Kind.VISION, Kind.MISSION))
FREE = AIMS | {Kind.LOCAL_INPUT, Kind.EXPECTATIONS, Kind.PERSONAS, Kind.OTHER}
CLOSED = FREE | {Kind.TIMELINE, Kind.CONTACT, Kind.SUBMISSION}
ROWS = frozenset((Kind.SUBMISSION, Kind.OTHER, Kind.CONTACT, Kind.TIMELINE, Kind.ANALYSIS))
HEAD_ONLY = frozenset((Kind.PROGRAMME, Kind.AREA))
UNLISTED = frozenset((Kind.HEAD, Kind.CHALLENGE, Kind.CHALLENGES, Kind.TIMELINE, Kind.CONTACT))


@dataclass(slots=True)
class Section:
    """`challenge` counts challenges from 0 (None outside); `heading` is the line that opened the section."""

    kind: Kind
    challenge: int | None = None
    heading: Line | None = None
    title: str = ""
    head: ChallengeHeading | None = None
    lines: list[Line] = field(default_factory=list)

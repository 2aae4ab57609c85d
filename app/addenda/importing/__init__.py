"""Plain text of an addendum in, a result with its source lines out. Pure: no database, no clock."""

from .errors import ImportRefused
from .notices import WARNING_CODES, warning_codes
from .parser import parse_addendum
from .result import (
    Certainty,
    Challenge,
    Contact,
    Enrichment,
    ImportWarning,
    Item,
    KnownLine,
    ParsedAddendum,
    PersonaFound,
    PitchWindow,
    Submission,
    TakenLine,
    Timeline,
    UnrecognisedLine,
)
from .source import decode, raw_lines

__all__ = [
    "WARNING_CODES",
    "Certainty",
    "Challenge",
    "Contact",
    "Enrichment",
    "ImportRefused",
    "ImportWarning",
    "Item",
    "KnownLine",
    "ParsedAddendum",
    "PersonaFound",
    "PitchWindow",
    "Submission",
    "TakenLine",
    "Timeline",
    "UnrecognisedLine",
    "decode",
    "parse_addendum",
    "raw_lines",
    "warning_codes",
]

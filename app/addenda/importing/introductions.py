"""Prose that only leads up to what follows it: known, without a field of its own."""

from collections.abc import Sequence

from .ledger import Ledger
from .section import IN_ANALYSIS, Section
from .vocabulary import Kind

_MOST_LINES = 6
_LED_UP_TO = {
    Kind.CHALLENGES: frozenset((Kind.CHALLENGES, Kind.CHALLENGE, Kind.OBSTACLES)),
    Kind.ANALYSIS: IN_ANALYSIS,
    Kind.PERSONAS: frozenset((Kind.CHALLENGE,)),
}


def known_introductions(sections: Sequence[Section], ledger: Ledger) -> None:
    """A few lines without marks under the heading of the challenges or the analysis, above the first list."""
    for section, following in zip(sections, sections[1:], strict=False):
        rest = [line for line in section.lines if not ledger.is_done(line)]
        few = 0 < len(rest) <= _MOST_LINES and not any(line.bullet for line in rest)
        if few and section.heading and following.kind in _LED_UP_TO.get(section.kind, ()):
            for line in rest:
                ledger.know(line, "introduction")

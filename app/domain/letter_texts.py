"""Words that a region writes once for many letters: what may be left to be filled in, and filling it.

A place is one word in braces, `{organisatie}`. Every other brace is text as any other.
"""

import re
from collections.abc import Iterator, Mapping

from app.domain.errors import DomainError
from app.domain.motivation import DecisionOutcome

EVERYWHERE = ("organisatie", "oproep", "regio", "kenmerk", "weerwoord_tot")
WHEN_SELECTED = ("antwoord_tot",)
_PLACE = re.compile(r"\{\s*([^\W\d]\w{0,59})\s*\}")


def places_of(outcome: str) -> tuple[str, ...]:
    """What the letters with this outcome can fill in."""
    return EVERYWHERE + (WHEN_SELECTED if outcome == DecisionOutcome.SELECTED else ())


def place_problems(outcome: str, texts: Mapping[str, str]) -> Iterator[DomainError]:
    """One for each field of `texts` ({field: text}) that names what cannot be filled in.

    Codes: letter_place_unknown (facts `names`, `known`), letter_place_for_selected (fact `names`).
    """
    known = places_of(outcome)
    for field, text in texts.items():
        named = dict.fromkeys(found.group(1).casefold() for found in _PLACE.finditer(text))
        wrong = [name for name in named if name not in known]
        unknown = [name for name in wrong if name not in WHEN_SELECTED]
        if unknown:
            yield DomainError(
                "letter_place_unknown", field=field, names=_braced(unknown), known=_braced(known)
            )
        elif wrong:
            yield DomainError("letter_place_for_selected", field=field, names=_braced(wrong))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled in, once: braces in a value stay what they are."""
    return _PLACE.sub(lambda found: values.get(found.group(1).casefold(), found.group(0)), text)


def _braced(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)

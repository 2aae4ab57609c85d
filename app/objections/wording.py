"""What rulings are called on the screen and in letters, with the tone of their badge."""

from collections.abc import Collection, Iterable
from typing import Protocol

from app.domain.objection import Aspect, RulingOutcome

TEXT_LIMIT = 20_000  # characters
RULINGS: dict[str, tuple[str, str]] = {
    RulingOutcome.UPHELD: ("Gegrond", "success"),
    RulingOutcome.PARTLY: ("Deels gegrond", "info"),
    RulingOutcome.DISMISSED: ("Ongegrond", "neutral"),
    RulingOutcome.INADMISSIBLE: ("Niet ontvankelijk", "neutral"),
}
SENTENCES: dict[str, str] = {
    RulingOutcome.UPHELD: "Je weerwoord is gegrond.",
    RulingOutcome.PARTLY: "Je weerwoord is deels gegrond.",
    RulingOutcome.DISMISSED: "Je weerwoord is ongegrond.",
    RulingOutcome.INADMISSIBLE: "Je weerwoord is niet ontvankelijk.",
}
ROUNDS = {"written": "Schriftelijke ronde", "pitch": "Pitch"}
ASPECTS: dict[str, str] = {
    Aspect.PROCEDURE: "De procedure: hoe het verliep",
    Aspect.ADMISSIBILITY: "De ontvankelijkheid: of de kandidatuur aan de vormvereisten voldeed",
}
WAYS = {"mail": "per mail", "registered": "aangetekend", "handed": "afgegeven"}


class _Criterion(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def round(self) -> str: ...
    @property
    def name(self) -> str: ...


def contested_choices(criteria: Iterable[_Criterion]) -> list[tuple[str, str]]:
    """(value, words) of everything that can be ticked."""
    named = [(str(one.id), f"{ROUNDS[one.round]}: {one.name}") for one in criteria]
    return named + list(ASPECTS.items())


def contested_words(ticked: Collection[int | str], criteria: Iterable[_Criterion]) -> list[str]:
    """What was ticked, in words and in the order of the page."""
    wanted = {str(one) for one in ticked}
    return [text for value, text in contested_choices(criteria) if value in wanted]

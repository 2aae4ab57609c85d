"""The Dutch sentence for each code of a DomainError.

Features add their own with `register`; a test checks that every code raised in the code has a sentence.
"""

from decimal import Decimal

from app.domain.errors import DomainError

_SENTENCES: dict[str, str] = {
    "not_found": "Deze pagina bestaat niet, of is niet voor jou bedoeld.",
    "not_in_this_phase": "Dat kan niet in deze fase van de oproep.",
    "not_your_role": "Deze pagina bestaat niet, of is niet voor jou bedoeld.",
    "conflict_of_interest": "Je hebt voor deze kandidaat een belangenconflict gemeld. Daarom is dit voor jou "
    "afgesloten.",
    "stale": "Deze pagina is intussen ook elders bewaard, door jezelf of een collega. Hieronder staan beide "
    "teksten; er is niets verloren.",
}


def register(sentences: dict[str, str]) -> None:
    """Add a feature's sentences; a code means one thing in the whole application."""
    for code, sentence in sentences.items():
        if _SENTENCES.setdefault(code, sentence) != sentence:
            raise ValueError(f"message code {code} is taken")


def known_codes() -> frozenset[str]:
    return frozenset(_SENTENCES)


def say(error: DomainError) -> str:
    """The sentence for an error, with its facts filled in."""
    sentence = _SENTENCES.get(error.code, "Dat kan niet.")
    return sentence.format(**{name: _shown(value) for name, value in error.facts.items()})


def _shown(value: object) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        value = f"{value.normalize():f}".replace(".", ",")
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)

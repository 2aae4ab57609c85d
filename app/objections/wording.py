"""What rulings are called on the screen and in letters, with the tone of their badge."""

from app.domain.objection import RulingOutcome

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

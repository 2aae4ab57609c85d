"""What outcomes are called on the screen and in letters, with the tone of their badge."""

from app.domain.motivation import DecisionOutcome

TEXT_LIMIT = 20_000  # characters
OUTCOMES: dict[str, tuple[str, str]] = {
    DecisionOutcome.SELECTED: ("Geselecteerd", "success"),
    DecisionOutcome.RESERVE: ("Reserve", "info"),
    DecisionOutcome.NOT_SELECTED: ("Niet geselecteerd", "neutral"),
    DecisionOutcome.INADMISSIBLE: ("Niet ontvankelijk", "warning"),
}
SENTENCES: dict[str, str] = {
    DecisionOutcome.SELECTED: "Je kandidatuur is geselecteerd.",
    DecisionOutcome.RESERVE: "Je kandidatuur staat op de reservelijst.",
    DecisionOutcome.NOT_SELECTED: "Je kandidatuur is niet geselecteerd.",
    DecisionOutcome.INADMISSIBLE: "Je kandidatuur is niet ontvankelijk.",
}

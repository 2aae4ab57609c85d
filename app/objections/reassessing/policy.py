"""What a new evaluation is called, and how its draft of reasons is put together."""

from collections.abc import Iterable

from app.domain.reassessment import BOTH, PITCH, WRITTEN

VIEW = "reassessment.view"
NAME = "reassessment.name_jurors"
SCORE = "reassessment.own.score"
ROUND_WORDS = {
    WRITTEN: "De schriftelijke ronde",
    PITCH: "De pitchronde",
    BOTH: "Beide rondes",
}
CHOICES = {"free": "Ik ben vrij om te oordelen", "conflict": "Ik heb een belangenconflict"}


def draft_text(remarks: Iterable[str], conclusion: str) -> str:
    """A text to start the reasons of the new decision from: what jurors wrote for the applicant. A person
    always edits it. Empty when they wrote nothing."""
    lines = [f"- {' '.join(one.split())}" for one in remarks if one.strip()]
    parts = ["Opmerkingen van wie opnieuw beoordeelde:", *lines] if lines else []
    return "\n".join([*parts, *([conclusion.strip()] if conclusion.strip() else [])])

"""What a later decision must meet, besides what every decision must."""

from app.domain.errors import DomainError
from app.domain.motivation import DecisionOutcome

RESERVE, OBJECTION, OTHER = "reserve", "objection", "other"
CAUSES = {
    RESERVE: "Een reserve schuift op",
    OBJECTION: "Een nieuwe beoordeling na een weerwoord",
    OTHER: "Iets anders dat een nieuwe beslissing vraagt",
}
CHOSEN_BY_HAND = (RESERVE, OTHER)
"""The one after an objection comes from its new evaluation."""


def check_cause(cause: str, *, before: str, outcome: str) -> None:
    """Whether this may be the reason for a new decision. `before`, `outcome`: what stands and what is wanted.

    Raises `cause_unknown`, `not_a_reserve` and `reserve_becomes_selected`.
    """
    if cause not in CAUSES:
        raise DomainError("cause_unknown", field="cause")
    if cause == RESERVE and before != DecisionOutcome.RESERVE:
        raise DomainError("not_a_reserve", field="cause")
    if cause == RESERVE and outcome != DecisionOutcome.SELECTED:
        raise DomainError("reserve_becomes_selected", field="outcome")


def check_says_something(before: tuple[str, str], after: tuple[str, str]) -> None:
    """(outcome, reasons) of what stands and of the new one. Raises `decision_says_the_same`."""
    if before[0] == after[0] and before[1].split() == after[1].split():
        raise DomainError("decision_says_the_same", field="reasons")

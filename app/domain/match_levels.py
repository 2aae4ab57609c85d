"""How sure a match is, in three words; the score itself is how likely the offer takes the need away."""

from enum import StrEnum

from app.domain.match_weights import THRESHOLD

LIKELY = 0.45
STRONG = 0.75


class Sure(StrEnum):
    STRONG = "strong"
    LIKELY = "likely"
    WEAK = "weak"


def sure(score: float) -> Sure | None:
    """None below the threshold: no match rather than an invented one."""
    if score < THRESHOLD:
        return None
    if score < LIKELY:
        return Sure.WEAK
    return Sure.LIKELY if score < STRONG else Sure.STRONG

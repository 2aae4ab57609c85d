"""How sure a match is, in three words.

Measured on the tune half: from STRONG on more than nine in ten are right, from LIKELY on seven in ten, below
that half.
"""

from enum import StrEnum

from app.domain.match_weights import THRESHOLD

LIKELY = 0.6
STRONG = 0.8


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

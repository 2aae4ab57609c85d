"""How a list of goals is announced."""

import re
from collections.abc import Sequence

_ASKS = re.compile(r"\s*(?:[„“\"'(]\s*)?(?:hoe\b|.*\?\W*$)", re.IGNORECASE | re.DOTALL)
_LEAD_IN = "Hoe kunnen we helpen, zodat ze"


def asks(goal: str) -> bool:
    """Whether a goal is a question of its own, as "Hoe kunnen we … ?"."""
    return bool(_ASKS.match(goal))


def goals_heading(goals: Sequence[str], ending: str = " …") -> str:
    """The sentence that the goals finish, as it ends in print; "Doelen" once one of them asks for itself: a
    question after half a question cannot be read, the end of a sentence under "Doelen" can."""
    return "Doelen" if any(asks(goal) for goal in goals) else _LEAD_IN + ending

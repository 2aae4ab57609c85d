"""What a confirmation rests on, as one SHA-256: when that changes, the confirmation no longer counts."""

import hashlib
import json
from typing import Any

from app.decisions.placing import Place


def standing_ground(decision: Any, place: Place) -> str:
    """The ground of a decision of the jury: its outcome and texts, and where the scores put the proposal.
    `decision`: a row with `outcome`, `motivation`, `legal_basis` and `appeal_routes`."""
    return _digest(
        _texts(decision)
        | {
            "place": place.place,
            "tied": place.tied,
            "total": None if place.total is None else str(place.total),
            "passes": place.passes,
        }
    )


def later_ground(decision: Any, cause: str, stands_id: int) -> str:
    """The ground of a later decision: the same texts, why there is one, and the decision that it follows."""
    return _digest(_texts(decision) | {"cause": cause, "follows": stands_id})


def _texts(decision: Any) -> dict[str, Any]:
    names = ("outcome", "motivation", "legal_basis", "appeal_routes")
    return {name: getattr(decision, name) for name in names}


def _digest(content: dict[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

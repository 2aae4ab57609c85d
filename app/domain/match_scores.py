"""From figures to one score: how sure it is that this offer takes this need away.

Two questions, multiplied. Does the offer help anybody with any of these needs: its best match, and whether it
sounds like help or like trade. And if so, with this one: its own match, and how far it stays behind the best.
"""

import numpy as np
from numpy.typing import NDArray

from app.domain.match_features import NAMES
from app.domain.match_weights import (
    BIAS,
    OFFER,
    OFFER_BIAS,
    SECOND_OPINION,
    SHARE,
    SHARE_BIAS,
    WEIGHTS,
)

Scores = NDArray[np.float32]
_WEIGHTS = np.array([WEIGHTS[name] for name in NAMES], np.float32)
_OFFER = np.array(OFFER, np.float32)
_EVIDENCE = slice(NAMES.index("best same"), NAMES.index("life domain"))


def scores_of(features: Scores, leanings: Scores, second: Scores | None = None) -> Scores:
    """(offers, needs) scores 0..1 from (offers, needs, NAMES) and (offers, leaning); 0 where nothing is
    shared. `second` is an encoder's likeness, (offers, needs)."""
    if not features.size:
        return np.zeros(features.shape[:2], np.float32)
    some = features[:, :, _EVIDENCE].max(axis=2) > 0
    pair = features @ _WEIGHTS + np.float32(BIAS)
    if second is not None:
        pair = pair + SECOND_OPINION * (second - second.mean(axis=1, keepdims=True))
        some |= second > second.mean()
    best = pair.max(axis=1, keepdims=True)
    of_offer = np.concatenate([best, leanings], axis=1) @ _OFFER + OFFER_BIAS
    of_need = SHARE[0] * pair + SHARE[1] * (pair - best) + SHARE_BIAS
    return np.where(some, sure(of_offer)[:, None] * sure(of_need), 0).astype(np.float32)


def sure(value: Scores) -> Scores:
    return 1 / (1 + np.exp(-value))  # type: ignore[return-value]

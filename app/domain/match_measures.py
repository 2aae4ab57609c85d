"""How good a matching is against a labelled set: average precision, recall at 5, and how well it abstains.

And three simple ways to compare with: rapidfuzz's partial_ratio, TF-IDF of character n-grams, and chance.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from app.domain.compounds import fold

Scores = NDArray[np.floating]  # offers x needs


@dataclass(frozen=True)
class Measures:
    """`average_precision` and `recall_at_5` are means over the offers with something relevant; `abstention`
    is the chance that such an offer's best score beats that of an offer with nothing (None without both)."""

    average_precision: float | None
    recall_at_5: float | None
    abstention: float | None


def measures(scores: Scores, relevant: Sequence[frozenset[int]]) -> Measures:
    """`relevant`: per offer the columns of the needs that it takes away. Ties count at their worst."""
    precisions, recalls = [], []
    for row, wanted in zip(scores, relevant, strict=True):
        if wanted:
            order = sorted(range(len(row)), key=lambda one: (-row[one], one in wanted, one))
            ranks = [place + 1 for place, one in enumerate(order) if one in wanted]
            precisions.append(sum(number / rank for number, rank in enumerate(ranks, 1)) / len(ranks))
            recalls.append(sum(rank <= 5 for rank in ranks) / len(ranks))
    return Measures(_mean(precisions), _mean(recalls), _auc(scores, relevant))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _auc(scores: Scores, relevant: Sequence[frozenset[int]]) -> float | None:
    best = scores.max(axis=1, initial=-math.inf)
    some = [value for value, wanted in zip(best, relevant, strict=True) if wanted]
    none = [value for value, wanted in zip(best, relevant, strict=True) if not wanted]
    if not some or not none:
        return None
    wins = sum((one > other) + 0.5 * (one == other) for one in some for other in none)
    return float(wins) / (len(some) * len(none))


def partial_ratios(needs: Sequence[str], offers: Sequence[str]) -> Scores:
    folded = [fold(one) for one in needs]
    return process.cdist([fold(one) for one in offers], folded, scorer=fuzz.partial_ratio)


def character_likeness(needs: Sequence[str], offers: Sequence[str]) -> Scores:
    """Cosine of TF-IDF over runs of three to five characters within words."""
    counts = [_runs(one) for one in (*needs, *offers)]
    frequency: Counter[str] = Counter(run for one in counts for run in one)
    columns = {run: place for place, run in enumerate(frequency)}
    total = len(counts)
    matrix = np.zeros((total, len(columns)), np.float32)
    for row, one in enumerate(counts):
        for run, times in one.items():
            matrix[row, columns[run]] = times * (math.log((1 + total) / (1 + frequency[run])) + 1)
    matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-9)
    return matrix[len(needs) :] @ matrix[: len(needs)].T


def chance(needs: int, offers: int) -> Scores:
    return np.random.default_rng(5).random((offers, needs))


def _runs(text: str) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for word in fold(text).split():
        padded = f" {word} "
        for size in (3, 4, 5):
            found.update(padded[place : place + size] for place in range(len(padded) - size + 1))
    return found

"""`python -m bench.match_fit [tune.json]`: the constants of app/domain/match_weights.py, from the tune half.

Who wrote the thesaurus also saw the tune half, so its words fit too well. Each round therefore forgets a part
of the words at random; what is learned holds for texts in other words.
"""

import dataclasses
import random
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.domain import match_signals
from app.domain.match_features import NAMES, Needs
from app.domain.match_reading import Reader
from app.domain.match_scores import sure
from app.domain.thesaurus import Concept, Thesaurus
from app.matching.labelled import Labelled, read_labelled
from app.matching.thesaurus_files import read_concepts

Array = NDArray[np.float64]
ROUNDS = 3
FORGET_FIELD, FORGET_WORDS, FORGET_TRADE, FORGET_HELP = 0.6, 0.15, 0.6, 0.35
SHARE = (
    0.5,
    0.5,
)  # chosen: more of the first is a little better calibrated, more of the second abstains better
THRESHOLD_RECALL = 0.92  # of the offers with a need, the share that keeps its best match


def main(path: str = "tests/matching/labelled/tune.json") -> None:
    labelled = read_labelled(Path(path))
    rounds = [figures(labelled, number) for number in range(ROUNDS)]
    features, leanings = (np.concatenate([one[part] for one in rounds]) for part in (0, 1))
    truth = np.concatenate([_truth(labelled)] * ROUNDS)
    helps = truth.any(axis=1)
    weights, bias = logistic(features[helps].reshape(-1, len(NAMES)), truth[helps].ravel(), 3.0)
    pair = features @ weights + bias
    best = pair.max(axis=1)
    of_offer = np.column_stack([best, leanings])
    offer, offer_bias = logistic(of_offer, helps, 8.0)
    share = SHARE[0] * pair + SHARE[1] * (pair - best[:, None])
    share_bias = _level(share[helps], truth[helps])
    scores = sure(share + share_bias) * sure(of_offer @ offer + offer_bias)[:, None]
    threshold = np.quantile(scores[helps].max(axis=1), 1 - THRESHOLD_RECALL)
    print("WEIGHTS:", {name: round(float(one), 2) for name, one in zip(NAMES, weights, strict=True)})
    print(f"BIAS = {bias:.2f}\nOFFER =", tuple(round(float(one), 2) for one in offer))
    print(f"OFFER_BIAS = {offer_bias:.2f}\nSHARE = {SHARE}\nSHARE_BIAS = {share_bias:.2f}")
    print(f"THRESHOLD = {threshold:.2f}")
    print(f"false alarms there: {(scores[~helps].max(axis=1) >= threshold).mean():.2f}")


def figures(labelled: Labelled, seed: int | None) -> tuple[Array, Array]:
    """(features, leanings) of the set; with a seed, by a thesaurus that forgot a part of its words."""
    kept = match_signals._TRADE_STEMS, match_signals._HELP_STEMS
    thesaurus = Thesaurus(read_concepts() if seed is None else _forgetful(seed))
    reader = Reader(thesaurus)
    reader.learn(labelled.needs.values())
    needs = Needs(reader, [reader.need(text) for text in labelled.needs.values()])
    offers = [reader.offer(text) for text in labelled.offers.values()]
    match_signals._TRADE_STEMS, match_signals._HELP_STEMS = kept
    leanings = np.array([one.leaning for one in offers], float)
    return needs.features(offers).astype(float), leanings


def _forgetful(seed: int) -> list[Concept]:
    chance = random.Random(seed)
    fates: dict[tuple[str, str], bool] = {}

    def stays(kind: str, word: str, share: float) -> bool:
        return fates.setdefault((kind, word), chance.random() >= share)

    for name, share in (("_TRADE_STEMS", FORGET_TRADE), ("_HELP_STEMS", FORGET_HELP)):
        stems = sorted(getattr(match_signals, name))
        setattr(match_signals, name, frozenset(one for one in stems if stays(name, one, share)))
    return [
        dataclasses.replace(
            one,
            field=tuple(word for word in one.field if stays("field", word, FORGET_FIELD)),
            words=tuple(word for word in one.words if stays("word", word, FORGET_WORDS)),
        )
        for one in read_concepts()
    ]


def logistic(rows: Array, truth: Array, ridge: float) -> tuple[Array, float]:
    """(weights, bias) of the figures as they are; the ridge is on standardised ones."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    table = np.column_stack([(rows - middle) / spread, np.ones(len(rows))])
    penalty = np.append(np.full(rows.shape[1], ridge), 1e-3)
    found = np.zeros(table.shape[1])
    for _ in range(30):
        chance = sure(table @ found)
        slope = table.T @ (chance - truth) + penalty * found
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        found -= np.linalg.solve(bend, slope)
    weights = found[:-1] / spread
    return weights, float(found[-1] - (weights * middle).sum())


def _level(values: Array, truth: Array) -> float:
    """The bias that makes the mean chance the true share."""
    bias = 0.0
    for _ in range(50):
        chance = sure(values + bias)
        bias += float((truth.sum() - chance.sum()) / (chance * (1 - chance)).sum())
    return bias


def _truth(labelled: Labelled) -> Array:
    return np.array([[need in wanted for need in labelled.needs] for wanted in labelled.relevant], float)


if __name__ == "__main__":
    main(*sys.argv[1:])

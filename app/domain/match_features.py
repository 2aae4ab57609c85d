"""What speaks for a match, in figures: offers against all needs at once, as matrices.

An offer is first spread over everything its concepts reach in the thesaurus; only what some need mentions is
kept. Then every figure is a product of two small matrices, or a maximum over the few features of one need.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.domain.life_domains import LIFE_DOMAINS
from app.domain.match_reading import Document, Reader
from app.domain.thesaurus import Step

Matrix = NDArray[np.float32]
NAMES = (
    "concept coverage",
    "concept likeness",
    "best same",
    "best help",
    "best near",
    "word coverage",
    "word likeness",
    "best word",
    "life domain",
)
_GROUP = {
    Step.SAME: 0,
    Step.HELPS: 1,
    Step.NARROWER: 2,
    Step.BROADER: 2,
    Step.RELATED: 2,
    Step.SAME_PROBLEM: 2,
}
_DOMAIN = {name: place for place, name in enumerate(LIFE_DOMAINS)}


class Needs:
    """The needs as matrices over the concepts and stems that they mention."""

    def __init__(self, reader: Reader, documents: Sequence[Document]) -> None:
        self.reader = reader
        self.documents = documents
        self.concepts = _columns(one.mentions for one in documents)
        self.stems = _columns(one.words for one in documents)
        self.concept_weights = self._concept_weights()
        self._reached: dict[str, tuple[NDArray[np.intp], NDArray[np.intp], Matrix]] = {}
        shape = len(documents), len(self.concepts)
        self._strengths = np.zeros(shape, np.float32)
        self._words = np.zeros((len(documents), len(self.stems)), np.float32)
        self._domains = np.zeros((len(documents), len(LIFE_DOMAINS)), np.float32)
        for row, document in enumerate(documents):
            for concept, mention in document.mentions.items():
                self._strengths[row, self.concepts[concept]] = mention.strength
            for stem, (strength, _) in document.words.items():
                self._words[row, self.stems[stem]] = strength * reader.statistics.weight(stem)
            self._domains[row] = self._domains_of(document)
        self._told = self._strengths * self.concept_weights
        self._few = [np.flatnonzero(row) for row in self._strengths]
        self._few_words = [np.flatnonzero(row) for row in self._words]

    def features(self, offers: Sequence[Document]) -> Matrix:
        """(offers, needs, NAMES), each figure 0..1."""
        found = np.zeros((len(offers), len(self.documents), len(NAMES)), np.float32)
        if not offers or not self.documents:
            return found
        spread, words, domains = self._spread(offers)
        weighted = spread.max(axis=0) * self.concept_weights
        product = spread.max(axis=0) @ self._told.T
        found[:, :, 0] = product / _at_least(self._told.sum(axis=1))
        norms = _at_least(np.linalg.norm(weighted, axis=1))[:, None] * _at_least(
            np.linalg.norm(self._told, axis=1)
        )
        found[:, :, 1] = (weighted @ self._told.T) / norms
        product = words @ self._words.T
        found[:, :, 5] = product / _at_least(np.square(self._words).sum(axis=1))
        found[:, :, 6] = product / (
            _at_least(np.linalg.norm(words, axis=1))[:, None] * _at_least(np.linalg.norm(self._words, axis=1))
        )
        self._best(found, spread, words)
        found[:, :, 8] = domains @ self._domains.T
        return found

    def _best(self, found: Matrix, spread: Matrix, words: Matrix) -> None:
        for row, (few, few_words) in enumerate(zip(self._few, self._few_words, strict=True)):
            if len(few):
                found[:, row, 2:5] = (spread[:, :, few] * self._strengths[row, few]).max(axis=2).T
            if len(few_words):
                shared = np.sqrt(words[:, few_words] * self._words[row, few_words])
                found[:, row, 7] = shared.max(axis=1)

    def _spread(self, offers: Sequence[Document]) -> tuple[Matrix, Matrix, Matrix]:
        """(concepts by kind of way, words, life domains) of the offers."""
        spread = np.zeros((3, len(offers), len(self.concepts)), np.float32)
        words = np.zeros((len(offers), len(self.stems)), np.float32)
        domains = np.zeros((len(offers), len(LIFE_DOMAINS)), np.float32)
        for row, document in enumerate(offers):
            for concept, mention in document.mentions.items():
                groups, columns, weights = self._reach(concept)
                known = spread[groups, row, columns]
                spread[groups, row, columns] = np.maximum(known, weights * np.float32(mention.strength))
            gone = [self.concepts[one] for one in document.denied if one in self.concepts]
            spread[:, row, gone] = 0
            for stem, (strength, _) in document.words.items():
                if stem in self.stems:
                    words[row, self.stems[stem]] = strength * self.reader.statistics.weight(stem)
            domains[row] = self._domains_of(document)
        return spread, words, domains

    def _reach(self, concept: str) -> tuple[NDArray[np.intp], NDArray[np.intp], Matrix]:
        """(kinds, columns, weights) of what this concept of an offer reaches among those of the needs."""
        if concept not in self._reached:
            ways = [
                (_GROUP[way.kind], self.concepts[other], way.weight)
                for other, way in self.reader.thesaurus.reach(concept).items()
                if other in self.concepts
            ]
            table = np.array(ways, float).reshape(-1, 3)
            whole = table[:, :2].astype(np.intp)
            self._reached[concept] = whole[:, 0], whole[:, 1], table[:, 2].astype(np.float32)
        return self._reached[concept]

    def _concept_weights(self) -> Matrix:
        """What a concept tells when many needs mention it: less."""
        counts = np.zeros(len(self.concepts), np.float32)
        for document in self.documents:
            for concept, mention in document.mentions.items():
                counts[self.concepts[concept]] += mention.strength
        total = len(self.documents) + 20.0
        return (np.log(total / (counts + 1.0)) / np.log(total)).astype(np.float32)

    def _domains_of(self, document: Document) -> Matrix:
        found = np.zeros(len(LIFE_DOMAINS), np.float32)
        for concept, mention in document.mentions.items():
            domain = self.reader.thesaurus.domain(concept)
            if domain:
                found[_DOMAIN[domain]] += mention.strength
        norm = float(np.linalg.norm(found))
        return found / norm if norm else found


def _columns(documents: Iterable[Mapping[str, object]]) -> dict[str, int]:
    names = dict.fromkeys(name for one in documents for name in one)
    return {name: place for place, name in enumerate(names)}


def _at_least(values: Matrix) -> Matrix:
    return np.maximum(values, np.float32(1e-6))

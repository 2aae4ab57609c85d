"""The words of a thesaurus, ready to be found: what each is worth, a part of, and near to."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from app.domain.compounds import base
from app.domain.dutch_words import FRONTS, WORDS
from app.domain.thesaurus import Thesaurus
from app.domain.word_forms import Word, phrase_key, stem_of, words_of

LEAST_TYPO, LEAST_INSIDE, LONG_INSIDE = 7, 5, 7  # letters


@dataclass
class Statistics:
    """In how many texts each stem stands: of the thesaurus, and of the needs."""

    texts: float = 0.0
    counts: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _weights: dict[str, float] = field(default_factory=dict)

    def add(self, stems: Iterable[str], weight: float = 1.0) -> None:
        self.texts += weight
        self._weights.clear()
        for one in set(stems):
            self.counts[one] += weight

    def weight(self, stem: str) -> float:
        """0..1: what a word tells, 1 for one that stands in no other text."""
        if stem not in self._weights:
            share = (self.texts + 2) / (self.counts.get(stem, 0.0) + 1)
            self._weights[stem] = math.log(share) / math.log(self.texts + 2)
        return self._weights[stem]


class Vocabulary:
    """By one thesaurus; `statistics` may learn from more texts afterwards."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self.statistics = Statistics()
        self._typos: dict[str, tuple[str, ...]] = {}
        self._ids = list(thesaurus.concepts)
        self._gist = self._texts_of_concepts()

    def knows(self, word: Word) -> bool:
        return any(stem in self._known for stem in (word.stem, *word.parts[-1:]))

    def shares(self, word: Word, concept: str) -> bool:
        """Whether the word stands in what is written about the concept."""
        return any(stem in self._stems_of[concept] for stem in (word.stem, *word.parts))

    def ends(self, folded: str) -> list[tuple[str, ...]]:
        """What an uncut word ends and begins with, as phrases; a short one only beside a known word."""
        found: list[tuple[str, ...]] = []
        for cut in range(3, len(folded) - LEAST_INSIDE + 1):
            if folded[cut:] in self._singles and self._fits(folded[cut:], folded[:cut]):
                found.append((stem_of(folded[cut:]),))
                break
        for cut in range(len(folded) - 2, LEAST_INSIDE - 1, -1):
            front = folded[:cut]
            known = next((one for one in (front, front[:-1], front[:-2]) if one in self._singles), "")
            if len(known) >= LEAST_INSIDE and self._fits(known, folded[cut:]):
                found.append((stem_of(known),))
                break
        return found

    def _fits(self, part: str, rest: str) -> bool:
        return len(part) >= LONG_INSIDE or rest in FRONTS or base(rest) is not None or rest in self._singles

    def typo(self, folded: str) -> tuple[str, ...]:
        """The concepts of the one known word that is a slip away: a letter, two in a long word."""
        if folded not in self._typos:
            self._typos[folded] = self._typo(folded)
        return self._typos[folded]

    def alike(self, weights: Mapping[str, float], least: float) -> list[tuple[float, str]]:
        """(cosine, concept) of the texts of concepts with these stems, from `least` on, best first."""
        norm = math.sqrt(sum(one * one for one in weights.values()))
        scores = np.zeros(len(self._ids), np.float32)
        for stem, weight in weights.items():
            if stem in self._gist:
                places, shares = self._gist[stem]
                scores[places] += weight / norm * shares
        found = [(float(scores[place]), self._ids[place]) for place in np.flatnonzero(scores >= least)]
        return sorted(found, reverse=True)

    def _typo(self, folded: str) -> tuple[str, ...]:
        if len(folded) < LEAST_TYPO or folded in WORDS or stem_of(folded) in self.statistics.counts:
            return ()
        most = 1 if len(folded) < 10 else 2
        near = [
            (distance, one)
            for one in self._by_first.get(folded[0], ())
            if abs(len(one) - len(folded)) <= most
            and (distance := OSA.distance(one, folded, score_cutoff=most)) <= most
        ]
        return self.thesaurus.phrases.get((stem_of(min(near)[1]),), ()) if near else ()

    def _texts_of_concepts(self) -> dict[str, tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """{stem: (places of concepts, weights)}, the weights of a concept of length one."""
        texts: dict[str, Counter[str]] = {}
        for one in self.thesaurus.concepts.values():
            counts: Counter[str] = Counter()
            for text, times in [(one.name, 2), *((each, 2) for each in one.words), (one.note, 1)]:
                for stem in stems_of(words_of(text)):
                    counts[stem] += times
            texts[one.id] = counts
            self.statistics.add(counts)
        self._stems_of = {one: frozenset(counts) for one, counts in texts.items()}
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, counts in enumerate(texts.values()):
            weights = {stem: math.sqrt(n) * self.statistics.weight(stem) for stem, n in counts.items()}
            norm = math.sqrt(sum(one * one for one in weights.values())) or 1.0
            for stem, weight in weights.items():
                postings[stem].append((place, weight / norm))
        return {
            stem: (np.array([one for one, _ in rows]), np.array([share for _, share in rows], np.float32))
            for stem, rows in postings.items()
        }

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """{stem: the concepts it calls to mind}"""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.thesaurus.concepts.values():
            for stem in {stem for word in one.field for stem in phrase_key(word)}:
                found[stem].append(one.id)
        return dict(found)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.fields) | {stem for key in self.thesaurus.phrases for stem in key}

    @cached_property
    def lengths(self) -> dict[str, set[int]]:
        """{the first stem of a phrase of small words: how many words those phrases have}"""
        found: dict[str, set[int]] = defaultdict(set)
        for key in self.thesaurus.fixed:
            found[key[0]].add(len(key))
        return dict(found)

    @cached_property
    def _singles(self) -> frozenset[str]:
        texts = (text for one in self.thesaurus.concepts.values() for text in (one.name, *one.words))
        words = [words_of(text) for text in texts]
        return frozenset(found[0].folded for found in words if len(found) == 1 and len(found[0].folded) > 4)

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for one in sorted(self._singles):
            found[one[0]].append(one)
        return found

    @cached_property
    def scattered(self) -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
        """{the rarest stem of a phrase of several words: [(stems, concepts)]}"""
        found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
        for key, ids in self.thesaurus.phrases.items():
            if len(set(key)) == len(key) > 1:
                found[min(key, key=lambda one: (self.statistics.counts.get(one, 0.0), one))].append(
                    (key, ids)
                )
        return found


def stems_of(words: Sequence[Word]) -> list[str]:
    return [stem for one in words if not one.joining for stem in (one.stem, *one.parts)]

"""A need or an offer as a small sparse document: its words and the concepts they point to, with strengths.

A word that the thesaurus does not know is tried as a compound, then for a typing error, and the text as a
whole is compared with what is written about each concept.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.match_negation import denied
from app.domain.match_signals import leaning
from app.domain.match_vocabulary import Vocabulary, stems_of
from app.domain.thesaurus import Step, Thesaurus
from app.domain.word_forms import Word, words_of


class How(StrEnum):
    """How sure it is that the words mean the concept."""

    PHRASE = "phrase"
    SCATTERED = "scattered"
    INSIDE = "inside"
    COMPOUND = "compound"
    TYPO = "typo"
    GIST = "gist"
    FIELD = "field"


STRENGTH: dict[How, float] = {
    How.PHRASE: 1.0,
    How.SCATTERED: 0.9,
    How.INSIDE: 0.45,
    How.COMPOUND: 0.6,
    How.TYPO: 0.8,
    How.GIST: 1.4,
    How.FIELD: 0.45,
}
ENOUGH = 0.6  # of the weights of words, to be sure of a concept
PART = 0.6  # what a piece of a compound weighs against a whole word
LEAST_GIST = 0.14  # cosine
MOST_GIST = 5
LEAST_FIELD = 0.1  # one word that many concepts share is no hint
NEED_CORPUS = 5.0  # how much a need counts against the text of a concept in the statistics


@dataclass(frozen=True)
class Mention:
    strength: float
    words: tuple[str, ...]
    how: How


@dataclass(frozen=True)
class Document:
    """`words`: {stem: (strength, as written)}; `mentions`: {concept: Mention}; `denied` concepts are not
    offered; `leaning`: how much it sounds like trade, like help, and how many of its words are known."""

    words: Mapping[str, tuple[float, str]]
    mentions: Mapping[str, Mention]
    denied: frozenset[str] = frozenset()
    leaning: tuple[float, ...] = (0.0, 0.0, 0.0)


class Reader:
    """Reads texts with one thesaurus; knows its words, so that typing errors can be seen."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self._vocabulary = Vocabulary(thesaurus)
        self.statistics = self._vocabulary.statistics

    def learn(self, needs: Iterable[str]) -> None:
        """What all needs say tells little about each."""
        for text in needs:
            self.statistics.add(stems_of(words_of(text)), NEED_CORPUS)

    def need(self, text: str) -> Document:
        words = words_of(text)
        return Document(_word_weights(words), self._mentions(words))

    def offer(self, text: str) -> Document:
        words = words_of(text)
        away = denied(words)
        kept = [one for place, one in enumerate(words) if place not in away]
        mentions = self._mentions(kept)
        gone = self._denied([one for place, one in enumerate(words) if place in away]) - _sure(mentions)
        mentions = {name: one for name, one in mentions.items() if name not in gone}
        return Document(_word_weights(kept), mentions, frozenset(gone), (*leaning(kept), self._known(kept)))

    def _denied(self, words: Sequence[Word]) -> set[str]:
        """What these words are surely about, and all that is narrower."""
        found = _sure(self._mentions(words)) if words else set()
        for one in list(found):
            ways = self.thesaurus.reach(one).items()
            found |= {other for other, way in ways if set(way.steps) == {Step.BROADER}}
        return found

    def _mentions(self, words: Sequence[Word]) -> dict[str, Mention]:
        found: dict[str, Mention] = {}
        content = [one for one in words if not one.joining]
        self._fixed(words, found)
        place = 0
        while place < len(content):
            place += self._phrase_at(content, place, found)
        self._scattered(content, found)
        weights = _word_weights(content)
        self._gist_of(content, weights, found)
        self._field_of(weights, found)
        return found

    def _phrase_at(self, content: Sequence[Word], place: int, found: dict[str, Mention]) -> int:
        """The longest phrase that begins here; how many words it took."""
        phrases = self.thesaurus.phrases
        for length in range(min(self.thesaurus.longest, len(content) - place), 0, -1):
            run = content[place : place + length]
            ids = phrases.get(tuple(one.stem for one in run))
            if ids and run[0].clause == run[-1].clause:
                self._put(found, ids, How.PHRASE, run)
                for one in run if length > 1 else ():
                    self._put(found, phrases.get((one.stem,), ()), How.INSIDE, [one])
                return length
        self._inside(content[place], found)
        return 1

    def _known(self, words: Sequence[Word]) -> float:
        """0..1: the share of the words that carry meaning and occur in the thesaurus."""
        content = [one for one in words if not one.joining]
        known = sum(self._vocabulary.knows(one) for one in content)
        return known / (len(content) + 1)

    def _fixed(self, words: Sequence[Word], found: dict[str, Mention]) -> None:
        """Phrases of small words, that only mean something as they stand."""
        stems = tuple(one.stem for one in words)
        for place, stem in enumerate(stems):
            for length in self._vocabulary.lengths.get(stem, ()):
                ids = self.thesaurus.fixed.get(stems[place : place + length])
                run = words[place : place + length]
                if ids and run[0].clause == run[-1].clause:
                    self._put(found, ids, How.PHRASE, run)

    def _inside(self, word: Word, found: dict[str, Mention]) -> None:
        """A compound by its pieces, else by what it begins or ends with, else as a typing error."""
        phrases = self.thesaurus.phrases
        ids = phrases.get(word.parts, ()) if word.parts else ()
        if ids:
            self._put(found, ids, How.PHRASE, [word])
            return
        parts = word.parts
        runs = [parts[a:b] for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)]
        ends = [] if parts else self._vocabulary.ends(word.folded)
        hits = [ids for run in [*runs, *ends] if (ids := phrases.get(run, ()))]
        for ids in hits:
            self._put(found, ids, How.COMPOUND, [word])
        if not hits and not parts:
            self._put(found, self._vocabulary.typo(word.folded), How.TYPO, [word])

    def _scattered(self, content: Sequence[Word], found: dict[str, Mention]) -> None:
        """Phrases whose words all stand in one clause, in any order."""
        clauses: dict[int, dict[str, Word]] = defaultdict(dict)
        for one in content:
            clauses[one.clause].setdefault(one.stem, one)
        for clause in clauses.values():
            for stem in clause:
                for key, ids in self._vocabulary.scattered.get(stem, ()):
                    if all(one in clause for one in key):
                        self._put(found, ids, How.SCATTERED, [clause[one] for one in key])

    def _put(
        self, found: dict[str, Mention], ids: Sequence[str], how: How, run: Sequence[Word], share: float = 1.0
    ) -> None:
        strength = min(share * STRENGTH[how], 1.0) * self._telling(run) / math.sqrt(max(len(ids), 1))
        for one in ids:
            if one not in found or found[one].strength < strength:
                found[one] = Mention(strength, tuple(word.shown for word in run), how)

    def _telling(self, run: Sequence[Word]) -> float:
        """0..1: how much these words say together."""
        return min(sum(self.statistics.weight(one.stem) for one in run if not one.joining) / ENOUGH, 1.0)

    def _gist_of(
        self, content: Sequence[Word], words: Mapping[str, tuple[float, str]], found: dict[str, Mention]
    ) -> None:
        """Concepts whose own text shares telling words with this one."""
        weights = {stem: one[0] * self.statistics.weight(stem) for stem, one in words.items()}
        for score, concept in self._vocabulary.alike(weights, LEAST_GIST)[:MOST_GIST]:
            shared = [one for one in content if self._vocabulary.shares(one, concept)]
            self._put(found, (concept,), How.GIST, shared[:4], share=min(score, 1.0))

    def _field_of(self, words: Mapping[str, tuple[float, str]], found: dict[str, Mention]) -> None:
        """Concepts that several words together call to mind; each adds to what is left of the doubt."""
        doubts: dict[str, float] = defaultdict(lambda: 1.0)
        by: dict[str, dict[str, None]] = defaultdict(dict)
        for stem, (strength, shown) in words.items():
            ids = self._vocabulary.fields.get(stem)
            if ids:
                hint = STRENGTH[How.FIELD] * strength * self.statistics.weight(stem) / math.sqrt(len(ids))
                for one in ids:
                    doubts[one] *= 1 - hint
                    by[one][shown] = None
        for one, doubt in doubts.items():
            if 1 - doubt >= LEAST_FIELD and (one not in found or found[one].strength < 1 - doubt):
                found[one] = Mention(1 - doubt, tuple(by[one])[:4], How.FIELD)


def _sure(mentions: Mapping[str, Mention]) -> set[str]:
    return {name for name, one in mentions.items() if one.how not in (How.GIST, How.FIELD, How.INSIDE)}


def _word_weights(words: Sequence[Word]) -> dict[str, tuple[float, str]]:
    found: dict[str, tuple[float, str]] = {}
    for one in words:
        if not one.joining:
            for part in one.parts:
                found.setdefault(part, (PART, one.shown))
            found[one.stem] = (1.0, one.shown)
    return found

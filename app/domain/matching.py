"""Which need an offer takes away, with the reasons and how sure; or none.

An offer's scores depend on the needs and on that offer, never on the other offers: a changed offer matches
only itself again, and no organisation moves because another one wrote something.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.domain.errors import DomainError, NotFound
from app.domain.match_features import Needs
from app.domain.match_reading import Document, Reader
from app.domain.match_reasons import Reason, reasons
from app.domain.match_scores import Scores, scores_of
from app.domain.match_weights import THRESHOLD
from app.domain.thesaurus import Thesaurus

MOST_CHARACTERS = 50_000
_AT_ONCE = 500  # offers in one go, so that memory stays small


class Encoder(Protocol):
    """A second opinion: how alike texts are, 0..1, as (offers, needs)."""

    def likeness(self, needs: Sequence[str], offers: Sequence[str]) -> Scores: ...


@dataclass(frozen=True)
class Match:
    """`score` 0..1 is how sure it is that the offer takes the need away; `reasons` the strongest first."""

    need: str
    score: float
    reasons: tuple[Reason, ...]


class MatchIndex:
    """Offers against a fixed set of needs ({id: text}). Raises DomainError for a text that is too long."""

    def __init__(
        self, needs: Mapping[str, str], thesaurus: Thesaurus, encoder: Encoder | None = None
    ) -> None:
        _check(needs)
        self.needs = tuple(needs)
        self._need_texts = tuple(needs.values())
        self._reader = Reader(thesaurus)
        self._reader.learn(self._need_texts)
        self._matrix = Needs(self._reader, [self._reader.need(text) for text in self._need_texts])
        self._encoder = encoder
        self._texts: dict[str, str] = {}
        self._scores: dict[str, Scores] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, offer: str) -> bool:
        return offer in self._texts

    def add(self, offer: str, text: str) -> None:
        """A new offer. Raises DomainError for an id that is there already."""
        self.add_all({offer: text})

    def add_all(self, offers: Mapping[str, str]) -> None:
        _check(offers)
        known = next((one for one in offers if one in self._texts), None)
        if known is not None:
            raise DomainError("match_offer_known", offer=known)
        self._match(offers)

    def replace(self, offer: str, text: str) -> None:
        """The same offer with another text; the others keep their scores."""
        self._known(offer)
        _check({offer: text})
        self._match({offer: text})

    def remove(self, offer: str) -> None:
        self._known(offer)
        del self._texts[offer], self._scores[offer]

    def scores(self, offer: str) -> Scores:
        """One score per need, in the order of `needs`."""
        self._known(offer)
        return self._scores[offer]

    def matches(self, offer: str, most: int | None = None) -> list[Match]:
        """The needs, best first; all of them without `most`."""
        scores = self.scores(offer)
        document = self._reader.offer(self._texts[offer])
        order = np.argsort(-scores, kind="stable")[:most]
        return [self._as_match(int(row), scores, document) for row in order]

    def match(self, need: str, offer: str) -> Match:
        """One need and one offer, with the reasons, however low the score."""
        self._known(offer)
        return self._pair(offer, self._row(need))

    def about(self, need: str, offer: str) -> tuple[list[str], list[str]]:
        """The concepts that each of the two mentions, by name, the clearest first."""
        self._known(offer)
        documents = self._matrix.documents[self._row(need)], self._reader.offer(self._texts[offer])
        names = self._reader.thesaurus.concepts
        first, second = (
            [
                names[one].name
                for one, mention in sorted(document.mentions.items(), key=lambda pair: -pair[1].strength)
                if one not in document.denied
            ]
            for document in documents
        )
        return first, second

    def best(self, offer: str) -> str | None:
        """The need that the offer most likely takes away; None when nothing says so clearly enough."""
        scores = self.scores(offer)
        if not len(scores) or scores.max() < THRESHOLD:
            return None
        return self.needs[int(scores.argmax())]

    def candidates(self, need: str, most: int = 10) -> list[tuple[str, Match]]:
        """(offer, match) for one need from the threshold on, best first."""
        row = self._row(need)
        found = [(offer, float(scores[row])) for offer, scores in self._scores.items()]
        kept = sorted((one for one in found if one[1] >= THRESHOLD), key=lambda one: (-one[1], one[0]))
        return [(offer, self._pair(offer, row)) for offer, _ in kept[:most]]

    def _pair(self, offer: str, row: int) -> Match:
        return self._as_match(row, self._scores[offer], self._reader.offer(self._texts[offer]))

    def _as_match(self, row: int, scores: Scores, document: Document) -> Match:
        score = round(float(scores[row]), 4)
        why = reasons(self._matrix, row, document) if score else ()
        return Match(self.needs[row], score, why)

    def _row(self, need: str) -> int:
        if need not in self.needs:
            raise NotFound("need")
        return self.needs.index(need)

    def _known(self, offer: str) -> None:
        if offer not in self._texts:
            raise NotFound("offer")

    def _match(self, offers: Mapping[str, str]) -> None:
        for some in _portions(list(offers.items())):
            documents = [self._reader.offer(text) for _, text in some]
            leanings = np.array([one.leaning for one in documents], np.float32)
            second = self._second([text for _, text in some])
            found = scores_of(self._matrix.features(documents), leanings, second)
            for (offer, text), row in zip(some, found, strict=True):
                self._texts[offer], self._scores[offer] = text, row

    def _second(self, texts: Sequence[str]) -> Scores | None:
        return self._encoder.likeness(self._need_texts, texts) if self._encoder else None


def _portions(rows: Sequence[tuple[str, str]]) -> Iterable[Sequence[tuple[str, str]]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _check(texts: Mapping[str, str]) -> None:
    for id, text in texts.items():
        if len(text) > MOST_CHARACTERS:
            raise DomainError("match_text_too_long", id=id, most=MOST_CHARACTERS)

"""The one interface for looking through calls, whatever the database.

Each database stores the analysed words of a call and finds the calls that hold them; what is found is
ranked here, in the same way for all, so that a visitor sees the same list on each.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.addenda.finding.dutch import STOP_WORDS, analysed, tokens
from app.addenda.finding.query import Query, Word

# How much a word counts where it is found.
WEIGHTS = {
    "title": 10,
    "region": 8,
    "municipality": 8,
    "persona": 6,
    "obstacle": 5,
    "goal": 4,
    "life_domain": 4,
    "challenge": 3,
    "story": 3,
    "ambition": 2,
    "analysis": 2,
    "timeline": 1,
}
_HARDLY = 0.2  # the quality of a word of which only parts were found


@dataclass(frozen=True)
class Passage:
    """A piece of a call under one of the names of WEIGHTS."""

    field: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A call that was found; `places` are the passages that hold words of the query, best first."""

    addendum_id: int
    score: float
    places: tuple[Passage, ...]


class SearchIndex(Protocol):
    """Writing happens inside the transaction of what changed; reading needs none."""

    def index(self, addendum_id: int, passages: Sequence[Passage]) -> None:
        """Lay down what can be found of a call, in the place of what was there."""

    def remove(self, addendum_id: int) -> None:
        """The call is found no more."""

    def search(self, query: Query) -> list[Hit]:
        """The calls that hold every word and phrase, best first; for equals the newest."""

    def known(self) -> set[int]:
        """The calls that are laid down."""

    def vocabulary(self, addendum_ids: Iterable[int]) -> set[str]:
        """Every word of these calls, folded."""


def record(passages: Sequence[Passage]) -> tuple[list[str], str, str]:
    """(terms to find the call by, its passages as JSON, its vocabulary) for storing."""
    by_passage = [(one.field, one.text, analysed(one.text)) for one in passages]
    every = sorted({term for *_, found in by_passage for term in found})
    stored = [[field, text, f" {' '.join(found)} "] for field, text, found in by_passage]
    words = {token.word for one in passages for token in tokens(one.text)}
    vocabulary = sorted(one for one in words if len(one) > 2 and one not in STOP_WORDS and one.isalpha())
    return every, json.dumps(stored, ensure_ascii=False), " ".join(vocabulary)


def ranked(rows: Iterable[tuple[int, str]], query: Query) -> list[Hit]:
    """Hits from (addendum_id, stored passages): those with every phrase, best first."""
    hits = (_hit(addendum_id, json.loads(stored), query) for addendum_id, stored in rows)
    return sorted((one for one in hits if one), key=lambda one: (-one.score, -one.addendum_id))


def _hit(addendum_id: int, stored: list[Any], query: Query) -> Hit | None:
    found = [
        (Passage(field, text), scores)
        for field, text, padded in stored
        if any(scores := [WEIGHTS[field] * word.quality(padded) for word in query.words])
    ]
    if not all(any(_holds(one.text, phrase) for one, _ in found) for phrase in query.phrases):
        return None
    best = [max((scores[place] for _, scores in found), default=0.0) for place in range(len(query.words))]
    whole = {
        place: sum(score > _HARDLY * WEIGHTS[place.field] for score in scores) for place, scores in found
    }
    together = max(whole.values(), default=0)
    places = sorted(found, key=lambda one: (-whole[one[0]], -sum(one[1])))
    return Hit(addendum_id, sum(best) + together / 10, tuple(one for one, _ in places))


def _holds(text: str, phrase: tuple[Word, ...]) -> bool:
    """Whether the words stand in the text next to each other."""
    words = [token.word for token in tokens(text)]
    starts = range(len(words) - len(phrase) + 1)
    return any(all(word.is_in(words[start + place]) for place, word in enumerate(phrase)) for start in starts)

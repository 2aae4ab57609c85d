"""The words of the sector as concepts, and how far one concept is from another.

A concept has words; it may be narrower than another (`broader`), related to it, and as a kind of help take a
problem away (`helps`). `reach` follows these from what is offered to what is needed: each step keeps only a
part, and the best way counts.
"""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.errors import DomainError
from app.domain.life_domains import LIFE_DOMAINS
from app.domain.word_forms import NEGATORS, phrase_key, words_of


class Step(StrEnum):
    """How an offer's concept leads to a need's: `NARROWER` when the offer is the narrower of the two."""

    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    RELATED = "related"
    HELPS = "helps"
    SAME_PROBLEM = "same_problem"


@dataclass(frozen=True)
class Concept:
    id: str
    name: str
    words: tuple[str, ...]
    domain: str = ""
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    note: str = ""
    field: tuple[str, ...] = ()  # words that only call it to mind


@dataclass(frozen=True)
class Way:
    """`weight` 0..1; `steps` from the offer's side to the need's; `over` the concepts on it, ends too."""

    weight: float
    steps: tuple[Step, ...]
    over: tuple[str, ...]

    @property
    def kind(self) -> Step:
        """The step that says most about the way: help first, then a shared problem."""
        for one in (Step.HELPS, Step.SAME_PROBLEM, Step.RELATED, Step.BROADER, Step.NARROWER):
            if one in self.steps:
                return one
        return Step.SAME


# What is left after a step; found on the tune half by `python -m bench.match_fit`.
DAMPING: dict[Step, float] = {
    Step.NARROWER: 0.75,
    Step.BROADER: 0.4,
    Step.RELATED: 0.45,
    Step.HELPS: 0.9,
    Step.SAME_PROBLEM: 0.35,
}
LEAST_WAY = 0.12
MOST_STEPS = 3


class Thesaurus:
    """Concepts by id, found by their words. Raises DomainError on a table that does not add up."""

    def __init__(self, concepts: Iterable[Concept], damping: Mapping[Step, float] = DAMPING) -> None:
        self.concepts: dict[str, Concept] = {}
        for one in concepts:
            if one.id in self.concepts:
                raise DomainError("thesaurus_duplicate", concept=one.id)
            self.concepts[one.id] = one
        self.damping = dict(damping)
        self._next = self._links()
        self._reach: dict[str, dict[str, Way]] = {}
        self.phrases, self.fixed = self._phrases(_keys), self._phrases(_fixed)
        self.longest = max((len(key) for key in self.phrases), default=0)

    def reach(self, concept: str) -> Mapping[str, Way]:
        """The concepts that an offer with this one has something to say about, itself included."""
        if concept not in self._reach:
            self._reach[concept] = self._ways(concept)
        return self._reach[concept]

    def domain(self, concept: str) -> str:
        return self.concepts[concept].domain

    def _links(self) -> dict[str, list[tuple[str, Step]]]:
        links: dict[str, list[tuple[str, Step]]] = defaultdict(list)
        for one in self.concepts.values():
            for other in self._known(one.broader):
                links[one.id].append((other, Step.NARROWER))
                links[other].append((one.id, Step.BROADER))
            for other in self._known(one.related):
                links[one.id].append((other, Step.RELATED))
                links[other].append((one.id, Step.RELATED))
            for other in self._known(one.helps):
                links[one.id].append((other, Step.HELPS))
                links[other].append((one.id, Step.SAME_PROBLEM))
        return links

    def _known(self, ids: Iterable[str]) -> list[str]:
        return [one for one in ids if one in self.concepts]

    def _ways(self, start: str) -> dict[str, Way]:
        """Best-first over products; `HELPS` once at most, for help does not chain."""
        best: dict[str, Way] = {}
        queue: list[tuple[float, tuple[Step, ...], tuple[str, ...]]] = [(-1.0, (), (start,))]
        while queue:
            minus, steps, over = heapq.heappop(queue)
            if over[-1] in best:
                continue
            best[over[-1]] = Way(-minus, steps, over)
            if len(steps) == MOST_STEPS:
                continue
            for other, step in self._next.get(over[-1], ()):
                weight = -minus * self.damping[step]
                if weight >= LEAST_WAY and other not in best and _may_follow(steps, step):
                    heapq.heappush(queue, (-weight, (*steps, step), (*over, other)))
        return best

    def _phrases(self, keys: Callable[[str], set[tuple[str, ...]]]) -> dict[tuple[str, ...], tuple[str, ...]]:
        """{stems of a phrase: ids}"""
        found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        for one in self.concepts.values():
            for phrase in (one.name, *one.words):
                for key in keys(phrase):
                    found[key][one.id] = None
        return {key: tuple(ids) for key, ids in found.items()}


def _may_follow(steps: tuple[Step, ...], step: Step) -> bool:
    if step in (Step.HELPS, Step.SAME_PROBLEM) and step in steps:
        return False
    if step is Step.RELATED and Step.RELATED in steps:
        return False
    return not (steps and {steps[-1], step} == {Step.NARROWER, Step.BROADER})


def _keys(phrase: str) -> set[tuple[str, ...]]:
    """By the words that carry meaning; a compound is found when written apart too."""
    words, key = words_of(phrase), phrase_key(phrase)
    if not key or _rests_on_one(phrase):
        return set()
    return {key, words[0].parts} if len(words) == 1 and words[0].parts else {key}


def _fixed(phrase: str) -> set[tuple[str, ...]]:
    """Of a phrase with one telling word at most ("niets om handen"): all its words as they stand."""
    words = words_of(phrase)
    whole = len(words) == len(phrase.split())
    return {tuple(one.stem for one in words)} if _rests_on_one(phrase) and whole else set()


def _rests_on_one(phrase: str) -> bool:
    words = words_of(phrase)
    telling = [one for one in words if not one.joining and one.folded not in NEGATORS]
    negates = any(one.folded in NEGATORS for one in words)
    return len(telling) < 2 and len(phrase.split()) > 1 + negates


def concept_of(id: str, table: Mapping[str, Any]) -> Concept:
    """A table of the file as a concept. Raises DomainError when it has another shape."""
    lists = {key: table.get(key, []) for key in ("woorden", "ruimer", "verwant", "helpt-bij", "veld")}
    texts = {key: table.get(key, "") for key in ("naam", "domein", "uitleg")}
    wrong = [key for key, value in lists.items() if not _is_texts(value)]
    wrong += [key for key, value in texts.items() if not isinstance(value, str)]
    if wrong or not texts["naam"]:
        raise DomainError("thesaurus_shape", concept=id, part=(wrong or ["naam"])[0])
    if texts["domein"] and texts["domein"] not in LIFE_DOMAINS:
        raise DomainError("thesaurus_domain", concept=id, domain=texts["domein"])
    return Concept(
        id,
        texts["naam"],
        tuple(lists["woorden"]),
        texts["domein"],
        tuple(lists["ruimer"]),
        tuple(lists["verwant"]),
        tuple(lists["helpt-bij"]),
        texts["uitleg"],
        tuple(lists["veld"]),
    )


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)

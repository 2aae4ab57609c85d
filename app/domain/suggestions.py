"""Offers for the editor: which life domains an obstacle is about, and which obstacles a goal helps with.

An offer never decides: it names the words it rests on, and a person ticks it or not. Words are compared by
their Dutch stem; a keyword also counts as the first or last part of a compound ("huurcontract"), and long
words may carry a typing error.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from rapidfuzz import fuzz, process

from app.domain.life_domains import DOMAINS

THRESHOLD = 0.6  # one keyword, or two hints; a lone hint stays below
MOST = 2  # offers per row: more is no help
EXACT, PART, TYPO, HINT = 1.0, 0.7, 0.6, 0.4
LEAST_PART, LEAST_REST, LEAST_TYPO = 4, 3, 7
SAME_DOMAIN = 0.8  # how much a shared domain says, against a shared word
_STOP = frozenset(
    re.findall(
        r"\w+",
        "de het een en of om te van in op aan bij met voor uit door over tot als dan dat die dit deze wat "
        "wie hoe waar er is zijn was wordt worden heeft hebben had kan kunnen wil willen moet moeten mag "
        "zal zich ze zij hij hun hen haar hem je jij we wij ons onze ik men geen niet nog ook al weer wel "
        "maar naar toe zo veel weinig meer minder elke elk iets iemand ander anderen andere opnieuw zelf "
        "zonder tegen onder tussen na ten ter eigen goed krijgen maken komen gaan blijven vinden nemen "
        "geven durven doen laten staan zitten gaat blijft komt krijgt vindt maakt leren weten houden raken "
        "helpen mensen ",
    )
)
_stem = snowballstemmer.stemmer("dutch_porter")


@dataclass(frozen=True)
class Offer:
    """`target` is a life domain or the key of an obstacle; `words` are the words of the text it rests on,
    `shared` the life domain both texts are about when that is the reason."""

    target: str
    score: float
    words: tuple[str, ...]
    shared: str = ""


@dataclass(frozen=True)
class Candidate:
    """An obstacle that a goal may help with; `life_domains` are those ticked already."""

    key: str
    label: str
    life_domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Keyword:
    stems: tuple[str, ...]
    domain: str
    weight: float


def suggest_life_domains(text: str) -> list[Offer]:
    """The life domains a text seems to be about, best first; none when the words say too little."""
    found = _domains_of(text)
    ranked = sorted(found.items(), key=lambda one: -one[1][0])
    best = ranked[0][1][0] if ranked else 0.0
    return [
        Offer(domain, score, words)
        for domain, (score, words) in ranked[:MOST]
        if score >= THRESHOLD and score >= 0.8 * best
    ]


def suggest_obstacles(goal: str, candidates: Sequence[Candidate]) -> list[Offer]:
    """The obstacles of the same challenge that a goal seems to help with, best first.

    A domain that many of the obstacles share says less about each of them.
    """
    about = _domains_of(goal)
    domains = {one.key: _domains_of_candidate(one) for one in candidates}
    crowd = Counter(domain for of_one in domains.values() for domain in of_one)
    rare = Counter(stem for one in candidates for stem in set(_stems(one.label).values()))
    offers = [_offer(goal, about, one, domains[one.key], crowd, rare) for one in candidates]
    offers = sorted((one for one in offers if one.score >= THRESHOLD), key=lambda one: -one.score)
    return [one for one in offers[:MOST] if one.score >= 0.8 * offers[0].score]


def _offer(
    goal: str,
    about: Mapping[str, tuple[float, tuple[str, ...]]],
    candidate: Candidate,
    domains: Mapping[str, float],
    crowd: Mapping[str, int],
    rare: Mapping[str, int],
) -> Offer:
    words, score = [], 0.0
    for word, stem in _stems(goal).items():
        other = next((one for one in _stems(candidate.label).values() if _alike(stem, one)), None)
        if other is not None:
            words.append(word)
            score += EXACT / rare[other]
    common = {
        one: min(about[one][0], 1.0) * min(domains[one], 1.0) / crowd[one] for one in about if one in domains
    }
    shared = max(common, key=lambda one: common[one], default="")
    weight = SAME_DOMAIN * common[shared] if shared else 0.0
    if words:
        return Offer(candidate.key, score + weight, tuple(words))
    return Offer(candidate.key, weight, about[shared][1] if shared else (), shared)


def _domains_of_candidate(one: Candidate) -> dict[str, float]:
    """What was ticked is certain; until then the words of the label."""
    if one.life_domains:
        return dict.fromkeys(one.life_domains, 1.0)
    return {domain: score for domain, (score, _) in _domains_of(one.label).items()}


@lru_cache(maxsize=2048)
def _domains_of(text: str) -> Mapping[str, tuple[float, tuple[str, ...]]]:
    """{life domain: (score, the words it rests on)}."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.casefold())
    stems = [_stem.stemWord(one) for one in words]
    found: dict[str, tuple[float, tuple[str, ...]]] = {}
    place = 0
    while place < len(words):
        hits, length = _keywords_at(words, stems, place)
        shown = " ".join(words[place : place + length])
        for domain, weight in hits.items():
            score, known = found.get(domain, (0.0, ()))
            found[domain] = (score + weight, known if shown in known else (*known, shown))
        place += length
    return found


def _keywords_at(words: Sequence[str], stems: Sequence[str], place: int) -> tuple[dict[str, float], int]:
    """The domains that the words from `place` on point to, and how many words that took."""
    for length in range(min(_longest(), len(stems) - place), 0, -1):
        exact = _index().get(tuple(stems[place : place + length]))
        if exact:
            return exact, length
    if words[place] in _STOP:
        return {}, 1
    return _inside(words[place]) or _nearly(words[place]), 1


@lru_cache(maxsize=4096)
def _inside(word: str) -> dict[str, float]:
    """A compound: the longest keyword it begins or ends with, as written or by its stem."""
    stem = _stem.stemWord(word)
    parts = [
        (part, found)
        for part, found in _parts()
        if (len(word) - len(part) >= LEAST_REST and (word.startswith(part) or word.endswith(part)))
        or (len(stem) - len(part) >= LEAST_REST and stem.endswith(part))
    ]
    longest = max(parts, key=lambda one: len(one[0]), default=None)
    return dict.fromkeys(longest[1], PART) if longest else {}


@lru_cache(maxsize=4096)
def _nearly(word: str) -> dict[str, float]:
    """A long word with a letter wrong."""
    if len(word) < LEAST_TYPO:
        return {}
    hit = process.extractOne(word, _long_words(), scorer=fuzz.ratio, score_cutoff=90)
    return {domain: TYPO for domain in _index()[(_stem.stemWord(hit[0]),)]} if hit else {}


def _alike(one: str, other: str) -> bool:
    """The same stem, or one is the first or last part of the other."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    return len(short) >= LEAST_PART + 1 and (long.startswith(short) or long.endswith(short))


def _stems(text: str) -> dict[str, str]:
    """{word: stem} of the words that carry meaning."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {one: _stem.stemWord(one) for one in words if one not in _STOP and len(one) > 2}


@lru_cache(maxsize=1)
def _index() -> dict[tuple[str, ...], dict[str, float]]:
    """{stems of a keyword: {life domain: weight}}."""
    index: dict[tuple[str, ...], dict[str, float]] = {}
    for one in _all_keywords():
        index.setdefault(one.stems, {})[one.domain] = one.weight
    return index


def _all_keywords() -> Iterable[_Keyword]:
    for domain in DOMAINS:
        for weight, phrases in ((HINT, domain.hints), (EXACT, domain.keywords)):
            for phrase in phrases:
                words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", phrase.casefold())
                yield _Keyword(tuple(_stem.stemWord(one) for one in words), domain.name, weight)


@lru_cache(maxsize=1)
def _parts() -> tuple[tuple[str, frozenset[str]], ...]:
    """(keyword or its stem, its life domains) of the words that may stand inside a longer one."""
    parts: dict[str, frozenset[str]] = {}
    for domain in DOMAINS:
        for keyword in domain.keywords:
            for part in (keyword.casefold(), _stem.stemWord(keyword.casefold())):
                if " " not in part and len(part) >= LEAST_PART:
                    parts[part] = parts.get(part, frozenset()) | {domain.name}
    return tuple(parts.items())


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(stems) for stems in _index())


@lru_cache(maxsize=1)
def _long_words() -> tuple[str, ...]:
    words = (one.casefold() for domain in DOMAINS for one in domain.keywords if " " not in one)
    return tuple(one for one in words if len(one) >= LEAST_TYPO)

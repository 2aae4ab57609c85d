"""Dutch words as they are indexed and looked for: the same analysis for every database.

A word is indexed as it stands (for looking from its beginning), under its base form and its stem, and, for a
compound, under those of its parts. So "woningen" finds "woning", and "kwaliteit" finds "woonkwaliteit".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from app.domain.compounds import base, fold, front_pieces, pieces

WORD = re.compile(r"[^\W_]+")
LONGEST = 60
_SMALL_WORDS = """
aan al als ben bij dan dat de den der deze die dit door dus een en er ge geen haar had heb hebben heeft
hem het hier hij hoe hun ik in is je kan kun me men met mij mijn n na naar niet nog nu of om onder ons ook
op over s t te tot u uit uw van veel voor waar was wat we wel wie wij wil worden wordt ze zich zij zijn zo
zou zullen
"""
STOP_WORDS = frozenset(_SMALL_WORDS.split())
_stemmer = snowballstemmer.stemmer("dutch_porter")


@dataclass(frozen=True)
class Token:
    """A word of a text: where it stands, and folded to lower case without accents."""

    start: int
    end: int
    word: str


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order."""
    for found in WORD.finditer(text):
        yield Token(found.start(), found.end(), fold(found.group())[:LONGEST])


@lru_cache(maxsize=50_000)
def own_terms(word: str) -> tuple[str, ...]:
    """A folded word under its base form, if it is a known one, and its stem."""
    known = base(word)
    return tuple(dict.fromkeys(one for one in (known, _stem(known or word), _stem(word)) if one))


@lru_cache(maxsize=50_000)
def part_terms(word: str) -> tuple[tuple[str, ...], ...]:
    """The same for each part of a compound; empty for another word."""
    found = pieces(word)
    return tuple(own_terms(one.base) for one in found) if len(found) > 1 else ()


@lru_cache(maxsize=50_000)
def needed_parts(word: str) -> tuple[tuple[str, ...], ...]:
    """The parts of a compound without which a call has nothing to do with it: of a long one all but the
    last, of a mistyped one those that are clear, so that "schuldhulpverlening" still finds "schuldhulp"."""
    parts = part_terms(word) or tuple(own_terms(one.base) for one in front_pieces(word))
    return parts[:-1] if len(part_terms(word)) > 2 else parts


@lru_cache(maxsize=50_000)
def terms(word: str) -> tuple[str, ...]:
    """Everything a folded word is indexed under."""
    parts = (one for part in part_terms(word) for one in part)
    return tuple(dict.fromkeys((word, *own_terms(word), *parts)))


def analysed(text: str) -> list[str]:
    """All terms of a text, in order, each as often as it comes."""
    return [one for token in tokens(text) for one in terms(token.word)]


def _stem(word: str) -> str:
    """The stem with the last letter as it sounds, so that "brief" and "brieven" are one."""
    stem: str = _stemmer.stemWord(word)
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1]) if stem else word

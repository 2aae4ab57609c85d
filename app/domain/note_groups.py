"""Which short Dutch notes say the same, so that a room of sixty does not drown in duplicates.

Measured on tests/domain/data/note_pairs.csv. Careful rather than eager: two different worries in one group
is worse than one worry in two groups, which the regisseur merges with one click.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from rapidfuzz import fuzz

Key = TypeVar("Key")

# Two notes are the same from here on (0-100); chosen on the "choose" half of the labelled pairs.
THRESHOLD = 82.0
# From here on two words are the same word: rijbewijs and rijbewijzen, wachtlijst and wachtlijsten.
_SAME_WORD = 78.0
_BEGINNING = 5  # letters that two forms of one word share at least
# Ways to say that something is not there. They become one mark, because with or without is the difference.
_LACK = re.compile(
    r"\b(?:geen|gn|niet|nie|nooit|niemand|nergens|nauwelijks|zonder|weinig|onvoldoende|amper|mist|missen"
    r"|gebrek(?: aan)?|tekort(?: aan)?|ontbre\w+)\b"
)
_LIGHT_WORDS = """
    de het een en of in op van voor met om er is zijn te dat die dit aan bij als dan naar door over tot uit al
    ook nog wel zo heel erg veel meer ik je jij we wij ze zij hij zich hun haar mijn ons hen heeft hebben heb
    wordt worden word kan kunnen moet moeten was waren mensen s t d genoeg hier daar daarvoor
"""
_LIGHT = frozenset(_LIGHT_WORDS.split())


@dataclass(frozen=True)
class Sense:
    """What is left of a note: its words that carry meaning, in order, and whether it says "not"."""

    words: tuple[str, ...]
    lacks: bool
    plain: str


@lru_cache(maxsize=8192)
def sense_of(text: str) -> Sense:
    """Lower case, without accents, punctuation and light words; ways to say "not" become one mark."""
    bare = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    plain = " ".join(re.findall(r"[a-z0-9]+", bare))
    rest, lacking = _LACK.subn(" ", plain)
    words = tuple(word for word in rest.split() if word not in _LIGHT) or tuple(rest.split())
    return Sense(words, lacking % 2 == 1, plain)


@lru_cache(maxsize=65536)
def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if one.isdecimal() or other.isdecimal():
        return False
    short, long = sorted((one, other), key=len)
    if len(short) < 4:
        return False
    begins = one[:_BEGINNING] == other[:_BEGINNING] and len(short) / len(long) > 0.6
    return begins or (one[:2] == other[:2] and fuzz.ratio(one, other) >= _SAME_WORD)


def _shared(one: Sense, other: Sense) -> float:
    """How much of both notes, in letters, is in words that they share (0-100)."""
    free = list(other.words)
    common = 0
    for word in one.words:
        match = next((place for place, rest in enumerate(free) if _same_word(word, rest)), None)
        if match is not None:
            common += len(word) + len(free.pop(match))
    total = sum(map(len, one.words)) + sum(map(len, other.words))
    return 100 * common / total if total else 0.0


def similarity(one: str, other: str) -> float:
    """0 (nothing in common, or one denies what the other says) to 100 (the same)."""
    first, second = sense_of(one), sense_of(other)
    if first.plain == second.plain:
        return 100.0 if first.plain else 0.0
    if first.lacks != second.lacks or not first.words or not second.words:
        return 0.0
    joined = "".join(first.words), "".join(second.words)
    if joined[0] == joined[1]:  # rug klachten and rugklachten
        return 100.0
    return _shared(first, second)


def best_group(text: str, notes: Iterable[tuple[Key, str]]) -> Key | None:
    """The key of the note that says the same as `text` best, the first one when several do equally well;
    None when nothing comes near enough."""
    best: Key | None = None
    highest = THRESHOLD
    for key, other in notes:
        score = similarity(text, other)
        if score > highest or (score == highest and best is None):
            best, highest = key, score
            if score == 100.0:
                break
    return best

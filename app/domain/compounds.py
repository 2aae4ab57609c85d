"""Dutch compounds cut into the words they are made of: "woonkwaliteit" is woon + kwaliteit.

A word is cut only when every piece of it is a known word (`dutch_words`), so that an unknown name stays
whole. Of several ways, the one with the fewest pieces wins, then the one with the least in between them.
Measured in tests/domain/test_compounds.py on words the lists were not made for.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from app.domain.dutch_words import FRONTS, WORDS

_SHORTEST = 6
_VOWELS = "aeiou"
# Pieces that stand in another form in front than on their own.
_OWN_BASES = {"kinder": "kind", "eier": "ei", "rijks": "rijk", "staats": "staat", "stads": "stad"}
# Plurals that follow no rule, or the rule of another word.
_IRREGULAR = {
    "baden": "bad",
    "bedragen": "bedrag",
    "bladeren": "blad",
    "daden": "daad",
    "dagen": "dag",
    "daken": "dak",
    "eieren": "ei",
    "gaten": "gat",
    "gebreken": "gebrek",
    "glazen": "glas",
    "kinderen": "kind",
    "leden": "lid",
    "lessen": "les",
    "paden": "pad",
    "schepen": "schip",
    "spelen": "spel",
    "steden": "stad",
    "vaten": "vat",
    "verdragen": "verdrag",
    "verloven": "verlof",
    "wegen": "weg",
}


@dataclass(frozen=True)
class Piece:
    """`text` as it stands in the word, linking letters included; `base` the word it is a form of."""

    text: str
    base: str


def fold(text: str) -> str:
    """Lower case, without accents: "Crèche" -> "creche"."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(one for one in parts if not unicodedata.combining(one))


@lru_cache(maxsize=50_000)
def pieces(word: str) -> tuple[Piece, ...]:
    """The pieces of a folded word; a word that is no compound, or not a known one, is one piece."""
    if word in _FORMS or len(word) < _SHORTEST:
        return (Piece(word, _FORMS.get(word, word)),)
    best = _best(word)
    return best if best is not None else (Piece(word, word),)


@lru_cache(maxsize=50_000)
def front_pieces(word: str) -> tuple[Piece, ...]:
    """What the beginning of an unknown folded word is made of, as far as it is clear: at least two pieces of
    four letters or more ("schuldhulpverlenning" is schuld + hulp and something); else empty."""
    if len(pieces(word)) > 1 or word in _FORMS:
        return ()
    reached = _reached(word)
    for end in sorted(reached, reverse=True):
        way = reached[end][1]
        if len(way) > 1 and min(len(one.text) for one in way) > 3 and len(word) - end > 3:
            return way
    return ()


def base(word: str) -> str | None:
    """The base form of a known folded word ("woningen" -> "woning"); None for an unknown one."""
    return _FORMS.get(word)


def _best(word: str) -> tuple[Piece, ...] | None:
    """The cheapest way to reach the end."""
    way = _reached(word).get(len(word))
    return way[1] if way and len(way[1]) > 1 and max(len(one.text) for one in way[1]) > 3 else None


def _reached(word: str) -> dict[int, tuple[int, tuple[Piece, ...]]]:
    """By a number of letters, the cheapest way to have covered them: (cost, pieces)."""
    reached: dict[int, tuple[int, tuple[Piece, ...]]] = {0: (0, ())}
    for start in range(len(word) - 2):
        if start not in reached:
            continue
        cost, before = reached[start]
        for end in range(start + 2, len(word) + 1):
            found = _piece(word[start:end], last=end == len(word))
            if found is None:
                continue
            piece, own_cost = found
            if end not in reached or cost + own_cost <= reached[end][0]:
                reached[end] = (cost + own_cost, (*before, piece))
    return reached


def _piece(text: str, *, last: bool) -> tuple[Piece, int] | None:
    """One piece and what it costs: ten, and more for a short one or one with letters in between."""
    short = 4 if len(text) <= 3 else 0
    if text in _FORMS:
        known = _FORMS[text]
        return Piece(text, known), 10 + short + (text != known)
    if last:
        return None
    if text in FRONTS:
        return Piece(text, _OWN_BASES.get(text, text)), 11 + short
    if text.endswith("s") and text[:-1] in _FORMS and len(text) > 4:
        return Piece(text, _FORMS[text[:-1]]), 12
    return None


def _forms() -> dict[str, str]:
    """Every form of every word to its base; a base wins from a form of another word."""
    found: dict[str, str] = {}
    for word in sorted(WORDS):
        for form in _forms_of(word):
            found.setdefault(form, word)
    found.update((word, word) for word in WORDS)
    found.update(_IRREGULAR)
    return found


def _forms_of(word: str) -> list[str]:
    """Plurals, forms with -e, and diminutives; some that nobody uses do no harm."""
    stems = {word}
    if word[-1] not in "aeiouwjh" and len(word) > 2 and word[-2] in _VOWELS:
        if word[-3] == word[-2]:
            stems.add(word[:-3] + word[-2:])
        elif word[-3] not in _VOWELS:
            stems.add(word + word[-1])
    stems |= {one[:-1] + {"f": "v", "s": "z"}[one[-1]] for one in stems if one[-1] in "fs"}
    if word.endswith("heid"):
        stems.add(word[:-3] + "ed")
    small = [word + ending for ending in ("je", "tje", "pje")] + [one + "etje" for one in stems]
    plural = [one + ending for one in stems for ending in ("en", "e")]
    tail = [word + "s", *([word + "n"] if word.endswith("e") else [])]
    return [*tail, *plural, *small, *(one + "s" for one in small)]


_FORMS = _forms()

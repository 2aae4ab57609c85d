"""A Dutch text as clauses of words, each with its stem and the pieces of a compound.

"Woonkwaliteit" and "kwaliteit van de woning" have to meet, "O.C.M.W." and "ocmw" too. Words that only join
others carry no meaning of their own and are marked; a negator is never one of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from app.domain.compounds import fold, pieces

_WORD = re.compile(r"[^\W_]+(?:['’.\-‑/&][^\W_]+)*")
_CLAUSE_END = re.compile(r"[.;:!?\n\r•()\[\]–—|](?=\s|$|[()\[\]–—•|])|\s[-*]\s|[()\[\]•|\n]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_stem = snowballstemmer.stemmer("dutch_porter")

# Articles, pronouns, prepositions, auxiliaries and empty adverbs. No negators.
JOINING = frozenset(
    re.findall(
        r"\S+",
        """
    de het een 't 'n en of om te van in op aan bij met voor uit door over tot als dan dat die dit deze wat wie
    hoe waar wanneer er is zijn was waren wordt worden werd heeft hebben had hadden kan kunnen kon wil willen
    wilt moet moeten mag mogen zal zullen zou zouden zich ze zij hij hun hen haar hem je jij jou jouw jullie u
    uw we wij ons onze ik me mij mijn men nog ook al weer wel maar naar toe zo elk elke ieder iedere iets
    iemand ander andere anderen zelf tussen na ten ter per tegen onder via binnen tijdens sinds vanaf rond
    rondom omtrent zoals bijvoorbeeld enzovoort bv o.a oa enz etc dus want omdat terwijl zodat indien hier
    daar daarna daarbij hierbij waarbij waarin waarop waardoor ervan erbij eraan erover erop daarvoor waarvoor
    graag gewoon heel erg zeer te meer veel vaak soms altijd steeds alle alles beide eigen zelfs toch nu eens
    eerst laten laat doen doet gaan gaat komen komt krijgen krijgt blijven blijft staan staat zitten zit geven
    geeft maken maakt nemen neemt vinden vindt bieden biedt samen onze ons wij waarmee daarmee hiermee welke
    echter bovendien daarnaast the and of for to in le la les et des du
    """,
    )
)
# A negator takes part in a phrase ("geen rijbewijs"), and may take away what follows it.
NEGATORS = frozenset({"geen", "niet", "zonder", "nooit", "noch", "behalve", "uitgezonderd", "evenmin"})


@dataclass(frozen=True)
class Word:
    """`shown` as written, `folded` without accents, capitals, dots and hyphens; `parts` the stems of the
    pieces of a compound (none for a word that is not); `clause` counts the clauses of the text."""

    shown: str
    folded: str
    stem: str
    parts: tuple[str, ...]
    clause: int
    joining: bool
    after_comma: bool = False


def words_of(text: str) -> list[Word]:
    """The words in order. Bare numbers are left out: they say nothing about help."""
    found = []
    for number, (clause, _) in enumerate(_clauses(text)):
        end = 0
        for match in _WORD.finditer(clause):
            shown = match.group()
            comma = "," in clause[end : match.start()]
            end = match.end()
            for piece, folded, stem, parts, joining in _read(shown):
                found.append(Word(piece, folded, stem, parts, number, joining, comma))
    return found


def stem_of(folded: str) -> str:
    """The stem of a folded word."""
    return _stem_of(folded)


def phrase_key(text: str) -> tuple[str, ...]:
    """The stems of the words of a phrase that carry meaning; all of them when none does."""
    words = words_of(text)
    return tuple(one.stem for one in words if not one.joining) or tuple(one.stem for one in words)


def _clauses(text: str) -> Iterator[tuple[str, int]]:
    masked = _INITIALS.sub(lambda found: found.group().replace(".", ""), text)
    begin = 0
    for end in _CLAUSE_END.finditer(masked):
        if masked[begin : end.start()].strip():
            yield masked[begin : end.start()], begin
        begin = end.end()
    if masked[begin:].strip():
        yield masked[begin:], begin


@lru_cache(maxsize=100_000)
def _read(shown: str) -> tuple[tuple[str, str, str, tuple[str, ...], bool], ...]:
    """(as written, folded, stem, parts, joining) of each word in it that says something."""
    folded = [(piece, _plain(piece)) for piece in _apart(shown)]
    return tuple(
        (piece, one, _stem_of(one), _parts(one), one in JOINING)
        for piece, one in folded
        if 1 < len(one) < 60 and not one.isdigit()
    )


def _apart(shown: str) -> list[str]:
    """ "les/workshop" and "NT2-lessen" are two words; "re-integratie" and "ex-gedetineerde" one."""
    found: list[str] = []
    for one in re.split(r"[/&]", shown):
        parts = re.split(r"[\-‑]", one)
        prefixed = any(len(part) <= 3 and part.islower() for part in parts)
        found += [one] if prefixed else parts
    return found


def _plain(shown: str) -> str:
    return re.sub(r"[.'’\-‑]", "", fold(shown))


@lru_cache(maxsize=100_000)
def _stem_of(folded: str) -> str:
    return _stem.stemWord(folded)


def _parts(folded: str) -> tuple[str, ...]:
    cut = pieces(folded)
    return tuple(_stem_of(one.base) for one in cut) if len(cut) > 1 else ()

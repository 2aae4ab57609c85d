"""Does what somebody wrote about where they work name this organisation?

Compared are words, not letters: a name counts when the words that make it this name and no other are all
there. A town, a kind of service ("welzijn", "centrum") or a kind of authority ("OCMW") says nothing alone:
"Stad Gent" is not "Gent Solidair", "OCMW Bornem" is not "OCMW Puurs".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from app.domain.likeness import ARTICLES, LEGAL_FORMS

SAME, CONTAINED, SIBLING, ONLY_COMMON, PART, INITIALS = 95, 88, 75, 75, 65, 60  # strength, 0-100
LEAST_SLIP = 8  # letters in a word before one wrong letter is a slip: Arcadis is not Arcadia
ENOUGH = 0.72  # of the weight of a name
_WEIGHT = {"own": 1.0, "town": 0.6, "body": 0.5, "common": 0.35}
_SMALL = ARTICLES | frozenset(
    re.findall(
        r"\w+",
        """
    van voor en in op bij met aan tot te ter om over uit door als is and of
    """,
    )
)
# What the same thing is called; the first word of the value is what is compared.
_PHRASES = {
    ("openbaar", "centrum", "voor", "maatschappelijk", "welzijn"): "ocmw",
    ("openbare", "centra", "voor", "maatschappelijk", "welzijn"): "ocmw",
    ("centrum", "voor", "algemeen", "welzijnswerk"): "caw",
    ("centrum", "algemeen", "welzijnswerk"): "caw",
    ("centrum", "geestelijke", "gezondheidszorg"): "cgg",
    ("centrum", "voor", "geestelijke", "gezondheidszorg"): "cgg",
    ("lokaal", "bestuur"): "gemeente",
    ("sociaal", "huis"): "ocmw",
    ("gemeentebestuur",): "gemeente",
    ("gemeentehuis",): "gemeente",
    ("stadsbestuur",): "gemeente",
    ("stadhuis",): "gemeente",
    ("stad",): "gemeente",
    ("cpas",): "ocmw",
}
_AUTHORITIES = frozenset({"gemeente", "ocmw"})
_OF_A_TOWN = _AUTHORITIES | {"provincie", "regio"}  # what stands behind these is a place
_BODIES = _AUTHORITIES | {"caw", "cgg", "pwa", "agb"}  # there is one in many places
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
    activering actief administratie adviseur afdeling afgevaardigde algemeen algemene antwerpse armoede
    atelier bedrijf begeleider begeleiding belgie belgische bemiddelaar bemiddeling beleid bestuur
    bestuurder buurt buurtwerk centra centrum coach coaching college coordinator deskundige departement
    dienst diensten diensthoofd directeur directie economie educatie energie ervaringsdeskundige expert
    federatie gemeentelijk gewezen gezin gezinnen gezondheid groep groepen hogeschool hoofd huis hulp
    hulpverlening inburgering instituut integratie jeugd jeugdwerk jongeren kantoor kind kinderen
    kinderopvang koepel kring kringwinkel leren lid lokaal lokale maat maatschappelijk maatwerk
    maatwerkbedrijf medewerker mensen mobiliteit netwerk nieuwe onafhankelijk onderwijs onderzoek
    onderzoeker onthaal ontmoeting opbouwwerk opleiding opvang organisatie ouders overleg partner
    partners platform plaatselijk preventie professor project projecten provincie provinciaal raad regio
    regionaal regionale samen samenwerking samenleven schepen school sociaal sociale solidariteit
    stadslab steunpunt stichting straathoekwerk team tewerkstelling thuis thuiszorg toeleiding
    trajectbegeleider universiteit vereniging vlaams vlaamse vlaanderen voorzitter vorming vrijwilliger
    vrijwilligers welzijn welzijnswerk welzijnszorg werk werken werking werkplaats werkt wijk
    wijkwerking winkel wonen woon zaken zaakvoerder zelfstandig zelfstandige ziekenhuis zorg
    """,
    )
)
_CLAUSE = re.compile(r"[,;:/|()\[\]\n–—]| - | bij | voor de | @ ")
_WORD = re.compile(r"(?:\w\.){2,}\w?|\w+")


class Word(NamedTuple):
    """`folded` is compared, `text` is shown, `kind` one of own, town, body, common."""

    folded: str
    text: str
    kind: str


class Resemblance(NamedTuple):
    """How strong (0-100), and the words of the affiliation that say so."""

    strength: int
    words: tuple[str, ...]


NONE = Resemblance(0, ())


@lru_cache(maxsize=16384)
def resemblance(affiliation: str, names: tuple[str, ...], towns: frozenset[str] = frozenset()) -> Resemblance:
    """The strongest way in which an affiliation names one of these names; NONE when it does not. `towns` are
    the folded names of towns (see `fold`)."""
    towns |= {one.folded for one in _read(affiliation, towns) if one.kind == "town"}
    whole = _read(affiliation, towns)
    clauses = [read for part in _CLAUSE.split(affiliation) if (read := _read(part, towns))]
    found = [
        one
        for name in variants(names)
        if (known := _read(name, towns))
        for one in _ways(whole, clauses, known)
        if one.strength
    ]
    return max(found, key=lambda one: one.strength, default=NONE)


def variants(names: Iterable[str]) -> list[str]:
    """Each name without what stands in brackets, and what stands in them."""
    found: list[str] = []
    for name in names:
        inside = re.findall(r"\(([^()]*)\)", name)
        outside = re.sub(r"\([^()]*\)", " ", name)
        found += [one.strip() for one in (outside, *inside) if one.strip()]
    return found


def fold(text: str) -> str:
    """Without accents, case and dots of an abbreviation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in plain if unicodedata.category(one) not in ("Mn", "Cf")).replace(".", "")


@lru_cache(maxsize=4096)
def _read(text: str, towns: frozenset[str]) -> tuple[Word, ...]:
    """The words that count, each with its kind."""
    given = [(fold(one), one) for one in _WORD.findall(unicodedata.normalize("NFC", text))]
    read: list[Word] = []
    for folded, shown in _phrased(given):
        if folded in LEGAL_FORMS or folded in _SMALL:
            continue
        behind = bool(read) and read[-1].folded in _OF_A_TOWN
        read.append(Word(folded, shown, _kind(folded, towns, behind)))
    return tuple(read)


def _phrased(given: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    at = 0
    while at < len(given):
        for length in (5, 4, 3, 2, 1):
            key = tuple(folded for folded, _ in given[at : at + length])
            if len(key) == length and key in _PHRASES:
                yield _PHRASES[key], " ".join(shown for _, shown in given[at : at + length])
                at += length
                break
        else:
            yield given[at]
            at += 1


def _kind(folded: str, towns: frozenset[str], behind: bool) -> str:
    if folded in _BODIES:
        return "body"
    if folded in _COMMON:
        return "common"
    return "town" if behind or folded in towns else "own"


def _ways(
    whole: tuple[Word, ...], clauses: Sequence[tuple[Word, ...]], name: tuple[Word, ...]
) -> Iterable[Resemblance]:
    yield _authority(whole, name)
    yield from (_named(clause, name) for clause in clauses)
    yield from (_shortened(clause, name) for clause in clauses)
    yield _initials(whole, name)


def _authority(said: tuple[Word, ...], name: tuple[Word, ...]) -> Resemblance:
    """The municipality and its OCMW are one administration: the same council, mostly the same people."""
    mine = {one.folded: one.text for one in said if one.folded in _AUTHORITIES}
    theirs = {one.folded for one in name if one.folded in _AUTHORITIES}
    places = [one for one in name if one.kind in ("own", "town")]
    if not mine or not theirs or not places:
        return NONE
    pairs = [_find(one, said) for one in places]
    if not all(pairs):
        return NONE
    words = tuple(dict.fromkeys((*mine.values(), *(shown for shown, _ in filter(None, pairs)))))
    return Resemblance(SAME if theirs & set(mine) else SIBLING, words)


def _named(said: tuple[Word, ...], name: tuple[Word, ...]) -> Resemblance:
    """The name of the organisation stands in what was said."""
    if any(one.folded in _AUTHORITIES for one in name):
        return NONE  # `_authority` tells
    name = _joined(name, said)
    found = [(one, _find(one, said)) for one in name]
    total = sum(_WEIGHT[one.kind] for one in name)
    hit = sum(_WEIGHT[one.kind] * match[1] for one, match in found if match)
    if any(one.folded.isdigit() and not match for one, match in found) or hit < ENOUGH * total:
        return NONE
    words = tuple(dict.fromkeys(match[0] for _, match in found if match))
    own = [match[0] for one, match in found if match and one.kind == "own"]
    if not own:
        complete = len(name) > 1 and all(match for _, match in found) and len(words) > 1
        lead = any(one.kind in ("body", "common") for one in name)
        return Resemblance(ONLY_COMMON, words) if complete and lead and _together(words, said) else NONE
    if len(name) == 1 and len(said) > 1 and not own[0][:1].isupper():
        return NONE  # an everyday word in a sentence, not a name
    exact = len(said) == len(name) and hit == total
    return Resemblance(SAME if exact else CONTAINED, words)


def _shortened(said: tuple[Word, ...], name: tuple[Word, ...]) -> Resemblance:
    """What was said is the beginning of the name: "Groep Intro" for "Groep Intro Vlaanderen"."""
    own = [one for one in said if one.kind == "own"]
    letters = len("".join(one.folded for one in said if one.kind in ("own", "common")))
    if not own or letters < 5 or any(one.kind == "body" for one in said):
        return NONE
    name = _joined(name, said)
    if not all(_find(one, name) for one in said):
        return NONE
    if any(one.kind == "own" for one in name[len(said) :]) and len(own) < 2:
        return NONE  # one shared word, and another of its own
    starts = len(said) > 2 or _find(said[0], name[:2]) is not None
    return Resemblance(PART, tuple(one.text for one in said)) if starts else NONE


def _joined(name: tuple[Word, ...], said: tuple[Word, ...]) -> tuple[Word, ...]:
    """The name with two words as one where that is how it was said: "kring winkel", "kringwinkel"."""
    known = {one.folded: one for one in said}
    for at, (one, two) in enumerate(zip(name, name[1:], strict=False)):
        if (glued := known.get(one.folded + two.folded)) is not None:
            return (*name[:at], glued, *_joined(name[at + 2 :], said))
    return name


def _initials(said: tuple[Word, ...], name: tuple[Word, ...]) -> Resemblance:
    """ "SOKB" for "Samen Op Klein Brabant"; four letters or more, in capitals."""
    letters = "".join(one.folded[0] for one in name)
    hits = [one.text for one in said if one.text.isupper() and len(letters) >= 4 and one.folded == letters]
    return Resemblance(INITIALS, tuple(hits)) if hits else NONE


def _find(wanted: Word, among: tuple[Word, ...]) -> tuple[str, float] | None:
    """(how it was written, how well 0-1) of the word that is this one, in one piece or in two."""
    forms = _forms(among)
    if wanted.folded in forms:
        return forms[wanted.folded], 1.0
    if len(wanted.folded) < LEAST_SLIP:
        return None
    found = [(_alike(wanted.folded, one), shown) for one, shown in forms.items()]
    value, shown = max(found, default=(0.0, ""))
    return (shown, value) if value else None


@lru_cache(maxsize=16384)
def _forms(among: tuple[Word, ...]) -> dict[str, str]:
    """{folded: as it was written} of each word, and of each two beside each other."""
    pairs = zip(among, among[1:], strict=False)
    glued = {one.folded + two.folded: f"{one.text} {two.text}" for one, two in pairs}
    return glued | {one.folded: one.text for one in among}


def _alike(one: str, other: str) -> float:
    """0-1 for two words that are not the same."""
    shortest = min(len(one), len(other))
    if shortest < LEAST_SLIP or abs(len(one) - len(other)) > 2 or one.isdigit() or other.isdigit():
        return 0.0
    distance = DamerauLevenshtein.distance(one, other, score_cutoff=2)
    return {1: 0.9, 2: 0.85 if shortest >= 10 else 0.0}.get(distance, 0.0)


def _together(words: Sequence[str], said: Sequence[Word]) -> bool:
    """Whether these words stand beside each other."""
    places = [at for at, one in enumerate(said) if any(one.text in shown for shown in words)]
    return bool(places) and max(places) - min(places) < len(places)

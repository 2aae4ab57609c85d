"""What may be a tie between a juror and an applicant that nobody declared.

A hint decides nothing: it is a question to a person. Somebody with the same name may be somebody else, and
family with another name is not found. Whoever has an account in the organisation certainly belongs to it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from app.domain.affiliation import fold, resemblance
from app.domain.likeness import domain_of

CERTAIN = 100
SAME_DOMAIN, DOMAIN_OF_COLLEAGUE, PART_OF_DOMAIN = 90, 70, 65
SAME_PERSON, NEARLY_SAME_PERSON = 80, 55
LEAST_SURNAME = 8  # letters, before one wrong letter in it is a slip
_PARTICLES = frozenset(re.findall(r"\w+", "van den de der het ten ter te la le du d vd vande vanden vander"))


class HintKind(StrEnum):
    MEMBER = "member"
    MAIL = "mail"
    AFFILIATION = "affiliation"
    PERSON = "person"


@dataclass(frozen=True)
class JurorFacts:
    id: int
    name: str
    email: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class OrganisationFacts:
    """`names`: all it is called, those of what was merged into it too. `domains`: of its website and its
    address; `colleague_domains`: of the people in it. `people`: their names; `members`: their accounts."""

    id: int
    names: tuple[str, ...]
    domains: frozenset[str] = frozenset()
    colleague_domains: frozenset[str] = frozenset()
    people: tuple[str, ...] = ()
    members: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Hint:
    """`strength` 0-100; `words` are what matched, as they were written."""

    kind: HintKind
    strength: int
    words: tuple[str, ...]


def hints_between(
    juror: JurorFacts, organisation: OrganisationFacts, towns: frozenset[str] = frozenset()
) -> tuple[Hint, ...]:
    """Every likely tie, the strongest first; () when there is none."""
    if juror.id in organisation.members:
        return (Hint(HintKind.MEMBER, CERTAIN, ()),)
    found = [*_mail(juror, organisation), *_affiliation(juror, organisation, towns)]
    found += _person(juror, organisation)
    return tuple(sorted(found, key=lambda one: (-one.strength, one.kind)))


def _mail(juror: JurorFacts, organisation: OrganisationFacts) -> Iterable[Hint]:
    mine = domain_of(juror.email)
    if not mine:
        return
    if mine in organisation.domains:
        yield Hint(HintKind.MAIL, SAME_DOMAIN, (mine,))
    elif mine in organisation.colleague_domains:
        yield Hint(HintKind.MAIL, DOMAIN_OF_COLLEAGUE, (mine,))
    elif theirs := next((one for one in sorted(organisation.domains) if _within(mine, one)), ""):
        yield Hint(HintKind.MAIL, PART_OF_DOMAIN, (mine, theirs))


def _within(one: str, other: str) -> bool:
    """ "welzijn.bornem.be" belongs to "bornem.be", whichever of them is given."""
    return one.endswith(f".{other}") or other.endswith(f".{one}")


def _affiliation(juror: JurorFacts, organisation: OrganisationFacts, towns: frozenset[str]) -> Iterable[Hint]:
    found = resemblance(juror.affiliation, organisation.names, towns)
    if found.strength:
        yield Hint(HintKind.AFFILIATION, found.strength, found.words)


def _person(juror: JurorFacts, organisation: OrganisationFacts) -> Iterable[Hint]:
    best = max(((same_person(juror.name, one), one) for one in organisation.people), default=(0, ""))
    if best[0]:
        yield Hint(HintKind.PERSON, best[0], (best[1],))


def same_person(one: str, other: str) -> int:
    """0-100: the same first name and surname, in any order and however "van den" is written; or the surname
    with one letter otherwise. 0 for a first name alone: too many people have it."""
    mine, theirs = _parts(one), _parts(other)
    if len(mine) < 2 or len(theirs) < 2:
        return 0
    if sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs):
        return SAME_PERSON
    first, surname = mine[0], "".join(mine[1:])
    same_first = first == theirs[0]
    other_surname = "".join(theirs[1:])
    long = min(len(surname), len(other_surname)) >= LEAST_SURNAME
    slip = DamerauLevenshtein.distance(surname, other_surname, score_cutoff=1) <= 1
    return NEARLY_SAME_PERSON if same_first and long and slip else 0


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    """First name, and the rest; a particle sticks to what follows: "Van den Broeck" is "vandenbroeck"."""
    words = [fold(one) for one in re.findall(r"[^\W\d_]+", name)]
    found, particle = [], ""
    for word in words:
        if word in _PARTICLES:
            particle += word
            continue
        found.append(particle + word)
        particle = ""
    return (*found, particle) if particle else tuple(found)

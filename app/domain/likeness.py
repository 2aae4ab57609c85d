"""Are these two the same organisation? By name, by enterprise number, by internet domain.

Names are compared without legal form, articles, accents, case and punctuation; what is left may be in another
order, carry a typing error, or be a part of the other. Each likeness says on what it rests.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

ALIKE = 86  # 0-100
LEAST_SLIP = 4  # letters in a name before one wrong letter, or two that changed places, is a slip
LEAST_SHARED = 8  # letters in what two names share, when the one is a part of the other
LEGAL_FORMS = frozenset(
    re.findall(
        r"\w+", "vzw ivzw asbl aisbl bv bvba sprl srl cv cvba cvso scrl sc nv sa vof snc commv gcv stichting"
    )
)
ARTICLES = frozenset(re.findall(r"\w+", "de het een t den der la le les l un une du"))
# Addresses that anybody can have: they say nothing about an organisation.
PUBLIC_MAIL = frozenset(
    re.findall(
        r"\S+",
        """
    gmail.com googlemail.com hotmail.com hotmail.be hotmail.fr outlook.com outlook.be outlook.fr live.com
    live.be live.nl msn.com yahoo.com yahoo.fr ymail.com icloud.com me.com mac.com aol.com gmx.com gmx.net
    gmx.de proton.me protonmail.com pm.me zoho.com mail.com tutanota.com fastmail.com laposte.net
    orange.fr telenet.be skynet.be proximus.be belgacom.net scarlet.be base.be voo.be pandora.be tvcablenet.be
    edpnet.be mobistar.be orange.be online.be
    """,
    )
)
# Websites that many organisations share.
SHARED_SITES = frozenset(
    re.findall(
        r"\S+",
        """
    facebook.com instagram.com linkedin.com x.com twitter.com youtube.com wixsite.com wordpress.com
    blogspot.com weebly.com jimdo.com sites.google.com linktr.ee
    """,
    )
)


class Why(StrEnum):
    NUMBER = "number"
    NEAR_NUMBER = "near_number"
    DOMAIN = "domain"
    NAME = "name"


@dataclass(frozen=True)
class Known:
    """What is compared of one organisation; `number` is ten digits or "", `domains` as of `domain_of`."""

    id: int
    name: str
    number: str = ""
    domains: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Likeness:
    """`why` in the order of how much it says; `score` (0-100) is that of the names."""

    id: int
    why: tuple[Why, ...]
    score: float


def core(name: str) -> str:
    """ "Vzw De Brüg!" -> "brug". What is left of a name for comparing; never "" for a name that is not."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(one for one in folded if unicodedata.category(one) not in ("Mn", "Cf"))
    words = re.findall(r"\w+", re.sub(r"(?<=\b\w)\.(?=\w\b)", "", letters))  # "v.z.w." is one word
    kept = [one for one in words if one not in LEGAL_FORMS]
    kept = [one for one in kept if one not in ARTICLES] or kept or words
    return " ".join(kept) or " ".join(name.casefold().split())


def domain_of(text: str) -> str:
    """The domain of an e-mail address or a website, "" when it is one that many share."""
    given = text.strip().lower()
    if "@" in given and "/" not in given:
        host = given.rpartition("@")[2]
        return "" if host in PUBLIC_MAIL else host
    try:
        host = urlsplit(given if "://" in given else f"https://{given}").hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    shared = any(host == one or host.endswith(f".{one}") for one in SHARED_SITES | PUBLIC_MAIL)
    return "" if shared or "." not in host else host


def likeness(one: Known, other: Known) -> Likeness | None:
    """Why `other` may be the same as `one`; None when nothing says so."""
    score = _score(core(one.name), core(other.name))
    why = tuple(_reasons(one, other, score))
    return Likeness(other.id, why, score) if why else None


def most_alike(one: Known, others: Sequence[Known], most: int = 5) -> list[Likeness]:
    """The likely ones, the most likely first."""
    found = [match for other in others if other.id != one.id and (match := likeness(one, other))]
    return sorted(found, key=_order)[:most]


def pairs(all_known: Sequence[Known], most: int = 20) -> list[tuple[int, Likeness]]:
    """(id, likeness of another) for every pair among them, the most likely first; each pair once."""
    found = [
        (all_known[row].id, match)
        for row, column in sorted(_worth_comparing(all_known))
        if (match := likeness(all_known[row], all_known[column]))
    ]
    return sorted(found, key=lambda pair: (*_order(pair[1]), pair[0]))[:most]


def _worth_comparing(all_known: Sequence[Known]) -> set[tuple[int, int]]:
    """(row, later row) of those that share a key or whose names look alike at first sight."""
    found, keys = set(), defaultdict[object, list[int]](list)
    for row, one in enumerate(all_known):
        for key in (*one.domains, one.number[1:8]):
            keys[key].append(row)
    for rows in (rows for key, rows in keys.items() if key):
        found |= {(row, later) for place, row in enumerate(rows) for later in rows[place + 1 :]}
    cores = [core(one.name) for one in all_known]
    tight = [one.replace(" ", "") for one in cores]
    for row in range(len(all_known)):
        later = range(row + 1, len(all_known))
        for names, scorer, least in ((cores, fuzz.token_set_ratio, ALIKE), (tight, fuzz.ratio, 70)):
            rest = {column: names[column] for column in later}
            alike = process.extract(names[row], rest, scorer=scorer, score_cutoff=least, limit=None)
            found |= {(row, column) for _, _, column in alike}
    return found


def _reasons(one: Known, other: Known, score: float) -> Iterable[Why]:
    if one.number and one.number == other.number:
        yield Why.NUMBER
    elif one.number and one.number[1:8] == other.number[1:8]:
        yield Why.NEAR_NUMBER  # another first digit, and so other check digits
    if one.domains & other.domains:
        yield Why.DOMAIN
    if score >= ALIKE:
        yield Why.NAME


def _order(match: Likeness) -> tuple[int, float, int]:
    return min(list(Why).index(one) for one in match.why), -match.score, match.id


def _score(one: str, other: str) -> float:
    """0-100 for two `core`s; other figures in the name make another organisation ("Huis 1", "Huis 2")."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    tight, tight_other = one.replace(" ", ""), other.replace(" ", "")
    whole = max(fuzz.token_sort_ratio(one, other), fuzz.ratio(tight, tight_other))
    short, long = sorted((set(one.split()), set(other.split())), key=len)
    part = short < long and len("".join(short)) >= LEAST_SHARED
    shortest = min(len(tight), len(tight_other))
    slip = shortest >= LEAST_SLIP and DamerauLevenshtein.distance(tight, tight_other) <= 1
    return max(whole, float(ALIKE)) if part or slip else whole

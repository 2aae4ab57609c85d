"""Trying a thesaurus on one need and one offer, beside another thesaurus."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.match_levels import Sure, sure
from app.domain.matching import MatchIndex
from app.domain.thesaurus import Concept, Thesaurus
from app.matching.background import with_background
from app.matching.reason_sentences import sentence

WORDS = {Sure.STRONG: "Sterk", Sure.LIKELY: "Waarschijnlijk", Sure.WEAK: "Zwak"}


@dataclass(frozen=True)
class Tried:
    """`percent` 0..100; `level` a word; `reasons` sentences, the strongest first; what the texts are about,
    by names of concepts."""

    title: str
    percent: int
    level: str
    reasons: list[str]
    need_about: list[str]
    offer_about: list[str]


def tried(title: str, known: Thesaurus | Iterable[Concept], need: str, offer: str) -> Tried:
    """Raises DomainError for a text that is too long."""
    thesaurus = known if isinstance(known, Thesaurus) else Thesaurus(known)
    index = MatchIndex(with_background({"need": need}, thesaurus), thesaurus)
    index.add("offer", offer)
    found = index.match("need", "offer")
    level = sure(found.score)
    need_about, offer_about = index.about("need", "offer")
    return Tried(
        title,
        round(found.score * 100),
        WORDS[level] if level else "Geen match",
        [sentence(one) for one in found.reasons],
        need_about,
        offer_about,
    )

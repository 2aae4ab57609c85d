"""Why an offer may take a need away: the words on both sides and how the thesaurus joins them."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.match_features import Needs
from app.domain.match_reading import Document, How
from app.domain.thesaurus import Way

MOST = 4
LEAST = 0.05
WORD = "word"


@dataclass(frozen=True)
class Reason:
    """`kind` is a `Step` of the thesaurus or "word". `concept` is what the need is about, `offer_concept`
    what the offer brings, both by name and "" for a bare word; `weight` 0..1 is how much it carries;
    `certain` is false when words only come close to the concept."""

    kind: str
    need_words: tuple[str, ...]
    offer_words: tuple[str, ...]
    concept: str
    offer_concept: str
    domain: str
    weight: float
    certain: bool = True


def reasons(needs: Needs, row: int, offer: Document) -> tuple[Reason, ...]:
    """The strongest first; at most MOST, and none weaker than LEAST."""
    need = needs.documents[row]
    found = [*_by_concept(needs, need, offer), *_by_word(needs, need, offer)]
    kept = sorted((one for one in found if one.weight >= LEAST), key=lambda one: (-one.weight, one.kind))
    said: set[tuple[object, ...]] = set()
    chosen = []
    for one in kept:
        words = (one.need_words, one.offer_words)
        if words not in said:
            said.add(words)
            chosen.append(one)
    return tuple(chosen[:MOST])


def _by_concept(needs: Needs, need: Document, offer: Document) -> Iterable[Reason]:
    thesaurus = needs.reader.thesaurus
    best: dict[str, tuple[float, str, Way]] = {}
    for own, mention in offer.mentions.items():
        reach = thesaurus.reach(own)
        for other in need.mentions.keys() & reach.keys() - offer.denied:
            weight = mention.strength * reach[other].weight * need.mentions[other].strength
            if other not in best or best[other][0] < weight:
                best[other] = weight, own, reach[other]
    for other, (weight, own, way) in best.items():
        concept, gives = thesaurus.concepts[other], thesaurus.concepts[own]
        hows = {need.mentions[other].how, offer.mentions[own].how}
        sure = not hows & {How.GIST, How.FIELD}
        yield Reason(
            way.kind.value,
            need.mentions[other].words,
            offer.mentions[own].words,
            concept.name,
            gives.name,
            concept.domain or gives.domain,
            round(weight, 3),
            sure,
        )


def _by_word(needs: Needs, need: Document, offer: Document) -> Iterable[Reason]:
    for stem in need.words.keys() & offer.words.keys():
        strength, shown = need.words[stem]
        own, own_shown = offer.words[stem]
        weight = strength * own * needs.reader.statistics.weight(stem)
        yield Reason(WORD, (shown,), (own_shown,), "", "", "", round(weight * 0.8, 3))

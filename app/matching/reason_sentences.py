"""A reason for a match as a Dutch sentence."""

from app.domain.match_reasons import WORD, Reason
from app.domain.thesaurus import Step

_SENTENCES = {
    WORD: "Beide teksten noemen {offer}.",
    Step.SAME: "{offer} en {need} gaan allebei over {concept}.",
    Step.HELPS: "{offer} ({offer_concept}) helpt bij {need} ({concept}).",
    Step.NARROWER: "{offer} ({offer_concept}) is een vorm van {concept}; de nood noemt {need}.",
    Step.BROADER: "{offer} ({offer_concept}) omvat {concept}; de nood noemt {need}.",
    Step.RELATED: "{offer} ({offer_concept}) ligt dicht bij {need} ({concept}).",
    Step.SAME_PROBLEM: "{offer} ({offer_concept}) is waar {concept} bij helpt; de nood noemt {need}.",
}


def sentence(reason: Reason) -> str:
    """For people: which words meet and why; says so when the words only come close."""
    text = _SENTENCES[reason.kind].format(
        offer=_quoted(reason.offer_words),
        need=_quoted(reason.need_words),
        concept=reason.concept,
        offer_concept=reason.offer_concept,
    )
    return text if reason.certain else f"Minder zeker: {text[0].lower()}{text[1:]}"


def _quoted(words: tuple[str, ...]) -> str:
    return f"“{' … '.join(words)}”" if words else "de tekst"

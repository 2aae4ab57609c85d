"""What somebody typed, as words and phrases to look for. Nothing of it is ever syntax of a database."""

from dataclasses import dataclass

from app.addenda.finding.dutch import STOP_WORDS, own_terms, part_terms, terms, tokens

MOST_WORDS = 10
_SHORTEST_BEGINNING = 2


@dataclass(frozen=True)
class Word:
    """One word. `own` are the terms it may stand under; `parts` those of a compound, all of which must be
    there; `beginning` is looked for at the start of words (the last word may not be finished)."""

    typed: str
    own: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()
    beginning: str = ""

    def quality(self, padded: str) -> float:
        """How well a text holds the word, given its terms with a space before and after each: 1 as itself,
        less in parts or from its beginning, 0 not at all."""
        if any(f" {one} " in padded for one in self.own):
            return 1.0
        if self.parts and all(any(f" {one} " in padded for one in part) for part in self.parts):
            return 0.7
        return 0.6 if self.beginning and f" {self.beginning}" in padded else 0.0

    def touches(self, word: str) -> bool:
        """Whether a folded word of the text is one to mark."""
        found = terms(word)
        wanted = (*self.own, *(one for part in self.parts for one in part))
        return any(one in found for one in wanted) or bool(self.beginning and word.startswith(self.beginning))

    def is_in(self, word: str) -> bool:
        """Whether a folded word of the text is this word itself, or has it as a part."""
        return any(one in terms(word) for one in self.own)


@dataclass(frozen=True)
class Query:
    """All `words` must be found; the words of each phrase also next to each other."""

    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[Word, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)


def parse(text: str) -> Query:
    """Words between double quotes are a phrase. Small words ("de", "van") count only in phrases, unless
    there are no others."""
    loose: list[str] = []
    phrases: list[tuple[Word, ...]] = []
    quoted = text.replace("“", '"').replace("”", '"').replace("„", '"').split('"')
    for place, piece in enumerate(quoted):
        found = [one.word for one in tokens(piece)][:MOST_WORDS]
        closed = place % 2 == 1 and place < len(quoted) - 1
        if closed and len(found) > 1:
            phrases.append(tuple(Word(one, own_terms(one)) for one in found))
        else:
            loose += found
    unfinished = bool(text) and text[-1].isalnum() and loose[-1:] or [""]
    return Query(_words(loose, phrases, unfinished[0]), tuple(phrases[:MOST_WORDS]))


def _words(loose: list[str], phrases: list[tuple[Word, ...]], unfinished: str) -> tuple[Word, ...]:
    """The loose words and those of phrases, each once; the last loose one may be a beginning."""
    of_phrases = [one.typed for phrase in phrases for one in phrase]
    meant = [one for one in loose if one not in STOP_WORDS] or (loose if not of_phrases else [])
    all_words = dict.fromkeys((*(one for one in of_phrases if one not in STOP_WORDS), *meant))
    return tuple(
        Word(
            one,
            own_terms(one),
            part_terms(one) if one in meant else (),
            one if one == unfinished and len(one) >= _SHORTEST_BEGINNING else "",
        )
        for one in [*all_words][:MOST_WORDS]
    )

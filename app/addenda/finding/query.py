"""What somebody typed, as words and phrases to look for. Nothing of it is ever syntax of a database."""

import re
from dataclasses import dataclass
from datetime import date

from app.addenda.finding.dutch import STOP_WORDS, needed_parts, own_terms, part_terms, terms, tokens
from app.infra.formats import short_day

MOST_WORDS = 10
_SHORTEST_BEGINNING = 2
_DATE = re.compile(r"(?<!\d)0?(\d{1,2})[/.-]0?(\d{1,2})[/.-]((?:19|20)\d{2})(?!\d)")


@dataclass(frozen=True)
class Word:
    """One word. `own` are the terms it may stand under; `parts` those of each part of a compound, `needed`
    the ones of them that a call must have; `beginning` is looked for at the start of words (the last word
    may not be finished)."""

    typed: str
    own: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()
    needed: tuple[tuple[str, ...], ...] = ()
    beginning: str = ""

    def quality(self, padded: str) -> float:
        """How well a text holds the word, given its terms with a space before and after each: 1 as itself,
        less in parts or from its beginning, little with some of its parts, 0 not at all."""
        if _any_in(self.own, padded):
            return 1.0
        if self.parts and all(_any_in(part, padded) for part in self.parts):
            return 0.7
        if self.beginning and f" {self.beginning}" in padded:
            return 0.6
        there = sum(_any_in(part, padded) for part in self.needed)
        return 0.2 * there / len(self.needed) if there else 0.0

    def touches(self, word: str) -> bool:
        """Whether a folded word of the text is one to mark."""
        found = terms(word)
        wanted = (*self.own, *(one for part in (*self.parts, *self.needed) for one in part))
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
    there are no others. A date in figures is looked for as it is written: "2 juni 2023"."""
    text = _DATE.sub(_in_words, text)
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
            needed_parts(one) if one in meant else (),
            one if one == unfinished and len(one) >= _SHORTEST_BEGINNING else "",
        )
        for one in [*all_words][:MOST_WORDS]
    )


def _in_words(found: re.Match[str]) -> str:
    day, month, year = map(int, found.groups())
    try:
        return short_day(date(year, month, day))
    except ValueError:
        return found.group()


def _any_in(terms: tuple[str, ...], padded: str) -> bool:
    return any(f" {one} " in padded for one in terms)

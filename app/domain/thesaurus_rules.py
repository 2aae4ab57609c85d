"""What a concept must be before it may stand in the thesaurus beside the others."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from app.domain.errors import DomainError
from app.domain.life_domains import LIFE_DOMAINS
from app.domain.thesaurus import Concept

MOST_NAME, MOST_NOTE, MOST_WORD, MOST_WORDS, MOST_LINKS = 80, 500, 80, 120, 60
MOST_CONCEPTS_OF_A_WORD = 2
# Nearly every offer says these: as a word of a concept they would make everything match everything.
TOO_GENERAL = frozenset(
    re.findall(
        r"\w+",
        "begeleiding hulp mensen project werking ondersteuning traject coaching aanbod team vzw organisatie "
        "dienst diensten groep activiteiten medewerkers bewoners gezin vorming cursus training advies "
        "informatie bank kaart spel proces integratie nazorg kosten problemen werk leren samen thuis",
    )
)


def problems(one: Concept, others: Mapping[str, Concept]) -> list[DomainError]:
    """All that is wrong with this concept beside `others` (by id; itself left out or replaced), each with the
    field of the form; none when it may stand."""
    rest = {id: other for id, other in others.items() if id != one.id}
    return [*_plain(one), *_words(one, rest), *_links(one, rest), *_help(one, rest), *_circle(one, rest)]


def _plain(one: Concept) -> Iterator[DomainError]:
    if not one.name:
        yield DomainError("concept_name_missing", field="name")
    if len(one.name) > MOST_NAME:
        yield DomainError("concept_too_long", field="name", most=MOST_NAME)
    if not one.words:
        yield DomainError("concept_words_missing", field="words")
    if not one.note:
        yield DomainError("concept_note_missing", field="note")
    if len(one.note) > MOST_NOTE:
        yield DomainError("concept_too_long", field="note", most=MOST_NOTE)
    if one.domain and one.domain not in LIFE_DOMAINS:
        yield DomainError("concept_domain", field="domain")


def _words(one: Concept, rest: Mapping[str, Concept]) -> Iterator[DomainError]:
    for field, words in (("words", one.words), ("field", one.field)):
        if len(words) > MOST_WORDS:
            yield DomainError("concept_many_words", field=field, most=MOST_WORDS)
        if any(len(word) > MOST_WORD for word in words):
            yield DomainError("concept_too_long", field=field, most=MOST_WORD)
    owners = _owners(rest)
    for word, times in Counter(word.lower() for word in one.words).items():
        names = owners.get(word, [])
        if times > 1:
            yield DomainError("concept_word_twice", field="words", word=word)
        if word in TOO_GENERAL:
            yield DomainError("concept_word_general", field="words", word=word)
        if len(names) >= MOST_CONCEPTS_OF_A_WORD:
            yield DomainError("concept_word_taken", field="words", word=word, concepts=" en ".join(names))


def _owners(concepts: Mapping[str, Concept]) -> dict[str, list[str]]:
    """{word: names of the concepts that have it}"""
    found: dict[str, list[str]] = {}
    for one in concepts.values():
        for word in one.words:
            found.setdefault(word.lower(), []).append(one.name)
    return found


def _links(one: Concept, rest: Mapping[str, Concept]) -> Iterator[DomainError]:
    for field, ids in _linked(one):
        if len(ids) > MOST_LINKS:
            yield DomainError("concept_many_words", field=field, most=MOST_LINKS)
        for id in dict.fromkeys(ids):
            if id == one.id:
                yield DomainError("concept_itself", field=field)
            elif id not in rest:
                yield DomainError("concept_unknown", field=field, concept=id)
            elif ids.count(id) > 1:
                yield DomainError("concept_link_twice", field=field, concept=rest[id].name)
    if not any(ids for _, ids in _linked(one)) and not pointing(one.id, rest):
        yield DomainError("concept_loose", field="related")


def _linked(one: Concept) -> Sequence[tuple[str, tuple[str, ...]]]:
    return (("broader", one.broader), ("related", one.related), ("helps", one.helps))


def _help(one: Concept, rest: Mapping[str, Concept]) -> Iterator[DomainError]:
    """Help takes away problems; what helps against something is no problem itself."""
    wrong = [rest[id].name for id in one.helps if id in rest and rest[id].helps]
    if wrong:
        yield DomainError("concept_helps_help", field="helps", concept=wrong[0])
    helped_by = [other.name for other in rest.values() if one.id in other.helps]
    if one.helps and helped_by:
        yield DomainError("concept_is_helped", field="helps", concept=helped_by[0])


def _circle(one: Concept, rest: Mapping[str, Concept]) -> Iterator[DomainError]:
    todo, seen = [(id, id) for id in one.broader if id in rest], set[str]()
    while todo:
        first, id = todo.pop()
        if id in seen:
            continue
        seen.add(id)
        if one.id in rest[id].broader:
            yield DomainError("concept_circle", field="broader", concept=rest[first].name)
            return
        todo += [(first, further) for further in rest[id].broader if further in rest]


def pointing(id: str, others: Mapping[str, Concept]) -> dict[str, list[Concept]]:
    """Who points to a concept: {"broader" | "related" | "helps": concepts}, without empty lists."""
    found: dict[str, list[Concept]] = {}
    for other in others.values():
        for field, ids in _linked(other):
            if id in ids and other.id != id:
                found.setdefault(field, []).append(other)
    return found


def id_of(name: str) -> str:
    """A plain id for a new concept; "" when the name has no letter or digit."""
    bare = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:MOST_NAME].strip("-")

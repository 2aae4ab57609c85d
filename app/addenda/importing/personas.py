"""The people that a call is about: who is named, and what their chapter tells of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .challenge_heading import names, persona_line
from .joining import Joiner, paragraphs
from .ledger import Ledger
from .result import Challenge, PersonaFound
from .section import Section
from .source import Line
from .vocabulary import Kind

_AGE = re.compile(
    r"(?<!\d)(?P<age>1[2-9]|[2-9]\d)(?:\s?(?:jaar|jarige?|j\.)|(?=\s?\)))|(?:is|:|,)\s(?P<is>1[2-9]|[2-9]\d)\b(?![/.:u])",
    re.IGNORECASE,
)
_ONLY_AGE = re.compile(r"(?:leeftijd\s?:?\s*)?\(?(?P<age>1[2-9]|[2-9]\d)(?:\s?jaar)?\)?\.?", re.IGNORECASE)
_LABEL = re.compile(r"^(?:naam|verhaal|leeftijd|situatie|beschrijving|wie)\s*(?::|\t|\|)\s*", re.IGNORECASE)
_HEAD = re.compile(r"^(?P<name>[^(:,–|\t\d]{2,60}?)(?:\s*[(,:–|\t]\s*(?P<rest>.*)|\s-\s(?P<after>.*))?$")
_LONGEST_HEAD = 80


@dataclass(slots=True)
class _Found:
    name: str
    age: int | None = None
    story: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def read_personas(
    sections: Sequence[Section], challenges: Iterable[Challenge], joiner: Joiner, ledger: Ledger
) -> tuple[PersonaFound, ...]:
    """First those of the challenges in their order, then others of the chapter; a story where one is told."""
    found = {name: _Found(name) for challenge in challenges for name in challenge.personas}
    known = {name.casefold(): name for name in found}
    for section in sections:
        if section.kind is Kind.PERSONAS and not _columns_apart(section.lines, known):
            _chapter(section.lines, found, known)
    for index, one in enumerate(found.values()):
        ledger.take_all((line, f"personas[{index}]") for line in one.lines)
    return tuple(
        PersonaFound(
            one.name,
            one.age,
            paragraphs(one.story, joiner),
            tuple(dict.fromkeys(line.number for line in one.lines)),
        )
        for one in found.values()
    )


def _chapter(lines: Sequence[Line], found: dict[str, _Found], known: dict[str, str]) -> None:
    current: _Found | None = None
    above = "."
    for line in lines:
        anew = line.gap or bool(line.bullet or line.cells) or above[-1] in ".!?"
        above = line.text
        for offset, cell in enumerate(line.cells or (line.text,)):
            part = line.part(cell, offset) if line.cells else line
            named = _named(part, known, anew) if not offset else None
            if named:
                current = found.setdefault(named[0], _Found(named[0]))
                known[named[0].casefold()] = named[0]
                part = replace(part, text=named[1])
            if current and part.text:
                _tell(current, part)
        if current and (not current.lines or current.lines[-1] is not line):
            current.lines.append(line)


def _columns_apart(lines: Sequence[Line], known: dict[str, str]) -> bool:
    """A table whose columns came apart: names below each other, and nothing that tells whose the rest is."""
    bare = [place for place, line in enumerate(lines) if not line.cells and line.text.casefold() in known]
    names_below = any(second == first + 1 for first, second in zip(bare, bare[1:], strict=False))
    said = [lines[place].text for place in bare]
    return names_below and len(said) == len(set(said))


def _tell(person: _Found, part: Line) -> None:
    text = _LABEL.sub("", part.text).strip()
    only = _ONLY_AGE.fullmatch(text)
    if only:
        person.age = person.age or int(only["age"])
        return
    if person.age is None and (age := _AGE.search(text[:200])):
        person.age = int(age["age"] or age["is"])
    if text:
        person.story.append(replace(part, text=text))


def _named(line: Line, known: dict[str, str], anew: bool) -> tuple[str, str] | None:
    """(name, what else the line tells of this person) when the line starts a portrait."""
    text = re.sub(r"^naam\s*(?::|\t|\|)\s*", "", line.text, flags=re.IGNORECASE)
    introduced = persona_line(text) if len(text) <= _LONGEST_HEAD else ()
    bare = re.sub(r"^persona\b\s*\d{0,2}\s*[:–-]?\s*", "", text, flags=re.IGNORECASE)
    head = _HEAD.match(bare) if len(bare) <= _LONGEST_HEAD else None
    if head and head["name"].strip().casefold() in known:
        return known[head["name"].strip().casefold()], _rest(head["rest"] or head["after"])
    if len(introduced) == 1 or (head and bare != text and len(names(head["name"])) == 1):
        name = names(head["name"])[0] if head and names(head["name"]) else introduced[0]
        return name, _rest(head["rest"] or head["after"] if head else "")
    first = next((known[name] for name in sorted(known, key=len, reverse=True)
                  if re.match(rf"{re.escape(name)}\b(?!\s(?:en|&)\s)", text.casefold())), None)  # fmt: skip
    return (first, text) if first and anew else None


def _rest(rest: str | None) -> str:
    return (rest or "").strip(" ()")

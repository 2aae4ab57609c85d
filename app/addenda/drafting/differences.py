"""What differs between two contents of a call, in words that everybody can read.

Rows are followed by their id, so that one that moved is told as moved and a reworded one as changed; lines
without an id (findings, service types) are followed by likeness. White space alone is no difference.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from decimal import Decimal
from typing import Any

from app.addenda.drafting.difference_parts import (
    LABELS,
    Change,
    join_label,
    line_changes,
    move,
    moved,
    number,
    plain,
    short,
    shown_lines,
    text_change,
    whole,
)
from app.addenda.drafting.sections import (
    Analysis,
    ChallengeText,
    Criteria,
    CriterionText,
    Draft,
    Part,
    Section,
    criteria_of,
)
from app.domain.criteria import RoundRules

__all__ = ["Change", "compare", "compare_sections"]

Names = Mapping[int, str]
_LINE_LABELS = {
    "service_types": "Type dienstverlening",
    "recurring": "Wat vaak terugkwam",
    "attention": "Wat verder aandacht vraagt",
    "obstacles": "Aanvullend obstakel",
    "profiles": "Bijkomend klantprofiel",
}
_ROUNDS = {"written": "schriftelijke ronde", "pitch": "pitchronde"}


def compare(before: Draft, after: Draft, names: Names | None = None) -> list[Change]:
    """Everything that differs, in the order of the page. `names` are municipalities by id."""
    people = {key: one.name for content in (before, after) for key, one in content.personas.items()}
    found = [
        *compare_sections(Part("basics"), before.basics, after.basics, names=names),
        *compare_sections(Part("timeline"), before.dates, after.dates),
        *_personas(before, after),
        *_challenges(before, after, people),
        *compare_sections(Part("analysis"), before.analysis, after.analysis),
        *_rules(Part("criteria", "written"), before.written, after.written),
        *_rules(Part("criteria", "pitch"), before.pitch, after.pitch),
    ]
    return [*found, *_thresholds(before, after)]


def _thresholds(before: Draft, after: Draft) -> Iterator[Change]:
    """An older version kept only the minimum."""
    old = {"minimum_total": before.written.minimum_total}
    new = {"minimum_total": after.written.minimum_total}
    if before.thresholds and after.thresholds:
        old, new = asdict(before.thresholds), asdict(after.thresholds)
    for name, value in new.items():
        was, now = _threshold(old[name]), _threshold(value)
        yield from text_change(Part("thresholds"), name, was, now, LABELS[name])


def _threshold(value: Decimal | int) -> str:
    return f"{number(value)} %" if isinstance(value, Decimal) else str(value)


def compare_sections(
    part: Part, before: Section, after: Section, *, names: Names | None = None, within: str = ""
) -> list[Change]:
    """The differences between two contents of the same page. `names` are municipalities (basics) or
    personas (a challenge) by id; `within` goes before every label: "Uitdaging 2"."""
    return [
        change
        for one in fields(before)
        if getattr(before, one.name) != getattr(after, one.name)
        for change in _field(part, one.name, (before, after), names or {}, within)
    ]


def _field(
    part: Part, name: str, pair: tuple[Section, Section], names: Names, within: str
) -> Iterable[Change]:
    old, new = (getattr(section, name) for section in pair)
    if isinstance(pair[0], ChallengeText) and name in ("obstacles", "goals"):
        return _rows(part, name, pair, within)
    if isinstance(pair[0], Criteria):
        return _criteria(part, old, new)
    label = join_label(within, LABELS.get(name, name))
    if name in ("municipalities", "personas", "life_domains"):
        return _names(part, name, old, new, names, label)
    if isinstance(old, tuple):
        if isinstance(pair[0], Analysis):
            label = _LINE_LABELS.get(name, label)
        return line_changes(part, name, shown_lines(old), shown_lines(new), label)
    return text_change(part, name, plain(old, name), plain(new, name), label)


def _personas(before: Draft, after: Draft) -> Iterator[Change]:
    old, new = list(before.personas), list(after.personas)
    shifted = moved(old, new)
    for key, persona in after.personas.items():
        part, label = Part("persona", str(key)), f"Persona {persona.name}"
        if key not in before.personas:
            yield whole(part, "name", "added", persona.story, label, str(key))
            continue
        if key in shifted:
            yield move(part, "personas", old, new, key, label)
        yield from compare_sections(part, before.personas[key], persona, within=label)
    for key, persona in before.personas.items():
        if key not in after.personas:
            part = Part("persona", str(key))
            yield whole(part, "name", "removed", persona.story, f"Persona {persona.name}", str(key))


def _challenges(before: Draft, after: Draft, people: Names) -> Iterator[Change]:
    """A row that went to another challenge is told once, where it is now."""
    travelled = _travelled(before, after)
    for change in _per_challenge(before, after, people):
        places = travelled.get((change.field, change.key))
        if places is None:
            yield change
        elif change.kind == "added":
            here, there = (f"uitdaging {one}" for one in places)
            yield replace(change, kind="moved", before=here, after=there, words=())


def _per_challenge(before: Draft, after: Draft, people: Names) -> Iterator[Change]:
    old, new = _in_order(before), _in_order(after)
    shifted = moved(old, new)
    for key in new:
        position, challenge = after.challenges[key]
        part, label = Part("challenge", str(key)), f"Uitdaging {position}"
        known = before.challenges.get(key)
        if key in shifted:
            yield move(part, "challenges", old, new, key, label)
        if known is None:
            yield whole(part, "introduction", "added", challenge.introduction, label, str(key))
            known = (position, ChallengeText(challenge.introduction, challenge.personas))
        yield from compare_sections(part, known[1], challenge, names=people, within=label)
    for key in old:
        if key not in after.challenges:
            position, challenge = before.challenges[key]
            part, label = Part("challenge", str(key)), f"Uitdaging {position}"
            yield whole(part, "introduction", "removed", challenge.introduction, label, str(key))
            nothing = ChallengeText(challenge.introduction, challenge.personas)
            yield from compare_sections(part, challenge, nothing, names=people, within=label)


def _in_order(content: Draft) -> list[int]:
    return sorted(content.challenges, key=lambda key: content.challenges[key][0])


def _travelled(before: Draft, after: Draft) -> dict[tuple[str, str], tuple[int, int]]:
    """{(field, id): (number of the challenge it was in, number of the one it is in)}."""
    old, new = _homes(before), _homes(after)
    return {
        one: (old[one][1], new[one][1])
        for one in old.keys() & new.keys()
        if old[one][0] != new[one][0] and one[1].isdecimal()
    }


def _homes(content: Draft) -> dict[tuple[str, str], tuple[int, int]]:
    return {
        (name, row.key): (key, position)
        for key, (position, challenge) in content.challenges.items()
        for name in ("obstacles", "goals")
        for row in getattr(challenge, name)
    }


def _rows(part: Part, name: str, pair: tuple[Any, Any], within: str) -> Iterator[Change]:
    """Obstacles or goals of one challenge, by id."""
    old, new = ({row.key: row for row in getattr(challenge, name)} for challenge in pair)
    shifted = moved(list(old), list(new))
    for key, row in new.items():
        label = _row_label(within, name, old.get(key, row))
        if key not in old:
            yield whole(part, name, "added", _text_of(row), label, key)
            continue
        if key in shifted:
            yield move(part, name, list(old), list(new), key, label)
        yield from text_change(part, name, _text_of(old[key]), _text_of(row), label, key)
        yield from _aside(part, name, [(pair[0], old[key]), (pair[1], row)], label)
    for key, row in old.items():
        if key not in new:
            yield whole(part, name, "removed", _text_of(row), _row_label(within, name, row), key)


def _aside(part: Part, name: str, pair: list[tuple[Any, Any]], label: str) -> Iterator[Change]:
    """The life domains of an obstacle, or the obstacles that a goal belongs to."""
    (_, old), (_, new) = pair
    if name == "obstacles":
        label = join_label(label, LABELS["life_domains"])
        yield from _names(part, "life_domains", old.life_domains, new.life_domains, {}, label, old.key)
        return
    words = {one.key: one.label for challenge, _ in pair for one in challenge.obstacles}
    yield from _names(
        part, name, old.obstacles, new.obstacles, words, f"{label}, bij welke obstakels", old.key
    )


def _row_label(within: str, name: str, row: Any) -> str:
    word = "Obstakel" if name == "obstacles" else "Doel"
    return join_label(within, f"{word} “{short(_text_of(row))}”")


def _text_of(row: Any) -> str:
    return str(row.label if hasattr(row, "label") else row.text)


def _names(
    part: Part, name: str, old: Any, new: Any, names: Mapping[Any, str], label: str, key: str = ""
) -> Iterator[Change]:
    """A set of names: what came and what went, in one line. Their order says nothing."""
    if set(old) == set(new):
        return
    before, after = ([names.get(one, str(one)) for one in values] for values in (old, new))
    states = [("same" if one in new else "gone", text) for one, text in zip(old, before, strict=True)]
    states += [("new", text) for one, text in zip(new, after, strict=True) if one not in old]
    words = tuple((state, f"{text}, ") for state, text in states[:-1]) + tuple(states[-1:])
    yield Change(part, name, "changed", ", ".join(before), ", ".join(after), label, words, key)


def _rules(part: Part, before: RoundRules, after: RoundRules) -> Iterable[Change]:
    return _criteria(part, criteria_of(before).criteria, criteria_of(after).criteria)


def _criteria(part: Part, old: tuple[CriterionText, ...], new: tuple[CriterionText, ...]) -> Iterator[Change]:
    before, after = {one.key: one for one in old}, {one.key: one for one in new}
    shifted = moved(list(before), list(after))
    labels = {
        key: f"Criterium “{short(one.name)}”{', ' + _ROUNDS[part.key] if part.key in _ROUNDS else ''}"
        for key, one in {**after, **before}.items()
    }
    for key, one in after.items():
        if key not in before:
            yield whole(part, "criteria", "added", _criterion(one), labels[key], key)
            continue
        if key in shifted:
            yield move(part, "criteria", list(before), list(after), key, labels[key])
        yield from text_change(part, "criteria", _criterion(before[key]), _criterion(one), labels[key], key)
    for key, one in before.items():
        if key not in after:
            yield whole(part, "criteria", "removed", _criterion(one), labels[key], key)


def _criterion(one: CriterionText) -> str:
    minimum = "" if one.minimum is None else f", minstens {number(one.minimum)}"
    levels = "\n".join(f"{value}: {text}" for value, text in enumerate(one.levels))
    skipped = ", kan niet van toepassing zijn" if one.may_be_skipped else ""
    return f"{one.name}, weegt {number(one.weight)} %{minimum}{skipped}\n{levels}"

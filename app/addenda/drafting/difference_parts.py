"""What `differences` is made of: one change, what moved, which lines belong together, whole-word differences
and values as they read on the screen."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from app.addenda.drafting.sections import ContactText, Dates, Part
from app.addenda.portraits import PORTRAITS
from app.domain.timeline import PitchWindow
from app.infra.formats import short_day

Words = tuple[tuple[str, str], ...]
ALIKE = 0.5  # from here on, two lines without an id are the same line reworded
LABELS = {
    "title": "Titel",
    "programme": "Programma",
    "municipalities": "Gemeenten",
    "ambition": "Ambitie",
    "vision": "Visie",
    "mission": "Missie",
    "local_input": "Andere lokale input",
    "contacts": "Contactpersonen",
    "submission_email": "E-mailadres in het document",
    "submission_url": "Webadres in het document",
    "cost_requested": "Raming van de kosten gevraagd",
    "launch": "Lancering",
    "questions_until": "Vragen stellen kan tot en met",
    "deadline": "Uiterste indiendatum",
    "written_from": "Schriftelijke ronde, eerste dag",
    "written_until": "Schriftelijke ronde, laatste dag",
    "windows": "Pitchmomenten",
    "decision_before": "Beslissing voor",
    "objection_days": "Dagen voor weerwoord",
    "name": "Naam",
    "age": "Leeftijd",
    "occurrence": "Hoe vaak dit voorkomt",
    "story": "Verhaal",
    "strengths": "Sterktes",
    "life_domains": "Levensdomeinen",
    "portrait": "Portret",
    "portrait_alt": "Tekst bij het portret",
    "introduction": "Inleiding",
    "personas": "Persona’s",
    "obstacles": "Obstakels",
    "goals": "Doelen",
    "service_types": "Types dienstverlening",
    "recurring": "Wat vaak terugkwam",
    "attention": "Wat verder aandacht vraagt",
    "profiles": "Bijkomende klantprofielen",
    "criteria": "Criteria",
    "minimum_total": "Minimum in totaal",
    "written_share": "Gewicht van de schriftelijke ronde",
    "least_reason": "Tekens per reden, minstens",
}
_WORD = re.compile(r"\S+\s*")
_DATES = ("launch", "questions_until", "deadline", "written_from", "written_until", "decision_before")


def dates_taken_away(before: Dates, after: Dates) -> str:
    """One sentence about the dates that stood there and are gone; "" when there are none."""
    names = [*(one for one in _DATES if getattr(before, one) and not getattr(after, one))]
    if before.windows and not after.windows:
        names.append("windows")
    words = [LABELS[one] for one in names]
    if not words:
        return ""
    listed = " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return f"{listed} {'zijn' if len(words) > 1 or names == ['windows'] else 'is'} weggehaald."


@dataclass(frozen=True)
class Change:
    """One difference. `kind`: added, removed, changed or moved. `key` is the id of the obstacle, goal,
    persona, challenge or criterion, when it is about one. `words` are ("same"|"gone"|"new", text) in
    reading order; for what moved, `before` and `after` are its places."""

    part: Part
    field: str
    kind: str
    before: str
    after: str
    label: str
    words: Words
    key: str = ""


def line_changes(
    part: Part, name: str, old: Sequence[str], new: Sequence[str], label: str
) -> Iterator[Change]:
    """A list of lines without ids."""
    pairs = pair_lines(old, new)
    sources = {after: before for before, after in pairs}
    shifted = moved(sorted(sources.values()), [sources[after] for after in sorted(sources)])
    for place, text in enumerate(new):
        source = sources.get(place)
        if source is None:
            yield whole(part, name, "added", text, label)
            continue
        if source in shifted:
            here, there = f"plaats {source + 1}", f"plaats {place + 1}"
            yield Change(part, name, "moved", here, there, f"{label} “{short(text)}”", ())
        yield from text_change(part, name, old[source], text, label)
    for place, text in enumerate(old):
        if place not in sources.values():
            yield whole(part, name, "removed", text, label)


def pair_lines(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """(place before, place after) of lines without an id that are the same line: equal first, then alike,
    then what stands at the same place."""
    pairs: list[tuple[int, int]] = []
    left, right = list(range(len(old))), list(range(len(new)))

    def take(one: int, other: int) -> None:
        pairs.append((one, other))
        left.remove(one)
        right.remove(other)

    for one in list(left):
        same = [other for other in right if bare(old[one]) == bare(new[other])]
        if same:
            take(one, min(same, key=lambda other: abs(other - one)))
    alike = sorted(
        ((_likeness(old[one], new[other]), -abs(one - other), one, other) for one in left for other in right),
        reverse=True,
    )
    for likeness, _, one, other in alike:
        if likeness >= ALIKE and one in left and other in right:
            take(one, other)
    for one in list(left):
        if one in right:
            take(one, one)
    return pairs


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()


def text_change(
    part: Part, name: str, before: str, after: str, label: str, key: str = ""
) -> Iterator[Change]:
    """One text, or nothing when only its white space differs."""
    old, new = bare(before), bare(after)
    if old == new:
        return
    kind = "changed" if old and new else ("added" if new else "removed")
    yield Change(part, name, kind, before, after, label, word_changes(before, after), key)


def whole(part: Part, name: str, kind: str, text: str, label: str, key: str = "") -> Change:
    words = (("new" if kind == "added" else "gone", text),) if text else ()
    before, after = ("", text) if kind == "added" else (text, "")
    return Change(part, name, kind, before, after, label, words, key)


def move(part: Part, name: str, old: Sequence[Any], new: Sequence[Any], key: Any, label: str) -> Change:
    here, there = (f"plaats {order.index(key) + 1}" for order in (old, new))
    return Change(part, name, "moved", here, there, label, (), str(key))


def moved(old: Sequence[Any], new: Sequence[Any]) -> set[Any]:
    """The fewest rows that must have moved: those outside the longest run that kept its order."""
    places = {key: place for place, key in enumerate(old)}
    common = [key for key in new if key in places]
    tails: list[int] = []
    ends: list[Any] = []
    previous: dict[Any, Any] = {}
    for key in common:
        at = bisect_left(tails, places[key])
        previous[key] = ends[at - 1] if at else None
        tails[at : at + 1], ends[at : at + 1] = [places[key]], [key]
    kept, key = set(), ends[-1] if ends else None
    while key is not None:
        kept.add(key)
        key = previous[key]
    return set(common) - kept


def word_changes(before: str, after: str) -> Words:
    """Whole words that went, came or stayed, with the white space they were written with."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(
        None, [one.rstrip() for one in old], [one.rstrip() for one in new], autojunk=False
    )
    found: list[tuple[str, str]] = []
    for action, start, end, other_start, other_end in matcher.get_opcodes():
        if action == "equal":
            found.append(("same", "".join(new[other_start:other_end])))
            continue
        gone, came = "".join(old[start:end]), "".join(new[other_start:other_end])
        found += [(state, text) for state, text in (("gone", gone), ("new", came)) if text]
    return _spaced(found)


def _spaced(found: list[tuple[str, str]]) -> Words:
    """The last word of a text has no white space behind it; another that follows needs some."""
    spaced = [(state, text if text[-1:].isspace() else f"{text} ") for state, text in found[:-1]]
    return tuple(spaced + found[-1:])


def plain(value: Any, field: str = "") -> str:
    """One value of a section as it reads on the screen."""
    if value is None:
        return ""
    if field == "portrait":
        return PORTRAITS.get(value, ("", str(value)))[1]
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return f"{short_day(value.date())}, {value.hour}u{value:%M}"
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, time):
        return f"{value.hour}u{value:%M}"
    return number(value) if isinstance(value, Decimal) else str(value)


def shown_lines(values: tuple[Any, ...]) -> list[str]:
    return [_line(one) for one in values]


def _line(value: Any) -> str:
    if isinstance(value, PitchWindow):
        return f"{short_day(value.day)}, {plain(value.start)} tot {plain(value.end)}"
    if isinstance(value, ContactText):
        return ", ".join(one for one in (value.name, value.role, value.email, value.phone) if one)
    return plain(value)


def number(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def bare(text: str) -> str:
    return " ".join(text.split())


def join_label(within: str, label: str) -> str:
    return f"{within}, {label[:1].lower()}{label[1:]}" if within else label


def short(text: str, length: int = 60) -> str:
    line = bare(text)
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + "…"

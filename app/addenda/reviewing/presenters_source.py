"""The source of a draft: every line and where it went, and the places it can go to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.addenda.importing import raw_lines
from app.addenda.reviewing.content import ANALYSIS
from app.addenda.reviewing.moving import NOWHERE, UNDECIDED
from app.addenda.reviewing.places import BASICS, DATES, FINDINGS, Atlas, anchor
from app.addenda.reviewing.report import Report
from app.addenda.reviewing.values import STEPS

_REASONS = {
    "heading": "kop",
    "introduction": "inleidende zin",
    "contents": "inhoudstafel",
    "page": "paginanummer",
    "layout": "opmaak",
}
STATES = {
    "taken": "overgenomen",
    "hand": "met de hand geplaatst",
    "missed": "niet begrepen",
    "known": "kop of opmaak",
    "out": "hoort nergens bij",
    "gone": "staat niet meer in het ontwerp",
}


@dataclass(frozen=True)
class SourceLine:
    """`state` is a key of STATES, or blank; `where` are (label, anchor) of the places it stands in;
    `previous` and `following` the neighbours that were not understood either."""

    number: int
    text: str
    state: str
    word: str = ""
    where: tuple[tuple[str, str], ...] = ()
    previous: int | None = None
    following: int | None = None


def source_lines(text: str, report: Report, atlas: Atlas) -> list[SourceLine]:
    """The lines of the document in order, blank stretches folded to one line."""
    places: dict[int, list[tuple[str, str]]] = {}
    for at, lines in atlas.items(report.places).items():
        for line in lines:
            places.setdefault(line, []).append((_label(atlas, at), anchor(at)))
    booked = {line for place in report.places for line in place.lines}
    missed = sorted(report.missed)
    rows = []
    blank_before = True
    for number, raw in enumerate(raw_lines(text), start=1):
        if not raw.strip():
            if not blank_before:
                rows.append(SourceLine(number, "", "blank"))
            blank_before = True
            continue
        blank_before = False
        state = _state(number, report, places, booked)
        word = (
            _REASONS.get(report.known.get(number, ""), STATES[state]) if state == "known" else STATES[state]
        )
        where = tuple(dict.fromkeys(places.get(number, ())))
        before, after = _neighbours(missed, number) if state == "missed" else (None, None)
        rows.append(SourceLine(number, raw.strip(), state, word, where, before, after))
    return rows


def _state(number: int, report: Report, places: Mapping[int, Any], booked: set[int]) -> str:
    if number in report.missed:
        return "missed"
    if number in report.left_out:
        return "out"
    if number in places:
        return "hand" if number in report.moved else "taken"
    return "known" if number in report.known else "gone" if number in booked else "missed"


def _neighbours(missed: list[int], number: int) -> tuple[int | None, int | None]:
    place = missed.index(number)
    before = missed[place - 1] if place else None
    return before, missed[place + 1] if place + 1 < len(missed) else None


def _label(atlas: Atlas, at: str) -> str:
    stem, _, index = at.partition("#")
    return f"{atlas.label(stem)} {int(index) + 1}" if index else atlas.label(at)


def target_groups(atlas: Atlas) -> list[tuple[str, list[tuple[str, str]]]]:
    """The select of places: (group, [(value, label)])."""
    groups = []
    for key in atlas.draft.challenges:
        words = (("obstacle", "obstakel"), ("goal", "doel"), ("introduction", "inleiding"))
        title = atlas.title(f"challenge:{key}")
        groups.append((title, [(f"{kind}@{key}", f"{title}, {word}") for kind, word in words]))
    groups.append(("Lokale analyse", [(f"finding@{name}", FINDINGS[name]) for name in ANALYSIS]))
    if atlas.draft.personas:
        people = atlas.draft.personas.items()
        groups.append(("Persona’s", [(f"story@{key}", f"Verhaal van {one.name}") for key, one in people]))
    prose = [(f"text@{name}", BASICS[name]) for name in ("ambition", "vision", "mission", "local_input")]
    names = [(f"value@{name}", BASICS[name]) for name in ("title", "programme")]
    groups.append(("De oproep", [*names, *prose, ("contact", "Nieuwe contactpersoon")]))
    groups.append(
        ("Indienen", [("value@submission_email", "E-mailadres"), ("value@submission_url", "Webadres")])
    )
    groups.append(("Tijdlijn", [(f"date@{name}", DATES[name]) for name in STEPS]))
    groups.append(("Anders", [(NOWHERE, "Hoort nergens bij"), (UNDECIDED, "Terug naar niet begrepen")]))
    return groups

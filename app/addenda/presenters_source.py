"""The source of a draft beside the result: every line, and where it went."""

import re
from dataclasses import dataclass
from typing import Any

from app.addenda.importing import raw_lines
from app.addenda.models import Addendum

_SECTIONS = {
    "programme": "Programma",
    "service_area": "Werkingsgebied",
    "municipalities": "Gemeenten",
    "service_types": "Types dienstverlening",
    "local_input": "Andere lokale input",
    "contacts": "Contact",
    "submission": "Indienen",
    "timeline": "Tijdlijn",
    "enrichment.recurring": "Vaak teruggekomen",
    "enrichment.attention": "Aandachtspunten",
    "enrichment.obstacles": "Aanvullende obstakels",
    "enrichment.profiles": "Klantprofielen",
}
_IN_CHALLENGE = {
    "personas": "persona’s",
    "introduction": "inleiding",
    "obstacles": "obstakels",
    "goals": "doelen",
}
_REASONS = {"heading": "kop", "contents": "inhoudstafel", "page": "paginanummer", "layout": "opmaak"}


@dataclass(frozen=True)
class SourceLine:
    """`state` is taken, known, missed (not understood) or blank; `label` says where it went."""

    number: int
    text: str
    state: str
    label: str = ""


def source_lines(addendum: Addendum) -> list[SourceLine]:
    """The lines of the document in order, long blank stretches folded to one line."""
    report: dict[str, Any] = addendum.import_report
    taken: dict[int, list[str]] = {}
    for line, section in report.get("taken", []):
        taken.setdefault(line, []).append(section_label(section))
    known = {line: _REASONS.get(reason, "") for line, reason in report.get("known", [])}
    missed = {one["line"] for one in report.get("unrecognised", [])}
    rows = []
    blank_before = True
    for number, text in enumerate(raw_lines(addendum.source_text), start=1):
        if not text.strip():
            if not blank_before:
                rows.append(SourceLine(number, "", "blank"))
            blank_before = True
            continue
        blank_before = False
        rows.append(_line(number, text.strip(), taken, known, missed))
    return rows


def _line(
    number: int, text: str, taken: dict[int, list[str]], known: dict[int, str], missed: set[int]
) -> SourceLine:
    if number in missed:
        return SourceLine(number, text, "missed", "niet begrepen")
    if number in taken:
        return SourceLine(number, text, "taken", ", ".join(dict.fromkeys(taken[number])))
    return SourceLine(number, text, "known", known.get(number, ""))


def section_label(path: str) -> str:
    """ "challenges[0].goals" -> "Uitdaging 1, doelen"."""
    found = re.match(r"challenges\[(\d+)\](?:\.(\w+))?", path)
    if found:
        part = _IN_CHALLENGE.get(found[2] or "", "")
        return f"Uitdaging {int(found[1]) + 1}" + (f", {part}" if part else "")
    stem = re.sub(r"\[\d+\].*", "", path)
    return _SECTIONS.get(stem) or _SECTIONS.get(stem.partition(".")[0], stem)

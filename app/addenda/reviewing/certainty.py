"""How sure the importer is of each section of the result, in a word and with the reasons. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.addenda.drafting.sections import Dates
from app.addenda.reviewing.places import Atlas
from app.addenda.reviewing.report import Report

SURE, CHECK, MISSING = "sure", "check", "missing"
_STEMS = (
    (r"(programme|service_area|municipalit|local_input|section_in_local|ambition|vision|mission)", "basics"),
    (r"(recurring|attention|extra_obstacles|profiles|service_types)", "analysis"),
    (r"contact", "contact"),
    (r"submission", "submission"),
    (
        r"(timeline|launch|deadline|written_round|pitch|decision|objection|year_|weekday|date_)",
        "timeline",
    ),
)
_OPTIONAL = ("ambition", "vision", "mission", "local_input")
_FIELDS = {
    "personas": "Persona’s",
    "introduction": "Inleiding",
    "obstacles": "Obstakels",
    "goals": "Doelen",
}
_CHALLENGE = re.compile(r"[Uu]itdaging (\d+)")


@dataclass(frozen=True)
class Certainty:
    """`reasons` are (sentence, source line or None)."""

    level: str
    reasons: tuple[tuple[str, int | None], ...] = ()


def certainties(report: Report, atlas: Atlas) -> tuple[dict[str, Certainty], list[dict[str, Any]]]:
    """Per section, and the warnings that belong to none."""
    by_line = {
        line: atlas.section_of(at.partition("#")[0])
        for at, lines in atlas.items(report.places).items()
        for line in lines
    }
    reasons: dict[str, list[tuple[str, int | None]]] = {}
    loose = []
    for warning in report.warnings:
        section = _section(warning, by_line, atlas)
        if section:
            reasons.setdefault(section, []).append((warning["message"], warning["line"]))
        elif warning["code"] != "unrecognised_lines":
            loose.append(warning)
    told = _told(report, atlas)
    found = {}
    for section in atlas.sections():
        said = reasons.get(section, [])
        known = {reason for reason, _ in said}
        extra = [(reason, None) for reason in told.get(section, ()) if reason not in known]
        level = MISSING if _empty(atlas.value(section)) else CHECK if said or extra else SURE
        found[section] = Certainty(level, (*said, *extra))
    return found, loose


def _told(report: Report, atlas: Atlas) -> dict[str, list[str]]:
    """What the importer says field by field, apart from what may well be absent."""
    found: dict[str, list[str]] = {}
    for one in report.certainty:
        section = atlas.section_of(one.at)
        if not section or one.level == SURE or (one.level == MISSING and one.field in _OPTIONAL):
            continue
        label = _FIELDS.get(one.field) if section.startswith("challenge") else atlas.label(one.at)
        reason = one.reason if one.level == CHECK else f"{label}: niet gevonden in het document."
        if reason and reason not in found.setdefault(section, []):
            found[section].append(reason)
    return found


def _section(warning: Mapping[str, Any], by_line: Mapping[int, str], atlas: Atlas) -> str:
    code, line = warning["code"], warning["line"]
    for stem, section in _STEMS:
        if re.match(stem, code):
            return section
    if line and by_line.get(line):
        return by_line[line]
    named = _CHALLENGE.search(warning["message"])
    numbers = {number: key for key, (number, _) in atlas.draft.challenges.items()}
    if named and int(named[1]) in numbers:
        return f"challenge:{numbers[int(named[1])]}"
    return ""


def _empty(value: Any) -> bool:
    """Nothing found at all: for a persona no story, for the timeline no date."""
    if isinstance(value, Dates):
        return not any((value.launch, value.deadline, value.written_from, value.windows))
    if isinstance(value, tuple):
        return not value[2] if _is_persona(value) else not any(value)
    return False


def _is_persona(value: tuple[Any, ...]) -> bool:
    return len(value) == 3 and isinstance(value[0], str)

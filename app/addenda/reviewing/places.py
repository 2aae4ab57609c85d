"""Places of the result that a source line can stand in: their section, their words, whether they exist.

Sections of the review: basics, timeline, persona:<id>, challenge:<id>, analysis, contact, submission. Pure.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from app.addenda.drafting.sections import Draft
from app.addenda.reviewing.content import ANALYSIS, Place
from app.addenda.reviewing.matching import likeness

BASICS = {
    "title": "Titel",
    "programme": "Programma",
    "municipalities": "Gemeenten",
    "ambition": "Ambitie",
    "vision": "Visie",
    "mission": "Missie",
    "local_input": "Andere lokale input",
}
DATES = {
    "launch": "Lancering",
    "questions_until": "Vragen stellen kan tot en met",
    "deadline": "Uiterste indiendatum",
    "written_from": "Schriftelijke ronde",
    "windows": "Pitchmomenten",
    "decision_before": "Beslissing",
    "objection_days": "Weerwoord",
}
FINDINGS = {
    "service_types": "Types dienstverlening",
    "recurring": "Wat vaak terugkwam",
    "attention": "Wat verder aandacht vraagt",
    "obstacles": "Aanvullende obstakels",
    "profiles": "Klantprofielen",
}
_STILL_THE_SAME = 60.0


@dataclass(frozen=True)
class Row:
    """An obstacle or goal: its challenge, the number of that challenge, its own number and its text."""

    challenge: int
    number: int
    position: int
    text: str


@dataclass(frozen=True)
class Atlas:
    """Every place of one draft."""

    draft: Draft

    @cached_property
    def rows(self) -> dict[str, Row]:
        found = {}
        for key, (number, text) in self.draft.challenges.items():
            for position, one in enumerate(text.obstacles, start=1):
                found[f"obstacle:{one.key}"] = Row(key, number, position, one.label)
            for position, aim in enumerate(text.goals, start=1):
                found[f"goal:{aim.key}"] = Row(key, number, position, aim.text)
        return found

    def sections(self) -> list[str]:
        """In the order of the call."""
        return [
            "basics",
            "timeline",
            *(f"persona:{key}" for key in self.draft.personas),
            *(f"challenge:{key}" for key in self.draft.challenges),
            "analysis",
            "contact",
            "submission",
        ]

    def section_of(self, at: str) -> str:
        """ "" for a place that is not there (any more)."""
        kind, _, key = at.partition(":")
        if at in self.rows:
            return f"challenge:{self.rows[at].challenge}"
        if kind in ("challenge", "introduction"):
            return f"challenge:{key}" if _number(key) in self.draft.challenges else ""
        if kind == "persona":
            return at if _number(key) in self.draft.personas else ""
        if at.startswith("analysis."):
            return "analysis"
        if at in ("contacts", "submission"):
            return at.removesuffix("s")
        return "basics" if at in BASICS else "timeline" if at in DATES else ""

    def label(self, at: str) -> str:
        """ "Uitdaging 2, obstakel 3"."""
        kind, _, key = at.partition(":")
        if row := self.rows.get(at):
            word = "obstakel" if kind == "obstacle" else "doel"
            return f"Uitdaging {row.number}, {word} {row.position}"
        if kind in ("challenge", "introduction"):
            number, _ = self.draft.challenges.get(_number(key), (0, None))
            return f"Uitdaging {number}, {'inleiding' if kind == 'introduction' else 'titel'}"
        if kind == "persona":
            one = self.draft.personas.get(_number(key))
            return f"Persona {one.name}" if one else "Persona"
        words = {**BASICS, **DATES, "contacts": "Contact", "submission": "Indienen"}
        return words.get(at) or FINDINGS.get(at.removeprefix("analysis."), at)

    def title(self, section: str) -> str:
        """The name of a section."""
        kind, _, key = section.partition(":")
        if kind == "challenge":
            number, text = self.draft.challenges[int(key)]
            names = " en ".join(self.draft.personas[one].name for one in text.personas)
            return f"Uitdaging {number}" + (f": {names}" if names else "")
        names_ = {"basics": "Basis", "timeline": "Tijdlijn", "analysis": "Lokale analyse"}
        return names_.get(section) or self.label({"contact": "contacts"}.get(section, section))

    def value(self, section: str) -> Any:
        """What the document can say of a section: what was accepted holds as long as this is the same."""
        kind, _, key = section.partition(":")
        draft = self.draft
        if kind == "challenge":
            _, text = draft.challenges[int(key)]
            rows = tuple(one.label for one in text.obstacles), tuple(one.text for one in text.goals)
            return text.introduction, text.personas, *rows
        if kind == "persona":
            one = draft.personas[int(key)]
            return one.name, one.age, one.story
        if kind == "basics":
            return replace(draft.basics, contacts=(), submission_email="", submission_url="")
        return {
            "timeline": draft.dates,
            "analysis": draft.analysis,
            "contact": draft.basics.contacts,
            "submission": (draft.basics.submission_email, draft.basics.submission_url),
        }[section]

    def fingerprint(self, section: str) -> int:
        return int(hashlib.sha256(repr(self.value(section)).encode()).hexdigest()[:12], 16)

    def items(self, places: Iterable[Place]) -> dict[str, tuple[int, ...]]:
        """The source lines by place; an item of the analysis is "analysis.recurring#2". A place that is no
        longer there is left out."""
        found: dict[str, tuple[int, ...]] = {}
        for place in places:
            at = self.exact(place)
            if at:
                found[at] = tuple(sorted({*found.get(at, ()), *place.lines}))
        return found

    def exact(self, place: Place) -> str:
        """The place as it is now: an item of the analysis by its text, or what it became."""
        if not self.section_of(place.at):
            return ""
        name = place.at.removeprefix("analysis.")
        if name == place.at or not place.text:
            return place.at
        texts: tuple[str, ...] = getattr(self.draft.analysis, name) if name in ANALYSIS else ()
        scores = [(likeness(text, place.text), -index) for index, text in enumerate(texts)]
        best, index = max(scores, default=(0.0, 0))
        return f"{place.at}#{-index}" if best >= _STILL_THE_SAME else ""


def anchor(at: str, prefix: str = "bij") -> str:
    """The id of a place on the page: "obstacle:12" -> "bij-obstacle-12"."""
    return f"{prefix}-" + re.sub(r"[^a-z0-9]+", "-", at)


def _number(key: str) -> int:
    return int(key) if key.lstrip("-").isdecimal() else 0

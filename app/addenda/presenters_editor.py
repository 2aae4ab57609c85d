"""What the pages of the editor show: where one is, what is still needed, and two texts beside each other."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from flask import url_for

from app.addenda.advice import Item
from app.addenda.models import Addendum
from app.addenda.portraits import PORTRAITS
from app.addenda.sections import ChallengeText, Part, Section
from app.domain.errors import DomainError
from app.infra.formats import day, short_day
from app.infra.messages import say

ROUND_LABELS = {"written": "schriftelijke ronde", "pitch": "pitchronde"}
_LABELS = {
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
}


_STEPS = {
    "launch": "De lancering",
    "questions_until": "De laatste dag voor vragen",
    "deadline": "De uiterste indiendatum",
    "written_from": "De eerste dag van de schriftelijke ronde",
    "written_until": "De laatste dag van de schriftelijke ronde",
    "pitch_windows": "Een pitchmoment",
    "decision_before": "De laatste dag om te beslissen",
}
# At the row itself a few words say enough; what the row shows already is not said twice.
_AT_THE_ROW = {
    "publish_obstacle_without_goal": "Nog geen doel bij dit obstakel.",
    "publish_goal_without_obstacle": "",
    "publish_obstacle_life_domain": "",
    "publish_long_sentences": "Hier staat een zin van meer dan dertig woorden.",
}


def part_href(call_id: int, part: Part) -> str:
    """The page of the editor where a section is."""
    if part.kind in ("persona", "challenge"):
        place: dict[str, Any] = {f"{part.kind}_id": int(part.key)}
        return url_for(f"addenda.edit_{part.kind}", addendum_id=call_id, **place)
    if part.kind == "criteria":
        return url_for("addenda.edit_criteria", addendum_id=call_id, round_name=part.key)
    endpoints = {
        "review": "addenda.review",
        "personas": "addenda.personas",
        "challenges": "addenda.challenges",
    }
    return url_for(endpoints.get(part.kind, f"addenda.edit_{part.kind}"), addendum_id=call_id)


def checklist(call_id: int, items: list[Item]) -> dict[str, list[dict[str, Any]]]:
    """The items as the checklist component wants them: what blocks, and what is advice."""
    shown = [
        (
            item.blocks,
            {
                "done": False if item.blocks else None,
                "text": _sentence(item).rstrip("."),
                "href": _item_href(call_id, item),
                "hint": _where(item.part),
            },
        )
        for item in items
    ]
    return {
        "blocking": [row for blocks, row in shown if blocks],
        "advice": [row for blocks, row in shown if not blocks],
    }


def field_notes(items: list[Item], part: Part) -> dict[str, str]:
    """{id of a field: what is worth another look there} for the advice about one page."""
    notes: dict[str, list[str]] = {}
    for item in items:
        text = _AT_THE_ROW.get(item.code, _sentence(item))
        if item.part == part and not item.blocks and text:
            for one in item.fields:
                notes.setdefault(one, []).append(text if text.endswith(".") else f"{text}.")
    return {one: " ".join(texts) for one, texts in notes.items()}


def _item_href(call_id: int, item: Item) -> str:
    """The very field, where the line is about one."""
    href = part_href(call_id, item.part)
    return f"{href}#{item.fields[0]}" if item.fields else href


def _sentence(item: Item) -> str:
    facts = dict[str, Any](item.facts)
    if "step" in facts:
        facts["step"] = _STEPS[facts["step"]]
    if "day" in facts:
        facts["day"] = day(facts["day"])
    return say(DomainError(item.code, **facts))


def _where(part: Part) -> str:
    if part.kind == "criteria":
        return f"Criteria {ROUND_LABELS[part.key]}"
    names = {
        "timeline": "Tijdlijn",
        "basics": "Basis",
        "analysis": "Lokale analyse",
        "review": "Bron en resultaat",
    }
    return names.get(part.kind, "")


def editor_steps(addendum: Addendum, items: list[Item], active: Part) -> list[dict[str, Any]]:
    """The side navigation: every page of the editor with its state."""
    states = {item.part: "error" if item.blocks else "open" for item in reversed(items)}
    rows: list[tuple[str, str, Part]] = [
        ("De oproep", "Basis", Part("basics")),
        ("De oproep", "Tijdlijn", Part("timeline")),
        ("Persona’s", "Alle persona’s", Part("personas")),
        *(("Persona’s", one.name, Part("persona", str(one.id))) for one in addendum.personas),
        ("Regio-uitdagingen", "Alle uitdagingen", Part("challenges")),
        *(
            ("Regio-uitdagingen", f"Uitdaging {one.number}", Part("challenge", str(one.id)))
            for one in addendum.challenges
        ),
        ("Verder", "Lokale analyse", Part("analysis")),
        ("Beoordeling", "Criteria schriftelijk", Part("criteria", "written")),
        ("Beoordeling", "Criteria pitch", Part("criteria", "pitch")),
        ("Beoordeling", "Drempels", Part("thresholds")),
    ]
    return [
        {
            "group": group,
            "label": label,
            "href": part_href(addendum.id, part),
            "active": part == active,
            "state": states.get(part, "done"),
        }
        for group, label, part in rows
    ]


def differences(mine: Section, theirs: Section, names: dict[int, str] | None = None) -> list[dict[str, str]]:
    """Per field that differs: its label, what I typed and what somebody else saved."""
    rows = []
    for one in fields(mine):
        left, right = (
            _words(_readable(section, one.name), names or {}, one.name) for section in (mine, theirs)
        )
        if left != right:
            rows.append({"label": _LABELS.get(one.name, one.name), "mine": left, "theirs": right})
    return rows


def _readable(section: Section, name: str) -> Any:
    """Goals of a challenge show the obstacles they help with by their words, not their keys."""
    value = getattr(section, name)
    if not isinstance(section, ChallengeText) or name != "goals":
        return value
    labels = {one.key: one.label for one in section.obstacles}
    return tuple(
        f"{goal.text} ({', '.join(labels.get(key, '?') for key in goal.obstacles) or 'geen obstakel'})"
        for goal in value
    )


def _words(value: Any, names: dict[int, str], field: str = "") -> str:
    if isinstance(value, tuple):
        return "\n".join(_words(one, names, field) for one in value)
    if is_dataclass(value):
        shown = (getattr(value, one.name) for one in fields(value) if one.name not in ("key",))
        return ", ".join(_words(one, names) for one in shown if one not in ("", None, ()))
    if field == "portrait":
        return PORTRAITS.get(value, ("", str(value)))[1]
    if field in ("municipalities", "personas"):
        return names.get(value, str(value))
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return f"{short_day(value.date())}, {value:%H:%M}"
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else str(value)

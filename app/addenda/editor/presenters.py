"""What the pages of the editor show: where one is, what is still needed, and two texts beside each other."""

from typing import Any

from flask import current_app, url_for

from app.addenda.drafting.differences import compare_sections
from app.addenda.drafting.sections import Part, Section
from app.addenda.models import Addendum
from app.addenda.publishing.advice import Item
from app.domain.errors import DomainError
from app.infra.formats import day
from app.infra.messages import say

ROUND_LABELS = {"written": "schriftelijke ronde", "pitch": "pitchronde"}
_STEPS = {
    "launch": "De lancering",
    "questions_until": "De laatste dag voor vragen",
    "deadline": "De uiterste indiendatum",
    "written_from": "De eerste dag van de schriftelijke ronde",
    "written_until": "De laatste dag van de schriftelijke ronde",
    "pitch_windows": "Een pitchmoment",
    "decision_before": "De laatste dag om te beslissen",
}
_GROUPS = {
    "persona": "Persona’s",
    "personas": "Persona’s",
    "challenge": "Regio-uitdagingen",
    "challenges": "Regio-uitdagingen",
    "analysis": "Lokale analyse",
    "criteria": "Beoordeling",
    "thresholds": "Beoordeling",
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
                "group": _GROUPS.get(item.part.kind, "De oproep"),
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
    steps = [
        {
            "group": group,
            "label": label,
            "href": part_href(addendum.id, part),
            "active": part == active,
            "state": states.get(part, "done"),
        }
        for group, label, part in rows
    ]
    return [*steps, *_formal_step(addendum)]


def _formal_step(addendum: Addendum) -> list[dict[str, Any]]:
    """What must formally be in order has a page of its own, further along the road."""
    if addendum.published_at is not None or "admissibility.requirements" not in current_app.view_functions:
        return []
    href = url_for("admissibility.requirements", addendum_id=addendum.id)
    label = "Wat formeel in orde moet zijn"
    return [{"group": "Beoordeling", "label": label, "href": href, "active": False, "state": "done"}]


def differences(mine: Section, theirs: Section, names: dict[int, str] | None = None) -> list[dict[str, str]]:
    """Per difference: its label, what I typed and what somebody else saved. `names` are those of the page:
    municipalities by id, or personas."""
    return [
        {"label": one.label, "mine": one.before, "theirs": one.after}
        for one in compare_sections(Part("section"), mine, theirs, names=names)
    ]

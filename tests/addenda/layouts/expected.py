"""The result that a document must give, field by field, and how a result is held against it."""

import re
from typing import Any

from .content import Region
from .model import Doc

COUNTS = ("challenges", "personas", "obstacles", "goals", "service_types", "recurring", "attention",
          "extra_obstacles", "profiles")  # fmt: skip
DATES = ("launch", "deadline", "written_round", "pitch_windows", "decision_before", "objection_days")
WHO = ("contacts", "submission")
TEXTS = ("programme", "service_area", "municipalities", "introductions", "local_input", "ambition", "vision",
         "mission", "stories")  # fmt: skip
FIELDS = COUNTS + DATES + WHO + TEXTS
OPTIONAL_TEXTS = ("local_input", "ambition", "vision", "mission")


def expected(region: Region, doc: Doc) -> dict[str, Any]:
    found = {**_lists(region), **_dates(region), **_who(region), **_texts(region)}
    named = dict.fromkeys(name for task in region.tasks for name in task.personas)
    for name in doc.omits:
        found[name] = [] if isinstance(found[name], list) else None
    if "stories" in doc.omits:
        found["stories"] = [[name, None, None] for name in named]
    if "submission" in doc.omits:
        found["submission"] = {"email": None, "url": None}
    return found


def _lists(region: Region) -> dict[str, Any]:
    return {
        "challenges": list(range(1, len(region.tasks) + 1)),
        "personas": [list(task.personas) for task in region.tasks],
        "obstacles": [list(task.obstacles) for task in region.tasks],
        "goals": [list(task.goals) for task in region.tasks],
        "service_types": list(region.services),
        "recurring": list(region.recurring),
        "attention": list(region.attention),
        "extra_obstacles": list(region.extra),
        "profiles": list(region.profiles),
    }


def _dates(region: Region) -> dict[str, Any]:
    return {
        "launch": region.launch.isoformat(),
        "deadline": f"{region.deadline:%Y-%m-%dT%H:%M}",
        "written_round": [day.isoformat() for day in region.written],
        "pitch_windows": [
            [one.day.isoformat(), f"{one.start:%H:%M}", f"{one.end:%H:%M}"] for one in region.windows
        ],
        "decision_before": region.decision_before.isoformat(),
        "objection_days": region.objection_days,
    }


def _who(region: Region) -> dict[str, Any]:
    return {
        "contacts": [
            {"name": one.name, "role": one.role, "email": one.email, "phone": one.phone}
            for one in region.contacts
        ],
        "submission": {"email": region.submit_email, "url": region.submit_url},
    }


def _texts(region: Region) -> dict[str, Any]:
    return {
        "programme": region.programme,
        "service_area": region.area,
        "municipalities": list(region.municipalities),
        "introductions": [task.introduction for task in region.tasks],
        "local_input": " ".join(region.local_input) or None,
        "ambition": region.ambition,
        "vision": region.vision,
        "mission": region.mission,
        "stories": [[one.name, one.age, one.story] for one in region.people],
    }


def read_back(json: dict[str, Any]) -> dict[str, Any]:
    """The importer's JSON in the same shape."""
    challenges = json["challenges"]
    enrichment = json["enrichment"]
    return {
        "challenges": [one["number"] for one in challenges],
        **{key: [one[key] for one in challenges] for key in ("personas", "obstacles", "goals")},
        "introductions": [one["introduction"] for one in challenges],
        "service_types": json["service_types"],
        "recurring": enrichment["recurring"],
        "attention": enrichment["attention"],
        "extra_obstacles": enrichment["obstacles"],
        "profiles": enrichment["profiles"],
        **json["timeline"],
        **{key: json[key] for key in (*WHO, "programme", "service_area", "municipalities")},
        **{key: json.get(key) for key in OPTIONAL_TEXTS},
        "stories": [[one["name"], one["age"], one["story"]] for one in json.get("personas", [])],
    }


def right(name: str, wanted: Any, found: Any) -> bool:
    """Exactly the same; running text may differ in spaces, and an introduction may say more around it."""
    if name == "introductions":
        return len(wanted) == len(found) and all(
            not text or _plain(text) in _plain(other or "") for text, other in zip(wanted, found, strict=True)
        )
    if name in ("stories", *OPTIONAL_TEXTS):
        return bool(_plain(str(wanted)) == _plain(str(found)))
    if name == "contacts":
        return [_contact(one) for one in wanted] == [_contact(one) for one in found]
    return bool(wanted == found)


def _contact(one: dict[str, Any]) -> tuple[Any, ...]:
    return (one["name"], one["role"], one["email"], re.sub(r"\D", "", one["phone"] or ""))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

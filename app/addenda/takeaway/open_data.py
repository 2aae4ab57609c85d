"""A call, and the list of calls, as JSON and as rows of a spreadsheet.

The fields are described in `oproep-1.schema.json`, which is served too and from which the page with the
explanation is made. Fields may be added; a field that changes its meaning gets a new schema number.
"""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.addenda.portraits import portrait_key
from app.addenda.presenters import PHASE_LABELS
from app.addenda.public.queries import ChallengeRow, CriterionRow, PersonaRow
from app.addenda.queries import Call
from app.addenda.takeaway.document import Takeaway, Version, least_level, portrait_url
from app.addenda.takeaway.listing import Listed
from app.addenda.takeaway.words import cleaned, one_line
from app.domain.timeline import BRUSSELS, Phase
from app.notifications.services import absolute_url, page_url

SCHEMA_PATH = "/schema/oproep-1.json"
_STANDINGS = {phase: words.lower() for phase, (words, _) in PHASE_LABELS.items()}
_SCHEMA = Path(__file__).with_name("oproep-1.schema.json")


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one call; `$defs.list` describes the list."""
    found: dict[str, Any] = json.loads(_SCHEMA.read_text())
    return found


def call_json(taken: Takeaway) -> dict[str, Any]:
    """One call as `oproep-1.json` describes it."""
    page = taken.page
    analysis = {"service_types": "service_type", "recurring": "recurring", "attention": "attention"}
    analysis |= {"obstacles": "obstacle", "profiles": "profile"}
    content = {
        "$schema": absolute_url(SCHEMA_PATH),
        **_head(taken.call, taken.version, taken.versions[0].at),
        "programme": page.programme,
        "municipalities": taken.towns,
        "ambition": page.ambition,
        "vision": page.vision,
        "mission": page.mission,
        "timeline": _timeline(taken),
        "personas": [_persona(one) for one in page.personas],
        "challenges": [_challenge(one) for one in page.challenges],
        "analysis": {name: page.lists.get(kind, []) for name, kind in analysis.items()},
        "local_input": page.local_input,
        "assessment": {
            "minimum_total": float(page.minimum_total),
            "written_share": float(page.written_share),
            "written": [_criterion(one) for one in page.criteria.get("written", [])],
            "pitch": [_criterion(one) for one in page.criteria.get("pitch", [])],
        },
        "contacts": [
            dict(zip(("name", "role", "email", "phone"), (text or "" for text in one), strict=True))
            for one in page.contacts
        ],
        "questions": [
            {
                "number": one.number,
                "question": one.question,
                "answer": one.answer,
                "published_at": local(one.published_at),
            }
            for one in taken.answers
        ],
        "versions": [
            {"number": one.number, "at": local(one.at), "reason": one.reason} for one in taken.versions
        ],
        "documents": documents(taken.call.id),
    }
    found: dict[str, Any] = cleaned(content)
    return found


def list_json(listed: list[Listed]) -> dict[str, Any]:
    """The list of calls; each with the address of its whole content."""
    content = {
        "$schema": absolute_url(SCHEMA_PATH) + "#/$defs/list",
        "calls": [
            {
                **_head(one.call, one.version, one.versions[0].at),
                "municipalities": one.towns,
                "personas": one.people,
                "launch": iso(one.call.launch),
                "deadline": _deadline(one.call.deadline),
                "documents": documents(one.call.id),
            }
            for one in listed
        ],
    }
    found: dict[str, Any] = cleaned(content)
    return found


COLUMNS: tuple[tuple[str, str], ...] = (
    ("id", "Vast nummer van de oproep. Verandert nooit."),
    ("titel", "Titel van de oproep."),
    ("regio", "Naam van het werkingsgebied."),
    ("gemeenten", "Namen van de gemeenten, met een | ertussen."),
    ("stand", f"Waar de oproep staat: {', '.join(list(_STANDINGS.values())[1:])}. In JSON: `phase`."),
    ("open", "ja: indienen kan nu. nee: dat kan niet (meer)."),
    ("lancering", "Dag waarop de oproep voor iedereen zichtbaar werd (JJJJ-MM-DD)."),
    ("laatste_minuut", "Laatste minuut die nog telt, met het verschil met UTC."),
    ("uiterste_moment", "Eerste ogenblik dat te laat is: een minuut na de laatste minuut."),
    ("schriftelijk_van", "Eerste dag van de schriftelijke ronde."),
    ("schriftelijk_tot_en_met", "Laatste dag van de schriftelijke ronde."),
    ("pitch_eerste_dag", "Eerste dag met pitches."),
    ("pitch_laatste_dag", "Laatste dag met pitches."),
    ("beslissing_voor", "De beslissing valt vóór deze dag."),
    ("versie", "Nummer van de gepubliceerde versie; 1 is de publicatie."),
    ("gewijzigd_op", "Wanneer deze versie gepubliceerd werd, met het verschil met UTC."),
    ("adres", "Pagina van de oproep."),
)


def list_rows(listed: list[Listed]) -> list[list[object]]:
    """The list for a spreadsheet, in the order of `COLUMNS`."""
    return [_row(one) for one in listed]


def _row(one: Listed) -> list[object]:
    call, due = one.call, _deadline(one.call.deadline) or {}
    return [
        call.id,
        one_line(call.title),
        one_line(call.service_area),
        "|".join(one_line(town) for town in one.towns),
        _STANDINGS[call.phase],
        "ja" if call.phase is Phase.OPEN else "nee",
        iso(call.launch),
        due.get("last_minute"),
        due.get("too_late_from"),
        iso(call.written_from),
        iso(call.written_until),
        iso(call.pitch_from),
        iso(call.pitch_until),
        iso(call.decision_before),
        one.version.number,
        local(one.version.at),
        page_url("addenda.show", addendum_id=call.id),
    ]


def documents(addendum_id: int) -> dict[str, str]:
    """Where the other forms of a call are."""
    names = {
        "json": "addenda.call_json_file",
        "pdf": "addenda.call_pdf",
        "docx": "addenda.call_docx",
        "ics": "addenda.timeline_calendar",
    }
    return {name: page_url(endpoint, addendum_id=addendum_id) for name, endpoint in names.items()}


def local(instant: datetime) -> str:
    """With the offset of Brussels at that moment."""
    return instant.astimezone(BRUSSELS).isoformat(timespec="seconds")


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _head(call: Call, version: Version, published_at: datetime) -> dict[str, Any]:
    return {
        "id": call.id,
        "url": page_url("addenda.show", addendum_id=call.id),
        "title": call.title,
        "service_area": {"id": call.service_area_id, "name": call.service_area},
        "phase": call.phase.name.lower(),
        "open": call.phase is Phase.OPEN,
        "version": version.number,
        "published_at": local(published_at),
        "updated_at": local(version.at),
    }


def _deadline(deadline: datetime | None) -> dict[str, str] | None:
    if deadline is None:
        return None
    return {"last_minute": local(deadline - timedelta(minutes=1)), "too_late_from": local(deadline)}


def _timeline(taken: Takeaway) -> dict[str, Any]:
    call = taken.call
    written = {"from": iso(call.written_from), "until": iso(call.written_until)}
    windows = [
        {name: local(datetime.combine(day, one, BRUSSELS)) for name, one in (("start", start), ("end", end))}
        for day, start, end in taken.page.windows
    ]
    return {
        "launch": iso(call.launch),
        "questions_until": iso(taken.page.questions_until),
        "deadline": _deadline(call.deadline),
        "written_round": written if call.written_from and call.written_until else None,
        "pitch_windows": windows,
        "decision_before": iso(call.decision_before),
        "objection_days": call.objection_days,
    }


def _persona(one: PersonaRow) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "age": one.age,
        "occurrence": one.occurrence,
        "story": one.story,
        "strengths": one.strengths,
        "life_domains": one.life_domains,
        "portrait": {"url": portrait_url(portrait_key(one.portrait)), "description": one.shown},
        "challenges": one.challenges,
    }


def _challenge(one: ChallengeRow) -> dict[str, Any]:
    obstacle_ids = {row.number: row.id for row in one.obstacles}
    goal_ids = {row.number: row.id for row in one.goals}
    return {
        "id": one.id,
        "number": one.number,
        "introduction": one.introduction,
        "personas": [row.id for row in one.personas],
        "obstacles": [
            {
                "id": row.id,
                "number": row.number,
                "label": row.label,
                "life_domains": row.life_domains,
                "goals": [goal_ids[number] for number in row.goals],
            }
            for row in one.obstacles
        ],
        "goals": [
            {
                "id": row.id,
                "number": row.number,
                "text": row.text,
                "obstacles": [obstacle_ids[number] for number in row.obstacles],
            }
            for row in one.goals
        ],
    }


def _criterion(one: CriterionRow) -> dict[str, Any]:
    return {
        "name": one.name,
        "weight": float(one.weight),
        "minimum": least_level(one),
        "levels": [{"value": value, "description": description} for value, description in one.levels],
    }

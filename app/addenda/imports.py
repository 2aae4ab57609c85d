"""From the text of a document to a draft: whatever is not understood is kept beside the result."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.addenda.editing import EDIT, editable, note_edit
from app.addenda.importing import parse_addendum
from app.addenda.importing.result import Item, ParsedAddendum
from app.addenda.models import (
    Addendum,
    Challenge,
    Contact,
    Criterion,
    CriterionLevel,
    EnrichmentFinding,
    Goal,
    Obstacle,
    Persona,
    PitchWindow,
    ServiceType,
)
from app.domain.access import Actor, Subject, may, require
from app.domain.criteria import DEFAULT_PITCH, DEFAULT_WRITTEN, RoundRules
from app.domain.errors import DomainError, NotFound
from app.domain.timeline import DEFAULT_OBJECTION_DAYS, Phase, exclusive_deadline
from app.infra.database import db, transaction
from app.regions.models import Municipality, ServiceArea

OBSTACLE, SENTENCE = 500, 1000


def create_draft(
    service_area_id: int, *, by: Actor, title: str = "", text: str | None = None, source_name: str = ""
) -> int:
    """A new draft with the default criteria, filled from `text` when there is one; its id.

    Raises what the importer raises (`importing.errors.ImportRefused`) before anything is written.
    """
    parsed = parse_addendum(text) if text is not None else None
    with transaction() as now:
        require(may(by, EDIT, Subject(service_area_id), Phase.DRAFT))
        region = db.session.get(ServiceArea, service_area_id)
        if region is None:
            raise NotFound("service_area")
        addendum = _blank(region, title, by, now)
        if parsed is not None:
            _fill(addendum, parsed, region)
            _remember(addendum, text or "", source_name, parsed)
        db.session.flush()
        addendum.version = 0
        note_edit(addendum, by, now, "addendum.drafted", imported=parsed is not None)
        return addendum.id


def import_again(
    addendum_id: int, text: str, source_name: str, *, seen: int, confirmed: bool, by: Actor
) -> None:
    """Replace what a draft holds by what this text gives. Criteria stay, and so do the story and the
    portrait of personas whose name comes back."""
    parsed = parse_addendum(text)
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        if not confirmed:
            raise DomainError("import_not_confirmed", field="confirmed")
        if seen != addendum.version:
            raise DomainError("call_changed_meanwhile")
        known = {one.name: one for one in addendum.personas}
        addendum.challenges = []
        db.session.flush()
        region = db.session.get_one(ServiceArea, addendum.service_area_id)
        _fill(addendum, parsed, region, known)
        _remember(addendum, text, source_name, parsed)
        note_edit(addendum, by, now, "addendum.imported_again")


def _blank(region: ServiceArea, title: str, by: Actor, now: datetime) -> Addendum:
    addendum = Addendum(
        service_area_id=region.id,
        title=title or f"Lokaal addendum {region.name}"[:200],
        created_by_id=by.user_id,
        created_at=now,
        objection_days=DEFAULT_OBJECTION_DAYS,
        municipalities=list(region.municipalities),
        import_report={},
        criteria=[*_default("written", DEFAULT_WRITTEN), *_default("pitch", DEFAULT_PITCH)],
    )
    db.session.add(addendum)
    return addendum


def _default(round_name: str, rules: RoundRules) -> list[Criterion]:
    return [
        Criterion(
            round=round_name,
            position=place,
            name=one.name,
            weight=one.weight,
            minimum=one.minimum,
            levels=[CriterionLevel(value=level.value, description=level.description) for level in one.levels],
        )
        for place, one in enumerate(rules.criteria)
    ]


def _remember(addendum: Addendum, text: str, source_name: str, parsed: ParsedAddendum) -> None:
    """The source and how it was read, for the page that shows both; `_fill` left its own notes."""
    report = parsed.to_json()
    addendum.source_text = text
    addendum.source_name = source_name[:200]
    addendum.import_report = {
        "warnings": addendum.import_report.get("notes", []) + report["warnings"],
        "unrecognised": report["unrecognised"],
        "taken": [[one.line, one.section] for one in parsed.taken],
        "known": [[one.line, one.reason] for one in parsed.known],
    }


def _fill(
    addendum: Addendum, parsed: ParsedAddendum, region: ServiceArea, known: dict[str, Persona] | None = None
) -> None:
    if parsed.service_area:
        addendum.title = f"Lokaal addendum {parsed.service_area}"[:200]
    addendum.programme = (parsed.programme or "")[:200]
    addendum.local_input = parsed.local_input or ""
    addendum.submission_email = (parsed.submission.email or "")[:254]
    addendum.submission_url = _web_address(parsed.submission.url)
    addendum.municipalities, unknown = _municipalities(parsed.municipalities, region)
    addendum.import_report = {"notes": unknown + _too_long(parsed)}
    addendum.contacts = [
        Contact(
            position=place,
            name=(one.name or "")[:120],
            role=(one.role or "")[:200],
            email=(one.email or "")[:254],
            phone=(one.phone or "")[:60],
        )
        for place, one in enumerate(parsed.contacts)
    ]
    _fill_dates(addendum, parsed)
    _fill_challenges(addendum, parsed, known or {})
    addendum.service_types = _rows(ServiceType, parsed.service_types)
    found = parsed.enrichment
    addendum.findings = [
        *_rows(EnrichmentFinding, found.recurring, kind="recurring"),
        *_rows(EnrichmentFinding, found.attention, kind="attention"),
        *_rows(EnrichmentFinding, found.obstacles, kind="obstacle"),
        *_rows(EnrichmentFinding, found.profiles, kind="profile"),
    ]


def _web_address(url: str | None) -> str:
    """Only what a browser may follow safely."""
    return url[:300] if url and url.lower().startswith(("https://", "http://")) else ""


def _municipalities(names: Sequence[str], region: ServiceArea) -> tuple[list[Municipality], list[Any]]:
    """Known municipalities by name; those of the region when the document gives none. Unknown ones become
    warnings."""
    if not names:
        return list(region.municipalities), []
    wanted = {name.casefold(): name for name in names}
    rows = db.session.scalars(
        select(Municipality).where(func.lower(Municipality.name).in_([name.lower() for name in names]))
    ).all()
    unknown = sorted(set(wanted) - {row.name.casefold() for row in rows})
    warnings = [
        {
            "code": "municipality_unknown",
            "message": f"De gemeente “{wanted[one]}” is niet gekend in deze toepassing.",
            "line": None,
        }
        for one in unknown
    ]
    return list(rows), warnings


def _too_long(parsed: ParsedAddendum) -> list[Any]:
    """Items that do not fit are cut off, and say so: nothing goes silently."""
    obstacles = [item for one in parsed.challenges for item in one.obstacles if len(item.text) > OBSTACLE]
    others = [item for one in parsed.challenges for item in one.goals]
    others += [*parsed.service_types, *parsed.enrichment.recurring, *parsed.enrichment.attention]
    others += [*parsed.enrichment.obstacles, *parsed.enrichment.profiles]
    return [
        {
            "code": "item_cut_off",
            "message": "Deze tekst is te lang en werd afgebroken. Kijk het resultaat na.",
            "line": item.lines[0] if item.lines else None,
        }
        for item in [*obstacles, *(item for item in others if len(item.text) > SENTENCE)]
    ]


def _fill_dates(addendum: Addendum, parsed: ParsedAddendum) -> None:
    """Dates out of order are taken as they stand: the checklist says so before publication."""
    timeline = parsed.timeline
    addendum.launch = timeline.launch
    addendum.deadline = exclusive_deadline(timeline.deadline) if timeline.deadline else None
    addendum.written_from, addendum.written_until = timeline.written_round or (None, None)
    addendum.decision_before = timeline.decision_before
    days = timeline.objection_days
    addendum.objection_days = days if days and 1 <= days <= 90 else DEFAULT_OBJECTION_DAYS
    addendum.pitch_windows = [
        PitchWindow(day=one.day, start=one.start, end=one.end)
        for one in timeline.pitch_windows
        if one.start and one.end and one.start < one.end
    ]


def _fill_challenges(addendum: Addendum, parsed: ParsedAddendum, known: dict[str, Persona]) -> None:
    names = list(dict.fromkeys(name[:80] for one in parsed.challenges for name in one.personas))
    personas = {
        name: known.get(name) or Persona(name=name, portrait=place % 8 + 1)
        for place, name in enumerate(names)
    }
    for place, persona in enumerate(personas.values()):
        persona.position = place
    addendum.personas = list(personas.values())
    addendum.challenges = [
        Challenge(
            number=number,
            introduction=one.introduction or "",
            personas=[personas[name] for name in dict.fromkeys(name[:80] for name in one.personas)],
            obstacles=[
                Obstacle(position=place, label=item.text[:OBSTACLE])
                for place, item in enumerate(one.obstacles)
            ],
            goals=[Goal(position=place, text=item.text[:SENTENCE]) for place, item in enumerate(one.goals)],
        )
        for number, one in enumerate(parsed.challenges, start=1)
    ]


def _rows(model: type[Any], items: Sequence[Item], **values: Any) -> list[Any]:
    return [model(position=place, text=item.text[:SENTENCE], **values) for place, item in enumerate(items)]

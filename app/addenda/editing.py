"""Saving a page of the editor of a draft; nothing can be saved once the call is published."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.addenda.drafts import FINDING_KINDS, load_addendum, part_of, read_section
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
from app.addenda.policy import timeline_refusal
from app.addenda.queries import load_call
from app.addenda.sections import (
    Analysis,
    Basics,
    ChallengeText,
    Criteria,
    Dates,
    Part,
    PersonaText,
    Section,
    Thresholds,
    fingerprint,
)
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.criteria import Criterion as Rule
from app.domain.criteria import Level, RoundRules, check_rules
from app.domain.errors import DomainError, Stale
from app.domain.timeline import exclusive_deadline, problems
from app.infra.database import db, transaction
from app.regions.models import Municipality

EDIT = "addendum.draft.edit_and_publish"


def editable(addendum_id: int, by: Actor, now: datetime) -> Addendum:
    """The draft's rows, after checking that this person may write in it and that it is a draft still."""
    call = load_call(addendum_id, now)
    require(may(by, EDIT, call.subject(), call.phase))
    addendum = load_addendum(addendum_id)
    if addendum.published_at is not None:
        raise DomainError("call_is_published")
    return addendum


def save_section(addendum_id: int, part: Part, wanted: Section, *, seen: int, by: Actor) -> None:
    """Replace one section. `seen` is the fingerprint of what the person opened; Stale carries the newer
    content as `theirs["section"]`. NotFound for a persona or challenge of another call."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        stored = read_section(addendum, part)
        if seen != fingerprint(stored) and stored != wanted:
            raise Stale(version=fingerprint(stored), theirs={"section": stored})
        _WRITERS[part.kind](addendum, part.key, wanted)
        note_edit(addendum, by, now, "addendum.edited", part=part.kind, key=part.key)


def write_section(addendum: Addendum, part: Part, wanted: Section) -> None:
    """Put one section in the rows of a draft, inside a transaction that asked who may and what was seen."""
    _WRITERS[part.kind](addendum, part.key, wanted)


def add_persona(addendum_id: int, name: str, *, by: Actor) -> int:
    """A new persona at the end of the list; its id."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        count = len(addendum.personas)
        if count >= 40:
            raise DomainError("call_too_many_rows", field="name")
        persona = Persona(name=name, position=count, portrait=count % 8 + 1)
        addendum.personas.append(persona)
        db.session.flush()
        note_edit(addendum, by, now, "addendum.persona_added", persona_id=persona.id)
        return persona.id


def remove_persona(addendum_id: int, persona_id: int, *, by: Actor) -> None:
    """Take a persona out, also of the challenges that rest on it."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        persona = part_of(addendum, Persona, str(persona_id))
        for challenge in addendum.challenges:
            if persona in challenge.personas:
                challenge.personas.remove(persona)
        addendum.personas.remove(persona)
        _number(addendum.personas)
        note_edit(addendum, by, now, "addendum.persona_removed", persona_id=persona_id)


def move_persona(addendum_id: int, persona_id: int, step: int, *, by: Actor) -> None:
    """One place up (-1) or down (1); at the ends it stays."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        persona = part_of(addendum, Persona, str(persona_id))
        rows = list(addendum.personas)
        place = rows.index(persona)
        other = min(max(place + step, 0), len(rows) - 1)
        rows[place], rows[other] = rows[other], rows[place]
        _number(rows)
        note_edit(addendum, by, now, "addendum.persona_moved", persona_id=persona_id)


def add_challenge(addendum_id: int, *, by: Actor) -> int:
    """An empty challenge after the last one; its id."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        if len(addendum.challenges) >= 40:
            raise DomainError("call_too_many_rows")
        last = db.session.scalar(
            select(func.max(Challenge.number)).where(Challenge.addendum_id == addendum_id)
        )
        challenge = Challenge(number=(last or 0) + 1)
        addendum.challenges.append(challenge)
        db.session.flush()
        note_edit(addendum, by, now, "addendum.challenge_added", challenge_id=challenge.id)
        return challenge.id


def remove_challenge(addendum_id: int, challenge_id: int, *, by: Actor) -> None:
    """Take a challenge out with its obstacles and goals; those after it move up one number."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        challenge = part_of(addendum, Challenge, str(challenge_id))
        addendum.challenges.remove(challenge)
        db.session.flush()
        for number, row in enumerate(addendum.challenges, start=1):
            row.number = number
            db.session.flush()  # one at a time: a number is taken only once
        note_edit(addendum, by, now, "addendum.challenge_removed", challenge_id=challenge_id)


def note_edit(addendum: Addendum, by: Actor, now: datetime, action: str, **facts: Any) -> None:
    """A new version of the call, and its line in the log."""
    addendum.version += 1
    record(
        action,
        actor_id=by.user_id,
        subject=f"addendum:{addendum.id}",
        at=now,
        service_area_id=addendum.service_area_id,
        addendum_id=addendum.id,
        **facts,
    )


def _write_basics(addendum: Addendum, _key: str, wanted: Basics) -> None:
    towns = list(db.session.scalars(select(Municipality).where(Municipality.id.in_(wanted.municipalities))))
    if len(towns) != len(wanted.municipalities):
        raise DomainError("town_unknown", field="municipalities")
    addendum.title = wanted.title
    addendum.programme = wanted.programme
    addendum.municipalities = towns
    addendum.ambition, addendum.vision, addendum.mission = wanted.ambition, wanted.vision, wanted.mission
    addendum.local_input = wanted.local_input
    addendum.submission_email = wanted.submission_email
    addendum.submission_url = wanted.submission_url
    addendum.cost_requested = wanted.cost_requested
    addendum.contacts = [
        Contact(position=place, name=one.name, role=one.role, email=one.email, phone=one.phone)
        for place, one in enumerate(wanted.contacts)
    ]


def _write_dates(addendum: Addendum, _key: str, wanted: Dates) -> None:
    """A draft may miss dates, but those it has must be in order."""
    for problem in problems(wanted.timeline()):
        if not problem.code.endswith("_missing"):
            raise timeline_refusal(problem)
    put_dates(addendum, wanted)


def put_dates(addendum: Addendum, wanted: Dates) -> None:
    """The dates as they are given, in order or not: a document is taken as it stands."""
    addendum.launch, addendum.questions_until = wanted.launch, wanted.questions_until
    addendum.deadline = exclusive_deadline(wanted.deadline) if wanted.deadline else None
    addendum.written_from, addendum.written_until = wanted.written_from, wanted.written_until
    addendum.decision_before = wanted.decision_before
    addendum.objection_days = wanted.objection_days
    addendum.pitch_windows = [
        PitchWindow(day=one.day, start=one.start, end=one.end) for one in wanted.windows
    ]


def _write_persona(addendum: Addendum, key: str, wanted: PersonaText) -> None:
    row = part_of(addendum, Persona, key)
    row.name, row.age, row.occurrence, row.story = wanted.name, wanted.age, wanted.occurrence, wanted.story
    row.strengths, row.life_domains = list(wanted.strengths), list(wanted.life_domains)
    row.portrait, row.portrait_alt = wanted.portrait, wanted.portrait_alt


def _write_challenge(addendum: Addendum, key: str, wanted: ChallengeText) -> None:
    row = part_of(addendum, Challenge, key)
    personas = [one for one in addendum.personas if one.id in wanted.personas]
    if len(personas) != len(set(wanted.personas)):
        raise DomainError("call_persona_unknown", field="personas")
    row.introduction, row.personas = wanted.introduction, personas
    obstacles = _kept(
        {str(one.id): one for one in row.obstacles}, [one.key for one in wanted.obstacles], Obstacle
    )
    for place, (text, obstacle) in enumerate(zip(wanted.obstacles, obstacles.values(), strict=True)):
        obstacle.position, obstacle.label, obstacle.life_domains = place, text.label, list(text.life_domains)
    row.obstacles = list(obstacles.values())
    goals = _kept({str(one.id): one for one in row.goals}, [one.key for one in wanted.goals], Goal)
    for place, (aim, goal) in enumerate(zip(wanted.goals, goals.values(), strict=True)):
        if not set(aim.obstacles) <= set(obstacles):
            raise DomainError("call_obstacle_unknown", field="goals")
        goal.position, goal.text = place, aim.text
        goal.obstacles = [obstacles[one] for one in aim.obstacles]
    row.goals = list(goals.values())


def _kept(stored: dict[str, Any], keys: Sequence[str], model: type[Any]) -> dict[str, Any]:
    """The rows for these keys: those with an id are kept, new keys get a new row, a foreign id is refused."""
    if any(not key.startswith("new-") and key not in stored for key in keys) or len(set(keys)) < len(keys):
        raise DomainError("call_row_unknown")
    return {key: stored.get(key) or model() for key in keys}


def _write_analysis(addendum: Addendum, _key: str, wanted: Analysis) -> None:
    addendum.service_types = _lines(addendum.service_types, wanted.service_types, ServiceType)
    by_kind = {
        kind: [one for one in addendum.findings if one.kind == kind] for kind in FINDING_KINDS.values()
    }
    addendum.findings = [
        row
        for name, kind in FINDING_KINDS.items()
        for row in _lines(by_kind[kind], getattr(wanted, name), EnrichmentFinding, kind=kind)
    ]


def _lines(stored: Iterable[Any], texts: Sequence[str], model: type[Any], **values: Any) -> list[Any]:
    """A row per text, in order; a text that did not change keeps its row."""
    free = list(stored)
    rows = []
    for place, text in enumerate(texts):
        row = next((one for one in free if one.text == text), None)
        if row is None:
            row = model(text=text, **values)
        else:
            free.remove(row)
        row.position = place
        rows.append(row)
    return rows


def _write_criteria(addendum: Addendum, key: str, wanted: Criteria) -> None:
    check_rules(
        RoundRules(
            tuple(
                Rule(
                    place,
                    one.name,
                    one.weight,
                    tuple(Level(*pair) for pair in enumerate(one.levels)),
                    one.minimum,
                )
                for place, one in enumerate(wanted.criteria)
            )
        )
    )
    stored = {str(one.id): one for one in addendum.criteria if one.round == key}
    rows = _kept(stored, [one.key for one in wanted.criteria], Criterion)
    for place, (text, row) in enumerate(zip(wanted.criteria, rows.values(), strict=True)):
        row.round, row.position, row.name = key, place, text.name
        row.weight, row.minimum = text.weight, text.minimum
        _write_levels(row, text.levels)
    addendum.criteria = [one for one in addendum.criteria if one.round != key] + list(rows.values())


def _write_levels(row: Criterion, descriptions: Sequence[str]) -> None:
    stored = {one.value: one for one in row.levels}
    row.levels = [stored.get(value) or CriterionLevel(value=value) for value in range(len(descriptions))]
    for level, description in zip(row.levels, descriptions, strict=True):
        level.description = description


def _write_thresholds(addendum: Addendum, _key: str, wanted: Thresholds) -> None:
    addendum.minimum_total = wanted.minimum_total
    addendum.written_share = wanted.written_share


def _number(rows: Sequence[Persona]) -> None:
    for place, row in enumerate(rows):
        row.position = place


_WRITERS: dict[str, Callable[[Addendum, str, Any], None]] = {
    "basics": _write_basics,
    "timeline": _write_dates,
    "persona": _write_persona,
    "challenge": _write_challenge,
    "analysis": _write_analysis,
    "criteria": _write_criteria,
    "thresholds": _write_thresholds,
}

"""Putting one section in its rows; who calls it asked who may and what was seen."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.addenda.drafting.difference_parts import pair_lines
from app.addenda.drafting.drafts import FINDING_KINDS, part_of
from app.addenda.drafting.sections import (
    Analysis,
    Basics,
    ChallengeText,
    Criteria,
    CriterionText,
    Dates,
    Part,
    PersonaText,
    Section,
    Thresholds,
)
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
from app.addenda.publishing.policy import timeline_refusal
from app.domain.criteria import Criterion as Rule
from app.domain.criteria import Level, RoundRules, check_rules
from app.domain.errors import DomainError
from app.domain.timeline import exclusive_deadline, problems
from app.infra.database import db
from app.regions.models import Municipality


def write_section(addendum: Addendum, part: Part, wanted: Section) -> None:
    """Put one section in the rows, inside a transaction; refuses what refers to rows of another call."""
    _WRITERS[part.kind](addendum, part.key, wanted)


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
    windows: dict[Any, PitchWindow] = {(one.day, one.start, one.end): one for one in addendum.pitch_windows}
    addendum.pitch_windows = [
        windows.pop(key) if key in windows else PitchWindow(day=key[0], start=key[1], end=key[2])
        for key in ((one.day, one.start, one.end) for one in wanted.windows)
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
    """A row per text, in order; a text that did not change, or was reworded, keeps its row."""
    known = list(stored)
    sources = {after: known[before] for before, after in pair_lines([one.text for one in known], texts)}
    rows = [sources.get(place) or model(**values) for place in range(len(texts))]
    for place, (row, text) in enumerate(zip(rows, texts, strict=True)):
        row.position, row.text = place, text
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
        write_criterion(row, key, place, text)
    addendum.criteria = [one for one in addendum.criteria if one.round != key] + list(rows.values())


def write_criterion(row: Criterion, round_name: str, place: int, text: CriterionText) -> None:
    row.round, row.position, row.name = round_name, place, text.name
    row.weight, row.minimum, row.may_be_skipped = text.weight, text.minimum, text.may_be_skipped
    _write_levels(row, text.levels)


def _write_levels(row: Criterion, descriptions: Sequence[str]) -> None:
    stored = {one.value: one for one in row.levels}
    row.levels = [stored.get(value) or CriterionLevel(value=value) for value in range(len(descriptions))]
    for level, description in zip(row.levels, descriptions, strict=True):
        level.description = description


def _write_thresholds(addendum: Addendum, _key: str, wanted: Thresholds) -> None:
    addendum.minimum_total = wanted.minimum_total
    addendum.written_share = wanted.written_share
    addendum.least_reason = wanted.least_reason


_WRITERS: dict[str, Callable[[Addendum, str, Any], None]] = {
    "basics": _write_basics,
    "timeline": _write_dates,
    "persona": _write_persona,
    "challenge": _write_challenge,
    "analysis": _write_analysis,
    "criteria": _write_criteria,
    "thresholds": _write_thresholds,
}

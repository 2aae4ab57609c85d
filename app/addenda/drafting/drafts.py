"""Reading the sections of a draft from its rows."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select

from app.addenda.drafting.sections import (
    Analysis,
    Basics,
    ChallengeText,
    ContactText,
    Criteria,
    CriterionText,
    Dates,
    Draft,
    GoalText,
    ObstacleText,
    Part,
    PersonaText,
    Section,
    Thresholds,
)
from app.addenda.models import Addendum, Challenge, Criterion, EnrichmentFinding, Persona
from app.domain import criteria as rules
from app.domain.errors import DomainError, NotFound
from app.domain.timeline import PitchWindow, last_accepted_minute
from app.infra.database import db
from app.regions.models import Municipality, service_area_municipality

Row = TypeVar("Row", Persona, Challenge)
FINDING_KINDS = {
    "recurring": "recurring",
    "attention": "attention",
    "obstacles": "obstacle",
    "profiles": "profile",
}


def load_addendum(addendum_id: int) -> Addendum:
    """The rows of one call; NotFound when there is none."""
    addendum = db.session.get(Addendum, addendum_id)
    if addendum is None:
        raise NotFound("call")
    return addendum


def load_draft(addendum_id: int) -> Addendum:
    """The same, for what may still be written in; `call_is_published` otherwise."""
    addendum = load_addendum(addendum_id)
    if addendum.published_at is not None:
        raise DomainError("call_is_published")
    return addendum


def same_document(addendum: Addendum) -> list[Any]:
    """(id, title) of the other drafts of the region that hold the very same document, oldest first."""
    if not addendum.source_text:
        return []
    rows = select(Addendum.id, Addendum.title).where(
        Addendum.service_area_id == addendum.service_area_id,
        Addendum.id != addendum.id,
        Addendum.published_at.is_(None),
        Addendum.source_text == addendum.source_text,
    )
    return list(db.session.execute(rows.order_by(Addendum.id)))


def part_of(addendum: Addendum, model: type[Row], key: str) -> Row:
    """A persona or challenge by the id in an address; NotFound when it belongs to another call."""
    rows: list[Any] = addendum.personas if model is Persona else addendum.challenges
    row: Row | None = next((one for one in rows if str(one.id) == key), None)
    if row is None:
        raise NotFound(model.__tablename__)
    return row


def read_section(addendum: Addendum, part: Part) -> Section:
    """The stored content of one page of the editor."""
    return _READERS[part.kind](addendum, part.key)


def read_draft(addendum: Addendum) -> Draft:
    """All sections, for the checklist to publication."""
    return Draft(
        basics=_basics(addendum),
        dates=stored_dates(addendum),
        personas={row.id: _persona_text(row) for row in addendum.personas},
        challenges={row.id: (row.number, _challenge_text(row)) for row in addendum.challenges},
        analysis=_analysis(addendum),
        written=round_rules(addendum, "written"),
        pitch=round_rules(addendum, "pitch"),
        thresholds=_thresholds(addendum),
        unrecognised=len(addendum.import_report.get("unrecognised", [])),
        day_warnings=_day_warnings(addendum),
    )


def _day_warnings(addendum: Addendum) -> tuple[str, ...]:
    """What the importer says of weekdays that do not match; nothing once a person saved the timeline or
    said it is right."""
    report = addendum.import_report
    if "timeline" in report.get("settled", []) or "timeline" in report.get("accepted", {}):
        return ()
    warnings = report.get("warnings", [])
    return tuple(one["message"] for one in warnings if one["code"] == "weekday_mismatch")


def round_rules(addendum: Addendum, round_name: str) -> rules.RoundRules:
    """The criteria of one round as the domain counts with them."""
    return rules.RoundRules(
        tuple(
            rules.Criterion(
                one.id,
                one.name,
                one.weight,
                tuple(rules.Level(level.value, level.description) for level in one.levels),
                one.minimum,
                one.may_be_skipped,
            )
            for one in addendum.criteria
            if one.round == round_name
        ),
        addendum.minimum_total,
    )


def municipality_choices(addendum: Addendum) -> list[tuple[int, str]]:
    """The municipalities of the region, and those the draft has already."""
    rows = db.session.execute(
        select(Municipality.id, Municipality.name)
        .join(service_area_municipality, isouter=True)
        .where(
            (service_area_municipality.c.service_area_id == addendum.service_area_id)
            | Municipality.id.in_([one.id for one in addendum.municipalities])
        )
        .distinct()
        .order_by(Municipality.name)
    )
    return [(row.id, row.name) for row in rows]


def _basics(addendum: Addendum, _key: str = "") -> Basics:
    return Basics(
        title=addendum.title,
        programme=addendum.programme,
        municipalities=tuple(sorted(one.id for one in addendum.municipalities)),
        ambition=addendum.ambition,
        vision=addendum.vision,
        mission=addendum.mission,
        local_input=addendum.local_input,
        contacts=tuple(ContactText(one.name, one.role, one.email, one.phone) for one in addendum.contacts),
        submission_email=addendum.submission_email,
        submission_url=addendum.submission_url,
        cost_requested=addendum.cost_requested,
    )


def stored_dates(addendum: Addendum, _key: str = "") -> Dates:
    """The timeline as it stands in the rows."""
    return Dates(
        launch=addendum.launch,
        questions_until=addendum.questions_until,
        deadline=last_accepted_minute(addendum.deadline) if addendum.deadline else None,
        written_from=addendum.written_from,
        written_until=addendum.written_until,
        windows=tuple(PitchWindow(one.day, one.start, one.end) for one in addendum.pitch_windows),
        decision_before=addendum.decision_before,
        objection_days=addendum.objection_days,
    )


def _persona_text(row: Persona) -> PersonaText:
    return PersonaText(
        row.name,
        row.age,
        row.occurrence,
        row.story,
        tuple(row.strengths),
        tuple(row.life_domains),
        row.portrait,
        row.portrait_alt,
    )


def _challenge_text(row: Challenge) -> ChallengeText:
    return ChallengeText(
        introduction=row.introduction,
        personas=tuple(sorted(one.id for one in row.personas)),
        obstacles=tuple(
            ObstacleText(str(one.id), one.label, tuple(one.life_domains)) for one in row.obstacles
        ),
        goals=tuple(
            GoalText(str(one.id), one.text, tuple(str(each.id) for each in one.obstacles))
            for one in row.goals
        ),
    )


def _analysis(addendum: Addendum, _key: str = "") -> Analysis:
    by_kind: dict[str, list[EnrichmentFinding]] = {kind: [] for kind in FINDING_KINDS.values()}
    for one in addendum.findings:
        by_kind[one.kind].append(one)
    texts = {name: tuple(one.text for one in by_kind[kind]) for name, kind in FINDING_KINDS.items()}
    return Analysis(service_types=tuple(one.text for one in addendum.service_types), **texts)


def _criteria(addendum: Addendum, key: str) -> Criteria:
    return Criteria(tuple(_criterion(one) for one in addendum.criteria if one.round == key))


def _criterion(row: Criterion) -> CriterionText:
    levels = tuple(one.description for one in row.levels)
    return CriterionText(str(row.id), row.name, row.weight, row.minimum, levels, row.may_be_skipped)


def _thresholds(addendum: Addendum, _key: str = "") -> Thresholds:
    return Thresholds(addendum.minimum_total, addendum.written_share, addendum.least_reason)


_READERS: dict[str, Callable[[Addendum, str], Section]] = {
    "basics": _basics,
    "timeline": stored_dates,
    "persona": lambda addendum, key: _persona_text(part_of(addendum, Persona, key)),
    "challenge": lambda addendum, key: _challenge_text(part_of(addendum, Challenge, key)),
    "analysis": _analysis,
    "criteria": _criteria,
    "thresholds": _thresholds,
}

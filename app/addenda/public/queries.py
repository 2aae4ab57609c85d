"""Reading one call for everybody: plain rows, a fixed number of queries whatever the size."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Date, Select, String, Text, Time, func, literal, null, select, union_all

from app.addenda.amending.models import AddendumVersion
from app.addenda.models import (
    Addendum,
    Challenge,
    Contact,
    Criterion,
    CriterionLevel,
    DeadlineExtension,
    EnrichmentFinding,
    Goal,
    Obstacle,
    Persona,
    PitchWindow,
    ServiceType,
    addendum_municipality,
    challenge_persona,
    goal_obstacle,
)
from app.addenda.public.rows import (
    ChallengeRow,
    CriterionRow,
    GoalRow,
    ObstacleRow,
    PersonaRow,
    PublicPage,
)
from app.infra.database import db
from app.regions.models import Municipality


def load_page(addendum_id: int) -> PublicPage:
    """Eight queries. The call itself was loaded, and found visible, before."""
    head = db.session.execute(
        select(
            Addendum.programme,
            Addendum.ambition,
            Addendum.vision,
            Addendum.mission,
            Addendum.local_input,
            Addendum.questions_until,
            _issue(AddendumVersion.number).label("issue"),
            _issue(AddendumVersion.published_at).label("issued_at"),
            Addendum.minimum_total,
            Addendum.written_share,
            Addendum.least_reason,
            Addendum.cost_requested,
        ).where(Addendum.id == addendum_id)
    ).one()
    personas = _personas(addendum_id)
    return PublicPage(
        **head._asdict(),
        **_small_rows(addendum_id),
        extensions=_extensions(addendum_id),
        personas=personas,
        challenges=_challenges(addendum_id, personas),
        criteria=_criteria(addendum_id),
    )


def _issue(column: Any) -> Any:
    """Of the latest published version; None as long as none was kept."""
    latest = select(func.max(column)).where(AddendumVersion.addendum_id == Addendum.id)
    return latest.correlate(Addendum).scalar_subquery()


def _extensions(addendum_id: int) -> list[Any]:
    one = DeadlineExtension
    rows = select(one.at, one.previous, one.reason).where(one.addendum_id == addendum_id).order_by(one.id)
    return list(db.session.execute(rows))


def _texts(kind: Any, position: Any, *columns: Any) -> Select[Any]:
    """One branch of the union: kind, position, four texts, a day and two times."""
    texts: list[Any] = [*columns, *(null().cast(Text) for _ in range(4 - len(columns)))]
    moments: tuple[Any, ...] = (null().cast(Date), null().cast(Time), null().cast(Time))
    return select(
        kind.label("kind"),
        position.label("position"),
        *(one.label(f"text_{place}") for place, one in enumerate(texts)),
        *(one.label(name) for name, one in zip(("day", "start", "end_time"), moments, strict=True)),
    )


def _small_rows(addendum_id: int) -> dict[str, Any]:
    """The short lists of a call in one query: they differ in meaning, hardly in shape."""
    branches = [
        _texts(literal("municipality", String), literal(0), Municipality.name)
        .join(addendum_municipality)
        .where(addendum_municipality.c.addendum_id == addendum_id),
        _texts(literal("service_type", String), ServiceType.position, ServiceType.text).where(
            ServiceType.addendum_id == addendum_id
        ),
        _texts(EnrichmentFinding.kind, EnrichmentFinding.position, EnrichmentFinding.text).where(
            EnrichmentFinding.addendum_id == addendum_id
        ),
        _texts(
            literal("contact", String),
            Contact.position,
            Contact.name,
            Contact.role,
            Contact.email,
            Contact.phone,
        ).where(Contact.addendum_id == addendum_id),
        select(
            literal("window", String),
            literal(0),
            *(null().cast(Text) for _ in range(4)),
            PitchWindow.day,
            PitchWindow.start,
            PitchWindow.end,
        ).where(PitchWindow.addendum_id == addendum_id),
    ]
    rows = db.session.execute(union_all(*branches)).all()
    lists: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda one: (one.position, one.text_0 or "")):
        lists.setdefault(row.kind, []).append(row.text_0)
    contacts = [
        (row.text_0, row.text_1, row.text_2, row.text_3)
        for row in sorted(rows, key=lambda one: one.position)
        if row.kind == "contact"
    ]
    windows = sorted((row.day, row.start, row.end_time) for row in rows if row.kind == "window")
    return {"lists": lists, "contacts": contacts, "windows": windows}


def _personas(addendum_id: int) -> list[PersonaRow]:
    rows = db.session.execute(
        select(
            Persona.id,
            Persona.name,
            Persona.age,
            Persona.occurrence,
            Persona.story,
            Persona.strengths,
            Persona.life_domains,
            Persona.portrait,
            Persona.portrait_alt,
            challenge_persona.c.challenge_id,
        )
        .join(challenge_persona, isouter=True)
        .where(Persona.addendum_id == addendum_id)
        .order_by(Persona.position, Persona.id, challenge_persona.c.challenge_id)
    )
    found: dict[int, PersonaRow] = {}
    for *values, challenge_id in rows:
        persona = found.setdefault(values[0], PersonaRow(*values))
        if challenge_id is not None:
            persona.challenges.append(challenge_id)
    return list(found.values())


def _challenges(addendum_id: int, personas: Sequence[PersonaRow]) -> list[ChallengeRow]:
    rows = db.session.execute(
        select(Challenge.id, Challenge.number, Challenge.introduction)
        .where(Challenge.addendum_id == addendum_id)
        .order_by(Challenge.number)
    )
    challenges = {row.id: ChallengeRow(*row) for row in rows}
    for persona in personas:
        for challenge_id in persona.challenges:
            challenges[challenge_id].personas.append(persona)
    obstacles = _obstacles(addendum_id, challenges)
    _goals(addendum_id, challenges, obstacles)
    return list(challenges.values())


def _obstacles(addendum_id: int, challenges: dict[int, ChallengeRow]) -> dict[int, ObstacleRow]:
    rows = db.session.execute(
        select(Obstacle.challenge_id, Obstacle.id, Obstacle.label, Obstacle.life_domains)
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Challenge.addendum_id == addendum_id)
        .order_by(Obstacle.challenge_id, Obstacle.position, Obstacle.id)
    )
    found = {}
    for challenge_id, obstacle_id, label, life_domains in rows:
        own = challenges[challenge_id].obstacles
        own.append(ObstacleRow(obstacle_id, len(own) + 1, label, life_domains))
        found[obstacle_id] = own[-1]
    return found


def _goals(addendum_id: int, challenges: dict[int, ChallengeRow], obstacles: dict[int, ObstacleRow]) -> None:
    rows = db.session.execute(
        select(Goal.challenge_id, Goal.id, Goal.text, goal_obstacle.c.obstacle_id)
        .join(Challenge, Challenge.id == Goal.challenge_id)
        .join(goal_obstacle, goal_obstacle.c.goal_id == Goal.id, isouter=True)
        .where(Challenge.addendum_id == addendum_id)
        .order_by(Goal.challenge_id, Goal.position, Goal.id)
    )
    for challenge_id, goal_id, text, obstacle_id in rows:
        own = challenges[challenge_id].goals
        if not own or own[-1].id != goal_id:
            own.append(GoalRow(goal_id, len(own) + 1, text))
        if obstacle_id in obstacles:
            own[-1].obstacles.append(obstacles[obstacle_id].number)
            obstacles[obstacle_id].goals.append(own[-1].number)
    for challenge in challenges.values():
        for goal in challenge.goals:
            goal.obstacles.sort()


def _criteria(addendum_id: int) -> dict[str, list[CriterionRow]]:
    rows = db.session.execute(
        select(
            Criterion.round,
            Criterion.id,
            Criterion.name,
            Criterion.weight,
            Criterion.minimum,
            Criterion.may_be_skipped,
            CriterionLevel.value,
            CriterionLevel.description,
        )
        .join(CriterionLevel, CriterionLevel.criterion_id == Criterion.id, isouter=True)
        .where(Criterion.addendum_id == addendum_id)
        .order_by(Criterion.round, Criterion.position, Criterion.id, CriterionLevel.value)
    )
    found: dict[str, dict[int, CriterionRow]] = {}
    for round_name, criterion_id, name, weight, minimum, may_be_skipped, value, description in rows:
        own = found.setdefault(round_name, {})
        criterion = own.setdefault(criterion_id, CriterionRow(name, weight, minimum, may_be_skipped))
        if value is not None:
            criterion.levels.append((value, description))
    return {round_name: list(own.values()) for round_name, own in found.items()}

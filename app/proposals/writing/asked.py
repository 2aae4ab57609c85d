"""What the call asks at each obstacle, as it stands beside the answer."""

from dataclasses import dataclass, field

from sqlalchemy import select

from app.addenda.models import Goal, Obstacle, Persona, challenge_persona, goal_obstacle
from app.addenda.portraits import portrait_key
from app.infra.database import db


@dataclass(frozen=True)
class PersonaBeside:
    """`portrait` is a file name without extension, `story` is Markdown."""

    name: str
    age: int | None
    occurrence: str
    story: str
    strengths: list[str]
    portrait: str


@dataclass
class Asked:
    """Per obstacle id: the goals that help it, and its life domains; goals without an obstacle are in
    `loose`."""

    personas: list[PersonaBeside]
    goals: dict[int, list[str]] = field(default_factory=dict)
    domains: dict[int, list[str]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)


def asked_in(challenge_id: int) -> Asked:
    """Three queries."""
    asked = Asked(_personas(challenge_id))
    obstacles = select(Obstacle.id, Obstacle.life_domains).where(Obstacle.challenge_id == challenge_id)
    asked.domains = {row.id: row.life_domains for row in db.session.execute(obstacles)}
    goals = (
        select(goal_obstacle.c.obstacle_id, Goal.text)
        .select_from(Goal)
        .outerjoin(goal_obstacle, goal_obstacle.c.goal_id == Goal.id)
        .where(Goal.challenge_id == challenge_id)
        .order_by(Goal.position)
    )
    for obstacle_id, text in db.session.execute(goals):
        (asked.goals.setdefault(obstacle_id, []) if obstacle_id else asked.loose).append(text)
    return asked


def _personas(challenge_id: int) -> list[PersonaBeside]:
    rows = db.session.execute(
        select(
            Persona.name,
            Persona.age,
            Persona.occurrence,
            Persona.story,
            Persona.strengths,
            Persona.portrait,
        )
        .join(challenge_persona, challenge_persona.c.persona_id == Persona.id)
        .where(challenge_persona.c.challenge_id == challenge_id)
        .order_by(Persona.position)
    )
    return [PersonaBeside(**row._asdict() | {"portrait": portrait_key(row.portrait)}) for row in rows]

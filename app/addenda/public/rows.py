"""What the public page of a call is made of, as plain rows."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from app.addenda.portraits import portrait_text
from app.domain.goals import goals_heading


@dataclass
class PersonaRow:
    id: int
    name: str
    age: int | None
    occurrence: str
    story: str
    strengths: list[str]
    life_domains: list[str]
    portrait: int
    portrait_alt: str
    challenges: list[int] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """What the portrait shows, for who does not see it."""
        return portrait_text(self.portrait, self.portrait_alt)


@dataclass
class ObstacleRow:
    """`number` counts within the challenge; `goals` are the numbers of the goals that help."""

    id: int
    number: int
    label: str
    life_domains: list[str]
    goals: list[int] = field(default_factory=list)


@dataclass
class GoalRow:
    id: int
    number: int
    text: str
    obstacles: list[int] = field(default_factory=list)


@dataclass
class ChallengeRow:
    id: int
    number: int
    introduction: str
    personas: list[PersonaRow] = field(default_factory=list)
    obstacles: list[ObstacleRow] = field(default_factory=list)
    goals: list[GoalRow] = field(default_factory=list)

    @property
    def goals_heading(self) -> str:
        """The words above the goals."""
        return goals_heading([one.text for one in self.goals])

    @property
    def links(self) -> list[tuple[str, str]]:
        """(y of the obstacle, y of the goal) in percent of the height, for the lines between the columns."""
        return [
            (_middle(number, len(self.obstacles)), _middle(goal.number, len(self.goals)))
            for goal in self.goals
            for number in goal.obstacles
        ]


def _middle(number: int, count: int) -> str:
    return f"{(number - 0.5) / count * 100:.2f}"


@dataclass
class CriterionRow:
    name: str
    weight: Decimal
    minimum: Decimal | None
    may_be_skipped: bool = False
    levels: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class PublicPage:
    """All there is to read about a call; `lists` holds texts by kind, as "service_type"."""

    programme: str
    ambition: str
    vision: str
    mission: str
    local_input: str
    questions_until: date | None
    issue: int | None
    issued_at: datetime | None
    minimum_total: Decimal
    written_share: Decimal
    least_reason: int
    cost_requested: bool
    lists: dict[str, list[str]]
    contacts: list[tuple[str, str, str, str]]
    windows: list[tuple[date, time, time]]
    extensions: list[Any]
    personas: list[PersonaRow]
    challenges: list[ChallengeRow]
    criteria: dict[str, list[CriterionRow]]

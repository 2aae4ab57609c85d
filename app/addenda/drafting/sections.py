"""What each page of the editor holds, as plain values: compared to find a stale save, judged by `policy`.

Ids of rows are strings inside the lists of a challenge ("12", or "new-3" for a row without an id yet).
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.domain.criteria import Criterion, Level, RoundRules
from app.domain.timeline import PitchWindow, Timeline, exclusive_deadline


@dataclass(frozen=True)
class ContactText:
    name: str
    role: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Basics:
    title: str
    programme: str = ""
    municipalities: tuple[int, ...] = ()
    ambition: str = ""
    vision: str = ""
    mission: str = ""
    local_input: str = ""
    contacts: tuple[ContactText, ...] = ()
    submission_email: str = ""
    submission_url: str = ""
    cost_requested: bool = True


@dataclass(frozen=True)
class Dates:
    """`deadline` is the last local minute that is accepted; `decision_before` is exclusive."""

    launch: date | None = None
    questions_until: date | None = None
    deadline: datetime | None = None
    written_from: date | None = None
    written_until: date | None = None
    windows: tuple[PitchWindow, ...] = ()
    decision_before: date | None = None
    objection_days: int = 14

    def timeline(self) -> Timeline:
        """As `domain.timeline.problems` judges it; half a written round counts as none."""
        both = self.written_from, self.written_until
        return Timeline(
            self.launch,
            exclusive_deadline(self.deadline) if self.deadline else None,
            both if both[0] and both[1] else None,  # type: ignore[arg-type]
            self.windows,
            self.decision_before,
            self.objection_days,
            self.questions_until,
        )


@dataclass(frozen=True)
class PersonaText:
    name: str
    age: int | None = None
    occurrence: str = ""
    story: str = ""
    strengths: tuple[str, ...] = ()
    life_domains: tuple[str, ...] = ()
    portrait: int = 1
    portrait_alt: str = ""


@dataclass(frozen=True)
class ObstacleText:
    key: str
    label: str
    life_domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoalText:
    key: str
    text: str
    obstacles: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChallengeText:
    introduction: str = ""
    personas: tuple[int, ...] = ()
    obstacles: tuple[ObstacleText, ...] = ()
    goals: tuple[GoalText, ...] = ()


@dataclass(frozen=True)
class Analysis:
    service_types: tuple[str, ...] = ()
    recurring: tuple[str, ...] = ()
    attention: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()


@dataclass(frozen=True)
class CriterionText:
    """`levels` are the descriptions of 0, 1, 2 …; `minimum` None is half of the highest level;
    `may_be_skipped`: a juror may find that it does not apply to a proposal."""

    key: str
    name: str
    weight: Decimal
    minimum: Decimal | None
    levels: tuple[str, ...]
    may_be_skipped: bool = False


@dataclass(frozen=True)
class Criteria:
    criteria: tuple[CriterionText, ...] = ()


@dataclass(frozen=True)
class Thresholds:
    """In percent the least total to pass, and what the written round weighs against the pitch; how many
    characters the reason of a score has at least."""

    minimum_total: Decimal
    written_share: Decimal
    least_reason: int = 0


Section = Basics | Dates | PersonaText | ChallengeText | Analysis | Criteria | Thresholds


@dataclass(frozen=True)
class Part:
    """Which section: `key` is the id of a persona or challenge, or the name of a round."""

    kind: str
    key: str = ""


@dataclass(frozen=True)
class Draft:
    """Everything in an addendum, as `policy` judges it before publication. `day_warnings` is what the
    importer found odd about dates, until somebody saved the timeline."""

    basics: Basics
    dates: Dates
    personas: dict[int, PersonaText]
    challenges: dict[int, tuple[int, ChallengeText]]
    analysis: Analysis
    written: RoundRules
    pitch: RoundRules
    thresholds: Thresholds | None = None  # None in versions from before they were kept there
    unrecognised: int = 0
    day_warnings: tuple[str, ...] = ()


def criteria_of(rules: RoundRules) -> Criteria:
    """The same criteria as a page of the editor holds them."""
    return Criteria(
        tuple(
            CriterionText(
                str(one.id),
                one.name,
                one.weight,
                one.minimum,
                tuple(level.description for level in one.levels),
                one.may_be_skipped,
            )
            for one in rules.criteria
        )
    )


def rules_from(criteria: Criteria, minimum_total: Decimal) -> RoundRules:
    """The reverse of `criteria_of`; keys are ids."""
    return RoundRules(
        tuple(
            Criterion(
                int(one.key),
                one.name,
                one.weight,
                tuple(Level(value, text) for value, text in enumerate(one.levels)),
                one.minimum,
                one.may_be_skipped,
            )
            for one in criteria.criteria
        ),
        minimum_total,
    )


def fingerprint(section: Section) -> int:
    """The version of a section that a form carries: the same as long as its content is the same."""
    return int(hashlib.sha256(repr(section).encode()).hexdigest()[:12], 16)

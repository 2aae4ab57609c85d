"""What a team is composed from: obstacles with weights, proposals, limits; and what a set of them is worth.

All numbers are exact. Inside, coverage, score and cost are whole numbers over one common denominator each,
so that sums compare exactly and a what-if costs microseconds; obstacles and proposals are positions.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm
from typing import Any, NamedTuple

from app.domain.coverage import Number
from app.domain.errors import DomainError
from app.domain.numbers import is_usable

Id = Hashable


@dataclass(frozen=True)
class Proposal:
    """`covers` {obstacle id: degree 0..1}; `score` and `cost` of 0 or more, in any one unit."""

    id: Id
    score: Number
    cost: Number
    covers: Mapping[Id, Number] = field(default_factory=dict)
    municipalities: Collection[str] = ()
    coordinator: bool = False


@dataclass(frozen=True)
class Limits:
    """What the regisseur demands of a team; None or empty demands nothing.

    `critical` {obstacle id: how many members have to answer it, to whatever degree above 0};
    `municipalities` each served by a member; `coordinator`: at least one member is willing to coordinate.
    """

    budget: Number | None = None
    max_partners: int | None = None
    min_partners: int | None = None
    min_score: Number | None = None
    must: Collection[Id] = ()
    must_not: Collection[Id] = ()
    critical: Mapping[Id, int] = field(default_factory=dict)
    municipalities: Collection[str] = ()
    coordinator: bool = False


class Worth(NamedTuple):
    """Whole numbers in the problem's units, in the order in which sets are compared: more is better."""

    coverage: int
    quality: int
    size: int
    cost: int


class Classes(NamedTuple):
    """Who answers one obstacle, best first: `members` share a gain and a score."""

    gain: int
    score: int
    members: tuple[int, ...]


@dataclass(frozen=True)
class TeamProblem:
    """Checked and scaled; make one with `team_problem`. Fields in whole numbers, by position.

    `gains` per proposal {obstacle: weight x degree}, only above 0; `answers` per proposal the obstacles that
    it answers to a degree above 0, whatever they weigh. A unit is what 1 stands for.
    """

    weights: Mapping[Id, Fraction]
    proposals: tuple[Proposal, ...]
    limits: Limits
    at: Mapping[Id, int]
    gains: tuple[Mapping[int, int], ...]
    answers: tuple[frozenset[int], ...]
    scores: tuple[int, ...]
    costs: tuple[int, ...]
    gain_unit: Fraction
    score_unit: Fraction
    cost_unit: Fraction
    classes: tuple[tuple[Classes, ...], ...]

    def worth(self, members: Iterable[int]) -> Worth:
        """Coverage, quality (see `team`), minus the size and minus the cost of a set of positions."""
        best: dict[int, tuple[int, int]] = {}
        size = cost = 0
        for one in members:
            size += 1
            cost += self.costs[one]
            score = self.scores[one]
            for obstacle, gain in self.gains[one].items():
                if (gain, score) > best.get(obstacle, (0, 0)):
                    best[obstacle] = (gain, score)
        quality = sum(gain * score for gain, score in best.values())
        return Worth(sum(gain for gain, _ in best.values()), quality, -size, -cost)

    def best(self, members: Iterable[int]) -> dict[int, tuple[int, int]]:
        """{obstacle: (gain, score)} of the member that serves it."""
        best: dict[int, tuple[int, int]] = {}
        for one in members:
            score = self.scores[one]
            for obstacle, gain in self.gains[one].items():
                best[obstacle] = max(best.get(obstacle, (0, 0)), (gain, score))
        return best

    @property
    def most(self) -> int:
        """The coverage of everybody together."""
        return sum(found[0].gain for found in self.classes if found)


def exact(number: Number, code: str, **facts: Any) -> Fraction:
    """A finite number of 0 or more and of a human size, as a fraction; a float counts for the digits it
    shows. Raises `code`."""
    if isinstance(number, float):
        number = Decimal(repr(number))
    elif isinstance(number, int) and not isinstance(number, bool):
        number = Decimal(number)
    if isinstance(number, Decimal) and is_usable(number) and number >= 0:
        return Fraction(number)
    if isinstance(number, Fraction) and number >= 0:
        return number
    raise DomainError(code, **facts)


def team_problem(
    weights: Sequence[tuple[Id, Number]], proposals: Sequence[Proposal], limits: Limits | None = None
) -> TeamProblem:
    """Check obstacles `(id, weight)`, proposals and limits.

    Raises `no_obstacles`, `no_proposals`, `team_obstacle_double`, `team_weight_invalid`, and of a proposal or
    a limit `team_proposal_double`, `team_score_invalid`, `team_cost_invalid`, `team_degree_invalid`,
    `team_obstacle_unknown`, `team_proposal_unknown`, `team_limit_invalid`.
    """
    limits = limits or Limits()
    checked = _weights(weights)
    degrees = [_degrees(one, checked) for one in proposals]
    at = _positions(proposals)
    _check_limits(limits, checked, at)
    scores = [exact(one.score, "team_score_invalid", proposal=one.id) for one in proposals]
    costs = [exact(one.cost, "team_cost_invalid", proposal=one.id) for one in proposals]
    obstacles = {obstacle: place for place, obstacle in enumerate(checked)}
    weighted = [{obstacles[o]: checked[o] * d for o, d in one.items() if checked[o]} for one in degrees]
    gain_unit = _unit(gain for one in weighted for gain in one.values())
    score_unit, cost_unit = _unit(scores), _unit(costs)
    gains = tuple({o: int(gain / gain_unit) for o, gain in one.items()} for one in weighted)
    whole_scores = tuple(int(one / score_unit) for one in scores)
    return TeamProblem(
        checked, tuple(proposals), limits, at, gains,
        tuple(frozenset(obstacles[o] for o in one) for one in degrees),
        whole_scores, tuple(int(one / cost_unit) for one in costs),
        gain_unit, score_unit, cost_unit, _classes(len(checked), gains, whole_scores),
    )  # fmt: skip


def _weights(weights: Sequence[tuple[Id, Number]]) -> dict[Id, Fraction]:
    checked: dict[Id, Fraction] = {}
    for obstacle, weight in weights:
        if obstacle in checked:
            raise DomainError("team_obstacle_double", obstacle=obstacle)
        checked[obstacle] = exact(weight, "team_weight_invalid", obstacle=obstacle)
    if not checked:
        raise DomainError("no_obstacles")
    return checked


def _positions(proposals: Sequence[Proposal]) -> dict[Id, int]:
    if not proposals:
        raise DomainError("no_proposals")
    at: dict[Id, int] = {}
    for place, one in enumerate(proposals):
        if at.setdefault(one.id, place) != place:
            raise DomainError("team_proposal_double", proposal=one.id)
    return at


def _degrees(proposal: Proposal, obstacles: Collection[Id]) -> dict[Id, Fraction]:
    found = {}
    for obstacle, number in proposal.covers.items():
        facts: dict[str, Any] = {"proposal": proposal.id, "obstacle": obstacle}
        if obstacle not in obstacles:
            raise DomainError("team_obstacle_unknown", **facts)
        degree = exact(number, "team_degree_invalid", **facts)
        if degree > 1:
            raise DomainError("team_degree_invalid", **facts)
        if degree:
            found[obstacle] = degree
    return found


def _check_limits(limits: Limits, obstacles: Collection[Id], at: Collection[Id]) -> None:
    for name in ("budget", "min_score"):
        if (number := getattr(limits, name)) is not None:
            exact(number, "team_limit_invalid", limit=name)
    for name in ("max_partners", "min_partners"):
        _check_count(getattr(limits, name), name)
    for one in (*limits.must, *limits.must_not):
        if one not in at:
            raise DomainError("team_proposal_unknown", proposal=one)
    for obstacle, times in limits.critical.items():
        _check_count(times, "critical")
        if obstacle not in obstacles:
            raise DomainError("team_critical_unknown", obstacle=obstacle)


def _check_count(number: int | None, limit: str) -> None:
    if number is not None and (type(number) is not int or not 0 <= number < 10**9):
        raise DomainError("team_limit_invalid", limit=limit)


def _unit(numbers: Iterable[Fraction]) -> Fraction:
    """The largest number of which all are whole multiples; 1 when there is nothing to divide."""
    positive = {one for one in numbers if one}
    if not positive:
        return Fraction(1)
    below = lcm(*(one.denominator for one in positive))
    return Fraction(gcd(*(one.numerator * (below // one.denominator) for one in positive)), below)


def _classes(
    obstacles: int, gains: Sequence[Mapping[int, int]], scores: Sequence[int]
) -> tuple[tuple[Classes, ...], ...]:
    groups: list[dict[tuple[int, int], list[int]]] = [{} for _ in range(obstacles)]
    for one, mine in enumerate(gains):
        for obstacle, gain in mine.items():
            groups[obstacle].setdefault((gain, scores[one]), []).append(one)
    return tuple(
        tuple(Classes(*key, tuple(group[key])) for key in sorted(group, reverse=True)) for group in groups
    )

"""Which obstacles a set of proposals covers, and how well.

A claim says to what degree (0 to 1) one proposal answers one obstacle. The coverage of a set is the sum
over obstacles of weight x best degree in the set, as a share of all weights. Exact: decimals and floats
are taken at the digits they show.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.domain.errors import DomainError
from app.domain.match_levels import Sure
from app.domain.numbers import is_usable

Number = int | float | Decimal | Fraction


@dataclass(frozen=True)
class Claim:
    """One proposal answers one obstacle; `degree` from 0 (not) to 1 (fully)."""

    proposal_id: int
    obstacle_id: int
    degree: Number


@dataclass(frozen=True)
class Grouped:
    """Obstacle ids by the number of proposals that cover them, in the order of the obstacles."""

    uncovered: tuple[int, ...]
    once: tuple[int, ...]
    more: tuple[int, ...]


@dataclass(frozen=True)
class CoverageTable:
    """Checked claims, ready for questions: `degrees` is {obstacle id: {proposal id: degree > 0}}."""

    weights: Mapping[int, Fraction]
    degrees: Mapping[int, Mapping[int, Fraction]]

    def best(self, proposals: Iterable[int] | None = None) -> dict[int, tuple[int, Fraction]]:
        """{obstacle id: (proposal id, degree)}: who answers it best; the lowest id among equals.

        Obstacles that nobody in the set answers are absent. `proposals` None is everybody.
        """
        chosen = self._chosen(proposals)
        found = {}
        for obstacle, degrees in self.degrees.items():
            able = [(-degree, one) for one, degree in degrees.items() if chosen is None or one in chosen]
            if able:
                degree, one = min(able)
                found[obstacle] = (one, -degree)
        return found

    def grouped(self, proposals: Iterable[int] | None = None, *, from_degree: Number = 0) -> Grouped:
        """Obstacles that are uncovered, covered once, covered more often; from a degree above 0."""
        chosen, least = self._chosen(proposals), _exact(from_degree, "degree_invalid")
        groups: tuple[list[int], list[int], list[int]] = ([], [], [])
        for obstacle, degrees in self.degrees.items():
            times = sum(
                degree >= least and (chosen is None or one in chosen) for one, degree in degrees.items()
            )
            groups[min(times, 2)].append(obstacle)
        return Grouped(*map(tuple, groups))

    def covered(self, proposals: Iterable[int] | None = None) -> Fraction:
        """The coverage of the set: percent, 0 to 100."""
        best = self.best(proposals)
        reached = sum((self.weights[one] * degree for one, (_, degree) in best.items()), Fraction(0))
        return reached * 100 / sum(self.weights.values())

    def gain(self, proposals: Iterable[int], extra: int) -> Fraction:
        """What one more proposal adds to the coverage of a set: percent points, never negative."""
        before = set(proposals)
        return self.covered(before | {extra}) - self.covered(before)

    @staticmethod
    def _chosen(proposals: Iterable[int] | None) -> frozenset[int] | None:
        return None if proposals is None else frozenset(proposals)


def coverage_table(weights: Sequence[tuple[int, Number]], claims: Iterable[Claim]) -> CoverageTable:
    """Check obstacles `(id, weight)` and claims, and put them in a table.

    Raises: obstacle_duplicate, no_obstacles, weight_invalid (negative, NaN, infinite), weights_zero,
    claim_duplicate, claim_foreign_obstacle, degree_invalid (NaN or outside 0..1). Facts: `obstacle`,
    `proposal`.
    """
    checked = _checked_weights(weights)
    degrees: dict[int, dict[int, Fraction]] = {one: {} for one in checked}
    seen: set[tuple[int, int]] = set()
    for claim in claims:
        facts: dict[str, Any] = {"obstacle": claim.obstacle_id, "proposal": claim.proposal_id}
        if claim.obstacle_id not in checked:
            raise DomainError("claim_foreign_obstacle", **facts)
        if (claim.obstacle_id, claim.proposal_id) in seen:
            raise DomainError("claim_duplicate", **facts)
        seen.add((claim.obstacle_id, claim.proposal_id))
        degree = _exact(claim.degree, "degree_invalid", **facts)
        if degree > 1:
            raise DomainError("degree_invalid", **facts)
        if degree:
            degrees[claim.obstacle_id][claim.proposal_id] = degree
    return CoverageTable(checked, degrees)


def _checked_weights(weights: Sequence[tuple[int, Number]]) -> dict[int, Fraction]:
    checked: dict[int, Fraction] = {}
    for obstacle, weight in weights:
        if obstacle in checked:
            raise DomainError("obstacle_duplicate", obstacle=obstacle)
        checked[obstacle] = _exact(weight, "weight_invalid", obstacle=obstacle)
    if not checked:
        raise DomainError("no_obstacles")
    if not any(checked.values()):
        raise DomainError("weights_zero")
    return checked


def _exact(number: Number, code: str, **facts: Any) -> Fraction:
    """A number that is finite and not negative, as a fraction; a float counts for the digits it shows."""
    if isinstance(number, float):
        number = Decimal(repr(number))
    if isinstance(number, Decimal) and not is_usable(number) or number < 0:
        raise DomainError(code, **facts)
    return Fraction(number)


def persona_weights(order: Sequence[int]) -> dict[int, Fraction]:
    """{persona id: weight} for personas in order of how often they occur; weights add up to 1.

    Of n personas the first weighs n parts, the last one part: 3, 2, 1 of 6. Only the order is known, so
    nothing steeper is assumed. Raises `persona_duplicate` and `no_personas`.
    """
    if not order:
        raise DomainError("no_personas")
    if len(set(order)) < len(order):
        raise DomainError("persona_duplicate")
    parts = len(order) * (len(order) + 1) // 2
    return {persona: Fraction(len(order) - at, parts) for at, persona in enumerate(order)}


def obstacle_weights(
    order: Sequence[int], personas_of: Sequence[tuple[int, Sequence[int]]]
) -> list[tuple[int, Fraction]]:
    """Weights for `coverage_table`: an obstacle weighs as much as the personas of its challenge together.

    `personas_of` is `(obstacle id, persona ids of its challenge)`. Raises what `persona_weights` raises,
    and `persona_unknown` (facts `obstacle`, `persona`).
    """
    of_persona = persona_weights(order)
    for obstacle, personas in personas_of:
        for persona in personas:
            if persona not in of_persona:
                raise DomainError("persona_unknown", obstacle=obstacle, persona=persona)
    return [
        (obstacle, sum((of_persona[one] for one in set(personas)), Fraction(0)))
        for obstacle, personas in personas_of
    ]


YES, PARTLY, NO = "yes", "partly", "no"
JUDGED: Mapping[str, Fraction] = {YES: Fraction(1), PARTLY: Fraction(1, 2), NO: Fraction(0)}
CLAIMED = Fraction(1, 2)
SUPPORTED: Mapping[str, Fraction] = {Sure.STRONG: Fraction(3, 4), Sure.LIKELY: Fraction(5, 8)}


def degree(claimed: bool, support: str | None = None, votes: Sequence[str] = ()) -> Fraction:
    """How well one proposal addresses one obstacle, 0 to 1: who says so counts more than how much is said.

    Nothing is addressed that is not claimed. What jurors say ("yes" 1, "partly" 1/2, "no" 0) replaces all
    the rest, as the mean of their votes. Without a vote a claim counts for 1/2 by itself, for 5/8 when its
    text "likely" (`match_levels`) speaks of the obstacle and for 3/4 when it does so in "strong" words: a
    text never counts as much as a jury that is convinced, and a claim in words that the matcher does not
    know never counts for nothing. Raises `degree_invalid` for a vote that is none of the three.
    """
    if any(vote not in JUDGED for vote in votes):
        raise DomainError("degree_invalid")
    if not claimed:
        return Fraction(0)
    if votes:
        return sum((JUDGED[vote] for vote in votes), Fraction(0)) / len(votes)
    return SUPPORTED.get(support or "", CLAIMED)


def jury_says(votes: Sequence[str]) -> str | None:
    """What more than half of the jurors say; "partly" when no answer has that, None without votes."""
    for answer in JUDGED:
        if 2 * sum(vote == answer for vote in votes) > len(votes):
            return answer
    return PARTLY if votes else None

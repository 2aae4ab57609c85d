"""Whether a set of proposals keeps to the limits, and the limits as rules over positions.

A demand is one limit on one thing ("critical" for one obstacle, "must" for one proposal), so that a
contradiction can name exactly what contradicts.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from app.domain.team_problem import Id, TeamProblem, exact


@dataclass(frozen=True)
class Demand:
    """One limit: `name` as in `Limits`, `about` the proposal, obstacle or municipality it concerns.

    The members' `amounts` together are at least `least` and at most `most`; None is no bound.
    """

    name: str
    about: Id | None
    amounts: dict[int, int]
    least: int | None = None
    most: int | None = None

    def holds(self, members: Iterable[int]) -> bool:
        total = sum(self.amounts.get(one, 0) for one in members)
        return (self.least is None or total >= self.least) and (self.most is None or total <= self.most)


def demands(problem: TeamProblem) -> tuple[Demand, ...]:
    """Every limit of the problem, one by one; those on amounts first."""
    limits = problem.limits
    found = [*_amounts(problem)]
    if limits.min_score is not None:
        least = exact(limits.min_score, "team_limit_invalid", limit="min_score")
        low = [one for one, score in enumerate(problem.scores) if score * problem.score_unit < least]
        found.append(Demand("min_score", None, dict.fromkeys(low, 1), most=0))
    found += [Demand("must", one, {problem.at[one]: 1}, least=1) for one in dict.fromkeys(limits.must)]
    found += [Demand("must_not", one, {problem.at[one]: 1}, most=0) for one in dict.fromkeys(limits.must_not)]
    for place, obstacle in enumerate(problem.weights):
        if times := limits.critical.get(obstacle):
            able = [one for one, answers in enumerate(problem.answers) if place in answers]
            found.append(Demand("critical", obstacle, dict.fromkeys(able, 1), least=times))
    for name in dict.fromkeys(limits.municipalities):
        able = [at for at, one in enumerate(problem.proposals) if name in one.municipalities]
        found.append(Demand("municipalities", name, dict.fromkeys(able, 1), least=1))
    if limits.coordinator:
        able = [at for at, one in enumerate(problem.proposals) if one.coordinator]
        found.append(Demand("coordinator", None, dict.fromkeys(able, 1), least=1))
    return tuple(found)


def _amounts(problem: TeamProblem) -> Iterable[Demand]:
    limits, everybody = problem.limits, dict.fromkeys(range(len(problem.proposals)), 1)
    if limits.budget is not None:
        budget = exact(limits.budget, "team_limit_invalid", limit="budget")
        costs = {one: cost for one, cost in enumerate(problem.costs) if cost}
        yield Demand("budget", None, costs, most=_floor(budget / problem.cost_unit))
    if limits.max_partners is not None:
        yield Demand("max_partners", None, everybody, most=limits.max_partners)
    if limits.min_partners:
        yield Demand("min_partners", None, everybody, least=limits.min_partners)


def _floor(number: Fraction) -> int:
    return number.numerator // number.denominator


def broken(rules: Collection[Demand], members: Collection[int]) -> tuple[Demand, ...]:
    """The demands that a set does not meet."""
    return tuple(rule for rule in rules if not rule.holds(members))

"""Every set of a small problem, tried one by one: what the composer has to equal."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

from app.domain.team_problem import TeamProblem


def sets(problem: TeamProblem) -> list[tuple[tuple[Fraction, Fraction, int, Fraction], frozenset]]:
    """(what it is worth, ids) of each set within the limits, worked out from the proposals as given."""
    ids = [one.id for one in problem.proposals]
    chosen = (frozenset(some) for size in range(len(ids) + 1) for some in combinations(ids, size))
    return [(worth(problem, one), one) for one in chosen if allowed(problem, one)]


def next_best(problem: TeamProblem, left: list, teams: list[frozenset]) -> tuple | None:
    """The most that a set of `left` is worth that follows these teams: it answers something better than each
    of them, or, when no set does, it misses a member of each."""
    better = [worth for worth, one in left if all(_beats(problem, one, team) for team in teams)]
    missing = (worth for worth, one in left if not any(one >= team for team in teams))
    return max(better or missing, default=None)


def _beats(problem: TeamProblem, one: frozenset, team: frozenset) -> bool:
    def best(chosen: frozenset, obstacle) -> Fraction:
        covers = [other.covers for other in problem.proposals if other.id in chosen]
        return max((frac(mine.get(obstacle, 0)) for mine in covers), default=Fraction(0))

    return any(weight and best(one, o) > best(team, o) for o, weight in problem.weights.items())


def worth(problem: TeamProblem, chosen: Iterable) -> tuple[Fraction, Fraction, int, Fraction]:
    members = [one for one in problem.proposals if one.id in set(chosen)]
    coverage = served = Fraction(0)
    for obstacle, weight in problem.weights.items():
        best = max(((frac(one.covers.get(obstacle, 0)), frac(one.score)) for one in members), default=(0, 0))
        coverage += weight * best[0]
        served += weight * best[0] * best[1]
    quality = served / coverage if coverage else Fraction(0)
    return coverage, quality, -len(members), -sum((frac(one.cost) for one in members), Fraction(0))


def allowed(problem: TeamProblem, chosen: frozenset) -> bool:
    limits = problem.limits
    members = [one for one in problem.proposals if one.id in chosen]
    return all(
        (
            limits.budget is None or sum(frac(one.cost) for one in members) <= frac(limits.budget),
            limits.max_partners is None or len(members) <= limits.max_partners,
            limits.min_partners is None or len(members) >= limits.min_partners,
            limits.min_score is None or all(frac(one.score) >= frac(limits.min_score) for one in members),
            chosen >= set(limits.must),
            not chosen & set(limits.must_not),
            all(sum(one.covers.get(o, 0) > 0 for one in members) >= n for o, n in limits.critical.items()),
            all(any(name in one.municipalities for one in members) for name in limits.municipalities),
            not limits.coordinator or any(one.coordinator for one in members),
        )
    )


def frac(number) -> Fraction:
    return Fraction(str(number))

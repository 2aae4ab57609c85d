"""The team composer beside one plain HiGHS model and a greedy choice, on the same problems in the same run.

    python -m bench.team

The plain model has a column per claim and answers one question, coverage, within HiGHS' own tolerances; the
composer proves coverage, quality, size and cost. Read the ratios. Greedy may never cover more.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import highspy

from app.domain.team import compose
from app.domain.team_limits import demands
from app.domain.team_problem import Limits, Proposal, TeamProblem, team_problem

SEEDS = (1, 2, 3)


@dataclass(frozen=True)
class Size:
    """`answers`: how many obstacles a proposal answers; `budget` as a share of all costs."""

    name: str
    proposals: int
    answers: tuple[int, int]
    budget: float


SIZES = (
    Size("200 x 100, few answers", 200, (1, 5), 0.1),
    Size("200 x 100, more answers", 200, (2, 8), 0.2),
    Size("200 x 100, hard: very tight", 200, (2, 8), 0.1),
    Size("1000 x 100", 1000, (2, 8), 0.02),
)


def build(size: Size, seed: int) -> TeamProblem:
    dice = random.Random(seed)
    weights = [(one, dice.randint(1, 5)) for one in range(100)]
    proposals = [
        Proposal(
            one,
            round(dice.uniform(40, 100), 1),
            dice.randint(5000, 50000),
            {o: round(dice.uniform(0.2, 1), 2) for o in dice.sample(range(100), dice.randint(*size.answers))},
        )
        for one in range(size.proposals)
    ]
    budget = int(sum(Fraction(one.cost) for one in proposals) * Fraction(str(size.budget)))
    return team_problem(weights, proposals, Limits(budget=budget))


def greedy(problem: TeamProblem) -> int:
    """The most coverage per cost, again and again, within the limits; in the problem's whole units."""
    rules, chosen, covered = demands(problem), frozenset[int](), 0
    while True:
        able = [chosen | {one} for one in range(len(problem.proposals)) if one not in chosen]
        able = [one for one in able if all(rule.holds(one) for rule in rules)]
        gains = [
            (Fraction(problem.worth(one).coverage - covered, _extra(problem, one, chosen)), one)
            for one in able
        ]
        best = max(gains, key=lambda pair: pair[0], default=(Fraction(0), chosen))
        if best[0] <= 0:
            return covered
        chosen, covered = best[1], problem.worth(best[1]).coverage


def _extra(problem: TeamProblem, new: Iterable[int], old: frozenset[int]) -> int:
    return max(1, sum(problem.costs[one] for one in new if one not in old))


def plain(problem: TeamProblem) -> float:
    """One model as the textbook has it; its objective, in the problem's units."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    free = [solver.addBinary() for _ in problem.proposals]
    served: dict[int, list[Any]] = {}
    total: Any = 0
    for one, gains in enumerate(problem.gains):
        for obstacle, gain in gains.items():
            column = solver.addVariable(0, 1)
            solver.addConstr(column <= free[one])
            served.setdefault(obstacle, []).append(column)
            total += float(gain) * column
    for columns in served.values():
        solver.addConstr(sum(columns) <= 1)
    (budget,) = demands(problem)
    solver.addConstr(
        sum(float(much) * free[one] for one, much in budget.amounts.items()) <= float(budget.most or 0)
    )
    solver.maximize(total)
    return solver.getInfo().objective_function_value


def timed(call: Callable[[], Any]) -> tuple[Any, float]:
    begin = time.perf_counter()
    result = call()
    return result, time.perf_counter() - begin


def main() -> int:
    timed(lambda: compose(build(SIZES[0], 0), alternatives=0))
    print("\nteam composer (seconds, median of three; x: times one plain HiGHS model)")
    print(f"{'problem':<30}{'plain':>8}{'best':>8}{'x':>7}{'all':>8}{'others':>8}", end="")
    print(f"{'greedy off':>11}{'proven':>9}")
    for size in SIZES:
        rows = [_row(build(size, seed)) for seed in SEEDS]
        base, best, whole = (statistics.median(row[at] for row in rows) for at in range(3))
        others, off = min(row[3] for row in rows), max(row[4] for row in rows)
        proven = sum(row[5] for row in rows)
        print(f"{size.name:<30}{base:>8.2f}{best:>8.2f}{best / base:>7.1f}{whole:>8.2f}{others:>8}", end="")
        print(f"{off:>11.1%}{proven:>7}/{len(rows)}")
    return 0


def _row(problem: TeamProblem) -> tuple[float, float, float, int, float, bool]:
    reference, base = timed(lambda: plain(problem))
    found, best = timed(lambda: compose(problem, alternatives=0))
    all_of_it, whole = timed(lambda: compose(problem))
    reached = found.team.coverage / problem.gain_unit
    simple = greedy(problem)
    if simple > reached or found.settled and abs(reference - reached) > float(reached) * 2e-4:
        raise SystemExit(f"the composer covers {reached}, greedy {simple}, a plain model {reference}")
    return base, best, whole, len(all_of_it.alternatives), float(1 - simple / reached), found.settled


if __name__ == "__main__":
    raise SystemExit(main())

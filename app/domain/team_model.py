"""The choice of a team as a linear model for HiGHS.

A column per proposal (0 or 1), and per obstacle a chain of columns: the obstacle is served by the best class
of members, by the best or second best, and so on. A chain needs one row per class instead of one per claim,
and bounds as tightly. HiGHS calculates in floats; `team_search` checks all it says in whole numbers.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from app.domain.team_limits import Demand
from app.domain.team_problem import Classes, TeamProblem

# Up to this total, HiGHS tells whole numbers apart without doubt: its tolerance of 1e-9 per column, times
# this, stays far below one. Above it, values are scaled down to it and one unit is the doubtful band.
SAFE = 10**7
TOLERANCE = 1e-9
COVERAGE, QUALITY, SIZE, COST = range(4)

Row = dict[int, float]


@dataclass
class Patience:
    """Seconds of solving that are left. HiGHS times itself, so the domain needs no clock."""

    seconds: float

    @property
    def over(self) -> bool:
        return self.seconds <= 0.001


@dataclass(frozen=True)
class Answer:
    """What HiGHS says: `members` as positions, if it found any; `bound` on the objective as scaled."""

    members: tuple[int, ...] | None
    bound: float
    proven: bool


@dataclass(frozen=True)
class Root:
    """The model without the demand of whole members: `bound` on every set, in scaled coverage, and per
    proposal at least how much coverage its joining costs; one that is absent may not join at all."""

    bound: float
    price: dict[int, float]

    def within(self, distance: float) -> list[int]:
        """The proposals that can be in a set at most so far below the bound."""
        return [one for one, price in self.price.items() if price <= distance]


def scale_of(total: int) -> tuple[int, int]:
    """(numerator, denominator) that brings whole numbers up to `total` within what is safe."""
    return (1, 1) if total <= SAFE else (SAFE, total)


@dataclass
class Model:
    """Rows and columns over `candidates`; objectives are added as rows once they are settled."""

    problem: TeamProblem
    candidates: Sequence[int]
    rules: Collection[Demand]
    by_score: bool = True
    relaxed: bool = False
    column: dict[int, int] = field(init=False)
    chains: list[list[tuple[int, Classes]]] = field(init=False)
    width: int = field(init=False)
    solver: Any = field(init=False)
    rows: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.column = {one: place for place, one in enumerate(self.candidates)}
        # One column that stands for nothing: HiGHS does not judge a model without any.
        self.width = len(self.column) + 1
        self.chains = []
        rows: list[tuple[float, float, Row]] = []
        for classes in self.problem.classes:
            self.chains.append(list(self._chain(classes, rows)))
        rows += [row for rule in self.rules if (row := self._rule(rule))]
        self.solver = self._solver(rows)
        self.rows = len(rows)

    def _chain(self, classes: Sequence[Classes], rows: list[Any]) -> Iterator[tuple[int, Classes]]:
        before: int | None = None
        for key, group in groupby(classes, key=lambda one: (one.gain, one.score if self.by_score else 0)):
            able = [self.column[one] for each in group for one in each.members if one in self.column]
            if not able:
                continue
            row: Row = dict.fromkeys(able, -1.0)
            if before is not None:
                row[before] = -1.0
            before, self.width = self.width, self.width + 1
            row[before] = 1.0
            rows.append((-float("inf"), 0.0, row))
            yield before, Classes(*key, ())

    def _rule(self, rule: Demand) -> tuple[float, float, Row] | None:
        amounts = {self.column[one]: much for one, much in rule.amounts.items() if one in self.column}
        if rule.most is None:
            least = float(rule.least or 0)
            return least, float("inf"), {one: float(much) for one, much in amounts.items()}
        if sum(amounts.values()) <= rule.most:
            return None
        up, down = (1, 1) if rule.most <= SAFE else (SAFE, rule.most)
        row = {one: min(much, rule.most + 1) * up / down for one, much in amounts.items()}
        return -float("inf"), rule.most * up / down + 0.5, row

    def _solver(self, rows: Sequence[tuple[float, float, Row]]) -> Any:
        import highspy

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.width, len(rows)
        lp.col_cost_, lp.col_lower_ = [0.0] * self.width, [0.0] * self.width
        lp.col_upper_ = [1.0] * self.width
        lp.row_lower_, lp.row_upper_ = [row[0] for row in rows], [row[1] for row in rows]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts = [0]
        for _, _, row in rows:
            starts.append(starts[-1] + len(row))
        lp.a_matrix_.start_ = starts
        lp.a_matrix_.index_ = [at for _, _, row in rows for at in row]
        lp.a_matrix_.value_ = [value for _, _, row in rows for value in row.values()]
        lp.sense_ = highspy.ObjSense.kMaximize
        if not self.relaxed:
            kinds = highspy.HighsVarType
            chosen = len(self.candidates) + 1
            lp.integrality_ = [kinds.kInteger] * chosen + [kinds.kContinuous] * (self.width - chosen)
        solver = highspy.Highs()
        _set(solver, output_flag=False, threads=1, parallel="off", random_seed=1, mip_rel_gap=0.0)
        # These models are small: starting over costs more than it saves.
        _set(solver, mip_allow_restart=False)
        _set(solver, mip_feasibility_tolerance=TOLERANCE, primal_feasibility_tolerance=TOLERANCE)
        _set(solver, dual_feasibility_tolerance=TOLERANCE)
        solver.passModel(lp)
        return solver

    def objective(self, stage: int) -> dict[int, int]:
        """{column: whole number}: what the stage maximises."""
        if stage == SIZE:
            return dict.fromkeys(self.column.values(), -1)
        if stage == COST:
            return {
                at: -self.problem.costs[one] for one, at in self.column.items() if self.problem.costs[one]
            }
        found = {}
        for chain in self.chains:
            values = [one.gain * (one.score if stage == QUALITY else 1) for _, one in chain] + [0]
            for (at, _), mine, lower in zip(chain, values, values[1:], strict=False):
                found[at] = mine - lower
        return found

    def demand(self, amounts: Row, least: float = -float("inf"), most: float = float("inf")) -> int:
        """Add a row; returns its number, to `release` it by."""
        row = {at: value for at, value in amounts.items() if value}
        self.solver.addRow(least, most, len(row), list(row), list(row.values()))
        self.rows += 1
        return self.rows - 1

    def add(self, rule: Demand) -> int | None:
        row = self._rule(rule)
        return self.demand(row[2], row[0], row[1]) if row else None

    def release(self, rows: Collection[int]) -> None:
        for row in rows:
            self.solver.changeRowBounds(row, -float("inf"), float("inf"))

    def serve_as(self, members: Collection[int]) -> None:
        """Demand that every obstacle is answered exactly as well as by these members."""
        served = self.problem.best(members)
        upper = [1.0] * self.width
        for one, at in self.column.items():
            gains = self.problem.gains[one].items()
            if any(gain > served.get(obstacle, (0, 0))[0] for obstacle, gain in gains):
                upper[at] = 0.0
        lower = [0.0] * self.width
        for obstacle, chain in enumerate(self.chains):
            gain = served.get(obstacle, (0, 0))[0]
            after = [*(one.gain for _, one in chain), 0][1:]
            for (at, mine), following in zip(chain, after, strict=False):
                if mine.gain > gain:
                    upper[at] = 0.0
                elif following < gain:
                    lower[at] = 1.0
        self.solver.changeColsBounds(self.width, list(range(self.width)), lower, upper)

    def solve(self, objective: Row, gap: float, patience: Patience, start: Collection[int] = ()) -> Answer:
        """Maximise; stops within `gap` of the best, or when patience is over."""
        import highspy

        self._run(objective, gap, patience, start)
        status, info = self.solver.getModelStatus(), self.solver.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Answer(None, -float("inf"), True)
        proven = status == highspy.HighsModelStatus.kOptimal
        members = None
        if info.primal_solution_status == 2:
            values = self.solver.getSolution().col_value
            members = tuple(one for one, at in self.column.items() if values[at] > 0.5)
        return Answer(members, info.mip_dual_bound, proven)

    def root(self, objective: Row, patience: Patience) -> Root | None:
        """Solve the relaxed model; None when no set can meet the demands."""
        import highspy

        self._run(objective, 0.0, patience, ())
        status = self.solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            return Root(sum(max(value, 0.0) for value in objective.values()), dict.fromkeys(self.column, 0.0))
        found = self.solver.getSolution()
        bound = self.solver.getInfo().objective_function_value
        price = {
            one: -found.col_dual[at] if found.col_value[at] < TOLERANCE else 0.0
            for one, at in self.column.items()
        }
        return Root(bound + TOLERANCE * (1 + abs(bound)), price)

    def _run(self, objective: Row, gap: float, patience: Patience, start: Collection[int]) -> None:
        solver = self.solver
        costs = [0.0] * self.width
        for at, value in objective.items():
            costs[at] = value
        solver.changeColsCost(self.width, list(range(self.width)), costs)
        if start:
            values = [float(one in start) for one in self.column]
            solver.setSolution(len(self.column), list(range(len(self.column))), values)
        before = solver.getRunTime()
        _set(solver, mip_abs_gap=gap, time_limit=max(patience.seconds, 0.0))
        solver.run()
        patience.seconds -= solver.getRunTime() - before


def _set(solver: Any, **options: Any) -> None:
    for name, value in options.items():
        solver.setOptionValue(name, value)

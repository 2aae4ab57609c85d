"""The division of proposals as linear models for HiGHS.

Seats and loads are a flow: its matrix is totally unimodular, so the linear solution is whole, and every
solution that is as good is what is left when the columns with a reduced cost are fixed where they are
(complementary slackness; costs are whole numbers, and so are the duals). Knowledge is looked for inside that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.domain.assigning import Pair, Question, Reader, Wanting
from app.domain.team_model import TOLERANCE, Patience

_FAR = float("inf")
Row = tuple[float, float, dict[int, float]]


@dataclass
class _Model:
    """`pairs`: the column of a juror on a proposal; `lacks` of a seat that is missed, `steps` of the first,
    second, ... proposal of a juror."""

    question: Question
    pairs: dict[Pair, int] = field(default_factory=dict)
    lacks: list[int] = field(default_factory=list)
    steps: dict[int, int] = field(default_factory=dict)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        for one in self.question.proposals:
            self._proposal(one)
        for reader in self.question.readers:
            self._load(reader)

    def column(self, lower: float, upper: float) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def _proposal(self, one: Wanting) -> None:
        question = self.question
        able, bound = question.able(one.id), question.bound(one.id)
        for reader in able:
            self.pairs[reader.id, one.id] = self.column(float(reader.id in bound), 1.0)
        size = float(question.size(one.id))
        self.rows.append((size, size, self._of(able, one)))
        for seat, least in question.least.items():
            if not least:
                continue
            row = self._of([reader for reader in able if reader.seat == seat], one)
            lack, over = self.column(0.0, float(least)), self.column(0.0, float(len(able)))
            self.lacks.append(lack)
            self.rows.append((least, least, row | {lack: 1.0, over: -1.0}))

    def _of(self, readers: Sequence[Reader], one: Wanting) -> dict[int, float]:
        return {self.pairs[reader.id, one.id]: 1.0 for reader in readers}

    def _load(self, reader: Reader) -> None:
        row = {at: 1.0 for (juror, _), at in self.pairs.items() if juror == reader.id}
        for step in range(len(row)):
            at = self.column(0.0, 1.0)
            self.steps[at] = 2 * step + 1
            row[at] = -1.0
        if row:
            self.rows.append((0.0, 0.0, row))

    def solver(self) -> Any:
        import highspy

        lp = highspy.HighsLp()
        width = len(self.lower)
        lp.num_col_, lp.num_row_ = width, len(self.rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = [0.0] * width, self.lower, self.upper
        lp.row_lower_, lp.row_upper_ = [row[0] for row in self.rows], [row[1] for row in self.rows]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        starts = [0]
        for _, _, row in self.rows:
            starts.append(starts[-1] + len(row))
        lp.a_matrix_.start_ = starts
        lp.a_matrix_.index_ = [at for _, _, row in self.rows for at in row]
        lp.a_matrix_.value_ = [value for _, _, row in self.rows for value in row.values()]
        solver = highspy.Highs()
        options: dict[str, Any] = {"output_flag": False, "threads": 1, "parallel": "off", "random_seed": 1}
        options |= {"mip_rel_gap": 0.0, "mip_abs_gap": 0.5, "solver": "simplex"}
        options |= {"mip_feasibility_tolerance": TOLERANCE, "primal_feasibility_tolerance": TOLERANCE}
        for name, value in (options | {"dual_feasibility_tolerance": TOLERANCE}).items():
            solver.setOptionValue(name, value)
        solver.passModel(lp)
        return solver

    def settle(self, solver: Any, cost: dict[int, int]) -> frozenset[Pair]:
        """Minimise a whole cost, and leave only what is as good. One such division."""
        import highspy

        _run(solver, len(self.lower), cost)
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError("a flow that exists was not solved")
        found = solver.getSolution()
        values, duals = list(found.col_value), list(found.col_dual)
        for at, dual in enumerate(duals):
            if abs(dual) > 0.5:
                self.lower[at] = self.upper[at] = round(values[at])
        width = len(self.lower)
        solver.changeColsBounds(width, list(range(width)), self.lower, self.upper)
        return self.read(values)

    def read(self, values: Sequence[float]) -> frozenset[Pair]:
        return frozenset(pair for pair, at in self.pairs.items() if values[at] > 0.5)


def best_pairs(question: Question, seconds: float) -> tuple[frozenset[Pair], bool]:
    """The pairs of the best division, and whether knowledge is proven to be matched best."""
    model = _Model(question)
    solver = model.solver()
    if model.lacks:
        model.settle(solver, dict.fromkeys(model.lacks, 1))
    pairs = model.settle(solver, model.steps)
    knowing = _knowing(model, solver)
    staying = {at: 1 for pair, at in model.pairs.items() if pair in question.now}
    patience, proven = Patience(seconds), True
    _whole(model, solver)
    for cost in (knowing, staying):
        if not cost or patience.over:
            proven = proven and not cost
            continue
        pairs, sure = _improve(model, solver, cost, pairs, patience)
        proven = proven and (sure or cost is staying)
    return pairs, proven


def _knowing(model: _Model, solver: Any) -> dict[int, int]:
    """{column: what it is worth}: a column for every domain that a proposal asks for, worth more than all
    matches of pairs together."""
    question = model.question
    worth = {
        model.pairs[reader.id, one.id]: len(reader.knows & one.wants)
        for one in question.proposals
        for reader in question.able(one.id)
        if reader.knows & one.wants
    }
    most = 1 + sum(_best(question, one) for one in question.proposals)
    for one in question.proposals:
        for what in sorted(one.wants):
            able = [model.pairs[each.id, one.id] for each in question.able(one.id) if what in each.knows]
            if able:
                at = model.column(0.0, 1.0)
                solver.addCol(0.0, 0.0, 1.0, 0, [], [])
                solver.addRow(-_FAR, 0.0, len(able) + 1, [at, *able], [1.0, *([-1.0] * len(able))])
                worth[at] = most
    return worth


def _best(question: Question, one: Wanting) -> int:
    """No more than this can the readers of a proposal know of what it asks, counted per reader."""
    known = sorted((len(each.knows & one.wants) for each in question.able(one.id)), reverse=True)
    return sum(known[: question.size(one.id)])


def _whole(model: _Model, solver: Any) -> None:
    import highspy

    columns = list(model.pairs.values())
    solver.changeColsIntegrality(len(columns), columns, [highspy.HighsVarType.kInteger] * len(columns))


def _improve(
    model: _Model, solver: Any, worth: dict[int, int], pairs: frozenset[Pair], patience: Patience
) -> tuple[frozenset[Pair], bool]:
    """Maximise, from `pairs` on, and demand as much from then on."""
    import highspy

    start = [float(pair in pairs) for pair in model.pairs]
    solver.setSolution(len(start), list(model.pairs.values()), start)
    before = solver.getRunTime()
    solver.setOptionValue("time_limit", max(patience.seconds, 0.0))
    _run(solver, len(model.lower), {at: -much for at, much in worth.items()})
    patience.seconds -= solver.getRunTime() - before
    sure = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if solver.getInfo().primal_solution_status != 2:
        return pairs, False
    values = solver.getSolution().col_value
    found = model.read(values)
    reached = sum(much * round(values[at]) for at, much in worth.items())
    solver.addRow(reached - 0.5, _FAR, len(worth), list(worth), [float(one) for one in worth.values()])
    return found, sure


def _run(solver: Any, width: int, cost: dict[int, int]) -> None:
    costs = [0.0] * width
    for at, value in cost.items():
        costs[at] = float(value)
    solver.changeColsCost(width, list(range(width)), costs)
    solver.run()

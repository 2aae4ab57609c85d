"""The best set, proven: first coverage, then quality, then fewer partners, then lower cost.

HiGHS answers within tolerances, so no answer of its is taken at its word: each set that comes back is valued
in whole numbers, and the search goes on until nothing is left that could be as good within a band far wider
than any tolerance. See docs/decisions/0015-team.md.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from app.domain.team_limits import Demand
from app.domain.team_model import (
    COST,
    COVERAGE,
    QUALITY,
    SAFE,
    SIZE,
    Answer,
    Model,
    Patience,
    Root,
    Row,
    scale_of,
)
from app.domain.team_problem import TeamProblem, Worth
from app.domain.team_settle import TRIES, Climb, beyond, scaled, without

# With more ways than this to the same coverage, they are not listed but left to the model.
WAYS = 3
# How far below the relaxed bound sets are looked for at first, as a share of the bound.
NEAR = 0.0003
# And how much farther than the best set that was found, so that its proof seldom has to look again.
WIDER = 1.3


@dataclass(frozen=True)
class Found:
    """`bound`: no set within the limits covers more, in the problem's whole units. `proven`: how many of
    coverage, quality, size and cost, in this order, are known to be the best."""

    members: tuple[int, ...]
    worth: Worth
    bound: int
    proven: int


@dataclass
class Search:
    """The best sets of one problem within the cuts, from high to low coverage; None after the last.

    Each answers some obstacle better than every set before it: what does not cannot cover more, so once the
    next set covers less, the one before it is proven to be the best, and the next one comes for nothing.
    """

    problem: TeamProblem
    rules: tuple[Demand, ...]
    patience: Patience
    cuts: tuple[Demand, ...] = ()
    root: Root | None = None
    allowed: list[int] = field(init=False)
    kept: list[int] = field(init=False)
    distance: float = field(init=False)
    model: Model = field(init=False)
    passed: list[tuple[int, ...]] = field(init=False, default_factory=list)
    pool: list[tuple[int, ...]] = field(init=False, default_factory=list)
    over: bool = field(init=False, default=False)
    stopped: bool = field(init=False, default=False)
    bound: float = field(init=False, default=float("inf"))
    wider: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        barred = {one for rule in self.rules if rule.most == 0 for one, much in rule.amounts.items() if much}
        self.allowed = [one for one in range(len(self.problem.proposals)) if one not in barred]
        if self.root is None:
            model = Model(self.problem, self.allowed, self.rules, by_score=False, relaxed=True)
            self.root = model.root(self._objective(model), self.patience)
        self.over = self.root is None
        if self.root:
            self._look(self.root.bound * NEAR + 1)

    def _objective(self, model: Model) -> Row:
        return scaled(model.objective(COVERAGE), self.problem.most)

    def _look(self, distance: float) -> None:
        """Model only those proposals that can be in a set so near the bound."""
        assert self.root is not None
        needed = {one for rule in self.rules if rule.name == "must" for one in rule.amounts}
        near = set(self.root.within(distance)) | needed
        self.distance, self.wider = distance, 0.0
        self.kept = [one for one in self.allowed if one in near]
        better = [beyond(self.problem, COVERAGE, one, self.kept) for one in self.passed]
        rules = (*self.rules, *self.cuts, *better)
        self.model = Model(self.problem, self.kept, rules, by_score=False)

    def next(self) -> Found | None:
        """The next set. When patience ran out: what was found so far, with what is proven of it, or None."""
        self._gather()
        if not self.pool:
            return None
        top = max(self._covered(one) for one in self.pool)
        ways = [one for one in self.pool if self._covered(one) == top]
        complete = self.over or not self.stopped and self._is_clear(top)
        if len(ways) > WAYS or not complete:
            climbs = [self._climb(ways[0], False)]
        else:
            climbs = [self._climb(one, True) for one in ways]
        best = max(climbs, key=lambda one: one.worth)
        served = self.problem.best(best.members)
        self.pool = [one for one in self.pool if self._adds(one, served)]
        if best.members not in self.passed:
            self._pass(best.members)
        if self.stopped and not complete and self._open(top):
            return Found(best.members, best.worth, self._above(top), 0)
        return Found(best.members, best.worth, top, min(climb.proven for climb in climbs))

    def _open(self, top: int) -> bool:
        """Whether sets that cover more than this were not ruled out."""
        return self._above(top) > top

    def _above(self, top: int) -> int:
        up, down = scale_of(self.problem.most)
        assert self.root is not None
        outside = -float("inf") if self.kept == self.allowed else self.root.bound - self.distance
        above = Fraction(min(max(self.bound, outside), self.root.bound)) * down / up
        whole = floor(above + Fraction(1, 1000)) if self.problem.most <= SAFE else ceil(above)
        return max(top, min(whole, self.problem.most))

    def _gather(self) -> None:
        """Find sets until the best in the pool is known to be the best that is left."""
        coarse = self.problem.most <= SAFE
        for _ in range(TRIES):
            if self.over or self.stopped or self._is_ready(coarse):
                return
            if self.wider:
                self._look(self.wider)
            answer = self.model.solve(self._objective(self.model), 0.9 if coarse else 0.01, self.patience)
            self.bound = answer.bound
            self._take(answer)
        self.stopped = True

    def _is_ready(self, coarse: bool) -> bool:
        if not self.pool:
            return False
        top = max(self._covered(one) for one in self.pool)
        ways = sum(self._covered(one) == top for one in self.pool)
        return self._is_clear(top) or (coarse and ways > WAYS and self._looked(top))

    def _is_clear(self, top: int) -> bool:
        """Whether all that is left covers less than the top of the pool, beyond doubt."""
        up, down = scale_of(self.problem.most)
        band = 0 if self.problem.most <= SAFE else down
        lower = (top - self._covered(self.pool[-1])) * up > band
        return self._looked(top) and (lower or self.wider > 0)

    def _take(self, answer: Answer) -> None:
        """Judge an answer in whole numbers."""
        self.stopped = not answer.proven
        broken = next((one for one in self.rules if answer.members and not one.holds(answer.members)), None)
        if answer.members is not None and broken:
            self.model.add(without(broken, answer.members, self.kept))
        elif answer.members is not None:
            self.pool.append(answer.members)
            self._pass(answer.members)
            if not self._looked(self._covered(answer.members)):
                self.wider = self._depth(self._covered(answer.members)) * WIDER
        elif self.kept == self.allowed:
            self.over = answer.proven
        elif answer.proven:
            self.wider = self.distance * 8

    def _depth(self, covered: int) -> float:
        """How far below the bound a coverage is, as scaled; a little more, for the tolerances."""
        assert self.root is not None
        up, down = scale_of(self.problem.most)
        return self.root.bound - covered * up / down + 1

    def _looked(self, covered: int) -> bool:
        """Whether nothing that was not looked at can cover as much."""
        return self.kept == self.allowed or self._depth(covered) <= self.distance

    def _pass(self, members: tuple[int, ...]) -> None:
        self.passed.append(members)
        self.model.add(beyond(self.problem, COVERAGE, members, self.kept))

    def _covered(self, members: tuple[int, ...]) -> int:
        return self.problem.worth(members).coverage

    def _climb(self, members: tuple[int, ...], alone: bool) -> Climb:
        """Settle quality, size and cost, among the sets that serve alike, or all that cover as much."""
        before = [one for one in self.passed if one not in self.pool]
        better = [beyond(self.problem, COVERAGE, one, self.kept) for one in before]
        model = Model(self.problem, self.kept, (*self.rules, *self.cuts, *better))
        climb = Climb(self.problem, self.rules, model, self.patience, members, self.problem.worth(members))
        if alone:
            model.serve_as(members)
        else:
            climb.hold(COVERAGE)
        for stage in (QUALITY, SIZE, COST):
            climb.settle(stage)
        return climb

    def _adds(self, members: tuple[int, ...], served: dict[int, tuple[int, int]]) -> bool:
        """Whether these members answer some obstacle better."""
        best = self.problem.best(members).items()
        return any(gain > served.get(obstacle, (0, 0))[0] for obstacle, (gain, _) in best)

"""The best set, proven: first coverage, then quality, then fewer partners, then lower cost.

HiGHS answers within tolerances, so no answer of its is taken at its word. Settled values become rows with
some slack, every set that comes back is valued in whole numbers, and one that only the slack let through is
cut off together with all that cannot be better than it. So what is left of a proof is exact. See
docs/decisions/0015-team.md.
"""

from collections.abc import Collection, Sequence
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

STAGES = 4
TRIES = 60
# With more ways than this to the same coverage, they are not listed but left to the model.
WAYS = 3
# How far below the relaxed bound sets are looked for at first, as a share of the bound.
NEAR = 0.01


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
        return _scaled(model.objective(COVERAGE), self.problem.most)

    def _look(self, distance: float) -> None:
        """Model only those proposals that can be in a set so near the bound."""
        assert self.root is not None
        needed = {one for rule in self.rules if rule.name == "must" for one in rule.amounts}
        near = set(self.root.within(distance)) | needed
        self.distance, self.kept = distance, [one for one in self.allowed if one in near]
        beyond = [_beyond(self.problem, COVERAGE, one, self.kept) for one in self.passed]
        rules = (*self.rules, *self.cuts, *beyond)
        self.model = Model(self.problem, self.kept, rules, by_score=False)

    def next(self) -> Found | None:
        """The next set. When patience ran out: what was found so far, with what is proven of it, or None."""
        self._gather()
        if not self.pool:
            return None
        top = max(self._covered(one) for one in self.pool)
        ways = [one for one in self.pool if self._covered(one) == top]
        complete = self.over or not self.stopped and self._covered(self.pool[-1]) < top
        if len(ways) > WAYS or not complete:
            climbs = [self._climb(ways[0], False)]
        else:
            climbs = [self._climb(one, True) for one in ways]
        best = max(climbs, key=lambda one: one.worth)
        served = _gains(self.problem, best.members)
        self.pool = [one for one in self.pool if _gains(self.problem, one) != served]
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
            answer = self.model.solve(self._objective(self.model), 0.9 if coarse else 0.01, self.patience)
            self.bound = answer.bound
            self._take(answer)
        self.stopped = True

    def _is_ready(self, coarse: bool) -> bool:
        if not self.pool:
            return False
        covered = [self._covered(one) for one in self.pool]
        up, down = scale_of(self.problem.most)
        lower = (max(covered) - covered[-1]) * up > (0 if coarse else down)
        return lower or (coarse and covered.count(max(covered)) > WAYS)

    def _take(self, answer: Answer) -> None:
        """Judge an answer in whole numbers."""
        self.stopped = not answer.proven
        broken = next((one for one in self.rules if answer.members and not one.holds(answer.members)), None)
        if answer.members is not None and broken:
            self.model.add(_without(broken, answer.members, self.kept))
        elif answer.members is not None and not self.stopped and self._is_far(answer.members):
            self._look(self._depth(answer.members))
        elif answer.members is not None:
            self.pool.append(answer.members)
            self._pass(answer.members)
        elif self.kept == self.allowed:
            self.over = answer.proven
        elif answer.proven:
            self._look(self.distance * 8)

    def _depth(self, members: tuple[int, ...]) -> float:
        assert self.root is not None
        up, down = scale_of(self.problem.most)
        return self.root.bound - self._covered(members) * up / down + 1

    def _is_far(self, members: tuple[int, ...]) -> bool:
        """Whether a set that was not looked at could still cover more than this one."""
        return self.kept != self.allowed and self._depth(members) > self.distance

    def _pass(self, members: tuple[int, ...]) -> None:
        beyond = _beyond(self.problem, COVERAGE, members, self.kept)
        self.passed.append(members)
        self.model.add(beyond)

    def _covered(self, members: tuple[int, ...]) -> int:
        return self.problem.worth(members).coverage

    def _climb(self, members: tuple[int, ...], alone: bool) -> "Climb":
        """Settle quality, size and cost, among the sets that serve alike, or all that cover as much."""
        before = [one for one in self.passed if one not in self.pool]
        beyond = [_beyond(self.problem, COVERAGE, one, self.kept) for one in before]
        model = Model(self.problem, self.kept, (*self.rules, *self.cuts, *beyond))
        climb = Climb(self.problem, self.rules, model, self.patience, members, self.problem.worth(members))
        if alone:
            model.serve_as(members)
        else:
            climb.hold(COVERAGE)
        for stage in (QUALITY, SIZE, COST):
            climb.settle(stage)
        return climb


def _gains(problem: TeamProblem, members: tuple[int, ...]) -> dict[int, int]:
    return {obstacle: gain for obstacle, (gain, _) in problem.best(members).items()}


@dataclass
class Climb:
    """A model settled stage by stage; `members` is the best set so far, exactly within all demands."""

    problem: TeamProblem
    rules: tuple[Demand, ...]
    model: Model
    patience: Patience
    members: tuple[int, ...]
    worth: Worth
    proven: int = 1
    stopped: bool = False

    def settle(self, stage: int) -> None:
        """Find the best value of the stage among the sets that are best in all earlier ones."""
        if self.stopped:
            return
        total = self._total(stage)
        objective = _scaled(self.model.objective(stage), total)
        passing: list[int] = []
        for _ in range(TRIES):
            answer = self.model.solve(objective, 0.9 if total <= SAFE else 0.01, self.patience, self.members)
            if self._take(stage, answer, passing):
                break
        else:
            self.stopped = True
        self.model.release(passing)
        if not self.stopped:
            self.proven = stage + 1
            self.hold(stage)

    def _total(self, stage: int) -> int:
        if stage == COVERAGE:
            return self.problem.most
        if stage == QUALITY:
            return self.problem.most * max(self.problem.scores)
        if stage == COST:
            return sum(self.problem.costs[one] for one in self.model.candidates)
        return len(self.model.candidates)

    def _take(self, stage: int, answer: Answer, passing: list[int]) -> bool:
        """Judge an answer in whole numbers; True when the stage is done."""
        self.stopped = not answer.proven
        if answer.members is None:
            return True
        members, worth = answer.members, self.problem.worth(answer.members)
        if rule := next((one for one in self.rules if not one.holds(members)), None):
            self.model.add(_without(rule, members, self.model.candidates))
            return self.stopped
        earlier = next((at for at in range(stage) if worth[at] < self.worth[at]), None)
        if earlier is not None:
            self.model.add(self._beyond(earlier, members))
            return self.stopped
        if worth[: stage + 1] > self.worth[: stage + 1]:
            self.members, self.worth = members, worth
        if self.stopped or self._total(stage) <= SAFE:
            return True
        self._narrow(stage, members, passing)
        return False

    def _narrow(self, stage: int, members: tuple[int, ...], passing: list[int]) -> None:
        """Ask again, only for sets in the doubtful band that can be better than what was found."""
        if not passing:
            passing.append(self.hold(stage))
        row = self.model.add(self._beyond(stage, members))
        if row is not None:
            passing.append(row)

    def _beyond(self, stage: int, members: tuple[int, ...]) -> Demand:
        return _beyond(self.problem, stage, members, self.model.candidates)

    def hold(self, stage: int) -> int:
        """Demand the value that was reached; returns the row."""
        total = self._total(stage)
        up, down = scale_of(total)
        least = self.worth[stage] * up / down - (0.5 if total <= SAFE else 1.0)
        return self.model.demand(_scaled(self.model.objective(stage), total), least=least)


def _beyond(problem: TeamProblem, stage: int, members: Collection[int], candidates: Collection[int]) -> Demand:
    """A demand that only sets meet which can be better than this one in the stage, given the earlier."""
    if stage == COST:
        return Demand("cut", None, dict.fromkeys(members, 1), most=len(members) - 1)
    served = problem.best(members)
    depth = 1 if stage == COVERAGE else 2
    join = [
        one
        for one in candidates
        if any(
            (gain, problem.scores[one])[:depth] > served.get(obstacle, (0, 0))[:depth]
            for obstacle, gain in problem.gains[one].items()
        )
    ]
    return Demand("cut", None, dict.fromkeys(join, 1), least=1)


def _scaled(objective: dict[int, int], total: int) -> Row:
    up, down = scale_of(total)
    return {at: value * up / down for at, value in objective.items()}


def _without(rule: Demand, members: Collection[int], candidates: Collection[int]) -> Demand:
    """What keeps out a set that a demand forbids, and all that break it with certainty as well."""
    if rule.most is not None:
        return Demand("cut", None, dict.fromkeys(members, 1), most=len(members) - 1)
    outside = [one for one in candidates if one not in set(members)]
    return Demand("cut", None, dict.fromkeys(outside, 1), least=1)

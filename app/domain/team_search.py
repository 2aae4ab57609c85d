"""The best set, proven: first coverage, then quality, then fewer partners, then lower cost.

HiGHS answers within tolerances, so no answer of its is taken at its word. Settled values become rows with
some slack, every set that comes back is valued in whole numbers, and one that only the slack let through is
cut off together with all that cannot be better than it. So what is left of a proof is exact. See
docs/decisions/0015-team.md.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from app.domain.team_limits import Demand
from app.domain.team_model import COST, COVERAGE, QUALITY, SAFE, Answer, Model, Patience, Root, Row, scale_of
from app.domain.team_problem import TeamProblem, Worth

STAGES = 4
TRIES = 60
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
    """Searches of one problem: the relaxed model is solved once, for the best set and its alternatives."""

    problem: TeamProblem
    rules: tuple[Demand, ...]
    patience: Patience
    allowed: list[int] = field(init=False)
    root: Root | None = field(init=False)
    distance: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        barred = {one for rule in self.rules if rule.most == 0 for one, much in rule.amounts.items() if much}
        self.allowed = [one for one in range(len(self.problem.proposals)) if one not in barred]
        model = Model(self.problem, self.allowed, self.rules, by_score=False, relaxed=True)
        self.root = model.root(_scaled(model.objective(COVERAGE), self.problem.most), self.patience)
        if self.root:
            self.distance = self.root.bound * NEAR + 1

    def best(self, cuts: Sequence[Demand] = ()) -> Found | None:
        """The best set that also meets the cuts; None when there is none. Raises nothing; a search that ran
        out of patience before it found any set also answers None, with `patience.over`."""
        if self.root is None:
            return None
        start: tuple[int, ...] = ()
        while True:
            kept = self._kept()
            climb = _Climb(self.problem, self.rules, Model(self.problem, kept, (*self.rules, *cuts)), self.patience)
            climb.start = start
            climb.settle(COVERAGE)
            reached = self._reached(climb)
            if len(kept) == len(self.allowed) or climb.stopped or reached <= self.distance:
                return self._finish(climb, len(kept) == len(self.allowed))
            start = climb.members or ()
            self.distance = reached if climb.members else self.distance * 8

    def _kept(self) -> list[int]:
        assert self.root is not None
        needed = {one for rule in self.rules if rule.name == "must" for one in rule.amounts}
        near = set(self.root.within(self.distance)) | needed
        return [one for one in self.allowed if one in near]

    def _reached(self, climb: "_Climb") -> float:
        assert self.root is not None
        if climb.worth is None:
            return float("inf")
        up, down = scale_of(self.problem.most)
        return self.root.bound - climb.worth.coverage * up / down + 1

    def _finish(self, climb: "_Climb", all_kept: bool) -> Found | None:
        for stage in range(1, STAGES):
            climb.settle(stage)
        if climb.members is None or climb.worth is None or self.root is None:
            return None
        bound = climb.worth.coverage
        if not climb.proven:
            up, down = scale_of(self.problem.most)
            outside = -float("inf") if all_kept else self.root.bound - self.distance
            above = min(max(climb.bound, outside), self.root.bound)
            bound = max(bound, min(ceil(Fraction(above) * down / up), self.problem.most))
        return Found(climb.members, climb.worth, bound, climb.proven)


@dataclass
class _Climb:
    """One model, settled stage by stage; `members` is the best set so far, exactly within all demands."""

    problem: TeamProblem
    rules: tuple[Demand, ...]
    model: Model
    patience: Patience
    start: tuple[int, ...] = ()
    members: tuple[int, ...] | None = None
    worth: Worth | None = None
    proven: int = 0
    stopped: bool = False
    bound: float = float("inf")

    def settle(self, stage: int) -> None:
        """Find the best value of the stage among the sets that are best in all earlier ones."""
        if self.stopped or (stage and self.worth is None):
            return
        total = self._total(stage)
        objective = _scaled(self.model.objective(stage), total)
        coarse = total <= SAFE
        passing: list[int] = []
        for _ in range(TRIES):
            answer = self.model.solve(objective, 0.9 if coarse else 0.01, self.patience, self._start())
            if stage == COVERAGE:
                self.bound = min(self.bound, answer.bound)
            done = self._take(stage, answer, coarse, passing, objective, total)
            if done:
                break
        else:
            self.stopped = True
        self.model.release(passing)
        if not self.stopped and self.worth is not None:
            self.proven = stage + 1
            self._hold(objective, stage, total)

    def _start(self) -> tuple[int, ...]:
        return self.members or self.start

    def _total(self, stage: int) -> int:
        if stage == COVERAGE:
            return self.problem.most
        if stage == QUALITY:
            return self.problem.most * max(self.problem.scores)
        if stage == COST:
            return sum(self.problem.costs[one] for one in self.model.candidates)
        return len(self.model.candidates)

    def _take(
        self, stage: int, answer: Answer, coarse: bool, passing: list[int], objective: Row, total: int
    ) -> bool:
        """Judge an answer in whole numbers; True when the stage is done."""
        if answer.members is None:
            self.stopped = not answer.proven
            return True
        members, worth = answer.members, self.problem.worth(answer.members)
        if rule := next((one for one in self.rules if not one.holds(members)), None):
            self.model.add(_without(rule, members, self.model.candidates))
            return self._give_up(answer)
        earlier = next((at for at in range(stage) if self.worth and worth[at] < self.worth[at]), None)
        if earlier is not None:
            self.model.add(self._beyond(earlier, members))
            return self._give_up(answer)
        if self.worth is None or worth[: stage + 1] > self.worth[: stage + 1]:
            self.members, self.worth = members, worth
        if not answer.proven or coarse:
            return self._give_up(answer) or True
        self._narrow(stage, members, passing, objective, total)
        return False

    def _give_up(self, answer: Answer) -> bool:
        self.stopped = not answer.proven
        return self.stopped

    def _narrow(self, stage: int, members: tuple[int, ...], passing: list[int], objective: Row, total: int) -> None:
        """Ask again, only for sets in the doubtful band and not covered by what was found."""
        assert self.worth is not None
        if not passing:
            passing.append(self._row(objective, self.worth[stage], total))
        row = self.model.add(self._beyond(stage, members))
        if row is not None:
            passing.append(row)

    def _hold(self, objective: Row, stage: int, total: int) -> None:
        assert self.worth is not None
        self._row(objective, self.worth[stage], total)

    def _row(self, objective: Row, value: int, total: int) -> int:
        up, down = scale_of(total)
        return self.model.demand(objective, least=value * up / down - (0.5 if total <= SAFE else 1.0))

    def _beyond(self, stage: int, members: Collection[int]) -> Demand:
        """A demand that only sets meet which can be better than this one in the stage, given the earlier."""
        if stage == COST:
            return Demand("cut", None, dict.fromkeys(members, 1), most=len(members) - 1)
        served = self.problem.best(members)
        depth = 1 if stage == COVERAGE else 2
        join = [
            one
            for one in self.model.candidates
            if any(
                (gain, self.problem.scores[one])[:depth] > served.get(obstacle, (0, 0))[:depth]
                for obstacle, gain in self.problem.gains[one].items()
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

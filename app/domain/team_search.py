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
        """The best set that also meets the cuts; None when there is none, and also when patience was over
        before any was found."""
        if self.root is None:
            return None
        start: tuple[int, ...] = ()
        while True:
            kept = self._kept()
            ways = Ways(self.problem, self.rules, cuts, kept, self.patience, start)
            ways.find()
            reached = self._reached(ways)
            if len(kept) == len(self.allowed) or not ways.proven or reached <= self.distance:
                return self._finish(ways, len(kept) == len(self.allowed))
            start = ways.sets[0] if ways.sets else ()
            self.distance = reached if ways.sets else self.distance * 8

    def _kept(self) -> list[int]:
        assert self.root is not None
        needed = {one for rule in self.rules if rule.name == "must" for one in rule.amounts}
        near = set(self.root.within(self.distance)) | needed
        return [one for one in self.allowed if one in near]

    def _reached(self, ways: "Ways") -> float:
        assert self.root is not None
        if not ways.sets:
            return float("inf")
        up, down = scale_of(self.problem.most)
        return self.root.bound - ways.coverage * up / down + 1

    def _finish(self, ways: "Ways", all_kept: bool) -> Found | None:
        assert self.root is not None
        if not ways.sets:
            return None
        climbs = ways.climbs()
        for climb in climbs:
            for stage in (QUALITY, SIZE, COST):
                climb.settle(stage)
        best = max(climbs, key=lambda one: one.worth)
        if ways.proven:
            proven = min(climb.proven for climb in climbs) if ways.complete or len(climbs) == 1 else 1
            return Found(best.members, best.worth, ways.coverage, proven)
        up, down = scale_of(self.problem.most)
        outside = -float("inf") if all_kept else self.root.bound - self.distance
        above = ceil(Fraction(min(max(ways.bound, outside), self.root.bound)) * down / up)
        return Found(best.members, best.worth, max(ways.coverage, min(above, self.problem.most)), 0)


@dataclass
class Ways:
    """The ways to the highest coverage: sets that answer the obstacles differently and cover the same.

    A set is followed by a demand that something is answered better than by it; what comes back then shows
    whether another way is as good. `complete`: there are no ways but these.
    """

    problem: TeamProblem
    rules: tuple[Demand, ...]
    cuts: Sequence[Demand]
    kept: list[int]
    patience: Patience
    start: tuple[int, ...] = ()
    sets: list[tuple[int, ...]] = field(default_factory=list)
    coverage: int = 0
    bound: float = float("inf")
    proven: bool = False
    complete: bool = False

    def find(self) -> None:
        model = Model(self.problem, self.kept, (*self.rules, *self.cuts), by_score=False)
        objective = _scaled(model.objective(COVERAGE), self.problem.most)
        coarse = self.problem.most <= SAFE
        for _ in range(TRIES):
            answer = model.solve(objective, 0.9 if coarse else 0.01, self.patience, self.start)
            if not self.sets:
                self.bound = answer.bound
            if answer.members is None or not answer.proven:
                self._stop(answer)
                return
            members, covered = answer.members, self.problem.worth(answer.members).coverage
            self.start = ()
            if rule := next((one for one in self.rules if not one.holds(members)), None):
                model.add(_without(rule, members, self.kept))
                continue
            if self._is_last(members, covered, coarse):
                return
            beyond = _beyond(self.problem, COVERAGE, members, self.kept)
            if not beyond.amounts:
                self.proven = self.complete = True
                return
            model.add(beyond)

    def _stop(self, answer: Answer) -> None:
        if answer.members and not self.sets and all(one.holds(answer.members) for one in self.rules):
            self.sets, self.coverage = [answer.members], self.problem.worth(answer.members).coverage
        elif answer.members is None and answer.proven:
            self.proven = self.complete = True

    def _is_last(self, members: tuple[int, ...], covered: int, coarse: bool) -> bool:
        """Take a set that covers most; True when no other can."""
        if not self.sets or covered > self.coverage:
            self.sets, self.coverage = [members], covered
        elif covered == self.coverage:
            self.sets.append(members)
        up, down = scale_of(self.problem.most)
        self.proven = self.proven or coarse
        if (self.coverage - covered) * up > down * (0 if coarse else 1):
            self.proven = self.complete = True
        return self.complete or (coarse and len(self.sets) > WAYS)

    def climbs(self) -> list["Climb"]:
        """Models in which only these ways are left; one of all ways when there are too many to list."""
        found = []
        for members in self.sets if self.complete or not self.proven else self.sets[:1]:
            model = Model(self.problem, self.kept, (*self.rules, *self.cuts))
            climb = Climb(self.problem, self.rules, model, self.patience, members, self.problem.worth(members))
            if self.complete:
                model.serve_as(members)
            else:
                climb.hold(COVERAGE)
            found.append(climb)
        return found


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

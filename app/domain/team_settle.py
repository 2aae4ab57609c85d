"""Among the sets that cover as much: the best quality, then the fewest partners, then the lowest cost.

Settled values become rows with some slack; every set that comes back is valued in whole numbers, and one that
only the slack let through is cut off together with all that cannot be better than it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.team_limits import Demand
from app.domain.team_model import COST, COVERAGE, QUALITY, SAFE, Answer, Model, Patience, Row, scale_of
from app.domain.team_problem import TeamProblem, Worth

STAGES = 4
TRIES = 60


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
        objective = scaled(self.model.objective(stage), total)
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
            self.model.add(without(rule, members, self.model.candidates))
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
        return beyond(self.problem, stage, members, self.model.candidates)

    def hold(self, stage: int) -> int:
        """Demand the value that was reached; returns the row."""
        total = self._total(stage)
        up, down = scale_of(total)
        least = self.worth[stage] * up / down - (0.5 if total <= SAFE else 1.0)
        return self.model.demand(scaled(self.model.objective(stage), total), least=least)


def beyond(problem: TeamProblem, stage: int, members: Collection[int], candidates: Collection[int]) -> Demand:
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


def scaled(objective: dict[int, int], total: int) -> Row:
    up, down = scale_of(total)
    return {at: value * up / down for at, value in objective.items()}


def without(rule: Demand, members: Collection[int], candidates: Collection[int]) -> Demand:
    """What keeps out a set that a demand forbids, and all that break it with certainty as well."""
    if rule.most is not None:
        return Demand("cut", None, dict.fromkeys(members, 1), most=len(members) - 1)
    outside = [one for one in candidates if one not in set(members)]
    return Demand("cut", None, dict.fromkeys(outside, 1), least=1)

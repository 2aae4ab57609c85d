"""Why this team: what each member adds, why others are out, what a change would do, which limits contradict.

All exact and without a solver, except `contradiction` and `trade_off`.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from app.domain.errors import DomainError
from app.domain.team import Team, team_of
from app.domain.team_limits import Demand, broken, demands
from app.domain.team_model import SIZE, Model, Patience
from app.domain.team_problem import Id, Limits, TeamProblem
from app.domain.team_search import Search


@dataclass(frozen=True)
class Evaluation:
    """What a set is worth, whether it keeps to the limits, and who serves which obstacle.

    `percent` is the coverage as a share of all weights; `served` {obstacle: proposals that answer it best}.
    """

    team: Team
    percent: Fraction
    broken: tuple[Demand, ...]
    served: dict[Id, tuple[Id, ...]]

    @property
    def uncovered(self) -> tuple[Id, ...]:
        return tuple(one for one, by in self.served.items() if not by)


@dataclass(frozen=True)
class Change:
    """From one set to another: what is added less what was there."""

    coverage: Fraction
    quality: Fraction
    size: int
    cost: Fraction
    gained: tuple[Id, ...]
    lost: tuple[Id, ...]
    broken: tuple[Demand, ...]


@dataclass(frozen=True)
class Contribution:
    """What a member adds: `only` the obstacles that nobody else in the team answers, `better` those that it
    answers better than anybody else, `lost` the coverage without it, `held` the limits that break then."""

    proposal: Id
    only: tuple[Id, ...]
    better: tuple[Id, ...]
    lost: Fraction
    held: tuple[Demand, ...]


@dataclass(frozen=True)
class Outsider:
    """Why a proposal is not in the team. Joining adds `gain` and is stopped by `stopped_by` (nothing: it may
    join, and only makes the team larger or dearer). `instead_of` is the member whose place it would best
    take, with what that changes; None when it can take no place."""

    proposal: Id
    gain: Fraction
    stopped_by: tuple[Demand, ...]
    instead_of: Id | None
    swap: Change | None


class Desk:
    """What-if over one problem: the limits are worked out once, each question costs microseconds."""

    def __init__(self, problem: TeamProblem) -> None:
        self.problem = problem
        self.rules = demands(problem)
        self._answering = [
            sorted(
                ((gain, one) for one, mine in enumerate(problem.gains) if (gain := mine.get(o))), reverse=True
            )
            for o in range(len(problem.weights))
        ]

    def evaluate(self, proposals: Iterable[Id]) -> Evaluation:
        """Raises `team_proposal_unknown`."""
        members = self._places(proposals)
        team = team_of(self.problem, tuple(sorted(members)), self.problem.worth(members))
        total = sum(self.problem.weights.values())
        percent = team.coverage * 100 / total if total else Fraction(0)
        return Evaluation(team, percent, broken(self.rules, members), self._served(members))

    def change(self, before: Iterable[Id], after: Iterable[Id]) -> Change:
        """What going from one set to the other changes; `broken` are the limits that the second breaks."""
        return _change(self.evaluate(before), self.evaluate(after))

    def contributions(self, proposals: Iterable[Id]) -> tuple[Contribution, ...]:
        members = self._places(proposals)
        whole, kept = self.evaluate(self._ids(members)), broken(self.rules, members)
        return tuple(self._contribution(one, members, whole, kept) for one in sorted(members))

    def _contribution(
        self, one: int, members: Collection[int], whole: Evaluation, broken_before: Collection[Demand]
    ) -> Contribution:
        rest = frozenset(members) - {one}
        names, best = list(self.problem.weights), self.problem.best(rest)
        answered = {o for other in rest for o in self.problem.answers[other]}
        only = sorted(self.problem.answers[one] - answered)
        better = [
            o
            for o, gain in sorted(self.problem.gains[one].items())
            if o in answered and gain > best.get(o, (0, 0))[0]
        ]
        without = self.problem.worth(rest).coverage * self.problem.gain_unit
        held = tuple(rule for rule in broken(self.rules, rest) if rule not in broken_before)
        return Contribution(
            self.problem.proposals[one].id,
            tuple(names[o] for o in only),
            tuple(names[o] for o in better),
            whole.team.coverage - without,
            held,
        )

    def outsiders(self, proposals: Iterable[Id]) -> tuple[Outsider, ...]:
        """Who is out and why, first the one that would add most by joining."""
        members = self._places(proposals)
        already = broken(self.rules, members)
        out = [
            self._outsider(one, members, already)
            for one in range(len(self.problem.proposals))
            if one not in members
        ]
        return tuple(sorted(out, key=lambda one: -one.gain))

    def _outsider(self, one: int, members: frozenset[int], already: Collection[Demand]) -> Outsider:
        problem = self.problem
        here = problem.worth(members)
        joined = members | {one}
        gain = (problem.worth(joined).coverage - here.coverage) * problem.gain_unit
        best = max(
            ((problem.worth(swapped), -gone) for gone in members if self._fits(swapped := joined - {gone})),
            default=None,
        )
        place = None if best is None else -best[1]
        return Outsider(
            problem.proposals[one].id,
            gain,
            tuple(rule for rule in broken(self.rules, joined) if rule not in already),
            None if place is None else problem.proposals[place].id,
            None if place is None else self.change(self._ids(members), self._ids(joined - {place})),
        )

    def _fits(self, members: Collection[int]) -> bool:
        return all(rule.holds(members) for rule in self.rules)

    def _served(self, members: frozenset[int]) -> dict[Id, tuple[Id, ...]]:
        found: dict[Id, tuple[Id, ...]] = {}
        for obstacle, answering in zip(self.problem.weights, self._answering, strict=True):
            able = [(gain, one) for gain, one in answering if one in members]
            best = [one for gain, one in able if gain == able[0][0]]
            found[obstacle] = self._ids(sorted(best))
        return found

    def _places(self, proposals: Iterable[Id]) -> frozenset[int]:
        found = set()
        for one in proposals:
            if one not in self.problem.at:
                raise DomainError("team_proposal_unknown", proposal=one)
            found.add(self.problem.at[one])
        return frozenset(found)

    def _ids(self, members: Iterable[int]) -> tuple[Id, ...]:
        return tuple(self.problem.proposals[one].id for one in members)


def _change(old: Evaluation, new: Evaluation) -> Change:
    return Change(
        new.team.coverage - old.team.coverage,
        new.team.quality - old.team.quality,
        len(new.team.proposals) - len(old.team.proposals),
        new.team.cost - old.team.cost,
        tuple(one for one in new.served if new.served[one] and not old.served[one]),
        tuple(one for one in new.served if old.served[one] and not new.served[one]),
        new.broken,
    )


def contradiction(problem: TeamProblem, *, seconds: float = 10.0) -> tuple[Demand, ...]:
    """Limits that cannot be met together, none of which can be missed for that; empty when all can be met.

    Leaves out one demand at a time, whole kinds first, and keeps out what is not needed. When the seconds
    are over, what was not tried yet stays in.
    """
    patience = Patience(seconds)
    rules = list(demands(problem))
    if _possible(problem, rules, patience):
        return ()
    for name in dict.fromkeys(one.name for one in rules):
        fewer = [one for one in rules if one.name != name]
        rules = rules if _possible(problem, fewer, patience) else fewer
    for rule in list(rules):
        fewer = [one for one in rules if one is not rule]
        rules = rules if _possible(problem, fewer, patience) else fewer
    return tuple(rules)


def _possible(problem: TeamProblem, rules: Collection[Demand], patience: Patience) -> bool:
    """Whether a set meets the rules; True when that could not be found out in time."""
    bare = replace(problem, classes=())
    model = Model(bare, range(len(problem.proposals)), tuple(rules))
    for _ in range(60):
        answer = model.solve({at: float(value) for at, value in model.objective(SIZE).items()}, 0.9, patience)
        if answer.members is None:
            return not answer.proven
        if not (failed := broken(rules, answer.members)):
            return True
        model.add(Demand("cut", None, dict.fromkeys(answer.members, 1), most=len(answer.members) - 1))
        assert failed
    return True


def trade_off(problem: TeamProblem, *, by: str, points: int = 10, seconds: float = 10.0) -> tuple[Team, ...]:
    """The best teams from small to large (`by` "size") or from cheap to dear (`by` "cost"), within the other
    limits; only those that cover more than a smaller or cheaper one. At most `points` are looked for."""
    patience = Patience(seconds)
    found: list[Team] = []
    whole = Search(problem, demands(problem), patience).next()
    if whole is None:
        return ()
    most = -whole.worth.size if by == "size" else -whole.worth.cost
    for limits in _steps(problem, by, most, points):
        if patience.over:
            break
        step = replace(problem, limits=limits)
        best = Search(step, demands(step), patience).next()
        team = best and team_of(problem, best.members, best.worth)
        if team and team.coverage > (found[-1].coverage if found else 0):
            found.append(team)
    return tuple(found)


def _steps(problem: TeamProblem, by: str, most: int, points: int) -> Iterator[Limits]:
    for level in sorted({most * at // points for at in range(1, points + 1)}):
        if by == "size":
            yield replace(problem.limits, max_partners=level)
        else:
            yield replace(problem.limits, budget=level * problem.cost_unit)

"""The team composer: which set of proposals covers the obstacles best, within the limits.

Compared in this order: *coverage*, the sum over obstacles of weight x the best degree with which one member
answers it; *quality*, the average score of whoever serves the obstacles, each counting for what it covers
(of members that answer an obstacle equally well, the one with the highest score serves it); fewer partners;
lower cost. Why so: docs/decisions/0015-team.md.
"""

from dataclasses import dataclass
from fractions import Fraction

from app.domain.errors import DomainError
from app.domain.team_limits import Demand, demands
from app.domain.team_model import Patience
from app.domain.team_problem import Id, TeamProblem, Worth
from app.domain.team_search import Found, Search
from app.domain.team_settle import STAGES

# For the best team, and after it for the alternatives: those may not keep a reader waiting.
SECONDS = 20.0
MORE_SECONDS = 1.0
ALTERNATIVES = 5


@dataclass(frozen=True)
class Team:
    """A set in the order of the proposals; `quality` is 0 when nothing is covered."""

    proposals: tuple[Id, ...]
    coverage: Fraction
    quality: Fraction
    cost: Fraction


@dataclass(frozen=True)
class Composition:
    """The best team. No set within the limits covers more than `bound`; `gap` is the share of the bound that
    is not proven. `settled`: coverage, quality, size and cost are all proven to be the best.

    Each of the `alternatives` is the best team that answers some obstacle better than the best team and than
    each alternative before it does. When there is no such team, it is the best that misses a member of each.
    """

    team: Team
    bound: Fraction
    gap: Fraction
    settled: bool
    alternatives: tuple[Team, ...]


def compose(
    problem: TeamProblem,
    *,
    seconds: float = SECONDS,
    alternatives: int = ALTERNATIVES,
    more_seconds: float = MORE_SECONDS,
) -> Composition:
    """Find the best team, and the best that differ from it.

    `more_seconds` for the alternatives; what is found in them is shown, also when it is fewer.

    Raises `team_contradiction` (facts `demands`) when no set meets the limits, `team_out_of_time` when none
    was found within the seconds.
    """
    rules, patience = demands(problem), Patience(seconds)
    search = Search(problem, rules, patience)
    best = search.next()
    if best is None:
        raise DomainError("team_out_of_time" if patience.over else "team_contradiction")
    search.patience = Patience(min(more_seconds, patience.seconds))
    others = _others(search, best, alternatives)
    bound = Fraction(best.bound)
    return Composition(
        team_of(problem, best.members, best.worth),
        bound * problem.gain_unit,
        (bound - best.worth.coverage) / bound if bound else Fraction(0),
        best.proven == STAGES,
        tuple(team_of(problem, one.members, one.worth) for one in others),
    )


def _others(search: Search, best: Found, number: int) -> list[Found]:
    """The next best: first those that answer something better, then those that miss somebody."""
    found: list[Found] = []
    everybody = dict.fromkeys(range(len(search.problem.proposals)), 1)
    cuts = [Demand("cut", None, everybody, least=1)]
    while len(found) < number and not search.patience.over:
        other = search.next()
        if other and other.members:
            found.append(other)
        elif search.stopped or not best.members:
            break
        else:
            missing = [_missing(one.members) for one in (best, *found)]
            search = Search(search.problem, search.rules, search.patience, (*cuts, *missing), search.root)
            if (last := search.next()) is None:
                break
            found.append(last)
            search.over, search.pool = True, []
    return found


def _missing(members: tuple[int, ...]) -> Demand:
    return Demand("cut", None, dict.fromkeys(members, 1), most=len(members) - 1)


def team_of(problem: TeamProblem, members: tuple[int, ...], worth: Worth) -> Team:
    """A set of positions in the words and units of the reader."""
    quality = Fraction(worth.quality, worth.coverage) if worth.coverage else Fraction(0)
    return Team(
        tuple(problem.proposals[one].id for one in members),
        worth.coverage * problem.gain_unit,
        quality * problem.score_unit,
        -worth.cost * problem.cost_unit,
    )

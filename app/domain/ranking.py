"""The order of proposals, its ties, and how firm it is.

Standard competition ranking (1, 2, 2, 4). Proposals that miss a minimum come after all that pass, with
the minimums they missed; proposals nobody scored are listed apart. Works on `scoring.ProposalScore` and
on `outcome.Outcome` alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import Generic, Protocol, Self, TypeVar

from app.domain.scoring import Failure


class Scored(Protocol):
    """What a ranking needs to know of a proposal; `total` in percent, None without sheets."""

    @property
    def proposal_id(self) -> int: ...
    @property
    def total(self) -> Fraction | None: ...
    @property
    def passes(self) -> bool: ...
    @property
    def failures(self) -> tuple[Failure, ...]: ...
    @property
    def jurors(self) -> tuple[int, ...]: ...
    def without(self, juror_id: int) -> Self: ...


S = TypeVar("S", bound=Scored)
Key = tuple[bool, int]


@dataclass(frozen=True)
class Placed(Generic[S]):
    """A row of the ranking. `tied`: at least one other proposal has exactly this total and place."""

    place: int
    tied: bool
    score: S

    @property
    def proposal_id(self) -> int:
        return self.score.proposal_id

    @property
    def passes(self) -> bool:
        return self.score.passes


@dataclass(frozen=True)
class Ranking(Generic[S]):
    """`placed` from first to last; `unscored` have no sheets and therefore no place."""

    placed: tuple[Placed[S], ...]
    unscored: tuple[S, ...]


@dataclass(frozen=True)
class Interval:
    """The places a proposal takes when any one juror is left out: `best` <= `worst`, both from 1.

    `tested` is False for a proposal with fewer than two jurors: nobody can be left out of it, so its own
    score stayed as it was and only the others moved.
    """

    best: int
    worst: int
    tested: bool

    @property
    def firm(self) -> bool:
        """Whether the place depends on no single juror."""
        return self.tested and self.best == self.worst


def rank(scores: Sequence[S], receipt_numbers: Mapping[int, str]) -> Ranking[S]:
    """Rank scores of one call; each proposal once.

    `receipt_numbers` {proposal id: receipt number} only fixes the order in which ties are listed, so that
    the list is the same every time; it never breaks a tie.
    """
    unscored = [one for one in scores if one.total is None]
    scored = list(zip(_keys(scores), (one for one in scores if one.total is not None), strict=True))
    scored.sort(key=lambda pair: (pair[0], receipt_numbers[pair[1].proposal_id]))
    placed: list[Placed[S]] = []
    for _, equal in groupby(scored, key=lambda pair: pair[0]):
        group = [score for _, score in equal]
        place = len(placed) + 1
        placed.extend(Placed(place, len(group) > 1, score) for score in group)
    unscored.sort(key=lambda one: receipt_numbers[one.proposal_id])
    return Ranking(tuple(placed), tuple(unscored))


def _keys(scores: Sequence[Scored]) -> list[Key]:
    """(misses a minimum, minus total) per scored proposal. Totals become whole numbers over one common
    denominator: as exact as the fractions, and many times faster to compare."""
    totals = [(one.total, not one.passes) for one in scores if one.total is not None]
    common = lcm(*{total.denominator for total, _ in totals})
    return [(below, -total.numerator * (common // total.denominator)) for total, below in totals]


def firmness(scores: Sequence[S]) -> dict[int, Interval]:
    """{proposal id: interval of places} over the full jury and every jury with one juror left out.

    Exact, minimums included: a proposal that only passes thanks to one juror falls behind. Proposals
    without sheets are not in the answer.
    """
    scored = [one for one in scores if one.total is not None]
    jurors = sorted({juror for one in scored for juror in one.jurors})
    rounds = [_places(scored)]
    rounds += [_places([one.without(juror) for one in scored]) for juror in jurors]
    return {
        one.proposal_id: Interval(min(places), max(places), len(one.jurors) > 1)
        for one, places in zip(scored, zip(*rounds, strict=True), strict=True)
    }


def _places(scores: Sequence[Scored]) -> list[int]:
    keys = _keys(scores)
    first: dict[Key, int] = {}
    for place, key in enumerate(sorted(keys), start=1):
        first.setdefault(key, place)
    return [first[key] for key in keys]

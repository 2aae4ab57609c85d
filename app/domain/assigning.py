"""Who reads which proposal: so many jurors each, fairly divided, and by those who know what is asked.

What is best is decided in this order, each within the best of the one before:
1. the least number of every kind of seat per proposal is missed as seldom as can be;
2. the loads lie as close together as can be: the least sum of their squares. The loads that can occur form an
   M-convex set (per proposal the bases of a matroid, added up), and there the least squares also have the
   lowest maximum, the highest minimum and so the smallest spread (Frank and Murota, Discrete decreasing
   minimization, 2018);
3. as many as can be of the life domains that proposals ask for are known by somebody who reads them;
4. those who read know as much as can be of what is asked, all pairs together;
5. of equals, the division that changes least of what is now.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.errors import DomainError

Pair = tuple[int, int]
"""(juror, proposal)"""


@dataclass(frozen=True)
class Reader:
    id: int
    seat: str = ""
    knows: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Wanting:
    """A proposal and the life domains of what it takes up."""

    id: int
    wants: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Question:
    """`closed`: conflicts, which beat all else; `must` and `must_not`: put by hand, or work that was begun;
    `least`: jurors per kind of seat for every proposal; `now`: who reads what today."""

    readers: tuple[Reader, ...]
    proposals: tuple[Wanting, ...]
    per_proposal: int
    closed: frozenset[Pair] = frozenset()
    must: frozenset[Pair] = frozenset()
    must_not: frozenset[Pair] = frozenset()
    least: Mapping[str, int] = field(default_factory=dict)
    now: frozenset[Pair] = frozenset()

    def able(self, proposal: int) -> list[Reader]:
        """Who can read a proposal, in the order of the readers."""
        away = self.closed | (self.must_not - self.must)
        return [one for one in self.readers if (one.id, proposal) not in away]

    def bound(self, proposal: int) -> set[int]:
        """Who reads a proposal in any case."""
        return {one.id for one in self.able(proposal) if (one.id, proposal) in self.must}

    def size(self, proposal: int) -> int:
        """How many read a proposal: as asked, or all that must when these are more."""
        return max(self.per_proposal, len(self.bound(proposal)))


@dataclass(frozen=True)
class Block:
    """A proposal for which too few jurors are left."""

    proposal: int
    left: int
    needed: int


class Blocked(DomainError):
    """No division can be made; `blocks` name every proposal that stands in the way."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        super().__init__("assignment_blocked", count=len(blocks))
        self.blocks = blocks


@dataclass(frozen=True)
class Lack:
    """A proposal that `has` fewer jurors of a kind of seat than the least; `able`: how many could."""

    proposal: int
    seat: str
    has: int
    least: int
    able: int


@dataclass(frozen=True)
class Division:
    """`proven`: nothing that is as fair matches what jurors know better. That nothing is fairer, and nothing
    that misses fewer seats, always is."""

    pairs: frozenset[Pair]
    loads: Mapping[int, int]
    lacks: tuple[Lack, ...]
    unmet: tuple[tuple[int, str], ...]
    wanted: int
    matches: int
    proven: bool

    @property
    def spread(self) -> int:
        """The most that somebody reads, less the least."""
        return max(self.loads.values()) - min(self.loads.values()) if self.loads else 0


def blocks(question: Question) -> tuple[Block, ...]:
    """The proposals with too few jurors. Nothing else can stand in the way: a juror reads any number."""
    found = []
    for one in question.proposals:
        left, needed = len(question.able(one.id)), question.size(one.id)
        if left < needed:
            found.append(Block(one.id, left, needed))
    return tuple(found)


def most_per_proposal(question: Question) -> int:
    """The largest number per proposal for which a division exists; 0 when some proposal has nobody."""
    return min((len(question.able(one.id)) for one in question.proposals), default=0)


def reckoned(question: Question, pairs: frozenset[Pair], *, proven: bool) -> Division:
    """A division with its loads and what it leaves to be wished, counted from the pairs alone."""
    knows = {one.id: one.knows for one in question.readers}
    loads = Counter({one.id: 0 for one in question.readers})
    readers: dict[int, list[int]] = {one.id: [] for one in question.proposals}
    for juror, proposal in sorted(pairs):
        loads[juror] += 1
        readers[proposal].append(juror)
    unmet, matches = [], 0
    for each in question.proposals:
        known = Counter(what for juror in readers[each.id] for what in knows[juror] & each.wants)
        unmet += [(each.id, what) for what in sorted(each.wants - set(known))]
        matches += known.total()
    wanted = sum(len(one.wants) for one in question.proposals)
    return Division(pairs, loads, _lacks(question, readers), tuple(unmet), wanted, matches, proven)


def _lacks(question: Question, readers: Mapping[int, list[int]]) -> tuple[Lack, ...]:
    seat_of = {one.id: one.seat for one in question.readers}
    found = []
    for one in question.proposals:
        has = Counter(seat_of[juror] for juror in readers[one.id])
        able = Counter(each.seat for each in question.able(one.id))
        found += [
            Lack(one.id, seat, has[seat], least, able[seat])
            for seat, least in question.least.items()
            if has[seat] < least
        ]
    return tuple(found)


def divide(question: Question, seconds: float = 8.0) -> Division:
    """The best division. Raises Blocked. After `seconds` of looking for better matches of what jurors know,
    the best one found is given, and told not to be proven."""
    from app.domain.assigning_model import best_pairs

    found = blocks(question)
    if found:
        raise Blocked(found)
    if not question.proposals:
        return reckoned(question, frozenset(), proven=True)
    pairs, proven = best_pairs(question, seconds)
    return reckoned(question, pairs, proven=proven)

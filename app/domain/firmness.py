"""How firm a ranking is: the places that proposals take when weights or jurors had been a little different.

Three questions, each answered by many draws (docs/decisions/0017): any weights at all, each weight up to a
tenth more or less, and jurors drawn again. The ranking itself stays exact (`ranking.py`, which also leaves
out one juror at a time); here are floats, which is enough to count places. The draws follow from the data,
so that everybody sees the same figures.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from app.domain.firmness_rounds import Floats, RoundArrays, RoundSheets, arrays_of
from app.domain.outcome import RoundWeights

DRAWS = 10_000
AT_ONCE = 20_000  # totals in memory together: what fits in the cache beside what is made of it
TENTH = 0.1
ANY, NEAR, JURORS = "any", "near", "jurors"
KINDS = (JURORS, NEAR, ANY)

Totals = tuple[Floats, np.ndarray]


@dataclass(frozen=True)
class Problem:
    """A call to test. `order`: the proposals that have a place, first to last; `pitch` may have no sheets."""

    order: tuple[int, ...]
    written: RoundSheets
    pitch: RoundSheets
    weights: RoundWeights


@dataclass(frozen=True)
class Drawn:
    """What came of the draws of one kind. Proposals are numbered as in `Problem.order`, places from 1.

    `counts[proposal, place - 1]` and `passes[proposal]` are numbers of draws; `swaps[n]` is how often
    proposal n + 1 came before proposal n.
    """

    draws: int
    counts: np.ndarray
    passes: np.ndarray
    swaps: np.ndarray

    def interval(self, at: int, share: Fraction = Fraction(9, 10)) -> tuple[int, int]:
        """The places from which at most half of the rest of `share` falls on either side."""
        left = self.draws * (1 - share) / 2
        upto = np.cumsum(self.counts[at])
        best = int(np.argmax(upto > left))
        return best + 1, int(np.argmax(upto >= self.draws - left)) + 1

    def extremes(self, at: int) -> tuple[int, int]:
        """The best and the worst place it ever took."""
        taken = np.flatnonzero(self.counts[at])
        return int(taken[0]) + 1, int(taken[-1]) + 1

    def among_first(self, at: int, number: int) -> Fraction:
        """The share of draws in which it is among the first `number`."""
        return Fraction(int(self.counts[at, : max(number, 0)].sum()), self.draws)

    def passing(self, at: int) -> Fraction:
        return Fraction(int(self.passes[at]), self.draws)

    def swapped(self, at: int) -> Fraction:
        """The share of draws in which the one after `at` comes before it. Raises IndexError for the last."""
        return Fraction(int(self.swaps[at]), self.draws)


def draw_all(problem: Problem, draws: int = DRAWS) -> dict[str, Drawn]:
    """{kind: what came of it}; empty when nobody has a place."""
    if not problem.order:
        return {}
    table = Table(problem)
    return {kind: table.drawn(kind, draws) for kind in KINDS}


class Table:
    """The scores of a call as arrays, drawn from again and again."""

    def __init__(self, problem: Problem) -> None:
        jurors = sorted(
            {
                juror
                for one in (problem.written, problem.pitch)
                for proposal in problem.order
                for juror in one.sheets.get(proposal, {})
            }
        )
        self._size, self._jurors = len(problem.order), len(jurors)
        self._written = arrays_of(problem.written, problem.order, jurors)
        pitch = arrays_of(problem.pitch, problem.order, jurors)
        self._pitch = pitch if pitch.present.any() else None
        self._share = float(problem.weights.written) / 100
        self._minimum = float(problem.written.rules.minimum_total)
        self._seed = _seed(problem)
        self._keys = _Keys(self._size, self._minimum)

    def drawn(self, kind: str, draws: int = DRAWS) -> Drawn:
        """`draws` of one kind, always the same ones for the same scores."""
        dice = np.random.Generator(np.random.PCG64([self._seed, KINDS.index(kind)]))
        ways: dict[str, Callable[[np.random.Generator, int], Totals]] = {
            ANY: self._any_weights,
            NEAR: self._near_weights,
            JURORS: self._other_jurors,
        }
        counts = np.zeros(self._size * self._size, np.int64)
        passes = np.zeros(self._size, np.int64)
        swaps = np.zeros(max(self._size - 1, 0), np.int64)
        step = max(1, AT_ONCE // self._size, self._size // 2)  # emptying the counts costs as well
        for begin in range(0, draws, step):
            totals, meets = ways[kind](dice, min(step, draws - begin))
            values, passed = self._keys.values(totals, meets)
            passes += passed.sum(axis=0)
            swaps += (values[:, 1:] < values[:, :-1]).sum(axis=0)
            counts += self._keys.count_places(values)
        return Drawn(draws, counts.reshape(self._size, self._size), passes, swaps)

    def _any_weights(self, dice: np.random.Generator, draws: int) -> Totals:
        return self._weighted(lambda of: dice.standard_exponential((draws, len(of.weights))))

    def _near_weights(self, dice: np.random.Generator, draws: int) -> Totals:
        return self._weighted(
            lambda of: of.weights * dice.uniform(1 - TENTH, 1 + TENTH, (draws, len(of.weights)))
        )

    def _weighted(self, weights: Callable[[RoundArrays], Floats]) -> Totals:
        """Weights need not add up to anything: a total is divided by them."""
        written = self._written.totals_for(weights(self._written))
        if self._pitch is None:
            return written, self._written.meets
        pitch = self._pitch.totals_for(weights(self._pitch))
        return self._both(written, pitch), self._written.meets & self._pitch.meets

    def _other_jurors(self, dice: np.random.Generator, draws: int) -> Totals:
        """As many jurors as there are, drawn with putting back: the same ones for all proposals."""
        times = dice.multinomial(self._jurors, np.full(self._jurors, 1 / self._jurors), draws)
        often = times.astype(np.float64)
        written, meets = self._written.totals_by(often)
        if self._pitch is None:
            return written, meets
        pitch, also = self._pitch.totals_by(often)
        return self._both(written, pitch), meets & also

    def _both(self, written: Floats, pitch: Floats) -> Floats:
        assert self._pitch is not None
        return np.where(self._pitch.present, pitch + (written - pitch) * self._share, written)


class _Keys:
    """Totals as whole numbers in which a smaller one is a better place, with room for who it is: sorting
    small whole numbers is many times faster than ordering floats and then looking up who is where."""

    def __init__(self, size: int, minimum: float) -> None:
        self._size = size
        self._bits = max(1, (size - 1).bit_length())
        self._kind = np.uint32 if self._bits <= 10 else np.uint64
        self._room = 31 - self._bits if self._bits <= 10 else 40
        self._scale = (2**self._room - 2) / 100
        self._minimum = self._kind(round(minimum * self._scale))
        self._who: np.ndarray = np.arange(size, dtype=self._kind)

    def values(self, totals: Floats, meets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(numbers, whether each minimum is reached); who misses one comes after all who do not. Totals that
        are exactly equal give equal numbers whatever the last digit of the float."""
        whole = (totals * self._scale + 0.5).astype(self._kind)
        passed = meets & (whole >= self._minimum)
        worst = self._kind(2**self._room - 1)
        behind = (~passed).astype(self._kind) << self._kind(self._room)
        return (worst - whole) + behind, passed

    def count_places(self, values: np.ndarray) -> np.ndarray:
        """How often each is at each place: flat, proposal by proposal."""
        keys = np.sort(values << self._kind(self._bits) | self._who, axis=1)
        ordered = keys >> self._kind(self._bits)
        same = ordered[:, 1:] == ordered[:, :-1]
        spots = (keys & self._kind(2**self._bits - 1)).astype(np.intp) * self._size
        if same.any():
            spots += _shared(same)
        else:
            spots += np.arange(self._size)
        return np.bincount(spots.ravel(), minlength=self._size**2)


def _shared(same: np.ndarray) -> np.ndarray:
    """Places from 0 in order, where equals share the first of theirs; `same`: who equals the one before."""
    first = np.zeros((len(same), same.shape[1] + 1), np.int32)
    np.multiply(~same, np.arange(1, first.shape[1], dtype=np.int32), out=first[:, 1:])
    return np.maximum.accumulate(first, axis=1, out=first)


def _seed(problem: Problem) -> int:
    """From all that the figures rest on: other scores, other draws; the same scores, the same draws."""
    said = [
        (
            one.rules.ids,
            [str(criterion.weight) for criterion in one.rules.criteria],
            _sorted(one.sheets),
            _sorted(one.agreed),
        )
        for one in (problem.written, problem.pitch)
    ]
    text = repr((sorted(problem.order), said, str(problem.weights.written)))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def _sorted(found: Mapping[int, Mapping[int, object]]) -> Sequence[object]:
    return [
        (one, [(key, _plain(value)) for key, value in sorted(inside.items())])
        for one, inside in sorted(found.items())
    ]


def _plain(value: object) -> object:
    return sorted(value.items()) if isinstance(value, Mapping) else str(value)

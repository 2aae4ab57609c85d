"""The written and the pitch round of one proposal taken together.

Each round keeps its own criteria and their minimums; the minimum in all is asked of the combined total.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Self

from app.domain.errors import DomainError
from app.domain.numbers import is_usable
from app.domain.scoring import Failure, ProposalScore


@dataclass(frozen=True)
class RoundWeights:
    """What each round counts for, in percent; together 100."""

    written: Decimal = Decimal(50)
    pitch: Decimal = Decimal(50)

    def apply(self, written: Fraction, pitch: Fraction) -> Fraction:
        """The weighted mean of a figure of both rounds."""
        return pitch + (written - pitch) * self._written_share

    @cached_property
    def _written_share(self) -> Fraction:
        return Fraction(self.written) / 100


HALF_HALF = RoundWeights()


def check_round_weights(weights: RoundWeights) -> None:
    """Raises `round_weight_not_positive` (also for NaN) and `round_weights_not_100` (fact `total`)."""
    both = (weights.written, weights.pitch)
    if not all(is_usable(weight) and weight > 0 for weight in both):
        raise DomainError("round_weight_not_positive", field="round_weights")
    if sum(map(Fraction, both)) != 100:
        raise DomainError("round_weights_not_100", field="round_weights", total=sum(both, Decimal(0)))


@dataclass(frozen=True)
class Outcome:
    """A proposal after the rounds it took part in. `pitch` is None when it did not pitch.

    `total` in percent, None without written sheets. A total without a pitch is the written total: do not
    read it beside totals that have a pitch without saying so (`pitched`).
    """

    proposal_id: int
    written: ProposalScore
    pitch: ProposalScore | None
    weights: RoundWeights

    @cached_property
    def total(self) -> Fraction | None:
        if self.pitch is None or self.pitch.total is None or self.written.total is None:
            return self.written.total
        return self.weights.apply(self.written.total, self.pitch.total)

    @cached_property
    def minimum_total(self) -> Fraction:
        """The minimum in all, in percent, weighted like the total it is compared with."""
        written = self.written.rules.minimum_total_exact
        if self.pitch is None:
            return written
        return self.weights.apply(written, self.pitch.rules.minimum_total_exact)

    @cached_property
    def failures(self) -> tuple[Failure, ...]:
        """The minimums that were missed: criteria of both rounds, then the one in all."""
        if self.passes:
            return ()
        if self.pitch is None or self.total is None:
            return self.written.failures
        both = self.written.failures + self.pitch.failures
        missed = [one for one in both if one.criterion_id is not None]
        if self.total < self.minimum_total:
            missed.append(Failure(None, self.total, self.minimum_total, "both"))
        return tuple(missed)

    @property
    def pitched(self) -> bool:
        return self.pitch is not None

    @cached_property
    def passes(self) -> bool:
        """Whether every criterion of both rounds and the minimum in all are reached."""
        if self.pitch is None or self.total is None:
            return self.written.passes
        criteria = self.written.meets_criteria and self.pitch.meets_criteria
        return criteria and self.total >= self.minimum_total

    @property
    def sheet_count(self) -> int:
        return self.written.sheet_count + (self.pitch.sheet_count if self.pitch else 0)

    @property
    def jurors(self) -> tuple[int, ...]:
        """Who scored the proposal in either round."""
        return tuple(dict.fromkeys(self.written.jurors + (self.pitch.jurors if self.pitch else ())))

    def without(self, juror_id: int) -> Self:
        """The same proposal as if this juror had scored it in neither round."""
        written = self.written.without(juror_id)
        pitch = self.pitch.without(juror_id) if self.pitch else None
        if written is self.written and pitch is self.pitch:
            return self
        return type(self)(self.proposal_id, written, pitch, self.weights)


def combine(
    written: ProposalScore, pitch: ProposalScore | None = None, weights: RoundWeights = HALF_HALF
) -> Outcome:
    """Both rounds of one proposal. A pitch without sheets counts as no pitch.

    Raises what `check_round_weights` raises, and `ValueError` when the two are different proposals.
    """
    if weights is not HALF_HALF:
        check_round_weights(weights)
    if pitch is not None and pitch.proposal_id != written.proposal_id:
        raise ValueError("two rounds of different proposals")
    held = pitch if pitch is not None and pitch.sheet_count else None
    return Outcome(written.proposal_id, written, held, weights)


def combine_all(
    written: Iterable[ProposalScore],
    pitches: Iterable[ProposalScore] = (),
    weights: RoundWeights = HALF_HALF,
) -> list[Outcome]:
    """`combine` for a whole call, in the order of the written round."""
    by_proposal: Mapping[int, ProposalScore] = {one.proposal_id: one for one in pitches}
    return [combine(one, by_proposal.get(one.proposal_id), weights) for one in written]

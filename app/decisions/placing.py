"""Where the jury's scores put each proposal, as the decision table and the signed ranking need it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.evaluation.standings import ranking_of


@dataclass(frozen=True)
class Place:
    """`place` None: nobody scored it. `total` in percent, exact."""

    place: int | None = None
    tied: bool = False
    total: Fraction | None = None
    passes: bool = False
    pitched: bool = False


NOWHERE = Place()


def places(addendum_id: int) -> Mapping[int, Place]:
    """{proposal id: place} of a call; a constant number of queries."""
    return {
        one.proposal_id: Place(one.place, one.tied, one.score.total, one.passes, one.score.pitched)
        for one in ranking_of(addendum_id).placed
    }

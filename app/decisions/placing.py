"""Where the jury's scores put each proposal, as the decision table and the signed ranking need it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.addenda.models import Addendum, Criterion
from app.domain import criteria
from app.domain.outcome import Outcome, RoundWeights, combine_all
from app.domain.ranking import Ranking, rank
from app.domain.scoring import ProposalScore, RoundRules, Sheet, score_proposals
from app.evaluation.models import Consensus, Score, ScoreSheet
from app.infra.database import db
from app.proposals.queries import standing

Sheets = dict[int, dict[int, dict[int, int]]]


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
        for one in _ranking(addendum_id).placed
    }


def _ranking(addendum_id: int) -> Ranking[Outcome]:
    row = db.session.execute(
        select(Addendum.minimum_total, Addendum.written_share).where(Addendum.id == addendum_id)
    ).one()
    weights = RoundWeights(row.written_share, Decimal(100) - row.written_share)
    receipts = {one.proposal_id: one.receipt_number for one in standing(addendum_id)}
    rounds = [_scores(addendum_id, name, row.minimum_total, list(receipts)) for name in ("written", "pitch")]
    return rank(combine_all(rounds[0], rounds[1], weights), receipts)


def _scores(addendum_id: int, round_name: str, minimum: Decimal, proposals: list[int]) -> list[ProposalScore]:
    rules = _rules(addendum_id, round_name, minimum)
    found = _sheets(addendum_id, round_name)
    sheets: Mapping[int, Mapping[int, Sheet]] = {one: found.get(one, {}) for one in proposals}
    return score_proposals(rules, sheets, _agreed(addendum_id, round_name), round_name=round_name)


def _rules(addendum_id: int, round_name: str, minimum: Decimal) -> RoundRules:
    rows = db.session.scalars(
        select(Criterion)
        .where(Criterion.addendum_id == addendum_id, Criterion.round == round_name)
        .options(selectinload(Criterion.levels))
        .order_by(Criterion.position)
    )
    return RoundRules(
        tuple(
            criteria.Criterion(
                row.id,
                row.name,
                row.weight,
                tuple(criteria.Level(level.value, level.description) for level in row.levels),
                row.minimum,
            )
            for row in rows
        ),
        minimum,
    )


def _sheets(addendum_id: int, round_name: str) -> Sheets:
    """{proposal id: {juror id: {criterion id: level}}} of the sheets that are in."""
    rows = db.session.execute(
        select(ScoreSheet.proposal_id, ScoreSheet.juror_id, Score.criterion_id, Score.level)
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .where(
            ScoreSheet.addendum_id == addendum_id,
            ScoreSheet.round == round_name,
            ScoreSheet.submitted_at.is_not(None),
            Score.level.is_not(None),
        )
    ).tuples()
    found: Sheets = {}
    for proposal_id, juror_id, criterion_id, level in rows:
        found.setdefault(proposal_id, {}).setdefault(juror_id, {})[criterion_id] = int(level or 0)
    return found


def _agreed(addendum_id: int, round_name: str) -> dict[int, dict[int, int]]:
    rows = db.session.execute(
        select(Consensus.proposal_id, Consensus.criterion_id, Consensus.level)
        .join(Criterion, Criterion.id == Consensus.criterion_id)
        .where(Criterion.addendum_id == addendum_id, Criterion.round == round_name)
    )
    found: dict[int, dict[int, int]] = {}
    for proposal_id, criterion_id, level in rows:
        found.setdefault(proposal_id, {})[criterion_id] = level
    return found

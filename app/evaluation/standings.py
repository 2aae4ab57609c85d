"""Totals of a call, summed by the database: exact whole numbers, one row per proposal and round.

The rules stay where they are (`domain.scoring`, `domain.outcome`, `domain.ranking`): only the summing of
levels and the leaving out of conflicts have a twin here in SQL; a test holds them against the pure ones.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from app.addenda.models import Addendum, Criterion, CriterionLevel
from app.domain.criteria import Criterion as Rule
from app.domain.criteria import Level, RoundRules
from app.domain.outcome import Outcome, RoundWeights
from app.domain.ranking import Interval, Ranking, firmness, rank
from app.domain.scoring import ProposalScore, score_proposal
from app.evaluation.models import Consensus, Score, ScoreSheet
from app.evaluation.policy import PITCH, WRITTEN
from app.evaluation.sums import Agreed, Summed, conflict_pairs, counting_sheets, filled_in, summed
from app.infra.database import db
from app.proposals.queries import StandingRow, standing

__all__ = [
    "CallRules",
    "Standings",
    "Summed",
    "agreed_in",
    "agreed_of",
    "all_levels",
    "conflict_pairs",
    "counting_sheets",
    "intervals_of",
    "ranking_of",
    "rules_of",
    "sheets_that_count",
    "standings_of",
    "summed",
    "totals_of",
]

# Proposal id, juror id, criterion id; the level None: the juror found that the criterion does not apply.
Levels = dict[int, dict[int, dict[int, int | None]]]


@dataclass(frozen=True)
class CallRules:
    """The frozen rules of a call. `weights`: what each round counts for; `least_reason`: how many characters
    the reason of a score has at least."""

    rounds: Mapping[str, RoundRules]
    weights: RoundWeights
    least_reason: int = 0


def rules_of(addendum_id: int) -> CallRules:
    """Criteria with their levels of both rounds. One query."""
    columns = (
        Criterion.id,
        Criterion.round,
        Criterion.name,
        Criterion.weight,
        Criterion.minimum,
        Criterion.may_be_skipped,
    )
    rows = db.session.execute(
        select(
            *columns,
            CriterionLevel.value,
            CriterionLevel.description,
            Addendum.minimum_total,
            Addendum.written_share,
            Addendum.least_reason,
        )
        .select_from(Addendum)
        .outerjoin(Criterion, Criterion.addendum_id == Addendum.id)
        .outerjoin(CriterionLevel, CriterionLevel.criterion_id == Criterion.id)
        .where(Addendum.id == addendum_id)
        .order_by(Criterion.round, Criterion.position, Criterion.id, CriterionLevel.value)
    ).all()
    share = rows[0].written_share if rows else Decimal(50)
    minimum = rows[0].minimum_total if rows else Decimal(60)
    found: dict[int, list[Any]] = {}
    for row in rows:
        if row.id is not None:
            found.setdefault(row.id, []).append(row)
    rules = {
        name: RoundRules(tuple(_rule(group) for group in found.values() if group[0].round == name), minimum)
        for name in (WRITTEN, PITCH)
    }
    least = rows[0].least_reason if rows else 0
    return CallRules(rules, RoundWeights(share, 100 - share), least)


def _rule(rows: list[Any]) -> Rule:
    first = rows[0]
    levels = tuple(Level(row.value, row.description) for row in rows if row.value is not None)
    return Rule(first.id, first.name, first.weight, levels, first.minimum, first.may_be_skipped)


def sheets_that_count(addendum_id: int) -> set[tuple[int, int]]:
    """(juror, proposal) of the sheets of the written round that count, for matching. One query."""
    statement = select(ScoreSheet.juror_id, ScoreSheet.proposal_id)
    rows = db.session.execute(statement.where(*counting_sheets(addendum_id, WRITTEN)))
    return {(juror, proposal) for juror, proposal in rows}


def agreed_of(addendum_id: int) -> dict[int, dict[int, int]]:
    """{proposal id: {criterion id: level}} on which the jury agreed. One query."""
    rows = db.session.execute(
        select(Consensus.proposal_id, Consensus.criterion_id, Consensus.level)
        .join(Criterion, Criterion.id == Consensus.criterion_id)
        .where(Criterion.addendum_id == addendum_id)
    )
    found: dict[int, dict[int, int]] = {}
    for proposal, criterion, level in rows:
        found.setdefault(proposal, {})[criterion] = level
    return found


@dataclass(frozen=True)
class Standings:
    """A call as it stands: who handed in, the rules, and the ranking of the outcomes."""

    proposals: Mapping[int, StandingRow]
    rules: CallRules
    agreed: Agreed
    ranking: Ranking[Outcome]


def standings_of(
    addendum_id: int, without: Collection[int] = (), rounds: Collection[str] = (WRITTEN, PITCH)
) -> Standings:
    """The ranking with the rows it is made of; `without` are organisations to leave out, `rounds` those
    that count. Five queries."""
    proposals = {row.proposal_id: row for row in standing(addendum_id) if row.organisation_id not in without}
    rules, agreed = rules_of(addendum_id), agreed_of(addendum_id)
    written = summed(addendum_id, WRITTEN, rules.rounds[WRITTEN], agreed)
    pitch = summed(addendum_id, PITCH, rules.rounds[PITCH], agreed) if PITCH in rounds else {}
    outcomes = [
        Outcome(one, written.get(one) or _unscored(one, rules), pitch.get(one), rules.weights)
        for one in proposals
    ]
    ranking = rank(outcomes, {one: row.receipt_number for one, row in proposals.items()})
    return Standings(proposals, rules, agreed, ranking)


def totals_of(addendum_id: int) -> dict[int, Fraction]:
    """{proposal: total in percent} of everybody with a sheet that counts, for matching. Five queries."""
    placed = standings_of(addendum_id).ranking.placed
    return {one.proposal_id: one.score.total for one in placed if one.score.total is not None}


def _unscored(proposal_id: int, rules: CallRules) -> ProposalScore:
    written = rules.rounds[WRITTEN]
    return ProposalScore(proposal_id, written, (), (), written.no_consensus, WRITTEN)


def ranking_of(addendum_id: int) -> Ranking[Outcome]:
    """The ranking of a call as it stands now, to show, decide upon and freeze. Exact. Five queries.

    Sheets of jurors who declared a conflict do not count, whenever they did; where the jury agreed on a
    level, that level counts.
    """
    return standings_of(addendum_id).ranking


def intervals_of(addendum_id: int, standings: Standings) -> dict[int, Interval]:
    """{proposal id: places when any one juror is left out}. Reads every score: ask only when shown."""
    rounds = standings.rules.rounds
    levels = all_levels(addendum_id, rounds)
    scores = {
        name: {
            one: score_proposal(rules, one, sheets, agreed_in(rules, standings.agreed, one), round_name=name)
            for one, sheets in levels[name].items()
            if one in standings.proposals
        }
        for name, rules in rounds.items()
    }
    return firmness(
        [
            Outcome(one, written, scores[PITCH].get(one), standings.rules.weights)
            for one, written in scores[WRITTEN].items()
        ]
    )


def agreed_in(rules: RoundRules, agreed: Agreed, proposal_id: int) -> dict[int, int]:
    """The consensus on one proposal as far as it is about this round."""
    return {one: level for one, level in agreed.get(proposal_id, {}).items() if one in rules.ids}


def all_levels(addendum_id: int, rounds: Mapping[str, RoundRules]) -> dict[str, Levels]:
    """The levels of the sheets that count, per round, None for what does not apply; sheets that lack a
    criterion or in which none applies are left out. One query."""
    rows: Iterable[Any] = db.session.execute(
        select(ScoreSheet.round, ScoreSheet.proposal_id, ScoreSheet.juror_id, Score.criterion_id, Score.level)
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .where(*counting_sheets(addendum_id, *rounds), filled_in())
        .order_by(ScoreSheet.proposal_id, ScoreSheet.juror_id)
    )
    found: dict[str, Levels] = {name: {} for name in rounds}
    for name, proposal, juror, criterion, level in rows:
        found[name].setdefault(proposal, {}).setdefault(juror, {})[criterion] = level
    return {name: _complete(levels, len(rounds[name].ids)) for name, levels in found.items()}


def _complete(levels: Levels, criteria: int) -> Levels:
    whole = {
        proposal: {
            juror: sheet
            for juror, sheet in sheets.items()
            if len(sheet) == criteria and any(level is not None for level in sheet.values())
        }
        for proposal, sheets in levels.items()
    }
    return {proposal: sheets for proposal, sheets in whole.items() if sheets}

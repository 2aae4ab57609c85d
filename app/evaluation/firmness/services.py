"""The ranking from its raw rows, how firm it is, and how far the jury agrees. Worked out once per version of
the scores."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from app.domain.agreement import Severity, interval_alpha, ordinal_alpha, severities
from app.domain.criteria import RoundRules
from app.domain.outcome import Outcome
from app.domain.ranking import Interval, Ranking, firmness, rank
from app.domain.scoring import ProposalScore, score_proposal
from app.evaluation.firmness.queries import Sheets, names_of, raw_sheets
from app.evaluation.memory import version_of
from app.evaluation.policy import PITCH, WRITTEN
from app.evaluation.standings import Agreed, CallRules, agreed_in, agreed_of, rules_of
from app.infra.remembered import remembered
from app.proposals.queries import StandingRow, standing

if TYPE_CHECKING:
    from app.domain.firmness import Drawn


@dataclass(frozen=True)
class Recomputed:
    """A call worked out from its rows by the pure rules alone."""

    proposals: Mapping[int, StandingRow]
    rules: CallRules
    agreed: Agreed
    sheets: Mapping[str, Sheets]
    outcomes: Mapping[int, Outcome]
    ranking: Ranking[Outcome]


def recompute(addendum_id: int) -> Recomputed:
    """The ranking once more, from every single score. Five queries."""
    proposals = {row.proposal_id: row for row in standing(addendum_id)}
    rules, agreed = rules_of(addendum_id), agreed_of(addendum_id)
    sheets = raw_sheets(addendum_id, proposals, rules.rounds)
    outcomes = {one: _outcome(one, rules, sheets, agreed) for one in proposals}
    numbers = {one: row.receipt_number for one, row in proposals.items()}
    return Recomputed(proposals, rules, agreed, sheets, outcomes, rank(list(outcomes.values()), numbers))


def _outcome(proposal_id: int, rules: CallRules, sheets: Mapping[str, Sheets], agreed: Agreed) -> Outcome:
    written, pitch = (
        score_proposal(
            rules.rounds[name],
            proposal_id,
            sheets[name].get(proposal_id, {}),
            agreed_in(rules.rounds[name], agreed, proposal_id),
            round_name=name,
        )
        for name in (WRITTEN, PITCH)
    )
    return Outcome(proposal_id, written, pitch if pitch.sheet_count else None, rules.weights)


@dataclass(frozen=True)
class Firm:
    """`drawn` by kind (`domain.firmness.KINDS`); `without_one` {proposal: places with one juror less}.
    `order`: the proposals that have a place, as `drawn` numbers them."""

    order: tuple[int, ...]
    ranking: Ranking[Outcome]
    proposals: Mapping[int, StandingRow]
    drawn: Mapping[str, "Drawn"]
    without_one: Mapping[int, Interval]


def firm_of(addendum_id: int) -> Firm:
    """How firm the ranking of a call is now. One query when nothing changed."""
    return remembered(("firmness", version_of(addendum_id)), lambda: _firm(recompute(addendum_id)))


def _firm(found: Recomputed) -> Firm:
    from app.domain.firmness import Problem, draw_all
    from app.domain.firmness_rounds import RoundSheets

    def of_round(name: str) -> RoundSheets:
        rules = found.rules.rounds[name]
        agreed = {one: agreed_in(rules, found.agreed, one) for one in found.agreed}
        return RoundSheets(rules, found.sheets[name], agreed)

    order = tuple(one.proposal_id for one in found.ranking.placed)
    problem = Problem(order, of_round(WRITTEN), of_round(PITCH), found.rules.weights)
    without_one = firmness([found.outcomes[one] for one in order])
    return Firm(order, found.ranking, found.proposals, draw_all(problem), without_one)


@dataclass(frozen=True)
class CriterionAgreement:
    """Alpha of the levels on one criterion; None where nothing can be compared or all are the same.
    `compared`: the proposals with at least two levels."""

    name: str
    compared: int
    ordinal: Fraction | None
    interval: Fraction | None


@dataclass(frozen=True)
class RoundAgreement:
    """`total`: alpha of the totals of the sheets."""

    round: str
    total: Fraction | None
    compared: int
    criteria: tuple[CriterionAgreement, ...]
    severities: Mapping[int, Severity]


@dataclass(frozen=True)
class JuryAgreement:
    rounds: tuple[RoundAgreement, ...]
    names: Mapping[int, str]


def agreement_of(addendum_id: int, closed: Collection[int]) -> JuryAgreement:
    """How far the jury agrees, without what it gave the organisations in `closed`: who has a conflict with
    one learns nothing about it, in no average either. One query when nothing changed."""
    key = ("agreement", frozenset(closed), version_of(addendum_id))
    return remembered(key, lambda: _agreement(recompute(addendum_id), frozenset(closed)))


def _agreement(found: Recomputed, closed: frozenset[int]) -> JuryAgreement:
    visible = [
        outcome
        for one, outcome in found.outcomes.items()
        if found.proposals[one].organisation_id not in closed
    ]
    written = [one.written for one in visible if one.written.sheet_count]
    pitch = [one.pitch for one in visible if one.pitch is not None]
    rounds = tuple(
        _of_round(name, found.rules.rounds[name], scores)
        for name, scores in ((WRITTEN, written), (PITCH, pitch))
        if scores
    )
    return JuryAgreement(rounds, names_of({juror for one in rounds for juror in one.severities}))


def _of_round(name: str, rules: RoundRules, scores: list[ProposalScore]) -> RoundAgreement:
    totals = {one.proposal_id: one.sheet_totals for one in scores}
    criteria = []
    for at, criterion in enumerate(rules.criteria):
        units = [[level for row in one.rows if (level := row[at]) is not None] for one in scores]
        compared = sum(len(unit) > 1 for unit in units)
        criteria.append(
            CriterionAgreement(criterion.name, compared, ordinal_alpha(units), interval_alpha(units))
        )
    return RoundAgreement(
        name,
        interval_alpha([list(one.values()) for one in totals.values()]),
        sum(len(one) > 1 for one in totals.values()),
        tuple(criteria),
        severities(totals),
    )

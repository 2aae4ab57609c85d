"""The sheets that count and their sums, by the database: exact whole numbers, one row per proposal.

The rules are in `domain.scoring`: this is their twin in SQL, and a test holds the two against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, tuple_

from app.domain.criteria import RoundRules
from app.domain.scoring import ProposalScore
from app.evaluation.models import ConflictDeclaration, Score, ScoreSheet
from app.infra.database import db
from app.proposals.models import Proposal

Agreed = Mapping[int, Mapping[int, int]]


def conflict_pairs(addendum_id: int) -> Select[int, int]:
    """(juror id, proposal id) of everybody who may not judge a proposal."""
    return (
        select(ConflictDeclaration.juror_id, Proposal.id)
        .join(
            Proposal,
            (Proposal.organisation_id == ConflictDeclaration.organisation_id)
            & (Proposal.addendum_id == ConflictDeclaration.addendum_id),
        )
        .where(ConflictDeclaration.addendum_id == addendum_id, ConflictDeclaration.in_conflict)
    )


def counting_sheets(addendum_id: int, *round_names: str) -> list[Any]:
    """The conditions under which a sheet counts: handed in, and no conflict (declared before or after)."""
    return [
        ScoreSheet.addendum_id == addendum_id,
        ScoreSheet.round.in_(round_names),
        ScoreSheet.submitted_at.is_not(None),
        tuple_(ScoreSheet.juror_id, ScoreSheet.proposal_id).not_in(conflict_pairs(addendum_id)),
    ]


def filled_in() -> ColumnElement[bool]:
    """A criterion about which a sheet says something: a level, or that it does not apply."""
    return Score.level.is_not(None) | Score.not_applicable


@dataclass(frozen=True)
class Summed(ProposalScore):
    """A `ProposalScore` of which only the sums are known: `sums` of levels and how many were given
    (`counts`) in the order of the criteria, `lowest` and `highest` of the sheets' totals in percent. `rows`
    are empty places, one per sheet."""

    sums: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(0)

    @cached_property
    def skipped(self) -> bool:
        return any(count != len(self.rows) for count in self.counts)

    @cached_property
    def _given(self) -> list[tuple[int, int]]:
        return list(zip(self.sums, self.counts, strict=True))

    @cached_property
    def _sums(self) -> list[int | Fraction]:
        count = len(self.rows)
        pairs = zip(self.sums, self.consensus, strict=True)
        return [total if agreed is None else agreed * count for total, agreed in pairs]

    @property
    def range(self) -> tuple[Fraction, Fraction]:
        """The lowest and the highest total that one juror gave, in percent."""
        return self.lowest, self.highest


def summed(addendum_id: int, round_name: str, rules: RoundRules, agreed: Agreed) -> dict[int, Summed]:
    """{proposal id: sums} for one round; proposals without sheets are absent. One query.

    Sheets that lack a criterion do not count, nor those in which none applies (neither can be handed in).
    """
    if not rules.criteria:
        return {}
    groups: dict[int, list[Any]] = {}
    for row in db.session.execute(_sums_of(addendum_id, round_name, rules)):
        groups.setdefault(row.proposal_id, []).append(row)
    return {
        proposal: _joined(proposal, round_name, rules, agreed.get(proposal, {}), rows)
        for proposal, rows in groups.items()
    }


def _sums_of(addendum_id: int, round_name: str, rules: RoundRules) -> Select[Any]:
    """One row per proposal and per denominator of its sheets: only totals over one denominator can be
    compared as whole numbers. Where everything applies that is one row per proposal."""
    points = case(dict(zip(rules.ids, rules.points, strict=True)), value=Score.criterion_id)
    weights = case(dict(zip(rules.ids, rules.weights_whole, strict=True)), value=Score.criterion_id)
    of_criterion = [case((Score.criterion_id == one, Score.level)) for one in rules.ids]
    of_sheet = (
        select(
            ScoreSheet.proposal_id.label("proposal_id"),
            func.sum(Score.level * points).label("points"),
            func.sum(case((Score.level.is_not(None), weights))).label("weights"),
            *(func.sum(level).label(f"c{at}") for at, level in enumerate(of_criterion)),
        )
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .where(*counting_sheets(addendum_id, round_name), Score.criterion_id.in_(rules.ids), filled_in())
        .group_by(ScoreSheet.proposal_id, ScoreSheet.id)
        .having(func.count() == len(rules.ids), func.count(Score.level) > 0)
        .subquery()
    )
    levels = [of_sheet.c[f"c{at}"] for at in range(len(rules.ids))]
    return select(
        of_sheet.c.proposal_id,
        of_sheet.c.weights,
        func.count().label("sheets"),
        func.min(of_sheet.c.points).label("low"),
        func.max(of_sheet.c.points).label("high"),
        *(func.coalesce(func.sum(one), 0).label(f"s{at}") for at, one in enumerate(levels)),
        *(func.count(one).label(f"n{at}") for at, one in enumerate(levels)),
    ).group_by(of_sheet.c.proposal_id, of_sheet.c.weights)


def _joined(
    proposal_id: int, round_name: str, rules: RoundRules, agreed: Mapping[int, int], rows: list[Any]
) -> Summed:
    width = len(rules.ids)
    figures = [tuple(map(int, row[5:])) for row in rows]
    columns = [sum(column) for column in zip(*figures, strict=True)]
    return Summed(
        proposal_id,
        rules,
        (),
        ((),) * sum(row.sheets for row in rows),
        consensus_row(rules, agreed),
        round_name,
        tuple(columns[:width]),
        tuple(columns[width:]),
        min(rules.over_weights(int(row.low), int(row.weights)) for row in rows),
        max(rules.over_weights(int(row.high), int(row.weights)) for row in rows),
    )


def consensus_row(rules: RoundRules, agreed: Mapping[int, int]) -> tuple[Fraction | None, ...]:
    if not agreed:
        return rules.no_consensus
    return tuple(Fraction(agreed[one]) if one in agreed else None for one in rules.ids)

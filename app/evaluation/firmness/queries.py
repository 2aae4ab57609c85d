"""The raw rows that a ranking rests on, read without the sums of `standings.py`: plain rows, put together
here."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.domain.criteria import RoundRules
from app.evaluation.models import ConflictDeclaration, Score, ScoreSheet
from app.infra.database import db
from app.proposals.queries import StandingRow

Sheets = dict[int, dict[int, dict[int, int | None]]]
"""proposal id, juror id, criterion id: the level; None is not applicable"""


def raw_sheets(
    addendum_id: int, proposals: Mapping[int, StandingRow], rounds: Mapping[str, RoundRules]
) -> dict[str, Sheets]:
    """The sheets that count, per round: handed in, whole, about a proposal that stands, and by a juror
    without a conflict. Two queries."""
    conflicts = _conflicts(addendum_id)
    found: dict[str, Sheets] = {name: {} for name in rounds}
    for row in _scores(addendum_id):
        proposal = proposals.get(row.proposal_id)
        if proposal is None or (row.juror_id, proposal.organisation_id) in conflicts:
            continue
        if row.level is None and not row.not_applicable:
            continue
        of_juror = found[row.round].setdefault(row.proposal_id, {}).setdefault(row.juror_id, {})
        of_juror[row.criterion_id] = row.level
    return {name: _whole(found[name], frozenset(rules.ids)) for name, rules in rounds.items()}


def _scores(addendum_id: int) -> Iterable[Any]:
    return db.session.execute(
        select(
            ScoreSheet.round,
            ScoreSheet.proposal_id,
            ScoreSheet.juror_id,
            Score.criterion_id,
            Score.level,
            Score.not_applicable,
        )
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .where(ScoreSheet.addendum_id == addendum_id, ScoreSheet.submitted_at.is_not(None))
        .order_by(ScoreSheet.proposal_id, ScoreSheet.juror_id, Score.criterion_id)
    )


def _conflicts(addendum_id: int) -> set[tuple[int, int]]:
    """(juror, organisation)."""
    rows = db.session.execute(
        select(ConflictDeclaration.juror_id, ConflictDeclaration.organisation_id).where(
            ConflictDeclaration.addendum_id == addendum_id, ConflictDeclaration.in_conflict
        )
    )
    return {(juror, organisation) for juror, organisation in rows}


def _whole(sheets: Sheets, ids: frozenset[int]) -> Sheets:
    """Without sheets that lack a criterion, or on which none applies."""
    kept = {
        proposal: {
            juror: sheet
            for juror, sheet in of_jurors.items()
            if sheet.keys() == ids and any(level is not None for level in sheet.values())
        }
        for proposal, of_jurors in sheets.items()
    }
    return {proposal: of_jurors for proposal, of_jurors in kept.items() if of_jurors}


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """{user id: name}. One query."""
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(sorted(user_ids))))
    return {one: name for one, name in rows}

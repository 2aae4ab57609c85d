"""Reading score sheets: one's own, and those of the others as far as they may be seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.queries import Call
from app.domain.access import Actor, Verdict, roles_for
from app.domain.visibility import SheetFacts, may_see_sheet
from app.evaluation.models import Score, ScoreSheet
from app.evaluation.policy import round_is_open
from app.infra.database import db
from app.proposals.policy import ProposalRef


@dataclass(frozen=True)
class SheetState:
    """A sheet as stored; version 0 when there is none yet. `levels` and `reasons` by criterion id; `skipped`
    are the criteria the juror finds not applicable: their level is None."""

    juror_id: int
    round: str
    juror: str = ""
    version: int = 0
    updated_at: datetime | None = None
    submitted_at: datetime | None = None
    remark_applicant: str = ""
    remark_internal: str = ""
    levels: Mapping[int, int | None] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    skipped: frozenset[int] = frozenset()


def own_sheets(proposal_id: int, juror_id: int) -> dict[str, SheetState]:
    """{round: sheet} of one juror on one proposal, begun or handed in. One query."""
    conditions = (ScoreSheet.proposal_id == proposal_id, ScoreSheet.juror_id == juror_id)
    return {sheet.round: sheet for sheet in _sheets(*conditions)}


def sent_sheets(proposal_id: int) -> list[SheetState]:
    """Every sheet on a proposal that is in, of both rounds, by juror. One query."""
    return _sheets(ScoreSheet.proposal_id == proposal_id, ScoreSheet.submitted_at.is_not(None))


def _sheets(*conditions: Any) -> list[SheetState]:
    rows = db.session.execute(
        select(
            ScoreSheet.id,
            ScoreSheet.juror_id,
            User.name.label("juror"),
            ScoreSheet.round,
            ScoreSheet.version,
            ScoreSheet.updated_at,
            ScoreSheet.submitted_at,
            ScoreSheet.remark_applicant,
            ScoreSheet.remark_internal,
            Score.criterion_id,
            Score.level,
            Score.not_applicable,
            Score.reason,
        )
        .join(User, User.id == ScoreSheet.juror_id)
        .outerjoin(Score, Score.sheet_id == ScoreSheet.id)
        .where(*conditions)
        .order_by(User.name, ScoreSheet.id, Score.criterion_id)
    ).all()
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.id, []).append(row)
    return [_state(group) for group in groups.values()]


def _state(rows: Sequence[Any]) -> SheetState:
    first = rows[0]
    return SheetState(
        first.juror_id,
        first.round,
        first.juror,
        first.version,
        first.updated_at,
        first.submitted_at,
        first.remark_applicant,
        first.remark_internal,
        {row.criterion_id: row.level for row in rows if row.criterion_id is not None},
        {row.criterion_id: row.reason for row in rows if row.criterion_id is not None},
        frozenset(row.criterion_id for row in rows if row.not_applicable),
    )


def visible_sheets(
    call: Call, ref: ProposalRef, actor: Actor, sheets: Iterable[SheetState]
) -> tuple[list[SheetState], Verdict | None]:
    """The sheets this actor may see now, and the last refusal when there was one."""
    sheets = list(sheets)
    roles = roles_for(actor, call.subject(ref.organisation_id))
    own = {sheet.round for sheet in sheets if sheet.juror_id == actor.user_id}
    shown, refused = [], None
    for sheet in sheets:
        verdict = may_see_sheet(
            SheetFacts(
                phase=call.phase,
                roles=roles,
                is_author=sheet.juror_id == actor.user_id,
                own_sheet_in=sheet.round in own,
                round_open=round_is_open(sheet.round, call.phase),
            )
        )
        if verdict:
            shown.append(sheet)
        else:
            refused = verdict
    return shown, refused

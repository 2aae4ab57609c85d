"""Reading new evaluations."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.decisions.models import Decision
from app.domain.criteria import RoundRules
from app.domain.reassessment import ROUNDS, Stages
from app.evaluation.models import ConflictDeclaration
from app.evaluation.reading import SheetState
from app.evaluation.standings import CallRules
from app.infra.database import db
from app.objections.models import Objection, Reassessment, ReassessmentScore, ReassessmentSheet, Ruling
from app.organisations.models import Organisation


class ReassessmentRow(NamedTuple):
    """A new evaluation as it stands; instants aware UTC. `told_at`: when its decision was notified."""

    id: int
    objection_id: int
    addendum_id: int
    proposal_id: int
    organisation_id: int
    organisation_name: str
    round: str
    reason: str
    opened_by: str
    opened_at: datetime
    closed_by: str | None
    closed_at: datetime | None
    conclusion: str
    decision_id: int | None
    decision_number: int | None
    told_at: datetime | None
    version: int


class Named(NamedTuple):
    """Somebody who was asked. `in_conflict` None: nothing declared yet."""

    user_id: int
    name: str
    email: str
    version: int
    submitted_at: datetime | None
    released_at: datetime | None
    in_conflict: bool | None

    @property
    def asked(self) -> bool:
        return self.released_at is None

    @property
    def counts(self) -> bool:
        """Whether the sheet is in and counts: a conflict takes it out, whenever it was declared."""
        return self.asked and self.submitted_at is not None and not self.in_conflict


@dataclass(frozen=True)
class Pending:
    """A new evaluation that somebody still has to do something for, for the home page."""

    objection_id: int
    addendum_id: int
    organisation_id: int
    organisation_name: str


def reassessment_of(objection_id: int) -> ReassessmentRow | None:
    return next(iter(_rows(Reassessment.objection_id == objection_id)), None)


def reassessments_of(addendum_id: int) -> list[ReassessmentRow]:
    """Every new evaluation of a call, oldest first. One query."""
    return _rows(Reassessment.addendum_id == addendum_id)


def _rows(condition: Any) -> list[ReassessmentRow]:
    opener, closer = aliased(User), aliased(User)
    rows: Any = db.session.execute(
        select(
            Reassessment.id,
            Reassessment.objection_id,
            Reassessment.addendum_id,
            Reassessment.proposal_id,
            Objection.organisation_id,
            Organisation.name,
            Reassessment.round,
            Reassessment.reason,
            opener.name,
            Reassessment.opened_at,
            closer.name,
            Reassessment.closed_at,
            Reassessment.conclusion,
            Reassessment.decision_id,
            Decision.number,
            Decision.notified_at,
            Reassessment.version,
        )
        .join(Objection, Objection.id == Reassessment.objection_id)
        .join(Organisation, Organisation.id == Objection.organisation_id)
        .join(opener, opener.id == Reassessment.opened_by_id)
        .outerjoin(closer, closer.id == Reassessment.closed_by_id)
        .outerjoin(Decision, Decision.id == Reassessment.decision_id)
        .where(condition)
        .order_by(Reassessment.id)
    )
    return [ReassessmentRow(*row) for row in rows]


def named_in(row: ReassessmentRow) -> list[Named]:
    """Everybody who was ever asked, by name. One query."""
    said = ConflictDeclaration
    rows = db.session.execute(
        select(
            User.id,
            User.name,
            User.email,
            ReassessmentSheet.version,
            ReassessmentSheet.submitted_at,
            ReassessmentSheet.released_at,
            said.in_conflict,
        )
        .join(User, User.id == ReassessmentSheet.juror_id)
        .outerjoin(
            said,
            and_(
                said.juror_id == User.id,
                said.addendum_id == row.addendum_id,
                said.organisation_id == row.organisation_id,
            ),
        )
        .where(ReassessmentSheet.reassessment_id == row.id)
        .order_by(User.name, User.id)
    )
    return [Named(*one) for one in rows]


def criteria_of(rules: CallRules, round_choice: str) -> RoundRules:
    """The criteria that are scored again, of one round or of both after each other, as one sheet. Only its
    criteria mean something: totals are worked out per round."""
    chosen = [rules.rounds[name] for name in ROUNDS[round_choice]]
    return RoundRules(
        tuple(one for part in chosen for one in part.criteria), rules.rounds["written"].minimum_total
    )


def sheet_of(reassessment_id: int, juror_id: int) -> SheetState | None:
    return next(iter(_sheets([reassessment_id], ReassessmentSheet.juror_id == juror_id)), None)


def sheets_in(row: ReassessmentRow) -> list[SheetState]:
    """The sheets that are in and count, by name of the juror. Two queries."""
    counting = {one.user_id for one in named_in(row) if one.counts}
    found = _sheets([row.id], ReassessmentSheet.submitted_at.is_not(None))
    return [one for one in found if one.juror_id in counting]


def _sheets(ids: Iterable[int], *conditions: Any) -> list[SheetState]:
    score = ReassessmentScore
    rows = db.session.execute(
        select(
            ReassessmentSheet, User.name, score.criterion_id, score.level, score.not_applicable, score.reason
        )
        .join(User, User.id == ReassessmentSheet.juror_id)
        .outerjoin(
            score,
            and_(
                score.reassessment_id == ReassessmentSheet.reassessment_id,
                score.juror_id == ReassessmentSheet.juror_id,
            ),
        )
        .where(ReassessmentSheet.reassessment_id.in_(list(ids)), *conditions)
        .order_by(User.name, ReassessmentSheet.juror_id, score.criterion_id)
    ).all()
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.ReassessmentSheet.juror_id, []).append(row)
    return [_state(group) for group in groups.values()]


def _state(rows: Sequence[Any]) -> SheetState:
    sheet, written = rows[0].ReassessmentSheet, [row for row in rows if row.criterion_id is not None]
    return SheetState(
        sheet.juror_id,
        "",
        rows[0].name,
        sheet.version,
        sheet.updated_at,
        sheet.submitted_at,
        sheet.remark_applicant,
        sheet.remark_internal,
        {row.criterion_id: row.level for row in written},
        {row.criterion_id: row.reason for row in written},
        frozenset(row.criterion_id for row in written if row.not_applicable),
    )


def waiting_for(user_id: int) -> list[Pending]:
    """The sheets that this person was asked for and that are not in. One query."""
    rows = db.session.execute(
        select(
            Reassessment.objection_id,
            Reassessment.addendum_id,
            Objection.organisation_id,
            Organisation.name,
        )
        .join(ReassessmentSheet, ReassessmentSheet.reassessment_id == Reassessment.id)
        .join(Objection, Objection.id == Reassessment.objection_id)
        .join(Organisation, Organisation.id == Objection.organisation_id)
        .where(
            ReassessmentSheet.juror_id == user_id,
            ReassessmentSheet.submitted_at.is_(None),
            ReassessmentSheet.released_at.is_(None),
            Reassessment.closed_at.is_(None),
            ~exists().where(
                ConflictDeclaration.juror_id == user_id,
                ConflictDeclaration.addendum_id == Reassessment.addendum_id,
                ConflictDeclaration.organisation_id == Objection.organisation_id,
                ConflictDeclaration.in_conflict,
            ),
        )
        .order_by(Reassessment.opened_at)
    )
    return [Pending(*row) for row in rows]


def stages_in(addendum_ids: Collection[int]) -> dict[int, Stages]:
    """{call: how far its new evaluations are}; without those that are settled. One query."""
    rows = db.session.execute(
        select(
            Objection.addendum_id,
            Reassessment.id,
            Reassessment.closed_at,
            Reassessment.decision_id,
            _waits(Objection.organisation_id).label("waits"),
        )
        .join(Ruling, Ruling.objection_id == Objection.id)
        .outerjoin(Reassessment, Reassessment.objection_id == Objection.id)
        .outerjoin(Decision, Decision.id == Reassessment.decision_id)
        .where(Objection.addendum_id.in_(addendum_ids), Ruling.reassess, Decision.notified_at.is_(None))
    )
    counted: dict[int, Counter[str]] = {}
    for row in rows:
        counted.setdefault(row.addendum_id, Counter()).update(["unsettled", _stage(row)])
    return {
        one: Stages(**{name: count for name, count in seen.items() if name}) for one, seen in counted.items()
    }


def _waits(organisation_id: Any) -> Any:
    """Whether a sheet is still to come, of somebody without a conflict."""
    return exists().where(
        ReassessmentSheet.reassessment_id == Reassessment.id,
        ReassessmentSheet.submitted_at.is_(None),
        ReassessmentSheet.released_at.is_(None),
        ~exists().where(
            ConflictDeclaration.juror_id == ReassessmentSheet.juror_id,
            ConflictDeclaration.addendum_id == Reassessment.addendum_id,
            ConflictDeclaration.organisation_id == organisation_id,
            ConflictDeclaration.in_conflict,
        ),
    )


def _stage(row: Any) -> str:
    if row.id is None:
        return "to_name"
    if row.closed_at is None:
        return "scoring" if row.waits else "to_close"
    return "to_decide" if row.decision_id is None else ""


def own_sheet_waits(user_id: int, proposal_id: int) -> bool:
    """Whether this person was asked to evaluate the proposal anew and did not hand in yet. One query."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    ReassessmentSheet.reassessment_id == Reassessment.id,
                    ReassessmentSheet.juror_id == user_id,
                    ReassessmentSheet.submitted_at.is_(None),
                    ReassessmentSheet.released_at.is_(None),
                    Reassessment.proposal_id == proposal_id,
                    Reassessment.closed_at.is_(None),
                )
            )
        )
    )

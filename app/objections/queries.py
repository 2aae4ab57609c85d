"""Reading objections and their rulings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from app.accounts.models import User
from app.addenda.models import Criterion
from app.addenda.queries import Call
from app.decisions.models import Decision, DecisionNotice
from app.decisions.queries import stands
from app.domain.errors import NotFound
from app.evaluation.models import ConflictDeclaration, JurySeat, ScoreSheet
from app.infra.database import db
from app.objections.models import Objection, Reassessment, ReassessmentSheet, Ruling, RulingJudge
from app.organisations.models import Membership, Organisation
from app.regions.models import RegionRole


class ObjectionRow(NamedTuple):
    """An objection with the decision it contests and the ruling on it, if any; instants aware UTC."""

    id: int
    addendum_id: int
    organisation_id: int
    organisation_name: str
    contests: str
    grounds: str
    asks: str
    submitted_at: datetime | None
    version: int
    proposal_id: int
    decision_outcome: str
    decision_motivation: str
    ruling: str | None
    ruling_reasons: str | None
    ruling_at: datetime | None
    reassess: bool | None
    criteria: list[int | str]
    decision_id: int
    decision_number: int
    submitted_by: str | None
    late_at: datetime | None
    notified_at: datetime | None


class CriterionRow(NamedTuple):
    id: int
    round: str
    name: str


class NoticeRow(NamedTuple):
    """One notice of a decision to its applicant; `at` aware UTC."""

    decision_id: int
    at: datetime
    way: str
    reason: str


class AgainRow(NamedTuple):
    """A new evaluation after an objection, and when what it led to was told."""

    objection_id: int
    opened_at: datetime
    closed_at: datetime | None
    notified_at: datetime | None


@dataclass(frozen=True)
class PossibleJudge:
    """Somebody who could judge; `scored` when they handed in a sheet for this proposal in either round."""

    user_id: int
    name: str
    role: str
    scored: bool


def _objections() -> Any:
    return (
        select(
            Objection.id,
            Objection.addendum_id,
            Objection.organisation_id,
            Organisation.name,
            Objection.contests,
            Objection.grounds,
            Objection.asks,
            Objection.submitted_at,
            Objection.version,
            Decision.proposal_id,
            Decision.outcome,
            Decision.motivation,
            Ruling.outcome,
            Ruling.reasons,
            Ruling.given_at,
            Ruling.reassess,
            Objection.criteria,
            Decision.id,
            Decision.number,
            User.name,
            Objection.late_at,
            Decision.notified_at,
        )
        .join(Decision, Decision.id == Objection.decision_id)
        .outerjoin(User, User.id == Objection.submitted_by_id)
        .join(Organisation, Organisation.id == Objection.organisation_id)
        .outerjoin(Ruling, Ruling.objection_id == Objection.id)
    )


def objection_on(proposal_id: int) -> ObjectionRow | None:
    """What the applicant wrote about the decision that stands, handed in or not."""
    row = db.session.execute(_objections().where(Decision.proposal_id == proposal_id, stands())).first()
    return ObjectionRow(*row) if row else None


def filed_objection(objection_id: int) -> ObjectionRow:
    """One that was handed in; a draft is NotFound, as it is nobody else's."""
    row = db.session.execute(
        _objections().where(Objection.id == objection_id, Objection.submitted_at.is_not(None))
    ).first()
    if row is None:
        raise NotFound("objection")
    return ObjectionRow(*row)


def filed_objections(addendum_id: int) -> list[ObjectionRow]:
    """All that were handed in for a call, oldest first. One query."""
    return _all(Objection.addendum_id == addendum_id, Objection.submitted_at.is_not(None))


def tried_objections(addendum_id: int) -> list[ObjectionRow]:
    """All that were handed in for a call, and those that came too late, oldest first. One query. Of a late
    one only that it came is for others: what was typed stays the applicant's."""
    tried = or_(Objection.submitted_at.is_not(None), Objection.late_at.is_not(None))
    return _all(Objection.addendum_id == addendum_id, tried)


def earlier_objections(proposal_id: int) -> list[ObjectionRow]:
    """What was handed in about decisions that no longer stand, oldest first. One query."""
    return _all(Decision.proposal_id == proposal_id, Objection.submitted_at.is_not(None), ~stands())


def others_of_applicant(row: ObjectionRow) -> list[ObjectionRow]:
    """What the same applicant handed in about other decisions in this call, oldest first. One query."""
    others = (Decision.proposal_id == row.proposal_id, Objection.id != row.id)
    return _all(*others, Objection.submitted_at.is_not(None))


def _all(*conditions: Any) -> list[ObjectionRow]:
    rows = db.session.execute(_objections().where(*conditions).order_by(Objection.submitted_at, Objection.id))
    return [ObjectionRow(*row) for row in rows]


def criteria_of(addendum_id: int) -> list[CriterionRow]:
    """The published criteria of a call, the written round first. One query."""
    rows = db.session.execute(
        select(Criterion.id, Criterion.round, Criterion.name)
        .where(Criterion.addendum_id == addendum_id)
        .order_by(Criterion.round.desc(), Criterion.position, Criterion.id)
    )
    return [CriterionRow(*row) for row in rows]


def notices_of(addendum_id: int) -> dict[int, list[NoticeRow]]:
    """{decision: its notices, oldest first}. One query."""
    found: dict[int, list[NoticeRow]] = {}
    for row in db.session.execute(
        select(DecisionNotice.decision_id, DecisionNotice.at, DecisionNotice.way, DecisionNotice.reason)
        .join(Decision, Decision.id == DecisionNotice.decision_id)
        .where(Decision.addendum_id == addendum_id)
        .order_by(DecisionNotice.at, DecisionNotice.id)
    ):
        found.setdefault(row.decision_id, []).append(NoticeRow(*row))
    return found


def evaluated_again(addendum_id: int) -> dict[int, AgainRow]:
    """{objection: its new evaluation}. One query."""
    rows = db.session.execute(
        select(
            Reassessment.objection_id, Reassessment.opened_at, Reassessment.closed_at, Decision.notified_at
        )
        .outerjoin(Decision, Decision.id == Reassessment.decision_id)
        .where(Reassessment.addendum_id == addendum_id)
    )
    return {row.objection_id: AgainRow(*row) for row in rows}


def is_owner_now(objection_id: int) -> bool:
    """Whether who handed it in is still an owner of the organisation."""
    return bool(
        db.session.scalar(
            select(Membership.id)
            .join(Objection, Objection.organisation_id == Membership.organisation_id)
            .where(
                Objection.id == objection_id,
                Membership.user_id == Objection.submitted_by_id,
                Membership.role == "owner",
            )
        )
    )


def ruling_pdf(objection_id: int) -> bytes | None:
    return db.session.scalar(select(Ruling.pdf).where(Ruling.objection_id == objection_id))


def judges_of(objection_id: int) -> Sequence[Any]:
    """(name, scored) of who judged."""
    return db.session.execute(
        select(User.name, RulingJudge.scored)
        .join(User, User.id == RulingJudge.user_id)
        .where(RulingJudge.objection_id == objection_id)
        .order_by(User.name)
    ).all()


def scorers_of(proposal_id: int, *, anew_of: int = 0) -> frozenset[int]:
    """Everybody who handed in a sheet for this proposal, in either round or in a new evaluation; without the
    one of objection `anew_of`, for who looks at that one itself."""
    first = select(ScoreSheet.juror_id).where(
        ScoreSheet.proposal_id == proposal_id, ScoreSheet.submitted_at.is_not(None)
    )
    anew = (
        select(ReassessmentSheet.juror_id)
        .join(Reassessment, Reassessment.id == ReassessmentSheet.reassessment_id)
        .where(
            Reassessment.proposal_id == proposal_id,
            Reassessment.objection_id != anew_of,
            ReassessmentSheet.submitted_at.is_not(None),
        )
    )
    return frozenset(db.session.scalars(first.union(anew)))


def in_conflict(addendum_id: int, organisation_id: int) -> frozenset[int]:
    """Who may not judge this applicant: a declared conflict, or an account in its organisation."""
    declared = select(ConflictDeclaration.juror_id).where(
        ConflictDeclaration.addendum_id == addendum_id,
        ConflictDeclaration.organisation_id == organisation_id,
        ConflictDeclaration.in_conflict,
    )
    own = select(Membership.user_id).where(Membership.organisation_id == organisation_id)
    return frozenset(db.session.scalars(declared.union(own)))


def people_of(call: Call) -> list[tuple[int, str, str]]:
    """(user id, name, role in words) of the jury of the call and the regisseurs of its region, each once."""
    jury = db.session.execute(
        select(User.id, User.name, JurySeat.chair)
        .join(JurySeat, JurySeat.user_id == User.id)
        .where(JurySeat.addendum_id == call.id, User.active)
        .order_by(User.name, User.id)
    )
    regisseurs = db.session.execute(
        select(User.id, User.name)
        .join(RegionRole, RegionRole.user_id == User.id)
        .where(
            RegionRole.service_area_id == call.service_area_id, RegionRole.role == "regisseur", User.active
        )
        .order_by(User.name, User.id)
    )
    found = {row.id: (row.name, "voorzitter" if row.chair else "jurylid") for row in jury}
    for row in regisseurs:
        found.setdefault(row.id, (row.name, "regisseur"))
    return [(one, name, role) for one, (name, role) in found.items()]


def possible_judges(call: Call, row: ObjectionRow, *, anew: bool = False) -> list[PossibleJudge]:
    """Who may be chosen: jury and regisseurs without a conflict. `anew`: for the new evaluation that this
    objection leads to, whose own sheets are not from before. Four queries."""
    barred = in_conflict(call.id, row.organisation_id)
    scored = scorers_of(row.proposal_id, anew_of=row.id if anew else 0)
    return [
        PossibleJudge(one, name, role, one in scored)
        for one, name, role in people_of(call)
        if one not in barred
    ]

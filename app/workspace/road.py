"""What the features after handing in tell an applicant, for the words about where it stands."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, select

from app.addenda.models import Addendum
from app.admissibility.queries import own_standings
from app.decisions.answering.queries import AnswerRow, answers_on
from app.decisions.models import Decision
from app.decisions.queries import stands
from app.decisions.told import told_facts
from app.evaluation.models import PitchSlot
from app.infra.database import db
from app.objections.models import Objection, Ruling
from app.objections.wording import RULINGS
from app.partnerships.models import Partnership, PartnershipMember
from app.proposals.models import Proposal


def applicant_facts(proposal_ids: Collection[int], now: datetime) -> dict[int, dict[str, Any]]:
    """{proposal: facts by the names of `status_facts.Later`}: a decision once it was notified, a pitch once
    it has its moment. Four queries."""
    answers = answers_on(proposal_ids)
    found = {row.id: _facts(row, answers.get(row.id), now) for row in _rows(proposal_ids)}
    for one, standing in own_standings(proposal_ids, now).items():
        found.setdefault(one, {}).update(
            complete_until=standing.until,
            completed=standing.answered,
            lapsed_at=standing.lapsed_at,
            refused_at=standing.refused_at,
            readmitted_at=standing.readmitted_at,
            readmitted_why=standing.readmitted_why,
        )
    return found


def _facts(row: Any, answer: AnswerRow | None, now: datetime) -> dict[str, Any]:
    facts: dict[str, Any] = {"pitch_at": row.pitch_at, "partnership": row.partnership or ""}
    if row.outcome is None:
        return facts
    objection = "filed" if row.objection_at else ("draft" if row.objection_id else "")
    facts |= told_facts(row.outcome, row.notified_at, row.objection_days)
    return facts | {
        "answer": (answer.answer or "") if answer else "",
        "answer_until": _answer_until(row, answer, now),
        "objection": objection,
        "objection_at": row.objection_at,
        "ruling": RULINGS[row.ruling][0].lower() if row.ruling else "",
    }


def _answer_until(row: Any, answer: AnswerRow | None, now: datetime) -> date | None:
    """The last day to answer, for who was selected and did not yet."""
    if answer is None or answer.answer or row.partnership:
        return None
    term = answer.term(row.acceptance_days, now)
    return term.last_day if term.is_open else None


def _rows(proposal_ids: Collection[int]) -> Any:
    told = and_(Decision.proposal_id == Proposal.id, stands())
    mine = and_(
        PartnershipMember.partnership_id == Partnership.id,
        PartnershipMember.organisation_id == Proposal.organisation_id,
    )
    formed = (
        select(Partnership.name)
        .join(PartnershipMember, mine)
        .where(Partnership.addendum_id == Proposal.addendum_id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    return db.session.execute(
        select(
            Proposal.id,
            Addendum.objection_days,
            Addendum.acceptance_days,
            PitchSlot.starts_at.label("pitch_at"),
            Decision.outcome,
            Decision.notified_at,
            Objection.id.label("objection_id"),
            Objection.submitted_at.label("objection_at"),
            Ruling.outcome.label("ruling"),
            formed.label("partnership"),
        )
        .join(Addendum, Addendum.id == Proposal.addendum_id)
        .outerjoin(PitchSlot, PitchSlot.proposal_id == Proposal.id)
        .outerjoin(Decision, told)
        .outerjoin(Objection, Objection.decision_id == Decision.id)
        .outerjoin(Ruling, Ruling.objection_id == Objection.id)
        .where(Proposal.id.in_(proposal_ids))
    )

"""Reading who answered what, and until when."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.accounts.models import User
from app.decisions.models import Acceptance, AcceptanceTerm, Decision
from app.decisions.queries import stands
from app.decisions.results import partner_names
from app.domain.acceptance import term_state
from app.domain.motivation import DecisionOutcome
from app.domain.objection import WindowState
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal


class AnswerRow(NamedTuple):
    """A selected organisation with what it answered, if anything; instants aware UTC."""

    decision_id: int
    proposal_id: int
    organisation_id: int
    organisation_name: str
    notified_at: datetime
    more_until: datetime | None
    answer: str | None
    reason: str | None
    answered_at: datetime | None
    answered_by: str | None
    cause: str

    def term(self, days: int, now: datetime) -> WindowState:
        return term_state(self.notified_at, days, self.more_until, now)

    @property
    def accepted(self) -> bool:
        return self.answer == "accepted"


def is_settled(addendum_id: int, row: AnswerRow) -> bool:
    """Whether the partnership closed this answer. Who is selected only after it, by the new decision that an
    objection led to, still says whether it would take part (docs/decisions/0023)."""
    asked_after = row.cause == "objection" and not row.accepted
    return not asked_after and bool(partner_names(addendum_id))


class TermRow(NamedTuple):
    until: datetime
    reason: str
    at: datetime
    by: str


def answers_of(addendum_id: int) -> list[AnswerRow]:
    """Every organisation that is selected by what stands, by name. One query."""
    return _answers(Decision.addendum_id == addendum_id)


def answer_on(proposal_id: int) -> AnswerRow | None:
    """None for a proposal that is not selected by what stands."""
    return next(iter(_answers(Decision.proposal_id == proposal_id)), None)


def answers_on(proposal_ids: Collection[int]) -> dict[int, AnswerRow]:
    """{proposal: its answer} of those that are selected by what stands. One query."""
    return {row.proposal_id: row for row in _answers(Decision.proposal_id.in_(proposal_ids))}


def unanswered_in(addendum_ids: Collection[int]) -> dict[int, int]:
    """{call: how many selected organisations did not answer}. One query."""
    statement = (
        select(Decision.addendum_id, func.count())
        .outerjoin(Acceptance, Acceptance.decision_id == Decision.id)
        .where(
            Decision.addendum_id.in_(addendum_ids),
            stands(),
            Decision.outcome == DecisionOutcome.SELECTED.value,
            Acceptance.decision_id.is_(None),
        )
        .group_by(Decision.addendum_id)
    )
    return {addendum_id: count for addendum_id, count in db.session.execute(statement)}


def _answers(*conditions: Any) -> list[AnswerRow]:
    last = (
        select(AcceptanceTerm.decision_id, func.max(AcceptanceTerm.id).label("id"))
        .group_by(AcceptanceTerm.decision_id)
        .subquery()
    )
    rows: Any = db.session.execute(
        select(
            Decision.id,
            Decision.proposal_id,
            Proposal.organisation_id,
            Organisation.name,
            Decision.notified_at,
            AcceptanceTerm.until,
            Acceptance.answer,
            Acceptance.reason,
            Acceptance.at,
            User.name,
            Decision.cause,
        )
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .outerjoin(last, last.c.decision_id == Decision.id)
        .outerjoin(AcceptanceTerm, AcceptanceTerm.id == last.c.id)
        .outerjoin(Acceptance, Acceptance.decision_id == Decision.id)
        .outerjoin(User, User.id == Acceptance.by_id)
        .where(stands(), Decision.outcome == DecisionOutcome.SELECTED.value, *conditions)
        .order_by(Organisation.name, Decision.id)
    )
    return [AnswerRow(*row) for row in rows]


def terms_of(decision_id: int) -> list[TermRow]:
    """The times that more time was given, first to last."""
    rows = db.session.execute(
        select(AcceptanceTerm.until, AcceptanceTerm.reason, AcceptanceTerm.at, User.name)
        .join(User, User.id == AcceptanceTerm.by_id)
        .where(AcceptanceTerm.decision_id == decision_id)
        .order_by(AcceptanceTerm.id)
    )
    return [TermRow(*row) for row in rows]


class Answers(NamedTuple):
    """The selected organisations of a call, by what they said."""

    accepted: list[AnswerRow]
    waiting: list[AnswerRow]
    declined: list[AnswerRow]
    silent: list[AnswerRow]


def sorted_answers(addendum_id: int, days: int, now: datetime) -> Answers:
    """`waiting`: no answer, and the term runs; `silent`: no answer, and it is over. One query."""
    found = Answers([], [], [], [])
    kinds: Mapping[str | None, list[AnswerRow]] = {"accepted": found.accepted, "declined": found.declined}
    for row in answers_of(addendum_id):
        unanswered = found.waiting if row.term(days, now).is_open else found.silent
        kinds.get(row.answer, unanswered).append(row)
    return found

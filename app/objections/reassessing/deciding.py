"""The new decision that a new evaluation ends with: proposed here, confirmed and told as every later one."""

from app.addenda.queries import load_call
from app.decisions.later.policy import OBJECTION
from app.decisions.later.services import Proposed, propose_later
from app.decisions.services import ProposedDecision
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.infra.database import db, transaction
from app.objections.models import Reassessment
from app.objections.queries import filed_objection
from app.objections.reassessing.policy import VIEW, draft_text
from app.objections.reassessing.queries import ReassessmentRow, reassessment_of, sheets_in


def draft_of(row: ReassessmentRow) -> str:
    """The reasons to start from: what jurors wrote for the applicant, and the conclusion."""
    return draft_text([one.remark_applicant for one in sheets_in(row)], row.conclusion)


def propose_after(objection_id: int, wanted: ProposedDecision, *, by: Actor) -> Proposed:
    """Propose the new decision, or change the one that was proposed. The first decision stays as it was.

    Raises reassess_not_ordered, reassess_not_closed, and what `later.services.propose_later` raises.
    """
    with transaction() as now:
        row = filed_objection(objection_id)
        call = load_call(row.addendum_id, now)
        require(may(by, VIEW, call.subject(row.organisation_id), call.phase))
        opened = reassessment_of(objection_id)
        if opened is None:
            raise DomainError("reassess_not_ordered")
        if opened.closed_at is None:
            raise DomainError("reassess_not_closed")
        if opened.told_at is not None:
            raise DomainError("reassess_decided")
        draft = draft_of(opened)
        proposed = propose_later(opened.proposal_id, wanted, cause=OBJECTION, by=by, draft=draft)
        db.session.get_one(Reassessment, opened.id).decision_id = proposed.id
        return proposed

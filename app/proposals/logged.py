"""Which entries of the log people may read at all: what lies sealed, and what somebody only wrote, is not
told."""

from typing import Any

from sqlalchemy import String, and_, cast, exists, literal, or_

from app.audit.models import AuditEntry
from app.audit.policy import NEVER_SHOWN
from app.proposals.models import Proposal, Submission
from app.proposals.queries import opened_calls, stands


def shown_in_log() -> Any:
    """Sealed entries show once their call was opened, and only of proposals that stand: a draft stays
    unknown for ever."""
    return and_(AuditEntry.action.not_in(NEVER_SHOWN), or_(AuditEntry.sealed.is_(False), _unsealed()))


def _unsealed() -> Any:
    opened = AuditEntry.addendum_id.in_(opened_calls())
    handed_in = (
        exists()
        .where(
            Submission.proposal_id == Proposal.id,
            Proposal.addendum_id == AuditEntry.addendum_id,
            or_(  # one that moved when organisations were merged is still told of by its number
                Proposal.organisation_id == AuditEntry.organisation_id,
                AuditEntry.subject == literal("proposal:") + cast(Proposal.id, String),
            ),
        )
        .where(stands())
    )
    return and_(opened, handed_in)

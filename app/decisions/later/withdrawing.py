"""Withdrawing a later decision that nobody was told of; what stands goes on standing.

The row goes, so that nothing can still be confirmed or told of it; who withdrew what and why stays in the
log, with the SHA-256 of the text that was proposed.
"""

from sqlalchemy import delete

from app.audit import services as audit
from app.decisions.later.policy import OBJECTION
from app.decisions.later.queries import Pending, pending_on
from app.decisions.later.services import proposal_of, require_desk
from app.decisions.models import Decision, PreparedLetter
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.infra.database import db, transaction

REASON_LIMIT = 2_000  # characters


def withdraw_later(proposal_id: int, reason: str, *, seen: int, by: Actor) -> bool:
    """Withdraw what was proposed or confirmed and not told; False when there is nothing (any more).

    `seen`: the version on the page. Also once there is a partnership: what cannot be told any more need not
    stay. Raises `withdraw_reason_missing`, `withdraw_reason_too_long`, `later_follows_objection` (what was
    upheld ends with a decision), `later_changed_since`; NotFound and Forbidden as proposing it.
    """
    with transaction() as now:
        call, ref = proposal_of(proposal_id, now, by)
        require_desk(call, ref, by)
        pending = pending_on(proposal_id)
        if pending is None:
            return False
        _check(pending, reason, seen)
        row = pending.decision
        db.session.execute(delete(PreparedLetter).where(PreparedLetter.decision_id == row.id))
        db.session.execute(delete(Decision).where(Decision.id == row.id, Decision.notified_at.is_(None)))
        audit.record(
            "decision.later_withdrawn",
            actor_id=by.user_id,
            subject=f"proposal:{proposal_id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            organisation_id=ref.organisation_id,
            number=row.number,
            version=row.version,
            was_confirmed=row.confirmed_at is not None,
            text_sha256=pending.ground,
            why=reason.strip(),
        )
        return True


def _check(pending: Pending, reason: str, seen: int) -> None:
    if pending.decision.cause == OBJECTION:
        raise DomainError("later_follows_objection")
    if not reason.strip():
        raise DomainError("withdraw_reason_missing", field="why")
    if len(reason) > REASON_LIMIT:
        raise DomainError("withdraw_reason_too_long", field="why", maximum=REASON_LIMIT)
    if pending.decision.version != seen:
        raise DomainError("later_changed_since")


def withdrawable(pending: Pending | None) -> bool:
    return pending is not None and pending.decision.cause != OBJECTION

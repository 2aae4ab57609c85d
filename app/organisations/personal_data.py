"""What organisations keep about a person."""

from typing import Any

from sqlalchemy import or_, select

from app.infra.database import db
from app.organisations.models import JoinRequest, Membership, Organisation


def personal_data(user_id: int, email: str) -> dict[str, Any]:
    """Where somebody belongs, and where they asked to (a PERSONAL_DATA entry)."""
    named = (Organisation.name.label("organisation"), Organisation.enterprise_number)
    belongs = (
        select(*named, Membership.role, Membership.since)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.user_id == user_id)
        .order_by(Membership.id)
    )
    asked = (
        select(
            Organisation.name.label("organisation"),
            JoinRequest.name,
            JoinRequest.asked_at,
            JoinRequest.answered_at,
            JoinRequest.accepted,
        )
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .where(or_(JoinRequest.user_id == user_id, JoinRequest.email == email))
        .order_by(JoinRequest.asked_at, JoinRequest.id)
    )
    return {
        "memberships": [row._asdict() for row in db.session.execute(belongs)],
        "join_requests": [row._asdict() for row in db.session.execute(asked)],
    }

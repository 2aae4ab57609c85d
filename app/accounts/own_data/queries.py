"""What accounts itself keeps about a person."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Invitation, MailPreference, User
from app.infra.database import db


def personal_data(user_id: int, email: str) -> dict[str, Any]:
    """The account, and the invitations to its address (a PERSONAL_DATA entry). No password, no secret of the
    second factor, no token of a link."""
    user = db.session.get_one(User, user_id)
    off = select(MailPreference.group).where(MailPreference.user_id == user_id)
    sent = (
        select(Invitation.kind, Invitation.role, Invitation.created_at, Invitation.accepted_at)
        .where(Invitation.email == email)
        .order_by(Invitation.created_at, Invitation.id)
    )
    return {
        "account": [
            {
                "email": user.email,
                "name": user.name,
                "active": user.active,
                "administrator": user.administrator,
                "second_factor": user.tf_primary_method is not None,
                "created_at": user.created_at,
                "confirmed_at": user.confirmed_at,
                "mails_switched_off": sorted(db.session.scalars(off)),
            }
        ],
        "invitations": [row._asdict() for row in db.session.execute(sent)],
    }

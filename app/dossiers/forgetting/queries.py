"""What still needs a person."""

from datetime import datetime

from sqlalchemy import select

from app.addenda.models import Addendum
from app.addenda.queries import load_calls
from app.domain.timeline import Phase
from app.evaluation.models import JurySeat
from app.infra.database import db
from app.organisations.models import Membership, Organisation
from app.organisations.queries import other_owners
from app.proposals.models import Proposal


def needed_as_owner(user_id: int, now: datetime) -> str | None:
    """The name of an organisation with a proposal in a running call that would be left without an owner."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.user_id == user_id, Membership.role == "owner")
        .order_by(Organisation.name)
    ).all()
    for row in rows:
        answered = select(Proposal.addendum_id).where(Proposal.organisation_id == row.id)
        if not other_owners(row.id, user_id) and _runs(now, answered):
            return str(row.name)
    return None


def needed_in_jury(user_id: int, now: datetime) -> str | None:
    """The title of a running call in whose jury the person sits."""
    return _runs(now, select(JurySeat.addendum_id).where(JurySeat.user_id == user_id))


def _runs(now: datetime, calls: object) -> str | None:
    found = load_calls(now, Addendum.id.in_(calls))  # type: ignore[arg-type]
    running = (one.title for one in found if Phase.DRAFT < one.phase < Phase.PARTNERSHIP)
    return next(running, None)

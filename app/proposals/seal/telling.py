"""What applicants hear when the seal is broken: all of them at once, in the same words."""

from datetime import datetime

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.queries import load_call
from app.infra.database import db
from app.notifications.services import Recipient, enqueue, page_url
from app.organisations.models import Membership
from app.proposals.models import Proposal, Submission
from app.proposals.own.statuses import statuses_to_tell
from app.proposals.queries import standing, stands


def tell_opened(addendum_id: int, now: datetime) -> None:
    """One mail to everybody of each organisation whose proposal stands, inside the transaction of the second
    signature."""
    call = load_call(addendum_id, now)
    rows = {row.proposal_id: row for row in standing(addendum_id)}
    statuses = statuses_to_tell(list(rows), addendum_id, now)
    for person in db.session.execute(
        select(Proposal.id, User.email, User.name)
        .join(Submission, Submission.proposal_id == Proposal.id)
        .join(Membership, Membership.organisation_id == Proposal.organisation_id)
        .join(User, User.id == Membership.user_id)
        .where(Proposal.addendum_id == addendum_id, stands(), User.active)
        .order_by(Proposal.id, User.id)
    ):
        enqueue(
            "proposal.opened",
            to=Recipient(person.email, person.name),
            subject=f"Jullie kandidatuur is geopend: {call.title}",
            template="proposals/mail_opened",
            at=now,
            addendum_id=call.id,
            call=call,
            organisation=rows[person.id].organisation_name,
            number=rows[person.id].receipt_number,
            status=statuses[person.id],
            link=page_url("proposals.edit", proposal_id=person.id),
        )

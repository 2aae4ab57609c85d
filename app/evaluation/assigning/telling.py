"""Jurors hear what is on their list when it changes, and only then."""

from datetime import datetime

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.queries import Call
from app.domain.assigning import Pair
from app.evaluation.assigning.gathering import Facts
from app.infra.database import db
from app.notifications.services import Recipient, enqueue, page_url


def tell_jurors(call: Call, facts: Facts, after: frozenset[Pair], now: datetime) -> int:
    """One mail to everybody whose list becomes another than it is in `facts`; how many. What somebody has a
    conflict with is on neither list."""
    before = facts.readers
    names = {row.proposal_id: row.organisation_name for row in facts.proposals}
    told = 0
    people = [one.user_id for one in facts.jurors]
    active = set(db.session.scalars(select(User.id).where(User.id.in_(people), User.active)))
    for juror in facts.jurors:
        old = {proposal for one, proposal in before if one == juror.user_id}
        new = {proposal for one, proposal in after if one == juror.user_id}
        if old == new or juror.user_id not in active:
            continue
        enqueue(
            "assignment.changed",
            to=Recipient(juror.email, juror.name),
            subject=f"Je leeslijst is aangepast: {call.title}",
            template="evaluation/mail_assignment",
            at=now,
            addendum_id=call.id,
            call=call,
            reads=sorted((names[one] for one in new), key=str.casefold),
            added=sorted((names[one] for one in new - old), key=str.casefold),
            dropped=sorted((names[one] for one in old - new), key=str.casefold),
            link=page_url("evaluation.reading_list", addendum_id=call.id),
        )
        told += 1
    return told

"""Reading the post of a call."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from app.accounts.models import User
from app.decisions.queries import recipients_of
from app.domain.errors import NotFound
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.notifications.services import Recipient
from app.organisations.models import Membership
from app.proposals.models import Proposal

ALL, WAITING, SENT, UNDELIVERED, HANDLED = "alle", "wacht", "verstuurd", "niet-bezorgd", "afgehandeld"
_mail = OutboxMessage
_came_back = or_(_mail.given_up_at.is_not(None), _mail.bounced_at.is_not(None))
STATES: Mapping[str, ColumnElement[bool]] = {
    WAITING: and_(_mail.sent_at.is_(None), _mail.given_up_at.is_(None), _mail.handled_at.is_(None)),
    SENT: and_(_mail.sent_at.is_not(None), _mail.bounced_at.is_(None), _mail.handled_at.is_(None)),
    UNDELIVERED: and_(_came_back, _mail.handled_at.is_(None)),
    HANDLED: _mail.handled_at.is_not(None),
}
"""Every mail is in one of these."""
_COLUMNS = (
    _mail.id,
    _mail.kind,
    _mail.to_address,
    _mail.to_name,
    _mail.subject,
    _mail.created_at,
    _mail.attempts,
    _mail.sent_at,
    _mail.given_up_at,
    _mail.bounced_at,
    _mail.handled_at,
    _mail.handled_how,
    _mail.last_error,
    _mail.attachment_name,
)


# What applicants write and withdraw stays theirs: only mails of the region's own acts are shown.
_OF_THE_REGION = (
    "decision",
    "ruling",
    "objection_filed",
    "partnership",
    "pitch.invited",
    "proposal.opened",
)


def of_the_region() -> ColumnElement[bool]:
    """Mail of the region's own acts; an unknown kind is not shown."""
    return or_(
        OutboxMessage.kind.in_(_OF_THE_REGION),
        OutboxMessage.kind.startswith("admissibility."),
        OutboxMessage.kind.startswith("decision."),
    )


def mail_of(addendum_id: int, message_id: int) -> OutboxMessage:
    """One mail of this call; NotFound for a mail of another."""
    found = db.session.scalar(
        select(OutboxMessage).where(
            OutboxMessage.id == message_id, OutboxMessage.addendum_id == addendum_id, of_the_region()
        )
    )
    if found is None:
        raise NotFound("mail")
    return found


def counts_of(addendum_id: int) -> dict[str, int]:
    """{state: how many mails}, with all of them. One query."""
    columns = [func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in STATES.values()]
    row = db.session.execute(select(func.count(), *columns).where(*_of(addendum_id))).one()
    return dict(zip((ALL, *STATES), map(int, row), strict=True))


def mails_in(addendum_id: int, state: str, *, offset: int = 0, limit: int | None = 100) -> Sequence[Any]:
    """Mails that the region's own acts sent, without their texts, newest first. One query."""
    return db.session.execute(
        select(*_COLUMNS)
        .where(*_of(addendum_id), STATES.get(state, true()))
        .order_by(_mail.created_at.desc(), _mail.id)
        .offset(offset)
        .limit(limit)
    ).all()


def undelivered_of(ids: Collection[int]) -> dict[int, int]:
    """{call id: how many mails wait for somebody to look at them}; calls without any are left out."""
    rows = db.session.execute(
        select(_mail.addendum_id, func.count())
        .where(_mail.addendum_id.in_(ids), of_the_region(), STATES[UNDELIVERED])
        .group_by(_mail.addendum_id)
    )
    return {addendum_id: count for addendum_id, count in rows if addendum_id is not None}


def is_undelivered(row: OutboxMessage) -> bool:
    """STATES[UNDELIVERED] for one row."""
    return row.handled_at is None and (row.given_up_at is not None or row.bounced_at is not None)


def applicants_behind(addendum_id: int, address: str) -> list[int]:
    """The organisations with a proposal in this call of which this address is of a member."""
    return list(
        db.session.scalars(
            select(Membership.organisation_id)
            .join(User, User.id == Membership.user_id)
            .join(Proposal, Proposal.organisation_id == Membership.organisation_id)
            .where(Proposal.addendum_id == addendum_id, func.lower(User.email) == address.lower())
            .distinct()
            .order_by(Membership.organisation_id)
        )
    )


def receivers_for(addendum_id: int, row: OutboxMessage) -> list[Recipient]:
    """Who may get this mail: who it was for, then everybody else of that organisation, each once."""
    found = {row.to_address.lower(): Recipient(row.to_address, row.to_name)}
    for people in recipients_of(applicants_behind(addendum_id, row.to_address)).values():
        for one in people:
            found.setdefault(one.email.lower(), one)
    return list(found.values())


def proposals_of(addendum_id: int, organisation_ids: Collection[int]) -> list[int]:
    statement = select(Proposal.id).where(
        Proposal.addendum_id == addendum_id, Proposal.organisation_id.in_(organisation_ids)
    )
    return list(db.session.scalars(statement.order_by(Proposal.id)))


def _of(addendum_id: int) -> tuple[ColumnElement[bool], ...]:
    return (_mail.addendum_id == addendum_id, of_the_region())

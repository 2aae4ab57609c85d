"""Reading the log for one region, and the log of the installation without what is about calls.

Numbers of entries are never shown: a gap between two of them would tell how much is still sealed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, or_, select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.audit.models import AuditEntry
from app.domain.access import Actor, Role
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.logged import shown_in_log

PAGE = 50


class LogRow(NamedTuple):
    at: datetime
    action: str
    actor: str | None
    organisation: str | None
    call: str | None
    subject: str
    details: dict[str, Any]


class Page(NamedTuple):
    """`more`: there is a page after this one."""

    rows: Sequence[LogRow]
    more: bool


def log_of_region(service_area_id: int, actor: Actor, *, addendum_id: int | None, page: int) -> Page:
    """What happened in a region, newest first; of one call when given. One query.

    Sealed entries show once their call was opened, and only of proposals that stand: a draft stays unknown
    for ever. What touches an applicant with whom the actor declared a conflict is left out.
    """
    own_calls = select(Addendum.id).where(Addendum.service_area_id == service_area_id)
    conditions = [
        or_(AuditEntry.service_area_id == service_area_id, AuditEntry.addendum_id.in_(own_calls)),
        shown_in_log(),
        *_no_conflict(actor),
    ]
    if addendum_id is not None:
        conditions.append(AuditEntry.addendum_id == addendum_id)
    return _page(_entries().where(*conditions), page)


def system_log(page: int) -> Page:
    """What happened outside any call: accounts, roles, organisations. One query."""
    return _page(_entries().where(AuditEntry.addendum_id.is_(None), AuditEntry.sealed.is_(False)), page)


def _entries() -> Select[Any]:
    return (
        select(
            AuditEntry.at,
            AuditEntry.action,
            User.name,
            Organisation.name,
            Addendum.title,
            AuditEntry.subject,
            AuditEntry.details,
        )
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .outerjoin(Organisation, Organisation.id == AuditEntry.organisation_id)
        .outerjoin(Addendum, Addendum.id == AuditEntry.addendum_id)
        .order_by(AuditEntry.seq.desc())
    )


def _page(statement: Select[Any], page: int) -> Page:
    rows = db.session.execute(statement.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return Page([LogRow(*row) for row in rows[:PAGE]], len(rows) > PAGE)


def _no_conflict(actor: Actor) -> list[Any]:
    pairs = [
        (grant.addendum_id, grant.organisation_id)
        for grant in actor.grants
        if grant.role is Role.JUROR_IN_CONFLICT
    ]
    return [
        or_(
            AuditEntry.addendum_id.is_(None),
            AuditEntry.organisation_id.is_(None),
            AuditEntry.addendum_id != addendum_id,
            AuditEntry.organisation_id != organisation_id,
        )
        for addendum_id, organisation_id in pairs
    ]


def calls_of_region(service_area_id: int) -> list[tuple[int, str]]:
    """(id, title) for the filter, newest first."""
    statement = (
        select(Addendum.id, Addendum.title)
        .where(Addendum.service_area_id == service_area_id)
        .order_by(Addendum.id.desc())
    )
    return [(row.id, row.title) for row in db.session.execute(statement)]


def names_of(user_ids: Sequence[int]) -> dict[int, str]:
    """One query; none for nobody."""
    if not user_ids:
        return {}
    return {
        row.id: row.name
        for row in db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    }

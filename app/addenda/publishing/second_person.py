"""Publication by two: where a region wants it, one regisseur asks and another one publishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.drafting.drafts import read_draft
from app.addenda.drafting.editing import editable, note_edit
from app.addenda.models import Addendum
from app.addenda.publishing.policy import check_publication
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.infra.database import db, transaction
from app.notifications.services import Recipient, enqueue, page_url
from app.regions.models import RegionRole, ServiceArea


@dataclass(frozen=True)
class Colleague:
    user_id: int
    name: str
    email: str


@dataclass(frozen=True)
class Request:
    """A question to publish that still counts: nothing changed since."""

    by_id: int
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Standing:
    """What publication needs now. `others` are the regisseurs of the region besides the actor."""

    by_two: bool
    others: Sequence[Colleague] = ()
    request: Request | None = None


def standing(addendum: Addendum, by: Actor) -> Standing:
    """Whether a second person is needed, who could be it, and whether somebody asked already."""
    if not _by_two(addendum):
        return Standing(by_two=False)
    return Standing(True, _others(addendum, by), _request(addendum))


def check_second_person(addendum: Addendum, by: Actor) -> None:
    """Raise unless this person may be the one who publishes: another than the one who asked for it."""
    if not _by_two(addendum):
        return
    request = _request(addendum)
    if request is None:
        raise DomainError("publication_not_asked")
    if request.by_id == by.user_id:
        raise DomainError("publication_own_request")


def ask_to_publish(addendum_id: int, *, seen: int, by: Actor) -> None:
    """Ask the other regisseurs of the region, by mail. Any change afterwards makes it void.

    Raises publication_alone when there is nobody else, publication_asked_already when a colleague was first.
    """
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        if seen != addendum.version:
            raise DomainError("call_changed_meanwhile")
        check_publication(read_draft(addendum), now)
        if not _by_two(addendum) or _request(addendum):
            raise DomainError("publication_asked_already")
        others = _others(addendum, by)
        if not others:
            raise DomainError("publication_alone")
        note_edit(addendum, by, now, "addendum.publication_asked")
        addendum.publication_asked_by_id, addendum.publication_asked_at = by.user_id, now
        addendum.publication_asked_version = addendum.version
        for one in others:
            _mail(addendum, one, by, now)


def take_back(addendum_id: int, *, by: Actor) -> None:
    """The one who asked no longer does."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        request = _request(addendum)
        if request is None or request.by_id != by.user_id:
            raise DomainError("publication_not_asked")
        forget_request(addendum)
        note_edit(addendum, by, now, "addendum.publication_not_asked")


def forget_request(addendum: Addendum) -> None:
    addendum.publication_asked_by_id = addendum.publication_asked_at = None
    addendum.publication_asked_version = None


def _by_two(addendum: Addendum) -> bool:
    statement = select(ServiceArea.publication_by_two).where(ServiceArea.id == addendum.service_area_id)
    return bool(db.session.scalar(statement))


def _request(addendum: Addendum) -> Request | None:
    asked_by, at = addendum.publication_asked_by_id, addendum.publication_asked_at
    if asked_by is None or at is None or addendum.publication_asked_version != addendum.version:
        return None
    name = db.session.scalar(select(User.name).where(User.id == asked_by))
    return Request(asked_by, name or "", at)


def _others(addendum: Addendum, by: Actor) -> list[Colleague]:
    rows = db.session.execute(
        select(User.id, User.name, User.email)
        .join(RegionRole, RegionRole.user_id == User.id)
        .where(
            RegionRole.service_area_id == addendum.service_area_id,
            RegionRole.role == "regisseur",
            User.id != by.user_id,
            User.active,
        )
        .order_by(User.name, User.id)
    )
    return [Colleague(row.id, row.name, row.email) for row in rows]


def _mail(addendum: Addendum, colleague: Colleague, by: Actor, now: datetime) -> None:
    enqueue(
        "publication_asked",
        to=Recipient(colleague.email, colleague.name),
        subject=f"Wil je de oproep {addendum.title} publiceren?",
        template="addenda/mail_publication_asked",
        at=now,
        addendum_id=addendum.id,
        title=addendum.title,
        asked_by=by.name,
        link=page_url("addenda.publish", addendum_id=addendum.id),
    )

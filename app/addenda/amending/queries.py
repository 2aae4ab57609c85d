"""Reading the versions of a published call."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from app.addenda.amending.models import AddendumVersion
from app.addenda.amending.policy import Touched
from app.addenda.amending.snapshots import from_json
from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.drafting.sections import Draft
from app.addenda.following.models import Follower
from app.addenda.models import Addendum
from app.domain.errors import NotFound
from app.infra.database import db
from app.regions.models import Municipality


@dataclass(frozen=True)
class Version:
    """What everybody could read from `published_at` (aware UTC) on."""

    number: int
    published_at: datetime
    reason: str
    content: Draft
    touched: Touched


def versions(addendum_id: int) -> list[Version]:
    """All of them, oldest first. One query; a call published before versions were kept has its rows as
    number 1."""
    rows = db.session.scalars(
        select(AddendumVersion)
        .where(AddendumVersion.addendum_id == addendum_id)
        .order_by(AddendumVersion.number)
    )
    found = [
        Version(
            row.number,
            row.published_at,
            row.reason,
            from_json(row.snapshot),
            Touched.from_json(row.touched),
        )
        for row in rows
    ]
    return found or [_first(addendum_id)]


def _first(addendum_id: int) -> Version:
    addendum = load_addendum(addendum_id)
    if addendum.published_at is None:
        raise NotFound("version")
    return Version(1, addendum.published_at, "", read_draft(addendum), Touched())


def number_of_version(addendum_id: int) -> int:
    """The version that everybody reads now."""
    return int(db.session.scalar(select(version_number(addendum_id))) or 1)


def version_number(addendum_id: Any = Addendum.id) -> ScalarSelect[int]:
    """The same, as a column of a query over calls."""
    last = select(func.coalesce(func.max(AddendumVersion.number), 1)).where(
        AddendumVersion.addendum_id == addendum_id
    )
    return (last.correlate(Addendum) if addendum_id is Addendum.id else last).scalar_subquery()


def last_change(addendum_id: int) -> tuple[int, datetime] | None:
    """(number, moment) of the newest version, when something changed since the publication."""
    row = db.session.execute(
        select(AddendumVersion.number, AddendumVersion.published_at)
        .where(AddendumVersion.addendum_id == addendum_id, AddendumVersion.number > 1)
        .order_by(AddendumVersion.number.desc())
        .limit(1)
    ).first()
    return (row.number, row.published_at) if row else None


def town_names() -> dict[int, str]:
    """Municipalities by id, for the words of a difference."""
    return {row.id: row.name for row in db.session.execute(select(Municipality.id, Municipality.name))}


def follower_count(addendum_id: int) -> int:
    """How many addresses follow this call."""
    count = db.session.scalar(
        select(func.count())
        .select_from(Follower)
        .where(
            Follower.addendum_id == addendum_id,
            Follower.confirmed_at.is_not(None),
            Follower.stopped_at.is_(None),
        )
    )
    return int(count or 0)

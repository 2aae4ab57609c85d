"""Reading what administrators changed in the thesaurus."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.accounts.models import User
from app.domain.errors import NotFound
from app.infra.database import db
from app.matching.models import ThesaurusChange

Table = dict[str, Any] | None
PAGE = 25


class ChangeRow(NamedTuple):
    """One change as kept: `concept` is the whole concept after it, None when it was taken out."""

    id: int
    concept_id: str
    concept: Table
    reason: str
    by: str
    at: datetime


def newest_change() -> int:
    """The id of the last change; 0 when there is none."""
    return db.session.scalar(select(func.max(ThesaurusChange.id))) or 0


def changed_concepts(without: int | None = None) -> dict[str, Table]:
    """{concept id: the whole concept as in the file, None when it was taken out}, the newest of each;
    `without` is the id of a change to leave out."""
    newest = select(func.max(ThesaurusChange.id)).group_by(ThesaurusChange.concept_id)
    if without is not None:
        newest = newest.where(ThesaurusChange.id != without)
    rows = db.session.execute(
        select(ThesaurusChange.concept_id, ThesaurusChange.concept).where(ThesaurusChange.id.in_(newest))
    )
    return {row.concept_id: row.concept for row in rows}


def newest_of(concept_id: str) -> int:
    """The id of the concept's last change; 0 while it is as in the file."""
    statement = select(func.max(ThesaurusChange.id)).where(ThesaurusChange.concept_id == concept_id)
    return db.session.scalar(statement) or 0


def load_change(change_id: int) -> ThesaurusChange:
    """NotFound for one that is not there."""
    found = db.session.get(ThesaurusChange, change_id) if 0 < change_id < 2**31 else None
    if found is None:
        raise NotFound("change")
    return found


def changes(page: int = 1) -> tuple[Sequence[ChangeRow], int]:
    """One page of all changes, the newest first, and how many there are."""
    total = db.session.scalar(select(func.count()).select_from(ThesaurusChange)) or 0
    rows = db.session.execute(_rows().limit(PAGE).offset((page - 1) * PAGE))
    return [ChangeRow(*row) for row in rows], total


def changes_of(concept_ids: Collection[str]) -> list[ChangeRow]:
    """All changes of these concepts, the newest first."""
    rows = db.session.execute(_rows().where(ThesaurusChange.concept_id.in_(concept_ids)))
    return [ChangeRow(*row) for row in rows]


def _rows() -> Any:
    return (
        select(
            ThesaurusChange.id,
            ThesaurusChange.concept_id,
            ThesaurusChange.concept,
            ThesaurusChange.reason,
            User.name,
            ThesaurusChange.at,
        )
        .join(User, User.id == ThesaurusChange.by_id)
        .order_by(ThesaurusChange.id.desc())
    )

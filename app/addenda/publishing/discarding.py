"""Throwing away a draft that nobody but the region has read, with everything that hangs on it.

The log keeps its entries: it holds numbers, and is never shortened.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Table, delete, exists, select, update

from app.addenda.amending.models import AddendumVersion, Amendment
from app.addenda.drafting.drafts import load_addendum
from app.addenda.drafting.editing import EDIT
from app.addenda.finding import reindex
from app.addenda.following.models import Follower
from app.addenda.models import Addendum, CallFact, DeadlineExtension
from app.addenda.queries import load_call
from app.addenda.reading.models import ImportJob
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.infra.database import db, transaction


@dataclass(frozen=True)
class Attached:
    """What a later feature hangs on a draft. `count` says how much of it people wrote: above zero it goes
    only when that was asked for. `remove` takes it away, inside the transaction of the act."""

    tables: tuple[str, ...]
    count: Callable[[int], int]
    remove: Callable[[int], None]


_ATTACHED: list[Attached] = []
_OWN = (ImportJob, Amendment, AddendumVersion, Follower, DeadlineExtension, CallFact)
_CASCADED = (
    "addendum",
    "addendum_municipality",
    "pitch_window",
    "contact",
    "persona",
    "challenge",
    "service_type",
    "enrichment_finding",
    "criterion",
)


def attach(attached: Attached) -> None:
    """For a feature that stores rows about a draft; called once, when its pages are made."""
    _ATTACHED.append(attached)


def written_by_others(addendum_id: int) -> int:
    """The notes that would go with the draft."""
    return sum(one.count(addendum_id) for one in _ATTACHED)


def discard_draft(addendum_id: int, *, seen: int, notes_too: bool, by: Actor) -> None:
    """Remove a draft and its rows. `seen` is the version that was confirmed. Raises draft_is_planned,
    draft_has_notes (fact `count`), draft_in_use and call_changed_meanwhile."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, EDIT, call.subject(), call.phase))
        addendum = load_addendum(addendum_id)
        if addendum.published_at is not None:
            raise DomainError("draft_is_planned")
        if seen != addendum.version:
            raise DomainError("call_changed_meanwhile")
        notes = written_by_others(addendum_id)
        if notes and not notes_too:
            raise DomainError("draft_has_notes", field="notes_too", count=notes)
        if _in_use(addendum_id):
            raise DomainError("draft_in_use")
        _remove(addendum)
        record(
            "addendum.draft_discarded",
            actor_id=by.user_id,
            subject=f"addendum:{addendum_id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=addendum_id,
            notes=notes,
        )


def _remove(addendum: Addendum) -> None:
    for one in _ATTACHED:
        one.remove(addendum.id)
    for model in _OWN:
        db.session.execute(delete(model).where(model.addendum_id == addendum.id))
    clones = update(Addendum).where(Addendum.cloned_from_id == addendum.id)
    db.session.execute(clones.values(cloned_from_id=None))
    db.session.delete(addendum)
    db.session.flush()
    reindex(addendum.id)


def _in_use(addendum_id: int) -> bool:
    """Whether a feature that is not known here holds something of this call, such as a jury."""
    known = {*_CASCADED, *(model.__tablename__ for model in _OWN)}
    known.update(name for one in _ATTACHED for name in one.tables)
    others = (table for name, table in db.metadata.tables.items() if name not in known)
    return any(_holds(table, addendum_id) for table in others)


def _holds(table: Table, addendum_id: int) -> bool:
    columns = [one.parent for one in table.foreign_keys if one.column.table is Addendum.__table__]
    return any(
        db.session.scalar(select(exists().where(table.c[column.name] == addendum_id))) for column in columns
    )

"""The track record: what an organisation did before, in an order it chooses."""

from datetime import datetime
from typing import Any

from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError, Stale
from app.infra.database import db, transaction
from app.infra.texts import one_line
from app.organisations.models import Reference
from app.organisations.policy import ReferenceDraft
from app.organisations.queries import drawn_id, load_organisation, load_reference, references_of
from app.organisations.services import require_member

MOST = 30


def add_reference(organisation_id: int, draft: ReferenceDraft, *, by: Actor) -> int:
    """The id of the new reference, last in the list. DomainError references_full."""
    values = _values(draft)
    with transaction() as now:
        require_member(organisation_id, by)
        load_organisation(organisation_id)
        rows = references_of(organisation_id)
        if len(rows) >= MOST:
            raise DomainError("references_full", most=MOST)
        position = rows[-1].position + 1 if rows else 0
        row = Reference(id=drawn_id(Reference), organisation_id=organisation_id, position=position, **values)
        db.session.add(row)
        db.session.flush()
        _log("reference.added", organisation_id, row.id, by, now)
        return row.id


def edit_reference(
    organisation_id: int, reference_id: int, seen: int, draft: ReferenceDraft, *, by: Actor
) -> None:
    """Save over version `seen`; Stale with what is stored when somebody was earlier."""
    values = _values(draft)
    with transaction() as now:
        require_member(organisation_id, by)
        row = load_reference(organisation_id, reference_id)
        if row.version != seen:
            raise Stale(version=row.version, theirs={name: getattr(row, name) for name in values})
        changed = [name for name, value in values.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            row.version += 1
            _log("reference.edited", organisation_id, row.id, by, now, fields=changed)


def remove_reference(organisation_id: int, reference_id: int, *, by: Actor) -> None:
    with transaction() as now:
        require_member(organisation_id, by)
        db.session.delete(load_reference(organisation_id, reference_id))
        _log("reference.removed", organisation_id, reference_id, by, now)


def move_reference(organisation_id: int, reference_id: int, up: bool, *, by: Actor) -> None:
    """One place up or down; at the end of the list nothing happens."""
    with transaction() as now:
        require_member(organisation_id, by)
        moved = load_reference(organisation_id, reference_id)
        rows = list(references_of(organisation_id))
        place = rows.index(moved)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows):
            row.position = position
        _log("reference.moved", organisation_id, reference_id, by, now)


def _values(draft: ReferenceDraft) -> dict[str, Any]:
    title = one_line(draft.title)
    if not title:
        raise DomainError("reference_title_missing", field="title")
    return {
        "title": title,
        "description": draft.description,
        "period": one_line(draft.period),
        "contact": one_line(draft.contact),
    }


def _log(action: str, organisation_id: int, reference_id: int, by: Actor, at: datetime, **facts: Any) -> None:
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"organisation:{organisation_id}",
        organisation_id=organisation_id,
        at=at,
        reference_id=reference_id,
        **facts,
    )

"""Writing the log, inside the transaction of the act itself: one cannot be without the other."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from app.audit.models import AuditEntry
from app.infra.database import db

GENESIS = "0" * 64


def record(
    action: str,
    *,
    actor_id: int | None,
    subject: str,
    at: datetime,
    service_area_id: int | None = None,
    addendum_id: int | None = None,
    organisation_id: int | None = None,
    sealed: bool = False,
    **details: Any,
) -> AuditEntry:
    """Append one entry and return it. `subject` is like "proposal:12"; details hold ids and facts, never
    names or what people wrote. `sealed` keeps the entry from everybody until the call is opened."""
    seq, previous = _last()
    entry = AuditEntry(
        seq=seq + 1,
        at=at,
        action=action,
        actor_id=actor_id,
        service_area_id=service_area_id,
        addendum_id=addendum_id,
        organisation_id=organisation_id,
        subject=subject,
        sealed=sealed,
        details=details,
        previous_sha256=previous,
    )
    entry.sha256 = fingerprint(entry)
    db.session.add(entry)
    db.session.flush()
    return entry


class Act(NamedTuple):
    """One of many acts of one person at one moment; `details` as `record` takes them."""

    action: str
    subject: str
    organisation_id: int | None
    details: dict[str, Any]


def record_all(
    acts: Iterable[Act], *, actor_id: int | None, at: datetime, service_area_id: int, addendum_id: int
) -> None:
    """Append one entry for each act, in their order: what `record` would write one by one, in two
    statements."""
    last, previous = _last()
    rows = []
    for seq, act in enumerate(acts, last + 1):
        row = {
            "seq": seq,
            "at": at,
            "actor_id": actor_id,
            "service_area_id": service_area_id,
            "addendum_id": addendum_id,
            "sealed": False,
            "previous_sha256": previous,
            **act._asdict(),
        }
        row["sha256"] = previous = fingerprint(AuditEntry(**row))
        rows.append(row)
    if rows:
        db.session.execute(insert(AuditEntry), rows)


def _last() -> tuple[int, str]:
    """Number and hash of the last entry."""
    last = db.session.execute(
        select(AuditEntry.seq, AuditEntry.sha256).order_by(AuditEntry.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.sha256) if last else (0, GENESIS)


def fingerprint(entry: AuditEntry) -> str:
    """SHA-256 (hex) of everything in the entry but its own hash, as canonical JSON."""
    content = {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": entry.action,
        "actor_id": entry.actor_id,
        "service_area_id": entry.service_area_id,
        "addendum_id": entry.addendum_id,
        "organisation_id": entry.organisation_id,
        "subject": entry.subject,
        "sealed": entry.sealed,
        "details": entry.details,
        "previous_sha256": entry.previous_sha256,
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

"""The log of a call as it stands in its dossier."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from app.addenda.models import Addendum
from app.audit.models import AuditEntry
from app.infra.database import db
from app.proposals.logged import shown_in_log
from app.proposals.queries import opened_calls


def log_entries(addendum_id: int, bare_from: datetime | None) -> list[dict[str, Any]]:
    """The log of a call as `tools/verify_dossier.py` reads it, oldest first; without what belongs to drafts
    and without the taking of dossiers itself. From `bare_from` on without numbers and hashes."""
    rows = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.addendum_id == addendum_id, shown_in_log(), AuditEntry.action.not_like("dossier.%"))
        .order_by(AuditEntry.seq)
    )
    return [_entry(row, bare=bare_from is not None and row.at >= bare_from) for row in rows]


def _entry(row: AuditEntry, *, bare: bool) -> dict[str, Any]:
    names = ("action", "actor_id", "service_area_id", "addendum_id", "organisation_id", "subject")
    entry = {name: getattr(row, name) for name in (*names, "sealed", "details")}
    entry["at"] = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    if not bare:
        entry |= {name: getattr(row, name) for name in ("seq", "previous_sha256", "sha256")}
    return entry


def still_sealed_since() -> datetime | None:
    """Since when some other call is published and not opened: numbers of entries from then on would tell how
    busy it is there."""
    return db.session.scalar(
        select(func.min(Addendum.published_at)).where(
            Addendum.published_at.is_not(None), Addendum.id.not_in(opened_calls())
        )
    )

"""Taking the dossier of a call: it is logged before a byte leaves, and kept which one it was."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.dossiers.collecting.gathering import gather
from app.dossiers.collecting.packing import FULL, PUBLIC, pack
from app.dossiers.collecting.queries import choices_of
from app.dossiers.guarding import VIEW, require_all
from app.dossiers.models import DossierCopy
from app.infra.database import db, transaction


def take(addendum_id: int, version: str, *, by: Actor) -> Iterator[bytes]:
    """The bytes of the dossier, full or public. Everything the database has to say about rows is asked before
    the first byte. Raises DomainError version_unknown, or as `require` does."""
    if version not in (FULL, PUBLIC):
        raise DomainError("dossier_version_unknown", field="version")
    with transaction() as now:
        call = load_call(addendum_id, now)
        require_all(by, VIEW, call)
        _log("dossier.taken", call, by, now, version=version)
    dossier, choices = gather(call), choices_of(call.id)

    def tell(digest: str) -> None:
        with transaction() as at:
            assert by.user_id is not None
            kept = DossierCopy(addendum_id=call.id, version=version, manifest_sha256=digest, at=at)
            kept.by_id = by.user_id
            db.session.add(kept)
            _log("dossier.left", call, by, at, version=version, manifest_sha256=digest)

    return pack(dossier, version, choices, tell)


def _log(action: str, call: Call, by: Actor, at: datetime, **details: Any) -> None:
    record(
        action,
        actor_id=by.user_id,
        subject=f"call:{call.id}",
        at=at,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        **details,
    )

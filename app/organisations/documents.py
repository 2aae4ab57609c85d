"""Documents that an organisation keeps for reuse: statutes, an annual report. Encrypted in the storage."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO

from sqlalchemy import select

from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.infra import storage
from app.infra.database import db, transaction
from app.infra.filekinds import kind_of
from app.infra.scanning import scan
from app.infra.stored import StoredFile
from app.infra.texts import one_line
from app.infra.uploads import shortened, tidy_name
from app.infra.vault import new_key
from app.organisations.models import KeptDocument
from app.organisations.queries import documents_of, drawn_id, load_document, merged_into
from app.organisations.services import require_member

MEGABYTE = 1024 * 1024
MOST_EACH = 25 * MEGABYTE
MOST = 10
LABEL_LENGTH = 120


def keep_document(organisation_id: int, label: str, typed_name: str, data: bytes, *, by: Actor) -> int:
    """The id of the document. Without a label it is called after the file.

    Raises NotFound, FileRefused, TooLarge, StorageFull, Infected, ScannerSilent, and DomainError
    documents_full or document_there (exactly this file is kept already). Whatever is raised, nothing is kept.
    """
    require_member(organisation_id, by)
    if len(data) > MOST_EACH:
        raise storage.TooLarge(MOST_EACH)
    name = tidy_name(typed_name)
    kind, scanned = kind_of(name, data), scan(data)
    key = new_key()
    stored = storage.put(BytesIO(data), key, limit=MOST_EACH)
    try:
        with transaction() as now:
            organisation_id = merged_into(organisation_id) or organisation_id
            _check_room(documents_of(organisation_id), stored.sha256)
            row = KeptDocument(
                id=drawn_id(KeptDocument),
                organisation_id=organisation_id,
                label=shortened(one_line(label), LABEL_LENGTH) or name,
                name=name,
                kind=kind.value,
                size=stored.size,
                sha256=stored.sha256,
                object_key=stored.object_key,
                key=key.hex(),
                scanned=scanned,
                uploaded_by_id=by.user_id,
                uploaded_at=now,
            )
            db.session.add(row)
            db.session.flush()
            _log("document.added", organisation_id, row.id, by, now)
            return row.id
    except BaseException:
        storage.delete(stored.object_key)
        raise


def remove_document(organisation_id: int, document_id: int, *, by: Actor) -> str:
    """Its label. A proposal that took it over has a copy of its own; the object goes with the sweep of the
    storage."""
    with transaction() as now:
        require_member(organisation_id, by)
        row = load_document(organisation_id, document_id)
        label = row.label
        db.session.delete(row)
        _log("document.removed", organisation_id, document_id, by, now)
        return label


def bytes_of(row: KeptDocument) -> Iterator[bytes]:
    """The file itself, piece by piece; raises Damaged. Whether it may be read is asked before."""
    return storage.read(row.object_key, bytes.fromhex(row.key))


def stored_documents() -> Iterator[StoredFile]:
    """What the rows say about the objects, for `flask files check`."""
    row = KeptDocument
    columns = (row.id, row.object_key, row.size, row.sha256, row.key)
    for one, object_key, size, sha256, key in db.session.execute(select(*columns)).all():
        yield StoredFile(f"organisation_document:{one}", object_key, size, sha256, bytes.fromhex(key))


def _check_room(present: Sequence[KeptDocument], digest: str) -> None:
    there = next((one for one in present if one.sha256 == digest), None)
    if there is not None:
        raise DomainError("document_there", field="file", label=there.label)
    if len(present) >= MOST:
        raise DomainError("documents_full", field="file", most=MOST)


def _log(action: str, organisation_id: int, document_id: int, by: Actor, at: datetime) -> None:
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"organisation:{organisation_id}",
        organisation_id=organisation_id,
        at=at,
        document_id=document_id,
    )

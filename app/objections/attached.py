"""The files beside an objection: what there is, and how it is read."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import select

from app.domain.errors import NotFound
from app.infra import storage
from app.infra.database import db
from app.infra.stored import StoredFile
from app.objections.models import Objection, ObjectionFile
from app.proposals.seal.sealing import call_key


class FileRow(NamedTuple):
    """`size` in bytes, `kind` a `filekinds.Kind`; `uploaded_at` aware UTC."""

    id: int
    objection_id: int
    name: str
    kind: str
    size: int
    sha256: str
    object_key: str
    uploaded_at: datetime


def files_of(objection_ids: Collection[int]) -> dict[int, list[FileRow]]:
    """{objection: its files, in order of arrival}; what was taken out is left out. One query."""
    found: dict[int, list[FileRow]] = {}
    rows = db.session.execute(
        select(
            ObjectionFile.id,
            ObjectionFile.objection_id,
            ObjectionFile.name,
            ObjectionFile.kind,
            ObjectionFile.size,
            ObjectionFile.sha256,
            ObjectionFile.object_key,
            ObjectionFile.uploaded_at,
        )
        .where(ObjectionFile.objection_id.in_(objection_ids), ObjectionFile.removed_at.is_(None))
        .order_by(ObjectionFile.uploaded_at, ObjectionFile.id)
    )
    for row in rows:
        found.setdefault(row.objection_id, []).append(FileRow(*row))
    return found


def file_of(objection_ids: Collection[int], file_id: int) -> FileRow:
    """One that lies beside one of these objections; NotFound for any other."""
    files = [one for files in files_of(objection_ids).values() for one in files if one.id == file_id]
    if not files:
        raise NotFound("file")
    return files[0]


def seal_of(files: Sequence[FileRow]) -> str:
    """A fingerprint of the files as somebody saw them."""
    return sha256("\n".join(f"{one.id} {one.sha256}" for one in files).encode()).hexdigest()


def bytes_of(row: FileRow, addendum_id: int) -> Iterator[bytes]:
    """The file itself, piece by piece; raises Damaged. Whether it may be read is asked before."""
    return storage.read(row.object_key, call_key(addendum_id))


def stored_files() -> Iterator[StoredFile]:
    """What the rows say about the objects, for `flask files check`."""
    rows = db.session.execute(
        select(
            ObjectionFile.id,
            ObjectionFile.object_key,
            ObjectionFile.size,
            ObjectionFile.sha256,
            Objection.addendum_id,
        ).join(Objection, Objection.id == ObjectionFile.objection_id)
    ).all()
    for row in rows:
        key = call_key(row.addendum_id)
        yield StoredFile(f"objection_file:{row.id}", row.object_key, row.size, row.sha256, key)

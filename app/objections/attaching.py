"""Files beside an objection that is being written: taking in and taking away.

The bytes come in first, are looked at and laid encrypted in the storage; the row that makes a file of them
is written in a transaction afterwards, and that moment is the one that counts for the window.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO

from sqlalchemy import delete, func, select

from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound
from app.infra import storage
from app.infra.database import db, transaction
from app.infra.filekinds import kind_of
from app.infra.scanning import scan
from app.infra.sweeps import rhythm
from app.infra.uploads import tidy_name, unlike
from app.objections.attached import FileRow, files_of
from app.objections.models import ObjectionFile
from app.objections.services import DRAFT, Desk, check_may_write, desk_of, draft_of, note, on_the_record
from app.proposals.seal.sealing import call_key

MEGABYTE = 1024 * 1024
MOST_EACH = 25 * MEGABYTE
MOST_TOGETHER = 50 * MEGABYTE
MOST_FILES = 10
MOST_A_DAY = 3 * MOST_TOGETHER  # what is taken out stays a day: adding and removing may not fill the storage
KEPT_AFTER_REMOVAL = timedelta(days=1)
_LOWEST_ID, _HIGHEST_ID = 1_000_000, 2_000_000_000


@dataclass(frozen=True)
class Attached:
    """The file as it lies beside the draft; `already` when exactly this one was there."""

    id: int
    name: str
    kind: str
    size: int
    already: bool = False


@dataclass(frozen=True)
class _Laid:
    """An upload whose object lies in the storage, without a row yet."""

    name: str
    kind: str
    scanned: bool
    stored: storage.StoredObject


def attach(proposal_id: int, typed_name: str, data: bytes, *, by: Actor) -> Attached:
    """Keep a file with the draft of an objection, begun when there was none; the same one again is told, not
    doubled. What is refused is logged, and nothing of it is kept.

    Raises NotFound, FileRefused, TooLarge, StorageFull, Infected, ScannerSilent, `objection_too_late`,
    `objection_filed_already`, `objection_files_many`, `objection_files_large`, `objection_files_often`.
    """
    with on_the_record(proposal_id, by, filing=True):
        with transaction() as now:  # before the bytes are laid down: whoever may not, lays nothing down
            desk = desk_of(proposal_id, now, by)
            check_may_write(desk, DRAFT, by)
            key = call_key(desk.call.id, at=now)
        if len(data) > MOST_EACH:
            raise storage.TooLarge(MOST_EACH)
        name = tidy_name(typed_name)
        kind = kind_of(name, data)
        if (again := _there_already(desk, sha256(data).hexdigest())) is not None:
            return again
        scanned = scan(data)
        laid = _Laid(name, kind.value, scanned, storage.put(BytesIO(data), key, limit=MOST_EACH))
        try:
            return _keep(proposal_id, laid, by)
        except BaseException:
            storage.delete(laid.stored.object_key)
            raise


def _keep(proposal_id: int, laid: _Laid, by: Actor) -> Attached:
    """The transaction that counts. When the same file came in beside this one, its object goes again."""
    with transaction() as now:
        desk = desk_of(proposal_id, now, by)
        check_may_write(desk, DRAFT, by)
        again = _there_already(desk, laid.stored.sha256)
        if again is None:
            return _add(desk, laid, by)
    storage.delete(laid.stored.object_key)
    return again


def _add(desk: Desk, laid: _Laid, by: Actor) -> Attached:
    objection = draft_of(desk, by)
    present = files_of([objection.id]).get(objection.id, [])
    _check_room(objection.id, present, laid.stored.size, desk)
    row = ObjectionFile(
        id=_new_id(),
        objection_id=objection.id,
        name=unlike(laid.name, [one.name for one in present]),
        kind=laid.kind,
        size=laid.stored.size,
        sha256=laid.stored.sha256,
        object_key=laid.stored.object_key,
        scanned=laid.scanned,
        uploaded_by_id=by.user_id,
        uploaded_at=desk.now,
    )
    db.session.add(row)
    db.session.flush()
    note("objection.file_added", desk, objection, by, file=row.id)
    return Attached(row.id, row.name, row.kind, row.size)


def _check_room(objection_id: int, present: list[FileRow], size: int, desk: Desk) -> None:
    left = room(present)
    if left[0] < 1:
        raise DomainError("objection_files_many", most=MOST_FILES)
    if left[1] < size:
        raise DomainError("objection_files_large", megabytes=MOST_TOGETHER // MEGABYTE)
    mine = (
        ObjectionFile.objection_id == objection_id,
        ObjectionFile.uploaded_at > desk.now - timedelta(days=1),
    )
    of_today = db.session.scalar(select(func.coalesce(func.sum(ObjectionFile.size), 0)).where(*mine)) or 0
    if of_today + size > MOST_A_DAY:
        raise DomainError("objection_files_often", megabytes=MOST_A_DAY // MEGABYTE)


def detach(proposal_id: int, file_id: int, *, by: Actor) -> str:
    """Take a file out of the draft; its name. Taking out what is gone already is no error. Raises NotFound,
    `objection_too_late`, `objection_filed_already`."""
    with on_the_record(proposal_id, by), transaction() as now:
        desk = desk_of(proposal_id, now, by)
        check_may_write(desk, DRAFT, by)
        row = db.session.get(ObjectionFile, file_id)
        if row is None or desk.stored is None or row.objection_id != desk.stored.id:
            raise NotFound("file")
        if row.removed_at is None:
            row.removed_at = now
            note("objection.file_removed", desk, desk.stored, by, file=row.id)
        return row.name


def too_large(proposal_id: int, *, by: Actor) -> None:
    """What was too large to be read at all leaves a trace too; always raises TooLarge, or what `desk_of`
    raises."""
    with on_the_record(proposal_id, by, filing=True):
        with transaction() as now:
            check_may_write(desk_of(proposal_id, now, by), DRAFT, by)
        raise storage.TooLarge(MOST_EACH)


def room(present: list[FileRow]) -> tuple[int, int]:
    """(files, bytes) that may still be added."""
    return max(0, MOST_FILES - len(present)), max(0, MOST_TOGETHER - sum(one.size for one in present))


@rhythm(timedelta(hours=1))
def forget_taken_out(now: datetime) -> None:
    """Rows of files that were taken out of a draft; their objects go with the sweep of the storage. What was
    filed keeps every file that lay beside it. Writes nothing when there are none."""
    gone = select(ObjectionFile.id).where(ObjectionFile.removed_at < now - KEPT_AFTER_REMOVAL)
    if db.session.scalar(gone.limit(1)) is None:
        return
    with transaction():
        db.session.execute(delete(ObjectionFile).where(ObjectionFile.id.in_(gone)))


def _there_already(desk: Desk, digest: str) -> Attached | None:
    present = files_of([desk.stored.id]).get(desk.stored.id, []) if desk.stored else []
    same = next((one for one in present if one.sha256 == digest), None)
    return Attached(same.id, same.name, same.kind, same.size, already=True) if same else None


def _new_id() -> int:
    """Drawn by lot: a running number in an address would tell how many objections have files."""
    while True:
        drawn = _LOWEST_ID + secrets.randbelow(_HIGHEST_ID - _LOWEST_ID)
        if db.session.get(ObjectionFile, drawn) is None:
            return drawn

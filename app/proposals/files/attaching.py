"""Files beside a proposal: taking in, taking away, and who gets to read them.

The bytes come in first, are looked at, and are laid encrypted in the storage; the row that makes a file of
them is written in a transaction afterwards, and that moment is the one that counts for the deadline.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

from sqlalchemy import delete, func, or_, select

from app.addenda.queries import Call
from app.audit.models import AuditEntry
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound
from app.domain.timeline import Phase
from app.infra import storage
from app.infra.database import db, transaction
from app.infra.filekinds import kind_of
from app.infra.scanning import Infected, scan
from app.infra.stored import StoredFile
from app.infra.sweeps import rhythm
from app.infra.uploads import tidy_name, unlike
from app.proposals.models import Attachment, Proposal, Submission, SubmittedFile
from app.proposals.policy import ProposalRef
from app.proposals.queries import stands
from app.proposals.seal.sealing import call_key, require_opened
from app.proposals.writing.services import EDIT, note, own_call

MEGABYTE = 1024 * 1024
MOST_EACH = 25 * MEGABYTE
MOST_TOGETHER = 100 * MEGABYTE
MOST_FILES = 20
MOST_A_DAY = 3 * MOST_TOGETHER  # what is removed stays a day: adding and removing may not fill the disk
KEPT_AFTER_REMOVAL = timedelta(days=1)
_LOWEST_ID, _HIGHEST_ID = 1_000_000, 2_000_000_000


@dataclass(frozen=True)
class Attached:
    """The file as it stands with the proposal; `already` when exactly this one was there."""

    id: int
    name: str
    kind: str
    size: int
    already: bool = False


@dataclass(frozen=True)
class Room:
    """What may still be added: so many files, so many bytes together."""

    files: int
    size: int


def attach(proposal_id: int, typed_name: str, data: bytes, *, by: Actor) -> Attached:
    """Keep a file with a proposal; exactly the same one again is told, not doubled.

    Raises NotFound, FileRefused, TooLarge, StorageFull, Infected, ScannerSilent, and DomainError
    "attachment_too_late" (which is logged), "too_many_attachments", "attachments_too_large",
    "attachments_too_often". Whatever is
    raised, nothing of the file is kept.
    """
    try:
        with transaction() as now:
            call, ref = _writable(proposal_id, by, now)
            key = call_key(call.id, at=now)
        name = tidy_name(typed_name)
        if len(data) > MOST_EACH:
            raise storage.TooLarge(MOST_EACH)
        kind = kind_of(name, data)
        if (again := _there_already(proposal_id, sha256(data).hexdigest())) is not None:
            return again
        scanned = scan(data)
        stored = storage.put(BytesIO(data), key, limit=MOST_EACH)
        try:
            return _keep(ref, name, kind.value, stored, scanned=scanned, by=by)
        except BaseException:
            storage.delete(stored.object_key)
            raise
    except Infected as error:
        _log(proposal_id, by, "proposal.file_infected", find=error.find)
        raise
    except DomainError as error:
        if error.code == "attachment_too_late":
            _log(proposal_id, by, "proposal.refused_late", attempt="attach")
        raise


def _keep(
    ref: ProposalRef, name: str, kind: str, stored: storage.StoredObject, *, scanned: bool, by: Actor
) -> Attached:
    """The transaction that counts. When the same file came in beside this one, its object goes again."""
    with transaction() as now:
        call, ref = _writable(ref.id, by, now)
        again = _there_already(ref.id, stored.sha256)
        if again is None:
            return _add(call, ref, name, kind, stored, scanned=scanned, by=by, now=now)
    storage.delete(stored.object_key)
    return again


def _of_last_day(proposal_id: int, now: datetime) -> int:
    """Bytes that came in over the last day, also of files that were removed."""
    since = now - timedelta(days=1)
    mine = (Attachment.proposal_id == proposal_id, Attachment.uploaded_at > since)
    return db.session.scalar(select(func.coalesce(func.sum(Attachment.size), 0)).where(*mine)) or 0


def _add(
    call: Call,
    ref: ProposalRef,
    name: str,
    kind: str,
    stored: storage.StoredObject,
    *,
    scanned: bool,
    by: Actor,
    now: datetime,
) -> Attached:
    present = attached_files(ref.id)
    left = room(present)
    if left.files < 1:
        raise DomainError("too_many_attachments", most=MOST_FILES)
    if left.size < stored.size:
        raise DomainError("attachments_too_large", megabytes=MOST_TOGETHER // MEGABYTE)
    if _of_last_day(ref.id, now) + stored.size > MOST_A_DAY:
        raise DomainError("attachments_too_often", megabytes=MOST_A_DAY // MEGABYTE)
    row = Attachment(
        id=_new_id(),
        proposal_id=ref.id,
        name=unlike(name, [one.name for one in present]),
        kind=kind,
        size=stored.size,
        sha256=stored.sha256,
        object_key=stored.object_key,
        scanned=scanned,
        uploaded_by_id=by.user_id,
        uploaded_at=now,
    )
    db.session.add(row)
    _touch(ref, now)
    note("proposal.file_attached", call, ref.id, ref.organisation_id, by=by, at=now, file=row.id)
    return Attached(row.id, row.name, kind, row.size)


def detach(proposal_id: int, attachment_id: int, *, by: Actor) -> str:
    """Take a file away from the working copy; its name. What was handed in keeps it. Raises NotFound,
    DomainError "attachment_too_late". Taking away what is gone already is no error."""
    with transaction() as now:
        call, ref = _writable(proposal_id, by, now)
        row = db.session.get(Attachment, attachment_id)
        if row is None or row.proposal_id != ref.id:
            raise NotFound("attachment")
        if row.removed_at is None:
            row.removed_at = now
            _touch(ref, now)
            note("proposal.file_removed", call, ref.id, ref.organisation_id, by=by, at=now, file=row.id)
        return row.name


def attached_files(proposal_id: int) -> list[Attachment]:
    """The files of the working copy, in order of arrival. One query."""
    return list(
        db.session.scalars(
            select(Attachment)
            .where(Attachment.proposal_id == proposal_id, Attachment.removed_at.is_(None))
            .order_by(Attachment.uploaded_at, Attachment.id)
        )
    )


def room(present: list[Attachment]) -> Room:
    return Room(max(0, MOST_FILES - len(present)), max(0, MOST_TOGETHER - sum(one.size for one in present)))


def readable_file(call: Call, ref: ProposalRef, attachment_id: int, *, own: bool) -> Attachment:
    """The file, for the organisation itself what it has or handed in, for others what belongs to what
    stands, once opened. Raises NotFound, Sealed."""
    carried = select(SubmittedFile.attachment_id).join(
        Submission, Submission.id == SubmittedFile.submission_id
    )
    if own:
        reach = or_(Attachment.removed_at.is_(None), Attachment.id.in_(carried))
    else:
        require_opened(call.id)
        reach = Attachment.id.in_(carried.where(Submission.proposal_id == ref.id, stands()))
    row = db.session.scalar(
        select(Attachment).where(Attachment.id == attachment_id, Attachment.proposal_id == ref.id, reach)
    )
    if row is None:
        raise NotFound("attachment")
    return row


def bytes_of(row: Attachment, addendum_id: int) -> Iterator[bytes]:
    """The file itself, piece by piece; raises Damaged. Whether it may be read is asked before."""
    return storage.read(row.object_key, call_key(addendum_id))


@rhythm(timedelta(hours=1))
def forget_removed(now: datetime) -> None:
    """Rows of files that were removed and that nothing handed in carries; their objects go with the sweep of
    the storage. Writes nothing when there are none."""
    gone = select(Attachment.id).where(
        Attachment.removed_at < now - KEPT_AFTER_REMOVAL,
        Attachment.id.not_in(select(SubmittedFile.attachment_id)),
    )
    if db.session.scalar(gone.limit(1)) is None:
        return
    with transaction():
        db.session.execute(delete(Attachment).where(Attachment.id.in_(gone)))


def stored_files() -> Iterator[StoredFile]:
    """What the rows say about the objects, for `flask files check`."""
    rows = db.session.execute(
        select(
            Attachment.id, Attachment.object_key, Attachment.size, Attachment.sha256, Proposal.addendum_id
        ).join(Proposal, Proposal.id == Attachment.proposal_id)
    ).all()
    for row in rows:
        yield StoredFile(
            f"attachment:{row.id}", row.object_key, row.size, row.sha256, call_key(row.addendum_id)
        )


def _writable(proposal_id: int, by: Actor, now: datetime) -> tuple[Call, ProposalRef]:
    call, ref = own_call(proposal_id, by, now)
    if call.phase > Phase.OPEN:
        raise DomainError("attachment_too_late")
    require(may(by, EDIT, call.subject(ref.organisation_id), call.phase))
    return call, ref


def _there_already(proposal_id: int, digest: str) -> Attached | None:
    row = db.session.scalar(
        select(Attachment).where(
            Attachment.proposal_id == proposal_id,
            Attachment.sha256 == digest,
            Attachment.removed_at.is_(None),
        )
    )
    return Attached(row.id, row.name, row.kind, row.size, already=True) if row else None


def _touch(ref: ProposalRef, now: datetime) -> None:
    proposal = db.session.get_one(Proposal, ref.id)
    proposal.updated_at = now
    proposal.version += 1


def _log(proposal_id: int, by: Actor, action: str, **facts: Any) -> AuditEntry:
    """In a transaction of its own: what was refused left nothing else behind."""
    with transaction() as now:
        call, ref = own_call(proposal_id, by, now)
        return note(action, call, ref.id, ref.organisation_id, by=by, at=now, **facts)


def _new_id() -> int:
    """Drawn by lot: a running number in an address would tell how many files there are."""
    while True:
        drawn = _LOWEST_ID + secrets.randbelow(_HIGHEST_ID - _LOWEST_ID)
        if db.session.get(Attachment, drawn) is None:
            return drawn

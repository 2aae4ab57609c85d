"""What the applicant completes: only what was asked, until the end of the term; the moment inside the
transaction decides. What was handed in does not change by it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from sqlalchemy import update

from app.addenda.queries import Call, load_call
from app.admissibility.dossiers import dossier
from app.admissibility.models import CompletionFile, CompletionItem
from app.admissibility.rows import Cell, Dossier
from app.admissibility.telling import note, tell
from app.admissibility.touching import touch
from app.admissibility.wording import ANSWER_LIMIT
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.infra import storage
from app.infra.database import db, transaction
from app.infra.filekinds import kind_of
from app.infra.scanning import scan
from app.infra.uploads import size_text, tidy_name
from app.proposals.policy import is_own
from app.proposals.queries import load_proposal_ref
from app.proposals.seal.sealing import call_key

ANSWER = "admissibility.own.answer"
MEGABYTE = 1024 * 1024
MOST_EACH = 10 * MEGABYTE


@dataclass(frozen=True)
class Upload:
    """A file as it came in: the name that was typed, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Answer:
    """What was sent for one item. Without `upload` a file that was sent before stays, unless `drop_file`."""

    text: str = ""
    upload: Upload | None = None
    drop_file: bool = False


@dataclass(frozen=True)
class _Kept:
    """An upload whose object lies in the storage, without a row yet."""

    name: str
    kind: str
    scanned: bool
    stored: storage.StoredObject


def seal_of(cells: Sequence[Cell]) -> str:
    """A fingerprint of the answers as somebody saw them."""
    parts = [
        f"{cell.item.number}|{cell.asked.text}|{cell.asked.file.sha256 if cell.asked.file else ''}"
        for cell in cells
        if cell.asked
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def answer(proposal_id: int, answers: Mapping[int, Answer], *, seen: str, by: Actor) -> datetime:
    """Complete asked items, by number; when it was received. A receipt goes to everybody of the organisation.
    The same again changes nothing and sends nothing.

    Raises Forbidden, NotFound, admissibility_too_late (which is logged), admissibility_not_asked,
    admissibility_answer_empty, admissibility_text_long, Stale with `theirs` {number as text: text}, and per
    file (at field `file-<number>`) FileRefused, TooLarge, StorageFull, Infected. Whatever is raised, nothing
    is kept.
    """
    kept: dict[int, _Kept] = {}
    try:
        with transaction() as now:  # before the bytes are laid down: whoever may not, lays nothing down
            _open(proposal_id, answers, by, now)
        kept = _lay_down(proposal_id, answers)
        with transaction() as now:
            call, found = _open(proposal_id, answers, by, now)
            return _receive(call, found, answers, kept, seen, by, now)
    except BaseException as error:
        for one in kept.values():
            storage.delete(one.stored.object_key)
        if isinstance(error, DomainError) and error.code == "admissibility_too_late":
            _log_late(proposal_id, by)
        raise


def _own(proposal_id: int, by: Actor, now: datetime) -> tuple[Call, Dossier]:
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    if not is_own(by, call.subject(ref.organisation_id)):
        raise NotFound("proposal")
    return call, dossier(call.id, proposal_id, now)


def _open(proposal_id: int, answers: Mapping[int, Answer], by: Actor, now: datetime) -> tuple[Call, Dossier]:
    """The request, if these items can be completed by this person at this moment."""
    call, found = _own(proposal_id, by, now)
    require(may(by, ANSWER, call.subject(found.organisation_id), call.phase))
    if found.refusal is not None and found.refusal.confirmed_at is not None:
        raise Forbidden("admissibility_is_refused")
    asked = {cell.item.number for cell in found.cells if cell.asked}
    if not answers or set(answers) - asked:
        raise DomainError("admissibility_not_asked")
    still = {cell.item.number for cell in found.open_cells(now)}
    late = any(
        cell.item.until is not None and now >= cell.item.until
        for cell in found.cells
        if cell.item.number in answers
    )
    if late:
        raise DomainError("admissibility_too_late")
    if set(answers) - still:
        raise DomainError("admissibility_accepted")
    for number, one in answers.items():
        if len(one.text) > ANSWER_LIMIT:
            raise DomainError("admissibility_text_long", field=f"answer-{number}", maximum=ANSWER_LIMIT)
    return call, found


def _lay_down(proposal_id: int, answers: Mapping[int, Answer]) -> dict[int, _Kept]:
    """The objects of the uploads, encrypted under the key of the call; all of them or none."""
    uploads = {number: one.upload for number, one in answers.items() if one.upload is not None}
    if not uploads:
        return {}
    key = call_key(load_proposal_ref(proposal_id).addendum_id)
    kept: dict[int, _Kept] = {}
    try:
        for number, upload in uploads.items():
            kept[number] = _lay_one(number, upload, key)
    except BaseException:
        for one in kept.values():
            storage.delete(one.stored.object_key)
        raise
    return kept


def _lay_one(number: int, upload: Upload, key: bytes) -> _Kept:
    try:
        if len(upload.data) > MOST_EACH:
            raise storage.TooLarge(MOST_EACH)
        name = tidy_name(upload.name)
        kind = kind_of(name, upload.data)
        scanned = scan(upload.data)
        return _Kept(name, kind.value, scanned, storage.put(BytesIO(upload.data), key, limit=MOST_EACH))
    except DomainError as error:
        error.field = f"file-{number}"
        raise


def _receive(
    call: Call,
    found: Dossier,
    answers: Mapping[int, Answer],
    kept: dict[int, _Kept],
    seen: str,
    by: Actor,
    now: datetime,
) -> datetime:
    cells = {cell.item.number: cell for cell in found.open_cells(now)}
    changed = [number for number, one in answers.items() if _differs(cells[number], one, kept.get(number))]
    if not changed:
        _drop(kept, set())
        return _received_before(cells, answers, now)
    if seen != seal_of(found.open_cells(now)):
        theirs = {str(number): cell.asked.text for number, cell in cells.items() if cell.asked}
        raise Stale(version=found.version, theirs=theirs)
    if all(_says_nothing(cells[number], answers[number], kept.get(number)) for number in answers):
        raise DomainError("admissibility_answer_empty")
    touch(found, None)
    for number in changed:
        _write(cells[number], answers[number], kept.get(number), by, now)
    _drop(kept, set(changed))
    db.session.flush()
    note("answered", call, found, by, now, items=sorted(changed))
    after = dossier(call.id, found.proposal_id, now)
    tell(
        "answered",
        call,
        after,
        now,
        subject="Je aanvulling is aangekomen",
        received_at=now,
        lines=receipt_lines(after.open_cells(now)),
        until=max(cell.asked.until for cell in after.open_cells(now) if cell.asked),
    )
    return now


def _received_before(cells: Mapping[int, Cell], answers: Mapping[int, Answer], now: datetime) -> datetime:
    """When exactly this was received; raises admissibility_answer_empty when it never was anything."""
    moments = [
        cell.asked.answered_at
        for number, cell in cells.items()
        if number in answers and cell.asked and cell.asked.answered_at
    ]
    if not moments:
        raise DomainError("admissibility_answer_empty")
    return max(moments)


def receipt_lines(cells: Sequence[Cell]) -> list[tuple[str, str]]:
    """(what was asked, what was received) per item."""
    found = []
    for cell in cells:
        parts = []
        if cell.asked and cell.asked.file:
            file = cell.asked.file
            parts.append(f"{file.name} ({size_text(file.size)}, SHA-256 {file.sha256})")
        if cell.asked and cell.asked.text:
            parts.append("een toelichting")
        found.append((cell.requirement.text, " en ".join(parts) or "nog niets"))
    return found


def _differs(cell: Cell, sent: Answer, kept: _Kept | None) -> bool:
    asked = cell.asked
    before = asked.file.sha256 if asked and asked.file else ""
    after = kept.stored.sha256 if kept else ("" if sent.drop_file else before)
    return (asked.text if asked else "") != sent.text or before != after


def _says_nothing(cell: Cell, sent: Answer, kept: _Kept | None) -> bool:
    stays = cell.asked is not None and cell.asked.file is not None and not sent.drop_file
    return not sent.text and kept is None and not stays


def _write(cell: Cell, sent: Answer, kept: _Kept | None, by: Actor, now: datetime) -> None:
    if cell.asked is None or cell.requirement.id is None:
        raise LookupError(cell.item.number)
    key = (cell.asked.request_id, cell.requirement.id)
    row = db.session.get_one(CompletionItem, key)
    row.text = sent.text
    nothing = _says_nothing(cell, sent, kept)
    row.answered_at, row.answered_by_id = (None, None) if nothing else (now, by.user_id)
    if kept or sent.drop_file:
        _replace_file(key, kept, by, now)


def _replace_file(key: tuple[int, int], kept: _Kept | None, by: Actor, now: datetime) -> None:
    """The one before stays, taken away: what was received at a moment can be shown afterwards."""
    db.session.execute(
        update(CompletionFile)
        .where(
            CompletionFile.request_id == key[0],
            CompletionFile.requirement_id == key[1],
            CompletionFile.removed_at.is_(None),
        )
        .values(removed_at=now)
    )
    if kept is None:
        return
    db.session.add(
        CompletionFile(
            request_id=key[0],
            requirement_id=key[1],
            name=kept.name,
            kind=kept.kind,
            size=kept.stored.size,
            sha256=kept.stored.sha256,
            object_key=kept.stored.object_key,
            scanned=kept.scanned,
            uploaded_by_id=by.user_id,
            uploaded_at=now,
        )
    )


def _drop(kept: dict[int, _Kept], used: set[int]) -> None:
    """Objects that turned out to be what was there already."""
    for number in set(kept) - used:
        storage.delete(kept.pop(number).stored.object_key)


def _log_late(proposal_id: int, by: Actor) -> None:
    """Somebody who comes too late can show that they tried: in a transaction of its own."""
    with transaction() as now:
        call, found = _own(proposal_id, by, now)
        note("answer_refused_late", call, found, by, now)

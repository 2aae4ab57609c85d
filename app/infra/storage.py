"""Files outside the database, encrypted before a byte of them reaches a disk or a bucket.

An object is: mark (4 bytes) | prefix (7 bytes) | pieces. Each piece is AES-256-GCM of at most 1 MiB, under a
key of this one object, with nonce prefix | number (4 bytes) | last (1 byte): a piece that was changed, moved,
left out or cut off no longer opens. Source: the STREAM construction of Hoang, Reyhanitabar, Rogaway and
Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance" (CRYPTO 2015), section 7.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import obstore
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from app.domain.errors import DomainError
from app.infra.messages import register

PIECE = 1024 * 1024
_MARK, _PREFIX, _TAG = b"PWF1", 7, 16
_MEGABYTE = 1024 * 1024

register(
    {
        "file_too_large": "Dit bestand is te groot: hoogstens {megabytes} MB.",
        "storage_full": "Het bestand kon niet bewaard worden: er is een probleem met de opslag. Probeer het "
        "later opnieuw. Wat eerder bewaard was, is er nog.",
        "file_damaged": "Dit bestand is in de opslag beschadigd of verdwenen. Verwittig de beheerder.",
    }
)


class TooLarge(DomainError):
    """There is more than `limit` bytes of it; nothing was kept."""

    def __init__(self, limit: int) -> None:
        super().__init__("file_too_large", megabytes=limit // _MEGABYTE)


class StorageFull(DomainError):
    """The disk is full, or the storage does not answer; nothing was kept."""

    def __init__(self) -> None:
        super().__init__("storage_full")


class Damaged(DomainError):
    """What is in the storage is not what was put there, or it is gone."""

    def __init__(self) -> None:
        super().__init__("file_damaged")


@dataclass(frozen=True)
class StoredObject:
    """`size` in bytes and `sha256` in hex, both of the file itself, not of what lies in the storage."""

    object_key: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Listed:
    """An object as the storage knows it; `changed_at` aware UTC."""

    object_key: str
    changed_at: datetime


def put(stream: BinaryIO, key: bytes, *, limit: int) -> StoredObject:
    """Keep what `stream` holds, read in pieces, under a name drawn by lot. `key` is 32 bytes.

    The whole object is there afterwards, or nothing of it. Raises TooLarge, StorageFull.
    """
    name = secrets.token_hex(20)
    object_key = f"{name[:2]}/{name[2:4]}/{name}"
    counted = _Counted(stream, limit)
    try:
        obstore.put(_store(), object_key, _sealed(counted, key, object_key))
        _settle(object_key)
    except (BaseError, OSError):
        delete(object_key)
        raise StorageFull from None
    return StoredObject(object_key, counted.size, counted.digest.hexdigest())


def read(object_key: str, key: bytes) -> Iterator[bytes]:
    """The file, piece by piece, each one verified before it is handed over. Raises Damaged, also at the end
    when the last piece is not there."""
    try:
        chunks = iter(obstore.get(_store(), object_key).stream(PIECE))
        yield from _opened(chunks, key, object_key)
    except (BaseError, OSError):
        raise Damaged from None


def delete(object_key: str) -> None:
    """Take an object away; one that is not there is no error. Raises StorageFull when it stays."""
    try:
        obstore.delete(_store(), object_key)
    except FileNotFoundError:
        return
    except (BaseError, OSError):
        raise StorageFull from None


def listing() -> Iterator[Listed]:
    """Every whole object, in no order."""
    for chunk in obstore.list(_store()):
        for one in chunk:
            yield Listed(one["path"], one["last_modified"])


def remove_unfinished(before: datetime) -> int:
    """Take away what a process that was killed left half written before this moment; how many there were.
    A bucket does this itself (docs/operations.md)."""
    folder, taken = _folder(), 0
    for path in folder.rglob("*#*") if folder else ():
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)
            taken += 1
    return taken


class _Counted:
    """A stream that counts and hashes what is read, and stops beyond its limit."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream, self._limit = stream, limit
        self.size, self.digest = 0, sha256()

    def pieces(self) -> Iterator[bytes]:
        while piece := self._piece():
            self.size += len(piece)
            if self.size > self._limit:
                raise TooLarge(self._limit)
            self.digest.update(piece)
            yield piece

    def _piece(self) -> bytes:
        """A whole piece, also from a stream that gives less than it was asked for."""
        parts, wanted = [], PIECE
        while wanted and (part := self._stream.read(wanted)):
            parts.append(part)
            wanted -= len(part)
        return b"".join(parts)


def _sealed(counted: _Counted, key: bytes, object_key: str) -> Iterator[bytes]:
    prefix = secrets.token_bytes(_PREFIX)
    box = _box(key, object_key)
    yield _MARK + prefix
    for number, (piece, last) in enumerate(_with_last(counted.pieces())):
        yield box.encrypt(_nonce(prefix, number, last), piece, None)


def _opened(chunks: Iterator[Any], key: bytes, object_key: str) -> Iterator[bytes]:
    boxes = _in_boxes(chunks)
    head = next(boxes)
    if len(head) != len(_MARK) + _PREFIX or not head.startswith(_MARK):
        raise Damaged
    box, prefix = _box(key, object_key), head[len(_MARK) :]
    for number, (piece, last) in enumerate(_with_last(boxes)):
        try:
            yield box.decrypt(_nonce(prefix, number, last), piece, None)
        except InvalidTag:
            raise Damaged from None


def _in_boxes(chunks: Iterator[Any]) -> Iterator[bytes]:
    """The head, then the encrypted pieces, out of chunks of any length."""
    held, wanted = bytearray(), len(_MARK) + _PREFIX
    for chunk in chunks:
        held += bytes(chunk)
        while len(held) >= wanted:
            yield bytes(held[:wanted])
            del held[:wanted]
            wanted = PIECE + _TAG
    if held or wanted != PIECE + _TAG:
        yield bytes(held)


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last; nothing at all is one empty piece."""
    held: bytes | None = None
    for piece in pieces:
        if held is not None:
            yield held, False
        held = piece
    yield held or b"", True


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _box(key: bytes, object_key: str) -> AESGCM:
    """A key for one object: its bytes under another name no longer open."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"file:{object_key}".encode())
    return AESGCM(derivation.derive(key))


def _store() -> Any:
    return _store_at(current_app.config["SETTINGS"].files)


@lru_cache(maxsize=8)
def _store_at(place: str) -> Any:
    return from_url(place) if "://" in place else LocalStore(place, mkdir=True)


def _folder() -> Path | None:
    place = current_app.config["SETTINGS"].files
    return None if "://" in place else Path(place)


def _settle(object_key: str) -> None:
    """On a disk of our own: come back only when the bytes, and the name, would survive a power cut."""
    folder = _folder()
    if folder is None:
        return
    for one in (folder / object_key, *(folder / parent for parent in Path(object_key).parents)):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Keeping database and storage in step: objects without a row go, rows without their object are told.

Every table that refers to an object has a column `object_key`; that is how they are found. A feature tells
how its files are checked in the setting STORED_FILES: functions that give StoredFile.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import structlog
from flask import current_app
from sqlalchemy import select

from app.infra import storage
from app.infra.database import db
from app.infra.sweeps import rhythm

log = structlog.get_logger()
GRACE = timedelta(days=1)
EVERY = timedelta(hours=6)
_COLUMN = "object_key"
_swept: dict[str, datetime] = {}


@dataclass(frozen=True)
class StoredFile:
    """What a row says about its object. `row` names it without telling anything: "attachment:12"."""

    row: str
    object_key: str
    size: int
    sha256: str
    key: bytes


Source = Callable[[], Iterable[StoredFile]]


def referred() -> set[str]:
    """Every object that some row refers to."""
    found: set[str] = set()
    for table in db.metadata.sorted_tables:
        if _COLUMN in table.c:
            found |= set(db.session.scalars(select(table.c[_COLUMN])))
    return found


@rhythm(timedelta(hours=1))
def sweep_objects(now: datetime) -> None:
    """Take away, four times a day, the objects that no row refers to and that are older than a day: of
    uploads that were refused, or that a stopped process left behind. The log tells that it happened, not how
    many: before an opening that would count who uploads."""
    place = current_app.config["SETTINGS"].files
    if now - _swept.get(place, now - EVERY) < EVERY:
        return
    _swept[place] = now
    taken = remove_unreferred(now)
    unfinished = storage.remove_unfinished(now - GRACE)
    if taken or unfinished:
        log.info("files swept")


def remove_unreferred(now: datetime) -> int:
    """How many objects were taken away. The rows are read after the list of objects: what was added in
    between is not touched."""
    old = [one.object_key for one in storage.listing() if one.changed_at < now - GRACE]
    db.session.rollback()  # a read that began earlier would not see the newest rows
    kept = referred() if old else set()
    loose = [one for one in old if one not in kept]
    for object_key in loose:
        storage.delete(object_key)
    return len(loose)


def examine_all() -> Iterator[tuple[str, str]]:
    """(row, "" or what is wrong: "damaged", "different") for every file that a feature told of."""
    sources: tuple[Source, ...] = current_app.config.get("STORED_FILES", ())
    for source in sources:
        for file in source():
            yield file.row, _problem(file)


def _problem(file: StoredFile) -> str:
    size, digest = 0, sha256()
    try:
        for piece in storage.read(file.object_key, file.key):
            size += len(piece)
            digest.update(piece)
    except storage.Damaged:
        return "damaged"
    return "" if (size, digest.hexdigest()) == (file.size, file.sha256) else "different"

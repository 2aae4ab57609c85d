"""One at a time among all processes of an installation, by a lock that dies with who holds it.

The lock is where the work is: beside a SQLite file a lock of the kernel, on PostgreSQL an advisory lock of a
connection of its own. Nobody has to clear away what a killed worker held.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import text

from app.infra.database import db

PAUSE = 0.1


@contextmanager
def alone(name: str, *, wait: float = 0.0) -> Iterator[bool]:
    """Whether we are the only one with `name`, for as long as the block lasts; waits at most `wait` seconds
    for who is."""
    on_server = db.engine.dialect.name == "postgresql"
    with (_on_postgres if on_server else _beside_file)(name, wait) as only:
        yield only


@contextmanager
def _beside_file(name: str, wait: float) -> Iterator[bool]:
    file = db.engine.url.database
    if not file or file == ":memory:":
        yield True
        return
    folder = f"{os.path.abspath(file)}.locks"
    os.makedirs(folder, exist_ok=True)
    handle = os.open(os.path.join(folder, name), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _tried(lambda: _locked(handle), wait)
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)  # closing is not enough when a child has the handle too
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _on_postgres(name: str, wait: float) -> Iterator[bool]:
    key = int.from_bytes(hashlib.sha256(f"alone:{name}".encode()).digest()[:8], "big", signed=True)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        take, release = text("SELECT pg_try_advisory_lock(:key)"), text("SELECT pg_advisory_unlock(:key)")
        got = _tried(lambda: bool(connection.scalar(take, {"key": key})), wait)
        try:
            yield got
        finally:
            if got:
                connection.execute(release, {"key": key})


def _tried(take: Callable[[], bool], wait: float) -> bool:
    until = time.monotonic() + wait
    while not (got := take()) and time.monotonic() < until:
        time.sleep(PAUSE)
    return got

"""The database, and the one way to write to it.

SQLite: foreign keys on; write-ahead log only where the library is 3.51.3 or newer (older ones can corrupt
it in a rare race), else the rollback journal with synchronous=EXTRA. Readers begin DEFERRED, `transaction`
begins IMMEDIATE. PostgreSQL: `transaction` takes one advisory lock, so that on both databases writes happen
one after another and the order of moments is that of the log (docs/decisions/0003-moment-that-counts.md).
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Dialect, MetaData, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

from app.infra import clock

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
WRITE_LOCK = 7_402_316
WAL_SAFE_FROM = (3, 51, 3)
# Writers of one process wait here and go on at once.
_TURN = Lock()


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime; naive values are refused rather than guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is no instant")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Instant, dict[str, Any]: JSON, list[str]: JSON},
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate()


def init_database(app: Flask) -> None:
    """Bind the database and prepare every SQLite connection."""
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True, compare_type=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _prepare_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the "begin" event opens transactions, not the driver
    wal = sqlite3.sqlite_version_info >= WAL_SAFE_FROM
    connection.execute("PRAGMA busy_timeout = 15000")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA journal_mode = {'WAL' if wal else 'DELETE'}")
    connection.execute(f"PRAGMA synchronous = {'FULL' if wal else 'EXTRA'}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _turn_among_processes() -> Iterator[None]:
    """Wait for the turn to write to a SQLite file, and go on the moment it comes.

    SQLite lets who finds it locked sleep and look again; of fifty processes some are unlucky for longer than
    any patience. The lock is on the folder: no file to make or to forget, and the kernel takes it back from a
    process that is killed. Never on the database itself: closing that would drop the locks of SQLite.
    """
    file = db.engine.url.database if db.engine.dialect.name == "sqlite" else None
    if not file or file == ":memory:":
        yield
        return
    folder = os.open(os.path.dirname(os.path.abspath(file)), os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        fcntl.flock(folder, fcntl.LOCK_UN)  # closing is not enough when a child has the handle too
        os.close(folder)


@contextmanager
def transaction() -> Iterator[datetime]:
    """Write: everything inside is committed together, or nothing is.

    Yields the moment that counts (aware UTC), read after the write lock is held. A transaction inside a
    transaction joins it. Rows loaded before are refreshed when used: what is checked inside is current.
    """
    session = db.session
    if "moment" in session.info:
        yield session.info["moment"]
        return
    session.rollback()
    with _TURN, _turn_among_processes():
        connection = session.connection(execution_options={"writes": True})
        if connection.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})
        session.info["moment"] = clock.read()
        try:
            yield session.info["moment"]
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("moment", None)
            afterwards = session.info.pop("afterwards", [])
    for act in afterwards:
        act()


def after_commit(act: Callable[[], None]) -> None:
    """Do `act` once the transaction we are in is committed and its lock is free, and never when it is rolled
    back; outside a transaction now. It may be lost with the process, so nothing may depend on it; it must not
    raise."""
    if "moment" in db.session.info:
        db.session.info.setdefault("afterwards", []).append(act)
    else:
        act()

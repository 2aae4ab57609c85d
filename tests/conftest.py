"""The test database is migrated once per worker and laid back before every test that uses it.

PARTNERWIJZER_TEST_DATABASE_URL names a PostgreSQL server's database (see `make test-postgres`); each
worker gets its own. Without it, SQLite files in a temporary folder.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import create_engine, make_url, text

from app import create_app
from app.infra import clock
from app.infra.database import db
from app.infra.remembered import forget
from config import Settings
from tests.secrets import SECRETS


class Client(FlaskClient):
    """Ends the read of the test itself before each request: on SQLite it would hold up the writer. Forgets
    what `g` kept of the request before: the context of the test lives on, a real one would not. Reads each
    answer to its end, as a browser does: one left halfway would hold its context."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.rollback()
        for name in list(g):
            g.pop(name)
        return super().open(*args, **{"buffered": True, **kwargs})

    def sign_in(self, user: Any) -> "Client":
        with self.session_transaction() as session:
            session["_user_id"] = user.fs_uniquifier
            session["_fresh"] = True
            session["fs_cc"] = "set"
        return self


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    given = os.environ.get("PARTNERWIJZER_TEST_DATABASE_URL")
    if not given:
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.sqlite3'}"
    own = make_url(given).set(database=f"partnerwijzer_test_{worker_id}")
    with create_engine(given, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{own.database}"'))
        connection.execute(text(f'CREATE DATABASE "{own.database}"'))
    return own.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def migrated_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application per worker on a migrated database; SQLite keeps a clean copy beside it."""
    settings = Settings(
        **SECRETS,
        database_url=database_url,
        files=str(tmp_path_factory.mktemp("files")),
        mail_folder=tmp_path_factory.mktemp("mail"),
    )
    app = create_app(settings)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["IMPORT_WAIT_SECONDS"] = 60.0
    app.test_client_class = Client
    with app.app_context():
        upgrade(directory=str(Path(__file__).parents[1] / "migrations"))
        db.session.remove()
        db.engine.dispose()
    if database_url.startswith("sqlite"):
        path = Path(make_url(database_url).database or "")
        shutil.copy(path, path.with_suffix(".clean"))
    return app


@pytest.fixture
def app(migrated_app: Flask, database_url: str) -> Iterator[Flask]:
    """The application on a clean database, with its context pushed; the clock is put right afterwards."""
    with migrated_app.app_context():
        yield migrated_app
        migrated_app.extensions.pop("matching", None)  # what was read from the database that goes
        forget()  # and what was worked out from it: the next test has other rows under the same numbers
        db.session.remove()
        _lay_back(database_url)
    clock.set_to(None)


def _lay_back(database_url: str) -> None:
    if database_url.startswith("sqlite"):
        db.engine.dispose()
        path = Path(make_url(database_url).database or "")
        for left in path.parent.glob(f"{path.name}-*"):
            left.unlink()
        shutil.copy(path.with_suffix(".clean"), path)
        return
    tables = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
    with db.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def at(app: Flask) -> Any:
    """Move the clock: `at("2023-06-01T10:00")` (Brussels time)."""

    def move(moment: str | datetime) -> None:
        clock.set_to(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)

    return move


@pytest.fixture
def still(at: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """As `at`, but there the clock stands: for answers that are compared byte by byte."""
    moment = clock.read()
    monkeypatch.setattr(clock, "_system", lambda: moment)
    return at

"""A whole installation for a test of faults: a database of its own, gunicorn, and people with a browser.

Everything is real: processes, sockets, disks. Counts come from the environment: FAULTS=small keeps a run
short, without it the numbers are those of the promise.
"""

import http.client
import os
import random
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import create_engine, make_url, text

from app import create_app
from app.infra.database import db
from config import ROOT, Settings
from tests.conftest import Client
from tests.secrets import SECRETS, as_environment

SMALL = os.environ.get("FAULTS") == "small"
PATIENCE = 60.0  # seconds before a process that does not answer is called broken; nothing is measured by it
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def size(full: int, small: int) -> int:
    """How often: the promised number, or a few for a run between other tests."""
    return small if SMALL else full


def new_database(folder: Path) -> str:
    """The address of an empty database: a file, or one on the server that the tests were given."""
    given = os.environ.get("PARTNERWIJZER_TEST_DATABASE_URL")
    if not given:
        return f"sqlite:///{folder / 'partnerwijzer.sqlite3'}"
    own = make_url(given).set(database=f"partnerwijzer_faults_{random.randrange(10**9)}")
    with create_engine(given, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{own.database}"'))
    return own.render_as_string(hide_password=False)


class Installation:
    """Settings, a migrated database, and the application in this process to look at what came of it."""

    def __init__(self, folder: Path, *, database: Path | None = None, files: Path | None = None) -> None:
        self.folder = folder
        self.url = f"sqlite:///{database}" if database else new_database(folder)
        self.files = files or folder / "files"
        self.app: Flask = create_app(
            Settings(**SECRETS, database_url=self.url, files=str(self.files), mail_folder=folder / "mail")
        )
        self.app.test_client_class = Client
        with self.app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            db.session.remove()
            db.engine.dispose()

    @property
    def on_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def database_file(self) -> Path:
        return Path(make_url(self.url).database or "")

    def environment(self, **more: str) -> dict[str, str]:
        return {
            **os.environ,
            **as_environment(),
            "PARTNERWIJZER_DATABASE_URL": self.url,
            "PARTNERWIJZER_FILES": str(self.files),
            "PARTNERWIJZER_MAIL_FOLDER": str(self.folder / "mail"),
            "PARTNERWIJZER_LOG": "off",
            **more,
        }

    def cookie_of(self, user: Any) -> str:
        """A session as the sign-in page gives it."""
        client: Any = self.app.test_client()
        found = client.sign_in(user).get_cookie("session")
        assert found is not None
        return str(found.value)

    @contextmanager
    def serving(self, **environment: str) -> Iterator["Server"]:
        """gunicorn, as `make run` starts it, until the end of the block."""
        port = free_port()
        binary, settings = Path(sys.executable).parent / "gunicorn", ROOT / "tools" / "gunicorn_conf.py"
        command = [str(binary), "--config", str(settings), "wsgi:app", "--bind", f"127.0.0.1:{port}"]
        with (self.folder / "gunicorn.log").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(**environment), stdout=log, stderr=log
            )
        server = Server(port, psutil.Process(process.pid))
        try:
            server.wait_until_ready()
            yield server
        finally:
            process.terminate()
            process.wait(PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@dataclass(frozen=True)
class Server:
    port: int
    master: psutil.Process

    def workers(self) -> list[psutil.Process]:
        return [one for one in self.master.children() if _lives(one)]

    def wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if Visitor(self.port).get("/readyz").status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def number(self) -> str:
        """The receipt number in the address one is sent to after handing in; "" without one."""
        return str(self.headers.get("Location", "")).partition("nummer=")[2]


@dataclass
class Visitor:
    """As much of a browser as handing in needs. A lost connection is an OSError or HTTPException."""

    port: int
    cookie: str = ""
    token: str = field(default="", init=False)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def open_form(self, path: str) -> Answer:
        """Read a page and keep the token of its form."""
        answer = self.get(path)
        found = TOKEN.search(answer.text)
        assert found is not None, (answer.status, answer.text[:500])
        self.token = found[1]
        return answer

    def post(self, path: str, **fields: str) -> Answer:
        body = urlencode({"csrf_token": self.token, **fields}).encode()
        return self._ask("POST", path, body, "application/x-www-form-urlencoded")

    def upload(self, path: str, name: str, data: bytes) -> Answer:
        kind, body = form_body({"csrf_token": self.token}, name, data)
        return self._ask("POST", path, body, kind)

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": f"session={self.cookie}"}
        if body is not None:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read().decode())
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            if (morsel := SimpleCookie(line).get("session")) is not None:
                self.cookie = morsel.value
        return answer


def form_body(fields: dict[str, str], name: str, data: bytes) -> tuple[str, bytes]:
    """(content type, body) of a form with one file."""
    edge = "----rand" + secrets.token_hex(8)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{text}\r\n'.encode()
        for field, text in fields.items()
    ]
    parts.append(
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
    )
    return f"multipart/form-data; boundary={edge}", b"".join([*parts, data, f"\r\n--{edge}--\r\n".encode()])

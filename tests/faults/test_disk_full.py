"""A disk that fills up: said in words, nothing half, and it works again when there is room.

Two ways to have no room. A small file system of its own (needs the right to mount one), and a limit on the
size of what the worker may write (`prlimit`), which any user can set on an own process.
"""

import re
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.infra import storage
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.proposals.models import Attachment, Proposal, Submission
from tests.faults.aftermath import check_everything
from tests.faults.crowd import organisations
from tests.faults.installation import Answer, Installation, Server, Visitor

pytestmark = pytest.mark.faults
MEGABYTE = 1024 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("mounting a small file system is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """To the last byte."""
    ballast = disk / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file:
            for size in (MEGABYTE, 4096, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    continue
        yield
    finally:
        ballast.unlink()


@contextmanager
def limited(server: Server, size: int) -> Iterator[None]:
    """No worker writes beyond so many bytes of a file."""
    workers = server.workers()
    before = {one.pid: resource.prlimit(one.pid, resource.RLIMIT_FSIZE) for one in workers}
    try:
        for pid, (_soft, hard) in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


class Person:
    """An owner with a complete draft, who has the pages to write it and to hand it in before them."""

    def __init__(self, installation: Installation, server: Server) -> None:
        _, (one,) = organisations(1)
        self.path = f"/kandidaturen/{one['proposal']}"
        cookie = installation.cookie_of(db.session.get_one(User, one["user"]))
        db.session.remove()
        self.visitor = Visitor(server.port, cookie)
        writing = self.visitor.open_form(f"{self.path}/algemeen")
        seen = re.search(r'name="version"[^>]*value="([^"]+)"', writing.text)
        assert seen is not None
        self.seen = seen[1]

    def hand_in(self) -> Answer:
        return self.visitor.post(f"{self.path}/indienen", key="sleutel")

    def save(self) -> Answer:
        fields = {"summary": "Een zin die niet verloren gaat.", "version": self.seen}
        return self.visitor.post(f"{self.path}/algemeen", **fields)

    def upload(self, size: int) -> Answer:
        lines = b"een regel tekst\n" * (size // 16)
        return self.visitor.upload(f"{self.path}/bijlagen", "verslag.txt", lines)


def assert_nothing_was_kept() -> None:
    db.session.rollback()
    for model in (Submission, AuditEntry, OutboxMessage, Attachment):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0, model.__name__
    db.session.rollback()


def assert_it_works_again(person: Person) -> None:
    number = person.hand_in().number
    assert number and person.hand_in().number == number
    assert check_everything()["submissions"] == 1


def assert_said(answer: Answer) -> None:
    assert answer.status == 507, (answer.status, answer.text[:300])
    assert "zijn schijf is vol" in answer.text and "niets half bewaard" in answer.text


def test_the_disk_of_the_database_is_full(tmp_path: Path, small_disk: Path) -> None:
    installation = Installation(tmp_path, database=small_disk / "partnerwijzer.sqlite3")
    with installation.app.app_context(), installation.serving() as server:
        person = Person(installation, server)
        with filled(small_disk):
            assert_said(person.hand_in())
            kept = person.save()
            assert_said(kept)
            assert "Een zin die niet verloren gaat." in kept.text  # what was typed comes back
            assert_nothing_was_kept()
            assert person.visitor.get(f"{person.path}/indienen").status == 200  # reading goes on
        assert_it_works_again(person)


def test_a_worker_may_not_write_any_more(tmp_path: Path) -> None:
    """SQLite says "disk I/O error" then; on PostgreSQL it is the server that writes."""
    installation = Installation(tmp_path)
    if not installation.on_sqlite:
        pytest.skip("the database server is another process")
    with installation.app.app_context(), installation.serving() as server:
        person = Person(installation, server)
        with limited(server, 4096):
            assert_said(person.hand_in())
            assert_said(person.save())
            assert_nothing_was_kept()
        assert_it_works_again(person)


def test_the_disk_of_the_files_is_full(tmp_path: Path, small_disk: Path) -> None:
    installation = Installation(tmp_path, files=small_disk / "files")
    with installation.app.app_context(), installation.serving() as server:
        person = Person(installation, server)
        with filled(small_disk):
            answer = person.upload(3 * MEGABYTE)
            assert answer.status == 422 and "probleem met de opslag" in answer.text
            assert_no_file()
        answer = person.upload(20 * MEGABYTE)  # begins, and runs out of room half-way
        assert answer.status == 422 and "probleem met de opslag" in answer.text
        assert_no_file()
        assert person.upload(3 * MEGABYTE).status == 302
        assert db.session.scalar(select(func.count(Attachment.id))) == 1
        assert len(list(storage.listing())) == 1


def test_a_worker_may_not_write_such_a_large_file(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    with installation.app.app_context(), installation.serving() as server:
        person = Person(installation, server)
        with limited(server, 4 * MEGABYTE):
            answer = person.upload(6 * MEGABYTE)
            assert answer.status == 422 and "probleem met de opslag" in answer.text
            assert_no_file()
        assert person.upload(6 * MEGABYTE).status == 302
        assert db.session.scalar(select(func.count(Attachment.id))) == 1


def assert_no_file() -> None:
    """No row, no object, and nothing half beside them."""
    db.session.rollback()
    assert db.session.scalar(select(func.count(Attachment.id))) == 0
    proposal = db.session.scalars(select(Proposal)).one()
    assert proposal.version == 1
    db.session.rollback()
    assert list(storage.listing()) == []
    folder = storage._folder()
    assert folder is not None and not [one for one in folder.rglob("*") if one.is_file()]

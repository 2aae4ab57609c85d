"""What began before the deadline and ended after it is late: over a real socket, byte after byte."""

import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.audit.models import AuditEntry
from app.infra import clock, storage
from app.infra.database import db, transaction
from app.proposals.models import Attachment, Submission
from tests.faults.crowd import organisations
from tests.faults.installation import PATIENCE, Installation, Visitor, form_body

pytestmark = pytest.mark.faults
UNTIL = timedelta(seconds=3)


class Slow:
    """An owner on a call whose deadline is seconds away, who sends the last part of a form after it."""

    def __init__(self, installation: Installation, port: int) -> None:
        addendum_id, (one,) = organisations(1)
        self.path = f"/kandidaturen/{one['proposal']}"
        self.visitor = Visitor(port, installation.cookie_of(db.session.get_one(User, one["user"])))
        self.visitor.open_form(f"{self.path}/indienen")
        with transaction():
            self.deadline = clock.read() + UNTIL
            db.session.get_one(Addendum, addendum_id).deadline = self.deadline
        db.session.remove()

    def send(self, path: str, kind: str, body: bytes) -> str:
        """The whole answer. Half of the body leaves before the deadline, the rest drips in after it."""
        head = (
            f"POST {self.path}{path} HTTP/1.1\r\nHost: 127.0.0.1:{self.visitor.port}\r\n"
            f"Cookie: session={self.visitor.cookie}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", self.visitor.port), timeout=PATIENCE) as line:
            line.sendall(head.encode() + body[: len(body) // 2])
            assert clock.read() < self.deadline
            while clock.read() < self.deadline:
                time.sleep(0.1)
            for piece in parts(body[len(body) // 2 :], 4):
                line.sendall(piece)
                time.sleep(0.05)
            return b"".join(iter(lambda: line.recv(65536), b"")).decode()


def parts(data: bytes, number: int) -> Iterator[bytes]:
    step = len(data) // number + 1
    yield from (data[at : at + step] for at in range(0, len(data), step))


def attempts() -> list[str]:
    return [
        entry.details["attempt"]
        for entry in db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "proposal.refused_late")
        )
    ]


def test_an_upload_that_ends_after_the_deadline_is_late(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    with installation.app.app_context(), installation.serving() as server:
        slow = Slow(installation, server.port)
        fields = {"csrf_token": slow.visitor.token}
        kind, body = form_body(fields, "verslag.txt", b"een regel tekst\n" * 100_000)
        answer = slow.send("/bijlagen", kind, body)
        assert answer.startswith("HTTP/1.1 403") and "afgesloten" in answer
        assert db.session.scalar(select(func.count(Attachment.id))) == 0
        assert list(storage.listing()) == []
        assert attempts() == ["attach"]


def test_a_form_whose_last_byte_comes_after_the_deadline_is_late(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    with installation.app.app_context(), installation.serving() as server:
        slow = Slow(installation, server.port)
        body = f"csrf_token={slow.visitor.token}&key=laat".encode()
        answer = slow.send("/indienen", "application/x-www-form-urlencoded", body)
        assert answer.startswith("HTTP/1.1 403") and "Te laat" in answer
        assert db.session.scalar(select(func.count(Submission.id))) == 0
        assert attempts() == ["submit"]

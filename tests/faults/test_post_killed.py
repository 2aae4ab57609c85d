"""kill -9 of the worker in the middle of delivering decisions to a real mail server: all arrive, nobody gets
one twice but by a kill, and then under the same Message-ID.

A worker of its own process delivers 500 mails with their letters over loopback SMTP; a hundred times it is
killed at a random moment, and started anew (tests.faults.postman: the worker of `jobs work`).
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import psutil
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.notifications.services import Recipient, enqueue
from config import ROOT
from tests.faults.installation import PATIENCE, Installation, free_port, size

pytestmark = pytest.mark.faults
MAILS = size(500, 60)
KILLS = size(100, 6)
LETTER = b"%PDF-1.7 " + b"x" * 40_000


class Mailbox:
    """A mail server that notes each message it accepted, at the moment it says so."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, str]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.accepted.append((message_from_bytes(envelope.content)["Message-ID"], envelope.rcpt_tos[0]))
        return "250 accepted"


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def queue_decisions(place: Installation) -> None:
    with place.app.app_context():
        with transaction() as now:
            for number in range(MAILS):
                enqueue(
                    "decision",
                    to=Recipient(f"p{number}@voorbeeld.be", "An Peeters"),
                    subject="Beslissing over de kandidatuur",
                    template="accounts/mail_password_changed",
                    at=now,
                    attachment=("beslissing.pdf", LETTER),
                    link="https://x",
                    changed_at=now,
                )
        db.session.remove()


def left(place: Installation) -> int:
    with place.app.app_context():
        count = db.session.scalar(select(func.count()).where(OutboxMessage.sent_at.is_(None)))
        db.session.remove()
    return int(count or 0)


class Postman:
    """The process that forks workers: each is killed or ends, and the next is there in milliseconds."""

    def __init__(self, place: Installation, port: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.postman"],
            cwd=ROOT,
            env=place.environment(
                PARTNERWIJZER_MAIL_BACKEND="smtp",
                PARTNERWIJZER_SMTP_HOST="127.0.0.1",
                PARTNERWIJZER_SMTP_PORT=str(port),
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"

    def start(self) -> int:
        """The id of a worker that begins to deliver now."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return int(self._line())

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE)


def test_five_hundred_decisions_and_a_hundred_kills(place: Installation) -> None:
    queue_decisions(place)
    mailbox, port = Mailbox(), free_port()
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    postman = Postman(place, port)
    chance = random.Random(7)
    kills, begun = 0, time.monotonic()
    try:
        while kills < KILLS:
            wanted = len(mailbox.accepted) + chance.randint(0, max(1, 2 * MAILS // KILLS - 3))
            worker = postman.start()
            _wait_for(mailbox, wanted, worker)
            time.sleep(chance.choice((0, chance.uniform(0, 0.05))))
            if not psutil.pid_exists(worker) or left(place) == 0:
                break
            os.kill(worker, signal.SIGKILL)
            kills += 1
        took = time.monotonic() - begun
        _until_all_left(place, postman)
    finally:
        postman.end()
        server.stop()
    _judge(place, mailbox, kills, took)


def _wait_for(mailbox: Mailbox, wanted: int, worker: int) -> None:
    until = time.monotonic() + 5
    while len(mailbox.accepted) < wanted and time.monotonic() < until and psutil.pid_exists(worker):
        time.sleep(0.001)


def _until_all_left(place: Installation, postman: Postman) -> None:
    """What was killed more than once waits some minutes: the wait is made short, the worker does the rest."""
    until = time.monotonic() + 10 * PATIENCE
    while left(place) and time.monotonic() < until:
        with place.app.app_context():
            with transaction() as now:
                for row in db.session.scalars(select(OutboxMessage).where(OutboxMessage.sent_at.is_(None))):
                    row.next_attempt_at = min(row.next_attempt_at, now + timedelta(seconds=1))
            db.session.remove()
        worker = postman.start()
        patience = time.monotonic() + 5
        while left(place) and time.monotonic() < patience:
            time.sleep(0.1)
        os.kill(worker, signal.SIGTERM)
        while psutil.pid_exists(worker):
            time.sleep(0.05)


def _judge(place: Installation, mailbox: Mailbox, kills: int, took: float) -> None:
    with place.app.app_context():
        rows = db.session.execute(select(OutboxMessage.message_id, OutboxMessage.to_address)).all()
        given_up = db.session.scalar(select(func.count()).where(OutboxMessage.given_up_at.is_not(None)))
        db.session.remove()
    arrived = Counter(mailbox.accepted)
    twice = sum(count - 1 for count in arrived.values())
    print(
        f"\n{len(rows)} mails, {kills} kills in {took:.0f} s: {len(arrived)} arrived, "
        f"{twice} once more under the same Message-ID, {given_up} given up"
    )
    assert kills >= KILLS * 0.9, "the workers were done before enough of them were killed"
    assert set(arrived) == {tuple(row) for row in rows}, "each mail arrived, under its own Message-ID"
    assert max(arrived.values()) <= 1 + kills and twice <= kills
    assert given_up == 0

"""kill -9 of a worker of gunicorn in the middle of handing in: nothing half, and no receipt that is not true.

Clients hand in over HTTP and try again with the same key until they have an answer, as a person does with a
page that did not load. A worker is stopped for an instant before it is killed, only to see in the lock table
whether it held the write lock: that is how many kills hit inside a transaction.
"""

import http.client
import os
import random
import secrets
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from sqlalchemy import func, select, text

from app.audit.heads import publish_head
from app.infra.database import db
from app.proposals.handing_in.submitting import submit_proposal
from app.proposals.models import Submission
from app.proposals.writing.merging import token
from tests import factories as make
from tests.faults.aftermath import check_everything
from tests.faults.installation import PATIENCE, Installation, Server, Visitor, size

pytestmark = pytest.mark.faults
KILLS = size(1000, 15)
CLIENTS = 6
RESERVED = 1_073_741_825  # the byte that SQLite locks as long as one writes


@dataclass
class Applicant:
    """One organisation that hands in again and again; `given` is {key: receipt number}."""

    proposal_id: int
    owner_id: int
    visitor: Visitor
    given: dict[str, str] = field(default_factory=dict)
    text: str = ""
    lost: int = 0
    strange: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/kandidaturen/{self.proposal_id}/indienen"

    def go_on(self, stop: threading.Event, asking: threading.Semaphore) -> None:
        while not stop.is_set() and not self.strange:
            key = secrets.token_urlsafe(12)
            self.write(key)
            for _ in range(2 if random.random() < 0.2 else 1):
                number = self.hand_in(key, asking)
                if self.given.setdefault(key, number) != number:
                    self.strange.append(f"{key}: {self.given[key]} and {number}")

    def write(self, text: str) -> None:
        """Something else than what stands, until it is kept: the same text twice is one version."""
        seen = token({"references": self.text})
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = self.visitor.post(
                    f"/kandidaturen/{self.proposal_id}/algemeen/bewaar", references=text, version=seen
                )
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)
                continue
            if answer.status != 200:
                self.strange.append(f"{answer.status}: {answer.text[:300]}")
            self.text = text
            return
        self.strange.append("no answer to a save")

    def hand_in(self, key: str, asking: threading.Semaphore) -> str:
        """Until there is an answer."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            asking.release()
            try:
                answer = self.visitor.post(self.path, key=key)
            except (OSError, http.client.HTTPException):
                self.lost += 1
                time.sleep(0.01)
                continue
            if answer.status != 302 or not answer.number:
                self.strange.append(f"{answer.status}: {answer.text[:300]}")
            return answer.number
        self.strange.append("no answer")
        return ""


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def applicants(installation: Installation, server: Server) -> list[Applicant]:
    call = make.make_call(make.make_region("Klein-Brabant Vaartland"))
    found = []
    for _ in range(CLIENTS):
        organisation = make.make_organisation()
        owner = make.make_member(organisation)
        proposal = make.make_proposal(call, organisation, owner)
        one = Applicant(proposal.id, owner.id, Visitor(server.port, installation.cookie_of(owner)))
        one.visitor.open_form(one.path)
        found.append(one)
    db.session.remove()
    return found


def writes_now(worker: psutil.Process, installation: Installation) -> bool:
    """Whether this process holds the write lock of the database."""
    if installation.on_sqlite:
        inode = installation.database_file.stat().st_ino
        held = (line.split() for line in Path("/proc/locks").read_text().splitlines())
        return any(
            int(one[4]) == worker.pid and one[5].endswith(f":{inode}") and int(one[6]) == RESERVED
            for one in held
            if one[1] == "POSIX"
        )
    ports = [one.laddr.port for one in worker.net_connections() if one.laddr]
    statement = text(
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
        "WHERE locktype = 'advisory' AND granted AND client_port = ANY(:ports)"
    )
    with db.engine.connect() as connection:
        return bool(connection.scalar(statement, {"ports": ports}))


def kill_one(server: Server, installation: Installation) -> bool:
    """kill -9 of any worker; whether it was inside a transaction. Comes back when another has its place."""
    worker = random.choice(server.workers())
    os.kill(worker.pid, signal.SIGSTOP)
    inside = writes_now(worker, installation)
    os.kill(worker.pid, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while (worker in (present := server.workers()) or len(present) < 2) and time.monotonic() < until:
        time.sleep(0.005)
    return inside


def kill_many(server: Server, installation: Installation, asking: threading.Semaphore) -> int:
    """How many of the kills were inside a transaction. Each comes shortly after a request began."""
    inside = 0
    for number in range(KILLS):
        while asking.acquire(blocking=False):
            pass
        assert asking.acquire(timeout=PATIENCE), "nobody asks any more"
        time.sleep(random.uniform(0, 0.03))
        inside += kill_one(server, installation)
        if number % 50 == 49:
            publish_head()
            db.session.remove()
            print(f"{number + 1} kills", flush=True)
    return inside


def test_every_receipt_is_true_whenever_a_worker_is_killed(installation: Installation) -> None:
    stop, asking = threading.Event(), threading.Semaphore(0)
    with installation.app.app_context(), installation.serving() as server:
        people = applicants(installation, server)
        threads = [threading.Thread(target=one.go_on, args=(stop, asking)) for one in people]
        for thread in threads:
            thread.start()
        try:
            inside = kill_many(server, installation, asking)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        strange = [line for one in people for line in one.strange]
        assert strange == []
    with installation.app.app_context():
        given = {number for one in people for number in one.given.values()}
        kept = set(db.session.scalars(select(Submission.receipt_number)))
        assert (
            given == kept
        )  # each key was answered in the end: none is missing, and none is without an answer
        found = check_everything()
        for one in people:
            by = make.actor_for(one.owner_id)
            for key, number in random.sample(sorted(one.given.items()), min(20, len(one.given))):
                assert submit_proposal(one.proposal_id, key=key, by=by).number == number
        assert db.session.scalar(select(func.count(Submission.id))) == len(given)
    lost = sum(one.lost for one in people)
    print(f"\n{KILLS} kills, {inside} inside a transaction, {lost} answers lost and asked again; {found}")
    assert inside > 0 and lost > 0

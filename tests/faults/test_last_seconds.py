"""10,000 times handing in within two seconds of the deadline: none on the wrong side, and in order.

No disk takes 10,000 writes in four seconds. So the clock of the application runs slower in this test (the one
hook is `infra.clock.set_to(speed=)`), the same clock in every process: four seconds of it last as long as the
writes need, and everything else is real: several processes, several threads, the service, the lock.
"""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.addenda.models import Addendum
from app.audit.models import AuditEntry
from app.infra.database import db
from app.proposals.models import Submission
from tests.faults.aftermath import order_is_time_order
from tests.faults.crowd import Told, let_write, organisations
from tests.faults.installation import Installation, size

pytestmark = pytest.mark.faults
ATTEMPTS = size(10_000, 300)
TRIAL = 60
WINDOW = timedelta(seconds=2)
MARGIN = 0.75  # how much of the window the attempts fill when the machine keeps its pace
PROCESSES, THREADS = 2, 4


class Rush:
    """One call and many applicants."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.addendum_id, self.people = organisations(40)
        deadline = db.session.get_one(Addendum, self.addendum_id).deadline
        assert deadline is not None
        self.deadline = deadline
        db.session.remove()

    def attempts(self, number: int, moment: datetime, speed: float = 1.0) -> list[Told]:
        jobs = [
            {**self.people[at % len(self.people)], "key": secrets.token_hex(8), "kind": "hand_in"}
            for at in range(number)
        ]
        shares = [jobs[share::PROCESSES] for share in range(PROCESSES)]
        return let_write(self.installation, shares, threads=THREADS, moment=moment, speed=speed)

    def pace(self, moment: datetime) -> float:
        """Seconds that this machine needs for one attempt."""
        told = self.attempts(TRIAL, moment)
        spent = max(one.after for one in told) - min(one.before for one in told)
        return spent.total_seconds() / TRIAL


def paces(folder: Path) -> tuple[float, float]:
    """Of an attempt in time and of one that is late, tried on an installation of its own."""
    folder.mkdir()
    trial = Installation(folder)
    with trial.app.app_context():
        rush = Rush(trial)
        return rush.pace(rush.deadline - timedelta(hours=1)), rush.pace(rush.deadline + timedelta(hours=1))


def test_none_is_misclassified(tmp_path: Path) -> None:
    in_time, late = paces(tmp_path / "trial")
    half, room = ATTEMPTS / 2, WINDOW.total_seconds() * MARGIN
    speed = room / (half * max(in_time, late))
    installation = Installation(tmp_path)
    with installation.app.app_context():
        rush = Rush(installation)
        begin = rush.deadline - timedelta(seconds=half * in_time * speed)
        told = rush.attempts(ATTEMPTS, begin, speed)
        assert len(told) == ATTEMPTS and {one.error for one in told} <= {"", "too_late"}
        for one in told:
            assert_classified(one, rush.deadline)
        assert_kept(told, rush.deadline)
        first, last = (pick(one.before for one in told) - rush.deadline for pick in (min, max))
        on_time = sum(not one.error for one in told)
        print(
            f"\n{on_time} in time and {len(told) - on_time} late, from {first.total_seconds():+.2f} s to "
            f"{last.total_seconds():+.2f} s of the deadline, clock at {speed:.3f}"
        )
        assert min(on_time, len(told) - on_time) > ATTEMPTS / 10


def assert_classified(one: Told, deadline: datetime) -> None:
    """In time is what has a moment before the deadline, and that moment lies within the attempt."""
    if one.error:
        assert one.after >= deadline, one
        assert not one.number
        return
    assert one.at is not None and one.before <= one.at <= one.after, one
    assert one.at < deadline, one
    assert one.before < deadline, one


def assert_kept(told: list[Told], deadline: datetime) -> None:
    """What the database has is what was told, in one order, with every refusal after every receipt."""
    submissions = list(db.session.scalars(select(Submission)))
    assert {one.receipt_number: one.submitted_at for one in submissions} == {
        one.number: one.at for one in told if one.number
    }
    order_is_time_order(submissions)
    log = {
        action: list(
            db.session.execute(select(AuditEntry.seq, AuditEntry.at).where(AuditEntry.action == action))
        )
        for action in ("proposal.submitted", "proposal.refused_late")
    }
    accepted, refused = log["proposal.submitted"], log["proposal.refused_late"]
    assert len(refused) == sum(one.error == "too_late" for one in told)
    assert all(row.at < deadline for row in accepted) and all(row.at >= deadline for row in refused)
    assert max(row.seq for row in accepted) < min(row.seq for row in refused)

"""10,000 times handing in within two seconds of the deadline: none on the wrong side, and in order.

No disk takes 10,000 writes in four seconds. So the clock of the application runs slower in this test (the one
hook is `infra.clock.set_to(speed=)`), the same clock in every process: four seconds of it last as long as the
writes need. They come in nine waves. Everything else is real: several processes and threads, the service,
the lock.
"""

import secrets
from dataclasses import dataclass
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
WAVES = 9
SLOT = timedelta(seconds=4) / 10  # nine of them, from 1.8 s before to 1.8 s after
MARGIN = 0.75  # how much of its slot a wave fills when the machine keeps its pace
PROCESSES, THREADS = 2, 8


@dataclass(frozen=True)
class Wave:
    """What was told, when the last one ended, and how long an attempt took on the clock of the machine."""

    told: list[Told]
    ends: datetime
    pace: float


class Rush:
    """One call and many applicants."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.addendum_id, self.people = organisations(40)
        deadline = db.session.get_one(Addendum, self.addendum_id).deadline
        assert deadline is not None
        self.deadline = deadline
        db.session.remove()

    def attempts(self, number: int, moment: datetime, speed: float = 1.0) -> Wave:
        jobs = [
            {**self.people[at % len(self.people)], "key": secrets.token_hex(8), "kind": "hand_in"}
            for at in range(number)
        ]
        threads = [jobs[one::THREADS] for one in range(THREADS)]
        told = let_write(self.installation, threads, processes=PROCESSES, moment=moment, speed=speed)
        ends = max(one.after for one in told)
        return Wave(told, ends, (ends - moment).total_seconds() / speed / number)

    def waves(self) -> list[Told]:
        """Each begins on its place around the deadline (the middle one crosses it), at the pace that the one
        before had: a machine that is busier or quieter than a minute ago shifts no more than that one."""
        number = -(-ATTEMPTS // WAVES)
        wave = self.attempts(TRIAL, self.deadline - timedelta(hours=1))
        told: list[Told] = []
        for at in range(WAVES):
            begin = max(self.deadline + SLOT * (at - WAVES / 2), wave.ends)
            speed = SLOT.total_seconds() * MARGIN / (number * wave.pace)
            wave = self.attempts(number, begin, speed)
            told += wave.told
        return told


def test_none_is_misclassified(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    with installation.app.app_context():
        rush = Rush(installation)
        told = rush.waves()
        assert len(told) >= ATTEMPTS and {one.error for one in told} == {"", "too_late"}
        for one in told:
            assert_classified(one, rush.deadline)
        assert_kept(told, rush.deadline)
        moments = sorted((one.after - rush.deadline).total_seconds() for one in told)
        across = sum(one.before < rush.deadline <= one.after for one in told)
        late = sum(one.error == "too_late" for one in told)
        print(
            f"\n{len(told) - late} in time and {late} late, from {moments[0]:+.2f} s to {moments[-1]:+.2f} s "
            f"of the deadline; {across} began before it and ended after it"
        )
        assert min(late, len(told) - late) > ATTEMPTS / 10


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
    kept = {one.receipt_number: one.submitted_at for one in submissions}
    assert {number: kept.get(number) for number in (one.number for one in told if one.number)} == {
        one.number: one.at for one in told if one.number
    }
    assert len(kept) == TRIAL + sum(not one.error for one in told)
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

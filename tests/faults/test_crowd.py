"""Fifty who write at the same instant: nobody sees an error, and all of it is there."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.infra.database import db
from app.proposals.models import Proposal, Submission
from tests.faults.aftermath import check_everything
from tests.faults.crowd import let_write, organisations
from tests.faults.installation import Installation, size

pytestmark = pytest.mark.faults
ROUNDS = size(20, 2)


@pytest.mark.parametrize(("processes", "threads"), [(10, 5), (2, 25), (50, 1)])
def test_fifty_writers_at_once(tmp_path: Path, processes: int, threads: int) -> None:
    """Each hands in and saves in turn, for a proposal of its own."""
    installation = Installation(tmp_path)
    with installation.app.app_context():
        _, people = organisations(50)
        jobs = [
            [
                {**one, "key": f"ronde {number}", "kind": kind}
                for number in range(ROUNDS)
                for kind in ("hand_in", "save")
            ]
            for one in people
        ]
        told = let_write(installation, jobs, processes=processes)
        assert {one.error for one in told} == {""}
        assert len(told) == 50 * ROUNDS * 2
        handed_in = {one.number for one in told if one.number != "saved"}
        assert set(db.session.scalars(select(Submission.receipt_number))) == handed_in
        assert len(handed_in) == 50 * ROUNDS
        summaries = set(db.session.scalars(select(Proposal.summary)))
        assert summaries == {f"ronde {ROUNDS - 1}"}
        print(f"\n{processes} processes of {threads}: {len(told)} writes; {check_everything()}")

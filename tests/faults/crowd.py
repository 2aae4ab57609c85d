"""The processes of `writer`, all at once, and what they had to tell."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.infra.database import db
from config import ROOT
from tests import factories as make
from tests.faults.installation import Installation


@dataclass(frozen=True)
class Told:
    """What became of one job: a receipt `number` and its moment `at`, or an `error`."""

    proposal: int
    key: str
    number: str
    error: str
    at: datetime | None
    before: datetime
    after: datetime


def let_write(
    installation: Installation,
    jobs: Sequence[Sequence[dict[str, Any]]],
    *,
    processes: int,
    moment: datetime | None = None,
    speed: float = 1.0,
) -> list[Told]:
    """Every list of jobs is done by a thread of its own, in so many processes; they begin together when the
    application is loaded, with one clock that shows `moment` then."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writer"],
        cwd=ROOT,
        env=installation.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps([jobs[one::processes] for one in range(processes)]) + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        output, _ = process.communicate(json.dumps(_clock(moment, speed)) + "\n")
    finally:
        process.kill()
        process.wait()
    return [_told(json.loads(line)) for line in output.splitlines()]


def _clock(moment: datetime | None, speed: float) -> dict[str, Any]:
    if moment is None:
        return {}
    return {"moment": moment.isoformat(), "since": datetime.now(UTC).isoformat(), "speed": speed}


def _told(line: dict[str, Any]) -> Told:
    moments = (
        datetime.fromisoformat(line[name]) if line[name] else None for name in ("at", "before", "after")
    )
    at, before, after = moments
    assert before is not None and after is not None
    return Told(line["proposal"], line["key"], line["number"], line["error"], at, before, after)


def organisations(number: int) -> tuple[int, list[dict[str, int]]]:
    """(call, [{proposal, user}]): so many organisations with a complete draft for one open call."""
    call = make.make_call(make.make_region("Klein-Brabant Vaartland"))
    found = []
    for _ in range(number):
        organisation = make.make_organisation()
        owner = make.make_member(organisation)
        found.append({"proposal": make.make_proposal(call, organisation, owner).id, "user": owner.id})
    addendum_id = call.id
    db.session.remove()
    return addendum_id, found

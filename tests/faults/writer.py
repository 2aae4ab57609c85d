"""Processes that write: `python -m tests.faults.writer < orders.json`, for tests with many at once.

The first line of orders is JSON, per process and thread a list of jobs: [[[{proposal, user, key, kind}]]].
When the application is loaded it says "ready", and begins when a second line comes: {} or the clock
{moment, since, speed} to set; the processes come from this one, as gunicorn makes them. One line of JSON per
job goes out: {proposal, key, before, after, number, at, error}, moments in ISO 8601 by the clock of the
application.
"""

import json
import os
import secrets
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from multiprocessing import get_context
from typing import Any

from flask import Flask

from app import create_app
from app.accounts.actors import actor_for
from app.domain.errors import DomainError
from app.infra import clock
from app.infra.database import db, transaction
from app.proposals.handing_in.submitting import submit_proposal
from app.proposals.models import Proposal
from app.proposals.writing.drafts import working_content
from app.proposals.writing.merging import token
from app.proposals.writing.services import general_values, save_general
from config import load_settings


def hand_in(job: dict[str, Any]) -> dict[str, str]:
    """With a text of its own, written in the same transaction: the same text twice is one version."""
    by, refused = actor_for(job["user"]), None
    with transaction():
        db.session.get_one(Proposal, job["proposal"]).references = secrets.token_hex(8)
        try:
            receipt = submit_proposal(job["proposal"], key=job["key"], by=by)
        except DomainError as error:  # that it came too late is logged and stays
            refused = error
    if refused is not None:
        raise refused
    return {"number": receipt.number, "at": receipt.submitted_at.isoformat()}


def save(job: dict[str, Any]) -> dict[str, str]:
    """As the page does while one types."""
    seen = token(general_values(working_content(job["proposal"])))
    typed = {"summary": job["key"]}
    saved = save_general(job["proposal"], typed, seen=seen, by=actor_for(job["user"]), quiet=True)
    return {"number": "saved", "at": saved.at.isoformat()}


KINDS: dict[str, Callable[[dict[str, Any]], dict[str, str]]] = {"hand_in": hand_in, "save": save}


def main() -> None:
    orders = json.loads(sys.stdin.readline())
    app = create_app(load_settings())
    print("ready", flush=True)
    wanted = json.loads(sys.stdin.readline())
    if wanted:
        moment, since = (datetime.fromisoformat(wanted[name]) for name in ("moment", "since"))
        clock.set_to(moment, speed=wanted["speed"], since=since)
    fork = get_context("fork")
    together = fork.Barrier(len(orders))
    processes = [fork.Process(target=work_off, args=(app, threads, together)) for threads in orders]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def work_off(app: Flask, threads: list[list[dict[str, Any]]], together: Any) -> None:
    """Each thread does its own jobs, one after another."""
    with app.app_context():
        db.engine.dispose(close=False)
    together.wait()
    with ThreadPoolExecutor(len(threads)) as pool:
        list(pool.map(lambda jobs: [work(app, job) for job in jobs], threads))


def work(app: Flask, job: dict[str, Any]) -> None:
    before = clock.read()
    told = {"number": "", "at": "", "error": ""}
    with app.app_context():
        try:
            told |= KINDS[job["kind"]](job)
        except DomainError as error:
            told["error"] = error.code
        except Exception as error:
            told["error"] = f"{type(error).__name__}: {error}"[:1000]
        db.session.remove()
    line = {**job, **told, "before": before.isoformat(), "after": clock.read().isoformat()}
    # One write of less than a page is whole, whoever else writes to the same pipe.
    os.write(sys.stdout.fileno(), (json.dumps(line) + "\n").encode())


if __name__ == "__main__":
    main()

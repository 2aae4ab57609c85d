"""The worker: `flask --app wsgi jobs work` does what pages asked for, and everything that has a rhythm.

Threads of one process take what waits in the queue; a scheduler puts there what is due. Asked to stop it ends
what is being done, and leaves the rest in the queue. Killed, it loses what it was doing and nothing that was
asked: see `app.infra.jobs`.
"""

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import click
import structlog
from flask import Flask, current_app
from flask.cli import AppGroup
from huey import Huey
from huey.consumer import Consumer

from app.infra.jobs import periodic_jobs, queue_of, run
from app.infra.starting import only_with_fitting_keys
from app.infra.sweeps import Sweep, rhythm_of, turn
from config import MEMORY

log = structlog.get_logger()
THREADS = 4
PATIENCE = 15.0  # seconds to end what is being done
LONGEST_NAP = 0.5  # seconds between two looks at an empty queue
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)

job_commands = AppGroup("jobs", help="Work that is done beside the pages.")


@job_commands.command("work")
@only_with_fitting_keys
def work_command() -> None:
    """Deliver mail, send reminders, clear away, and do what pages ask for, until asked to stop."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if app.config["SETTINGS"].jobs_url == MEMORY:
        raise click.ClickException("PARTNERWIJZER_JOBS_URL is 'memory': no other process sees that queue.")
    make_anew_when_damaged(app.config["SETTINGS"].jobs_url)
    work(app)


def work(app: Flask) -> None:
    """Until SIGTERM or SIGINT; a second one does not wait for what is being done."""
    queue = queue_of(app)
    consumer = Consumer(
        queue,
        workers=THREADS,
        max_delay=LONGEST_NAP,
        scheduler_interval=10,
        shutdown_timeout=PATIENCE,
        graceful_signal="TERM",
    )
    consumer._signal_actions = {one: (False, True) for one in STOP_SIGNALS}
    app.extensions["stopping"] = consumer.stop_flag.is_set
    add_rhythms(app, queue, consumer.stop_flag.is_set)
    log.info("worker_started", pid=os.getpid())
    consumer.run()
    log.info("worker_stopped")


def stopping() -> bool:
    """Whether the worker that we are in was asked to stop: a long job leaves off between two parts."""
    asked: Callable[[], bool] = current_app.extensions.get("stopping", lambda: False)
    return asked()


def add_rhythms(app: Flask, queue: Huey, stops: Callable[[], bool]) -> None:
    """Let the scheduler ask for each job with a rhythm and each sweep: at once, and then in its rhythm."""
    for one in periodic_jobs():
        assert one.every is not None
        queue.periodic_task(Rhythm(one.every), name=f"job.{one.name}")(partial(run, app, one.name))
    for act in app.config["SWEEPS"]:
        queue.periodic_task(Rhythm(rhythm_of(act)), name=f"sweep.{act.__name__}")(_turn_of(app, act, stops))


def _turn_of(app: Flask, act: Sweep, stops: Callable[[], bool]) -> Callable[[], None]:
    def turn_in_context() -> None:
        with app.app_context():
            turn(act, stops)

    return turn_in_context


class Rhythm:
    """Says whether it is time again, by the machine's running time: a clock that is set does not matter. The
    scheduler asks each minute, give or take a few seconds."""

    LEEWAY = timedelta(seconds=20)

    def __init__(self, every: timedelta) -> None:
        self.pause = (every - self.LEEWAY).total_seconds()
        self.last: float | None = None

    def __call__(self, _timestamp: object) -> bool:
        now = time.monotonic()
        if self.last is not None and now - self.last < self.pause:
            return False
        self.last = now
        return True


def make_anew_when_damaged(place: str) -> None:
    """A queue on disk that a power cut damaged goes: what it held is asked again from the database."""
    file = Path(place)
    if "://" in place or not file.exists():
        return
    try:
        with sqlite3.connect(file) as connection:
            (found,) = connection.execute("PRAGMA quick_check").fetchone()
    except sqlite3.DatabaseError as error:
        found = "locked" if isinstance(error, sqlite3.OperationalError) else "damaged"
    if found not in ("ok", "locked"):
        log.warning("queue_made_anew")
        for path in (file, file.with_name(f"{file.name}-journal")):
            path.unlink(missing_ok=True)

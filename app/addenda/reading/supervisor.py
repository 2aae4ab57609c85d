"""A thread in the web process that follows the reading of one document and writes down how far it is.

The reading itself is another process again (`process`). When this thread dies with its web process, the
reader dies with it and the heartbeat of the job stops: any web process then offers to begin again.
"""

import threading
from time import monotonic

import structlog
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.addenda.importing import ImportRefused
from app.infra.database import db

from . import jobs
from .process import read_document
from .refusals import REFUSALS

log = structlog.get_logger(__name__)

AT_ONCE = 2
BEAT_SECONDS = 5.0
SHOW_SECONDS = 1.0

_slots = threading.BoundedSemaphore(AT_ONCE)


def start(app: Flask, job_id: int) -> threading.Event:
    """Read a job in the background; the event is set when it has come to an end, whichever."""
    finished = threading.Event()
    thread = threading.Thread(
        target=_run,
        args=(app, job_id, jobs.attempt_of(job_id), finished),
        name=f"import-{job_id}",
        daemon=True,
    )
    db.session.rollback()  # whoever waits for the event holds no read lock meanwhile
    thread.start()
    return finished


def _run(app: Flask, job_id: int, attempt: int, finished: threading.Event) -> None:
    with app.app_context():
        try:
            read_job(job_id, attempt)
        except jobs.GivenUp:
            log.info("import given up", job=job_id, attempt=attempt)
        except Exception as error:
            log.error("import failed", job=job_id, exc_info=error)
        finally:
            db.session.remove()
            finished.set()


def read_job(job_id: int, attempt: int) -> None:
    """Read one job to its end, in this thread. Raises jobs.GivenUp."""
    show = _Show(job_id, attempt)
    while not _slots.acquire(timeout=BEAT_SECONDS):
        show("waiting", 0, 0)
    try:
        document = read_document(jobs.take(job_id, attempt), progress=show)
        jobs.finish(job_id, attempt, document)
    except ImportRefused as refused:
        jobs.refuse(job_id, attempt, refused.code if refused.code in REFUSALS else "reader_died")
    except jobs.GivenUp:
        raise
    except Exception:
        jobs.refuse(job_id, attempt, "reader_died")
        raise
    finally:
        _slots.release()


class _Show:
    """Writes what changed, at most once a second, and a sign of life every few seconds."""

    def __init__(self, job_id: int, attempt: int) -> None:
        self._job = (job_id, attempt)
        self._shown: tuple[str, int, int] = ("", 0, 0)
        self._at = monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        wait = SHOW_SECONDS if (stage, done, total) != self._shown else BEAT_SECONDS
        if monotonic() - self._at < wait:
            return
        try:
            jobs.beat(*self._job, stage, done, total)
        except OperationalError:
            db.session.rollback()  # a busy database costs one line of progress, not the document
        self._shown, self._at = (stage, done, total), monotonic()

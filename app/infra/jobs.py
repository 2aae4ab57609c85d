"""Work that a page asks for and that is done beside the pages, by `flask --app wsgi jobs work`.

A job is a function with plain arguments (numbers and short texts: they stand in the queue). The queue may be
lost, with a job that was taken from it when a worker was killed: what is asked is a row in the database, and
a job or a sweep that finds the row takes it up again. So nothing in the queue is the truth, and nothing in it
tells what is sealed.

    @job
    def make_letters(addendum_id: int) -> None: ...

    make_letters.later(addendum_id)   # inside `transaction()`: once it is committed, never when it is not
    work_off()                        # without a worker: do what is asked now, here
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, overload

import structlog
from flask import Flask, current_app
from huey import Huey, MemoryHuey, SqliteHuey
from huey.serializer import SignedSerializer
from sqlalchemy import make_url

from app.infra.database import after_commit, db
from config import MEMORY, Settings

log = structlog.get_logger()
EVERY = timedelta(minutes=1)
REDIS = ("redis://", "rediss://", "unix://")
_jobs: dict[str, "Job"] = {}


class Job:
    """A function that can be asked for. Called, it does its work now, as any function does.

    With `every` the worker does it at that rhythm too, and it takes no arguments then.
    """

    def __init__(self, act: Callable[..., Any], every: timedelta | None = None) -> None:
        self.act, self.every = act, every
        self.name = f"{act.__module__}.{act.__qualname__}"
        self.__doc__ = act.__doc__
        _jobs[self.name] = self

    def __call__(self, *args: Any) -> Any:
        return self.act(*args)

    def later(self, *args: int | str) -> None:
        """Ask the worker, after the commit of the transaction we are in. Never raises: what cannot be asked
        (the queue is away) is told in the log and left to the sweep that looks for the row."""
        app = _app()
        after_commit(lambda: _ask(app, self.name, args))

    def soon(self) -> None:
        """Ask for one turn; asked often before that turn begins, it is still one."""
        app = _app()
        after_commit(lambda: _ask(app, self.name, (), once=True))

    def begins(self) -> None:
        """From here on another turn may be asked: what is written later than now needs one."""
        queue_of(_app()).delete(_waiting(self.name))


@overload
def job(act: Callable[..., Any]) -> Job: ...
@overload
def job(*, every: timedelta) -> Callable[[Callable[..., Any]], Job]: ...
def job(act: Callable[..., Any] | None = None, *, every: timedelta | None = None) -> Any:
    """Make a function a job; it is known by its module and name."""
    return Job(act) if act is not None else lambda function: Job(function, every)


def periodic_jobs() -> list[Job]:
    return [one for one in _jobs.values() if one.every is not None]


def work_off() -> int:
    """Do here and now what was asked, in the order in which it was; how many jobs. For tests, and for an
    installation without a worker that stays."""
    queue, count = queue_of(_app()), 0
    db.session.rollback()
    while (task := queue.dequeue()) is not None:
        queue.execute(task)
        count += 1
    return count


def run(app: Flask, name: str, args: tuple[int | str, ...] = ()) -> None:
    """One job, in a context and with a session of its own. What goes wrong is told by its kind alone."""
    known = _jobs.get(name)
    if known is None:
        log.error("job_unknown", job=name)
        return
    with app.app_context():
        try:
            known.act(*args)
        except Exception as error:
            log.error("job_error", job=name, error=type(error).__name__)
        finally:
            db.session.remove()


def queue_of(app: Flask) -> Huey:
    """The queue of an application, made when it is first needed: never before gunicorn forks."""
    if "jobs" not in app.extensions:
        queue = _queue(app.config["SETTINGS"])
        ask = queue.task(name="job")(lambda name, args: run(app, name, tuple(args)))
        app.extensions["jobs"], app.extensions["ask_job"] = queue, ask
    found: Huey = app.extensions["jobs"]
    return found


def _queue(settings: Settings) -> Huey:
    """Signed: who can write in the queue but does not know the secret has no job done. Its name is of the
    database: two installations with one Redis do not take each other's jobs."""
    place = make_url(settings.database_url)
    mark = hashlib.sha256(f"{place.host}/{place.port}/{place.database}".encode()).hexdigest()[:12]
    common: dict[str, Any] = {
        "name": f"partnerwijzer{mark}",
        "results": False,
        "serializer": SignedSerializer(secret=settings.secret_key),
    }
    if settings.jobs_url == MEMORY:
        return MemoryHuey(**common)
    if settings.jobs_url.startswith(REDIS):
        return _on_redis(settings.jobs_url, common)
    # Nothing waits for the disk: the queue is no truth, and a damaged one is made anew (app.infra.worker).
    return SqliteHuey(filename=settings.jobs_url, journal_mode="truncate", fsync=False, timeout=2, **common)


def _on_redis(url: str, common: dict[str, Any]) -> Huey:
    from huey import RedisHuey
    from redis import ConnectionPool  # only who chose Redis loads its client

    pool = ConnectionPool.from_url(url, socket_connect_timeout=2, socket_timeout=10)
    return RedisHuey(connection_pool=pool, **common)


def _ask(app: Flask, name: str, args: tuple[int | str, ...], *, once: bool = False) -> None:
    """Outside a worker the file is closed again: a worker may make it anew, and gunicorn forks."""
    try:
        queue = queue_of(app)
        if not once or queue.put_if_empty(_waiting(name), 1):
            app.extensions["ask_job"](name, list(args))
        if "stopping" not in app.extensions:
            queue.storage.close()
    except Exception as error:
        log.error("job_not_asked", job=name, error=type(error).__name__)


def _waiting(name: str) -> str:
    return f"waiting.{name}"


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]

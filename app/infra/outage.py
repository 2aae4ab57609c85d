"""When the disk has no room, or the database no time: in words, with what was typed, nothing written half."""

import errno
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app.infra.database import db
from app.infra.kept import can_be_kept, kept_page, wants_json

log = structlog.get_logger()
ROOT = Path(__file__).parents[2]
FRAMES = 15  # of each exception: those of the framework around a view are always the same
HUSHED = "proposals."  # endpoints of which the log says nothing more

FULL = (
    "De server kon dit niet bewaren: zijn schijf is vol. Er is niets half bewaard of half ingediend. "
    "Probeer het straks opnieuw en verwittig de beheerder."
)
BUSY = (
    "De server kon dit nu niet bewaren. Er is niets half bewaard of half ingediend. Probeer het over een "
    "minuut opnieuw."
)
_NO_ROOM = ("is full", "disk i/o error", "no space left", "could not extend file", "diskfull")
_NO_ROOM_NUMBERS = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


def init_outage(app: Flask) -> None:
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(OSError, _no_room)


def is_full(error: OperationalError) -> bool:
    """Whether the disk of the database has no room (SQLite also says "disk I/O error" for a quota)."""
    told = f"{type(error.orig).__name__}: {error.orig}".lower()
    return any(one in told for one in _NO_ROOM)


def hushed() -> bool:
    """Whether this request is one of the pages of proposals."""
    return (request.endpoint or "").startswith(HUSHED)


def error_line(error: BaseException) -> dict[str, Any]:
    """What the log tells of a failure. Of the pages of proposals only its kind and where in the code it was:
    the address and the values in a message tell who writes or hands in before the opening. A full disk or a
    busy database is no fault in the code, so `told` leaves that out too."""
    if hushed():
        return {"endpoint": HUSHED.rstrip("."), "error": type(error).__name__, "frames": frames_of(error)}
    return {"endpoint": request.endpoint, "exc_info": error}


def frames_of(error: BaseException) -> list[str]:
    """ "file:line:function" of where it went wrong, the innermost last; no values and no message. What it was
    raised from comes after it."""
    return [
        f"{_short(frame.filename)}:{frame.lineno}:{frame.name}"
        for one in _causes(error)
        for frame in traceback.extract_tb(one.__traceback__, limit=-FRAMES)
    ]


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in seen:
        yield one
        seen.append(one)
        one = one.__cause__


def _short(path: str) -> str:
    """Of our own code from the folder of the application on, of a library from its own name on."""
    if path.startswith(f"{ROOT}/") and "/site-packages/" not in path:
        return path.removeprefix(f"{ROOT}/")
    return path.rsplit("/site-packages/", 1)[-1].rsplit("/lib/", 1)[-1]


def _unavailable(error: OperationalError) -> ResponseReturnValue:
    return told(error, *((507, FULL) if is_full(error) else (503, BUSY)))


def _no_room(error: OSError) -> ResponseReturnValue:
    """A large upload is laid aside on a disk while it comes in, and that one can be full too."""
    if error.errno not in _NO_ROOM_NUMBERS:
        raise error
    return told(error, 507, FULL)


def told(
    error: Exception, status: int, message: str, *, event: str = "no_room_or_time"
) -> ResponseReturnValue:
    """JSON for a page that saves or uploads by itself, else a page with what was typed."""
    facts = error_line(error)
    facts.pop("frames", None)
    log.error(event, **facts)
    db.session.rollback()
    if wants_json():
        return {"state": "failed", "message": message}, status
    return _page(status, message), status, {"Retry-After": "60"}


def _page(status: int, message: str) -> str | Response:
    try:
        if can_be_kept() and request.form:
            return kept_page(trouble=message)
    except (SQLAlchemyError, OSError, HTTPException):  # what was sent cannot be read again
        pass
    try:
        return render_template("errors/503.html", code=status, message=message)
    except SQLAlchemyError:  # not even who asks
        return Response(message, mimetype="text/plain")

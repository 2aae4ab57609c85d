"""When the disk has no room, or the database no time: in words, with what was typed, nothing written half."""

import errno
from typing import Any

import structlog
from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app.infra.database import db
from app.infra.kept import can_be_kept, kept_page, wants_json

log = structlog.get_logger()
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
    """What the log tells of a failure. Of the pages of proposals only its kind: the endpoint, the lines of
    code and the values in a message of the database tell who writes or hands in before the opening."""
    if hushed():
        return {"endpoint": HUSHED.rstrip("."), "error": type(error).__name__}
    return {"endpoint": request.endpoint, "exc_info": error}


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
    log.error(event, **error_line(error))
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

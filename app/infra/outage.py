"""When the database has no room, or no time: in words, with what was typed, and nothing written half."""

import structlog
from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app.infra.database import db
from app.infra.kept import can_be_kept, kept_page

log = structlog.get_logger()

FULL = (
    "De server kon dit niet bewaren: zijn schijf is vol. Er is niets half bewaard of half ingediend. "
    "Probeer het straks opnieuw en verwittig de beheerder."
)
BUSY = (
    "De server kon dit nu niet bewaren. Er is niets half bewaard of half ingediend. Probeer het over een "
    "minuut opnieuw."
)
_NO_ROOM = ("is full", "disk i/o error", "no space left", "could not extend file", "diskfull")


def init_outage(app: Flask) -> None:
    app.register_error_handler(OperationalError, _unavailable)


def is_full(error: OperationalError) -> bool:
    """Whether the disk of the database has no room (SQLite also says "disk I/O error" for a quota)."""
    told = f"{type(error.orig).__name__}: {error.orig}".lower()
    return any(one in told for one in _NO_ROOM)


def _unavailable(error: OperationalError) -> ResponseReturnValue:
    """507 without room, else 503; JSON for a page that saves while one types."""
    full = is_full(error)
    status, message = (507, FULL) if full else (503, BUSY)
    log.error("database_unavailable", endpoint=request.endpoint, full=full, exc_info=error)
    db.session.rollback()
    if request.accept_mimetypes.best == "application/json":
        return {"state": "failed", "message": message}, status
    return _page(status, message), status, {"Retry-After": "60"}


def _page(status: int, message: str) -> str | Response:
    try:
        if can_be_kept() and request.form:
            return kept_page(trouble=message)
        return render_template("errors/503.html", code=status, message=message)
    except SQLAlchemyError:  # not even who asks can be read
        return Response(message, mimetype="text/plain")

"""The life of a request: security headers, error pages, log lines, health."""

import sys
import time
from typing import Any

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.infra.access import public
from app.infra.database import db
from app.infra.kept import can_be_kept, kept_page, wants_json
from app.infra.messages import say
from app.infra.outage import HUSHED, error_line, hushed, init_outage

log = structlog.get_logger()

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
TOO_LARGE = "Niet bewaard: dit is groter dan wat hier kan. Maak het kleiner en probeer het opnieuw."
_TOLD = {"Allow", "Retry-After", "WWW-Authenticate"}  # what a program needs beside the page
_STATUS = {NotFound: 404, Forbidden: 403, Stale: 409}


class RowId(IntegerConverter):
    """Ids in addresses stay within what a database column holds; beyond that there is no page."""

    def __init__(self, map: Map, **options: Any) -> None:
        super().__init__(map, **{"max": 2**31 - 1, **options})


def init_web(app: Flask) -> None:
    app.url_map.converters["int"] = RowId
    _configure_log(app.config["SETTINGS"].log)
    app.before_request(_start)
    app.after_request(_finish)
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _csrf)
    init_outage(app)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _failed)
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


def _configure_log(style: str) -> None:
    """Lines to standard error: "json" for a log collector, "text" for a person, "off" for neither."""
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(50 if style == "off" else 20),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "private, no-store")
    log.info("request", **request_line(response))
    return response


def request_line(response: Response) -> dict[str, Any]:
    """What the log tells of a request. Of the pages of proposals only that there was one: otherwise whoever
    reads the log counts before the opening how many write and hand in."""
    if hushed():
        return {"endpoint": HUSHED.rstrip(".")}
    started = g.get("started", time.perf_counter())
    return {
        "method": request.method,
        "endpoint": request.endpoint,
        "status": response.status_code,
        "ms": round((time.perf_counter() - started) * 1000, 1),
    }


def _page(status: int, **facts: Any) -> ResponseReturnValue:
    known = {400, 403, 404, 405, 409, 413, 429, 500}
    name = status if status in known else (400 if status < 500 else 500)
    return render_template(f"errors/{name}.html", **facts), status


def _refused(error: DomainError) -> ResponseReturnValue:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
    return _page(status, message=say(error), reason=error.code, facts=error.facts)


def _csrf(error: CSRFError) -> ResponseReturnValue:
    """The session in which the form was made is gone, or the form came from elsewhere."""
    return (kept_page(), 400) if can_be_kept() else _page(400)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error  # type: ignore[return-value]
    if error.code == 413 and wants_json():
        return {"state": "refused", "message": TOO_LARGE}, 413
    response = make_response(_page(error.code))
    response.headers.update({name: value for name, value in error.get_headers() if name in _TOLD})
    return response


def _failed(error: Exception) -> ResponseReturnValue:
    log.error("failed", **error_line(getattr(error, "original_exception", None) or error))
    db.session.rollback()
    try:
        return _page(500)
    except SQLAlchemyError:  # the server in front would write address and message in its own log
        return (
            "Er ging iets mis bij ons. Probeer het straks opnieuw.",
            500,
            {"Content-Type": "text/plain; charset=utf-8"},
        )


@public
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@public
def readyz() -> ResponseReturnValue:
    """The database answers too."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ready"}

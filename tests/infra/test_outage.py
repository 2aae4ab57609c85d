"""A disk without room or a database without time is told as such, never as a fault of ours."""

import errno

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.infra.outage import BUSY, FULL


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (OperationalError("INSERT", {}, Exception("database or disk is full")), 507, FULL),
        (OperationalError("INSERT", {}, Exception("disk I/O error")), 507, FULL),
        (OperationalError("INSERT", {}, Exception("could not extend file: No space left")), 507, FULL),
        (OperationalError("INSERT", {}, Exception("database is locked")), 503, BUSY),
        (OperationalError("SELECT", {}, Exception("server closed the connection")), 503, BUSY),
        (OSError(errno.ENOSPC, "No space left on device"), 507, FULL),
    ],
)
def test_it_is_said_in_words(app: Flask, error: Exception, status: int, sentence: str) -> None:
    with app.test_request_context("/", method="POST", data={"summary": "Een lange zin, getypt."}):
        response = app.make_response(app.handle_user_exception(error))
        assert response.status_code == status and response.headers["Retry-After"] == "60"
        page = response.get_data(as_text=True)
        assert sentence in page and "Een lange zin, getypt." in page
    with app.test_request_context("/", headers={"X-Requested-With": "XMLHttpRequest"}):
        response = app.make_response(app.handle_user_exception(error))
        assert response.status_code == status and response.json == {"state": "failed", "message": sentence}


def test_another_failure_stays_one(app: Flask) -> None:
    with app.test_request_context("/"), pytest.raises(ConnectionResetError):
        app.handle_user_exception(ConnectionResetError(errno.ECONNRESET, "reset"))

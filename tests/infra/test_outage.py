"""A disk without room or a database without time is told as such, never as a fault of ours."""

import errno

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.infra.outage import BUSY, FULL
from tests.counting import heard


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


def test_a_failure_on_a_page_of_proposals_tells_the_log_only_its_kind(app: Flask) -> None:
    error = OperationalError("INSERT INTO submission", {"n": "KBR-1"}, Exception("database is locked"))
    with heard() as lines:
        with app.test_request_context("/kandidaturen/12/indienen", method="POST"):
            app.make_response(app.handle_user_exception(error))
        with app.test_request_context("/aanmelden", method="POST"):
            app.make_response(app.handle_user_exception(error))
    first, second = [one for one in lines if one["log_level"] == "error"]
    assert first == {
        "event": "no_room_or_time",
        "log_level": "error",
        "endpoint": "proposals",
        "error": "OperationalError",
    }
    assert second["endpoint"] == "security.login" and second["exc_info"] is error

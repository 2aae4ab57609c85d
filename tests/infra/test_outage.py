"""A disk without room or a database without time is told as such, never as a fault of ours."""

import errno

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.infra.outage import BUSY, FULL
from tests.counting import heard


def broken(proposal_id: int) -> None:
    try:
        raise KeyError("KBR-1")
    except KeyError as error:
        raise RuntimeError(f"geheim {proposal_id}") from error


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


def test_a_fault_on_a_page_of_proposals_tells_the_log_where_in_the_code_and_no_more(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "proposals.edit", broken)
    with heard() as lines:
        answer = app.test_client().get("/kandidaturen/8437512")
    assert answer.status_code == 500
    [line] = [one for one in lines if one["log_level"] == "error"]
    assert line["endpoint"] == "proposals" and line["error"] == "RuntimeError"
    places = [one for one in line["frames"] if one.startswith("tests/infra/test_outage.py:")]
    assert len(places) == 2 and all(one.endswith(":broken") for one in places)
    told = str(lines) + caplog.text
    assert not any(one in told for one in ("KBR-1", "geheim", "8437512", "/kandidaturen"))


def test_a_fault_elsewhere_is_told_once_with_all_there_is(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "addenda.index", lambda: broken(1))
    with heard() as lines:
        assert app.test_client().get("/oproepen").status_code == 500
    [line] = [one for one in lines if one["log_level"] == "error"]
    assert isinstance(line["exc_info"], RuntimeError) and caplog.text == ""

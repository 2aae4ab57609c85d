"""Heads come on the clock, one each ten minutes, whatever happened and whoever else is at work."""

import re
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.audit.heads import (
    head_covering,
    inclusion_of,
    public_lines,
    publish_head,
    publish_head_when_due,
)
from app.audit.models import AuditEntry, Head
from app.audit.queries import verify
from app.infra import clock
from app.infra.database import db
from tests.audit.world import hand_in, log_something, published
from tools.verify_receipt import problem_of_heads

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def heads() -> list[Head]:
    found = list(db.session.scalars(select(Head).order_by(Head.number)))
    db.session.rollback()
    return found


def sweep() -> bool:
    return publish_head_when_due(clock.read())


def test_one_head_each_ten_minutes_dated_on_the_round_ten(app: Flask, at: Any) -> None:
    for seconds, due in [(5, True), (7, False), (599, False), (601, True), (1203, True)]:
        at(NOON + timedelta(seconds=seconds))
        assert sweep() is due
    assert [one.at for one in heads()] == [NOON + timedelta(minutes=minutes) for minutes in (0, 10, 20)]


def test_a_head_covers_what_was_logged_before_its_moment_and_no_more(app: Flask, at: Any) -> None:
    at(NOON - timedelta(seconds=3))
    log_something(2)
    at(NOON + timedelta(seconds=1))
    log_something(3)
    at(NOON + timedelta(seconds=40))
    sweep()
    assert [one.last_seq for one in heads()] == [2]


def test_after_a_long_stop_comes_one_head_and_not_hundreds(app: Flask, at: Any) -> None:
    at(NOON)
    sweep()
    log_something(1)
    at(NOON + timedelta(days=9, minutes=3))
    assert [sweep() for _turn in range(3)] == [True, False, False]
    assert len(heads()) == 2 and verify().problem == ""


def test_a_clock_that_was_put_back_holds_up_no_heads(app: Flask, at: Any) -> None:
    at(NOON)
    log_something(1)
    sweep()
    at(NOON - timedelta(minutes=5))
    assert not sweep()
    at(NOON - timedelta(hours=5, minutes=-1))
    log_something(1)
    assert sweep() and not sweep()
    at(NOON - timedelta(hours=5, minutes=-11))
    assert sweep()
    assert [one.last_seq for one in heads()] == [0, 0, 2]
    assert verify().problem == "" and problem_of_heads(published()[1:], published()[0]["public_key"]) == ""


def test_two_workers_at_once_make_one_head(app: Flask, at: Any) -> None:
    at(NOON + timedelta(minutes=2))
    log_something(5)
    begin, made = threading.Barrier(4), []

    def work() -> None:
        with app.app_context():
            begin.wait()
            made.append(sweep())
            db.session.remove()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(made) == [False, False, False, True]
    assert len(heads()) == 1


def test_a_head_is_shown_from_a_fixed_moment_on_however_busy_the_worker_was(app: Flask, at: Any) -> None:
    """Otherwise who asks every second would see how many mails went out before it."""
    ((submission, organisation),) = hand_in()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "proposal.submitted")).one()
    at(clock.read().replace(minute=50, second=0, microsecond=0) + timedelta(minutes=10, seconds=2))
    sweep()
    assert len(published()) == 1 and head_covering(entry.seq) is None
    assert inclusion_of(entry.seq, entry.details["commitment"]) is None
    at(clock.read() + timedelta(seconds=60))
    assert len(published()) == 2 and inclusion_of(entry.seq, entry.details["commitment"]) is not None


def test_what_is_public_of_a_head_has_one_shape_whatever_happened(app: Flask, at: Any) -> None:
    at(NOON + timedelta(minutes=1))
    sweep()
    at(NOON + timedelta(minutes=11))
    hand_in(3)
    at(NOON + timedelta(minutes=21, seconds=30))
    sweep()
    key, quiet, busy = published()
    assert {re.sub("[0-9a-f]{64,}", "#", str(one["root"])) for one in (quiet, busy)} == {"#"}
    assert quiet.keys() == busy.keys() == {"format", "number", "at", "root", "previous", "signature"}


def test_the_lines_are_read_in_pieces_and_from_any_number_on(app: Flask) -> None:
    for _turn in range(3):
        publish_head()
    lines = public_lines(2)
    assert [next(lines).get("number") for _turn in range(3)] == [None, 2, 3]
    assert [one.get("number") for one in public_lines(9)] == [None]


def test_the_command_publishes_one_now(app: Flask) -> None:
    log_something(2)
    said = app.test_cli_runner().invoke(args=["audit", "head"])
    assert said.exit_code == 0 and said.output.startswith("head 1, root ")
    assert heads()[0].last_seq == 2 and len(published()) == 2

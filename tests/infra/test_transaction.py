"""One way to write: all or nothing, one after another, with the moment that counts."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import SignInAttempt
from app.infra import clock
from app.infra.database import db, transaction


def attempts() -> int:
    rows = db.session.scalars(select(SignInAttempt.id)).all()
    db.session.rollback()
    return len(rows)


def test_what_fails_half_way_leaves_nothing(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction() as now:
        db.session.add(SignInAttempt(subject="x", at=now))
        db.session.flush()
        raise RuntimeError
    assert attempts() == 0


def test_a_transaction_inside_a_transaction_joins_it(app: Flask) -> None:
    with pytest.raises(RuntimeError), transaction() as outer:
        with transaction() as inner:
            db.session.add(SignInAttempt(subject="x", at=inner))
        assert inner == outer
        raise RuntimeError
    assert attempts() == 0


def test_the_moment_follows_the_clock(app: Flask, at: object) -> None:
    at("2023-06-02T23:59")  # type: ignore[operator]
    with transaction() as now:
        assert now.isoformat().startswith("2023-06-02T21:59")
    assert clock.is_moved()


def test_writers_at_the_same_time_all_succeed(app: Flask) -> None:
    def write() -> None:
        with app.app_context(), transaction() as now:
            db.session.add(SignInAttempt(subject="y", at=now))

    threads = [threading.Thread(target=write) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert attempts() == 12

"""The log holds together, and says where it does not."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.audit.queries import verify
from app.audit.services import record
from app.infra.database import db, transaction


def entries(count: int) -> None:
    with transaction() as now:
        for number in range(count):
            record("thing.done", actor_id=1, subject=f"thing:{number}", at=now, note="é")


def without_triggers(statement: str) -> None:
    """What somebody with the database file in hand could do."""
    drop = {
        "sqlite": ["DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"],
        "postgresql": ["ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only"],
    }
    back = {
        "sqlite": [],
        "postgresql": ["ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_append_only"],
    }
    name = db.engine.dialect.name
    with transaction():
        for one in [*drop[name], statement, *back[name]]:
            db.session.execute(text(one))


def test_an_empty_log_is_intact(app: Flask) -> None:
    assert verify().broken_seq is None


def test_entries_follow_each_other(app: Flask) -> None:
    entries(3)
    result = verify()
    assert (result.entries, result.broken_seq) == (3, None)


@pytest.mark.parametrize(
    ("tampering", "broken"),
    [
        ("UPDATE audit_entry SET action = 'other' WHERE seq = 2", 2),
        ("DELETE FROM audit_entry WHERE seq = 2", 3),
        ("UPDATE audit_entry SET seq = 9 WHERE seq = 3", 4),
    ],
)
def test_the_first_broken_entry_is_named(app: Flask, tampering: str, broken: int) -> None:
    entries(4)
    without_triggers(tampering)
    assert verify().broken_seq == broken


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_the_log(app: Flask, statement: str) -> None:
    entries(1)
    with pytest.raises(DatabaseError), transaction():
        db.session.execute(text(statement))


def test_the_command_exits_with_an_error_for_a_broken_chain(app: Flask) -> None:
    entries(2)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    without_triggers("UPDATE audit_entry SET details = '{}' WHERE seq = 1")
    result = runner.invoke(args=["audit", "verify"])
    assert result.exit_code == 1
    assert "entry 1" in result.output

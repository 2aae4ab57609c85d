"""The log holds together, and says where it does not."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from app.accounts.models import User
from app.audit.checking import Broken, Check
from app.audit.heads import publish_head
from app.audit.models import AuditEntry, Head
from app.audit.queries import verify
from app.audit.services import record
from app.infra.database import db, transaction
from app.infra.signing import public_key
from app.notifications.models import OutboxMessage
from app.organisations.models import Organisation
from app.proposals.models import CallKey, Submission
from tests.audit.world import a_busy_log


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


@pytest.mark.parametrize("model", [AuditEntry, Head])
@pytest.mark.parametrize("by", ["orm", "orm delete", "sql", "sql delete", "bulk"])
def test_the_database_refuses_every_way_to_change_the_log_or_a_head(
    app: Flask, model: type[AuditEntry] | type[Head], by: str
) -> None:
    entries(2)
    publish_head()
    table = model.__tablename__
    field = "subject" if model is AuditEntry else "root"
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        row = db.session.scalars(select(model)).first()
        if by == "orm":
            setattr(row, field, "x")
        elif by == "orm delete":
            db.session.delete(row)
        elif by == "bulk":
            db.session.execute(update(model).values({field: "x"}))
        else:
            text_of = {"sql": f"UPDATE {table} SET {field} = 'x'", "sql delete": f"DELETE FROM {table}"}
            db.session.execute(text(text_of[by]))
        db.session.flush()
    assert verify().problem == ""


def test_the_command_names_the_first_thing_that_is_wrong(app: Flask, tmp_path: Path) -> None:
    lines, receipts = a_busy_log()
    heads = tmp_path / "hoofden.jsonl"
    heads.write_text("".join(json.dumps(one) + "\n" for one in lines))
    paths = [tmp_path / f"{number}.json" for number in range(len(receipts))]
    for path, receipt in zip(paths, receipts, strict=True):
        path.write_text(json.dumps(receipt))
    runner = app.test_cli_runner()
    asked = ["audit", "verify", "--heads", str(heads), "--receipts", *map(str, paths)]
    said = runner.invoke(args=asked)
    assert said.exit_code == 0 and "Every receipt that was given is in it." in said.output
    heads.write_text(heads.read_text().replace(lines[2]["root"], "00" * 32))
    said = runner.invoke(args=asked)
    assert said.exit_code == 1 and "head 2 was published otherwise" in said.output
    paths[0].write_text("{")
    said = runner.invoke(args=asked)
    assert said.exit_code == 1 and "0.json" in said.output


def test_personal_data_goes_and_the_chain_stays(app: Flask) -> None:
    """Names, texts and the key of the call are wiped; the log, its heads and the receipts given still fit."""
    lines, receipts = a_busy_log()
    with transaction():
        for person in db.session.scalars(select(User)):
            person.name, person.email, person.active = "Verwijderd", f"weg-{person.id}@voorbeeld.be", False
        for organisation in db.session.scalars(select(Organisation)):
            organisation.name, organisation.enterprise_number = "Verwijderd", f"0{organisation.id:09d}"
        db.session.execute(update(Submission).values(sealed_statement=None, sealed_content=b""))
        db.session.execute(delete(CallKey))
        db.session.execute(delete(OutboxMessage))
    assert verify(lines, receipts).problem == ""
    with transaction():
        for table in ("submitted_file", "claim", "submission", "answer", "membership"):
            db.session.execute(text(f"DELETE FROM {table}"))
    assert verify(lines, receipts).problem == ""
    with pytest.raises(Broken, match="is not in the log"):
        check = Check(public_key())
        check.log([], [])
        check.receipt(receipts[0])


def test_the_log_itself_holds_no_names_or_texts(app: Flask) -> None:
    a_busy_log()
    kept = json.dumps([one.details for one in db.session.scalars(select(AuditEntry))])
    for name in [*db.session.scalars(select(User.name)), *db.session.scalars(select(Organisation.name))]:
        assert name not in kept

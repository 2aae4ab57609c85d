"""What lies on disks: of what an organisation writes, uploads and hands in there is not a word in the
database, in the storage, in the queue of mails or in the log."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import make_url, text

from app.domain.timeline import Phase
from app.infra import clock, vault
from app.infra.database import db
from app.notifications.delivery import deliver_due
from app.proposals.files.attaching import attach
from app.proposals.handing_in.submitting import submit_proposal, withdraw_proposal
from app.proposals.wording import EXPECTATIONS
from app.proposals.writing.drafts import working_content
from app.proposals.writing.merging import token
from app.proposals.writing.services import (
    answer_values,
    general_values,
    save_answers,
    save_general,
    start_proposal,
)
from tests import factories as make
from tests.counting import heard

WORDS = (
    "Zonnebloemveld",
    "Kwartelkoning",
    "Regenboogfietspad",
    "Waterlelievijver",
    "Bosuilenkast",
    "Koekoeksjong",
    "Struikelsteen",
    "Windmolenzeil",
    "Vuurvliegjesjaar",
)
REFERENCE, SUMMARY, EXPECTED, APPROACH, EXPERTISE, REACH, FILE_NAME, IN_FILE, REASON = WORDS


@pytest.fixture
def written(app: Flask) -> Iterator[tuple[int, Any]]:
    """Written, uploaded, handed in, replaced and withdrawn, with everything that the worker does."""
    call = make.make_call(make.make_region(), Phase.OPEN)
    organisation = make.make_organisation()
    by = make.actor(make.make_member(organisation))
    one = start_proposal(call.id, organisation.id, by=by)
    values = general_values(working_content(one))
    typed = values | {
        "summary": SUMMARY,
        "references": REFERENCE,
        EXPECTATIONS[0].key: EXPECTED,
        "truthful": "1",
        "no_client_data": "1",
    }
    save_general(one, typed, seen=token(values), by=by)
    answers = answer_values(working_content(one), 1)
    parts = {"approach": APPROACH, "expertise": EXPERTISE, "reach": REACH}
    changed = {name: parts[name.partition("-")[0]] for name in answers}
    save_answers(one, 1, changed, seen=token(answers), by=by)
    attach(one, f"{FILE_NAME}.txt", f"In het bestand staat {IN_FILE}.".encode(), by=by)
    submit_proposal(one, key="1", by=by)
    save_general(one, {"capacity_fte": "2"}, seen=token(general_values(working_content(one))), by=by)
    submit_proposal(one, key="2", by=by)
    deliver_due(clock.read())
    withdraw_proposal(one, reason=REASON, by=by)
    submit_proposal(one, key="3", by=by)
    for act in app.config["SWEEPS"]:
        act(clock.read())
    db.session.rollback()
    yield one, by


def found_in(data: bytes) -> list[str]:
    """The words that stand in it, also as text with two bytes a character or in another case."""
    low = data.lower()
    return [word for word in WORDS if word.lower().encode() in low or word.lower().encode("utf-16-le") in low]


def everything_stored() -> bytes:
    """Every value of every table, as the database keeps it."""
    parts = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')):
            parts += [one if isinstance(one, bytes) else str(one).encode() for one in row]
    return b"\n".join(parts)


def test_the_words_were_really_written(written: tuple[int, Any]) -> None:
    content = str(working_content(written[0]))
    assert all(word in content for word in WORDS if word not in (IN_FILE, REASON))


def test_the_database_holds_none_of_the_words(written: tuple[int, Any]) -> None:
    assert found_in(everything_stored()) == []


def test_the_file_of_the_database_holds_none_of_them_either(
    written: tuple[int, Any], database_url: str
) -> None:
    """Also in pages that were given free again, and in the journal."""
    if not database_url.startswith("sqlite"):
        pytest.skip("a server keeps its own files")
    path = Path(make_url(database_url).database or "")
    for one in filter(Path.is_file, path.parent.glob(f"{path.name}*")):
        assert found_in(one.read_bytes()) == [], one.name


def test_storage_and_mails_hold_none_of_them(app: Flask, written: tuple[int, Any]) -> None:
    settings = app.config["SETTINGS"]
    kept = [one for place in (settings.files, settings.mail_folder) for one in Path(place).rglob("*")]
    files = [one for one in kept if one.is_file()]
    assert any(Path(settings.files) in one.parents for one in files)
    assert any(Path(settings.mail_folder) in one.parents for one in files)
    for one in files:
        assert found_in(one.read_bytes()) == [] and FILE_NAME not in one.name


def test_an_error_while_saving_writes_none_of_them_in_the_log(
    app: Flask, written: tuple[int, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The worst place for it to go wrong: inside the statement that carries the text."""
    proposal_id, by = written
    client: Any = app.test_client()
    client.sign_in(make.db.session.get(make.User, by.user_id))

    def broken(*_: Any) -> bytes:
        raise RuntimeError("no key today")

    page = f"/kandidaturen/{proposal_id}/algemeen"
    app.testing = False
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    try:
        with heard() as lines:
            seen = token(general_values(working_content(proposal_id)))
            db.session.rollback()
            monkeypatch.setattr(vault, "encrypt", broken)
            answer = client.post(page, data={"summary": SUMMARY + " opnieuw", "version": seen, "seen": seen})
    finally:
        app.testing = True
    assert answer.status_code == 500
    told = str(lines) + caplog.text
    assert "test_at_rest.py" in told and found_in(told.encode()) == []
    assert "no key today" not in told and str(proposal_id) not in told

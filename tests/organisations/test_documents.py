"""Documents for reuse: kept encrypted, checked by content, only for members."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from app.infra.database import db
from app.infra.stored import examine_all
from app.organisations.models import KeptDocument, Organisation
from tests.accounts.people import actions
from tests.factories import make_member, make_organisation

STATUTES = "Artikel één. De vereniging heet De Brug.\n".encode()


@pytest.fixture
def organisation(app: Flask) -> Organisation:
    return make_organisation("De Brug")


@pytest.fixture
def member(client: FlaskClient, organisation: Organisation) -> FlaskClient:
    return client.sign_in(make_member(organisation, "member"))  # type: ignore[attr-defined, no-any-return]


def path(organisation: Organisation, rest: str = "") -> str:
    return f"/organisaties/{organisation.id}/documenten{rest}"


def send(
    client: FlaskClient,
    organisation: Organisation,
    data: bytes = STATUTES,
    name: str = "statuten.txt",
    label: str = "Onze statuten",
) -> Any:
    form = {"label": label, "file": (BytesIO(data), name)}
    return client.post(path(organisation), data=form, content_type="multipart/form-data")


def rows() -> list[KeptDocument]:
    found = list(db.session.scalars(select(KeptDocument).order_by(KeptDocument.uploaded_at)))
    for one in found:
        db.session.expunge(one)
    db.session.rollback()
    return found


def test_a_document_is_kept_and_comes_back_the_same(member: FlaskClient, organisation: Organisation) -> None:
    assert send(member, organisation).status_code == 302
    page = member.get(path(organisation)).text
    assert "Onze statuten" in page and "statuten.txt" in page
    answer = member.get(path(organisation, f"/{rows()[0].id}"))
    assert answer.data == STATUTES
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype == "application/octet-stream"
    assert actions() == ["document.added"]


def test_neither_the_database_nor_the_disk_holds_what_it_says(
    app: Flask, member: FlaskClient, organisation: Organisation
) -> None:
    send(member, organisation)
    with db.engine.connect() as connection:
        stored = connection.execute(text("SELECT label, name FROM organisation_document")).one()
    assert "statuten" not in f"{stored.label}{stored.name}".lower()
    folder = Path(app.config["SETTINGS"].files)
    assert all(b"Artikel" not in one.read_bytes() for one in folder.rglob("*") if one.is_file())
    assert [problem for row, problem in examine_all() if row.startswith("organisation_document")] == [""]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90\x00 programma", "statuten.pdf"),
        (STATUTES, "statuten.exe"),
        (b"", "statuten.txt"),
        (STATUTES, "statuten"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    member: FlaskClient, organisation: Organisation, data: bytes, name: str
) -> None:
    answer = send(member, organisation, data, name)
    assert answer.status_code == 422 and 'value="Onze statuten"' in answer.text
    assert rows() == []


def test_a_form_without_a_file_is_told(member: FlaskClient, organisation: Organisation) -> None:
    answer = member.post(path(organisation), data={"label": "Statuten"})
    assert answer.status_code == 422 and "Kies een bestand." in answer.text


@pytest.mark.parametrize("name", ["../../etc/passwd.txt", "x" * 300 + ".txt", "\u202etxt.exe.txt", "🎈.txt"])
def test_strange_file_names_are_kept_safely(
    member: FlaskClient, organisation: Organisation, name: str
) -> None:
    assert send(member, organisation, name=name, label="").status_code == 302
    one = rows()[0]
    assert "/" not in one.name and "\u202e" not in one.name and len(one.name) <= 200
    assert 0 < len(one.label) <= 200
    assert member.get(path(organisation, f"/{one.id}")).data == STATUTES


def test_the_same_file_is_not_kept_twice_and_ten_is_the_end(
    member: FlaskClient, organisation: Organisation
) -> None:
    for number in range(10):
        assert send(member, organisation, STATUTES + str(number).encode()).status_code == 302
    again = send(member, organisation, STATUTES + b"0")
    assert again.status_code == 422 and "staat er al, als Onze statuten" in again.text
    full = send(member, organisation)
    assert full.status_code == 422 and "al 10 documenten" in full.text
    assert len(rows()) == 10


def test_a_removed_document_is_gone(member: FlaskClient, organisation: Organisation) -> None:
    send(member, organisation)
    one = rows()[0].id
    assert member.post(path(organisation, f"/{one}/verwijderen")).status_code == 302
    assert member.get(path(organisation, f"/{one}")).status_code == 404
    assert rows() == []


def test_documents_of_others_are_not_found(
    app: Flask, member: FlaskClient, organisation: Organisation
) -> None:
    send(member, organisation)
    one, other = rows()[0].id, make_organisation()
    stranger = app.test_client().sign_in(make_member(other))  # type: ignore[attr-defined]
    for place in (organisation, other):
        assert stranger.get(path(place, f"/{one}")).status_code == 404
        assert stranger.post(path(place, f"/{one}/verwijderen")).status_code == 404
    assert send(stranger, organisation).status_code == 404
    administrator = app.test_client().sign_in(make_member(make_organisation()))  # type: ignore[attr-defined]
    assert administrator.get(path(organisation)).status_code == 404
    assert len(rows()) == 1

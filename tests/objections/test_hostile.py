"""Bad files, and a session that ended while somebody typed: refused clearly, kept, never a fault."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.infra import storage
from app.infra.database import db
from app.objections.models import ObjectionFile
from tests.objections.test_files import NOTE, actions, files_at, kept, sent
from tests.objections.test_filing import TEXT, address, row, told


def test_26_megabytes_and_an_eleventh_file_are_refused_on_the_page(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[2])
    client.post(address(world), data=TEXT | {"version": "0"})
    before = len(list(storage.listing()))
    large = client.post(files_at(world), data=sent("groot.txt", b"a" * (25 * 1024 * 1024 + 1)))
    assert large.status_code == 422 and "25 MB" in large.text and "nog" in large.text
    larger = client.post(files_at(world), data=sent("groot.txt", b"a" * (26 * 1024 * 1024 + 1)))
    assert larger.status_code == 413 and "25 MB" in larger.text
    assert len(list(storage.listing())) == before
    many = {"file": [(io.BytesIO(b"Nota %d" % number), f"{number}.txt") for number in range(11)]}
    answer = client.post(files_at(world), data=many)
    assert answer.status_code == 422 and "10.txt" in answer.text and "meer kan niet" in answer.text
    assert len(kept(world)) == 10, "what fitted is kept"
    assert actions().count("objection.refused") == 3 and row(world).grounds == TEXT["grounds"]


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("no\x00ta.txt", "nota.txt"),
        ("\u202etxt.exe.txt", "txt.exe.txt"),
        ("<script>alert(1)</script>.txt", None),
        ("a" * 400 + ".txt", None),
    ],
)
def test_a_strange_name_is_only_a_name(client: FlaskClient, name: str, becomes: str | None) -> None:
    world = told()
    client.sign_in(world.owners[2])
    answer = client.post(files_at(world), data=sent(name))
    assert answer.status_code in (302, 422)
    for one in kept(world):
        assert not set("/\\\x00\u202e") & set(one) and len(one) <= 255
        assert becomes is None or one == becomes
    assert becomes is None or answer.status_code == 302
    assert "<script>alert" not in client.get(files_at(world)).text


@pytest.mark.parametrize("name", ["x.exe", "x", ".txt", "", "x.pdf", "x.txt.html", "x.docx"])
def test_what_is_no_such_document_leaves_nothing(client: FlaskClient, name: str) -> None:
    world = told()
    client.sign_in(world.owners[2])
    before = len(list(storage.listing()))
    answer = client.post(files_at(world), data=sent(name, b"MZ\x90\x00 geen document"))
    assert answer.status_code == 422 and "<html" in answer.text
    assert len(list(storage.listing())) == before and kept(world) == []


def test_when_the_session_ended_the_typed_words_come_back(client: FlaskClient) -> None:
    world = told()
    for path in (address(world), f"{address(world)}/indienen"):
        answer = client.post(path, data=TEXT | {"version": "0"})
        assert answer.status_code in (401, 403) and all(one in answer.text for one in TEXT.values()), path
    page = client.post(files_at(world), data=sent())
    assert page.status_code in (302, 401, 403)
    db.session.rollback()
    assert row(world) is None and db.session.scalar(select(func.count(ObjectionFile.id))) == 0
    huge = client.post(address(world), data={"grounds": "x" * 2_000_000})
    assert huge.status_code < 500


@pytest.mark.parametrize("forged", ["99999999999999999999", "-1", "１", "abc", "0", "\x00", "1e9"])
def test_forged_numbers_in_the_address_and_the_form_are_no_fault(client: FlaskClient, forged: str) -> None:
    world = told()
    client.sign_in(world.owners[2])
    for path in (
        f"/kandidaturen/{forged}/weerwoord",
        f"{files_at(world)}/{forged}",
        f"{address(world)}/beslissing-{forged}/uitspraak.pdf",
        f"/weerwoorden/{forged}/lezen",
    ):
        assert client.get(path.replace("\x00", "%00")).status_code in (302, 400, 404), path
    for field in ("version", "decision", "criteria", "next"):
        answer = client.post(address(world), data=TEXT | {"version": "0"} | {field: forged})
        assert answer.status_code in (302, 409, 422), field
        if answer.status_code != 302:
            assert TEXT["grounds"] in answer.text
    gone = client.post(f"{files_at(world)}/{forged.replace(chr(0), '%00')}/verwijderen")
    assert gone.status_code in (302, 400, 404)


def test_the_file_itself_is_never_shown_in_the_browser(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[2])
    client.post(files_at(world), data=sent("nota.txt", NOTE))
    file_id = db.session.scalar(select(ObjectionFile.id))
    answer = client.get(f"{files_at(world)}/{file_id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]

"""From a document on the desk to a draft with its source beside it."""

import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.addenda.drafting.drafts import load_addendum
from app.addenda.models import Addendum
from app.infra.database import db
from app.infra.texts import legible
from tests import factories as make
from tests.addenda.helpers import CORPUS, imported, make_area, source


def test_a_document_fills_a_draft(client: FlaskClient) -> None:
    region, regisseur = make_area()
    client.sign_in(regisseur)
    page = client.post(
        f"/regio/{region.id}/oproepen/nieuw",
        data={"file": (io.BytesIO(source().encode()), "addendum.txt")},
        content_type="multipart/form-data",
    )
    assert page.status_code == 302
    draft = db.session.scalars(select(Addendum)).one()
    expected = json.loads((CORPUS / "klein-brabant-vaartland.json").read_text())
    assert [[one.name for one in row.personas] for row in draft.challenges] == [
        row["personas"] for row in expected["challenges"]
    ]
    assert [[one.label for one in row.obstacles] for row in draft.challenges] == [
        row["obstacles"] for row in expected["challenges"]
    ]
    assert [[one.text for one in row.goals] for row in draft.challenges] == [
        row["goals"] for row in expected["challenges"]
    ]
    assert sorted(one.name for one in draft.municipalities) == sorted(expected["municipalities"])
    assert len(draft.criteria) == 9 and all(len(one.levels) == 6 for one in draft.criteria)
    assert draft.deadline.isoformat() == "2023-06-02T22:00:00+00:00"
    assert draft.import_report["unrecognised"] == expected["unrecognised"]


def test_the_source_stands_beside_the_result_with_every_line(client: FlaskClient) -> None:
    draft, regisseur = imported()
    text = client.sign_in(regisseur).get(f"/oproepen/{draft}/bron").text
    report = load_addendum(draft).import_report
    for number, line in enumerate(source().splitlines(), start=1):
        assert not line.strip() or f'id="regel-{number}"' in text
    assert "Uitdaging 1, obstakel 1" in text
    assert text.count("pw-line--missed") == len({one["line"] for one in report["unrecognised"]}) > 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "leeg"),
        ("   \n ", "leeg"),
        ("Beste Jan, tot morgen.", "geen addendum te herkennen"),
        ("woord " * 900_000, "te groot"),
        ("\x00\x01\x02", "leeg"),
    ],
    ids=["empty", "blank", "letter", "5 MB", "control characters alone"],
)
def test_text_that_is_no_addendum_is_refused_and_kept(client: FlaskClient, text: str, message: str) -> None:
    region, regisseur = make_area()
    client.sign_in(regisseur)
    page = client.post(f"/regio/{region.id}/oproepen/nieuw", data={"text": text})
    assert page.status_code == 422
    assert message in page.text
    if text.strip() and len(text) < 1000:
        assert legible(text).strip() in page.text
    assert db.session.scalar(select(func.count()).select_from(Addendum)) == 0


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"PK\x03\x04 x", b"", b"\x00" * 100, b"a " * 2_500_000])
def test_a_file_that_is_no_text_is_refused_and_the_pasted_text_kept(
    client: FlaskClient, content: bytes
) -> None:
    region, regisseur = make_area()
    client.sign_in(regisseur)
    data = {"file": (io.BytesIO(content), "addendum.pdf"), "text": "wat ik al geplakt had"}
    page = client.post(f"/regio/{region.id}/oproepen/nieuw", data=data, content_type="multipart/form-data")
    assert page.status_code == 422
    assert "wat ik al geplakt had" in page.text


def test_a_draft_can_begin_empty_with_the_criteria_of_the_programme(client: FlaskClient) -> None:
    region, regisseur = make_area()
    client.sign_in(regisseur)
    assert client.post(f"/regio/{region.id}/oproepen/leeg", data={"title": ""}).status_code == 422
    page = client.post(f"/regio/{region.id}/oproepen/leeg", data={"title": "Samen vooruit"})
    assert page.status_code == 302
    draft = db.session.scalars(select(Addendum)).one()
    assert (draft.title, draft.challenges, len(draft.criteria)) == ("Samen vooruit", [], 9)
    for path in (page.headers["Location"], f"/oproepen/{draft.id}/bron", f"/oproepen/{draft.id}/voorbeeld"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("name", sorted(path.stem for path in CORPUS.glob("*.txt")))
def test_every_document_of_the_corpus_becomes_a_draft_that_can_be_looked_at(
    client: FlaskClient, name: str
) -> None:
    region, regisseur = make_area()
    client.sign_in(regisseur)
    page = client.post(f"/regio/{region.id}/oproepen/nieuw", data={"text": source(name)})
    assert page.status_code == 302, page.text
    draft = db.session.scalars(select(Addendum.id)).one()
    for path in ("bron", "bewerken", "bewerken/tijdlijn", "bewerken/basis", "voorbeeld", "publiceren"):
        assert client.get(f"/oproepen/{draft}/{path}").status_code == 200, path


def test_only_people_of_the_region_reach_its_drafts(client: FlaskClient, app: Flask) -> None:
    draft, regisseur = imported()
    region = load_addendum(draft).service_area_id
    stranger = make.make_regisseur(make.make_region())
    observer = make.make_user("Waarnemer")
    assert client.get(f"/regio/{region}/oproepen").status_code == 302
    for path in (f"/regio/{region}/oproepen", f"/regio/{region}/oproepen/nieuw", f"/oproepen/{draft}/bron"):
        assert app.test_client().sign_in(stranger).get(path).status_code == 404
        assert app.test_client().sign_in(observer).get(path).status_code == 404
    answer = app.test_client().sign_in(stranger).post(f"/regio/{region}/oproepen/leeg", data={"title": "x"})
    assert answer.status_code == 404


def test_an_observer_reads_drafts_and_cannot_write(app: Flask) -> None:
    draft, _ = imported()
    region = load_addendum(draft).service_area_id
    observer = make.make_regisseur(db.session.get_one(type(make.make_region()), region), "observer")
    client = app.test_client().sign_in(observer)
    assert client.get(f"/oproepen/{draft}/bron").status_code == 200
    page = client.get(f"/regio/{region}/oproepen")
    assert page.status_code == 200 and "Nieuwe oproep" not in page.text
    assert client.get(f"/oproepen/{draft}/bewerken").status_code == 404


def test_the_command_prints_the_object(app: Flask, tmp_path: object) -> None:
    runner = app.test_cli_runner()
    done = runner.invoke(args=["addendum", "parse", str(CORPUS / "klein-brabant-vaartland.txt")])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == json.loads((CORPUS / "klein-brabant-vaartland.json").read_text())


def test_the_command_says_clearly_what_is_wrong(app: Flask) -> None:
    runner = app.test_cli_runner()
    for path, words in (
        (str(CORPUS), "kan niet gelezen worden"),
        (make.__file__, "geen addendum te herkennen"),
    ):
        failed = runner.invoke(args=["addendum", "parse", path])
        assert failed.exit_code == 1
        assert words in failed.stderr and failed.stdout == ""

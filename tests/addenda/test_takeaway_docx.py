"""The Word document, read by another library and by our own importer."""

import io
import shutil
import subprocess
import xml.etree.ElementTree as Tree
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from app.addenda.importing import parse_addendum
from app.addenda.models import Addendum
from app.addenda.reading.extract import text_of
from app.infra.database import db, transaction
from tests.addenda.helpers import imported
from tests.addenda.takeaway_calls import change, full_call, nasty_call, set_timeline

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(autouse=True)
def _in_time(at: Any) -> None:
    at("2026-06-01T10:00")


def fetch(client: FlaskClient, call_id: int) -> bytes:
    answer = client.get(f"/oproepen/{call_id}/oproep.docx")
    assert answer.status_code == 200
    return answer.data


def test_it_has_real_headings_lists_tables_and_a_title(client: FlaskClient) -> None:
    word = docx.Document(io.BytesIO(fetch(client, full_call().id)))
    styles = [(one.style.name, one.text) for one in word.paragraphs if one.style is not None]
    assert ("Heading 1", "Samen één stap vooruit") in styles
    assert ("Heading 3", "Regio-uitdaging 1 gebaseerd op persona Nora") in styles
    assert ("List Number", "Obstakel 1.1") in styles and ("List Bullet", "Geduldig") in styles
    levels = [int(name[-1]) for name, _ in styles if name.startswith("Heading")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert word.core_properties.title == "Samen één stap vooruit"
    assert word.core_properties.language == "nl-BE"
    assert word.core_properties.modified == datetime(
        2026, 5, 15, 22, tzinfo=word.core_properties.modified.tzinfo
    )
    assert len(word.tables) == 1 + 4 + 2
    assert [cell.text for cell in word.tables[0].rows[0].cells] == ["Stap", "Wanneer"]


def test_the_language_the_header_rows_and_the_words_for_pictures_are_in_the_file(client: FlaskClient) -> None:
    with zipfile.ZipFile(io.BytesIO(fetch(client, full_call().id))) as package:
        assert package.testzip() is None
        parts = {
            name: Tree.fromstring(package.read(name))
            for name in package.namelist()
            if not name.endswith("png")
        }
    languages = [one.attrib[f"{W}val"] for one in parts["word/styles.xml"].iter(f"{W}lang")]
    assert languages == ["nl-BE"]
    body = parts["word/document.xml"]
    tables = list(body.iter(f"{W}tbl"))
    assert tables and all(one.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for one in tables)
    pictures = [one.attrib["descr"] for one in body.iter() if one.tag.endswith("}docPr")]
    assert pictures == ["Portret"]
    assert not [name for name in parts if "vba" in name.lower()]


def test_every_numbered_list_begins_at_one(client: FlaskClient) -> None:
    text = text_of(fetch(client, full_call().id))
    assert text.count("1. Obstakel 1.1") >= 1 and text.count("1. Obstakel 2.1") >= 1
    assert "1. eerst luisteren" in text and "2. dan samen" in text


def test_it_is_the_same_file_every_time(client: FlaskClient) -> None:
    call = full_call()
    assert fetch(client, call.id) == fetch(client, call.id)


def test_what_is_typed_is_text(client: FlaskClient) -> None:
    data = fetch(client, nasty_call().id)
    word = docx.Document(io.BytesIO(data))
    text = "\n".join(one.text for one in word.paragraphs)
    for words in ("]]>", "</w:t>", "<b>&amp;", "😀", "שלום", "BEGIN:VEVENT"):
        assert words in text
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = package.read("word/document.xml")
    assert b"\x07" not in body and b"\x0b" not in body and "\u202e".encode() not in body


def test_a_link_that_is_no_link_to_the_web_is_not_one_in_word(client: FlaskClient) -> None:
    call = full_call()
    change(
        call.id,
        ambition="[klik](javascript:alert(1)) [lees](file:///etc/passwd) [goed](https://voorbeeld.be/?a=1&b=2)",
    )
    with zipfile.ZipFile(io.BytesIO(fetch(client, call.id))) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    assert "https://voorbeeld.be/?a=1&amp;b=2" in relations
    assert "javascript" not in relations and "file:" not in relations


def test_our_importer_reads_it_back(client: FlaskClient) -> None:
    """From a region's document to a call, to Word, and back: nothing is lost or moved on the way."""
    call_id, _ = imported()
    row = db.session.get_one(Addendum, call_id)
    contacts = [(one.name, one.role, one.email, one.phone) for one in row.contacts]
    wanted = [
        (
            one.number,
            tuple(person.name for person in one.personas),
            [obstacle.label for obstacle in one.obstacles],
            [goal.text for goal in one.goals],
        )
        for one in row.challenges
    ]
    db.session.rollback()
    with transaction():
        set_timeline(db.session.get_one(Addendum, call_id), datetime(2026, 6, 30, 23, 59))
    parsed = parse_addendum(text_of(fetch(client, call_id)))
    found = [
        (one.number, one.personas, [item.text for item in one.obstacles], [item.text for item in one.goals])
        for one in parsed.challenges
    ]
    assert found == wanted and len(wanted) == 4
    time = parsed.timeline
    assert (time.launch, time.deadline) == (date(2026, 5, 16), datetime(2026, 6, 30, 23, 59))
    assert time.written_round == (date(2026, 7, 3), date(2026, 7, 12))
    assert [(str(one.day), str(one.start), str(one.end)) for one in time.pitch_windows] == [
        ("2026-07-20", "09:00:00", "12:00:00"),
        ("2026-07-21", "13:00:00", "17:00:00"),
    ]
    assert (time.decision_before, time.objection_days) == (date(2026, 8, 9), 14)
    assert [
        (one.name, one.role or "", one.email or "", one.phone or "") for one in parsed.contacts
    ] == contacts
    assert parsed.service_area == "Klein-Brabant Vaartland"
    assert parsed.municipalities == ("Bornem", "Puurs-Sint-Amands", "Willebroek")


def test_our_importer_reads_goals_that_are_questions_back(client: FlaskClient) -> None:
    call_id, _ = imported()
    with transaction():
        set_timeline(db.session.get_one(Addendum, call_id), datetime(2026, 6, 30, 23, 59))
        for one in db.session.get_one(Addendum, call_id).challenges:
            for goal in one.goals:
                goal.text = f"Hoe kunnen we eraan werken dat dit lukt: {goal.text.lower()}?"
        wanted = [
            ([row.label for row in one.obstacles], [row.text for row in one.goals])
            for one in db.session.get_one(Addendum, call_id).challenges
        ]
    parsed = parse_addendum(text_of(fetch(client, call_id)))
    assert wanted == [
        ([row.text for row in one.obstacles], [row.text for row in one.goals]) for one in parsed.challenges
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed here")
def test_libreoffice_opens_it(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "oproep.docx").write_bytes(fetch(client, nasty_call().id))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "oproep.docx")], check=True, capture_output=True
    )
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "oproep.pdf").pages)
    assert "Nora" in text and "Lokale timing" in text

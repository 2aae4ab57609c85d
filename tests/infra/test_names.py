"""A name is the same name everywhere: page, list, PDF, mail, spreadsheet, JSON, archive."""

import csv
import io
import json
import socket
import unicodedata
import zipfile
from dataclasses import replace
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdf
import pypdfium2
import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from sqlalchemy import select

from app.addenda.models import Addendum, CallFact
from app.infra import clock
from app.infra.database import db, transaction
from app.infra.documents import TEMPLATES, render_pdf
from app.infra.downloads import disposition
from app.infra.texts import one_line
from app.notifications.delivery import deliver_due
from app.notifications.models import OutboxMessage
from app.notifications.sending import attached_pdf
from app.organisations.models import Organisation
from app.proposals.handing_in.submitting import submit_proposal
from app.proposals.models import Opening
from tests import factories as make
from tests.accounts.people import someone

NAMES = [
    "Vzw 🎉 Ñoël 👩‍👩‍👧",
    "🏳️‍🌈 Thuis 👍🏽 🇧🇪",
    "עמותת שלום",
    "مؤسسة الأمل",
    "Vzw שלום Brugge",
    "漢字会 カタカナ",
    "한국 사람",
    "Zoë’s “’t Zeepsop” & <Zonen>",
    "Łódź, Ĳzer, Dvořák, x̌",
    "Общество Надежда",
]
TYPED = {  # what is sent: what is kept
    "Ze\u0301bra": "Zébra",
    "De\u202egurB\u202c Brug": "DegurB Brug",
    "\u2067Het\u2069 Anker\u200b": "Het Anker",
    "Soft\u00adware\ufeff": "Software",
    "Twee\r\nregels": "Twee regels",
    "\u1112\u1161\u11ab": "\ud55c",
}


class World:
    """A call, an organisation and a person who all carry the same name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.region = make.make_region()
        self.call = make.make_call(self.region)
        self.organisation = make.make_organisation(name)
        self.owner = make.make_member(self.organisation)
        with transaction():
            db.session.get_one(Addendum, self.call.id).title = name
            owner = db.session.merge(self.owner)
            owner.name = name
        self.proposal = make.make_proposal(self.call, self.organisation, self.owner)
        self.receipt = submit_proposal(self.proposal.id, key="k", by=make.actor(self.owner))

    def open(self, at: Any) -> Any:
        """The deadline passed and two people signed; the regisseur who may read."""
        regisseur, chair = make.make_regisseur(self.region), make.make_juror(self.call, chair=True)
        assert self.call.deadline is not None
        at(self.call.deadline)
        with transaction() as now:
            db.session.add(CallFact(addendum_id=self.call.id, kind="opened", at=now))
            db.session.add(
                Opening(
                    addendum_id=self.call.id,
                    first_by_id=regisseur.id,
                    first_at=now,
                    second_by_id=chair.id,
                    second_at=now,
                )
            )
        return regisseur


@pytest.fixture(params=NAMES)
def world(request: pytest.FixtureRequest, app: Flask) -> World:
    return World(request.param)


def shown(pdf: bytes) -> str:
    """What a reader copies out of the document, as the engine of a browser reads it."""
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def test_every_name_here_is_one_that_is_kept() -> None:
    assert [one_line(name) for name in NAMES] == NAMES


@pytest.mark.parametrize(("typed", "kept"), [*TYPED.items(), *((one, one) for one in NAMES)])
def test_what_is_typed_is_stored_once_and_shown_so(
    app: Flask, client: FlaskClient, typed: str, kept: str
) -> None:
    client.sign_in(someone())  # type: ignore[attr-defined]
    given = {"enterprise_number": "0566.988.259", "organisation_name": typed, "legal_form": "vzw"}
    answer = client.post("/organisaties/nieuw", data=given | {"city": "Bornem"})
    assert db.session.scalars(select(Organisation.name)).all() == [kept]
    page = client.get(answer.location).get_data(as_text=True)
    assert kept in unescape(page) and (typed == kept or typed not in unescape(page))


@pytest.mark.parametrize("name", ["n" * 300, "👩‍👩‍👧" * 60, "é" * 201])
def test_a_name_that_is_too_long_is_refused_in_words_and_given_back(
    app: Flask, client: FlaskClient, name: str
) -> None:
    client.sign_in(someone())  # type: ignore[attr-defined]
    given = {"enterprise_number": "0566.988.259", "organisation_name": name, "city": "Bornem"}
    answer = client.post("/organisaties/nieuw", data=given)
    assert answer.status_code == 422 and name in answer.get_data(as_text=True)
    assert "200 tekens" in answer.get_data(as_text=True)
    assert db.session.scalars(select(Organisation.name)).all() == []


def test_the_pages_show_it(world: World, client: FlaskClient) -> None:
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    for path in ("/", "/kandidaturen", f"/kandidaturen/{world.proposal.id}", f"/oproepen/{world.call.id}"):
        assert world.name in unescape(client.get(path).get_data(as_text=True)), path


def test_the_documents_draw_it_and_give_it_back(world: World) -> None:
    (mail,) = db.session.scalars(select(OutboxMessage))
    pdf = attached_pdf(mail) or b""
    assert world.name in shown(pdf)
    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "nl"


def test_the_document_of_the_call_draws_it(world: World, client: FlaskClient) -> None:
    answer = client.get(f"/oproepen/{world.call.id}/oproep.pdf")
    assert answer.status_code == 200 and world.name in shown(answer.data)


def test_dutch_beside_it_keeps_its_own_order(world: World, client: FlaskClient, at: Any) -> None:
    """A name that runs from right to left takes no Dutch word, number or full stop along."""
    client.sign_in(world.open(at))  # type: ignore[attr-defined]
    isolated = f"<bdi>{escape(world.name)}</bdi>"
    formal = f"/kandidaturen/{world.proposal.id}/ontvankelijkheid"
    calls = f"/oproepen/{world.call.id}"
    for path in (f"{formal}/herroeping", f"{calls}/ontvankelijkheid", f"{calls}/kandidaturen"):
        assert isolated in client.get(path).get_data(as_text=True), path
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    for path in (f"/kandidaturen/{world.proposal.id}", f"/organisaties/{world.organisation.id}/collegas"):
        assert isolated in client.get(path).get_data(as_text=True), path


class Mailbox:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.messages.append(envelope.content)
        return "250 OK"


@pytest.fixture
def mailbox(app: Flask) -> Any:
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(before, mail_backend="smtp", smtp_host="127.0.0.1", smtp_port=port)
    yield box
    app.config["SETTINGS"] = before
    server.stop()


def test_the_mail_that_arrives_carries_it(mailbox: Mailbox, world: World) -> None:
    assert deliver_due(clock.now()).sent == 1
    mail = message_from_bytes(mailbox.messages[0], policy=policy.default)
    assert mail["Subject"] == f"Ontvangstbewijs {world.receipt.number}: {world.name}"
    (to,) = mail["To"].addresses
    assert (to.display_name, to.addr_spec) == (world.name, world.owner.email)
    plain = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    rich = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert f"Beste {world.name}," in plain and f"Beste {world.name}," in unescape(rich)
    assert f"De kandidatuur van {world.name} is goed aangekomen." in plain
    assert all(one.isascii() for one in mailbox.messages[0].split(b"\r\n\r\n", 1)[0].splitlines())


def test_the_json_of_applicant_and_call_carry_it(world: World, client: FlaskClient) -> None:
    call = json.loads(client.get(f"/oproepen/{world.call.id}/oproep.json").data)
    assert world.name in json.dumps(call, ensure_ascii=False)
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    mine = json.loads(client.get(f"/kandidaturen/{world.proposal.id}/ingediend.json").data)
    assert (mine["organisation"]["name"], mine["call"]["title"]) == (world.name, world.name)


def test_the_spreadsheet_and_the_archive_carry_it(world: World, client: FlaskClient, at: Any) -> None:
    client.sign_in(world.open(at))  # type: ignore[attr-defined]
    sheet = client.get(f"/oproepen/{world.call.id}/kandidaturen.csv").data.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(sheet), delimiter=";") for cell in row]
    assert world.name in cells
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"/oproepen/{world.call.id}/kandidaturen.zip").data))
    assert archive.testzip() is None
    texts = [archive.read(one).decode() for one in archive.namelist() if one.endswith("kandidatuur.json")]
    assert [json.loads(one)["organisation"]["name"] for one in texts] == [world.name]
    (paper,) = (archive.read(one) for one in archive.namelist() if one.endswith("kandidatuur.pdf"))
    assert world.name in shown(paper)


NASTY = ["n" * 300, "../../etc/passwd", 'a"b\r\nX: y', "", "...", "\u202egpj.exe"]


@pytest.mark.parametrize("name", [*NAMES, *NASTY])
def test_a_file_is_kept_under_its_name(name: str) -> None:
    header = disposition(f"{name}.pdf")
    assert header.isascii() and "\n" not in header and "\r" not in header
    plain, _, whole = header.partition("; filename*=UTF-8''")
    kept = unquote(whole)
    assert kept.endswith("pdf") and len(kept) <= 120 and not set(kept) & set('/\\"<>|:*?')
    assert plain.startswith('attachment; filename="') and plain.count('"') == 2
    if name in NAMES and not set(name) & set('<>":'):
        assert kept == f"{name}.pdf"


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.typ")), ids=lambda path: path.name)
def test_every_document_asks_the_same_fonts(template: Path) -> None:
    text = template.read_text()
    assert template.name == "fonts.typ" or 'import "/fonts.typ"' in text
    assert template.name == "fonts.typ" or "#set text(font: fonts" in text


def test_a_letter_that_no_font_has_becomes_a_question_mark_and_the_rest_stays(app: Flask) -> None:
    facts = {
        "subject": "Ge'ez ሰላም en 漢字 👩‍👧 é می‌خواهم",
        "signature": "x",
        "sender": ["a"],
        "recipient": ["b"],
        "date": "vandaag",
        "reference": "",
        "salutation": "Beste",
        "opening": "Hier.",
        "sections": [],
        "contact": [],
    }
    text = shown(render_pdf("decisions/letter.typ", facts))
    assert "Ge'ez ??? en 漢字 👩‍👧 é" in text

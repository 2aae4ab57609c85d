"""The report, the list and the files tell who signed and who applied as it was then, whoever is renamed."""

import io
import json
import zipfile
from typing import Any

import pypdf
from flask import Flask

from app.accounts.models import User
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.infra.documents import render_pdf
from app.organisations.models import Organisation
from app.proposals.models import Submission
from app.proposals.seal.unsealing import sign_opening
from tests import factories as make


class Opened:
    def __init__(self) -> None:
        region = make.make_region()
        self.call = make.make_call(region, Phase.SEALED)
        self.organisation = make.make_organisation("Vzw De Brug")
        self.proposal = make.make_proposal(self.call, self.organisation, submitted=True)
        self.rival = make.make_organisation("Vzw De Oever")
        make.make_proposal(self.call, self.rival, submitted=True)
        self.first, self.second = make.make_regisseur(region), make.make_juror(self.call, chair=True)
        for person in (self.first, self.second):
            sign_opening(self.call.id, by=make.actor(person))
        self.third = make.make_regisseur(region)


def rename(kind: Any, row: Any, name: str) -> None:
    with transaction():
        db.session.get_one(kind, row.id).name = name


def test_a_signer_who_is_renamed_stays_who_signed(app: Flask) -> None:
    world = Opened()
    rename(User, world.first, "Minister Van Alles")
    client: Any = app.test_client().sign_in(world.third)  # type: ignore[attr-defined]
    page = client.get(f"/oproepen/{world.call.id}/opening").text
    assert "Rik De Regisseur (nu: Minister Van Alles)," in page and "Jan Jurylid," in page


def test_an_organisation_that_takes_the_name_of_a_rival_is_still_itself(app: Flask) -> None:
    world = Opened()
    rename(Organisation, world.organisation, "Vzw De Oever")
    client: Any = app.test_client().sign_in(world.third)  # type: ignore[attr-defined]
    url = f"/oproepen/{world.call.id}"
    for page in ("opening", "kandidaturen"):
        text = client.get(f"{url}/{page}").text
        assert "Vzw De Brug" in text and "nu: Vzw De Oever" in text
    pdf = pypdf.PdfReader(io.BytesIO(client.get(f"{url}/opening.pdf").data))
    assert "Vzw De Brug" in "".join(page.extract_text() for page in pdf.pages)
    assert "Vzw De Brug" in client.get(f"{url}/kandidaturen.csv").text
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{url}/kandidaturen.zip").data))
    assert any("Vzw De Brug" in name for name in archive.namelist())
    first = json.loads(archive.read("overzicht.json"))["proposals"][0]
    assert (first["organisation"], first["organisation_now"]) == ("Vzw De Brug", "Vzw De Oever")


def test_what_was_refused_for_its_form_says_so_in_list_and_export_and_when_read(app: Flask) -> None:
    world = Opened()
    with transaction() as now:
        for one in db.session.query(Submission).filter_by(proposal_id=world.proposal.id):
            one.refused_at = now
    client: Any = app.test_client().sign_in(world.third)  # type: ignore[attr-defined]
    url = f"/oproepen/{world.call.id}"
    page = client.get(f"{url}/kandidaturen").text
    assert page.count("Niet ontvankelijk") == 1 and page.count("In de running") == 1
    text = client.get(f"{url}/kandidaturen.csv").text
    assert text.count("Niet ontvankelijk") == 1 and text.count("In de running") == 1
    read = client.get(f"/kandidaturen/{world.proposal.id}/lezen").text
    assert "Niet ontvankelijk" in read and f"/kandidaturen/{world.proposal.id}/kandidatuur.zip" in read


def test_a_name_without_spaces_stays_within_its_column(app: Flask) -> None:
    row = {
        "received": "zaterdag 3 juni 2023, 00:00:01 (CEST)",
        "number": "PW-1",
        "organisation": "Lettergreep" * 20,
        "organisation_now": "",
        "revision": 1,
        "files": 0,
        "groups": ["a" * 16] * 4,
        "fits": True,
        "destroyed": "",
    }
    call = {"title": "Woord" * 60, "service_area": "Rivierenland", "deadline": "x", "opened_at": "y"}
    about = call | {"signed": [], "altered": 0, "destroyed": 0, "proposals": [row]}
    pdf = render_pdf("proposals/opening.typ", about)
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().replace("\u200b", "")
    lines = [line for line in text.splitlines() if "Lettergreep" in line or "WoordWoord" in line]
    assert len(lines) > 2 and max(map(len, lines)) < 260

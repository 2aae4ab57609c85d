"""The whole road on a real kind of document, as the people would walk it, with the clock moved along.

ROAD_ADDENDUM names another text file of the same family to walk it on (the dates of 2023 are the clock's).
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_security import hash_password
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.accounts.models import User
from app.audit.queries import verify
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser
OWN_DOCUMENT = Path(__file__).parents[1] / "addenda" / "corpus" / "klein-brabant-vaartland.txt"
PASSWORD = "een-lang-wachtwoord"
PERSONAS = ("Nora", "Bart", "Freddy", "Amor", "Saled")
APPROACH = "We gaan drie keer per week langs in de wijk, samen met een klusploeg die meteen iets herstelt."
EXPERTISE = "Sinds 2011 begeleidden we 240 gezinnen; de cijfers staan in ons jaarverslag."
REACH = "Via het inloophuis, de school en de wijkagent, en altijd met iemand die ze al kennen."


def document() -> str:
    return Path(os.environ.get("ROAD_ADDENDUM", OWN_DOCUMENT)).read_text(encoding="utf-8")


def with_password(user: User) -> str:
    """The address to sign in with. Rows are not kept: reading one later would hold up the server's writer."""
    with transaction():
        db.session.get_one(User, user.id).password = hash_password(PASSWORD)
    return str(user.email)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button, and say yes when it asks whether one is sure."""
    button = page.get_by_role("button", name=name)
    assert button.count(), f"no button {name} on {page.url}:\n{page.locator('main').inner_text()}"
    button.first.click()
    sure = page.locator("dialog[open] [data-confirm-yes]")
    if sure.count():
        sure.click()
    page.wait_for_load_state()


def sign_in(page: Page, email: str) -> Page:
    page.goto("/aanmelden")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    press(page, "Meld je aan")
    expect(page.get_by_role("heading", name="Aanmelden")).to_have_count(0)
    return page


def number_in(url: str) -> int:
    found = re.search(r"/(\d+)(?:/|$|\?)", url)
    assert found, url
    return int(found[1])


def mail_to(email: str) -> OutboxMessage:
    """The newest mail to somebody."""
    db.session.rollback()
    statement = (
        select(OutboxMessage).where(OutboxMessage.to_address == email).order_by(OutboxMessage.id.desc())
    )
    found = db.session.scalars(statement).first()
    assert found is not None, f"no mail to {email}"
    db.session.expunge(found)
    db.session.rollback()
    return found


def link_in(message: OutboxMessage) -> str:
    found = re.search(r"https?://\S+?(/uitnodiging/\S+)", message.body_text)
    assert found, message.body_text
    return found[1]


@dataclass
class Road:
    """Who walks, and where they are."""

    visit: SignIn
    at: Callable[[str], None]
    call_id: int = 0
    proposals: dict[str, int] | None = None


def import_and_publish(page: Page, region_id: int) -> int:
    """The regisseur's desk: from pasted text to a published call; its id."""
    page.goto(f"/regio/{region_id}/oproepen/nieuw")
    page.get_by_label("Of plak hier de tekst van het addendum").fill(document())
    press(page, "Lees in")
    call_id = number_in(page.url)
    main = page.locator("main")
    for persona in PERSONAS:
        expect(main).to_contain_text(persona)
    expect(main).to_contain_text("9 obstakels, 11 doelen")
    page.goto(f"/oproepen/{call_id}/bewerken")
    page.get_by_role("link", name="Nora heeft nog geen verhaal").click()
    page.get_by_label("Verhaal").fill("Nora is 34 en zorgt alleen voor drie kinderen. Ze wil graag werken.")
    press(page, "Bewaar")
    page.goto(f"/oproepen/{call_id}/publiceren")
    press(page, "Publiceer de oproep")
    return call_id


def register(page: Page, number: str, name: str, email: str, person: str, local: bool = False) -> None:
    """A visitor makes an account and an organisation; the link in the mail completes both."""
    page.goto("/organisaties/nieuw")
    page.get_by_label("Ondernemingsnummer").fill(number)
    page.get_by_label("Naam van de organisatie").fill(name)
    page.get_by_label("Rechtsvorm").fill("OCMW" if local else "vzw")
    page.get_by_label("Gemeente van de zetel").fill("Bornem")
    if local:
        page.get_by_label("We zijn een lokaal bestuur").check()
    page.get_by_label("Voornaam en naam").fill(person)
    page.get_by_label("E-mailadres").fill(email)
    press(page, "Registreer")
    accept(page, email)


def accept(page: Page, email: str) -> None:
    """Open the link in the newest mail and choose a password."""
    page.goto(link_in(mail_to(email)))
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Nogmaals het wachtwoord").fill(PASSWORD)
    press(page, "Maak mijn account")


def write_proposal(page: Page, call_id: int) -> int:
    """Answer the first two obstacles; the first saves by itself while typing. The proposal's id."""
    page.goto(f"/oproepen/{call_id}")
    press(page, re.compile("Stel je kandidaat"))
    if page.get_by_role("button", name="Start de kandidatuur").count():
        press(page, "Start de kandidatuur")
    proposal_id = number_in(page.url)
    expect(page.locator("body")).to_contain_text("NIET INGEDIEND")
    page.goto(f"/kandidaturen/{proposal_id}/uitdaging/1")
    for index in (0, 1):
        page.get_by_label("Aanpak").nth(index).fill(APPROACH)
        page.get_by_label("Ervaring en deskundigheid").nth(index).fill(EXPERTISE)
        page.get_by_label("Hoe bereiken jullie deze mensen?").nth(index).fill(REACH)
    expect(page.locator("[data-autosave-state]").first).to_contain_text("Bewaard om", timeout=15_000)
    page.reload()
    expect(page.get_by_label("Aanpak").first).to_have_value(APPROACH)
    page.goto(f"/kandidaturen/{proposal_id}/algemeen")
    page.locator("[name=summary]").fill("Wij brengen wonen, zorg en werk samen bij mensen thuis.")
    page.get_by_label("We willen het partnerschap mee coördineren").check()
    page.get_by_label("Wat in deze kandidatuur staat, klopt").check()
    page.get_by_label("Er staan geen gegevens van cliënten").check()
    press(page, "Bewaren")
    return proposal_id


def submit(page: Page, proposal_id: int) -> None:
    page.goto(f"/kandidaturen/{proposal_id}/indienen")
    press(page, "Dien de kandidatuur in")


def first_half(road: Road, region_id: int, regisseurs: list[str]) -> dict[str, str]:
    """From the document to the opened seal; the e-mail addresses of the applicants by name."""
    road.at("2023-04-20T14:00")
    desk = sign_in(road.visit(), regisseurs[0])
    road.call_id = import_and_publish(desk, region_id)
    visitor = road.visit()
    assert visitor.goto(f"/oproepen/{road.call_id}").status == 404  # type: ignore[union-attr]
    road.at("2023-04-21T09:00")
    visitor.goto(f"/oproepen/{road.call_id}")
    for persona in PERSONAS:
        expect(visitor.locator("main")).to_contain_text(persona)
    road.at("2023-05-10T20:00")
    applicants = {
        "Vzw De Brug": "els@brug-voorbeeld.be",
        "Huis aan de Vaart": "jos@vaart-voorbeeld.be",
        "OCMW Testdorp": "an@testdorp-voorbeeld.be",
    }
    road.proposals = {}
    for serial, (name, email) in enumerate(applicants.items()):
        page = road.visit(size="phone" if serial == 1 else "desk")
        register(
            page, make.valid_enterprise_number(700 + serial), name, email, "Els Janssens", "OCMW" in name
        )
        road.proposals[name] = write_proposal(page, road.call_id)
    hand_in(road, applicants)
    open_seal(road, regisseurs)
    return applicants


def hand_in(road: Road, applicants: dict[str, str]) -> None:
    """Two in the last minute, the third one second too late: refused, and nothing lost."""
    assert road.proposals is not None
    for moment, name in (
        ("2023-06-02T23:58:00", "Vzw De Brug"),
        ("2023-06-02T23:59:20", "OCMW Testdorp"),
    ):
        road.at(moment)
        page = sign_in(road.visit(), applicants[name])
        submit(page, road.proposals[name])
        expect(page.locator("main")).to_contain_text("SHA-256")
        assert "Ontvangst" in mail_to(applicants[name]).subject
    late = road.proposals["Huis aan de Vaart"]
    page = sign_in(road.visit(), applicants["Huis aan de Vaart"])
    page.goto(f"/kandidaturen/{late}/indienen")
    road.at("2023-06-03T00:00:00")
    press(page, "Dien de kandidatuur in")
    expect(page.locator("main")).to_contain_text(re.compile("te laat|voorbij", re.IGNORECASE))
    page.goto(f"/kandidaturen/{late}")
    expect(page.locator("body")).to_contain_text("NIET INGEDIEND")


def open_seal(road: Road, regisseurs: list[str]) -> None:
    road.at("2023-06-05T09:00")
    for regisseur in regisseurs:
        page = sign_in(road.visit(), regisseur)
        page.goto(f"/oproepen/{road.call_id}/kandidaturen")
        page.goto(f"/oproepen/{road.call_id}/opening")
        press(page, re.compile("Teken"))
    expect(page.locator("main")).to_contain_text("Verslag van de opening")
    expect(page.locator("main")).to_contain_text("OCMW Testdorp")
    expect(page.locator("main")).not_to_contain_text("Huis aan de Vaart")


def test_from_the_document_to_the_partnership(app: Flask, visit: SignIn, at: Any) -> None:
    at("2023-04-10T09:00")
    region = make.make_region("Klein-Brabant Vaartland", ("Bornem", "Puurs-Sint-Amands", "Willebroek"))
    region_id = region.id
    regisseurs = [with_password(make.make_regisseur(region)) for _ in range(2)]
    road = Road(visit, at)
    first_half(road, region_id, regisseurs)
    assert verify().broken_seq is None

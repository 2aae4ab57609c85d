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
    asks = button.first.get_attribute("data-confirm")
    if asks:
        button.first.click()
    with page.expect_navigation():
        (page.locator("dialog[open] [data-confirm-yes]") if asks else button.first).click()


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


def link_in(message: OutboxMessage, where: str = "uitnodiging") -> str:
    found = re.search(rf"https?://\S+?(/{where}/\S+)", message.body_text)
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
    expect(main).to_contain_text("Obstakels (9)")
    expect(main).to_contain_text("Doelen (11)")
    page.goto(f"/oproepen/{call_id}/bewerken")
    page.get_by_role("link", name=re.compile(r"Nora\b")).first.click()
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
    expect(page.locator("[data-autosave-state]").first).to_contain_text("Bewaard om")
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


APPLICANTS = {
    "Vzw De Brug": "els@brug-voorbeeld.be",
    "Huis aan de Vaart": "jos@vaart-voorbeeld.be",
    "OCMW Testdorp": "an@testdorp-voorbeeld.be",
}


def publish_and_apply(road: Road, region_id: int, regisseur: str) -> None:
    """From the document to three proposals, one of them written on a phone."""
    road.at("2023-04-20T14:00")
    road.call_id = import_and_publish(sign_in(road.visit(), regisseur), region_id)
    visitor = road.visit()
    planned = visitor.goto(f"/oproepen/{road.call_id}")
    assert planned is not None and PERSONAS[0] not in visitor.locator("body").inner_text()
    road.at("2023-04-21T09:00")
    visitor.goto(f"/oproepen/{road.call_id}")
    for persona in PERSONAS:
        expect(visitor.locator("main")).to_contain_text(persona)
    road.at("2023-05-10T20:00")
    road.proposals = {}
    for serial, (name, email) in enumerate(APPLICANTS.items()):
        page = road.visit(size="phone" if serial == 1 else "desk")
        number = make.valid_enterprise_number(700 + serial)
        register(page, number, name, email, "Els Janssens", "OCMW" in name)
        road.proposals[name] = write_proposal(page, road.call_id)


QUESTION = "Mag een organisatie zich kandidaat stellen voor één gemeente?"
ADDED = " (ook in de weekends)"


def ask_and_amend(road: Road, regisseur: str) -> None:
    """A visitor follows, a candidate asks; the regisseur answers, and rewords what was answered."""
    assert road.proposals is not None
    road.at("2023-05-12T10:00")
    visitor = road.visit()
    visitor.goto(f"/oproepen/{road.call_id}/volgen")
    visitor.get_by_label("Je e-mailadres").fill("volger@voorbeeld.be")
    press(visitor, "Volg deze oproep")
    visitor.goto(link_in(mail_to("volger@voorbeeld.be"), "volgen"))
    press(visitor, "Ja, ik wil deze oproep volgen")
    page = sign_in(road.visit(size="phone"), APPLICANTS["Vzw De Brug"])
    page.goto(f"/oproepen/{road.call_id}/vragen/nieuw")
    page.get_by_label("Je vraag").fill(QUESTION)
    press(page, "Verstuur je vraag")
    desk = sign_in(road.visit(), regisseur)
    desk.goto(f"/oproepen/{road.call_id}/vragen/postvak")
    expect(desk.locator("main")).not_to_contain_text("De Brug")
    desk.get_by_role("link", name="Antwoord").click()
    desk.get_by_label("Antwoord", exact=True).fill("Ja. Schrijf in je aanpak waar je werkt.")
    press(desk, "Zet klaar")
    desk.get_by_role("link", name="Publiceer één antwoord").click()
    press(desk, "Publiceer voor iedereen")
    visitor.goto(f"/oproepen/{road.call_id}")
    expect(visitor.locator("main")).to_contain_text("Schrijf in je aanpak waar je werkt.")
    assert "Vragen beantwoord" in mail_to("volger@voorbeeld.be").subject
    amend(road, desk)
    expect(visitor.locator("main")).not_to_contain_text(ADDED)
    visitor.goto(f"/oproepen/{road.call_id}/versies")
    expect(visitor.locator("main")).to_contain_text(ADDED.strip())
    assert road.call_id and "gewijzigd" in mail_to("volger@voorbeeld.be").subject.lower()
    for name, email in APPLICANTS.items():
        page = sign_in(road.visit(), email)
        page.goto(f"/kandidaturen/{road.proposals[name]}/indienen")
        expect(page.locator("main")).to_contain_text("Bevestig")
        page.goto(f"/kandidaturen/{road.proposals[name]}/wijzigingen")
        press(page, re.compile("Ik heb dit gelezen"))


def amend(road: Road, desk: Page) -> None:
    """Other words for the first obstacle of the first challenge, published with a reason."""
    desk.goto(f"/oproepen/{road.call_id}/wijziging")
    desk.get_by_role("link", name="Regio-uitdagingen, obstakels en doelen").click()
    desk.get_by_role("link", name=re.compile("^Uitdaging 1")).first.click()
    label = desk.get_by_label("Obstakel 1", exact=True)
    label.fill(label.input_value() + ADDED)
    press(desk, "Bewaar")
    desk.goto(f"/oproepen/{road.call_id}/wijziging")
    desk.get_by_label(re.compile("Waarom")).fill("Bij een vraag bleek dat de weekends vergeten waren.")
    desk.once("dialog", lambda dialog: dialog.accept())
    press(desk, "Publiceer versie 2")


def hand_in(road: Road) -> None:
    """Two in the last minute, the third one second too late: refused, and nothing lost."""
    assert road.proposals is not None
    for moment, name in (
        ("2023-06-02T23:58:00", "Vzw De Brug"),
        ("2023-06-02T23:59:20", "OCMW Testdorp"),
    ):
        road.at(moment)
        page = sign_in(road.visit(), APPLICANTS[name])
        submit(page, road.proposals[name])
        expect(page.locator("main")).to_contain_text("SHA-256")
        assert "Ontvangst" in mail_to(APPLICANTS[name]).subject
    late = road.proposals["Huis aan de Vaart"]
    page = sign_in(road.visit(), APPLICANTS["Huis aan de Vaart"])
    # The page does not hear that the time is up: it would take the button away, at times before the press.
    page.route("**/klok.json", lambda route: route.abort())
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
        page.get_by_label("Ik hoor bij geen organisatie").check()
        press(page, re.compile("Teken"))
    expect(page.locator("main")).to_contain_text("Verslag van de opening")
    expect(page.locator("main")).to_contain_text("OCMW Testdorp")
    expect(page.locator("main")).not_to_contain_text("Huis aan de Vaart")


def invite_jury(road: Road, regisseur: str) -> dict[str, str]:
    """A chair and a juror, by mail; their addresses."""
    road.at("2023-06-01T10:00")
    people = {"chair": "voorzitter@jury-voorbeeld.be", "juror": "lid@jury-voorbeeld.be"}
    page = sign_in(road.visit(), regisseur)
    for role, email in people.items():
        page.goto(f"/oproepen/{road.call_id}/jury")
        page.get_by_label("Naam", exact=True).fill(f"Kim {role}")
        page.get_by_label("E-mailadres").fill(email)
        page.locator("[name=seat]").select_option(index=1)
        if role == "chair":
            page.get_by_label("Dit jurylid is de voorzitter").check()
        press(page, "Verstuur de uitnodiging")
        accept(road.visit(), email)
    return people


def declare(page: Page, call_id: int) -> None:
    page.goto(f"/oproepen/{call_id}/leeslijst/belangen")
    for choice in page.get_by_label("Ik ben vrij om te oordelen").all():
        choice.check()
    press(page, "Bewaar mijn verklaringen")


def score(page: Page, proposal_id: int, round_name: str, level: int) -> None:
    page.goto(f"/kandidaturen/{proposal_id}/scoreblad/{round_name}")
    for choice in page.locator(f"form[data-scoresheet] input[type=radio][value='{level}']").all():
        choice.check()
    for reason in page.get_by_label(re.compile("^Waarom")).all():
        reason.fill(f"Niveau {level}: de aanpak is met voorbeelden en cijfers onderbouwd.")
    press(page, "Indienen")
    page.goto(f"/kandidaturen/{proposal_id}/scoreblad/{round_name}")
    expect(page.get_by_role("button", name=re.compile("Heropen")).first).to_be_visible()


def judge(road: Road, jury: dict[str, str], regisseur: str) -> None:
    """Conflicts, the written round, the pitch round."""
    assert road.proposals is not None
    handed_in = {name: road.proposals[name] for name in ("Vzw De Brug", "OCMW Testdorp")}
    road.at("2023-06-06T10:00")
    pages = {role: sign_in(road.visit(size="phone"), email) for role, email in jury.items()}
    for page in pages.values():
        declare(page, road.call_id)
    score(pages["juror"], handed_in["Vzw De Brug"], "written", 3)
    peers = f"/kandidaturen/{handed_in['OCMW Testdorp']}/scorebladen/lopende-ronde"
    score(pages["chair"], handed_in["OCMW Testdorp"], "written", 5)
    assert pages["juror"].request.get(peers).status == 403  # own sheet is not in
    score(pages["juror"], handed_in["OCMW Testdorp"], "written", 4)
    assert pages["juror"].request.get(peers).status == 200
    score(pages["chair"], handed_in["Vzw De Brug"], "written", 4)
    road.at("2023-06-14T17:00")
    desk = sign_in(road.visit(), regisseur)
    close_round(desk, road.call_id)
    desk.goto(f"/oproepen/{road.call_id}/pitchdag")
    for box in desk.locator("input[name=proposal]").all():
        box.check()
    press(desk, "Bewaar wie pitcht")
    expect(desk.locator("input[name^=start-]")).to_have_count(2)
    for start, field in zip(("09:00", "10:00"), desk.locator("input[name^=start-]").all(), strict=True):
        field.fill(start)
    press(desk, "Bewaar en nodig uit")
    assert "pitch" in mail_to("an@testdorp-voorbeeld.be").subject.lower()
    road.at("2023-06-20T12:00")
    pages = {role: sign_in(road.visit(), email) for role, email in jury.items()}
    for page in pages.values():
        score(page, handed_in["Vzw De Brug"], "pitch", 3)
        score(page, handed_in["OCMW Testdorp"], "pitch", 4)
    road.at("2023-06-22T17:00")
    close_round(sign_in(road.visit(), regisseur), road.call_id)


def close_round(page: Page, call_id: int) -> None:
    page.goto(f"/oproepen/{call_id}/voortgang")
    sure = page.get_by_label("Ik sluit de ronde, ook al is niet alles binnen.")
    unsettled = page.get_by_label("Ik sluit de ronde, ook al is de vormcontrole niet bij iedereen klaar.")
    for tick in (sure, unsettled):
        if tick.count():
            tick.check()
    press(page, re.compile("^Sluit de"))


REASONS = (
    "De jury waardeert dat de organisatie bij mensen thuis begint en de huur- en schuldvragen samen aanpakt. "
    "De bewijzen van deskundigheid zijn concreet en de samenwerking met de buurt is geloofwaardig beschreven."
)


def decide(road: Road, jury: dict[str, str], regisseur: str) -> None:
    """The chair proposes, the regisseur confirms, one act tells all."""
    assert road.proposals is not None
    road.at("2023-06-30T10:00")
    chair = sign_in(road.visit(), jury["chair"])
    chair.goto(f"/oproepen/{road.call_id}/rangschikking")
    expect(chair.locator("main")).to_contain_text("OCMW Testdorp")
    for name, outcome in (("Vzw De Brug", "not_selected"), ("OCMW Testdorp", "selected")):
        chair.goto(f"/kandidaturen/{road.proposals[name]}/beslissing/voorstel")
        chair.locator(f"input[name=outcome][value={outcome}]").check()
        chair.get_by_label("Redenen").fill(REASONS)
        press(chair, "Bewaar het voorstel")
    applicant = sign_in(road.visit(), "els@brug-voorbeeld.be")
    own = f"/kandidaturen/{road.proposals['Vzw De Brug']}/beslissing"
    assert applicant.request.get(own).status in (403, 404)
    road.at("2023-07-03T10:00")
    desk = sign_in(road.visit(), regisseur)
    desk.goto(f"/oproepen/{road.call_id}/beslissingen/bevestigen")
    desk.get_by_label("Ik las de redenen van wat ik bevestig").check()
    press(desk, re.compile("^Bevestig alle"))
    desk.goto(f"/oproepen/{road.call_id}/beslissingen/meedelen")
    desk.get_by_label("Ja, deel alle beslissingen nu mee").check()
    press(desk, "Deel alles nu mee")
    letter = mail_to("els@brug-voorbeeld.be")
    assert letter.attachment_name and letter.attached_letter
    applicant = sign_in(road.visit(size="phone"), "els@brug-voorbeeld.be")
    applicant.goto(own)
    expect(applicant.locator("main")).to_contain_text("bij mensen thuis begint")


def object_and_form(road: Road, jury: dict[str, str], regisseurs: list[str]) -> None:
    """Who is selected takes part; the objection, its ruling, and the partnership once nobody can still
    object."""
    assert road.proposals is not None
    road.at("2023-07-05T09:00")
    selected = sign_in(road.visit(), APPLICANTS["OCMW Testdorp"])
    selected.goto(f"/kandidaturen/{road.proposals['OCMW Testdorp']}/antwoord")
    selected.get_by_label("Ja, we doen mee").check()
    press(selected, "Geef dit antwoord")
    road.at("2023-07-17T23:30")
    applicant = sign_in(road.visit(size="phone"), "els@brug-voorbeeld.be")
    applicant.goto(f"/kandidaturen/{road.proposals['Vzw De Brug']}/weerwoord")
    applicant.get_by_label("Wat betwist je?").fill("De beslissing om ons niet te selecteren.")
    applicant.get_by_label("Waarom?").fill(
        "Onze samenwerking met de klusploeg staat wel degelijk in het dossier."
    )
    applicant.get_by_label("Wat vraag je?").fill("Een nieuwe beoordeling van het criterium aanpak.")
    applicant.get_by_label("De procedure").check()
    press(applicant, "Bewaar en lees na")
    expect(applicant.locator("main")).to_contain_text("Dit leest de regio")
    press(applicant, "Dien het weerwoord in")
    expect(applicant.locator("main")).to_contain_text("Ontvangen op")
    desk = sign_in(road.visit(), regisseurs[0])
    refused = desk.goto(f"/oproepen/{road.call_id}/partnerschap/vormen")
    assert refused is not None and refused.status == 403
    road.at("2023-07-20T10:00")
    desk = sign_in(road.visit(), regisseurs[0])
    desk.goto(f"/oproepen/{road.call_id}/weerwoorden")
    desk.locator("main td.pw-actions a").first.click()
    desk.locator("input[name=outcome][value=dismissed]").check()
    desk.get_by_label("Redenen").fill(
        REASONS + " Het weerwoord brengt geen nieuwe elementen aan over de klusploeg."
    )
    for judge_box in desk.locator("input[name=judges]").all():
        judge_box.check()
    press(desk, "Doe de uitspraak")
    road.at("2023-07-21T10:00")
    desk = sign_in(road.visit(), regisseurs[0])
    desk.goto(f"/oproepen/{road.call_id}/partnerschap/vormen")
    desk.locator("input[name=coordinator]").first.check()
    desk.locator("select[name=lead_authority]").select_option(label="OCMW Testdorp")
    desk.get_by_label("Begin").fill("2023-09-01")
    desk.get_by_label("Einde").fill("2026-08-31")
    press(desk, "Vorm het partnerschap")
    desk.goto(f"/oproepen/{road.call_id}/partnerschap")
    expect(desk.locator("main")).to_contain_text("OCMW Testdorp")


def test_from_the_document_to_the_partnership(app: Flask, visit: SignIn, at: Any) -> None:
    at("2023-04-10T09:00")
    region = make.make_region("Klein-Brabant Vaartland", ("Bornem", "Puurs-Sint-Amands", "Willebroek"))
    region_id = region.id
    regisseurs = [with_password(make.make_regisseur(region)) for _ in range(2)]
    road = Road(visit, at)
    publish_and_apply(road, region_id, regisseurs[0])
    ask_and_amend(road, regisseurs[0])
    jury = invite_jury(road, regisseurs[0])
    hand_in(road)
    open_seal(road, regisseurs)
    judge(road, jury, regisseurs[0])
    decide(road, jury, regisseurs[1])
    object_and_form(road, jury, regisseurs)
    assert verify().broken_seq is None

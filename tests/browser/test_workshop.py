"""A session in a real browser: from the code on the screen to a line in the draft, also with bad wifi."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import RULES
from tests.workshops.world import Room, open_room

pytestmark = pytest.mark.browser


@pytest.fixture
def room(app: Flask) -> Room:
    return open_room()


def joined(visit: SignIn, room: Room, name: str, **options: Any) -> Page:
    """A phone that typed the code."""
    page = visit(None, options.pop("size", "phone"), **options)
    page.goto("/meedoen")
    page.get_by_label("Code").fill(f" {room.code[:3].lower()} {room.code[3:]}")
    page.get_by_label("Je voornaam").fill(name)
    page.get_by_role("button", name="Doe mee").click()
    return page


def write(page: Page, text: str) -> None:
    page.get_by_label("Je briefje").fill(text)
    page.get_by_role("button", name="Verstuur").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_joining_to_a_line_in_the_draft(app: Flask, visit: SignIn, room: Room, javascript: bool) -> None:
    screen = visit(room.regisseur, "desk", javascript)
    desk = visit(room.regisseur, "desk", javascript)
    url = room.url
    screen.goto(f"{url}/scherm")
    expect(screen.get_by_text("0 deelnemers")).to_be_visible()
    first = joined(visit, room, "Mia", javascript=javascript)
    first.get_by_role("link", name="Nora").first.click()
    write(first, "Geen rijbewijs")
    expect(first.get_by_role("heading", name="Jouw briefjes")).to_be_visible()

    second = joined(visit, room, "Jef", javascript=javascript)
    second.get_by_role("link", name="Nora").first.click()
    write(second, "heeft geen rijbewijs")
    expect(second.get_by_text("2 personen")).to_be_visible()

    if not javascript:
        screen.reload()
    expect(screen.get_by_text("2 deelnemers")).to_be_visible()
    expect(screen.get_by_text("Geen rijbewijs")).to_be_visible()

    desk.goto(url)
    desk.get_by_role("button", name="Neem over").click()
    expect(desk.get_by_text("Overgenomen: vaak teruggekomen bevinding")).to_be_visible()
    desk.goto(f"/oproepen/{url.split('/')[2]}/bewerken/analyse")
    expect(desk.get_by_text("Geen rijbewijs")).to_be_visible()


def test_a_note_written_without_wifi_is_sent_when_it_is_back(app: Flask, visit: SignIn, room: Room) -> None:
    phone = joined(visit, room, "")
    phone.get_by_role("link", name="Nora").first.click()
    expect(phone.get_by_label("Je briefje")).to_be_visible()
    phone.wait_for_load_state("networkidle")
    phone.context.set_offline(True)
    write(phone, "de bus rijdt niet op zondag")
    write(phone, "geen kinderopvang")
    expect(phone.get_by_text("Wordt opnieuw verstuurd", exact=True).first).to_be_visible()
    phone.get_by_label("Je briefje").fill("half geschre")
    phone.context.set_offline(False)
    expect(phone.get_by_text("Opgeslagen.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Nog niet verstuurd")).to_have_count(0)
    expect(phone.locator("[data-workshop-lists]").get_by_text("geen kinderopvang").first).to_be_visible()
    phone.reload()
    expect(phone.get_by_label("Je briefje")).to_have_value("half geschre")


def test_a_queue_survives_closing_the_page(app: Flask, visit: SignIn, room: Room) -> None:
    phone = joined(visit, room, "")
    phone.get_by_role("link", name="Nora").first.click()
    phone.route(re.compile("/u/"), lambda route: route.abort() if route.request.method == "POST" else None)
    write(phone, "schulden")
    expect(phone.get_by_text("Wordt opnieuw verstuurd", exact=True)).to_be_visible()
    phone.unroute_all(behavior="ignoreErrors")
    phone.goto(f"/s/{room.code}")
    expect(phone.get_by_role("heading", name="Nog niet verstuurd")).to_have_count(0)
    phone.reload()
    expect(phone.get_by_text("Jij schreef hier 1 briefje")).to_be_visible()


def test_too_long_a_note_is_refused_on_the_phone_and_stays(app: Flask, visit: SignIn, room: Room) -> None:
    phone = joined(visit, room, "")
    phone.get_by_role("link", name="Nora").first.click()
    write(phone, "x" * 1000)
    expect(phone.get_by_text("720 tekens te veel")).to_be_visible()
    expect(phone.get_by_label("Je briefje")).to_have_value("x" * 1000)


def test_axe_finds_nothing_in_the_room(app: Flask, visit: SignIn, room: Room) -> None:
    phone = joined(visit, room, "Mia", size="unrolled")
    pages = [f"/s/{room.code}", f"/s/{room.code}/u/{room.topics[0]}", f"/s/{room.code}/u/0"]
    phone.goto(pages[1])
    write(phone, "geen rijbewijs")
    expect(phone.get_by_role("heading", name="Jouw briefjes")).to_be_visible()
    for url in pages:
        phone.goto(url)
        found = Axe().run(phone, options=RULES).response["violations"]  # type: ignore[arg-type]
        assert found == [], (url, found)
        assert phone.evaluate("document.documentElement.scrollWidth") == 375, url

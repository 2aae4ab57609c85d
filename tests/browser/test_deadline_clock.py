"""The clock by a proposal runs on the time of the server, whatever the computer thinks."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from app.addenda.models import Addendum
from app.domain.timeline import exclusive_deadline
from app.infra import clock
from app.infra.database import db, transaction
from tests import factories as make
from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import look_at

pytestmark = pytest.mark.browser
DEADLINE = exclusive_deadline(datetime(2026, 10, 25, 23, 59))  # a day of 25 hours


class World:
    def __init__(self, at: Any, left: timedelta) -> None:
        at(DEADLINE - timedelta(days=10))
        call = make.make_call(make.make_region())
        self.call_id = call.id
        self.move(DEADLINE)
        organisation = make.make_organisation()
        self.owner = make.make_member(organisation)
        self.path = f"/kandidaturen/{make.make_proposal(call, organisation, self.owner).id}"
        at(DEADLINE - left)

    def move(self, deadline: datetime) -> None:
        with transaction():
            db.session.get_one(Addendum, self.call_id).deadline = deadline
        db.session.remove()


def box(page: Page) -> Any:
    return page.locator(".pw-deadline")


def resync(page: Page) -> None:
    """As when the line comes back."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def in_new_york_in_2001(page: Page) -> None:
    page.clock.set_system_time(datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC))
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTimezoneOverride", {"timezoneId": "America/New_York"})


def test_a_computer_with_another_time_and_zone_shows_that_of_the_server(
    app: Flask, at: Any, visit: SignIn
) -> None:
    world = World(at, timedelta(days=2, hours=3, minutes=14, seconds=50))
    page = visit(world.owner)
    in_new_york_in_2001(page)
    page.goto(world.path)
    expect(box(page)).to_contain_text(re.compile(r"Nog 2 dagen 3 uur 14 min [0-4][0-9] s"))
    expect(box(page)).to_contain_text("tot en met zondag 25 oktober 2026, 23u59 (Belgische tijd)")
    # two days and three hours of 60 minutes before midnight, across the night with an hour more
    expect(box(page)).to_contain_text(re.compile(r"Tijd van de server: 21:4[5-6]:[0-5][0-9]"))
    with page.expect_response(re.compile("klok.json")):  # asked again by itself
        page.clock.set_system_time(datetime(2031, 1, 1, tzinfo=UTC))
    expect(box(page)).to_contain_text(re.compile(r"Nog 2 dagen 3 uur 14 min [0-4][0-9] s"))


def test_without_a_script_it_says_how_it_stood(app: Flask, at: Any, visit: SignIn) -> None:
    world = World(at, timedelta(hours=1, minutes=2, seconds=45))
    page = visit(world.owner, javascript=False)
    page.goto(world.path)
    expect(box(page)).to_contain_text(re.compile(r"Nog 1 uur 2 min [0-4][0-9] s"))
    expect(box(page)).to_contain_text("Laad ze opnieuw voor de juiste tijd")


def test_a_new_deadline_is_shown_on_a_page_that_stays_open(app: Flask, at: Any, visit: SignIn) -> None:
    world = World(at, timedelta(hours=2))
    page = visit(world.owner)
    page.goto(world.path)
    expect(box(page)).to_contain_text("Nog 1 uur 59 min")
    world.move(DEADLINE + timedelta(days=1))
    resync(page)
    expect(box(page)).to_contain_text("maandag 26 oktober 2026, 23u59")
    expect(box(page)).to_contain_text("Nog 1 dag 1 uur 59 min")
    expect(page.locator("[data-deadline-say]")).to_contain_text("De uiterste datum is gewijzigd")


def test_it_speaks_at_a_minute_and_at_the_end_and_keeps_what_is_typed(
    app: Flask, at: Any, visit: SignIn
) -> None:
    world = World(at, timedelta(minutes=10))
    page = visit(world.owner)
    page.goto(f"{world.path}/uitdaging/1")
    said = page.locator("[data-deadline-say]")
    expect(box(page)).to_contain_text("Nog 9 min")
    expect(said).to_be_empty()
    at(DEADLINE - timedelta(seconds=62))
    resync(page)
    expect(said).to_have_text("Nog 1 minuut om in te dienen.")
    at(DEADLINE - timedelta(seconds=2))
    resync(page)
    field = page.get_by_label("Aanpak").first
    field.fill("Wat ik net aan het typen was.")
    expect(page.locator("[data-deadline-left]")).to_have_text("De termijn is voorbij")
    expect(said).to_contain_text("De termijn is voorbij. Wat je typte blijft staan.")
    expect(field).to_have_value("Wat ik net aan het typen was.")


@pytest.mark.parametrize(
    ("place", "promise", "instead"),
    [
        ("/algemeen", "Wat je typt, wordt vanzelf bewaard.", "Er wordt niets meer bewaard."),
        ("/bijlagen", "Sleep bestanden hierheen", "toevoegen of verwijderen kan niet meer"),
        ("/indienen", "Dien de kandidatuur in", "De oproep is afgesloten"),
    ],
)
def test_at_the_deadline_an_open_page_stops_promising_and_a_later_one_brings_it_back(
    app: Flask, at: Any, visit: SignIn, place: str, promise: str, instead: str
) -> None:
    world = World(at, timedelta(hours=2))
    page = visit(world.owner)
    page.goto(world.path + place)
    promised = page.locator("main").get_by_text(promise).locator("visible=true")
    over = page.get_by_text(instead).locator("visible=true")
    expect(promised).not_to_have_count(0)
    expect(over).to_have_count(0)
    world.move(clock.read() - timedelta(seconds=1))
    resync(page)
    expect(promised).to_have_count(0)
    expect(over).not_to_have_count(0)
    world.move(DEADLINE)
    resync(page)
    expect(promised).not_to_have_count(0)
    expect(over).to_have_count(0)


def test_what_changes_while_the_page_is_asking_is_asked_once_more(app: Flask, at: Any, visit: SignIn) -> None:
    world = World(at, timedelta(hours=2))
    page = visit(world.owner)
    held: list[Route] = []
    page.route("**/klok.json", lambda route: held.append(route), times=1)
    with page.expect_request("**/klok.json"):
        page.goto(world.path)
    expect(box(page)).to_contain_text(re.compile("Nog 1 uur 59 min|Nog 2 uur"))
    answer = held[0].fetch()
    world.move(clock.read() - timedelta(seconds=1))
    resync(page)
    held[0].fulfill(response=answer)
    expect(box(page)).to_contain_text("De termijn is voorbij")


def test_a_line_that_is_cut_is_told_and_the_clock_goes_on(app: Flask, at: Any, visit: SignIn) -> None:
    world = World(at, timedelta(hours=2))
    page = visit(world.owner)
    page.goto(world.path)
    page.wait_for_load_state("networkidle")  # it asked the server once already
    page.context.set_offline(True)
    resync(page)
    expect(box(page)).to_contain_text("geen verbinding")
    expect(box(page)).to_contain_text(re.compile("Nog 1 uur 59 min"))
    page.context.set_offline(False)
    expect(box(page)).not_to_contain_text("geen verbinding")


def test_the_public_page_has_it_in_the_last_week_only(app: Flask, at: Any, visit: SignIn) -> None:
    world = World(at, timedelta(days=8))
    page = visit()
    page.goto(f"/oproepen/{world.call_id}")
    expect(box(page)).to_have_count(0)
    at(DEADLINE - timedelta(days=6, hours=23))
    page.goto(f"/oproepen/{world.call_id}")
    expect(box(page)).to_contain_text("Nog 6 dagen 22 uur")
    assert clock.read() < DEADLINE


def test_axe_and_a_phone_find_nothing(app: Flask, at: Any, visit: SignIn) -> None:
    world = World(at, timedelta(minutes=20))
    page = visit(world.owner, "phone")
    problems = look_at(page, world.path) + look_at(page, f"/oproepen/{world.call_id}")
    assert problems == []

"""What was typed without a connection, or after the sign-in expired, is there again for who typed it."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from app.infra.database import db
from app.proposals.models import Answer
from tests import factories as make
from tests.browser.conftest import SignIn
from tests.browser.test_whole_road import PASSWORD, with_password

pytestmark = pytest.mark.browser
TEXT = "Wij rijden elke week rond en nemen mensen mee naar hun eerste afspraak."
OFFERED = "Er staat een recentere tekst in deze browser"


class Team:
    """Two colleagues with a password, and the address of their first challenge."""

    def __init__(self) -> None:
        call, organisation = make.make_call(make.make_region()), make.make_organisation()
        owner, colleague = make.make_member(organisation), make.make_member(organisation, "member")
        self.proposal_id = make.make_proposal(call, organisation, owner).id
        self.obstacle = make.obstacle_ids(call)[2]
        self.owner, self.colleague = with_password(owner), with_password(colleague)
        self.url = f"/kandidaturen/{self.proposal_id}/uitdaging/1"

    def stored(self) -> str:
        db.session.rollback()
        answer = db.session.get(Answer, (self.proposal_id, self.obstacle))
        text = answer.approach if answer else ""
        db.session.rollback()
        return text


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Meld je aan").click()


def open_as(page: Page, email: str, url: str) -> None:
    page.goto(f"/aanmelden?next={url}")
    sign_in(page, email)
    expect(page).to_have_url(re.compile(re.escape(url)))


def sign_out(page: Page) -> None:
    page.locator("header").get_by_role("button", name="Afmelden").first.click()


def field(page: Page, team: Team) -> Locator:
    return page.locator(f"[name='approach-{team.obstacle}']")


def state(page: Page) -> Locator:
    return page.locator("[data-autosave-state]")


def test_typed_offline_then_the_tab_closed(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = visit()
    open_as(page, team.owner, team.url)
    page.context.set_offline(True)
    field(page, team).fill(TEXT)
    expect(state(page)).to_contain_text("geen verbinding")
    page.close(run_before_unload=False)
    assert team.stored() == ""
    page.context.set_offline(False)
    page.context.clear_cookies()
    again = page.context.new_page()
    again.problems = []
    again.goto(team.url)
    expect(again.get_by_role("heading", name="Aanmelden")).to_be_visible()
    sign_in(again, team.owner)
    expect(again.locator(".pw-restore")).to_contain_text(OFFERED)
    again.get_by_role("button", name="Terugzetten").click()
    expect(field(again, team)).to_have_value(TEXT)
    expect(state(again)).to_contain_text("Bewaard om")
    assert team.stored() == TEXT
    again.reload()
    expect(field(again, team)).to_have_value(TEXT)
    expect(again.locator(".pw-restore")).to_have_count(0)


def test_typed_after_the_sign_in_expired(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = visit()
    open_as(page, team.owner, team.url)
    page.context.clear_cookies()
    field(page, team).fill(TEXT)
    expect(state(page)).to_contain_text("je tekst staat veilig in deze browser")
    state(page).get_by_role("link", name="Aanmelden").click()
    sign_in(page, team.owner)
    expect(page).to_have_url(re.compile("uitdaging/1"))
    page.get_by_role("button", name="Terugzetten").click()
    expect(state(page)).to_contain_text("Bewaard om")
    assert team.stored() == TEXT


def test_the_next_person_on_this_computer_does_not_see_it(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = visit()
    open_as(page, team.owner, team.url)
    page.context.clear_cookies()
    field(page, team).fill(TEXT)
    expect(state(page)).to_contain_text("je tekst staat veilig")
    state(page).get_by_role("link", name="Aanmelden").click()
    sign_in(page, team.colleague)
    expect(field(page, team)).to_have_value("")
    expect(page.locator(".pw-restore")).to_have_count(0)
    assert TEXT not in page.content()
    sign_out(page)
    page.wait_for_url(re.compile("^(?!.*uitdaging)"))
    open_as(page, team.owner, team.url)
    expect(page.locator(".pw-restore")).to_contain_text(OFFERED)


def test_signing_out_says_what_is_not_saved_and_keeps_it(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = visit()
    open_as(page, team.owner, team.url)
    page.route("**/bewaar", lambda route: route.abort())
    field(page, team).fill(TEXT)
    expect(state(page)).to_contain_text("geen verbinding")
    sign_out(page)
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("nog niet bewaard op de server")
    expect(dialog).to_contain_text("Wie zich na jou aanmeldt, krijgt het niet te zien")
    page.on("dialog", lambda leaving: leaving.accept())
    with page.expect_navigation():
        dialog.locator("[data-confirm-yes]").click()
    page.unroute("**/bewaar")
    open_as(page, team.owner, team.url)
    page.get_by_role("button", name="Terugzetten").click()
    expect(field(page, team)).to_have_value(TEXT)


def test_saved_within_five_seconds_also_while_one_goes_on_typing(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = visit()
    page.clock.install()
    open_as(page, team.owner, team.url)
    area = field(page, team)
    area.press_sequentially("a")
    for _ in range(5):
        page.clock.run_for(1000)
        area.press_sequentially("b")
    expect(state(page)).to_contain_text("Bewaard om")
    page.clock.run_for(5000)
    expect(state(page)).to_contain_text("Bewaard om")
    assert team.stored().startswith("ab")

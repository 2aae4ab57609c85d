"""What was typed without a connection, or after the sign-in expired, is there again for who typed it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from app.addenda.models import Addendum
from app.infra import clock
from app.infra.database import db, transaction
from app.proposals.models import Answer
from tests import factories as make
from tests.browser.conftest import SignIn
from tests.browser.test_whole_road import PASSWORD, with_password

pytestmark = pytest.mark.browser
TEXT = "Wij rijden elke week rond en nemen mensen mee naar hun eerste afspraak."
OFFERED = re.compile(r"Je typte dit op \d+ \w+ om \d\du\d\d en het was nog niet bewaard")


class Team:
    """Two colleagues with a password, and the address of their first challenge."""

    def __init__(self) -> None:
        call, organisation = make.make_call(make.make_region()), make.make_organisation()
        owner, colleague = make.make_member(organisation), make.make_member(organisation, "member")
        self.call_id = call.id
        self.proposal_id = make.make_proposal(call, organisation, owner).id
        self.obstacles = make.obstacle_ids(call)
        self.owner, self.colleague = with_password(owner), with_password(colleague)
        self.url = f"/kandidaturen/{self.proposal_id}/uitdaging/1"

    def stored(self, at: int = 2) -> str:
        db.session.rollback()
        answer = db.session.get(Answer, (self.proposal_id, self.obstacles[at]))
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


def field(page: Page, team: Team, at: int = 2) -> Locator:
    return page.locator(f"[name='approach-{team.obstacles[at]}']")


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


def typed_offline(page: Page, team: Team) -> Page:
    """The owner types without a connection and closes the tab; a new tab that is not yet on the page."""
    open_as(page, team.owner, team.url)
    page.context.set_offline(True)
    field(page, team).fill(TEXT)
    expect(state(page)).to_contain_text("geen verbinding")
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.problems = []  # type: ignore[attr-defined]
    return again


def colleague_saves(visit: SignIn, team: Team, **texts: str) -> None:
    page = visit()
    open_as(page, team.colleague, team.url)
    for at, text in texts.items():
        field(page, team, int(at[1:])).fill(text)
    expect(state(page)).to_contain_text("Bewaard om")
    page.close()


def test_putting_back_leaves_what_a_colleague_saved_elsewhere(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = typed_offline(visit(), team)
    colleague_saves(visit, team, f0="Een uur werk van de collega")
    page.goto(team.url)
    expect(page.locator(".pw-restore")).to_contain_text(TEXT)
    page.get_by_role("button", name="Terugzetten").click()
    expect(state(page)).to_contain_text("Bewaard om")
    expect(field(page, team, 0)).to_have_value("Een uur werk van de collega")
    assert (team.stored(), team.stored(0)) == (TEXT, "Een uur werk van de collega")
    page.reload()
    expect(page.locator(".pw-restore")).to_have_count(0)


def test_putting_back_where_a_colleague_wrote_too_shows_both_texts(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = typed_offline(visit(), team)
    colleague_saves(visit, team, f2="Zo schreef de collega het", f0="En dit ook")
    page.goto(team.url)
    page.get_by_role("button", name="Terugzetten").click()
    expect(page.locator("[data-theirs]")).to_contain_text("Zo schreef de collega het")
    expect(field(page, team)).to_have_value(TEXT)
    assert (team.stored(), team.stored(0)) == ("Zo schreef de collega het", "En dit ook")
    page.get_by_role("button", name="Behoud mijn tekst").click()
    expect(state(page)).to_contain_text("Bewaard om")
    assert (team.stored(), team.stored(0)) == (TEXT, "En dit ook")


def test_what_was_kept_is_not_offered_when_the_server_has_the_same(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = typed_offline(visit(), team)
    colleague_saves(visit, team, f2=TEXT)
    page.goto(team.url)
    expect(field(page, team)).to_have_value(TEXT)
    expect(page.locator(".pw-restore")).to_have_count(0)


def test_typing_on_before_choosing_loses_neither_text(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = typed_offline(visit(), team)
    page.goto(team.url)
    field(page, team).fill("Iets anders, zonder eerst te kiezen")
    expect(state(page)).to_contain_text("Bewaard om")
    page.reload()
    expect(page.locator(".pw-restore")).to_contain_text(TEXT)
    page.get_by_role("button", name="Weggooien").click()
    page.reload()
    expect(page.locator(".pw-restore")).to_have_count(0)
    assert team.stored() == "Iets anders, zonder eerst te kiezen"


def test_what_was_kept_is_there_to_copy_after_the_deadline(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = typed_offline(visit(), team)
    with transaction():
        db.session.get_one(Addendum, team.call_id).deadline = clock.read() - timedelta(seconds=1)
    page.goto(team.url)
    box = page.locator(".pw-restore")
    expect(box).to_contain_text("Dit stond nog in deze browser en telt niet mee")
    expect(box).to_contain_text(TEXT)
    expect(page.locator("form[data-autosave]")).to_have_count(0)
    box.get_by_role("button", name="Kopiëren").click()
    expect(box.get_by_role("button", name="Gekopieerd")).to_be_visible()
    box.get_by_role("button", name="Weggooien").click()
    page.reload()
    expect(page.get_by_text("wijzigen kan niet meer")).to_be_visible()
    expect(box).to_have_count(0)


def test_a_page_that_stays_open_promises_nothing_after_the_deadline(app: Flask, visit: SignIn) -> None:
    team = Team()
    page = visit()
    open_as(page, team.owner, team.url)
    expect(page.get_by_role("link", name="Naar indienen")).to_be_visible()
    with transaction():
        db.session.get_one(Addendum, team.call_id).deadline = clock.read() - timedelta(seconds=1)
    field(page, team).fill(TEXT)
    expect(state(page)).to_contain_text("Wat je typte staat nog op deze pagina")
    expect(page.get_by_role("link", name="Naar indienen")).to_be_hidden()
    expect(page.get_by_role("button", name="Bewaren", exact=True)).to_be_hidden()
    expect(page.locator(".pw-not-submitted:visible")).to_contain_text("De oproep is afgesloten")
    expect(field(page, team)).to_have_value(TEXT)
    page.on("dialog", lambda leaving: leaving.accept())

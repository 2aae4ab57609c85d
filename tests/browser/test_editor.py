"""Writing a proposal in a real browser: the toolbar, the words, the marks, and two colleagues at once."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from app.infra.database import db, transaction
from app.organisations.models import Reference
from app.proposals.models import Answer
from tests import factories as make
from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import look_at

pytestmark = pytest.mark.browser


class Draft:
    def __init__(self) -> None:
        call, self.organisation = make.make_call(make.make_region()), make.make_organisation()
        self.owner = make.make_member(self.organisation)
        self.colleague = make.make_member(self.organisation, "member")
        self.proposal_id = make.make_proposal(call, self.organisation, self.owner).id
        self.obstacles = make.obstacle_ids(call)
        self.url = f"/kandidaturen/{self.proposal_id}/uitdaging/1"


def area(page: Page, draft: Draft, part: str = "approach") -> Locator:
    return page.locator(f"textarea[name='{part}-{draft.obstacles[2]}']")


def toolbar(field: Locator) -> Locator:
    return field.locator("xpath=preceding-sibling::div[@role='toolbar'][1]")


def choose(field: Locator, start: int, end: int) -> None:
    field.evaluate(
        "(area, [start, end]) => { area.focus(); area.setSelectionRange(start, end); }", [start, end]
    )


def test_the_toolbar_types_marks_and_undo_takes_them_away(app: Flask, visit: SignIn) -> None:
    draft = Draft()
    page = visit(draft.owner)
    page.goto(draft.url)
    field = area(page, draft)
    field.fill("eerst luisteren")
    choose(field, 6, 15)
    page.keyboard.press("Control+b")
    expect(field).to_have_value("eerst **luisteren**")
    page.keyboard.press("Control+b")
    expect(field).to_have_value("eerst luisteren")
    page.keyboard.press("Control+i")
    expect(field).to_have_value("eerst *luisteren*")
    page.keyboard.press("Control+z")
    expect(field).to_have_value("eerst luisteren")
    bar = toolbar(field)
    choose(field, 6, 15)
    bar.get_by_role("button", name="Link").click()
    expect(field).to_have_value("eerst [luisteren](https://)")
    field.fill("een\ntwee")
    choose(field, 0, 8)
    bar.get_by_role("button", name="Genummerde lijst").click()
    expect(field).to_have_value("1. een\n2. twee")
    bar.get_by_role("button", name="Opsomming").click()
    expect(field).to_have_value("- een\n- twee")
    bar.get_by_role("button", name="Opsomming").click()
    expect(field).to_have_value("een\ntwee")
    choose(field, 0, 0)
    bar.get_by_role("button", name="Tussenkop").click()
    expect(field).to_have_value("### een\ntwee")


def test_the_toolbar_is_one_stop_with_arrows_inside(app: Flask, visit: SignIn) -> None:
    draft = Draft()
    page = visit(draft.owner)
    page.goto(draft.url)
    bar = toolbar(area(page, draft))
    assert bar.locator("button[tabindex='0']").count() == 1
    bar.get_by_role("button", name="Vet").focus()
    page.keyboard.press("ArrowRight")
    expect(bar.get_by_role("button", name="Cursief")).to_be_focused()
    page.keyboard.press("End")
    expect(bar.get_by_role("button", name="Voorbeeld")).to_be_focused()
    page.keyboard.press("Tab")
    expect(area(page, draft)).to_be_focused()


def test_an_example_is_made_safe_and_shows_the_marks(app: Flask, visit: SignIn) -> None:
    draft = Draft()
    page = visit(draft.owner)
    page.goto(draft.url)
    field = area(page, draft)
    field.fill("**vet** <img src=x onerror=window.harmed=1> [klik](javascript:window.harmed=1)")
    bar = toolbar(field)
    bar.get_by_role("button", name="Voorbeeld").click()
    shown = page.locator(".pw-toolbar__preview:visible")
    expect(shown.locator("strong")).to_have_text("vet")
    expect(shown.locator("img, a")).to_have_count(0)
    assert page.evaluate("window.harmed") is None
    expect(field).to_be_hidden()
    bar.get_by_role("button", name="Voorbeeld").click()
    expect(field).to_be_focused()


def test_words_and_marks_follow_what_is_typed(app: Flask, visit: SignIn) -> None:
    draft = Draft()
    page = visit(draft.owner)
    page.goto(draft.url)
    mark = page.locator(f".pw-cover__marks [data-obstacle='{draft.obstacles[2]}']")
    expect(mark).to_have_attribute("data-level", "none")
    count = page.locator("[data-coverage-count='1']")
    before = int(count.inner_text().split()[0])
    field = area(page, draft)
    field.fill("woord " * 288)
    expect(page.locator(f"#approach-{draft.obstacles[2]}-words")).to_have_text("nog 12 woorden (van 300)")
    field.fill("woord " * 308)
    expect(page.locator(f"#approach-{draft.obstacles[2]}-words")).to_have_text("8 woorden te veel (van 300)")
    expect(mark).to_have_attribute("data-level", "part")
    expect(count).to_have_text(f"{before + 1} van 3")
    area(page, draft, "expertise").fill("Tien jaar")
    area(page, draft, "reach").fill("Via de buurt")
    expect(mark).to_contain_text("volledig")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Bewaard om")
    page.reload()
    expect(mark).to_have_attribute("data-level", "full")
    expect(count).to_have_text(f"{before + 1} van 3")
    area(page, draft).fill("")
    expect(mark).to_have_attribute("data-level", "part")
    expect(count).to_have_text(f"{before} van 3")


def test_two_colleagues_see_each_other_and_keep_both_texts(app: Flask, visit: SignIn) -> None:
    draft = Draft()
    with transaction():
        draft.owner.name = "Els Peeters"
    els, jan = visit(draft.owner), visit(draft.colleague)
    for page in (els, jan):
        page.goto(draft.url)
    area(els, draft).fill("Tekst van Els")
    expect(els.locator("[data-autosave-state]")).to_contain_text("Bewaard om")
    area(jan, draft).fill("Tekst van Jan")
    here = jan.locator("[data-autosave-presence]")
    expect(here).to_contain_text("Els Peeters werkt ook in dit deel (bewaard zonet).")
    theirs = jan.locator("[data-theirs]")
    expect(theirs).to_contain_text("Tekst van Els")
    expect(area(jan, draft)).to_have_value("Tekst van Jan")
    db.session.rollback()
    stored = db.session.get(Answer, (draft.proposal_id, draft.obstacles[2]))
    assert stored and stored.approach == "Tekst van Els"
    db.session.rollback()
    jan.on("dialog", lambda leaving: leaving.accept())


def test_references_come_from_the_profile_below_what_stands(app: Flask, visit: SignIn) -> None:
    draft = Draft()
    with transaction():
        db.session.add(
            Reference(
                id=77, organisation_id=draft.organisation.id, position=0, title="Buurtwerk", period="2022"
            )
        )
    page = visit(draft.owner)
    page.goto(f"/kandidaturen/{draft.proposal_id}/algemeen")
    page.locator("textarea[name='references']").fill("Van ons")
    page.get_by_text("Referenties uit het profiel van").click()
    page.locator("details[open]").get_by_role("button", name="Neem over uit het profiel").click()
    expect(page.locator("textarea[name='references']")).to_have_value("Van ons\n\n- **Buurtwerk** (2022)")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Bewaard om")


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_in_the_editor(app: Flask, visit: SignIn, width: int) -> None:
    draft = Draft()
    call = make.make_call(make.make_region())
    earlier = make.make_proposal(call, draft.organisation, draft.owner).id
    page = visit(draft.owner)
    page.set_viewport_size({"width": width, "height": 12_000})
    names = ("uitdaging/1", "algemeen", "voorbeeld", f"overnemen?uit={earlier}", "indienen")
    wrong = [one for name in names for one in look_at(page, f"/kandidaturen/{draft.proposal_id}/{name}")]
    assert [one for one in wrong if width == 375 or "px wide" not in one] == []

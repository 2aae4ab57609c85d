"""The daily work goes on without JavaScript, and with the keyboard alone."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.domain.timeline import Phase
from tests import factories as make
from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser
TEXT = "Wij gaan elke week langs en lossen samen op wat er dringend is."


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_an_applicant_saves_with_the_button(app: Flask, visit: SignIn) -> None:
    call = make.make_call(make.make_region())
    organisation = make.make_organisation()
    owner = make.make_member(organisation)
    proposal_id = make.make_proposal(call, organisation, owner).id
    page = visit(owner, size="phone", javascript=False)
    page.goto(f"/kandidaturen/{proposal_id}/uitdaging/1")
    page.get_by_label("Aanpak").nth(2).fill(TEXT)
    press(page, "Bewaren")
    page.goto(f"/kandidaturen/{proposal_id}/uitdaging/1")
    expect(page.get_by_label("Aanpak").nth(2)).to_have_value(TEXT)


def test_a_juror_saves_and_hands_in_a_sheet(app: Flask, visit: SignIn) -> None:
    call = make.make_call(make.make_region(), Phase.WRITTEN)
    proposal_id = make.make_proposal(call, make.make_organisation(), submitted=True).id
    call_id, juror = call.id, make.make_juror(call)
    page = visit(juror, javascript=False)
    page.goto(f"/oproepen/{call_id}/leeslijst/belangen")
    page.get_by_label("Ik ben vrij om te oordelen").check()
    press(page, "Bewaar mijn verklaringen")
    page.goto(f"/kandidaturen/{proposal_id}/scoreblad/written")
    press(page, "Indienen")
    expect(page.locator("main")).to_contain_text("Er klopt nog iets niet")
    for choice in page.locator("form input[type=radio][value='4']").all():
        choice.check()
    for reason in page.locator("textarea[name^=reason]").all():
        reason.fill(TEXT)
    press(page, "Indienen")
    page.goto(f"/kandidaturen/{proposal_id}/scoreblad/written")
    expect(page.locator("main")).to_contain_text("Ingediend")


def test_a_person_signs_in_with_the_keyboard_alone(app: Flask, visit: SignIn) -> None:
    page = visit()
    page.goto("/aanmelden")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_contain_text("inhoud")  # the link that skips the menu comes first
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "email":
            break
    page.keyboard.type("niemand@voorbeeld.be")
    page.keyboard.press("Tab")
    page.keyboard.type("geen wachtwoord van iemand")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[role=alert], .pw-error-summary").first).to_be_visible()

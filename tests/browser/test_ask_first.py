"""What takes something away asks once: in a dialog, or on a page where there are no scripts."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.domain.timeline import Phase
from tests import factories as make
from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
def test_removing_a_challenge_asks_once(app: Flask, visit: SignIn, javascript: bool) -> None:
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    call_id = make.make_call(region, Phase.DRAFT, challenges=2).id
    page = visit(regisseur, javascript=javascript)
    page.goto(f"/oproepen/{call_id}/bewerken/uitdagingen")
    page.get_by_role("button", name="uitdaging 2").filter(has_text="Verwijder").click()
    question = page.get_by_text("Uitdaging 2 verwijderen, met obstakels en doelen?")
    expect(question.locator("visible=true").first).to_be_visible()
    if javascript:
        page.locator("[data-confirm-yes]").click()
    else:
        page.get_by_role("button", name="Verwijder", exact=True).click()
    expect(page.get_by_text("De uitdaging is verwijderd.")).to_be_visible()

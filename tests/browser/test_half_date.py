"""A date that is half typed is not sent: the browser would send it as an empty one."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.addenda.drafting.drafts import load_addendum
from app.domain.timeline import Phase
from app.infra.database import db
from tests import factories as make
from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser


def test_a_half_typed_date_is_not_saved_as_an_empty_one(app: Flask, visit: SignIn) -> None:
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    call_id = make.make_call(region, Phase.DRAFT).id
    page = visit(regisseur)
    page.goto(f"/oproepen/{call_id}/bewerken/tijdlijn")
    deadline = page.locator("#deadline")
    deadline.focus()
    page.keyboard.press("Backspace")
    assert deadline.evaluate("one => one.validity.badInput")
    page.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(page.get_by_text("Deze datum is niet volledig.")).to_be_visible()
    expect(deadline).to_be_focused()
    db.session.rollback()
    assert load_addendum(call_id).deadline is not None
    deadline.fill("2031-06-02")
    expect(page.get_by_text("Deze datum is niet volledig.")).to_have_count(0)

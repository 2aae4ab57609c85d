"""Somebody types an answer while the regisseur publishes an amendment of that very obstacle."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.addenda.amending.pending import load_for_editing, pending_of
from app.addenda.amending.services import publish_amendment
from app.addenda.drafting import editing
from app.addenda.drafting.drafts import read_section
from app.addenda.drafting.sections import Part, fingerprint
from app.infra.database import db
from app.proposals.models import Answer
from tests import factories as make
from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import look_at

pytestmark = pytest.mark.browser
TEXT = "Wij rijden elke week rond en nemen mensen mee naar hun eerste afspraak."


def amend(call_id: int, challenge_id: int, regisseur: Any, label: str, publish: bool = True) -> None:
    by = make.actor(regisseur)
    part = Part("challenge", str(challenge_id))
    text: Any = read_section(load_for_editing(call_id), part)
    rows = (replace(text.obstacles[0], label=label), *text.obstacles[1:])
    editing.save_section(call_id, part, replace(text, obstacles=rows), seen=fingerprint(text), by=by)
    amendment = pending_of(call_id)
    assert amendment
    if not publish:
        db.session.rollback()
        return
    publish_amendment(call_id, reason="De lijn verdween.", seen=amendment.version, by=by)
    db.session.rollback()


def test_the_text_is_saved_and_the_news_is_there(app: Flask, visit: SignIn) -> None:
    region = make.make_region()
    call = make.make_call(region)
    regisseur, organisation = make.make_regisseur(region), make.make_organisation()
    owner = make.make_member(organisation)
    call_id, challenge_id, obstacle = call.id, call.challenges[0].id, make.obstacle_ids(call)[0]
    proposal_id = make.make_proposal(call, organisation, owner).id
    page = visit(owner)
    page.goto(f"/kandidaturen/{proposal_id}/uitdaging/1")
    field = page.get_by_label("Aanpak").first
    field.fill(TEXT)
    amend(call_id, challenge_id, regisseur, "Geen bus na acht uur")
    field.press_sequentially(" En terug.")
    news = page.locator("[data-call-changed='2']")
    expect(news).to_contain_text("De oproep is gewijzigd terwijl je schreef")
    expect(news.locator("ins")).to_contain_text("Geen bus na acht uur")
    expect(field).to_have_value(f"{TEXT} En terug.")
    expect(page.locator("[data-autosave-state]")).to_contain_text("Bewaard om")
    field.press_sequentially(" Altijd.")
    page.get_by_role("button", name="Bewaren", exact=True).click()
    expect(page.get_by_label("Aanpak").first).to_have_value(f"{TEXT} En terug. Altijd.")
    expect(page.locator("main")).to_contain_text("Dit wijzigde in de oproep")
    db.session.rollback()
    answer = db.session.get(Answer, (proposal_id, obstacle), populate_existing=True)
    assert answer is not None and answer.approach == f"{TEXT} En terug. Altijd."
    db.session.rollback()
    page.get_by_role("button", name="Ik heb dit gelezen en blijf bij mijn antwoord").click()
    expect(page.locator("body")).to_contain_text("Bevestigd")


def test_axe_finds_nothing_where_a_difference_is_shown(app: Flask, visit: SignIn) -> None:
    region = make.make_region()
    call = make.make_call(region)
    regisseur, organisation = make.make_regisseur(region), make.make_organisation()
    owner = make.make_member(organisation)
    call_id, challenge_id = call.id, call.challenges[0].id
    proposal_id = make.make_proposal(call, organisation, owner).id
    amend(call_id, challenge_id, regisseur, "Geen bus na acht uur")
    amend(call_id, challenge_id, regisseur, "Geen bus meer", publish=False)
    call_pages = ("wijziging", "versies", "versies?van=1&tot=2&weergave=naast", "versies/1")
    own_pages = ("", "/uitdaging/1", "/wijzigingen", "/indienen")
    page = visit(regisseur, size="unrolled")
    wrong = [one for name in call_pages for one in look_at(page, f"/oproepen/{call_id}/{name}")]
    page = visit(owner, size="unrolled")
    wrong += [one for name in own_pages for one in look_at(page, f"/kandidaturen/{proposal_id}{name}")]
    assert wrong == []

"""Who can help, who together: the road of a regisseur from an obstacle to a team that is noted."""

import re

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from app.domain.timeline import Phase
from app.infra.database import db
from app.matching.models import CallInvitation, MatchJudgement, TeamChoice
from app.matching.vocabulary.store import vocabulary
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.browser.conftest import SignIn
from tests.evaluation import world as juries
from tests.matching.test_candidates import make_able, make_needs

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def thesaurus(app: Flask) -> None:
    """Read before a page asks for it: the first reading of a process takes seconds."""
    vocabulary()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_regisseur_finds_confirms_and_invites(app: Flask, visit: SignIn, size: str) -> None:
    region = make.make_region(municipalities=("Bornem", "Willebroek"))
    call = make_needs(region, "Schulden", "Eenzaamheid")
    organisation = make_able("Vzw Budget in Balans", "Bornem")
    make.make_member(organisation)
    page = visit(make.make_regisseur(region), size=size)
    page.goto(f"/oproepen/{call.id}/wie-kan-dit")
    page.get_by_role("link", name=re.compile("Schulden")).first.click()
    expect(page.get_by_role("heading", name="Vzw Budget in Balans")).to_be_visible()
    page.get_by_role("button", name=re.compile("Bevestig.*Balans")).click()
    expect(page.get_by_text("Bevestigd: Vzw Budget in Balans kan dit opnemen.")).to_be_visible()
    page.locator("label", has_text="Nodig uit: Vzw Budget in Balans").click()
    page.get_by_role("button", name="Nodig de aangevinkte organisaties uit").click()
    page.get_by_role("button", name="Bekijk de mail").click()
    page.get_by_role("button", name="Verstuur naar 1 organisatie").click()
    expect(page.get_by_text("1 organisatie is uitgenodigd. De mails zijn onderweg.")).to_be_visible()
    db.session.rollback()
    assert db.session.scalars(select(MatchJudgement.verdict)).all() == ["confirmed"]
    assert db.session.scalars(select(CallInvitation.organisation_id)).all() == [organisation.id]
    sent = select(OutboxMessage.id).where(OutboxMessage.kind == "matching.invitation")
    assert len(db.session.scalars(sent).all()) == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_a_team_is_tried_and_noted_with_a_reason(app: Flask, visit: SignIn, javascript: bool) -> None:
    world = juries.build(Phase.DECIDED)
    page = visit(world.regisseur, javascript=javascript)
    page.goto(f"/oproepen/{world.call.id}/team")
    expect(page.get_by_text("Dit is het voorstel van de samensteller")).to_be_visible()
    joins = int(page.locator("input[name=samen]:not(:checked):not([type=hidden])").first.input_value())
    page.locator(f"label[for=samen-{joins}]").click()
    if not javascript:
        page.get_by_role("button", name="Bereken deze samenstelling").click()
    expect(page.get_by_text("Je bekijkt een eigen samenstelling")).to_be_visible()
    page.get_by_role("button", name="Noteer deze keuze").click()
    expect(page.locator(".pw-error").first).to_be_visible()
    page.get_by_label(re.compile("Waarom kiezen")).fill("Samen dragen zij dit beter in deze regio.")
    page.get_by_role("button", name="Noteer deze keuze").click()
    expect(page.get_by_text("Samen dragen zij dit beter in deze regio.")).to_be_visible()
    db.session.rollback()
    row = db.session.scalars(select(TeamChoice)).one()
    assert joins in row.chosen and joins not in row.proposed["proposals"]

"""An upheld objection that turns the ranking around, walked in the browser from filing to the result."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.decisions.queries import decision_of
from app.evaluation.firmness.recomputing import compare
from app.infra.database import db
from tests import factories as make
from tests.browser.conftest import SignIn
from tests.browser.test_whole_road import number_in, press
from tests.decisions.world import REASONS, build, tell_all

pytestmark = pytest.mark.browser
GROUNDS = "Het antwoord over vervoer staat wel in onze kandidatuur, bij het eerste obstakel."
REMARK = "Jullie antwoord over vervoer overtuigt, met drie voorbeelden uit de eigen werking."


def file_objection(page: Page, proposal_id: int) -> None:
    page.goto(f"/kandidaturen/{proposal_id}/weerwoord")
    page.get_by_label("Wat betwist je?").last.fill("Dat ons antwoord over vervoer ontbreekt.")
    page.get_by_label("Waarom?").fill(GROUNDS)
    page.get_by_label("Wat vraag je?").fill("Een nieuwe beoordeling van onze kandidatuur.")
    press(page, "Bewaar en lees na")
    press(page, re.compile("^Dien het weerwoord in"))
    expect(page.locator("main")).to_contain_text("Ontvangen op")


def rule(page: Page, call_id: int, judge_id: int) -> int:
    """The ruling that orders a new evaluation; the id of the objection."""
    page.goto(f"/oproepen/{call_id}/weerwoorden")
    page.get_by_role("link", name=re.compile("^Uitspraak doen")).first.click()
    objection_id = number_in(page.url)
    page.locator("input[name=outcome][value=upheld]").check()
    page.get_by_label("Redenen").fill(REASONS.format(name="De Brug C"))
    page.locator(f"input[name=judges][value='{judge_id}']").check()
    page.get_by_label("Er komt een nieuwe beoordeling").check()
    press(page, "Doe de uitspraak")
    return objection_id


def ask(page: Page, objection_id: int, people: list[int]) -> None:
    page.goto(f"/weerwoorden/{objection_id}/lezen")
    page.get_by_role("link", name="Naar de nieuwe beoordeling").click()
    page.get_by_label("Beide rondes").check()
    for one in people:
        page.locator(f"input[name=jurors][value='{one}']").check()
    page.get_by_label("Waarom deze mensen?").fill("Zij lazen de kandidatuur nog niet.")
    press(page, "Vraag deze mensen")
    expect(page.locator("main")).to_contain_text("0 van 2 scorebladen")


def score_anew(page: Page, level: int) -> None:
    """From the task on the home page to a sheet that is in."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("opnieuw, na een weerwoord")).first.click()
    expect(page.locator("main")).not_to_contain_text("Obstakel 1.1")
    page.get_by_label("Ik ben vrij om te oordelen").check()
    press(page, "Bewaar mijn verklaring")
    expect(page.locator("main")).to_contain_text("Obstakel 1.1")
    for choice in page.locator(f"form[data-scoresheet] input[type=radio][value='{level}']").all():
        choice.check()
    for reason in page.get_by_label(re.compile("^Waarom")).all():
        reason.fill("Het antwoord staat er, met voorbeelden en cijfers.")
    page.get_by_label(re.compile("^Opmerking voor de kandidaat")).fill(REMARK)
    press(page, "Indienen")
    expect(page.locator("main")).to_contain_text("Je hoeft niets meer te doen")


def close(page: Page, objection_id: int) -> None:
    page.goto(f"/weerwoorden/{objection_id}/nieuwe-beoordeling")
    expect(page.locator("main")).to_contain_text("De rangschikking keert om")
    expect(page.locator("main")).to_contain_text("komt erbij")
    page.get_by_label("Wat besluit de nieuwe beoordeling?").fill("Het antwoord over vervoer telt nu mee.")
    press(page, "Sluit af")


def decide(chair: Page, desk: Page, objection_id: int, call_id: int) -> None:
    """Proposed by the chair, confirmed and told by the regisseur."""
    chair.goto(f"/weerwoorden/{objection_id}/nieuwe-beoordeling")
    chair.get_by_role("link", name="Stel de nieuwe beslissing voor").click()
    expect(chair.get_by_label("Redenen")).to_have_value(re.compile("overtuigt"))
    chair.get_by_label("Geselecteerd", exact=True).check()
    chair.get_by_label("Redenen").fill(REASONS.format(name="De Brug C") + " Dat weegt nu door.")
    press(chair, "Bewaar het voorstel")
    desk.goto(f"/oproepen/{call_id}/beslissingen/nieuwe")
    desk.locator("input[name=chosen]").check()
    desk.get_by_label("Ik las de redenen van wat ik bevestig").check()
    press(desk, "Bevestig wat is aangevinkt")
    desk.locator("input[name=agreed]").check()
    press(desk, "Deel mee")


def test_an_objection_turns_the_ranking_around(app: Flask, visit: SignIn) -> None:
    world = build()
    tell_all(world)
    fresh = [make.make_regisseur(world.region) for _ in range(2)]
    # Plain values: a row that is read later would hold up the server's writer.
    name, call_id, proposal_id = world.organisations[2].name, world.call.id, world.proposals[2].id
    judge_id, fresh_ids = world.regisseur.id, [one.id for one in fresh]
    people = (world.owners[2], world.regisseur, world.chair, *fresh)
    sizes = ("phone", "desk", "desk", "phone", "desk")
    applicant, desk, chair, first, second = (
        visit(user, size=size, javascript=user is not fresh[1])
        for user, size in zip(people, sizes, strict=True)
    )
    db.session.rollback()
    file_objection(applicant, proposal_id)
    objection_id = rule(desk, call_id, judge_id)
    ask(desk, objection_id, fresh_ids)
    score_anew(first, 5)
    score_anew(second, 5)
    close(desk, objection_id)
    visitor = visit()
    visitor.goto(f"/oproepen/{call_id}/resultaat")
    expect(visitor.locator("main")).not_to_contain_text(name)
    applicant.goto(f"/kandidaturen/{proposal_id}/beslissing")
    expect(applicant.locator("main")).to_contain_text("Niet geselecteerd")
    decide(chair, desk, objection_id, call_id)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text(name)
    applicant.reload()
    expect(applicant.locator("main")).to_contain_text("Geselecteerd")
    desk.goto(f"/weerwoorden/{objection_id}/nieuwe-beoordeling")
    expect(desk.locator("main")).to_contain_text("Daarmee is het weerwoord afgehandeld")
    db.session.rollback()
    told_first = decision_of(proposal_id)
    assert told_first is not None and told_first.outcome == "not_selected"
    assert compare(call_id).differences == []

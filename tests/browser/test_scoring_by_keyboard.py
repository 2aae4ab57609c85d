"""One proposal scored without touching a mouse, and how much work that is."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.domain.timeline import Phase
from app.evaluation.models import ScoreSheet
from app.infra.database import db, transaction
from tests.browser.conftest import SignIn
from tests.evaluation.world import World, build, may_skip

pytestmark = pytest.mark.browser
REASON = "Dit plan is concreet en goed onderbouwd."


@pytest.fixture
def world(app: Flask) -> World:
    world = build(Phase.WRITTEN, proposals=2, criteria=3)
    may_skip(world, 1)
    with transaction():
        db.session.merge(world.call).least_reason = 20
    return world


def opened(world: World, visit: SignIn, **options: object) -> Page:
    page = visit(world.jurors[1], **options)  # type: ignore[arg-type]
    page.goto(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written")
    return page


def test_a_proposal_is_scored_by_keyboard_alone(world: World, visit: SignIn) -> None:
    first, second, third = (one.id for one in world.criteria())
    own, other = (one.id for one in world.proposals)
    page = opened(world, visit)
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.locator(f'input[name="level-{first}"]').first.focus()

    page.keyboard.press("4")
    expect(page.locator(f'input[name="level-{first}"][value="4"]')).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator(f"#reason-{first}")).to_be_focused()
    page.keyboard.type("Kort 5n.")
    expect(page.locator(f"#reason-{first}-length")).to_have_text("nog 12 tekens (minstens 20)")
    page.keyboard.type(" " + REASON)
    expect(page.locator(f"#reason-{first}-length")).to_contain_text("lang genoeg")
    expect(page.locator(f'input[name="level-{first}"][value="4"]')).to_be_checked()

    page.keyboard.press("Tab")
    page.keyboard.press("n")
    expect(page.locator(f'input[name="level-{second}"][value="na"]')).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type(REASON)
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("2")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f'input[name="level-{third}"][value="3"]')).to_be_checked()
    page.keyboard.press("Enter")
    page.keyboard.type(REASON)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/kandidaturen/{other}/scoreblad/written")

    assert len(loads) == 1  # the next proposal; nothing else was loaded on the way
    db.session.rollback()
    sheet = db.session.query(ScoreSheet).filter_by(proposal_id=own, juror_id=world.jurors[1].id).one()
    assert sheet.submitted_at is not None
    assert {one.criterion_id: one.level for one in sheet.scores} == {first: 4, second: None, third: 3}


def test_keys_do_nothing_outside_a_criterion(world: World, visit: SignIn) -> None:
    page = opened(world, visit)
    page.locator("#kandidatuur").focus()
    for key in ("3", "n", "Control+Enter"):
        page.keyboard.press(key)
    assert page.locator("[data-criterion] input:checked").count() == 0
    assert page.url.endswith(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 768), (768, 1024)])
def test_the_proposal_stays_in_view_beside_the_sheet(
    world: World, visit: SignIn, width: int, height: int
) -> None:
    page = opened(world, visit)
    page.set_viewport_size({"width": width, "height": height})
    last = world.criteria()[-1].id
    page.locator(f"#reason-{last}").focus()
    proposal = page.locator("#kandidatuur").bounding_box()
    assert proposal is not None and proposal["y"] > -1 and proposal["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    field = page.locator(f"#reason-{last}").bounding_box()
    assert field is not None and field["y"] + field["height"] <= height


def test_without_scripts_the_sheet_is_handed_in_all_the_same(world: World, visit: SignIn) -> None:
    page = opened(world, visit, javascript=False)
    expect(page.get_by_text("Met het toetsenbord")).to_be_hidden()
    for one in world.criteria():
        page.locator(f'input[name="level-{one.id}"][value="3"]').check()
        page.locator(f"#reason-{one.id}").fill(REASON)
    page.get_by_role("button", name="Indienen").click()
    page.wait_for_url(f"**/kandidaturen/{world.proposals[1].id}/scoreblad/written")

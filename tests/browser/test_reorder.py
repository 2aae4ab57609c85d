"""Rows are put in another order with the mouse, a finger and the keyboard; it is kept, or cancelled."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from app.accounts.models import User
from app.addenda.drafting.drafts import load_addendum
from app.addenda.models import Addendum
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from tests import factories as make
from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser


def draft() -> tuple[Addendum, User]:
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    call = make.make_call(region, Phase.DRAFT, challenges=2, obstacles=4)
    with transaction():
        for place, name in enumerate(("Bart", "Amor"), start=1):
            call.personas.append(make.Persona(name=name, position=place, portrait=place + 1))
    return call, regisseur


def labels(page: Page) -> list[str]:
    return [one.input_value() for one in page.locator("#obstacles input[id$=label]").all()]


def grip(page: Page, place: int, name: str = "obstacles") -> Locator:
    return page.locator(f"[data-reorder={name}] [data-reorder-handle]").nth(place)


def centre(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def stored(call_id: int) -> Addendum:
    db.session.rollback()
    db.session.expire_all()
    return load_addendum(call_id)


def test_a_row_of_a_form_is_dragged_and_saved_with_it(app: Flask, visit: SignIn) -> None:
    call, regisseur = draft()
    call_id, challenge_id = call.id, call.challenges[0].id
    ids = [one.id for one in call.challenges[0].obstacles]
    page = visit(regisseur)
    page.goto(f"/oproepen/{call_id}/bewerken/uitdagingen/{challenge_id}")
    before = labels(page)
    grip(page, 0).scroll_into_view_if_needed()
    (x, y), (_, below) = centre(grip(page, 0)), centre(grip(page, 2))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, (y + below) / 2, steps=5)
    page.mouse.move(x, below + 30, steps=5)
    page.mouse.up()
    assert labels(page) == [before[1], before[2], before[0], before[3]]
    expect(page.locator("[aria-live=assertive]")).to_contain_text("plaats 3 van 4")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar", exact=True).last.click()
    assert [one.id for one in stored(call_id).challenges[0].obstacles] == [ids[1], ids[2], ids[0], ids[3]]
    assert labels(page) == [before[1], before[2], before[0], before[3]]


def test_the_keyboard_lifts_moves_drops_and_cancels(app: Flask, visit: SignIn) -> None:
    call, regisseur = draft()
    page = visit(regisseur)
    page.goto(f"/oproepen/{call.id}/bewerken/uitdagingen/{call.challenges[0].id}")
    before, live = labels(page), page.locator("[aria-live=assertive]")
    grip(page, 1).focus()
    page.keyboard.press("Space")
    expect(live).to_contain_text("Opgepakt: Obstakel 1.2, plaats 2 van 4")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(live).to_contain_text("Obstakel 1.2 staat op plaats 4 van 4")
    page.keyboard.press("Escape")
    expect(live).to_contain_text("Geannuleerd")
    assert labels(page) == before
    page.keyboard.press("Space")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(live).to_contain_text("staat nu op plaats 1 van 4. Bewaar onderaan")
    assert labels(page) == [before[1], before[0], *before[2:]]
    expect(page.locator(":focus")).to_have_attribute("aria-pressed", "false")


def test_after_a_move_the_buttons_of_a_row_still_mean_that_row(app: Flask, visit: SignIn) -> None:
    call, regisseur = draft()
    page = visit(regisseur)
    page.goto(f"/oproepen/{call.id}/bewerken/uitdagingen/{call.challenges[0].id}")
    before = labels(page)
    grip(page, 0).focus()
    for key in ("Space", "End", "Space"):
        page.keyboard.press(key)
    with page.expect_navigation():
        page.locator("#obstacles li button", has_text="Omhoog").nth(3).click()
    assert labels(page) == [before[1], before[2], before[0], before[3]]


def test_personas_are_dragged_with_a_finger_and_kept_at_once(app: Flask, visit: SignIn) -> None:
    call, regisseur = draft()
    call_id, ids = call.id, [one.id for one in call.personas]
    page = visit(regisseur, size="phone")
    page.goto(f"/oproepen/{call_id}/bewerken/personas")
    touch = page.context.new_cdp_session(page)
    grip(page, 0, "personas").scroll_into_view_if_needed()
    (x, y), (_, below) = centre(grip(page, 0, "personas")), centre(grip(page, 1, "personas"))

    def finger(kind: str, *points: float) -> None:
        at = [{"x": x, "y": one} for one in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    finger("touchStart", y)
    for step in range(1, 11):
        finger("touchMove", y + (below + 150 - y) * step / 10)
    with page.expect_response(lambda answer: "volgorde" in answer.url):
        finger("touchEnd")
    expect(page.locator("[aria-live=assertive]")).to_contain_text("Bewaard: ")
    first = stored(call_id).personas[0].id
    assert first == ids[1]
    assert page.locator("[data-reorder-id]").first.get_attribute("data-reorder-id") == str(first)


def test_challenges_are_moved_with_the_keyboard_and_their_numbers_follow(app: Flask, visit: SignIn) -> None:
    call, regisseur = draft()
    call_id, ids = call.id, [one.id for one in call.challenges]
    page = visit(regisseur)
    page.goto(f"/oproepen/{call_id}/bewerken/uitdagingen")
    grip(page, 1, "challenges").focus()
    for key in ("Space", "ArrowUp", "Space"):
        page.keyboard.press(key)
    told = page.locator("[aria-live=assertive]")
    expect(told).to_contain_text("Bewaard: Uitdaging 2 staat op plaats 1 van 2")
    assert [(one.id, one.number) for one in stored(call_id).challenges] == [(ids[1], 1), (ids[0], 2)]
    expect(page.locator(":focus")).to_have_attribute("data-reorder-handle", "")
    expect(page.locator("[data-reorder=challenges] a").first).to_contain_text("Uitdaging 1")
    assert f"/{ids[1]}" in (page.locator("[data-reorder=challenges] a").first.get_attribute("href") or "")


def test_without_javascript_there_is_no_handle_and_the_buttons_do_it(app: Flask, visit: SignIn) -> None:
    call, regisseur = draft()
    page = visit(regisseur, size="phone", javascript=False)
    page.goto(f"/oproepen/{call.id}/bewerken/uitdagingen")
    expect(page.locator("[data-reorder-handle]").first).to_be_hidden()
    with page.expect_navigation():
        page.locator("[data-reorder] button", has_text="Omlaag").first.click()
    assert [one.number for one in stored(call.id).challenges] == [1, 2]

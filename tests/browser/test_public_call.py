"""The public page of a call in a real browser: linked data under the security policy, drawings, paper."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from app.addenda.models import Addendum
from app.infra.database import db, transaction
from tests import factories as make

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


@pytest.fixture
def call(app: Any) -> Addendum:
    made = make.make_call(make.make_region(), challenges=2)
    with transaction():
        db.session.get_one(Addendum, made.id).title = '</script><img src=x onerror="document.title=1">'
    return made


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_linked_data_is_read_and_nothing_runs_from_it(visit: Visit, call: Addendum, size: str) -> None:
    page = visit(size=size)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"/oproepen/{call.id}")
    data = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    names = [one.get("name") for one in data["@graph"] if one["@type"] == "Demand"]
    assert names == [db.session.get_one(Addendum, call.id).title]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_road_lies_on_a_desk_and_stands_on_a_phone(visit: Visit, call: Addendum) -> None:
    for size, shown, hidden in (("desk", "lying", "standing"), ("phone", "standing", "lying")):
        page = visit(size=size)
        page.goto(f"/oproepen/{call.id}")
        assert page.locator(f".pw-road__{shown}").is_visible()
        assert not page.locator(f".pw-road__{hidden}").is_visible()


def test_links_between_obstacles_and_goals_are_there_on_a_phone(visit: Visit, call: Addendum) -> None:
    page = visit(size="phone", javascript=False)
    page.goto(f"/oproepen/{call.id}")
    page.get_by_role("link", name="naar doel 1").first.click()
    assert page.url.rpartition("#")[2].startswith("doel-")
    assert page.locator(":target").is_visible()


def test_on_paper_there_is_no_navigation_and_nothing_that_grows_old(visit: Visit, call: Addendum) -> None:
    page = visit(size="desk")
    page.goto(f"/oproepen/{call.id}")
    page.emulate_media(media="print")
    for gone in (".pw-call-contents", ".pw-header", ".pw-call-left__days", ".pw-road__today"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator(".pw-paper-head").is_visible()
    assert page.locator(".pw-levels").first.is_visible()

"""The day of the pitches on two tablets: one clock, and nothing typed is lost when the other one moves on."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.domain.timeline import Phase
from app.evaluation.pitchday.day_hearing import note_hearing
from app.infra.database import db
from tests import factories as make
from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import look_at
from tests.evaluation.pitchday.test_day_mode import begins, plan
from tests.evaluation.pitchday.test_shifts import judged
from tests.evaluation.world import World, build

pytestmark = pytest.mark.browser


@pytest.fixture
def world(at: Any) -> World:
    made = build(Phase.PITCH, proposals=2, jurors=2)
    plan(made, begins())
    at(begins())
    act(made, "begin")
    return made


def act(world: World, what: str) -> None:
    note_hearing(world.proposals[0].id, what, by=make.actor(world.chair))
    db.session.rollback()


def ask_again(page: Page) -> None:
    """As when the tablet is taken up again."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def address(world: World) -> str:
    return f"/oproepen/{world.call.id}/pitchdag/vandaag"


def test_the_clock_runs_and_the_other_tablet_follows(
    app: Flask, world: World, at: Any, visit: SignIn
) -> None:
    at(begins() + timedelta(minutes=15, seconds=30))
    page = visit(world.jurors[1])
    page.goto(address(world))
    clock = page.locator("[data-clock-time]")
    expect(clock).to_have_text(re.compile(r"^4:[0-2][0-9]$"))
    shown = clock.inner_text()
    expect(clock).not_to_have_text(shown)
    expect(page.locator("[data-clock]")).to_have_class(re.compile("pw-pitchclock--soon"))
    act(world, "end")
    ask_again(page)
    expect(page.get_by_text("Volgende pitch")).to_be_visible()
    expect(page.get_by_text("Nu in de zaal")).to_have_count(0)


def test_what_is_typed_stays_when_the_other_tablet_moves_on(app: Flask, world: World, visit: SignIn) -> None:
    page = visit(world.chair)
    page.goto(address(world))
    page.get_by_text("Wie is er in de zaal?").click()
    note = page.locator(f"#note-{world.proposals[0].id}")
    note.fill("De beamer viel uit.")
    act(world, "end")
    ask_again(page)
    expect(page.get_by_text("Intussen is er iets gewijzigd")).to_be_visible()
    expect(note).to_have_value("De beamer viel uit.")


def test_a_tap_leads_to_the_sheet_with_the_same_clock(
    app: Flask, world: World, at: Any, visit: SignIn
) -> None:
    at(begins() + timedelta(minutes=2))
    page = visit(world.jurors[1])
    page.goto(address(world))
    page.get_by_role("link", name="Scoor deze pitch").first.click()
    expect(page.locator("[data-sheet-clock]")).to_contain_text(
        re.compile(r"17:[0-5][0-9] \(nog 17 minuten\)")
    )


def test_the_day_and_what_moved_are_accessible(app: Flask, world: World, visit: SignIn) -> None:
    assert look_at(visit(world.chair, size="unrolled"), address(world)) == []
    moved = judged()
    page = visit(moved.regisseur, size="unrolled")
    assert look_at(page, f"/oproepen/{moved.call.id}/verschuivingen") == []

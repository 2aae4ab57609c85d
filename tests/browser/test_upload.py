"""Adding files to a proposal in a real browser: by drop, by button, with progress, and without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, Route, expect

from app.domain.timeline import Phase
from app.infra.database import db
from app.proposals.files.attaching import attached_files
from tests import factories as make

pytestmark = pytest.mark.browser
TEXT = {"name": "verslag.txt", "mimeType": "text/plain", "buffer": b"Een verslag."}
PLAN = {"name": "plan é 😀.txt", "mimeType": "text/plain", "buffer": b"Een plan."}
PHOTO = {"name": "IMG_0001.HEIC", "mimeType": "image/heic", "buffer": b"\x00\x00\x00\x18ftypheic"}
LIAR = {"name": "foto.png", "mimeType": "image/png", "buffer": b"<html>geen foto</html>"}
PROGRAM = {"name": "virus.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
DROP = """(zone, files) => {
  const transfer = new DataTransfer();
  for (const [name, text] of files) transfer.items.add(new File([text], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def proposal(app: Flask) -> Any:
    call = make.make_call(make.make_region(), Phase.OPEN)
    organisation = make.make_organisation()
    owner = make.make_member(organisation)
    made = make.make_proposal(call, organisation, owner)
    made.owner = owner
    return made


def opened(visit: Callable[..., Page], proposal: Any, **more: Any) -> Page:
    page = visit(proposal.owner, **more)
    page.goto(f"/kandidaturen/{proposal.id}/bijlagen")
    return page


def names(proposal: Any) -> list[str]:
    db.session.rollback()
    return [one.name for one in attached_files(proposal.id)]


def test_several_at_once_and_one_that_is_refused_holds_up_none(
    visit: Callable[..., Page], proposal: Any
) -> None:
    page = opened(visit, proposal)
    page.set_input_files("input[type=file]", [TEXT, LIAR, PROGRAM, PLAN])  # type: ignore[list-item]
    rows = page.locator("[data-upload-table] tbody tr")
    expect(rows).to_have_count(2)
    failed = page.locator(".pw-upload--failed")
    expect(failed).to_have_count(2)
    expect(failed.filter(has_text="foto.png")).to_contain_text("Dit is geen PNG-afbeelding")
    expect(failed.filter(has_text="virus.exe")).to_contain_text("Dit soort bestand kan niet.")
    expect(page.locator("[data-upload-room]")).to_have_text("Er kunnen nog 18 bestanden bij, samen 100 MB.")
    assert set(names(proposal)) == {"verslag.txt", "plan é 😀.txt"}
    failed.first.get_by_role("button").click()
    expect(failed).to_have_count(1)


def test_a_photo_of_a_phone_is_told_what_to_do_before_it_is_sent(
    visit: Callable[..., Page], proposal: Any
) -> None:
    page = opened(visit, proposal)
    page.set_input_files("input[type=file]", [PHOTO])  # type: ignore[list-item]
    expect(page.locator(".pw-upload--failed")).to_contain_text("Bewaar de foto als JPG")
    assert names(proposal) == []


def test_files_that_are_dropped_come_in(visit: Callable[..., Page], proposal: Any) -> None:
    page = opened(visit, proposal)
    page.locator(".pw-drop").evaluate(DROP, [["een.txt", "een"], ["twee.txt", "twee"]])
    expect(page.locator("[data-upload-table] tbody tr")).to_have_count(2)
    assert set(names(proposal)) == {"een.txt", "twee.txt"}


def test_progress_is_shown_and_a_file_can_be_cancelled(visit: Callable[..., Page], proposal: Any) -> None:
    page = opened(visit, proposal)
    held: list[Route] = []
    page.route("**/bijlagen", lambda route: held.append(route))
    page.set_input_files("input[type=file]", [TEXT, PLAN, {**TEXT, "name": "derde.txt"}])  # type: ignore[list-item]
    expect(page.locator(".pw-upload progress")).to_have_count(3)
    third = page.locator(".pw-upload").filter(has_text="derde.txt")
    expect(third).to_contain_text("Wacht")
    third.get_by_role("button", name="Annuleer").click()
    expect(third).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.locator("[data-upload-table] tbody tr")).to_have_count(2)


def test_a_lost_connection_offers_to_try_again(visit: Callable[..., Page], proposal: Any) -> None:
    page = opened(visit, proposal)
    page.route("**/bijlagen", lambda route: route.abort())
    page.set_input_files("input[type=file]", [TEXT])  # type: ignore[list-item]
    failed = page.locator(".pw-upload--failed")
    expect(failed).to_contain_text("De verbinding viel weg")
    page.unroute("**/bijlagen")
    failed.get_by_role("button", name="Probeer opnieuw").click()
    expect(page.locator("[data-upload-table] tbody tr")).to_have_count(1)
    assert names(proposal) == ["verslag.txt"]


def test_a_file_that_was_added_can_be_removed_at_once(visit: Callable[..., Page], proposal: Any) -> None:
    page = opened(visit, proposal)
    page.set_input_files("input[type=file]", [TEXT])  # type: ignore[list-item]
    page.get_by_role("button", name="Verwijder verslag.txt").click()
    expect(page.get_by_text("Verwijderd: verslag.txt")).to_be_visible()
    assert names(proposal) == []


def test_without_a_script_one_file_goes_with_the_button(visit: Callable[..., Page], proposal: Any) -> None:
    page = opened(visit, proposal, javascript=False)
    page.set_input_files("input[type=file]", TEXT)  # type: ignore[arg-type]
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_text("Toegevoegd: verslag.txt")).to_be_visible()
    page.get_by_role("button", name="Verwijder verslag.txt").click()
    assert names(proposal) == []


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_page_is_accessible_empty_full_and_with_a_refusal(
    visit: Callable[..., Page], proposal: Any, size: str
) -> None:
    page = opened(visit, proposal, size=size)
    assert Axe().run(page).response["violations"] == []
    long = {**TEXT, "name": "een heel lange naam " * 8 + ".txt"}
    page.set_input_files("input[type=file]", [long, LIAR])  # type: ignore[list-item]
    expect(page.locator("[data-upload-table] tbody tr")).to_have_count(1)
    expect(page.locator(".pw-upload--failed")).to_have_count(1)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""The pages around an amendment: preparing it in the editor, releasing it, and what everybody reads after."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.addenda.amending.models import AddendumVersion, Amendment
from app.addenda.amending.pending import pending_of
from app.addenda.amending.presenters import mentions
from app.addenda.drafting.drafts import load_addendum, read_draft
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.addenda.helpers import fields, send
from tests.counting import queries


class World:
    def __init__(self, client: FlaskClient) -> None:
        self.region = make.make_region()
        self.call = make.make_call(self.region, challenges=2)
        self.id = self.call.id
        self.url = f"/oproepen/{self.id}"
        self.page = f"{self.url}/bewerken/uitdagingen/{self.call.challenges[0].id}"
        self.client = client.sign_in(make.make_regisseur(self.region))  # type: ignore[attr-defined]
        self.visitor = client.application.test_client()

    def reword(self, label: str = "Geen bus na acht uur") -> Any:
        return send(self.client, self.page, obstacles__0__label=label)

    def publish(self, **changes: Any) -> Any:
        changes = {"reason": "De lijn verdween.", **changes}
        return send(self.client, f"{self.url}/wijziging", **changes)


@pytest.fixture
def world(client: FlaskClient) -> World:
    return World(client)


def count(model: Any) -> int:
    db.session.rollback()
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_the_way_from_a_rewording_to_a_version_everybody_reads(world: World) -> None:
    assert "Wat vaststaat" in world.client.get(f"{world.url}/wijziging").text
    assert world.reword().status_code == 302
    assert "Niemand ziet dit tot je publiceert" in world.client.get(world.page).text
    release = world.client.get(f"{world.url}/wijziging").text
    assert "Geen bus na acht uur" in release and "Uitdaging 1, Geen bus na acht uur" in release
    for path in (world.url, f"{world.url}/versies"):
        assert "Geen bus" not in world.visitor.get(path).text
    assert world.publish().status_code == 302
    assert "Geen bus na acht uur" in world.visitor.get(world.url).text
    page = world.visitor.get(f"{world.url}/versies").text
    assert "De lijn verdween." in page and 'id="versie-2"' in page
    assert re.search(r'<del class="pw-gone">.*?Obstakel 1.1', page)
    assert "Obstakel 1.1" in world.visitor.get(f"{world.url}/versies/1").text
    assert "Geen bus" not in world.visitor.get(f"{world.url}/versies/1").text


def test_an_empty_reason_is_refused_at_its_field_and_nothing_is_mailed(world: World) -> None:
    world.reword()
    page = world.publish(reason="  ")
    assert page.status_code == 422 and "Schrijf waarom" in page.text
    long = world.publish(reason="x" * 2001)
    assert long.status_code == 422 and "x" * 2001 in long.text
    assert count(OutboxMessage) == 0 and count(AddendumVersion) == 0


def test_an_earlier_deadline_is_refused_with_what_was_typed(world: World) -> None:
    world.reword()
    assert world.call.deadline
    earlier = (world.call.deadline - timedelta(days=3)).date().isoformat()
    page = world.publish(deadline=earlier, deadline_time="12:00")
    assert page.status_code == 422
    assert "moet later vallen" in page.text and f'value="{earlier}"' in page.text
    for wrong in ("0001-01-01", "9999-12-31", "2026-02-31"):
        assert world.publish(deadline=wrong).status_code == 422


def test_a_removed_obstacle_is_refused_in_words(world: World) -> None:
    data = fields(world.client.get(world.page))
    data["obstacles-1-label"] = ""
    page = world.client.post(world.page, data=data)
    assert page.status_code == 422 and "Een obstakel weghalen of leegmaken kan niet meer" in page.text
    assert count(Amendment) == 0


def test_criteria_of_an_open_call_change_by_a_version_that_shows_old_beside_new(world: World) -> None:
    db.session.expire_all()
    path = f"{world.url}/bewerken/criteria/written"
    data = fields(world.client.get(path))
    data["criteria-0-name"] = "Past bij wie vastzit"
    assert world.client.post(path, data=data).status_code == 302
    shown = world.client.get(f"{world.url}/wijziging").text
    assert "Past bij wie vastzit" in shown and "Criterium 1" in shown
    assert "Past bij wie vastzit" not in world.client.get(world.url).text
    data = fields(world.client.get(f"{world.url}/wijziging"))
    data["reason"] = "Duidelijker."
    assert world.client.post(f"{world.url}/wijziging", data=data).status_code == 302
    assert "Past bij wie vastzit" in world.client.get(world.url).text


def test_a_double_click_publishes_once(world: World) -> None:
    world.reword()
    data = fields(world.client.get(f"{world.url}/wijziging"))
    data["reason"] = "De lijn verdween."
    first, second = (world.client.post(f"{world.url}/wijziging", data=data) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert count(AddendumVersion) == 2
    assert "Er staat geen wijziging meer klaar" in world.client.get(second.location).text


def test_an_amendment_that_changed_meanwhile_is_shown_again(world: World) -> None:
    world.reword()
    data = fields(world.client.get(f"{world.url}/wijziging"))
    data["reason"] = "De lijn verdween."
    world.reword("Geen trein")
    page = world.client.post(f"{world.url}/wijziging", data=data)
    assert page.status_code == 422 and "intussen nog aangepast" in page.text
    assert "Geen trein" in page.text and "De lijn verdween." in page.text
    assert count(AddendumVersion) == 0


def test_a_call_that_closes_meanwhile_publishes_nothing(world: World, at: Any) -> None:
    world.reword()
    data = fields(world.client.get(f"{world.url}/wijziging"))
    data["reason"] = "Te laat."
    at(world.call.deadline)
    assert world.client.post(f"{world.url}/wijziging", data=data).status_code == 403
    assert count(AddendumVersion) == 0


def test_a_discarded_amendment_is_gone(world: World) -> None:
    world.reword()
    assert world.client.post(f"{world.url}/wijziging/weggooien").status_code == 302
    assert pending_of(world.id) is None
    assert world.client.post(f"{world.url}/wijziging/weggooien").status_code == 302
    assert "Obstakel 1.1" in world.client.get(world.page).text


def test_close_to_the_deadline_a_later_one_is_suggested(world: World, at: Any) -> None:
    world.reword()
    assert "De uiterste datum is dichtbij" not in world.client.get(f"{world.url}/wijziging").text
    assert world.call.deadline
    at(world.call.deadline - timedelta(days=2))
    assert "De uiterste datum is dichtbij" in world.client.get(f"{world.url}/wijziging").text


def test_a_text_that_still_names_the_old_date_is_listed(world: World) -> None:
    dates = read_draft(load_addendum(world.id)).dates
    assert dates.decision_before
    old = dates.decision_before
    with transaction():
        load_addendum(world.id).local_input = f"We beslissen voor {old:%d/%m/%Y} met iedereen samen."
    later = (old + timedelta(days=7)).isoformat()
    send(world.client, f"{world.url}/bewerken/tijdlijn", decision_before=later)
    page = world.client.get(f"{world.url}/wijziging").text
    assert "Hier staat nog een oude datum" in page and "Andere lokale input" in page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tot 2 juni 2026 om 12u", True),
        ("tot 2 juni", True),
        ("op 02/06/2026.", True),
        ("op 2-6-26", True),
        ("2026-06-02", True),
        ("op 12 juni 2026", False),
        ("op 2 juni 2025", False),
        ("op 02/06/2025", False),
        ("versie 2.6.1", False),
        ("op 22/06/2026", False),
    ],
)
def test_a_date_is_recognised_as_people_write_it(app: Flask, text: str, found: bool) -> None:
    from dataclasses import replace
    from datetime import date

    call = make.make_call(make.make_region())
    content = read_draft(load_addendum(call.id))
    content = replace(content, basics=replace(content.basics, local_input=text))
    assert bool(mentions(content, [date(2026, 6, 2)])) is found


def test_two_versions_are_compared_in_one_text_or_side_by_side(world: World) -> None:
    for label in ("Eerst dit", "Dan dat"):
        world.reword(label)
        world.publish()
    page = world.visitor.get(f"{world.url}/versies?van=1&tot=3")
    assert page.status_code == 200 and "Eerst dit" not in page.text and "Dan dat" in page.text
    beside = world.visitor.get(f"{world.url}/versies?van=1&tot=3&weergave=naast").text
    assert "Vroeger" in beside and "Dan dat" in beside
    assert "Er is geen verschil" in world.visitor.get(f"{world.url}/versies?van=2&tot=2").text
    for wrong in ("?van=1", "?van=1&tot=9", "?van=x&tot=2", "?tot=-1&van=1"):
        assert world.visitor.get(f"{world.url}/versies{wrong}").status_code == 404
    assert world.visitor.get(f"{world.url}/versies/9").status_code == 404


def test_a_draft_has_no_versions_to_read(client: FlaskClient) -> None:
    call = make.make_call(make.make_region(), Phase.DRAFT)
    assert client.get(f"/oproepen/{call.id}/versies").status_code == 404
    assert client.get(f"/oproepen/{call.id}/versies/1").status_code == 404


def test_a_call_from_before_versions_were_kept_has_its_first(world: World) -> None:
    page = world.visitor.get(f"{world.url}/versies")
    assert page.status_code == 200 and "niet gewijzigd sinds de publicatie" in page.text
    assert world.visitor.get(f"{world.url}/versies/1").status_code == 200


def test_a_challenge_and_a_persona_are_added_on_the_same_pages(world: World) -> None:
    added = world.client.post(f"{world.url}/bewerken/personas", data={"name": "Ali"})
    assert added.status_code == 302
    assert send(world.client, added.location, story="Ali zoekt een thuis.").status_code == 302
    added = world.client.post(f"{world.url}/bewerken/uitdagingen")
    assert "Uitdaging 3" in world.client.get(added.location).text
    page = world.publish()
    assert page.status_code == 422 and "nog niet volledig" in page.text
    data = fields(world.client.get(added.location))
    data["rearrange"] = "obstacles:add"
    data = fields(world.client.post(added.location, data=data))
    data["obstacles-0-label"] = "Geen thuis"
    assert world.client.post(added.location, data=data).status_code == 302
    assert world.publish().status_code == 302
    text = world.visitor.get(world.url).text
    assert "Geen thuis" in text and "Ali zoekt een thuis." in text


def test_markup_in_a_reason_or_a_text_stays_text(world: World) -> None:
    world.reword("<img src=x onerror=alert(1)>")
    world.publish(reason="<script>alert(1)</script>")
    page = world.visitor.get(f"{world.url}/versies").text
    assert "<script>alert" not in page and "<img src=x" not in page


def test_the_list_of_versions_asks_as_much_for_thirty_as_for_two(world: World) -> None:
    def asked() -> int:
        with queries() as statements:
            assert world.visitor.get(f"{world.url}/versies").status_code == 200
        return len(statements)

    world.reword()
    world.publish()
    few = asked()
    for number in range(28):
        world.reword(f"Obstakel anders {number}")
        world.publish()
    assert count(AddendumVersion) == 30 and asked() == few


def test_the_page_says_why_a_new_introduction_touches_every_obstacle(world: World) -> None:
    reason = "Die gelden voor elk obstakel"
    world.reword()
    assert reason not in world.client.get(f"{world.url}/wijziging").text
    send(world.client, world.page, introduction="Samen op weg.")
    assert reason in world.client.get(f"{world.url}/wijziging").text


def test_the_version_that_holds_now_speaks_of_now(world: World) -> None:
    world.reword()
    world.publish()
    page = world.visitor.get(f"{world.url}/versies/2").text
    assert "Vragen stellen kon" not in page and "9u00 tot 17u00" in page

"""The frame of every page: a menu for each role, at no cost."""

import html
import re

import pytest
from flask.testing import FlaskClient

from app.domain.timeline import Phase
from tests.counting import queries
from tests.factories import (
    make_call,
    make_juror,
    make_member,
    make_organisation,
    make_region,
    make_regisseur,
    make_user,
)


def menu(client: FlaskClient, path: str = "/componenten") -> list[str]:
    page = client.get(path).get_data(as_text=True)
    nav = re.search(r'<nav class="pw-nav".*?</nav>', page, re.S)
    return [html.unescape(one) for one in re.findall(r"<a [^>]*>(.*?)</a>", nav.group(0))] if nav else []


def test_a_visitor_finds_the_calls_and_the_way_in(client: FlaskClient) -> None:
    assert "Oproepen" in menu(client)
    page = client.get("/componenten").get_data(as_text=True)
    assert 'href="/aanmelden"' in page and "Afmelden" not in page


@pytest.mark.parametrize("role", ["regisseur", "observer"])
def test_who_runs_or_watches_a_region_finds_it_and_its_log(client: FlaskClient, role: str) -> None:
    client.sign_in(make_regisseur(make_region(), role))
    assert {"Mijn regio", "Oproepen", "Logboek"} - {"Logboek"} <= set(menu(client))


def test_a_juror_finds_the_reading_list(client: FlaskClient) -> None:
    client.sign_in(make_juror(make_call(make_region(), Phase.WRITTEN)))
    assert "Mijn leeslijst" in menu(client)


def test_a_member_finds_no_log(client: FlaskClient) -> None:
    client.sign_in(make_member(make_organisation(), "member"))
    found = menu(client)
    assert "Oproepen" in found and "Logboek" not in found


def test_an_administrator_finds_neither_regions_of_others_nor_reading_lists(client: FlaskClient) -> None:
    client.sign_in(make_user(administrator=True))
    assert not {"Mijn regio", "Mijn leeslijst", "Mijn kandidaturen"} & set(menu(client))


def test_the_frame_costs_only_the_person_and_the_grants(client: FlaskClient) -> None:
    assert _cost(client) == 0
    region = make_region()
    for _ in range(3):
        make_call(region)
    client.sign_in(make_regisseur(region))
    assert _cost(client) <= 2


def _cost(client: FlaskClient) -> int:
    client.get("/componenten")
    with queries() as seen:
        client.get("/componenten")
    return len(seen)


def test_a_moved_clock_is_said_on_every_page(client: FlaskClient, at: object) -> None:
    assert "De klok is verzet" not in client.get("/componenten").get_data(as_text=True)
    at("2023-06-02T10:00")  # type: ignore[operator]
    assert "vrijdag 2 juni 2023, 10u00" in client.get("/componenten").get_data(as_text=True)


def test_a_page_that_does_not_exist_keeps_the_menu(client: FlaskClient) -> None:
    client.sign_in(make_regisseur(make_region()))
    answer = client.get("/bestaat-niet")
    assert answer.status_code == 404 and "Mijn regio" in answer.get_data(as_text=True)

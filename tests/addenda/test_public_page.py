"""What everybody reads, with the same number of queries whatever the size."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.addenda import finding
from app.addenda.models import Addendum, Persona
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from tests import factories as make
from tests.addenda.helpers import imported
from tests.counting import queries


def test_drafts_are_known_to_nobody_else(client: FlaskClient, app: Flask) -> None:
    draft, regisseur = imported()
    owner = make.make_member(make.make_organisation())
    for one in (client, app.test_client().sign_in(owner), app.test_client().sign_in(regisseur)):
        assert one.get(f"/oproepen/{draft}").status_code == 404
    assert "Klein-Brabant" not in client.get("/oproepen").text
    assert app.test_client().sign_in(regisseur).get(f"/oproepen/{draft}/voorbeeld").status_code == 200
    assert app.test_client().sign_in(owner).get(f"/oproepen/{draft}/voorbeeld").status_code == 404


def test_the_page_shows_people_obstacles_goals_and_the_links_between_them(client: FlaskClient) -> None:
    call = make.make_call(make.make_region(), challenges=2)
    page = client.get(f"/oproepen/{call.id}").text
    for words in ("Nora zoekt werk.", "Obstakel 2.3", "Zich beter verplaatsen", "bij obstakel 1", "Woonhulp"):
        assert words in page
    assert page.count('vector-effect="non-scaling-stroke"') == 2
    assert "Nog 10 dagen" in page or "Nog 9 dagen" in page
    assert 'aria-current="step"' in page


def test_what_people_typed_is_shown_as_text(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.ambition = "<script>alert(1)</script> **samen**"
        row.title = "<b>Samen</b>"
        row.personas[0].story = "[klik](javascript:alert(1))"
    page = client.get(f"/oproepen/{call.id}").text
    assert "<script>alert" not in page and "<b>Samen" not in page and 'href="javascript' not in page
    assert "<strong>samen</strong>" in page


@pytest.mark.parametrize("phase", [Phase.SEALED, Phase.PARTNERSHIP])
def test_after_the_deadline_nobody_is_invited_to_apply(client: FlaskClient, phase: Phase) -> None:
    call = make.make_call(make.make_region(), phase)
    page = client.get(f"/oproepen/{call.id}").text
    assert "de uiterste indiendatum is voorbij" in page
    assert "stel je kandidaat</a>" not in page


def test_the_way_to_apply_fits_who_looks(client: FlaskClient, app: Flask) -> None:
    region = make.make_region()
    call = make.make_call(region)
    member = make.make_member(make.make_organisation())
    regisseur = make.make_regisseur(region)
    assert "/aanmelden?next=" in client.get(f"/oproepen/{call.id}").text
    assert (
        f'action="/oproepen/{call.id}/kandidatuur"'
        in app.test_client().sign_in(member).get(f"/oproepen/{call.id}").text
    )
    assert (
        f'action="/oproepen/{call.id}/kandidatuur"'
        not in app.test_client().sign_in(regisseur).get(f"/oproepen/{call.id}").text
    )


def test_a_public_page_costs_the_same_few_queries_whatever_its_size(client: FlaskClient, app: Flask) -> None:
    region = make.make_region()
    sizes = [make.make_call(region, challenges=n, obstacles=n * 3, criteria=n).id for n in (1, 4, 10)]
    regisseur = make.make_regisseur(region)
    for visitor in (client, app.test_client().sign_in(regisseur)):
        visitor.get(f"/oproepen/{sizes[0]}")
        counts = []
        for call_id in sizes:
            with queries() as seen:
                assert visitor.get(f"/oproepen/{call_id}").status_code == 200
            counts.append(len(seen))
        assert len(set(counts)) == 1
        assert counts[0] <= 15, seen


def _many(count: int) -> None:
    """Copies of a small call, quickly."""
    region = make.make_region()
    first = make.make_call(region)
    with transaction():
        for number in range(count - 1):
            db.session.add(
                Addendum(
                    service_area_id=region.id,
                    title=f"Oproep {number}",
                    launch=first.launch,
                    deadline=(first.deadline or make.clock.read()) + timedelta(hours=number),
                    created_at=first.created_at,
                    published_at=first.published_at,
                    municipalities=list(region.municipalities),
                    personas=[Persona(name="Nora", portrait=2)],
                )
            )


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_costs_six_queries_for_one_three_or_three_hundred_calls(
    client: FlaskClient, count: int
) -> None:
    _many(count)
    with queries() as seen:
        page = client.get("/oproepen")
    assert page.status_code == 200
    assert len(seen) <= 6, seen
    assert page.text.count("<article") == min(count, 30)
    if count == 300:
        assert "Oproep 1 tot 30 van 300" in page.text
        assert client.get("/oproepen?vanaf=270").text.count("<article") == 30
        assert client.get("/oproepen?vanaf=300").text.count("<article") == 30


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_of_a_region_costs_the_same(app: Flask, count: int) -> None:
    _many(count)
    region = db.session.scalars(db.select(Addendum.service_area_id)).first()
    client = app.test_client().sign_in(
        make.make_regisseur(db.session.get_one(type(make.make_region()), region))
    )
    client.get("/toegankelijkheid")
    with queries() as seen:
        assert client.get(f"/regio/{region}/oproepen").status_code == 200
    assert len(seen) <= 5, seen


def test_calls_are_found_by_word_place_life_domain_and_state(client: FlaskClient) -> None:
    here, there = make.make_region("Denderstreek"), make.make_region("Kempen")
    first, second = make.make_call(here), make.make_call(there, Phase.SEALED)
    with transaction():
        row = db.session.get_one(Addendum, first.id)
        row.challenges[0].obstacles[0].life_domains = ["Huisvesting"]
        row.challenges[0].obstacles[0].label = "Wonen met 100% schimmel"
        db.session.flush()
        for one in (first, second):
            finding.reindex(one.id)

    def found(query: str) -> set[int]:
        text = client.get(f"/oproepen?{query}").text
        return {one.id for one in (first, second) if f'href="/oproepen/{one.id}"' in text}

    town = here.municipalities[0].id
    assert found("") == {first.id, second.id}
    assert found("q=denderstreek") == {first.id}
    assert found("q=SCHIMMEL") == {first.id}
    assert found("q=100%25") == {first.id}
    assert found("q=%25") == set()
    assert found("q=_chimmel") == set()
    assert found(f"gemeente={town}") == {first.id}
    assert found("levensdomein=Huisvesting") == {first.id}
    assert found("stand=open") == {first.id}
    assert found("stand=closed") == {second.id}
    assert found("stand=soon") == {first.id}
    assert found(f"q=schimmel&gemeente={town}&levensdomein=Huisvesting&stand=soon") == {first.id}
    assert found(f"q=schimmel&gemeente={there.municipalities[0].id}") == set()
    assert found("gemeente=999999") == set()
    assert found("stand=raar&gemeente=x&levensdomein=y&vanaf=z&endpoint=q&_external=1") == {
        first.id,
        second.id,
    }
    assert "Geen oproep gevonden" in client.get("/oproepen?q=xyzzy").text


def test_an_empty_list_says_what_will_come(client: FlaskClient) -> None:
    assert "Nog geen oproepen" in client.get("/oproepen").text

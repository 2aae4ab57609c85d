"""Team samenstellen: what the page says, who may see and choose, and what the record keeps."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.addenda.models import Addendum
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.matching.composing import services
from app.matching.models import TeamChoice
from app.organisations.models import Organisation
from app.regions.models import Municipality, ServiceArea
from tests import factories as make
from tests.counting import queries
from tests.evaluation.world import World, build, declare, sheet

REASON = "Samen nemen ze de meeste obstakels weg, en ze kennen elkaar."


def decided(proposals: int = 3) -> World:
    world = build(Phase.DECIDED, proposals=proposals)
    for place in range(proposals):
        sheet(world, place, world.chair, [4, 4])
    return world


@pytest.fixture
def world(app: Flask) -> World:
    return decided()


def url(world: World) -> str:
    return f"/oproepen/{world.call.id}/team"


def chosen() -> list[TeamChoice]:
    return list(db.session.scalars(select(TeamChoice).order_by(TeamChoice.id)))


def post(client: FlaskClient, world: World, places: tuple[int, ...], **more: Any) -> Any:
    ids = [str(world.proposals[one].id) for one in places]
    return client.post(url(world), data={"samen": ids, "reason": REASON, **more})


def test_the_best_team_is_proposed_with_what_each_member_adds(world: World, client: FlaskClient) -> None:
    page = client.sign_in(world.regisseur).get(url(world))
    assert page.status_code == 200
    assert "Bewezen: binnen deze grenzen bestaat er geen beter team." in page.text
    assert "Als enige" in page.text and "Zonder deze partner" in page.text
    assert "Obstakel 1.3" in page.text.partition("Wat open blijft")[2]


def test_equal_proposals_make_the_smallest_team(world: World, client: FlaskClient) -> None:
    text = client.sign_in(world.regisseur).get(url(world)).text
    assert text.count("Zonder deze partner") == 1 and text.count("Erbij geeft geen extra dekking.") == 2


def test_limits_that_contradict_are_named(world: World, client: FlaskClient) -> None:
    both = [("moet", str(one.id)) for one in world.proposals[:2]]
    address = url(world) + "?partners=1&" + "&".join(f"{name}={value}" for name, value in both)
    text = client.sign_in(world.regisseur).get(address).text
    assert "Geen enkel team voldoet aan al deze grenzen" in text
    assert "het hoogste aantal partners" in text and "erbij moet" in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("budget=-5", "Vul een bedrag in euro in"),
        ("budget=NaN", "Vul een bedrag in euro in"),
        ("budget=1e300", "Vul een bedrag in euro in"),
        ("partners=0", "Vul een aantal van 1 tot 999 in"),
        ("partners=２", "Vul een aantal van 1 tot 999 in"),
        ("score=101", "Vul een percentage van 0 tot 100 in"),
        ("budget=" + "9" * 5000, "Vul een bedrag in euro in"),
    ],
)
def test_a_limit_that_is_no_limit_is_told_and_kept(
    world: World, client: FlaskClient, asked: str, told: str
) -> None:
    page = client.sign_in(world.regisseur).get(f"{url(world)}?{asked}")
    assert page.status_code == 200 and told in page.text
    assert f'value="{asked.partition("=")[2][:40]}"' in page.text


def test_ids_of_elsewhere_are_left_out(world: World, client: FlaskClient) -> None:
    other = build(Phase.DECIDED)
    address = f"{url(world)}?samen={other.proposals[0].id}&moet={other.proposals[0].id}&dubbel=0&samen=x"
    page = client.sign_in(world.regisseur).get(address)
    assert page.status_code == 200 and "Nog niemand. Vink kandidaten aan." in page.text


def test_ticking_somebody_in_shows_what_changes(world: World, client: FlaskClient) -> None:
    everybody = "&".join(f"samen={one.id}" for one in world.proposals)
    text = client.sign_in(world.regisseur).get(f"{url(world)}?{everybody}").text
    assert "Je bekijkt een eigen samenstelling" in text and text.count("Zonder deze partner") == 3
    assert "0 procentpunt minder dekking" in text


def test_a_choice_is_kept_beside_the_proposal(world: World, client: FlaskClient) -> None:
    client.sign_in(world.chair)
    assert post(client, world, (0, 1)).status_code == 302
    (row,) = chosen()
    assert set(row.chosen) == {one.id for one in world.proposals[:2]}
    assert len(row.proposed["proposals"]) == 1 and row.reason == REASON
    page = client.get(f"{url(world)}/keuzes").text
    assert REASON in page and "Anders dan het voorstel, erbij" in page
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "team.chosen")).one()
    assert entry.details["partners"] == 2 and entry.details["as_proposed"] is False


def test_a_later_choice_replaces_none(world: World, client: FlaskClient) -> None:
    client.sign_in(world.regisseur)
    post(client, world, (0, 1))
    post(client, world, (2,))
    assert len(chosen()) == 2
    text = client.get(f"{url(world)}/keuzes").text
    assert text.count("vervangen") == 1 and text.index("Genoteerd door") < text.index("vervangen")


@pytest.mark.parametrize(
    ("places", "reason", "told"),
    [((), REASON, "Vink minstens één kandidaat aan"), ((0,), "kort", "Leg in minstens 20 tekens uit")],
)
def test_a_choice_without_team_or_reason_is_refused_and_kept(
    world: World, client: FlaskClient, places: tuple[int, ...], reason: str, told: str
) -> None:
    page = post(client.sign_in(world.regisseur), world, places, reason=reason)
    assert page.status_code == 422 and told in page.text and reason in page.text
    assert chosen() == []


def test_a_second_click_writes_nothing_more(world: World, client: FlaskClient) -> None:
    client.sign_in(world.regisseur)
    for _ in range(2):
        assert post(client, world, (0, 1)).status_code == 302
    assert len(chosen()) == 1


def test_a_choice_can_be_computed_again_with_the_command(
    world: World, client: FlaskClient, app: Flask, tmp_path: Path
) -> None:
    client.sign_in(world.regisseur)
    post(client, world, (0, 1), budget="100.000,50", dubbel=str(make.obstacle_ids(world.call)[0]))
    (row,) = chosen()
    link = re.search(r"/oproepen/\d+/team/invoer\.json\?keuze=\d+", client.get(f"{url(world)}/keuzes").text)
    assert link is not None
    file = tmp_path / "invoer.json"
    file.write_bytes(client.get(link[0]).data)
    answer = app.test_cli_runner().invoke(args=["team", "compose", str(file)])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output)["proposals"] == row.proposed["proposals"]
    assert client.get(f"{url(world)}/invoer.json?keuze=999").status_code == 404
    assert json.loads(client.get(f"{url(world)}/invoer.json").data)["limits"]["budget"] is None


def test_the_solver_never_runs_while_others_wait_to_write(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = []
    real = services.compose

    def watched(*args: Any, **more: Any) -> Any:
        inside.append("moment" in db.session.info)
        return real(*args, **more)

    monkeypatch.setattr(services, "compose", watched)
    assert post(client.sign_in(world.regisseur), world, (0,), budget="99999").status_code == 302
    assert inside and not any(inside)


def test_every_municipality_means_those_of_the_call(app: Flask, client: FlaskClient) -> None:
    region = make.make_region(municipalities=("Bornem", "Willebroek"))
    call = make.make_call(region, Phase.DECIDED)
    here = db.session.scalars(select(Municipality).where(Municipality.name == "Bornem")).one()
    organisation = make.make_organisation()
    with transaction():
        db.session.get_one(Addendum, call.id).municipalities = [here]
        db.session.get_one(Organisation, organisation.id).municipalities = [here]
    make.make_proposal(call, organisation, submitted=True)
    text = client.sign_in(make.make_regisseur(region)).get(f"/oproepen/{call.id}/team?gemeenten=1").text
    assert "Geen enkel team" not in text and "minstens één partner (Bornem)" in text


def test_a_limit_that_is_broken_already_is_nobodys_fault(world: World, client: FlaskClient) -> None:
    address = f"{url(world)}?coordinator=1&samen={world.proposals[0].id}"
    text = client.sign_in(world.regisseur).get(address).text
    assert "Dat gaat niet samen met" not in text


def test_an_observer_reads_and_does_not_choose(world: World, client: FlaskClient) -> None:
    region = db.session.get_one(ServiceArea, world.call.service_area_id)
    client.sign_in(make.make_regisseur(region, role="observer"))
    page = client.get(url(world))
    assert page.status_code == 200 and "Noteer deze keuze" not in page.text
    assert post(client, world, (0,)).status_code == 404 and chosen() == []


def test_a_chair_in_conflict_with_one_sees_nothing(world: World, client: FlaskClient) -> None:
    declare(world, world.chair, (1,))
    answer = client.sign_in(world.chair).get(url(world))
    assert answer.status_code == 403 and world.organisations[1].name not in answer.text


def test_before_the_rounds_are_over_there_is_no_page(app: Flask, client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    for user in (world.regisseur, world.chair):
        assert client.sign_in(user).get(url(world)).status_code == 403
    assert client.sign_in(world.jurors[1]).get(url(world)).status_code == 404


def test_nothing_to_choose_from_is_said(app: Flask, client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=0)
    page = client.sign_in(world.regisseur).get(url(world))
    assert page.status_code == 200 and "Nog niets om uit te kiezen" in page.text
    assert post(client, world, ()).status_code == 422
    assert "Nog geen keuze genoteerd" in client.get(f"{url(world)}/keuzes").text


def test_the_page_needs_the_same_queries_for_any_number(app: Flask, client: FlaskClient) -> None:
    counts = set()
    for number in (1, 3, 12):
        world = decided(number)
        client.sign_in(world.regisseur).get(url(world))
        with queries() as seen:
            assert client.get(url(world)).status_code == 200
        counts.add(len(seen))
    assert len(counts) == 1
    assert db.session.scalar(select(func.count()).select_from(TeamChoice)) == 0

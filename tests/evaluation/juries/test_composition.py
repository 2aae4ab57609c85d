"""What the region asks of its jury, and what the jury has."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.domain.jury_rule import TOTAL, Lack, Rule, lacking
from app.domain.timeline import Phase
from app.evaluation.juries.models import JuryRule
from app.evaluation.models import JurySeat
from app.infra.database import db, transaction
from tests import factories as make
from tests.evaluation.world import World, build, declare, sheet

NONE = {"vdab": "", "local_authority": "", "independent": "", "total": ""}


@pytest.fixture
def world(app: Flask) -> World:
    """Three jurors: VDAB (chair), a local authority, an independent expert."""
    made = build(jurors=3)
    with transaction():
        for juror, kind in zip(made.jurors, ("vdab", "local_authority", "independent"), strict=True):
            db.session.scalars(select(JurySeat).where(JurySeat.user_id == juror.id)).one().seat = kind
    return made


def save(client: FlaskClient, world: World, seen: str = "0-0-0-0", **numbers: str):  # type: ignore[no-untyped-def]
    data = NONE | numbers | {"seen": seen}
    return client.post(f"/oproepen/{world.call.id}/jury/samenstelling", data=data)


def jury(client: FlaskClient, world: World) -> str:
    return client.get(f"/oproepen/{world.call.id}/jury").text


def test_what_lacks_is_counted_by_hand() -> None:
    rule = Rule({"vdab": 1, "local_authority": 2, "independent": 0}, 4)
    assert lacking(rule, ["vdab", "local_authority", "local_authority", "independent"]) == ()
    assert lacking(rule, ["local_authority", "independent"]) == (
        Lack("vdab", 1, 0),
        Lack("local_authority", 2, 1),
        Lack(TOTAL, 4, 2),
    )
    assert lacking(Rule({"vdab": 0}), []) == () and not Rule({"vdab": 0}).asks


def test_the_rule_is_written_and_the_jury_held_against_it(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    assert "Er is nog geen regel" in jury(client, world)
    assert save(client, world, vdab="1", independent="1", total="3").status_code == 302
    assert "De jury voldoet aan de regel" in jury(client, world)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "jury.rule_set")).one()
    assert entry.details == {"vdab": 1, "local_authority": 0, "independent": 1, "total": 3}
    save(client, world, "1-0-1-3", vdab="2", total="3")
    text = jury(client, world)
    assert "maar 1 van de 2 gevraagde juryleden van VDAB" in text and "1 te weinig" in text


def test_it_is_counted_for_each_applicant_without_who_is_in_conflict(
    client: FlaskClient, world: World
) -> None:
    declare(world, world.jurors[2], conflicts=(1,))
    client.sign_in(world.regisseur)
    save(client, world, independent="1")
    text = jury(client, world)
    hit = f"Bij <bdi>{world.organisations[1].name}</bdi> blijft geen onafhankelijk expert over."
    assert hit in text and f"Bij <bdi>{world.organisations[0].name}" not in text
    for user in (world.regisseur, world.chair):
        assert hit in client.sign_in(user).get(f"/oproepen/{world.call.id}/voortgang").text
    declare(world, world.chair, conflicts=(1,))
    text = client.sign_in(world.chair).get(f"/oproepen/{world.call.id}/voortgang").text
    assert world.organisations[1].name not in text and "onafhankelijk expert over" not in text


def test_before_the_opening_no_applicant_is_named(client: FlaskClient) -> None:
    world = build(Phase.SEALED, declared=False)
    client.sign_in(world.regisseur)
    save(client, world, total="9")
    text = jury(client, world)
    assert "gevraagde juryleden" in text and world.organisations[0].name not in text


@pytest.mark.parametrize("odd", ["-1", "51", "1e9", "٣", "３", "9" * 400, "1,5", "x", "NaN"])
def test_what_is_no_number_of_seats_comes_back_as_typed(client: FlaskClient, world: World, odd: str) -> None:
    answer = save(client.sign_in(world.regisseur), world, vdab=odd, total="4")
    assert answer.status_code == 422 and "geheel getal" in answer.text
    assert f'value="{odd}"' in answer.text and 'value="4"' in answer.text
    assert db.session.get(JuryRule, world.call.id) is None


def test_two_people_do_not_overwrite_each_other_silently(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    save(client, world, vdab="1")
    answer = save(client, world, vdab="2")
    assert answer.status_code == 422 and "nu geldt: minstens 1 namens VDAB" in answer.text
    assert 'name="seen" value="1-0-0-0"' in answer.text and 'value="2"' in answer.text
    assert "niets gewijzigd" in client.get(save(client, world, vdab="1").headers["Location"]).text
    assert save(client, world, "1-0-0-0", vdab="2").status_code == 302


def test_only_the_regisseur_of_the_region_writes_it(client: FlaskClient, world: World) -> None:
    for user in (world.chair, world.jurors[1], make.make_regisseur(make.make_region())):
        assert save(client.sign_in(user), world, vdab="1").status_code in (403, 404)
    done = build(Phase.DECIDED)
    assert save(client.sign_in(done.regisseur), done, vdab="1").status_code == 403


@pytest.mark.parametrize(("wanted", "broken"), [("3", False), ("4", True)])
def test_closing_against_the_rule_is_possible_and_logged(
    client: FlaskClient, world: World, wanted: str, broken: bool
) -> None:
    for place in range(2):
        for juror in world.jurors:
            sheet(world, place, juror, [3, 3])
    client.sign_in(world.regisseur)
    save(client, world, total=wanted)
    address = f"/oproepen/{world.call.id}/voortgang"
    assert ("niet samengesteld zoals de regel vraagt" in client.get(address).text) is broken
    data = {"round_name": "written", "confirmed": "y", "unsettled": "y"}
    assert client.post(f"{address}/sluiten", data=data).status_code == 302
    found = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "round.closed_against_rule")
    ).all()
    assert [one.details["lacking"] for one in found] == ([["total"]] if broken else [])

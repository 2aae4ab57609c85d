"""Whose name nothing needs any longer: a list for the administrator, who decides."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from app.accounts.services import set_active
from app.domain.timeline import Phase
from app.dossiers.forgetting.queries import NameDue, names_due
from app.dossiers.forgetting.services import forget
from app.dossiers.models import RetentionTerm
from app.infra import clock
from app.infra.database import db, transaction
from app.organisations.models import Membership
from tests import factories as make
from tests.counting import queries
from tests.decisions.world import World
from tests.dossiers.world import build
from tests.factories import actor

At = Callable[[str], None]
PAGE = "/beheer/personen/termijn-voorbij"


@pytest.fixture
def world(app: Flask, at: At) -> World:
    """Told and ruled on 3 July 2023, no partnership: the decisions stay longest, until 3 July 2033."""
    at("2023-07-03T10:00")
    return build()


def due() -> dict[int, NameDue]:
    db.session.rollback()
    return {one.user_id: one for one in names_due(clock.now())}


def test_a_juror_is_listed_the_day_after_the_longest_term(world: World, at: At) -> None:
    at("2033-07-03T23:59")
    assert world.jurors[0].id not in due()
    at("2033-07-04T00:01")
    found = due()
    assert {one.id for one in (world.chair, *world.jurors)} <= found.keys()
    one = found[world.jurors[0].id]
    assert (one.until, one.calls, one.active) == (date(2033, 7, 3), (world.call.title,), True)


def test_who_still_has_a_role_is_not_listed_until_it_is_gone(world: World, at: At) -> None:
    at("2033-08-01T10:00")
    owner = world.owners[0]
    assert not {owner.id, world.regisseur.id} & due().keys()
    with transaction():
        db.session.execute(delete(Membership).where(Membership.user_id == owner.id))
    assert owner.id in due()


def test_a_later_call_keeps_the_name(world: World, at: At) -> None:
    at("2033-08-01T10:00")
    again = make.make_call(world.region, Phase.WRITTEN)
    make.make_juror(again, user=world.jurors[0])
    assert world.jurors[0].id not in due() and world.jurors[1].id in due()


def test_the_term_that_a_region_chose_counts(world: World, at: At) -> None:
    with transaction() as now:
        db.session.add(
            RetentionTerm(
                service_area_id=world.region.id,
                record_class="decisions",
                years=12,
                by_id=world.regisseur.id,
                at=now,
            )
        )
    at("2034-07-03T10:00")
    assert world.jurors[0].id not in due()
    at("2035-07-04T10:00")
    assert world.jurors[0].id in due()


def test_an_account_without_any_part_in_a_call_is_needed_for_a_year(world: World, at: At) -> None:
    stranger = make.make_user("Nooit Begonnen")
    at("2024-07-03T10:00")
    assert stranger.id not in due()
    at("2024-07-04T10:00")
    assert due()[stranger.id].calls == ()


def test_the_page_leads_from_open_to_nameless(world: World, at: At, client: FlaskClient) -> None:
    administrator, juror = make.make_user("Ada Beheer", administrator=True), world.jurors[0]
    address = juror.email
    client.sign_in(administrator)
    assert "Niemand" in client.get(PAGE).text and "termijn voorbij is" not in client.get("/").text
    at("2033-07-05T10:00")
    home = client.get("/").text
    assert f'href="{PAGE}"' in home and "namen waarvan de termijn voorbij is" in home
    page = client.get(PAGE).text
    assert f'q={address.replace("@", "%40")}"' in page or f'q={address}"' in page
    assert "3 juli 2033" in page and world.call.title in page
    set_active(juror.id, False, by=actor(administrator))
    assert f"/beheer/personen/{juror.id}/naamloos" in client.get(PAGE).text
    forget(juror.id, ground="unused", typed=address, by=actor(administrator))
    assert address not in client.get(PAGE).text


def test_only_an_administrator_sees_it(world: World, client: FlaskClient) -> None:
    for user in (world.regisseur, world.jurors[0], world.owners[0]):
        assert client.sign_in(user).get(PAGE).status_code in (403, 404)


def test_it_costs_as_much_for_many_as_for_few(world: World, at: At) -> None:
    at("2033-07-05T10:00")
    with queries() as few:
        names_due(clock.now())
    other = make.make_call(world.region, Phase.OPEN)
    for number in range(6):
        make.make_juror(other, user=make.make_user(f"Jurylid {number}"))
    db.session.rollback()
    with queries() as many:
        names_due(clock.now())
    assert len(few) == len(many)

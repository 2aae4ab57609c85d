"""Administrators make regions and bring in who answers for them; nobody gives a right to himself."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import Invitation, User
from app.audit.models import AuditEntry
from app.infra.database import db
from app.regions.models import Municipality, RegionRole, ServiceArea
from tests.accounts.people import PASSWORD, actions, link_in, mails
from tests.counting import queries
from tests.factories import make_region, make_regisseur, make_user

TYPED = {
    "name": "Klein-Brabant en Vaartland",
    "reference_region": "Rivierenland",
    "municipalities": "Bornem, Willebroek\npuurs-sint-amands;Bornem",
}
INVITED = {"name": "Rik Regisseur", "email": "rik@voorbeeld.be", "role": "regisseur"}


@pytest.fixture
def admin(app: Flask) -> User:
    return make_user("Bea Beheer", administrator=True)


@pytest.fixture
def office(client: FlaskClient, admin: User) -> FlaskClient:
    return client.sign_in(admin)  # type: ignore[attr-defined, no-any-return]


def towns_of(service_area_id: int) -> list[str]:
    db.session.rollback()
    region = db.session.get_one(ServiceArea, service_area_id, populate_existing=True)
    found = [one.name for one in region.municipalities]
    db.session.rollback()
    return found


def make(office: FlaskClient) -> int:
    return int(office.post("/beheer/regios/nieuw", data=TYPED).location.rsplit("/", 1)[1])


def test_municipalities_are_typed_and_matched_to_those_that_exist(office: FlaskClient) -> None:
    first = make(office)
    assert towns_of(first) == ["Bornem", "Willebroek", "puurs-sint-amands"]
    other = TYPED | {"name": "Ander", "municipalities": "BORNEM\nPuurs Sint–Amands\nMechelen"}
    second = int(office.post("/beheer/regios/nieuw", data=other).location.rsplit("/", 1)[1])
    assert towns_of(second) == ["Bornem", "Mechelen", "puurs-sint-amands"]
    assert len(db.session.scalars(select(Municipality.id)).all()) == 4
    assert actions() == ["region.created", "region.created"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Vul dit in."),
        ({"municipalities": " , ;\n"}, "minstens één gemeente"),
        ({"municipalities": "x" * 90}, "te lang voor een gemeente"),
        ({"municipalities": ",".join(f"Dorp {n}" for n in range(61))}, "hoogstens 60"),
        ({"name": "x" * 121}, "120"),
    ],
)
def test_bad_input_is_told_and_kept(office: FlaskClient, wrong: dict[str, str], said: str) -> None:
    answer = office.post("/beheer/regios/nieuw", data=TYPED | wrong)
    assert answer.status_code == 422 and said in answer.text and "Rivierenland" in answer.text
    assert db.session.scalars(select(ServiceArea.id)).all() == []


def test_a_name_is_used_once(office: FlaskClient) -> None:
    make(office)
    answer = office.post("/beheer/regios/nieuw", data=TYPED | {"name": "klein-brabant en vaartland"})
    assert answer.status_code == 422 and "al een regio" in answer.text


def test_a_newer_version_is_shown_and_nothing_is_lost(office: FlaskClient) -> None:
    region = make(office)
    url = f"/beheer/regios/{region}"
    theirs = TYPED | {"version": "1", "municipalities": "Bornem\nMechelen"}
    assert office.post(url, data=theirs).status_code == 302
    mine = office.post(url, data=TYPED | {"version": "1", "municipalities": "Bornem\nNiel"})
    assert mine.status_code == 409 and "Mechelen" in mine.text and "Niel" in mine.text
    assert towns_of(region) == ["Bornem", "Mechelen"]
    again = office.post(url, data=TYPED | {"version": "2", "municipalities": "Bornem\nNiel"})
    assert again.status_code == 302 and towns_of(region) == ["Bornem", "Niel"]


def test_an_invited_regisseur_gets_the_role_of_that_region(app: Flask, office: FlaskClient) -> None:
    region = make(office)
    assert office.post(f"/beheer/regios/{region}/uitnodigen", data=INVITED).status_code == 302
    assert "rik@voorbeeld.be" in office.get(f"/beheer/regios/{region}").text
    mail = mails()[0]
    assert "regisseur van de regio Klein-Brabant en Vaartland" in mail.body_text
    newcomer = app.test_client()
    chosen = {"name": "Rik Regisseur", "password": PASSWORD, "again": PASSWORD}
    assert newcomer.post(link_in(mail), data=chosen).location == "/"
    row = db.session.scalars(select(RegionRole)).one()
    assert (row.role, row.service_area_id) == ("regisseur", region)
    logged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "region.role_granted")).one()
    assert logged.service_area_id == region


def test_nobody_invites_himself(office: FlaskClient, admin: User) -> None:
    region = make(office)
    answer = office.post(f"/beheer/regios/{region}/uitnodigen", data=INVITED | {"email": admin.email.upper()})
    assert answer.status_code == 422 and "eigen account" in answer.text
    assert mails() == []


@pytest.mark.parametrize("wrong", [{"role": "baas"}, {"email": "x"}, {"name": ""}])
def test_a_wrong_invitation_is_told(office: FlaskClient, wrong: dict[str, str]) -> None:
    answer = office.post(f"/beheer/regios/{make(office)}/uitnodigen", data=INVITED | wrong)
    assert answer.status_code == 422 and mails() == []


def test_a_role_can_be_ended_but_not_the_own_one(app: Flask, office: FlaskClient, admin: User) -> None:
    region = make_region()
    regisseur = make_regisseur(region)
    role = db.session.scalars(select(RegionRole.id)).one()
    db.session.rollback()
    other = make_region()
    assert office.post(f"/beheer/regios/{other.id}/rollen/{role}/beeindigen").status_code == 404
    assert office.post(f"/beheer/regios/{region.id}/rollen/{role}/beeindigen").status_code == 302
    assert db.session.scalars(select(RegionRole.id)).all() == []
    assert regisseur.email not in office.get(f"/beheer/regios/{region.id}").text


def test_a_withdrawn_invitation_is_gone(app: Flask, office: FlaskClient) -> None:
    region = make(office)
    office.post(f"/beheer/regios/{region}/uitnodigen", data=INVITED)
    one = db.session.scalars(select(Invitation.id)).one()
    db.session.rollback()
    assert office.post(f"/beheer/regios/{region + 1}/uitnodiging/{one}/intrekken").status_code == 404
    assert office.post(f"/beheer/regios/{region}/uitnodiging/{one}/intrekken").status_code == 302
    assert app.test_client().get(link_in(mails()[0])).status_code == 410


def test_regions_are_for_administrators(app: Flask) -> None:
    region = make_region()
    for person in (make_regisseur(region), make_user()):
        client = app.test_client().sign_in(person)  # type: ignore[attr-defined]
        for page in ("/beheer/regios", "/beheer/regios/nieuw", f"/beheer/regios/{region.id}"):
            assert client.get(page).status_code == 404
        assert client.post(f"/beheer/regios/{region.id}/uitnodigen", data=INVITED).status_code == 404
    assert "/aanmelden" in app.test_client().get("/beheer/regios").location


def test_a_region_that_does_not_exist_is_not_found(office: FlaskClient) -> None:
    assert office.get("/beheer/regios/999999").status_code == 404
    assert office.post("/beheer/regios/999999/uitnodigen", data=INVITED).status_code == 404


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_lists_ask_the_same_of_the_database(office: FlaskClient, many: int) -> None:
    regions = [make_region() for _ in range(many)]
    for _ in range(many):
        make_regisseur(regions[0])
    with queries() as seen:
        assert office.get("/beheer/regios").status_code == 200
    assert len(seen) <= 3
    with queries() as seen:
        assert office.get(f"/beheer/regios/{regions[0].id}").status_code == 200
    assert len(seen) <= 8

"""The profile and the offers: kept by members only, and no colleague's text is lost."""

import re
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.infra.database import db
from app.organisations.models import Offer, Organisation
from tests.accounts.people import actions
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

PROFILE = {
    "version": "1",
    "name": "De Brug",
    "legal_form": "vzw",
    "street": "Kaai 1",
    "postal_code": "2880",
    "city": "Bornem",
    "website": "debrug.be",
    "email": "Info@DeBrug.be",
    "phone": "03 000 00 00",
    "about": "Wij helpen <b>mensen</b>.",
    "target_groups": "jongeren\nouders",
    "languages": "Frans, Arabisch",
    "life_domains": ["Middelengebruik", "Huisvesting"],
}
OFFER = {
    "title": "Buurtkok",
    "description": "Samen koken.",
    "life_domains": ["Sociaal netwerk"],
    "capacity": "1,5",
}


@pytest.fixture
def organisation(app: Flask) -> Organisation:
    return make_organisation("De Brug")


@pytest.fixture
def member(client: FlaskClient, organisation: Organisation) -> FlaskClient:
    client.sign_in(make_member(organisation, "member"))  # type: ignore[attr-defined]
    return client


def path(organisation: Organisation, rest: str = "") -> str:
    return f"/organisaties/{organisation.id}{rest}"


def fresh(organisation_id: int) -> Organisation:
    db.session.rollback()
    found = db.session.get_one(Organisation, organisation_id, populate_existing=True)
    return found


def offers() -> list[Offer]:
    db.session.rollback()
    return list(db.session.scalars(select(Offer).order_by(Offer.position)))


def test_a_member_saves_every_field(member: FlaskClient, organisation: Organisation) -> None:
    region = make_region()
    towns = [one.id for one in region.municipalities]
    answer = member.post(path(organisation, "/bewerken"), data=PROFILE | {"municipality_ids": towns})
    assert answer.status_code == 302
    saved = fresh(organisation.id)
    assert (saved.website, saved.email) == ("https://debrug.be", "info@debrug.be")
    assert saved.target_groups == ["jongeren", "ouders"] and saved.languages == ["Frans", "Arabisch"]
    assert saved.life_domains == ["Huisvesting", "Middelengebruik"]
    assert [one.id for one in saved.municipalities] == towns and saved.version == 2
    page = member.get(path(organisation)).text
    assert "&lt;b&gt;mensen" in page and "Bornem" in page
    form = member.get(path(organisation, "/bewerken")).text
    assert "jongeren\r\nouders" in form or "jongeren\nouders" in form


def test_the_log_names_fields_and_not_what_was_written(
    member: FlaskClient, organisation: Organisation
) -> None:
    member.post(path(organisation, "/bewerken"), data=PROFILE)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert "about" in entry.details["fields"] and "mensen" not in str(entry.details)
    assert entry.organisation_id == organisation.id


def test_saving_without_a_change_writes_nothing(member: FlaskClient, organisation: Organisation) -> None:
    member.post(path(organisation, "/bewerken"), data=PROFILE)
    member.post(path(organisation, "/bewerken"), data=PROFILE | {"version": "2"})
    assert actions() == ["organisation.profile_edited"] and fresh(organisation.id).version == 2


def test_a_newer_version_is_shown_beside_the_own_text(
    member: FlaskClient, organisation: Organisation
) -> None:
    member.post(path(organisation, "/bewerken"), data=PROFILE | {"about": "Van de collega."})
    mine = member.post(path(organisation, "/bewerken"), data=PROFILE | {"about": "Van mij."})
    assert mine.status_code == 409
    assert "Van de collega." in mine.text and "Van mij." in mine.text
    assert fresh(organisation.id).about == "Van de collega."
    again = member.post(path(organisation, "/bewerken"), data=PROFILE | {"about": "Samen.", "version": "2"})
    assert again.status_code == 302 and fresh(organisation.id).about == "Samen."


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Vul dit in."),
        ({"website": "javascript:alert(1)"}, "geen webadres"),
        ({"email": "info@"}, "geen geldig e-mailadres"),
        ({"about": "x" * 5001}, "Hoogstens 5000"),
        ({"life_domains": ["Gokken"]}, "mogelijkheden"),
        ({"municipality_ids": ["999999"]}, "mogelijkheden"),
        ({"municipality_ids": ["x"]}, "mogelijkheden"),
    ],
)
def test_bad_input_keeps_what_was_typed(
    member: FlaskClient, organisation: Organisation, wrong: dict[str, object], said: str
) -> None:
    answer = member.post(path(organisation, "/bewerken"), data=PROFILE | wrong)
    assert answer.status_code == 422 and re.search(said, answer.text)
    assert "Kaai 1" in answer.text
    assert fresh(organisation.id).street == ""


def test_offers_are_added_edited_and_removed(member: FlaskClient, organisation: Organisation) -> None:
    assert member.post(path(organisation, "/aanbod/nieuw"), data=OFFER).status_code == 302
    (offer,) = offers()
    assert offer.capacity_fte == Decimal("1.5") and offer.life_domains == ["Sociaal netwerk"]
    assert "1,5 vte" in member.get(path(organisation)).text
    url = path(organisation, f"/aanbod/{offer.id}")
    version = value_of(member.get(url).text, "version")
    assert 'value="1,5"' in member.get(url).text
    assert member.post(url, data=OFFER | {"version": version, "capacity": "2"}).status_code == 302
    stale = member.post(url, data=OFFER | {"version": version, "capacity": "3"})
    assert stale.status_code == 409 and "3" in stale.text
    assert offers()[0].capacity_fte == 2
    assert member.post(url + "/verwijderen").status_code == 302
    assert offers() == []
    assert actions() == ["offer.added", "offer.edited", "offer.removed"]


def value_of(page: str, name: str) -> str:
    return page.split(f'name="{name}" type="hidden" value="')[1].split('"')[0]


def test_a_capacity_that_is_none_is_told_at_the_field(
    member: FlaskClient, organisation: Organisation
) -> None:
    answer = member.post(path(organisation, "/aanbod/nieuw"), data=OFFER | {"capacity": "NaN"})
    assert answer.status_code == 422 and 'id="capacity-error"' in answer.text and "Buurtkok" in answer.text
    assert offers() == []


def test_an_offer_of_another_organisation_is_not_found(
    member: FlaskClient, organisation: Organisation
) -> None:
    other = make_organisation()
    member.post(path(organisation, "/aanbod/nieuw"), data=OFFER)
    (offer,) = offers()
    stranger = member.sign_in(make_member(other))  # type: ignore[attr-defined]
    for rest in (f"/aanbod/{offer.id}", f"/aanbod/{offer.id}/verwijderen"):
        assert stranger.post(path(other, rest), data=OFFER).status_code == 404
    assert len(offers()) == 1


def test_others_do_not_learn_that_the_organisation_exists(app: Flask, organisation: Organisation) -> None:
    region = make_region()
    call = make_call(region)
    people = [
        make_user(administrator=True),
        make_regisseur(region),
        make_regisseur(region, "observer"),
        make_juror(call),
        make_member(make_organisation()),
    ]
    for person in people:
        client = app.test_client().sign_in(person)  # type: ignore[attr-defined]
        for rest in ("", "/bewerken", "/aanbod/nieuw", "/collegas"):
            there, nowhere = client.get(path(organisation, rest)), client.get(f"/organisaties/99999{rest}")
            assert there.status_code == nowhere.status_code == 404
        assert client.post(path(organisation, "/bewerken"), data=PROFILE).status_code == 404


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_page_asks_the_same_of_the_database(
    member: FlaskClient, organisation: Organisation, many: int
) -> None:
    for number in range(many):
        member.post(path(organisation, "/aanbod/nieuw"), data=OFFER | {"title": f"Aanbod {number}"})
    with queries() as seen:
        assert member.get(path(organisation)).status_code == 200
    assert len(seen) <= 9

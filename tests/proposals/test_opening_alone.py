"""An opening that only one person could sign: told beforehand, and never stuck after the first signature."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.addenda.models import Addendum
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.organisations.models import Membership, Organisation
from app.proposals.models import Opening
from app.proposals.seal.unsealing import sign_opening
from app.regions.models import ServiceArea
from tests import factories as make
from tests.proposals.test_opening import TICKED

NEEDED = "Er is nog iemand nodig die kan tekenen"


@pytest.fixture
def call(app: Flask) -> Addendum:
    return make.make_call(make.make_region(), Phase.SEALED)


def region_of(call: Addendum) -> ServiceArea:
    return db.session.get_one(ServiceArea, call.service_area_id)


def belongs(user: User, organisation: Organisation) -> None:
    with transaction() as now:
        db.session.add(Membership(user_id=user.id, organisation_id=organisation.id, role="member", since=now))


def test_who_is_alone_is_told_and_signs_nothing(call: Addendum, client: FlaskClient) -> None:
    regisseur = make.make_regisseur(region_of(call))
    belongs(make.make_juror(call, chair=True), make.make_organisation())
    away = make.make_regisseur(region_of(call))
    with transaction():
        away.active = False
    client.sign_in(regisseur)  # type: ignore[attr-defined]
    page = client.get(f"/oproepen/{call.id}/opening").text
    assert NEEDED in page and f"/oproepen/{call.id}/jury" in page and "beheerder" in page
    answer = client.post(f"/oproepen/{call.id}/opening", data=TICKED)
    assert answer.status_code == 422 and "nog iemand nodig die kan meetekenen" in answer.text
    assert db.session.get(Opening, call.id) is None


def test_whoever_applied_makes_no_difference(call: Addendum, client: FlaskClient) -> None:
    client.sign_in(make.make_regisseur(region_of(call)))  # type: ignore[attr-defined]
    organisation = make.make_organisation()
    belongs(make.make_regisseur(region_of(call)), organisation)
    before = client.get(f"/oproepen/{call.id}/opening").text.count(NEEDED)
    make.make_proposal(call, organisation, submitted=True)
    assert client.get(f"/oproepen/{call.id}/opening").text.count(NEEDED) == before == 1


def test_when_the_second_falls_away_a_new_one_can_still_follow(call: Addendum, client: FlaskClient) -> None:
    first, second = make.make_regisseur(region_of(call)), make.make_regisseur(region_of(call))
    assert sign_opening(call.id, by=make.actor(first)) is False
    client.sign_in(first)  # type: ignore[attr-defined]
    assert NEEDED not in client.get(f"/oproepen/{call.id}/opening").text
    with transaction():
        second.active = False
    assert NEEDED in client.get(f"/oproepen/{call.id}/opening").text
    chair = make.make_juror(call, chair=True)
    with pytest.raises(DomainError, match="role_after_first_signature"):
        sign_opening(call.id, by=make.actor(chair))
    page = client.get(f"/oproepen/{call.id}/opening").text
    assert NEEDED not in page and "Teken opnieuw als eerste" in page
    assert client.post(f"/oproepen/{call.id}/opening", data=TICKED).status_code == 302
    assert sign_opening(call.id, by=make.actor(chair)) is True

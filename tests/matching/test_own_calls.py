"""For an organisation: the open calls that fit what it offers and why, and who completes it there."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.addenda.models import Addendum, Obstacle
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.matching.models import MatchJudgement
from app.organisations.models import Offer, Organisation
from app.regions.models import ServiceArea
from tests import factories as make
from tests.accounts.people import actions
from tests.counting import queries

DEBTS = ("Budgetbegeleiding", "Wij begeleiden gezinnen met schulden en helpen hen een budget opmaken.")
LANGUAGE = ("Taallessen", "Nederlandse les en conversatietafels voor anderstaligen.")
TOKEN = re.compile('name="csrf_token" value="[^"]*"')
COOKING = ("Feestzaal", "Wij verhuren een zaal met keuken.")


@pytest.fixture
def region(app: Flask) -> ServiceArea:
    return make.make_region(municipalities=("Bornem", "Puurs"))


@pytest.fixture
def own(app: Flask, region: ServiceArea) -> Organisation:
    found = make.make_organisation("Vzw Eigen", municipalities=list(region.municipalities))
    make_offer(found, DEBTS)
    return found


@pytest.fixture
def member(client: FlaskClient, own: Organisation) -> FlaskClient:
    client.sign_in(make.make_member(own, "member"))  # type: ignore[attr-defined]
    return client


def make_needs(region: ServiceArea, *labels: str, phase: Phase = Phase.OPEN, title: str = "") -> Addendum:
    call = make.make_call(region, phase, obstacles=len(labels))
    with transaction():
        if title:
            db.session.get_one(Addendum, call.id).title = title
        for id, label in zip(make.obstacle_ids(call), labels, strict=True):
            db.session.get_one(Obstacle, id).label = label
    return call


def make_offer(organisation: Organisation, text: tuple[str, str]) -> None:
    with transaction():
        db.session.add(Offer(organisation_id=organisation.id, title=text[0], description=text[1]))


def make_findable(name: str, text: tuple[str, str], **values: Any) -> Organisation:
    found = make.make_organisation(name, findable=True, **values)
    make_offer(found, text)
    return found


def page(client: FlaskClient, organisation: Organisation, call: Addendum | None = None) -> str:
    rest = "" if call is None else f"/{call.id}"
    answer = client.get(f"/organisaties/{organisation.id}/oproepen-voor-jullie{rest}")
    assert answer.status_code == 200
    return TOKEN.sub("", unescape(answer.text))


def test_an_open_call_that_fits_is_named_with_the_reason(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    call = make_needs(region, "Schulden", "Taalbarrière", title="Samen sterk")
    text = page(member, own)
    assert "Samen sterk" in text and "1 van de 2 obstakels" in text and "In jullie werkingsgebied" in text
    assert "Schulden" in text and "“schulden”" in text
    detail = page(member, own, call)
    assert "Budgetbegeleiding" in detail and "“schulden”" in detail and "Sterk" in detail


def test_what_fits_in_the_own_working_area_comes_before_what_fits_better_elsewhere(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    elsewhere = make.make_region(municipalities=("Mol",))
    make_needs(elsewhere, "Schulden", "Geen overzicht over het budget", title="Ver weg")
    make_needs(region, "Schulden", title="Dichtbij")
    make_needs(region, "Schulden", "Geen overzicht over het budget", title="Dichtbij en meer")
    text = page(member, own)
    assert text.index("Dichtbij en meer") < text.index("Dichtbij<") < text.index("Ver weg")
    assert "Buiten jullie werkingsgebied" in text


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.SEALED, Phase.WRITTEN])
def test_only_open_calls_are_there(
    member: FlaskClient, own: Organisation, region: ServiceArea, phase: Phase
) -> None:
    call = make_needs(region, "Schulden", phase=phase, title="Niet open")
    assert "Niet open" not in page(member, own)
    assert member.get(f"/organisaties/{own.id}/oproepen-voor-jullie/{call.id}").status_code == 404


def test_a_call_where_nothing_fits_is_said_honestly(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    call = make_needs(region, "Taalbarrière", title="Taal eerst")
    text = page(member, own)
    assert "Geen match" in text and text.index("Open oproepen zonder match") < text.index("Taal eerst")
    assert "Geen match" in page(member, own, call)


def test_without_an_offer_the_page_leads_to_adding_one(client: FlaskClient, region: ServiceArea) -> None:
    bare = make.make_organisation()
    make_needs(region, "Schulden")
    client.sign_in(make.make_member(bare))  # type: ignore[attr-defined]
    text = page(client, bare)
    assert "nog geen aanbod" in text and f"/organisaties/{bare.id}/aanbod/nieuw" in text


def test_without_open_calls_that_is_said(member: FlaskClient, own: Organisation) -> None:
    assert "Nu staat er geen oproep open" in page(member, own)


def test_who_completes_is_findable_and_can_do_what_the_own_one_cannot(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    call = make_needs(region, "Schulden", "Taalbarrière", "Geen fiets")
    make_findable("Vzw Taalhuis", LANGUAGE, email="hallo@taalhuis.be", website="https://taalhuis.be")
    make_findable("Vzw Ook Schulden", DEBTS)
    make_findable("Vzw Zaal", COOKING)
    hidden = make.make_organisation("Vzw Verborgen")
    make_offer(hidden, LANGUAGE)
    text = page(member, own, call)
    assert "Vzw Taalhuis" in text and "Vult aan met 1 obstakel" in text
    assert 'href="mailto:hallo@taalhuis.be"' in text and 'href="https://taalhuis.be"' in text
    assert not any(name in text for name in ("Vzw Ook Schulden", "Vzw Zaal", "Vzw Verborgen"))
    gaps = text[text.index("Wat geen van jullie opneemt") :]
    assert "Geen fiets" in gaps and "Taalbarrière" not in gaps and "Schulden" not in gaps


def test_nobody_findable_is_said_and_the_own_choice_is_offered(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    call = make_needs(region, "Schulden", "Taalbarrière")
    hidden = make.make_organisation()
    make_offer(hidden, LANGUAGE)
    text = page(member, own, call)
    assert "Niemand gevonden" in text and "Maak jullie vindbaar als partner" in text


def test_a_partner_that_was_merged_or_took_it_back_is_gone(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    call = make_needs(region, "Taalbarrière")
    merged, back = make_findable("Vzw Weg", LANGUAGE), make_findable("Vzw Terug", LANGUAGE)
    assert "Vzw Weg" in page(member, own, call) and "Vzw Terug" in page(member, own, call)
    with transaction() as now:
        merged = db.session.get_one(Organisation, merged.id)
        merged.merged_into_id, merged.merged_at = own.id, now
        db.session.get_one(Organisation, back.id).findable = False
    text = page(member, own, call)
    assert "Vzw Weg" not in text and "Vzw Terug" not in text


@pytest.mark.parametrize("verdict", ["confirmed", "rejected"])
def test_what_a_regisseur_said_of_a_match_is_not_shown(
    member: FlaskClient, own: Organisation, region: ServiceArea, verdict: str
) -> None:
    call = make_needs(region, "Schulden", "Taalbarrière")
    other = make_findable("Vzw Taalhuis", LANGUAGE)
    before = page(member, own), page(member, own, call)
    by = make.make_regisseur(region)
    with transaction() as now:
        for obstacle in make.obstacle_ids(call):
            for one in (own, other):
                db.session.add(
                    MatchJudgement(
                        service_area_id=region.id,
                        obstacle_id=obstacle,
                        organisation_id=one.id,
                        need="schulden",
                        verdict=verdict,
                        reason="Omdat",
                        by_id=by.id,
                        at=now,
                    )
                )
    assert (page(member, own), page(member, own, call)) == before


def test_the_pages_are_the_same_whether_others_apply_or_not(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    call = make_needs(region, "Schulden", "Taalbarrière")
    other = make_findable("Vzw Taalhuis", LANGUAGE)
    before = page(member, own), page(member, own, call)
    make.make_proposal(call, other, make.make_member(other), submitted=True)
    assert (page(member, own), page(member, own, call)) == before


def test_only_its_own_people_see_the_pages(
    client: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    call = make_needs(region, "Schulden")
    others: list[User] = [
        make.make_member(make.make_organisation()),
        make.make_regisseur(region),
        make.make_user(administrator=True),
    ]
    for user in others:
        client.sign_in(user)  # type: ignore[attr-defined]
        for rest in ("", f"/{call.id}"):
            assert client.get(f"/organisaties/{own.id}/oproepen-voor-jullie{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["?pagina=0", "?pagina=99999", "?pagina=x", "?pagina=-3"])
def test_a_page_that_is_not_there_is_the_nearest(
    member: FlaskClient, own: Organisation, region: ServiceArea, rest: str
) -> None:
    make_needs(region, "Schulden", title="Samen sterk")
    assert "Samen sterk" in member.get(f"/organisaties/{own.id}/oproepen-voor-jullie{rest}").text


def test_thirty_calls_and_partners_ask_as_much_as_one(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    asked = []
    for more in (1, 2, 27):
        for _ in range(more):
            call = make_needs(region, "Schulden", "Taalbarrière")
            make_findable("", LANGUAGE, municipalities=list(region.municipalities))
        counts = []
        of_own = f"/organisaties/{own.id}/oproepen-voor-jullie"
        for address in (of_own, f"{of_own}/{call.id}", "/oproepen-die-passen"):
            page(member, own)
            with queries() as seen:
                assert member.get(address).status_code == 200
            counts.append(len(seen))
        asked.append(counts)
    assert asked[0] == asked[1] == asked[2]


def test_the_home_page_fetches_the_two_calls_that_fit_best(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    assert "Oproepen die bij jullie passen" not in member.get("/").text
    make_needs(region, "Schulden", title="Eén")
    make_needs(region, "Schulden", "Geen overzicht over het budget", title="Twee")
    make_needs(region, "Schulden", "Schulden bij de bakker", title="Drie")
    make_needs(region, "Taalbarrière", title="Vier")
    assert 'href="/oproepen-die-passen"' in member.get("/").text
    text = unescape(member.get("/oproepen-die-passen").text)
    assert "Twee" in text and "Drie" in text and "Eén" not in text and "Vier" not in text
    assert "past bij 2 van de 2 obstakels" in text and f"/organisaties/{own.id}/oproepen-voor-jullie" in text


def test_that_nothing_fits_is_said_honestly_there_too(
    member: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    make_needs(region, "Taalbarrière")
    assert "Geen match" in member.get("/oproepen-die-passen").text


def test_a_call_with_an_own_proposal_is_no_longer_suggested(
    client: FlaskClient, own: Organisation, region: ServiceArea
) -> None:
    owner = make.make_member(own)
    client.sign_in(owner)  # type: ignore[attr-defined]
    call = make_needs(region, "Schulden", title="Samen sterk")
    assert "Samen sterk" in client.get("/oproepen-die-passen").text
    make.make_proposal(call, own, owner)
    assert "Samen sterk" not in client.get("/oproepen-die-passen").text


def test_being_found_is_a_choice_that_can_be_taken_back_and_stands_in_the_log(
    member: FlaskClient, own: Organisation
) -> None:
    address = f"/organisaties/{own.id}/bewerken"
    assert "Andere organisaties mogen ons vinden als partner" in member.get(address).text
    form = {"version": "1", "name": own.name}
    member.post(address, data=form | {"findable": "y"})
    assert stored(own).findable and "organisation.made_findable" in actions()
    member.post(address, data=form | {"version": "2"})
    assert not stored(own).findable and "organisation.made_unfindable" in actions()


def stored(own: Organisation) -> Organisation:
    db.session.rollback()
    return db.session.get_one(Organisation, own.id, populate_existing=True)

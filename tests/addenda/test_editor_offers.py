"""Offers of life domains and links: shown with their reason, ticked when somebody asks, saved only after."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.addenda.drafting.drafts import load_addendum
from app.addenda.models import Challenge
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from tests import factories as make
from tests.addenda.helpers import fields, send

LABELS = ("Een vochtige woning met een te hoge huur", "Het beu zijn", "Geen rijbewijs en weinig bussen")


def with_obstacles() -> tuple[str, int, User]:
    """(path of the page, challenge id, regisseur): obstacles without domain, one goal without a link."""
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    call = make.make_call(region, Phase.DRAFT)
    challenge = call.challenges[0]
    with transaction():
        for row, label in zip(challenge.obstacles, LABELS, strict=True):
            row.label = label
        challenge.goals[0].text, challenge.goals[0].obstacles = "gezond kunnen wonen", []
    return f"/oproepen/{call.id}/bewerken/uitdagingen/{challenge.id}", challenge.id, regisseur


def filled(page: TestResponse) -> dict[str, list[str]]:
    return {name: values for name, values in fields(page).to_dict(flat=False).items() if name != "csrf_token"}


def stored(challenge_id: int) -> Challenge:
    db.session.rollback()
    return db.session.get_one(Challenge, challenge_id)


def press(client: FlaskClient, path: str, page: TestResponse, button: str) -> TestResponse:
    return client.post(path, data={**fields(page).to_dict(flat=False), "rearrange": button})


def test_an_offer_stands_beside_its_row_with_its_reason_and_nothing_is_ticked(client: FlaskClient) -> None:
    path, _, regisseur = with_obstacles()
    client.sign_in(regisseur)
    page = client.get(path)
    assert 'value="obstacles:tick:0:Huisvesting"' in page.text and "“vochtige”, “woning”" in page.text
    assert 'value="obstacles:tick:2:Instrumentele ADL"' in page.text
    assert "obstacles:tick:1:" not in page.text
    assert "allebei Huisvesting: “wonen”" in page.text
    assert not re.search(r'name="obstacles-\d+-life_domains"[^>]*checked', page.text)


def test_one_offer_is_ticked_without_saving_and_saved_by_the_person(client: FlaskClient) -> None:
    path, challenge_id, regisseur = with_obstacles()
    client.sign_in(regisseur)
    page = press(client, path, client.get(path), "obstacles:tick:0:Huisvesting")
    assert page.status_code == 200 and "Nog niet bewaard" in page.text
    assert stored(challenge_id).obstacles[0].life_domains == []
    assert fields(page).getlist("obstacles-0-life_domains") == ["Huisvesting"]
    assert "obstacles:tick:0:" not in page.text  # who chose is not asked again
    assert client.post(path, data=fields(page)).status_code == 302
    assert [one.life_domains for one in stored(challenge_id).obstacles] == [["Huisvesting"], [], []]


def test_all_offers_of_a_list_are_ticked_at_once(client: FlaskClient) -> None:
    path, challenge_id, regisseur = with_obstacles()
    client.sign_in(regisseur)
    page = press(client, path, client.get(path), "obstacles:tick:all")
    page = press(client, path, page, "goals:tick:all")
    assert client.post(path, data=fields(page)).status_code == 302
    row = stored(challenge_id)
    assert [one.life_domains for one in row.obstacles] == [["Huisvesting"], [], ["Instrumentele ADL"]]
    assert [one.label for one in row.goals[0].obstacles] == [LABELS[0]]


def test_what_nobody_offered_cannot_be_taken_over(client: FlaskClient) -> None:
    path, challenge_id, regisseur = with_obstacles()
    client.sign_in(regisseur)
    before = filled(client.get(path))
    for button in (
        "obstacles:tick:0:Ruimtevaart",
        "obstacles:tick:99:Huisvesting",
        "goals:tick:0:999999",
        "goals:tick:",
        "criteria:tick:all",
        "obstacles:tick:²:Huisvesting",
    ):
        page = press(client, path, client.get(path), button)
        assert page.status_code == 200
        assert filled(page) == before, button


def test_the_two_domains_of_daily_life_are_explained_on_screen(client: FlaskClient) -> None:
    path, _, regisseur = with_obstacles()
    client.sign_in(regisseur)
    text = client.get(path).text
    assert "Basale ADL: zich wassen, aankleden, eten en bewegen in huis" in text
    assert "Wat de levensdomeinen betekenen" in text


def test_an_obstacle_without_a_goal_is_marked_at_its_row_and_the_checklist_leads_there(
    client: FlaskClient,
) -> None:
    path, challenge_id, regisseur = with_obstacles()
    client.sign_in(regisseur)
    assert 'id="obstacles-1-label-note"' in client.get(path).text
    overview = client.get(path.partition("/uitdagingen")[0]).text
    assert f"/uitdagingen/{challenge_id}#obstacles-0-label" in overview


def test_the_timeline_warns_at_the_field_and_saves_all_the_same(client: FlaskClient) -> None:
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    call = make.make_call(region, Phase.DRAFT)
    call_id = call.id
    client.sign_in(regisseur)
    path = f"/oproepen/{call_id}/bewerken/tijdlijn"
    dates = {
        "launch": "2027-03-29",
        "deadline": "2027-05-02",
        "questions_until": "2027-04-20",
        "written_from": "2027-05-03",
        "written_until": "2027-05-14",
        "pitch_windows-0-day": "2027-05-17",
        "decision_before": "2027-07-20",
    }
    assert send(client, path, **dates).status_code == 302
    text = client.get(path).text
    assert "maandag 29 maart 2027, een feestdag: Paasmaandag" in text
    assert "valt op zondag 2 mei 2027" in text
    assert "minstens drie nodig" in text
    assert 'id="launch-note"' in text and 'aria-describedby="launch-hint launch-note"' in text
    page = send(client, path, questions_until="2027-05-03")
    assert page.status_code == 422 and "tot uiterlijk de dag van indienen" in page.text


def test_texts_that_are_not_finished_or_hard_to_read_are_named(client: FlaskClient) -> None:
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    call = make.make_call(region, Phase.DRAFT)
    with transaction():
        load_addendum(call.id).ambition = "Wij willen {aantal} mensen helpen. " + "woord " * 40 + "."
    client.sign_in(regisseur)
    overview = client.get(f"/oproepen/{call.id}/bewerken").text
    assert "Hier staat nog iets om in te vullen: “{aantal}”" in overview
    assert "/bewerken/basis#ambition" in overview
    assert "Zinnen van meer dan dertig woorden: 1" in overview


def test_a_portrait_without_words_of_its_own_is_a_remark_until_somebody_writes_them(
    client: FlaskClient,
) -> None:
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    call = make.make_call(region, Phase.DRAFT)
    persona_id = call.personas[0].id
    with transaction():
        load_addendum(call.id).personas[0].portrait_alt = ""
    client.sign_in(regisseur)
    overview = f"/oproepen/{call.id}/bewerken"
    path = f"{overview}/personas/{persona_id}"
    assert "schrijf wat er op het portret te zien is" in client.get(overview).text
    own = "Vrouw met halflang rood haar en een gele trui"  # the words of this very portrait
    assert send(client, path, portrait_alt=own).status_code == 302
    assert "schrijf wat er op het portret te zien is" not in client.get(overview).text
    assert send(client, path, portrait="3").status_code == 302  # another portrait: those words no longer fit
    assert "schrijf wat er op het portret te zien is" in client.get(overview).text

"""Who has the role for a page reads when it opens; nobody else reads more than before."""

import pytest
from flask.testing import FlaskClient

from app.domain.timeline import Phase
from tests import factories as make


@pytest.fixture
def world(app):
    region = make.make_region()
    return make.make_regisseur(region), make.make_call(region, phase=Phase.OPEN)


@pytest.mark.parametrize("page", ["opening", "kandidaturen", "ontvankelijkheid", "dekking", "voortgang"])
def test_a_regisseur_reads_from_when_a_page_is_there(client: FlaskClient, world, page: str) -> None:
    regisseur, call = world
    answer = client.sign_in(regisseur).get(f"/oproepen/{call.id}/{page}")
    assert answer.status_code == 403
    assert "Dit kan vanaf " in answer.text and "juiste account" not in answer.text
    assert f"Ga naar de oproep {call.title}" in answer.text
    after = "na de uiterste indiendatum" if page in ("opening", "kandidaturen") else "na de opening"
    assert after in answer.text


def test_the_ranking_comes_after_the_pitches_and_the_requirements_are_over(
    client: FlaskClient, world
) -> None:
    regisseur, call = world
    client.sign_in(regisseur)
    assert "na het sluiten van de pitchronde" in client.get(f"/oproepen/{call.id}/rangschikking").text
    answer = client.get(f"/oproepen/{call.id}/bewerken/vormvereisten")
    assert answer.status_code == 403 and "Dit kon tot de publicatie" in answer.text


def test_after_the_deadline_no_day_is_promised(client: FlaskClient) -> None:
    region = make.make_region()
    call = make.make_call(region, phase=Phase.SEALED)
    answer = client.sign_in(make.make_regisseur(region)).get(f"/oproepen/{call.id}/voortgang")
    assert "Dit kan na de opening." in answer.text


@pytest.mark.parametrize("page", ["opening", "dekking", "voortgang", "rangschikking"])
def test_who_has_no_role_is_told_nothing(client: FlaskClient, world, page: str) -> None:
    _, call = world
    for somebody in (make.make_user(), make.make_regisseur(make.make_region())):
        answer = client.sign_in(somebody).get(f"/oproepen/{call.id}/{page}")
        assert answer.status_code == 404 and "Dit kan" not in answer.text


def test_a_draft_is_not_linked_to(client: FlaskClient) -> None:
    region = make.make_region()
    call = make.make_call(region, phase=Phase.DRAFT)
    answer = client.sign_in(make.make_regisseur(region)).get(f"/oproepen/{call.id}/voortgang")
    assert answer.status_code == 403 and "Ga naar de oproep" not in answer.text

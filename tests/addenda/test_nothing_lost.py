"""What a person typed or stored does not go without a word."""

import pytest
from flask.testing import FlaskClient

from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.drafting.sections import fingerprint
from tests.addenda.helpers import fields, imported, send
from tests.addenda.review_helpers import looked


def test_a_date_that_went_is_named_when_the_timeline_is_saved(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/tijdlijn"
    assert send(client, path, deadline="").status_code == 302
    assert "Bewaard. Uiterste indiendatum is weggehaald." in client.get(path).get_data(as_text=True)
    assert send(client, path, launch="", decision_before="").status_code == 302
    assert "Lancering en Beslissing voor zijn weggehaald." in client.get(path).get_data(as_text=True)
    assert send(client, path).status_code == 302
    page = client.get(path).get_data(as_text=True)
    assert "Bewaard." in page and "weggehaald" not in page


def test_a_date_that_is_emptied_in_the_review_is_named(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    addendum, _, _ = looked(draft)
    data = {"at": "launch", "version": fingerprint(read_draft(addendum).dates), "day": ""}
    answer = client.post(f"/oproepen/{draft}/bron/verbeteren", data=data, follow_redirects=True)
    assert "Bewaard. Lancering is weggehaald." in answer.get_data(as_text=True)


def test_no_field_lets_the_browser_cut_what_is_pasted(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    rows = load_addendum(draft)
    pages = [
        "basis",
        "tijdlijn",
        "analyse",
        "criteria/written",
        "personas",
        f"personas/{rows.personas[0].id}",
        f"uitdagingen/{rows.challenges[0].id}",
    ]
    for page in pages:
        shown = client.get(f"/oproepen/{draft}/bewerken/{page}").get_data(as_text=True)
        assert "maxlength" not in shown, page


@pytest.mark.parametrize(
    ("field", "most"), [("introduction", 10000), ("obstacles-0-label", 500), ("goals-0-text", 1000)]
)
def test_a_text_that_is_too_long_comes_back_whole(client: FlaskClient, field: str, most: int) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/uitdagingen/{load_addendum(draft).challenges[0].id}"
    text = "x" * (most + 1)
    data = fields(client.get(path))
    data[field] = text
    answer = client.post(path, data=data)
    assert answer.status_code == 422
    assert f"hoogstens {most} tekens" in answer.get_data(as_text=True)
    assert fields(answer)[field] == text


@pytest.mark.parametrize(
    ("page", "row", "said"),
    [
        ("uitdagingen/{challenge}", "obstacles-{}-label", "Hoogstens 60 obstakels"),
        ("uitdagingen/{challenge}", "goals-{}-text", "Hoogstens 60 doelen"),
        ("basis", "contacts-{}-name", "Hoogstens 20 contactpersonen"),
    ],
)
def test_more_rows_than_fit_are_refused_and_kept(client: FlaskClient, page: str, row: str, said: str) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    challenge = load_addendum(draft).challenges[0].id
    path = f"/oproepen/{draft}/bewerken/{page.format(challenge=challenge)}"
    data = fields(client.get(path))
    for place in range(61):
        data[row.format(place)] = f"rij {place}"
    answer = client.post(path, data=data)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert fields(answer)[row.format(60)] == "rij 60"


def test_a_row_that_cannot_be_added_any_more_is_told(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/uitdagingen/{load_addendum(draft).challenges[0].id}"
    data = fields(client.get(path))
    for place in range(60):
        data[f"obstacles-{place}-label"] = f"rij {place}"
    answer = client.post(path, data={**data.to_dict(flat=False), "rearrange": "obstacles:add"})
    assert "Hoogstens 60 obstakels" in answer.get_data(as_text=True)

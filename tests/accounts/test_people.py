"""Everybody keeps the own account; administrators keep the list, never their own place in it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from tests.accounts.people import PASSWORD, actions, mails, someone, stored
from tests.counting import queries
from tests.factories import make_user


def administrator() -> User:
    return make_user("Bea Beheer", email="bea@voorbeeld.be", administrator=True)


def test_the_own_name_can_be_changed(client: FlaskClient) -> None:
    user = someone()
    client.sign_in(user)  # type: ignore[attr-defined]
    assert client.post("/mijn-account", data={"name": "  Ans   Peeters-Claes "}).status_code == 302
    assert stored(user.id).name == "Ans Peeters-Claes"
    assert client.post("/mijn-account", data={"name": ""}).status_code == 422


def test_a_new_password_needs_the_present_one_and_ends_other_sessions(
    app: Flask, client: FlaskClient
) -> None:
    user = someone()
    other = app.test_client().sign_in(user)  # type: ignore[attr-defined]
    client.sign_in(user)  # type: ignore[attr-defined]
    new = {"current": "niet juist", "password": "groene regenjassen", "again": "groene regenjassen"}
    refused = client.post("/mijn-account/wachtwoord", data=new)
    assert refused.status_code == 422 and "huidige wachtwoord" in refused.text
    assert client.post("/mijn-account/wachtwoord", data=new | {"current": PASSWORD}).status_code == 302
    assert client.get("/mijn-account").status_code == 200
    assert other.get("/mijn-account").status_code == 302
    assert mails("account.password_changed")


def test_visitors_are_led_to_the_sign_in_page(client: FlaskClient) -> None:
    for path in ("/mijn-account", "/beheer/personen"):
        assert "/aanmelden?next=" in client.get(path).location


def test_only_administrators_see_people(client: FlaskClient) -> None:
    client.sign_in(someone())  # type: ignore[attr-defined]
    assert client.get("/beheer/personen").status_code == 404
    assert client.post("/beheer/personen/uitnodigen").status_code == 404


def test_closing_an_account_ends_its_sessions(app: Flask, client: FlaskClient) -> None:
    user = someone()
    theirs = app.test_client().sign_in(user)  # type: ignore[attr-defined]
    assert theirs.get("/mijn-account").status_code == 200
    client.sign_in(administrator())  # type: ignore[attr-defined]
    assert client.post(f"/beheer/personen/{user.id}/afsluiten").status_code == 302
    assert theirs.get("/mijn-account").status_code == 302
    client.post(f"/beheer/personen/{user.id}/openen")
    assert stored(user.id).active
    assert actions() == ["account.deactivated", "account.activated"]


def test_never_for_oneself(client: FlaskClient) -> None:
    me = administrator()
    client.sign_in(me)  # type: ignore[attr-defined]
    assert client.post(f"/beheer/personen/{me.id}/afsluiten").status_code == 403
    assert stored(me.id).active
    answer = client.post("/beheer/personen/uitnodigen", data={"name": "Ik", "email": "Bea@voorbeeld.be"})
    assert answer.status_code == 422 and "eigen account" in answer.text


def test_a_foreign_id_is_not_found(client: FlaskClient) -> None:
    client.sign_in(administrator())  # type: ignore[attr-defined]
    assert client.post("/beheer/personen/999999/afsluiten").status_code == 404


def test_the_list_is_searched_by_name_and_address(client: FlaskClient) -> None:
    client.sign_in(administrator())  # type: ignore[attr-defined]
    make_user("Zoë 100% Van_Acker", email="zoe@voorbeeld.be")
    make_user("Piet Maes")
    assert "Piet" not in client.get("/beheer/personen?q=zoë acker").text
    assert "zoe@" in client.get("/beheer/personen?q=100%25").text
    assert "Niemand gevonden" in client.get("/beheer/personen?q=__").text
    assert client.get("/beheer/personen?q=zoe&pagina=99999999999").status_code == 200
    assert client.get("/beheer/personen?pagina=x").status_code == 200


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_list_asks_the_same_of_the_database(client: FlaskClient, many: int) -> None:
    client.sign_in(administrator())  # type: ignore[attr-defined]
    for _ in range(many):
        make_user()
    with queries() as seen:
        client.get("/beheer/personen")
    assert len(seen) <= 5


def test_inviting_an_administrator_from_the_list(client: FlaskClient) -> None:
    client.sign_in(administrator())  # type: ignore[attr-defined]
    typed = {"name": "Nele", "email": "nele@voorbeeld.be"}
    assert client.post("/beheer/personen/uitnodigen", data=typed).status_code == 302
    assert "nele@voorbeeld.be" in client.get("/beheer/personen").text
    wrong = client.post("/beheer/personen/uitnodigen", data=typed | {"email": "nele@"})
    assert wrong.status_code == 422 and "geen geldig e-mailadres" in wrong.text


def test_the_first_administrator_comes_from_the_command_line(app: Flask) -> None:
    result = app.test_cli_runner().invoke(
        args=["accounts", "invite-administrator", "eerste@voorbeeld.be", "Eerste"]
    )
    assert result.exit_code == 0 and "/uitnodiging/" in result.output

"""Signing in tells a stranger nothing, slows down who guesses, and leads back to the page one came for."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import SignInAttempt
from app.accounts.throttle import PER_ACCOUNT, PER_ADDRESS
from app.infra import clock
from app.infra.database import db
from tests.accounts.people import PASSWORD, link_in, mails, someone, stored
from tests.factories import make_user


def sign_in(client: FlaskClient, email: str, password: str, address: str = "10.0.0.1", **more: str):  # type: ignore[no-untyped-def]
    data = {"email": email, "password": password, **more}
    return client.post("/aanmelden", data=data, environ_base={"REMOTE_ADDR": address})


def test_the_right_password_leads_to_the_page_asked_for(client: FlaskClient) -> None:
    someone()
    answer = sign_in(client, "Ans@Voorbeeld.be ", PASSWORD, next="/mijn-account?a=1")
    assert answer.status_code == 302 and answer.location == "/mijn-account?a=1"
    assert client.get("/mijn-account").status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "https://kwaad.be/",
        "//kwaad.be",
        "/\\kwaad.be",
        "\\\\kwaad.be",
        "javascript:alert(1)",
        "/%0d\n/x",
        "////x",
    ],
)
def test_nobody_is_led_to_another_site(client: FlaskClient, target: str) -> None:
    someone()
    assert sign_in(client, "ans@voorbeeld.be", PASSWORD, next=target).location == "/"


def test_unknown_wrong_and_closed_accounts_get_one_answer(client: FlaskClient) -> None:
    someone()
    someone("dicht@voorbeeld.be")
    closed = stored_close("dicht@voorbeeld.be")
    make_user(email="zonder@voorbeeld.be")
    bodies = set()
    for email, password in [
        ("ans@voorbeeld.be", "iets heel anders"),
        ("niemand@voorbeeld.be", PASSWORD),
        (closed, PASSWORD),
        ("zonder@voorbeeld.be", ""),
        ("zonder@voorbeeld.be", "iets"),
    ]:
        answer = sign_in(client, email, password)
        assert answer.status_code == 422
        if password:
            bodies.add(answer.text.replace(email, "X"))
    assert len(bodies) == 1


def stored_close(email: str) -> str:
    from app.accounts.queries import user_by_email
    from app.infra.database import transaction

    with transaction():
        user = user_by_email(email)
        assert user
        user.active = False
    return email


@pytest.mark.parametrize("email", ["ans@voorbeeld.be", "niemand@voorbeeld.be"])
def test_after_five_failures_an_account_waits_known_or_not(
    client: FlaskClient, at: object, email: str
) -> None:
    at("2024-03-01T10:00")  # type: ignore[operator]
    someone()
    for number in range(PER_ACCOUNT):
        assert sign_in(client, email, "fout fout fout", f"10.0.{number}.1").status_code == 422
    blocked = sign_in(client, email, PASSWORD, "10.9.9.9")
    assert blocked.status_code == 429
    assert "vrijdag 1 maart 2024, 10:15" in blocked.text
    assert 880 <= int(blocked.headers["Retry-After"]) <= 901
    at("2024-03-01T10:15:30")  # type: ignore[operator]
    assert sign_in(client, email, "fout fout fout").status_code == 422


def test_success_clears_the_count_of_the_account(client: FlaskClient) -> None:
    someone()
    for _ in range(3):
        for _ in range(PER_ACCOUNT - 1):
            sign_in(client, "ans@voorbeeld.be", "fout fout fout", "10.1.1.1")
        assert sign_in(client, "ans@voorbeeld.be", PASSWORD, "10.1.1.1").status_code == 302
        client.post("/afmelden")
        break
    left = db.session.scalars(select(SignInAttempt.subject)).all()
    assert len(left) == PER_ACCOUNT - 1 and len(set(left)) == 1  # only the address still counts


def test_one_address_cannot_try_many_accounts(client: FlaskClient) -> None:
    for number in range(PER_ADDRESS):
        assert sign_in(client, f"p{number}@voorbeeld.be", "fout fout fout").status_code == 422
    assert sign_in(client, "ander@voorbeeld.be", "fout fout fout").status_code == 429
    assert sign_in(client, "ander@voorbeeld.be", "fout fout fout", "10.0.0.2").status_code == 422


def test_addresses_are_kept_as_a_keyed_hash_and_not_for_long(client: FlaskClient, at: object) -> None:
    at("2024-03-01T10:00")  # type: ignore[operator]
    sign_in(client, "a@voorbeeld.be", "fout fout fout")
    rows = db.session.scalars(select(SignInAttempt.subject)).all()
    assert len(rows) == 2 and all(len(one) == 64 for one in rows)
    db.session.rollback()
    at("2024-03-01T10:20")  # type: ignore[operator]
    sign_in(client, "b@voorbeeld.be", "fout fout fout")
    assert len(db.session.scalars(select(SignInAttempt.id)).all()) == 2


def test_signing_out_is_a_post(client: FlaskClient) -> None:
    client.sign_in(someone())  # type: ignore[attr-defined]
    assert client.get("/afmelden").status_code == 405 or client.get("/mijn-account").status_code == 200
    client.post("/afmelden")
    assert client.get("/mijn-account").status_code == 302


def test_a_forgotten_password_gets_one_answer_and_a_link_that_works_once(client: FlaskClient) -> None:
    user = someone()
    before = user.fs_uniquifier
    known = client.post("/wachtwoord-vergeten", data={"email": "ANS@voorbeeld.be"})
    unknown = client.post("/wachtwoord-vergeten", data={"email": "niemand@voorbeeld.be"})
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("ANS@", "niemand@") == unknown.text
    (mail,) = mails()
    link = link_in(mail)
    assert client.get(link).status_code == 200
    chosen = {"password": "groene regenjassen", "again": "groene regenjassen"}
    assert client.post(link, data=chosen | {"again": "anders"}).status_code == 422
    assert client.post(link, data={"password": "kort", "again": "kort"}).status_code == 422
    assert client.post(link, data=chosen).location.endswith("/aanmelden")
    assert client.post(link, data=chosen).status_code == 410
    assert stored(user.id).fs_uniquifier != before  # whoever was signed in is not any more
    assert sign_in(client, "ans@voorbeeld.be", PASSWORD).status_code == 422
    assert sign_in(client, "ans@voorbeeld.be", "groene regenjassen").status_code == 302


def test_a_reset_link_expires_and_cannot_be_made_up(client: FlaskClient, at: object) -> None:
    start = datetime.fromisoformat("2024-03-01T10:00")
    at(start)  # type: ignore[operator]
    someone()
    client.post("/wachtwoord-vergeten", data={"email": "ans@voorbeeld.be"})
    link = link_in(mails()[0])
    assert client.get(link[:-3] + "abc").status_code == 410
    assert client.get("/wachtwoord-vergeten/x.y.z").status_code == 410
    at(start + timedelta(hours=2, seconds=5))  # type: ignore[operator]
    assert client.get(link).status_code == 410


def test_the_host_of_the_request_does_not_get_into_the_link(client: FlaskClient) -> None:
    someone()
    client.post("/wachtwoord-vergeten", data={"email": "ans@voorbeeld.be"}, headers={"Host": "kwaad.be"})
    assert "kwaad.be" not in mails()[0].body_text


def test_a_mailbox_is_not_flooded(client: FlaskClient) -> None:
    someone()
    for number in range(9):
        place = {"REMOTE_ADDR": f"10.3.{number}.1"}
        answer = client.post("/wachtwoord-vergeten", data={"email": "ans@voorbeeld.be"}, environ_base=place)
        assert answer.status_code == 200
    assert len(mails()) == PER_ACCOUNT


def test_what_flask_security_would_offer_beside_our_pages_is_not_there(app: Flask) -> None:
    endpoints = {name for name in app.view_functions if name.startswith("security.")}
    assert endpoints == {
        "security.login",
        "security.logout",
        "security.forgot_password",
        "security.reset_password",
    }


def test_forms_carry_a_token_against_forgery(app: Flask, client: FlaskClient) -> None:
    someone()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        assert sign_in(client, "ans@voorbeeld.be", PASSWORD).status_code == 400
        page = client.get("/aanmelden").text
        token = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
        assert sign_in(client, "ans@voorbeeld.be", PASSWORD, csrf_token=token).status_code == 302
        assert client.post("/afmelden").status_code == 400
        token = client.get("/mijn-account").text.split('name="csrf_token" value="')[1].split('"')[0]
        assert client.post("/afmelden", data={"csrf_token": token}).status_code == 302
        assert client.get("/mijn-account").status_code == 302
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def test_looking_at_a_sign_in_page_writes_nothing(client: FlaskClient) -> None:
    assert client.get("/aanmelden").status_code == 200
    assert db.session.scalars(select(SignInAttempt.id)).all() == []
    assert clock.is_moved() is False

"""An invitation gives one role, once, to one address, and only for fourteen days."""

import hashlib
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import invitations
from app.accounts.models import Invitation, User
from app.accounts.queries import user_by_email
from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound
from app.infra import clock
from app.infra.database import db, transaction
from tests.accounts.people import PASSWORD, actions, link_in, mails, someone, stored
from tests.factories import actor, make_user

NEWCOMER = {"name": "Nele Nieuw", "password": PASSWORD, "again": PASSWORD}


def administrator() -> User:
    return make_user("Bea Beheer", administrator=True)


def invited(app: Flask, email: str = "nele@voorbeeld.be", kind: str = "administrator") -> str:
    by = actor(administrator())
    with app.test_request_context(), transaction() as now:
        made = invitations.invite(
            kind, role="administrator", scope_id=0, email=email, name="Nele", by=by, at=now
        )
    return made.link.removeprefix("http://127.0.0.1:8000")


def test_a_newcomer_chooses_a_password_and_is_signed_in(app: Flask, client: FlaskClient) -> None:
    link = invited(app)
    assert "Je bent uitgenodigd als beheerder" in client.get(link).text
    assert client.post(link, data=NEWCOMER).location == "/beheer/personen"
    assert client.get("/beheer/personen").status_code == 200
    found = user_by_email("nele@voorbeeld.be")
    assert found and found.administrator and found.confirmed_at
    assert actions() == [
        "invitation.sent",
        "account.created",
        "account.made_administrator",
        "invitation.accepted",
    ]


def test_a_link_works_once(app: Flask, client: FlaskClient) -> None:
    link = invited(app)
    client.post(link, data=NEWCOMER)
    again = app.test_client()
    assert again.get(link).status_code == 410
    assert again.post(link, data=NEWCOMER).status_code == 410


def test_a_link_expires_after_fourteen_days(app: Flask, client: FlaskClient, at: object) -> None:
    start = datetime.fromisoformat("2024-01-20T10:00")
    at(start)  # type: ignore[operator]
    link = invited(app)
    at(start + timedelta(days=13, hours=23))  # type: ignore[operator]
    assert client.get(link).status_code == 200
    at(start + timedelta(days=14, minutes=1))  # type: ignore[operator]
    assert client.get(link).status_code == 410
    assert client.post(link, data=NEWCOMER).status_code == 410
    assert user_by_email("nele@voorbeeld.be") is None


def test_unknown_and_withdrawn_links_get_the_same_page(app: Flask, client: FlaskClient) -> None:
    link = invited(app)
    row = db.session.scalars(select(Invitation)).one()
    with transaction() as now:
        invitations.withdraw(row.id, "administrator", 0, by=Actor(), at=now)
    withdrawn, unknown = client.get(link), client.get("/uitnodiging/bestaat-niet")
    assert withdrawn.status_code == unknown.status_code == 410
    assert withdrawn.text == unknown.text


def test_the_token_is_in_the_mail_only(app: Flask) -> None:
    token = invited(app).rsplit("/", 1)[1]
    row = db.session.scalars(select(Invitation)).one()
    assert row.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert token in link_in(mails()[0])


def test_a_second_invitation_replaces_the_first(app: Flask, client: FlaskClient) -> None:
    first, second = invited(app), invited(app, "NELE@voorbeeld.be")
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert len(invitations.open_invitations("administrator", 0, clock.read())) == 1


def test_who_has_an_account_signs_in_and_accepts(app: Flask, client: FlaskClient) -> None:
    user = someone("nele@voorbeeld.be")
    link = invited(app)
    assert "Je hebt al een account" in client.get(link).text
    assert client.post(link, data=NEWCOMER).status_code == 200  # no second account, no new password
    assert stored(user.id).administrator is False
    client.sign_in(user)  # type: ignore[attr-defined]
    assert "Aanvaard" in client.get(link).text
    assert client.post(link).location == "/beheer/personen"
    assert stored(user.id).administrator is True


def test_an_invitation_is_for_its_own_address_only(app: Flask, client: FlaskClient) -> None:
    link = invited(app)
    other = someone("ander@voorbeeld.be")
    client.sign_in(other)  # type: ignore[attr-defined]
    assert "ander e-mailadres" in client.get(link).text
    assert client.post(link).status_code == 403
    assert stored(other.id).administrator is False


def test_a_closed_account_cannot_come_back_through_an_invitation(app: Flask, client: FlaskClient) -> None:
    make_user(email="nele@voorbeeld.be")
    link = invited(app)
    with transaction():
        user_by_email("nele@voorbeeld.be").active = False  # type: ignore[union-attr]
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "kort", "again": "kort"}, "minstens 12 tekens"),
        ({"again": "iets anders dan dat"}, "niet gelijk"),
        ({"name": "  "}, "Vul dit in."),
        ({"password": "aaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaa"}, "te gemakkelijk"),
        ({"password": "x" * 200 + "abcde", "again": "x" * 200 + "abcde"}, "hoogstens 128"),
    ],
)
def test_a_wrong_form_says_why_and_keeps_the_name(
    app: Flask, client: FlaskClient, typed: dict[str, str], said: str
) -> None:
    answer = client.post(invited(app), data=NEWCOMER | typed)
    assert answer.status_code == 422 and said in answer.text
    assert ("Nele Nieuw" in answer.text) or "name" in typed
    assert PASSWORD not in answer.text


def test_a_wrong_address_or_no_name_is_refused(app: Flask) -> None:
    for email, name, code in [
        ("geen adres", "An", "email_invalid"),
        ("an@voorbeeld.be", " ", "name_missing"),
    ]:
        with pytest.raises(DomainError) as caught, app.test_request_context(), transaction() as now:
            invitations.invite(
                "administrator", role="administrator", scope_id=0, email=email, name=name, by=Actor(), at=now
            )
        assert caught.value.code == code
    assert mails() == []


def test_withdrawing_needs_the_right_kind_and_scope(app: Flask) -> None:
    invited(app)
    row = db.session.scalars(select(Invitation)).one()
    for kind, scope in [("membership", 0), ("administrator", 5)]:
        with pytest.raises(NotFound), transaction() as now:
            invitations.withdraw(row.id, kind, scope, by=Actor(), at=now)


def test_opening_a_link_changes_nothing(app: Flask, client: FlaskClient) -> None:
    link = invited(app)
    before = actions()
    client.get(link)
    assert actions() == before

"""Each organisation once; a visitor's registration exists only after the link in the mail was used."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.queries import user_by_email
from app.infra.database import db
from app.organisations.models import Membership, Organisation
from tests.accounts.people import PASSWORD, actions, link_in, mails, someone
from tests.factories import make_member, make_organisation

BASICS = {
    "enterprise_number": "BE 0566.988.259",
    "organisation_name": "De  Brug",
    "legal_form": "vzw",
    "city": "Bornem",
}
VISITOR = BASICS | {"name": "Nele Nieuw", "email": "nele@voorbeeld.be"}


def organisations() -> list[tuple[str, str]]:
    found = db.session.execute(select(Organisation.enterprise_number, Organisation.name)).all()
    db.session.rollback()
    return [tuple(row) for row in found]


def test_who_signed_in_registers_at_once_and_owns(client: FlaskClient) -> None:
    user = someone()
    client.sign_in(user)  # type: ignore[attr-defined]
    answer = client.post("/organisaties/nieuw", data=BASICS)
    assert answer.status_code == 302
    assert organisations() == [("0566988259", "De Brug")]
    assert db.session.scalars(select(Membership.role)).all() == ["owner"]
    page = client.get(answer.location).text
    assert "De Brug" in page and "0566.988.259" in page
    assert actions() == ["organisation.registered"]


def test_a_visitor_gets_a_link_and_nothing_exists_before_it_is_used(app: Flask, client: FlaskClient) -> None:
    answer = client.post("/organisaties/nieuw", data=VISITOR)
    assert answer.status_code == 200 and "Kijk in je mailbox" in answer.text
    assert organisations() == [] and user_by_email("nele@voorbeeld.be") is None
    link = link_in(mails()[0])
    page = client.get(link)
    assert "eigenaar van De Brug (0566.988.259)" in page.text
    assert organisations() == []
    chosen = {"name": "Nele Nieuw", "password": PASSWORD, "again": PASSWORD}
    target = client.post(link, data=chosen).location
    assert organisations() == [("0566988259", "De Brug")]
    assert client.get(target).status_code == 200
    assert app.test_client().get(link).status_code == 410


def test_an_address_with_an_account_gets_the_same_answer_and_another_mail(client: FlaskClient) -> None:
    someone("nele@voorbeeld.be")
    known = client.post("/organisaties/nieuw", data=VISITOR)
    unknown = client.post("/organisaties/nieuw", data=VISITOR | {"email": "ander@voorbeeld.be"})
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("nele@", "ander@") == unknown.text
    assert [one.kind for one in mails()] == ["organisation.account_exists", "invitation.registration"]
    assert "/uitnodiging/" not in mails()[0].body_text


@pytest.mark.parametrize("visitor", [True, False])
def test_a_number_is_taken_once_and_its_people_are_not_named(client: FlaskClient, visitor: bool) -> None:
    owner = make_member(make_organisation("Het Anker", city="Boom"))
    number = organisations()[0][0]
    if not visitor:
        client.sign_in(someone())  # type: ignore[attr-defined]
    typed = (VISITOR if visitor else BASICS) | {"enterprise_number": number}
    answer = client.post("/organisaties/nieuw", data=typed)
    assert answer.status_code == 200 and "al geregistreerd" in answer.text
    assert "Het Anker" in answer.text and "Boom" in answer.text
    assert owner.name not in answer.text and owner.email not in answer.text
    assert "andere organisatie" not in answer.text
    assert 'value="De  Brug"' in answer.text and number in answer.text
    stubborn = client.post("/organisaties/nieuw", data=typed | {"keuze": "nieuw"})
    assert stubborn.status_code == 422 and "al geregistreerd" in stubborn.text
    assert mails() == []


def test_a_number_taken_while_the_mail_waited_is_refused_with_nothing_half_made(
    app: Flask, client: FlaskClient
) -> None:
    client.post("/organisaties/nieuw", data=VISITOR)
    other = app.test_client().sign_in(someone())  # type: ignore[attr-defined]
    assert other.post("/organisaties/nieuw", data=BASICS).status_code == 302
    chosen = {"name": "Nele Nieuw", "password": PASSWORD, "again": PASSWORD}
    answer = client.post(link_in(mails()[0]), data=chosen)
    assert answer.status_code == 422 and "al geregistreerd" in answer.text
    assert user_by_email("nele@voorbeeld.be") is None


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("enterprise_number", "2123456789", "vestigingsnummer"),
        ("enterprise_number", "0566.988.258", "controlegetal"),
        ("enterprise_number", "12", "tien cijfers"),
        ("organisation_name", " ", "Vul dit in."),
        ("organisation_name", "x" * 201, "Hoogstens 200"),
        ("email", "geen adres", "geen geldig e-mailadres"),
        ("name", "", "Vul dit in."),
    ],
)
def test_bad_input_is_told_at_the_field_and_kept(
    client: FlaskClient, field: str, typed: str, said: str
) -> None:
    answer = client.post("/organisaties/nieuw", data=VISITOR | {field: typed})
    assert answer.status_code == 422
    assert re.search(rf'id="{field}-error">.*{said}', answer.text)
    assert "Bornem" in answer.text
    assert mails() == []


def test_registering_cannot_be_used_to_flood_a_mailbox(client: FlaskClient) -> None:
    for number in range(6):
        place = {"REMOTE_ADDR": f"10.4.{number}.1"}
        last = client.post("/organisaties/nieuw", data=VISITOR, environ_base=place)
    assert last.status_code == 429
    assert len(mails()) == 5

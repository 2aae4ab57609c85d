"""Before an organisation is made twice, the person sees the likely ones, and can ask to join."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.likeness import Known, Why, core, domain_of, likeness, pairs
from app.infra.database import db
from app.organisations.models import JoinRequest, Membership, Organisation
from tests.accounts.people import PASSWORD, actions, link_in, mails, someone
from tests.factories import make_member, make_organisation

BASICS = {"enterprise_number": "0566.988.259", "organisation_name": "De Brug", "city": "Bornem"}
VISITOR = BASICS | {"name": "Nele Nieuw", "email": "nele@voorbeeld.be"}
ASK = re.compile(r'name="keuze" value="(vraag-[0-9a-f]+)"')


def count() -> int:
    found = len(db.session.scalars(select(Organisation.id)).all())
    db.session.rollback()
    return found


@pytest.fixture
def brug(app: Flask) -> Organisation:
    return make_organisation("VZW De Brûg", city="Willebroek", website="https://www.debrug.be")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vzw De Brug", "De Brüg asbl"),
        ("v.z.w. Het Huis", "HUIS"),
        ("Samen Sterk", "Sterk Samen vzw"),
        ("De Groene Kans", "Groene Kans Mechelen"),
        ("De Brug", "De Burg"),
        ("Brugwerking", "Brug-werking"),
        ("De Brug\u200f", "\u202eDe Brug"),
    ],
)
def test_names_that_are_written_differently_are_alike(one: str, other: str) -> None:
    match = likeness(Known(1, one), Known(2, other))
    assert match is not None and match.why == (Why.NAME,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OCMW Bornem", "OCMW Willebroek"),
        ("Gemeente Bornem", "OCMW Bornem"),
        ("Huis 12", "Huis 13"),
        ("CAW Antwerpen", "CAW Limburg"),
        ("😀", "De Brug"),
        ("😀", "🎈"),
        ("bv", "vzw"),
    ],
)
def test_names_of_others_are_not_alike(one: str, other: str) -> None:
    assert likeness(Known(1, one), Known(2, other)) is None


def test_a_name_of_only_legal_forms_or_emoji_is_still_a_name() -> None:
    assert core("VZW") == "vzw" and core("🎈 🎈") == "🎈 🎈" and core("x" * 300) == "x" * 300


def test_a_domain_that_everybody_can_have_says_nothing() -> None:
    shared = (
        "a@gmail.com",
        "a@telenet.be",
        "https://facebook.com/brug",
        "www.brug.wordpress.com",
        "geen",
        "",
    )
    assert [domain_of(one) for one in shared] == [""] * 6
    assert domain_of("a@brug.be") == domain_of("https://www.brug.be/over?x=1") == "brug.be"
    assert domain_of("https://[kapot") == ""


def test_pairs_are_found_once_with_the_surest_first() -> None:
    rows = [
        Known(1, "Aap", "0566988259"),
        Known(2, "Noot"),
        Known(3, "De Noot vzw"),
        Known(4, "Mies", "1566988200"),
    ]
    assert [(one, match.id) for one, match in pairs(rows)] == [(1, 4), (2, 3)]
    assert pairs([]) == []


@pytest.mark.parametrize("visitor", [True, False])
def test_a_likely_double_is_shown_before_anything_is_made(
    client: FlaskClient, brug: Organisation, visitor: bool
) -> None:
    owner = make_member(brug)
    if not visitor:
        client.sign_in(someone())  # type: ignore[attr-defined]
    typed = VISITOR if visitor else BASICS
    page = client.post("/organisaties/nieuw", data=typed)
    assert page.status_code == 200 and "Bestaat jullie organisatie al?" in page.text
    assert (
        "VZW De Brûg" in page.text
        and "Willebroek" in page.text
        and "een naam die erop lijkt" in page.text.lower()
    )
    assert owner.email not in page.text and owner.name not in page.text
    assert str(brug.enterprise_number) not in page.text
    assert f"/organisaties/{brug.id}" not in page.text
    assert all(f'value="{text}"' in page.text for text in typed.values())
    assert count() == 1 and mails() == []


def test_somebody_else_goes_on_with_what_was_typed(client: FlaskClient, brug: Organisation) -> None:
    client.sign_in(someone())  # type: ignore[attr-defined]
    assert client.post("/organisaties/nieuw", data=BASICS | {"keuze": "nieuw"}).status_code == 302
    assert count() == 2


def test_who_goes_back_finds_what_was_typed(client: FlaskClient, brug: Organisation) -> None:
    page = client.post("/organisaties/nieuw", data=VISITOR | {"keuze": "terug"})
    assert page.status_code == 200 and all(f'value="{text}"' in page.text for text in VISITOR.values())


def test_the_same_website_is_enough_and_colleagues_count_once_the_address_is_known(
    app: Flask, client: FlaskClient, brug: Organisation
) -> None:
    other = make_organisation("Iets Helemaal Anders")
    with app.app_context():
        member = make_member(other)
    member_domain = member.email.partition("@")[2]
    typed = VISITOR | {"organisation_name": "Zonnebloem"}
    assert "internetdomein" in client.post("/organisaties/nieuw", data=typed | {"email": "x@debrug.be"}).text
    guess = client.post("/organisaties/nieuw", data=typed | {"email": f"x@{member_domain}"})
    assert "Iets Helemaal Anders" not in guess.text
    client.sign_in(someone(f"y@{member_domain}"))  # type: ignore[attr-defined]
    known = client.post("/organisaties/nieuw", data=BASICS | {"organisation_name": "Zonnebloem"})
    assert "Iets Helemaal Anders" in known.text


@pytest.mark.parametrize(
    "number", ["BE 0566.988.259", "566988259", "BTW BE 0566 988 259", "KBO: 0566-988-259"]
)
def test_the_same_number_with_another_prefix_is_the_same(client: FlaskClient, number: str) -> None:
    client.sign_in(someone())  # type: ignore[attr-defined]
    client.post("/organisaties/nieuw", data=BASICS | {"organisation_name": "Zonnebloem"})
    page = client.post("/organisaties/nieuw", data=BASICS | {"enterprise_number": number})
    assert "al geregistreerd" in page.text and "Zonnebloem" in page.text and count() == 1


def ask(client: FlaskClient, typed: dict[str, str]) -> Any:
    choice = ASK.search(client.post("/organisaties/nieuw", data=typed).text)
    assert choice
    return client.post("/organisaties/nieuw", data=typed | {"keuze": choice.group(1)})


def test_who_asks_to_join_is_let_in_by_an_owner(app: Flask, client: FlaskClient, brug: Organisation) -> None:
    owner = make_member(brug)
    make_member(brug, "member")
    page = ask(client, VISITOR)
    assert "Je vraag is verstuurd" in page.text and owner.email not in page.text
    mail = mails()[0]
    assert [one.to_address for one in mails()] == [owner.email]
    assert "Nele Nieuw (nele@voorbeeld.be)" in mail.body_text and count() == 1
    boss = app.test_client().sign_in(owner)  # type: ignore[attr-defined]
    listed = boss.get(f"/organisaties/{brug.id}/collegas").text
    accept = re.search(r"/collegas/vragen/\d+/aanvaarden", listed)
    assert accept and "Wil erbij komen" in listed
    answer = f"/organisaties/{brug.id}{accept.group(0)}"
    assert boss.post(answer).status_code == 302
    assert boss.post(answer).status_code == 404  # answered once
    invitation = mails("invitation.membership")[0]
    client.post(link_in(invitation), data={"name": "Nele", "password": PASSWORD, "again": PASSWORD})
    roles = db.session.scalars(select(Membership.role).where(Membership.organisation_id == brug.id)).all()
    assert sorted(roles) == ["member", "member", "owner"]
    assert {"organisation.join_asked", "organisation.join_accepted", "member.joined"} <= set(actions())


def test_a_refusal_is_told_and_lets_nobody_in(app: Flask, client: FlaskClient, brug: Organisation) -> None:
    owner = make_member(brug)
    ask(client, VISITOR)
    request = db.session.scalars(select(JoinRequest.id)).one()
    db.session.rollback()
    boss = app.test_client().sign_in(owner)  # type: ignore[attr-defined]
    stranger = app.test_client().sign_in(make_member(make_organisation()))  # type: ignore[attr-defined]
    path = f"/organisaties/{brug.id}/collegas/vragen/{request}/weigeren"
    assert stranger.post(path).status_code == 404
    assert app.test_client().sign_in(make_member(brug, "member")).post(path).status_code == 404  # type: ignore[attr-defined]
    assert boss.post(path).status_code == 302
    assert mails()[-1].to_address == "nele@voorbeeld.be" and "niet aanvaard" in mails()[-1].body_text


def test_asking_twice_or_as_a_colleague_looks_the_same_and_mails_nobody_again(
    client: FlaskClient, brug: Organisation
) -> None:
    owner = make_member(brug)
    first, second = ask(client, VISITOR).text, ask(client, VISITOR).text
    belongs = ask(client, VISITOR | {"email": owner.email}).text
    assert first == second == belongs.replace(owner.email, "nele@voorbeeld.be")
    assert len(mails()) == 1


def test_nobody_asks_to_join_what_was_not_likely(client: FlaskClient, brug: Organisation) -> None:
    typed = VISITOR | {"organisation_name": "Zonnebloem", "keuze": "vraag-000000000000000000000000"}
    assert "Kijk in je mailbox" in client.post("/organisaties/nieuw", data=typed).text
    assert db.session.scalars(select(JoinRequest)).all() == []


def test_a_link_in_a_name_reaches_no_mailbox(client: FlaskClient, brug: Organisation) -> None:
    make_member(brug)
    ask(client, VISITOR | {"name": "Win nu http://kwaad.example"})
    assert "kwaad" not in mails()[0].body_text


def test_looking_for_names_is_bounded(client: FlaskClient, brug: Organisation) -> None:
    codes = [client.post("/organisaties/nieuw", data=VISITOR).status_code for _ in range(22)]
    assert codes[0] == 200 and codes[-1] == 429


@pytest.mark.parametrize("name", ["x" * 300, "🎈🎈", "\u202eDe Brug\u202c", "مؤسسة الجسر", "De\nBrug"])
def test_strange_names_are_refused_or_kept_safely(client: FlaskClient, name: str) -> None:
    client.sign_in(someone())  # type: ignore[attr-defined]
    answer = client.post("/organisaties/nieuw", data=BASICS | {"organisation_name": name})
    assert answer.status_code == (422 if len(name) > 200 else 302)
    if answer.status_code == 302:
        page = client.get(answer.location)
        assert page.status_code == 200 and "\u202e" not in page.text

"""The owner hands over to a colleague, after confirming, and both are told."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.infra.database import db, transaction
from app.organisations.models import Membership, Organisation
from tests.accounts.people import actions, mails, someone
from tests.factories import make_member, make_organisation


@pytest.fixture
def organisation(app: Flask) -> Organisation:
    return make_organisation("De Brug")


@pytest.fixture
def boss(organisation: Organisation) -> User:
    return make_member(organisation)


@pytest.fixture
def owner(client: FlaskClient, boss: User) -> FlaskClient:
    return client.sign_in(boss)  # type: ignore[attr-defined, no-any-return]


def path(organisation: Organisation) -> str:
    return f"/organisaties/{organisation.id}/eigenaarschap"


def role_of(user: User) -> str | None:
    db.session.rollback()
    found = db.session.scalar(select(Membership.role).where(Membership.user_id == user.id))
    db.session.rollback()
    return found


def test_nothing_happens_before_it_is_confirmed(
    owner: FlaskClient, boss: User, organisation: Organisation
) -> None:
    colleague = make_member(organisation, "member")
    page = owner.post(path(organisation), data={"successor": str(colleague.id)})
    assert page.status_code == 200 and "Kijk dit nog eens na" in page.text and colleague.email in page.text
    assert role_of(boss) == "owner" and role_of(colleague) == "member" and mails() == []


def test_the_successor_owns_it_and_both_are_told(
    app: Flask, owner: FlaskClient, boss: User, organisation: Organisation
) -> None:
    colleague = make_member(organisation, "member")
    sent = {"successor": str(colleague.id), "confirm": "yes"}
    assert owner.post(path(organisation), data=sent).status_code == 302
    assert role_of(boss) == "member" and role_of(colleague) == "owner"
    assert {one.to_address for one in mails()} == {boss.email, colleague.email}
    assert actions() == ["organisation.handed_over"]
    assert owner.post(path(organisation), data=sent).status_code == 404  # a double click: no owner any more
    new = app.test_client().sign_in(colleague)  # type: ignore[attr-defined]
    assert new.get(path(organisation)).status_code == 200


def test_it_is_handed_over_to_a_colleague_only(
    owner: FlaskClient, boss: User, organisation: Organisation
) -> None:
    closed = make_member(organisation, "member")
    with transaction():
        db.session.get_one(User, closed.id).active = False
    make_member(organisation, "member")
    elsewhere = make_member(make_organisation(), "member")
    for one in (someone().id, elsewhere.id, closed.id, boss.id, 999_999, "x", ""):
        answer = owner.post(path(organisation), data={"successor": str(one), "confirm": "yes"})
        assert answer.status_code == 422
    assert role_of(boss) == "owner" and mails() == []


def test_without_colleagues_the_page_says_what_to_do(owner: FlaskClient, organisation: Organisation) -> None:
    assert "Nodig die persoon eerst uit" in owner.get(path(organisation)).text


def test_a_colleague_cannot_hand_over(app: Flask, organisation: Organisation) -> None:
    member = app.test_client().sign_in(make_member(organisation, "member"))  # type: ignore[attr-defined]
    assert member.get(path(organisation)).status_code == 404
    assert member.post(path(organisation), data={"successor": "1", "confirm": "yes"}).status_code == 404


def test_an_owner_whose_account_is_closed_keeps_nobody_from_being_the_last(
    owner: FlaskClient, boss: User, organisation: Organisation
) -> None:
    gone = make_member(organisation)
    with transaction():
        db.session.get_one(User, gone.id).active = False
    members = f"/organisaties/{organisation.id}/collegas"
    answer = owner.post(f"{members}/{boss.id}/verwijderen", follow_redirects=True)
    assert "minstens één eigenaar" in answer.text and role_of(boss) == "owner"
    assert owner.post(f"{members}/{gone.id}/verwijderen").status_code == 302
    assert role_of(gone) is None

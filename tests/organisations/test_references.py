"""The track record: ordered, edited by members, and no colleague's text is lost."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.infra.database import db
from app.organisations.models import Organisation, Reference
from tests.accounts.people import actions
from tests.counting import queries
from tests.factories import make_member, make_organisation

TYPED = {"title": "Buurtkok", "period": "2021-2022", "description": "Samen koken.", "contact": "Stad Boom"}


@pytest.fixture
def organisation(app: Flask) -> Organisation:
    return make_organisation("De Brug")


@pytest.fixture
def member(client: FlaskClient, organisation: Organisation) -> FlaskClient:
    return client.sign_in(make_member(organisation, "member"))  # type: ignore[attr-defined, no-any-return]


def path(organisation: Organisation, rest: str = "/nieuw") -> str:
    return f"/organisaties/{organisation.id}/referenties{rest}"


def rows() -> list[Reference]:
    found = list(db.session.scalars(select(Reference).order_by(Reference.position)))
    for one in found:
        db.session.expunge(one)
    db.session.rollback()
    return found


def test_a_member_adds_and_edits_a_reference(member: FlaskClient, organisation: Organisation) -> None:
    assert member.post(path(organisation), data=TYPED).status_code == 302
    one = rows()[0]
    assert one.id >= 1_000_000
    page = member.get(f"/organisaties/{organisation.id}").text
    assert "Buurtkok" in page and "2021-2022" in page and "Stad Boom" in page
    edited = TYPED | {"title": "Buurtkeuken", "version": "1"}
    assert member.post(path(organisation, f"/{one.id}"), data=edited).status_code == 302
    assert [(row.title, row.version) for row in rows()] == [("Buurtkeuken", 2)]
    assert actions() == ["reference.added", "reference.edited"]


def test_two_colleagues_on_one_reference_see_both_texts(
    member: FlaskClient, organisation: Organisation
) -> None:
    member.post(path(organisation), data=TYPED)
    one = path(organisation, f"/{rows()[0].id}")
    member.post(one, data=TYPED | {"title": "Van de een", "version": "1"})
    answer = member.post(one, data=TYPED | {"title": "Van de ander", "version": "1"})
    assert answer.status_code == 409 and "Van de een" in answer.text and "Van de ander" in answer.text
    assert rows()[0].title == "Van de een"


def test_references_stand_in_the_order_that_was_chosen(
    member: FlaskClient, organisation: Organisation
) -> None:
    for title in "ABC":
        member.post(path(organisation), data={"title": title})
    last, first = rows()[2], rows()[0]
    member.post(path(organisation, f"/{last.id}/verplaatsen"), data={"richting": "op"})
    assert [one.title for one in rows()] == ["A", "C", "B"]
    member.post(path(organisation, f"/{first.id}/verplaatsen"), data={"richting": "op"})
    assert [one.title for one in rows()] == ["A", "C", "B"]
    member.post(path(organisation, f"/{first.id}/verplaatsen"), data={"richting": "neer"})
    assert [one.title for one in rows()] == ["C", "A", "B"]
    member.post(path(organisation, f"/{first.id}/verwijderen"))
    assert [one.title for one in rows()] == ["C", "B"]


@pytest.mark.parametrize("typed", [{}, {"title": "   "}, {"title": "x" * 300}, TYPED | {"period": "x" * 61}])
def test_an_empty_or_endless_reference_is_refused_with_what_was_typed(
    member: FlaskClient, organisation: Organisation, typed: dict[str, str]
) -> None:
    answer = member.post(path(organisation), data=typed | {"description": "Blijft staan"})
    assert answer.status_code == 422 and "Blijft staan" in answer.text
    assert rows() == []


def test_there_is_an_end_to_the_list(member: FlaskClient, organisation: Organisation) -> None:
    for number in range(30):
        member.post(path(organisation), data={"title": str(number)})
    answer = member.post(path(organisation), data=TYPED)
    assert answer.status_code == 422 and "al 30 referenties" in answer.text


def test_references_of_others_are_not_found(
    app: Flask, member: FlaskClient, organisation: Organisation
) -> None:
    member.post(path(organisation), data=TYPED)
    one, other = rows()[0].id, make_organisation()
    stranger = app.test_client().sign_in(make_member(other))  # type: ignore[attr-defined]
    for place in (organisation, other):
        assert stranger.get(path(place, f"/{one}")).status_code == 404
        for rest in ("", "/verplaatsen", "/verwijderen"):
            assert stranger.post(path(place, f"/{one}{rest}"), data=TYPED).status_code == 404
    assert app.test_client().get(path(organisation, f"/{one}")).status_code == 302
    assert len(rows()) == 1


def test_the_page_says_how_complete_the_profile_is(member: FlaskClient, organisation: Organisation) -> None:
    done = r">(\d+) van 11<"

    def number() -> int:
        found = re.search(done, member.get(f"/organisaties/{organisation.id}").text)
        assert found
        return int(found.group(1))

    before = number()
    member.post(path(organisation), data=TYPED)
    assert number() == before + 1


@pytest.mark.parametrize("many", [1, 3, 29])
def test_the_page_asks_the_same_however_many_references(
    member: FlaskClient, organisation: Organisation, many: int
) -> None:
    for number in range(many):
        member.post(path(organisation), data={"title": f"Werk {number}"})
    with queries() as seen:
        assert member.get(f"/organisaties/{organisation.id}").status_code == 200
    assert len(seen) <= 9

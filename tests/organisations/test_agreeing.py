"""One administrator merges nothing alone: an owner of each organisation agrees, or nothing happens."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.organisations.models import Membership, MergeProposal, Organisation
from tests import factories as make
from tests.accounts.people import actions, mails

As = Callable[[User], FlaskClient]


@pytest.fixture
def acting(app: Flask) -> As:
    return lambda user: app.test_client().sign_in(user)  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def victim(app: Flask) -> Organisation:
    return make.make_organisation("De Brug")


@pytest.fixture
def alike(app: Flask) -> Organisation:
    return make.make_organisation("De Brug vzw")


@pytest.fixture
def admin(acting: As) -> FlaskClient:
    return acting(make.make_user("Ada Beheer", administrator=True))


def propose(admin: FlaskClient, kept: Organisation, gone: Organisation) -> Any:
    db.session.rollback()
    rows = [db.session.get_one(Organisation, one.id, populate_existing=True).version for one in (kept, gone)]
    db.session.rollback()
    sent = {"kept": str(rows[0]), "gone": str(rows[1]), "sure": "y"}
    return admin.post(f"/beheer/organisaties/{kept.id}/samenvoegen/{gone.id}/bevestigen", data=sent)


def page() -> str:
    db.session.rollback()
    found = db.session.scalars(
        select(MergeProposal.id).order_by(MergeProposal.proposed_at.desc()).limit(1)
    ).one()
    db.session.rollback()
    return f"/organisaties/samenvoegen/{found}"


def reply(client: FlaskClient, word: str) -> Any:
    return client.post(page(), data={"antwoord": word})


def merged(gone: Organisation) -> int | None:
    db.session.rollback()
    return db.session.get_one(Organisation, gone.id, populate_existing=True).merged_into_id


@pytest.mark.parametrize("turned", [False, True])
def test_an_administrator_and_an_accomplice_read_no_sealed_proposal(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation, turned: bool
) -> None:
    owner, mole = make.make_member(victim), make.make_member(alike)
    proposal = make.make_proposal(make.make_call(make.make_region()), victim, owner, submitted=True)
    assert propose(admin, *((alike, victim) if turned else (victim, alike))).status_code == 302
    crook = acting(mole)
    assert reply(crook, "akkoord").status_code == 302
    assert reply(crook, "akkoord").status_code == 302
    assert reply(admin, "akkoord").status_code == 404
    for rest in ("", "/lezen", "/ontvangstbewijs"):
        assert crook.get(f"/kandidaturen/{proposal.id}{rest}").status_code in (403, 404)
    assert crook.post(f"/organisaties/{victim.id}/collegas/{owner.id}/verwijderen").status_code == 404
    assert merged(alike) is None and merged(victim) is None


def test_it_happens_when_an_owner_of_each_agreed(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    one, other = make.make_member(victim), make.make_member(alike)
    colleague = make.make_member(alike, "member")
    propose(admin, victim, alike)
    assert {mail.to_address for mail in mails("organisation.merge_proposed")} == {one.email, other.email}
    assert page() in mails()[0].body_text
    shown = acting(one).get(page()).text
    assert all(name in shown for name in (other.name, colleague.name, "De Brug vzw", "Voorgesteld"))
    assert "Voorgesteld" in admin.get("/beheer/organisaties").text
    reply(acting(one), "akkoord")
    assert merged(alike) is None and "Akkoord van De Brug" in admin.get("/beheer/organisaties").text
    assert "Je ging al akkoord" in acting(one).get(page()).text
    reply(acting(other), "akkoord")
    assert merged(alike) == victim.id and "Samengevoegd" in admin.get("/beheer/organisaties").text
    assert actions() == [
        "organisation.merge_proposed",
        "organisation.merge_agreed",
        "organisation.merge_agreed",
        "organisation.merged",
    ]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "organisation.merged")).one()
    assert (entry.details["kept_name"], entry.details["gone_name"]) == ("De Brug", "De Brug vzw")
    assert acting(other).get(page()).status_code == 200
    reply(acting(other), "weiger")
    assert merged(alike) == victim.id and "organisation.merge_refused" not in actions()


def test_a_refusal_ends_it_and_both_are_told(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    one, other = make.make_member(victim), make.make_member(alike)
    propose(admin, victim, alike)
    reply(acting(other), "akkoord")
    reply(acting(one), "weiger")
    reply(acting(one), "akkoord")
    assert merged(alike) is None and "Geweigerd" in admin.get("/beheer/organisaties").text
    assert {mail.to_address for mail in mails("organisation.merge_refused")} == {one.email, other.email}
    assert actions().count("organisation.merge_refused") == 1
    assert "kan niemand meer antwoorden" in acting(other).get(page()).text
    assert propose(admin, victim, alike).status_code == 302  # after a talk it can be asked again
    assert "Voorgesteld" in acting(one).get(page()).text


def test_who_owns_both_agrees_for_both(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    owner = make.make_member(victim)
    with transaction() as now:
        db.session.add(Membership(user_id=owner.id, organisation_id=alike.id, role="owner", since=now))
    propose(admin, victim, alike)
    assert merged(alike) is None
    reply(acting(owner), "akkoord")
    assert merged(alike) == victim.id


def test_nobody_else_sees_or_answers_it(
    app: Flask, acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    make.make_member(victim), make.make_member(alike)
    propose(admin, victim, alike)
    others = make.make_member(victim, "member"), make.make_user(), make.make_member(make.make_organisation())
    for person in others:
        assert acting(person).get(page()).status_code == 404
        assert reply(acting(person), "akkoord").status_code == 404
    assert "/aanmelden" in app.test_client().get(page()).location
    owner = acting(others[2])
    assert owner.get("/organisaties/samenvoegen/1").status_code == 404
    assert merged(alike) is None


def test_a_strange_answer_is_no_answer(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    owner = make.make_member(victim)
    make.make_member(alike)
    propose(admin, victim, alike)
    assert reply(acting(owner), "ja").status_code == 200
    assert actions() == ["organisation.merge_proposed"]


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.SEALED])
@pytest.mark.parametrize("closed", [False, True])
def test_without_an_owner_nothing_is_merged_while_a_call_keeps_something_secret(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation, phase: Phase, closed: bool
) -> None:
    if closed:  # an administrator who first closes the owner's account gets no further
        owner = make.make_member(victim)
        with transaction():
            db.session.get_one(User, owner.id).active = False
    mole = make.make_member(alike)
    make.make_call(make.make_region(), phase)
    answer = propose(admin, victim, alike)
    assert answer.location == "/beheer/organisaties"
    assert "De Brug heeft geen eigenaar" in admin.get(answer.location).text
    assert merged(alike) is None and mails() == [] and actions() == []
    assert acting(mole).get("/").status_code < 400


def test_without_an_owner_the_other_alone_agrees_when_nothing_is_secret(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    owner = make.make_member(alike)
    make.make_call(make.make_region(), Phase.WRITTEN)
    propose(admin, victim, alike)
    assert merged(alike) is None
    reply(acting(owner), "akkoord")
    assert merged(alike) == victim.id


def test_a_call_that_opens_meanwhile_holds_it_up(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    owner = make.make_member(alike)
    propose(admin, victim, alike)
    make.make_call(make.make_region())
    answer = reply(acting(owner), "akkoord")
    assert answer.status_code == 302 and merged(alike) is None
    assert actions() == ["organisation.merge_proposed"]


def test_two_without_an_owner_are_merged_at_once_when_nothing_is_secret(
    admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    propose(admin, victim, alike)
    assert merged(alike) == victim.id


def test_the_word_of_an_owner_who_left_since_does_not_count(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    first, second, mole = make.make_member(victim), make.make_member(victim), make.make_member(alike)
    propose(admin, victim, alike)
    reply(acting(first), "akkoord")
    acting(second).post(f"/organisaties/{victim.id}/collegas/{first.id}/verwijderen")
    reply(acting(mole), "akkoord")
    assert merged(alike) is None and "Akkoord van De Brug vzw" in acting(second).get(page()).text
    reply(acting(second), "akkoord")
    assert merged(alike) == victim.id


def test_it_is_asked_once_and_lapses_when_one_of_both_is_gone(
    acting: As, admin: FlaskClient, victim: Organisation, alike: Organisation
) -> None:
    owner, other = make.make_member(victim), make.make_member(alike)
    third = make.make_organisation("De Brug Boom")
    with transaction() as now:
        db.session.add(Membership(user_id=other.id, organisation_id=third.id, role="owner", since=now))
    propose(admin, victim, alike)
    waiting = page()
    assert "al voorgesteld" in admin.get(propose(admin, alike, victim).location).text
    propose(admin, third, alike)
    reply(acting(other), "akkoord")
    assert merged(alike) == third.id
    acting(owner).post(waiting, data={"antwoord": "akkoord"})
    assert merged(victim) is None and "Vervallen" in admin.get("/beheer/organisaties").text

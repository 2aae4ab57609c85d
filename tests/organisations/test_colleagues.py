"""An owner brings colleagues in and lets them go; somebody always stays in charge."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import Invitation, User
from app.infra.database import db, transaction
from app.organisations.models import Membership, Organisation
from tests.accounts.people import PASSWORD, actions, link_in, mails, someone
from tests.counting import queries
from tests.factories import make_member, make_organisation

TYPED = {"name": "Nele Nieuw", "email": "nele@voorbeeld.be", "role": "member"}
CHOSEN = {"name": "Nele Nieuw", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def organisation(app: Flask) -> Organisation:
    return make_organisation("De Brug")


@pytest.fixture
def boss(organisation: Organisation) -> User:
    return make_member(organisation)


@pytest.fixture
def owner(client: FlaskClient, boss: User) -> FlaskClient:
    return client.sign_in(boss)  # type: ignore[attr-defined, no-any-return]


def path(organisation: Organisation, rest: str = "") -> str:
    return f"/organisaties/{organisation.id}/collegas{rest}"


def roles(organisation: Organisation) -> list[str]:
    db.session.rollback()
    statement = select(Membership.role).where(Membership.organisation_id == organisation.id)
    found = sorted(db.session.scalars(statement))
    db.session.rollback()
    return found


def test_an_invited_colleague_joins(app: Flask, owner: FlaskClient, organisation: Organisation) -> None:
    assert owner.post(path(organisation), data=TYPED).status_code == 302
    page = owner.get(path(organisation)).text
    assert "nele@voorbeeld.be" in page
    mail = mails()[0]
    assert "medewerker van De Brug" in mail.body_text
    newcomer = app.test_client()
    target = newcomer.post(link_in(mail), data=CHOSEN).location
    assert newcomer.get(target).status_code == 200
    assert roles(organisation) == ["member", "owner"]
    assert newcomer.post(path(organisation), data=TYPED).status_code == 404  # a member invites nobody
    assert "Collega uitnodigen" not in newcomer.get(path(organisation)).text
    assert "member.joined" in actions()


def test_a_colleague_can_become_owner(app: Flask, owner: FlaskClient, organisation: Organisation) -> None:
    colleague = make_member(organisation, "member")
    typed = TYPED | {"email": colleague.email, "role": "owner"}
    assert owner.post(path(organisation), data=typed).status_code == 302
    theirs = app.test_client().sign_in(colleague)  # type: ignore[attr-defined]
    theirs.post(link_in(mails()[0]))
    assert roles(organisation) == ["owner", "owner"]


def test_who_has_the_role_is_not_invited_again(owner: FlaskClient, organisation: Organisation) -> None:
    colleague = make_member(organisation, "member")
    answer = owner.post(path(organisation), data=TYPED | {"email": colleague.email})
    assert answer.status_code == 422 and "hoort al bij" in answer.text


def test_the_last_owner_stays(owner: FlaskClient, boss: User, organisation: Organisation) -> None:
    make_member(organisation, "member")
    answer = owner.post(path(organisation, f"/{boss.id}/verwijderen"), follow_redirects=True)
    assert "minstens één eigenaar" in answer.text
    assert roles(organisation) == ["member", "owner"]


def test_a_removed_colleague_is_out_at_once(
    app: Flask, owner: FlaskClient, organisation: Organisation
) -> None:
    colleague = make_member(organisation, "member")
    theirs = app.test_client().sign_in(colleague)  # type: ignore[attr-defined]
    assert theirs.get(path(organisation)).status_code == 200
    assert owner.post(path(organisation, f"/{colleague.id}/verwijderen")).status_code == 302
    assert theirs.get(path(organisation)).status_code == 404
    assert actions() == ["member.removed"]


def test_a_withdrawn_invitation_does_not_work(
    app: Flask, owner: FlaskClient, organisation: Organisation
) -> None:
    owner.post(path(organisation), data=TYPED)
    invitation = db.session.scalars(select(Invitation.id)).one()
    db.session.rollback()
    assert owner.post(path(organisation, f"/uitnodiging/{invitation}/intrekken")).status_code == 302
    assert app.test_client().get(link_in(mails()[0])).status_code == 410


def test_foreign_ids_are_not_found(app: Flask, owner: FlaskClient, organisation: Organisation) -> None:
    owner.post(path(organisation), data=TYPED)
    invitation = db.session.scalars(select(Invitation.id)).one()
    db.session.rollback()
    other = make_organisation()
    stranger = app.test_client().sign_in(make_member(other))  # type: ignore[attr-defined]
    assert stranger.post(path(other, f"/uitnodiging/{invitation}/intrekken")).status_code == 404
    assert owner.post(path(organisation, f"/{someone().id}/verwijderen")).status_code == 404
    assert owner.post(path(organisation, "/999999/verwijderen")).status_code == 404


@pytest.mark.parametrize("typed", [{"email": "x"}, {"role": "baas"}, {"name": ""}, {"role": ""}])
def test_bad_input_is_told(owner: FlaskClient, organisation: Organisation, typed: dict[str, str]) -> None:
    assert owner.post(path(organisation), data=TYPED | typed).status_code == 422
    assert mails() == []


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_list_asks_the_same_of_the_database(
    owner: FlaskClient, organisation: Organisation, many: int
) -> None:
    for _ in range(many):
        make_member(organisation, "member")
    with queries() as seen:
        assert owner.get(path(organisation)).status_code == 200
    assert len(seen) <= 9


@pytest.mark.parametrize("how", ["removed", "handed over", "closed account"])
def test_who_no_longer_owns_it_does_not_come_back_through_an_own_invitation(
    app: Flask, owner: FlaskClient, boss: User, organisation: Organisation, how: str
) -> None:
    partner = make_member(organisation)
    owner.post(path(organisation), data=TYPED | {"role": "owner"})
    link = link_in(mails()[0])
    if how == "removed":
        other = app.test_client().sign_in(partner)  # type: ignore[attr-defined]
        other.post(path(organisation, f"/{boss.id}/verwijderen"))
    elif how == "handed over":
        sent = {"successor": str(partner.id), "confirm": "yes"}
        owner.post(f"/organisaties/{organisation.id}/eigenaarschap", data=sent)
    else:
        with transaction():
            db.session.get_one(User, boss.id).active = False
    answer = app.test_client().post(link, data=CHOSEN)
    assert answer.status_code == (422 if how == "closed account" else 410)
    assert db.session.scalar(select(User.id).where(User.email == TYPED["email"])) is None
    assert "member.joined" not in actions()
    assert ("invitation.withdrawn" in actions()) is (how != "closed account")


def test_the_invitations_of_others_stay(app: Flask, owner: FlaskClient, organisation: Organisation) -> None:
    partner = make_member(organisation)
    owner.post(path(organisation), data=TYPED)
    owner.post(path(organisation, f"/{partner.id}/verwijderen"))
    app.test_client().post(link_in(mails()[0]), data=CHOSEN)
    assert roles(organisation) == ["member", "owner"]

"""Making a person nameless: who may, what goes, what stays."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, Text, cast, select, type_coerce

from app.accounts.invitations import invite
from app.accounts.models import Invitation, User
from app.accounts.services import set_active
from app.audit.models import AuditEntry
from app.audit.queries import verify
from app.decisions.models import Decision
from app.domain.errors import DomainError, Forbidden, NotFound
from app.dossiers.forgetting.services import forget
from app.evaluation.models import Score
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.organisations.models import Membership
from app.proposals.models import Submission
from app.proposals.seal.sealing import statements
from tests import factories as make
from tests.decisions.world import World
from tests.dossiers.world import build
from tests.factories import actor

At = Callable[[str], None]


@pytest.fixture
def world(app: Flask, at: At) -> World:
    at("2023-07-03T10:00")
    found = build()
    at("2023-08-01T09:00")
    return found


@pytest.fixture
def administrator(world: World) -> User:
    return make.make_user("Ada Beheer", administrator=True)


def closed(user: User, administrator: User) -> str:
    set_active(user.id, False, by=actor(administrator))
    return str(user.email)


def forgotten(user: User, administrator: User, **changes: str) -> str:
    given = {"ground": "request", "typed": user.email, **changes}
    return forget(user.id, by=actor(administrator), **given)


def refused(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(DomainError) as found:
        act()
    assert found.value.code == code
    db.session.rollback()


def test_name_and_address_are_nowhere_in_the_database(world: World, administrator: User) -> None:
    owner = world.owners[0]
    make.make_member(world.organisations[0])
    owner_id, name, email = owner.id, owner.name, closed(owner, administrator)
    assert db.session.scalars(select(OutboxMessage).where(OutboxMessage.to_address == email)).all()
    assert forgotten(owner, administrator) == f"Vroegere gebruiker {owner_id}"
    assert places_of(email) == []
    assert db.session.get_one(User, owner_id).name != name
    assert verify().problem == ""


def places_of(text: str) -> list[str]:
    """Columns in which a text stands, of all tables."""
    found = []
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            hit = cast(type_coerce(column, Text), String).contains(text)
            if db.session.execute(select(column).where(hit).limit(1)).first() is not None:
                found.append(f"{table.name}.{column.name}")
    return found


def test_what_the_person_did_stays_under_the_number(world: World, administrator: User) -> None:
    owner = world.owners[0]
    make.make_member(world.organisations[0])
    closed(owner, administrator)
    ids = list(db.session.scalars(select(Submission.id)))
    receipts, scores = statements(ids), db.session.execute(select(Score.sheet_id, Score.level)).all()
    entries = db.session.execute(select(AuditEntry.seq, AuditEntry.sha256).order_by(AuditEntry.seq)).all()
    decisions = db.session.scalars(select(Decision.motivation)).all()
    forgotten(owner, administrator)
    assert statements(ids) == receipts and verify().problem == ""
    assert db.session.execute(select(Score.sheet_id, Score.level)).all() == scores
    assert db.session.scalars(select(Decision.motivation)).all() == decisions
    after = db.session.execute(select(AuditEntry.seq, AuditEntry.sha256).order_by(AuditEntry.seq)).all()
    assert list(after)[: len(entries)] == list(entries)
    assert db.session.scalar(select(Submission.submitted_by_id).where(Submission.submitted_by_id == owner.id))
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    assert (last.action, last.details) == ("account.anonymised", {"ground": "request"})


def test_only_that_person_goes(world: World, administrator: User) -> None:
    other = world.owners[1]
    before = (other.name, other.email, db.session.scalars(select(Membership.user_id)).all())
    mails = db.session.scalars(select(OutboxMessage.body_text).where(OutboxMessage.to_address == other.email))
    texts = mails.all()
    leaving = make.make_member(world.organisations[1], "member")
    closed(leaving, administrator)
    forgotten(leaving, administrator)
    found = db.session.get_one(User, other.id)
    assert (found.name, found.email, db.session.scalars(select(Membership.user_id)).all()) == before
    mails = db.session.scalars(select(OutboxMessage.body_text).where(OutboxMessage.to_address == other.email))
    assert mails.all() == texts and all(texts)


def test_nobody_signs_in_with_it_and_it_does_not_open_again(
    app: Flask, world: World, administrator: User
) -> None:
    person = make.make_member(world.organisations[0], "member")
    session = app.test_client().sign_in(person)  # type: ignore[attr-defined]
    assert session.get("/mijn-account").status_code == 200
    closed(person, administrator)
    forgotten(person, administrator)
    assert session.get("/mijn-account").status_code == 302
    refused("person_is_nameless", lambda: set_active(person.id, True, by=actor(administrator)))
    refused("forget_done", lambda: forgotten(person, administrator))


def test_the_only_owner_of_an_organisation_in_a_running_call_stays(
    world: World, administrator: User, at: At
) -> None:
    at("2023-07-05T09:00")
    owner = world.owners[0]
    closed(owner, administrator)
    refused("forget_last_owner", lambda: forgotten(owner, administrator))
    at("2023-08-01T09:00")
    forgotten(owner, administrator)


def test_a_juror_of_a_running_call_stays(world: World, administrator: User, at: At) -> None:
    at("2023-07-05T09:00")
    juror = world.jurors[0]
    closed(juror, administrator)
    refused("forget_in_jury", lambda: forgotten(juror, administrator))
    at("2023-08-01T09:00")
    forgotten(juror, administrator)


def test_mistakes_are_refused(world: World, administrator: User) -> None:
    person = make.make_user("Piet Vergissing")
    refused("forget_close_first", lambda: forgotten(person, administrator))
    refused("not_for_oneself", lambda: forgotten(administrator, administrator))
    closed(person, administrator)
    refused("forget_address_differs", lambda: forgotten(person, administrator, typed="iemand@anders.be"))
    refused("forget_ground_unknown", lambda: forgotten(person, administrator, ground="zomaar"))
    with pytest.raises(NotFound):
        forget(999_999, ground="request", typed="", by=actor(administrator))
    for other in (world.regisseur, world.chair, world.owners[0]):
        with pytest.raises((NotFound, Forbidden)):
            forgotten(person, other)


def test_an_open_invitation_no_longer_opens(world: World, administrator: User) -> None:
    person = make.make_user("Piet Genood", email="piet@voorbeeld.be")
    with transaction() as now:
        invite(
            "administrator",
            role="administrator",
            scope_id=0,
            email=person.email,
            name=person.name,
            by=actor(administrator),
            at=now,
        )
    closed(person, administrator)
    forgotten(person, administrator)
    row = db.session.scalars(select(Invitation)).one()
    assert row.withdrawn_at is not None and row.name == "" and "piet" not in row.email


def test_it_is_done_on_the_page(app: Flask, world: World, administrator: User) -> None:
    person = make.make_user("Piet Pagina", email="pagina@voorbeeld.be")
    client: Any = app.test_client().sign_in(administrator)  # type: ignore[attr-defined]
    address = f"/beheer/personen/{person.id}/naamloos"
    assert "Sluit eerst het account af" in client.get(address).get_data(as_text=True)
    client.post(f"/beheer/personen/{person.id}/afsluiten")
    assert address in client.get("/beheer/personen").get_data(as_text=True)
    wrong = client.post(address, data={"ground": "request", "typed": "x\x00y"})
    assert wrong.status_code == 422 and "niet het e-mailadres" in wrong.get_data(as_text=True)
    done = client.post(address, data={"ground": "unused", "typed": "Pagina@voorbeeld.be"})
    assert done.status_code == 302
    page = client.get("/beheer/personen").get_data(as_text=True)
    assert f"Vroegere gebruiker {person.id}" in page and "Piet Pagina" not in page
    assert "Al gebeurd" in client.get(address).get_data(as_text=True)
    assert client.get("/beheer/personen/99999999999/naamloos").status_code == 404
    other: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    assert other.get(address).status_code == 404

"""The mails of the decisions can be read before they leave, and looking writes nothing."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.decisions.communicating import communicate
from app.decisions.rehearsing import Outgoing, mails_to_come
from app.evaluation.models import ConflictDeclaration
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.decisions import world as worlds


def everything(app: Flask) -> dict[str, list[Any]]:
    """Every row of every table."""
    found = {
        table.name: sorted(map(repr, db.session.execute(select(table)).all()))
        for table in db.metadata.sorted_tables
    }
    db.session.rollback()
    return found


def confirmed() -> worlds.World:
    world = worlds.build()
    worlds.propose_all(world)
    worlds.confirm_all(world)
    return world


def test_a_mail_leaves_exactly_as_it_was_shown(app: Flask, still: Any) -> None:
    world = confirmed()
    by = make.actor(world.regisseur)
    shown = {one.id: mails_to_come(world.call.id, one.id, by=by) for one in world.proposals}
    assert all(len(mails) == 1 for mails in shown.values())
    communicate(world.call.id, by=by)
    columns = [getattr(OutboxMessage, name) for name in Outgoing._fields]
    sent = db.session.execute(select(*columns).where(OutboxMessage.kind == "decision")).all()
    expected = sorted(tuple(one) for mails in shown.values() for one in mails)
    assert sorted(map(tuple, sent)) == expected


def test_looking_leaves_the_database_as_it_was(app: Flask, client: FlaskClient) -> None:
    world = confirmed()
    before = everything(app)
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    for address in addresses(world):
        assert client.get(address).status_code == 200, address
    assert everything(app) == before


def addresses(world: worlds.World) -> list[str]:
    one = world.proposals[0].id
    return [
        f"/oproepen/{world.call.id}/beslissingen/mails",
        f"/kandidaturen/{one}/beslissing/mail",
        f"/kandidaturen/{one}/beslissing/mail/1/html",
    ]


def test_only_the_regisseur_reads_them_and_nobody_in_conflict(client: FlaskClient) -> None:
    world = confirmed()
    for person in (world.owners[0], world.owners[1], world.jurors[0], world.chair):
        client.sign_in(person)  # type: ignore[attr-defined]
        assert {client.get(one).status_code for one in addresses(world)} <= {403, 404}
    with transaction() as now:
        db.session.add(
            ConflictDeclaration(
                addendum_id=world.call.id,
                juror_id=world.regisseur.id,
                organisation_id=world.organisations[0].id,
                in_conflict=True,
                kind="board",
                declared_at=now,
            )
        )
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    assert {client.get(one).status_code for one in addresses(world)} <= {403, 404}


def test_an_applicant_without_people_and_numbers_that_do_not_exist(client: FlaskClient) -> None:
    world = confirmed()
    with transaction():
        db.session.get_one(User, world.owners[1].id).active = False
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    page = client.get(f"/kandidaturen/{world.proposals[1].id}/beslissing/mail").text
    assert "heeft niemand een account" in page
    first = f"/kandidaturen/{world.proposals[0].id}/beslissing/mail"
    for number in ("0", "2", "99999999999999999999"):
        assert client.get(f"{first}/{number}/html").status_code == 404


def test_after_the_act_the_outbox_takes_over(client: FlaskClient) -> None:
    world = confirmed()
    communicate(world.call.id, by=make.actor(world.regisseur))
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    for address in addresses(world):
        assert client.get(address).headers["Location"].endswith("/uitgaande-post")


def test_what_is_only_proposed_can_be_read_and_stays_proposed(app: Flask, client: FlaskClient) -> None:
    world = worlds.build()
    worlds.propose_all(world)
    before = everything(app)
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    assert {client.get(address).status_code for address in addresses(world)} == {200}
    assert everything(app) == before


def test_without_a_decision_there_is_no_mail(client: FlaskClient) -> None:
    world = worlds.build()
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    assert [client.get(address).status_code for address in addresses(world)] == [200, 404, 404]

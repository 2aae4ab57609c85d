"""The mails of the decisions can be read before they leave, and looking writes nothing."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.queries import load_call
from app.decisions.communicating import communicate
from app.decisions.later.queries import pending_on
from app.decisions.later.services import confirm_later, propose_later
from app.decisions.later.telling import communicate_later
from app.decisions.mail_examples import examples
from app.decisions.mails import decision_mails, ready_mails
from app.decisions.queries import DecisionRow, decision_of
from app.evaluation.models import ConflictDeclaration
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.notifications.services import Recipient, write, write_each
from app.proposals.own.statuses import own_status
from tests import factories as make
from tests.counting import queries
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


def shown(world: worlds.World, row: DecisionRow | None) -> list[tuple[Any, ...]]:
    """The mails of one decision as the page shows them."""
    assert row is not None
    call = load_call(world.call.id, clock.read())
    found = [
        (one.to.email, one.to.name, *one.written, *one.letter)
        for one in ready_mails(decision_mails(call, [row], clock.read())[row.id])
    ]
    db.session.rollback()
    return found


def queued(world: worlds.World) -> list[tuple[Any, ...]]:
    """The same of every decision mail in the outbox."""
    mail = OutboxMessage
    columns = (mail.to_address, mail.to_name, mail.subject, mail.body_text, mail.body_html)
    rows = db.session.execute(
        select(*columns, mail.attachment_name, mail.attached_letter)
        .where(mail.kind == "decision", mail.addendum_id == world.call.id)
        .order_by(mail.id)
    )
    found = [tuple(row) for row in rows]
    db.session.rollback()
    return found


OUTCOMES = ("selected", "reserve", "not_selected", "inadmissible")


def test_a_mail_leaves_exactly_as_it_was_shown(app: Flask, at: Any) -> None:
    at("2023-07-03T10:00")
    world = worlds.build(4)
    colleague = make.make_member(world.organisations[0], "member")
    with transaction():
        db.session.get_one(User, colleague.id).name = "Bé <b> & Co\u2019s"
    worlds.propose_all(world, OUTCOMES)
    worlds.confirm_all(world)
    expected = [mail for one in world.proposals for mail in shown(world, decision_of(one.id))]
    assert len(expected) == 5
    at("2023-07-03T23:59:40")
    communicate(world.call.id, by=make.actor(world.regisseur))
    assert sorted(queued(world)) == sorted(expected)


def test_a_mail_says_where_the_page_says_it_stands(app: Flask, at: Any) -> None:
    at("2023-07-03T10:00")
    world = worlds.build(4)
    worlds.tell_all(world, OUTCOMES)
    call = load_call(world.call.id, clock.read())
    told = {letter: text for _, _, _, text, _, _, letter in queued(world)}
    for one in world.proposals:
        status = own_status(one.id, call, clock.read()).status
        row = decision_of(one.id)
        assert row is not None and status.line in told[row.id] and status.next_text in told[row.id]


@pytest.mark.parametrize("cause", ["reserve", "objection"])
def test_the_mail_of_a_later_decision_leaves_as_it_was_shown(
    client: FlaskClient, at: Any, cause: str
) -> None:
    at("2023-07-03T10:00")
    world = worlds.build()
    worlds.tell_all(world)
    one, first = world.proposals[1], len(queued(world))
    wanted = worlds.wanted(reasons=worlds.REASONS.format(name="B") + " Er kwam een plaats vrij.")
    kept = propose_later(one.id, wanted, cause=cause, by=make.actor(world.chair))
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    assert "Geselecteerd" in client.get(f"/kandidaturen/{one.id}/beslissing/mail").text, "proposed is enough"
    by = make.actor(world.regisseur)
    confirm_later(world.call.id, {kept.id: kept.version}, by=by)
    pending = pending_on(one.id)
    expected = shown(world, pending.decision if pending else None)
    page = client.get(f"/kandidaturen/{one.id}/beslissing/mail").text
    assert "Terug naar de nieuwe beslissingen" in page and expected[0][0] in page
    assert client.get(f"/kandidaturen/{one.id}/beslissing/mail/1/html").status_code == 200
    assert communicate_later(world.call.id, {kept.id: kept.version}, by=by) == 1
    assert queued(world)[first:] == expected
    assert client.get(f"/kandidaturen/{one.id}/beslissing/mail").status_code == 302


def test_looking_asks_the_database_for_nothing_but_rows(client: FlaskClient) -> None:
    world = confirmed()
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    for address in addresses(world):
        with queries() as asked:
            client.get(address)
        assert asked and {one.split()[0] for one in asked} == {"SELECT"}, address


def test_somebody_who_writes_holds_up_no_look(app: Flask, client: FlaskClient) -> None:
    world = confirmed()
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    other = db.engine.connect().execution_options(writes=True)
    try:
        other.execute(select(User.id))  # a writer that takes its time
        assert {client.get(one).status_code for one in addresses(world)} == {200}
    finally:
        other.close()


def test_a_mail_to_several_is_the_mail_to_each(app: Flask) -> None:
    people = [Recipient("a@b.be", " An "), Recipient("c@d.be"), Recipient("e@f.be", "Bo <i> & co")]
    example = examples()["decision"]
    given = {"subject": example.subject, "template": example.template, **example.context}
    each = write_each("decision", people, **given)
    assert each == [write("decision", to=one, **given) for one in people]
    assert each[0].text.startswith("Beste An,") and each[1].text.startswith("Goeiedag,")
    assert "Bo &lt;i&gt; &amp; co," in each[2].html and "Bo <i> & co," in each[2].text


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

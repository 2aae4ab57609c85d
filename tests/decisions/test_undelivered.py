"""A mail that did not arrive stands on the regisseur's list until somebody did something about it."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.domain.undelivered import OTHERWISE, why_undelivered
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.counting import queries
from tests.decisions.world import World, build, tell_all

USER_UNKNOWN = "5.1.1 smtp; 550 5.1.1 <x@y.be>: Recipient address rejected: User unknown"


@pytest.fixture
def world(app: Flask) -> World:
    found = build(3)
    tell_all(found)
    return found


@pytest.fixture
def regisseur(app: Flask, world: World) -> FlaskClient:
    found: Any = app.test_client()
    return found.sign_in(world.regisseur)  # type: ignore[no-any-return]


def mail_to(world: World, number: int = 0) -> OutboxMessage:
    db.session.rollback()
    found = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.kind == "decision", OutboxMessage.to_address == world.owners[number].email)
        .order_by(OutboxMessage.id)
    ).first()
    assert found is not None
    return found


def bounce(world: World, number: int = 0, said: str = USER_UNKNOWN) -> int:
    message_id = mail_to(world, number).id
    with transaction() as now:
        row = db.session.get_one(OutboxMessage, message_id)
        row.sent_at = row.bounced_at = now
        row.last_error = said
    return message_id


def fresh(message_id: int) -> OutboxMessage:
    db.session.rollback()
    return db.session.get_one(OutboxMessage, message_id)


def url(world: World, tail: str = "") -> str:
    return f"/oproepen/{world.call.id}/uitgaande-post{tail}"


def actions() -> list[str]:
    db.session.rollback()
    return [one for one in db.session.scalars(select(AuditEntry.action)) if one.startswith("mail.")]


def test_what_came_back_stands_on_the_list_in_plain_words(world: World, regisseur: FlaskClient) -> None:
    bounce(world)
    page = regisseur.get(f"/oproepen/{world.call.id}/post/niet-bezorgd").text
    assert world.owners[0].email in page and world.owners[1].email not in page
    assert "kent dit adres niet" in page and "550" not in page
    assert "Eén mail kwam niet aan" in regisseur.get(url(world)).text


def test_the_home_page_asks_for_it_until_it_is_done(world: World, regisseur: FlaskClient) -> None:
    assert "niet bezorgd" not in regisseur.get("/").text
    message_id = bounce(world)
    assert "1 mail is niet bezorgd" in regisseur.get("/", follow_redirects=True).text
    regisseur.post(url(world, f"/{message_id}/anders"), data={"how": "Aan de telefoon voorgelezen."})
    assert "niet bezorgd" not in regisseur.get("/", follow_redirects=True).text


def test_the_list_counts_each_state(world: World, regisseur: FlaskClient) -> None:
    bounce(world)
    page = regisseur.get(url(world, "?stand=niet-bezorgd")).text
    assert world.owners[0].email in page and world.owners[1].email not in page
    assert world.owners[1].email in regisseur.get(url(world, "?stand=wacht")).text
    assert regisseur.get(url(world, "?stand=verstuurd")).text.count("Geen mails met deze stand") == 1


@pytest.mark.parametrize("odd", ["?stand=x&pagina=0", "?pagina=99999999999999999999", "?pagina=-1&stand=%00"])
def test_an_odd_address_shows_the_list(world: World, regisseur: FlaskClient, odd: str) -> None:
    assert regisseur.get(url(world, odd)).status_code == 200


def test_sent_again_it_is_a_mail_of_its_own(world: World, regisseur: FlaskClient) -> None:
    message_id = bounce(world)
    before = fresh(message_id)
    answer = regisseur.post(
        url(world, f"/{message_id}/opnieuw"), data={"address": before.to_address}, follow_redirects=True
    )
    assert "opnieuw klaargezet" in answer.text
    again = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert again is not None
    assert again.message_id != fresh(message_id).message_id
    assert (again.body_text, again.attached_letter, again.attachment) == (
        fresh(message_id).body_text,
        fresh(message_id).attached_letter,
        fresh(message_id).attachment,
    )
    assert again.sent_at is None and again.attempts == 0 and again.last_error is None
    assert fresh(message_id).handled_at and actions() == ["mail.sent_again"]


def test_a_colleague_gets_it_under_the_own_name(world: World, regisseur: FlaskClient) -> None:
    colleague = make.make_member(world.organisations[0], "member")
    with transaction():
        db.session.get_one(User, colleague.id).name = "Zoë <De> Wit"
    message_id = bounce(world)
    assert colleague.email in regisseur.get(url(world, f"/{message_id}")).text
    regisseur.post(url(world, f"/{message_id}/opnieuw"), data={"address": colleague.email})
    db.session.rollback()
    again = db.session.scalars(select(OutboxMessage).where(OutboxMessage.to_address == colleague.email)).one()
    assert again.body_text.startswith("Beste Zoë <De> Wit,")
    assert "<De>" not in again.body_html


@pytest.mark.parametrize("address", ["", "vreemd@voorbeeld.be", "rival", "x\x00y", "é" * 5000])
def test_no_letter_goes_to_somebody_of_another_organisation(
    world: World, regisseur: FlaskClient, address: str
) -> None:
    message_id = bounce(world)
    sent = world.owners[1].email if address == "rival" else address
    answer = regisseur.post(url(world, f"/{message_id}/opnieuw"), data={"address": sent})
    assert answer.status_code == 422 and "Kies een van de adressen" in answer.text
    assert fresh(message_id).handled_at is None and actions() == []


def test_delivered_otherwise_says_how(world: World, regisseur: FlaskClient) -> None:
    message_id = bounce(world)
    answer = regisseur.post(url(world, f"/{message_id}/anders"), data={"how": "  \n"})
    assert answer.status_code == 422 and "Schrijf hoe en wanneer" in answer.text
    long = "Aangetekend verstuurd. " * 60
    answer = regisseur.post(url(world, f"/{message_id}/anders"), data={"how": long})
    assert answer.status_code == 422 and long.strip()[:200] in answer.text
    regisseur.post(url(world, f"/{message_id}/anders"), data={"how": "Aangetekend op 3 juni <b>"})
    after = fresh(message_id)
    assert after.handled_how == "Anders bezorgd: Aangetekend op 3 juni <b>"
    assert after.handled_by_id == world.regisseur.id and actions() == ["mail.delivered_otherwise"]
    assert "3 juni &lt;b&gt;" in regisseur.get(url(world)).text


def test_a_second_click_sends_nothing(world: World, regisseur: FlaskClient) -> None:
    message_id = bounce(world)
    data = {"address": world.owners[0].email}
    regisseur.post(url(world, f"/{message_id}/opnieuw"), data=data)
    before = db.session.scalars(select(OutboxMessage.id)).all()
    answer = regisseur.post(url(world, f"/{message_id}/opnieuw"), data=data, follow_redirects=True)
    assert "al afgehandeld" in answer.text
    db.session.rollback()
    assert db.session.scalars(select(OutboxMessage.id)).all() == before
    answer = regisseur.post(url(world, f"/{message_id}/anders"), data={"how": "x"}, follow_redirects=True)
    assert "al afgehandeld" in answer.text and actions() == ["mail.sent_again"]


def test_what_arrived_is_not_sent_again(world: World, regisseur: FlaskClient) -> None:
    message_id = mail_to(world).id
    regisseur.post(url(world, f"/{message_id}/opnieuw"), data={"address": world.owners[0].email})
    assert fresh(message_id).handled_at is None and actions() == []


@pytest.mark.parametrize("who", ["owner", "chair", "juror", "other regisseur", "visitor"])
def test_only_the_regisseur_of_the_call_comes_here(app: Flask, world: World, who: str) -> None:
    message_id = bounce(world)
    client: Any = app.test_client()
    people = {
        "owner": lambda: world.owners[0],
        "chair": lambda: world.chair,
        "juror": lambda: world.jurors[0],
        "other regisseur": lambda: make.make_regisseur(make.make_region("Elders")),
    }
    if who != "visitor":
        client.sign_in(people[who]())
    for path in (f"/oproepen/{world.call.id}/post/niet-bezorgd", url(world, f"/{message_id}")):
        assert client.get(path).status_code in (302, 403, 404)
    for tail, data in (("opnieuw", {"address": world.owners[0].email}), ("anders", {"how": "x"})):
        assert client.post(url(world, f"/{message_id}/{tail}"), data=data).status_code in (302, 403, 404)
    assert fresh(message_id).handled_at is None


def test_a_decision_that_did_not_arrive_points_at_a_new_notice(world: World, regisseur: FlaskClient) -> None:
    page = regisseur.get(url(world, f"/{bounce(world)}")).text
    assert f"/kandidaturen/{world.proposals[0].id}/beslissing/kennisgeving" in page


def test_the_lists_cost_the_same_for_one_and_for_thirty(world: World, regisseur: FlaskClient) -> None:
    costs = []
    for wanted in (1, 3, 30):
        with transaction() as now:
            for number in range(wanted):
                db.session.add(
                    OutboxMessage(
                        kind="decision",
                        addendum_id=world.call.id,
                        to_address=f"{wanted}-{number}@voorbeeld.be",
                        subject="x",
                        body_text="x",
                        body_html="x",
                        message_id=f"<{wanted}-{number}@voorbeeld.be>",
                        created_at=now,
                        next_attempt_at=now,
                        given_up_at=now,
                    )
                )
        with queries() as first:
            regisseur.get(f"/oproepen/{world.call.id}/post/niet-bezorgd")
        with queries() as second:
            regisseur.get(url(world))
        costs.append((len(first), len(second)))
    assert len(set(costs)) == 1, costs


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (USER_UNKNOWN, "kent dit adres niet"),
        ("SMTPRecipientsRefused: {'a@b.be': (550, b'no such person')}", "kent dit adres niet"),
        ("552 5.2.2 mailbox full", "zit vol"),
        ("SMTPDataError: (552, b'message size limit exceeded')", "zit vol"),
        ("5.3.4 message too big", "te groot"),
        ("5.7.1 blocked by policy", "ongewenste"),
        ("SMTPRecipientsRefused: {'a@b.be': (451, b'try again later')}", "later"),
        ("DomainError: email_invalid", "geen geldig"),
        ("", OTHERWISE),
        (None, OTHERWISE),
    ],
)
def test_why_it_did_not_arrive_is_said_in_words(said: str | None, words: str) -> None:
    assert words in why_undelivered(said)

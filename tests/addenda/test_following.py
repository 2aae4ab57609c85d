"""Following a call by mail: nothing before the address said yes, and one click to stop."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.audience import audience
from app.addenda.following.models import Follower
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.notifications.sending import compose
from app.notifications.services import Recipient, enqueue
from tests import factories as make


def mails(kind: str) -> list[OutboxMessage]:
    found = list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))
    db.session.rollback()
    return found


def link_in(message: OutboxMessage) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", message.body_text)
    assert found
    return found[1]


def ask(client: FlaskClient, call_id: int, email: str = "lien@voorbeeld.be") -> str:
    answer = client.post(f"/oproepen/{call_id}/volgen", data={"email": email})
    assert answer.status_code == 200, answer.text
    return link_in(mails("call.follow")[-1])


def test_an_address_follows_only_after_it_confirmed(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    link = ask(client, call.id)
    assert audience(call.id) == []
    assert "Ja, ik wil deze oproep volgen" in client.get(link).text
    assert audience(call.id) == [], "opening the link is not saying yes"
    client.post(link)
    assert [one.email for one in audience(call.id)] == ["lien@voorbeeld.be"]
    assert "Je volgt deze oproep" in client.get(link).text


def test_one_click_stops_without_a_token_or_a_session(app: Flask, client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    client.post(ask(client, call.id))
    stop = audience(call.id)[0].stop_url or ""
    path = "/" + stop.split("/", 3)[3]
    client.get(path)
    assert audience(call.id), "opening the link is not stopping"
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 303
    assert audience(call.id) == []
    assert "Je volgt deze oproep niet meer" in client.get(path).text


def test_who_follows_already_gets_no_second_mail_and_the_page_does_not_tell(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    first = client.post(f"/oproepen/{call.id}/volgen", data={"email": "lien@voorbeeld.be"})
    client.post(link_in(mails("call.follow")[0]))
    again = client.post(f"/oproepen/{call.id}/volgen", data={"email": "Lien@Voorbeeld.be"})
    assert len(mails("call.follow")) == 1
    assert first.text == again.text.replace("Lien@Voorbeeld.be", "lien@voorbeeld.be")


def test_the_own_address_of_an_account_follows_at_once(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    person = make.make_user("Fatma Volger")
    client.sign_in(person)
    answer = client.post(f"/oproepen/{call.id}/volgen", data={"email": person.email}, follow_redirects=True)
    assert "Je volgt deze oproep" in answer.text
    assert [one.email for one in audience(call.id)] == [person.email]
    assert mails("call.follow") == []


def test_a_stopped_follower_can_come_back_by_the_same_link(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    link = ask(client, call.id)
    client.post(link)
    client.post(f"{link}/stop")
    assert audience(call.id) == []
    client.post(link)
    assert len(audience(call.id)) == 1
    assert db.session.query(Follower).count() == 1


def test_a_bad_address_is_refused_and_kept(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    answer = client.post(f"/oproepen/{call.id}/volgen", data={"email": "lien bij voorbeeld"})
    assert answer.status_code == 422
    assert "lien bij voorbeeld" in answer.text
    assert client.post(f"/oproepen/{call.id}/volgen", data={"email": ""}).status_code == 422


def test_too_many_mails_to_one_address_are_refused(client: FlaskClient) -> None:
    call = make.make_call(make.make_region())
    codes = [
        client.post(f"/oproepen/{call.id}/volgen", data={"email": "lien@voorbeeld.be"}).status_code
        for _ in range(7)
    ]
    assert codes[0] == 200
    assert codes[-1] == 429


def test_a_draft_cannot_be_followed_and_an_unknown_key_is_nothing(client: FlaskClient) -> None:
    draft = make.make_call(make.make_region(), Phase.DRAFT)
    assert client.get(f"/oproepen/{draft.id}/volgen").status_code == 404
    assert client.post(f"/oproepen/{draft.id}/volgen", data={"email": "a@voorbeeld.be"}).status_code == 404
    assert client.get("/volgen/onbekend").status_code == 404
    assert client.post("/volgen/onbekend/stop").status_code == 404


def test_a_mail_to_a_follower_says_how_to_stop_and_others_do_not(app: Flask) -> None:
    with transaction() as now:
        values = {"subject": "Gewijzigd", "template": "addenda/mail_follow", "at": now, "title": "x"}
        one = enqueue(
            "call.amended",
            to=Recipient("a@voorbeeld.be"),
            stop_url="https://pw.example/volgen/k/stop",
            **values,
        )
        other = enqueue("call.follow", to=Recipient("b@voorbeeld.be"), **values)
    mail = compose(one, "Partnerwijzer <post@voorbeeld.be>", one.created_at)
    assert mail["List-Unsubscribe"] == "<https://pw.example/volgen/k/stop>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://pw.example/volgen/k/stop" in one.body_text
    assert "https://pw.example/volgen/k/stop" in one.body_html
    assert compose(other, "Partnerwijzer <post@voorbeeld.be>", one.created_at)["List-Unsubscribe"] is None


def test_a_call_that_changes_no_more_cannot_be_followed(client: FlaskClient) -> None:
    closed = make.make_call(make.make_region(), Phase.SEALED)
    answer = client.post(f"/oproepen/{closed.id}/volgen", data={"email": "lien@voorbeeld.be"})
    assert answer.status_code == 422
    assert "wijzigt niet meer" in answer.text
    assert "Volg deze oproep per mail" not in client.get(f"/oproepen/{closed.id}").text

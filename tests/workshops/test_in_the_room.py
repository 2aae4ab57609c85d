"""People in the room: joining, writing, seeing what others wrote, and what happens when it goes wrong."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db, transaction
from app.workshops import services
from app.workshops.policy import (
    ALPHABET,
    AVOIDED,
    CODE_LENGTH,
    NOTES_PER_MINUTE,
    WRONG_CODES,
    clean_code,
    clean_text,
    new_code,
)
from app.workshops.queries import groups_of
from tests import factories as make
from tests.workshops.world import Phone, Room, notes, open_room


@pytest.fixture
def room(app: Flask) -> Room:
    return open_room()


def test_a_code_has_no_signs_that_look_alike() -> None:
    assert not set("O0QI1LBGSZU") & set(ALPHABET)
    codes = [new_code() for _ in range(2000)]
    assert all(clean_code(code) == code for code in codes[:200])
    assert not any(word in code for word in AVOIDED for code in codes)


@pytest.mark.parametrize("typed", ["k7m4xp", " K7M 4XP ", "k7m-4xp", "K7M.4XP", "k 7 m 4 x p"])
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert clean_code(typed) == "K7M4XP"


def test_a_sign_that_looks_like_another_is_read_as_the_one_that_exists() -> None:
    assert clean_code("bgszu3") == "8652V3"


@pytest.mark.parametrize("typed", ["", "K7M", "K7M4XPP", "K7M4X!", "K7M4XO", "💥" * CODE_LENGTH, "a" * 5000])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert clean_code(typed) == ""


def test_a_phone_joins_with_the_code_and_writes(app: Flask, room: Room, client: FlaskClient) -> None:
    answer = client.post("/meedoen", data={"code": room.code.lower(), "name": "Mia"})
    assert answer.status_code == 302 and answer.location == f"/s/{room.code}"
    cookie = client.get_cookie("pw_sessie")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Lax"
    page = client.get(answer.location).get_data(as_text=True)
    assert "Dag Mia" in page and "Nora" in page and "Algemeen" in page
    topic = f"/s/{room.code}/u/{room.topics[0]}"
    assert "Obstakel 1.1" in client.get(topic).get_data(as_text=True)
    assert client.post(topic, data={"text": "geen rijbewijs", "client_key": "a"}).status_code == 302
    assert "geen rijbewijs" in client.get(topic).get_data(as_text=True)


def test_the_page_to_join_is_the_same_for_every_code(room: Room, client: FlaskClient) -> None:
    real, other = client.get(f"/s/{room.code}"), client.get("/s/AAAAAA")
    assert real.status_code == other.status_code == 200
    assert "Partners van Bornem" not in real.get_data(as_text=True)


def test_a_wrong_code_is_said_and_what_was_typed_stays(room: Room, client: FlaskClient) -> None:
    answer = client.post("/meedoen", data={"code": "ACD EFH", "name": "Mia"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "kennen we niet" in page and 'value="ACD EFH"' in page


def test_a_hall_may_mistype_but_guessing_stops(app: Flask, room: Room) -> None:
    guesser, hall = app.test_client(), app.test_client()
    wrong = [guesser.post("/meedoen", data={"code": "AAAAAA"}).status_code for _ in range(WRONG_CODES)]
    assert set(wrong) == {422}
    assert guesser.post("/meedoen", data={"code": room.code}).status_code == 429
    other = hall.post("/meedoen", data={"code": room.code}, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert other.status_code == 302


def test_a_guesser_does_not_stop_phones_that_joined_before(app: Flask, room: Room) -> None:
    phone = Phone(app, room)
    for _ in range(WRONG_CODES):
        app.test_client().post("/meedoen", data={"code": "AAAAAA"})
    assert phone.write("geen vervoer").status_code == 200


def test_a_guesser_is_let_go_after_a_quarter_of_an_hour(app: Flask, room: Room, at: Any) -> None:
    for _ in range(WRONG_CODES):
        app.test_client().post("/meedoen", data={"code": "AAAAAA"})
    at(clock.read() + timedelta(minutes=16))
    assert app.test_client().post("/meedoen", data={"code": room.code}).status_code == 302


def test_a_forged_cookie_is_nobody(app: Flask, room: Room) -> None:
    client = app.test_client()
    for value in ("", "x", "ImtleSI.AAAA", '"key"'):
        client.set_cookie("pw_sessie", value)
        assert client.get(f"/s/{room.code}/u/{room.topics[0]}").status_code == 302
        assert client.post(f"/s/{room.code}/u/0", data={"text": "hallo"}).status_code == 403
    assert notes() == []


def test_sending_twice_is_one_note(app: Flask, room: Room) -> None:
    phone = Phone(app, room)
    first, second = phone.write("geen rijbewijs", key="k"), phone.write("geen rijbewijs", key="k")
    assert first.json == second.json and len(notes()) == 1


def test_other_words_under_the_same_key_are_another_note(app: Flask, room: Room) -> None:
    """Going back in the browser brings the old key with a new text."""
    phone = Phone(app, room)
    phone.write("geen rijbewijs", key="k")
    phone.write("geen internet", key="k")
    assert [note.text for note in notes()] == ["geen rijbewijs", "geen internet"]


def test_a_note_accepted_before_closing_is_still_accepted_after_it(app: Flask, room: Room) -> None:
    phone = Phone(app, room)
    first = phone.write("geen rijbewijs", key="k")
    services.close_session(room.call.id, room.id, by=room.by)
    assert phone.write("geen rijbewijs", key="k").json == first.json
    late = phone.write("geen werk")
    assert late.status_code == 409 and late.json["state"] == "refused" and len(notes()) == 1


def test_what_was_typed_stays_when_the_session_closes(app: Flask, room: Room) -> None:
    phone = Phone(app, room, "Mo")
    phone.write("geen rijbewijs")
    services.close_session(room.call.id, room.id, by=room.by)
    answer = phone.client.post(phone.url(), data={"text": "nog één idee", "client_key": "z"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "nog één idee</textarea>" in page and "afgesloten" in page
    closed = phone.client.get(f"/s/{room.code}").get_data(as_text=True)
    assert "De sessie is afgesloten" in closed and "geen rijbewijs" in closed


def test_a_note_sent_before_joining_goes_along(app: Flask, room: Room) -> None:
    client = app.test_client()
    url = f"/s/{room.code}/u/{room.topics[0]}"
    refused = client.post(url, data={"text": "geen bus", "client_key": "k"})
    assert refused.status_code == 403 and "geen bus" in refused.get_data(as_text=True)
    form = {"text": "geen bus", "topic": str(room.topics[0]), "client_key": "k"}
    assert client.post(f"/s/{room.code}", data=form).location == url
    assert [note.text for note in notes()] == ["geen bus"]


def test_a_paste_of_a_thousand_characters_is_refused_and_kept(app: Flask, room: Room) -> None:
    phone = Phone(app, room)
    long = "lange tekst " * 84
    page = phone.client.post(phone.url(), data={"text": long, "client_key": "k"})
    assert page.status_code == 422 and long.strip() in page.get_data(as_text=True)
    assert "hoogstens 280 tekens" in page.get_data(as_text=True) and notes() == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c", "a b c"),
        ("  twee \r\n regels\t ", "twee regels"),
        ("rechts\u202elinks\u200b", "rechtslinks"),
        ("gezin 👨\u200d👩\u200d👧 zonder opvang", "gezin 👨\u200d👩\u200d👧 zonder opvang"),
        ("\ud800 half", "half"),
    ],
)
def test_a_note_is_one_line_of_plain_text(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\n\n"])
def test_an_empty_note_is_refused(app: Flask, room: Room, text: str) -> None:
    assert Phone(app, room).write(text).status_code == 422


def test_markup_and_links_are_shown_as_they_were_typed(app: Flask, room: Room) -> None:
    phone = Phone(app, room)
    phone.write("<script>alert(1)</script> https://voorbeeld.be")
    page = phone.read()
    assert "<script>alert" not in page and 'href="https://voorbeeld.be' not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("topic", ["999999", "2147483647"])
def test_a_challenge_that_is_not_of_this_call_is_not_found(app: Flask, room: Room, topic: str) -> None:
    phone = Phone(app, room)
    url = f"/s/{room.code}/u/{topic}"
    assert phone.client.get(url).status_code == 404
    assert phone.client.post(url, data={"text": "x", "client_key": "k"}).status_code == 404


def test_a_challenge_or_group_of_another_session_is_not_found(app: Flask, room: Room) -> None:
    other = open_room()
    stranger, phone = Phone(app, other), Phone(app, room)
    stranger.write("geen rijbewijs")
    written = notes()[0]
    assert phone.write("hallo", topic=other.topics[0]).status_code == 404
    assert phone.client.post(f"/s/{room.code}/groepen/{written.group_id}/ook").status_code == 404
    assert phone.client.post(f"/s/{room.code}/briefjes/{written.id}/intrekken").status_code == 404
    assert notes()[0].withdrawn_at is None


def test_who_goes_too_fast_waits_alone(app: Flask, room: Room) -> None:
    fast, other = Phone(app, room), Phone(app, room)
    answers = [fast.write(f"idee nummer {number}").status_code for number in range(NOTES_PER_MINUTE + 1)]
    assert answers[-1] == 429 and set(answers[:-1]) == {200}
    assert other.write("geen rijbewijs").status_code == 200  # the same address


def test_near_duplicates_come_together_and_others_do_not(app: Flask, room: Room) -> None:
    for text in ("geen rijbewijs", "Heeft geen rijbewijs!", "geen werk", "wel een rijbewijs"):
        Phone(app, room).write(text)
    Phone(app, room).write("geen rijbewijs", topic=room.topics[1])
    groups = groups_of(room.id)
    found = {(one.text, one.topic): one.people for one in groups}
    first, second = room.topics
    assert found == {
        ("geen rijbewijs", first): 2,
        ("geen werk", first): 1,
        ("wel een rijbewijs", first): 1,
        ("geen rijbewijs", second): 1,
    }


def test_what_others_wrote_shows_after_the_first_own_note(app: Flask, room: Room) -> None:
    Phone(app, room).write("geen rijbewijs")
    phone = Phone(app, room)
    assert "geen rijbewijs" not in phone.read()
    phone.write("schulden")
    assert "geen rijbewijs" in phone.read()


def test_a_plus_one_counts_a_person_once(app: Flask, room: Room) -> None:
    writer, phone = Phone(app, room), Phone(app, room)
    writer.write("geen rijbewijs")
    group = notes()[0].group_id
    for one in (phone, phone, writer):
        one.client.post(f"/s/{room.code}/groepen/{group}/ook")
    assert groups_of(room.id)[0].people == 2 and len(notes()) == 2
    own = notes()[1].id
    phone.client.post(f"/s/{room.code}/briefjes/{own}/intrekken")
    assert groups_of(room.id)[0].people == 1
    phone.client.post(f"/s/{room.code}/groepen/{group}/ook")
    assert groups_of(room.id)[0].people == 2 and len(notes()) == 2


def test_two_notes_of_one_person_count_as_one_person(app: Flask, room: Room) -> None:
    phone = Phone(app, room)
    phone.write("geen rijbewijs")
    phone.write("heeft geen rijbewijs")
    (group,) = groups_of(room.id)
    assert group.people == 1 and len(group.notes) == 2


def test_a_withdrawn_note_is_no_longer_shown_nor_gives_the_group_its_name(app: Flask, room: Room) -> None:
    first, second = Phone(app, room), Phone(app, room)
    first.write("geen rijbewijs, zegt Jan")
    second.write("Jan zegt: geen rijbewijs")
    first.client.post(f"/s/{room.code}/briefjes/{notes()[0].id}/intrekken")
    (group,) = groups_of(room.id)
    assert group.text == "Jan zegt: geen rijbewijs" and group.people == 1
    assert "geen rijbewijs, zegt Jan" not in second.read()
    assert len(notes()) == 2, "the row itself is kept"


def test_a_challenge_on_pause_takes_no_notes_and_keeps_the_text(app: Flask, room: Room) -> None:
    phone, topic = Phone(app, room), room.topics[0]
    services.pause_topic(room.call.id, room.id, topic, True, by=room.by)
    answer = phone.client.post(phone.url(), data={"text": "geen bus", "client_key": "k"})
    assert answer.status_code == 409 and "geen bus" in answer.get_data(as_text=True)
    assert phone.write("geen bus", topic=0).status_code == 200
    services.pause_topic(room.call.id, room.id, topic, False, by=room.by)
    assert phone.write("geen bus").status_code == 200


def test_nobody_joins_before_the_session_is_open(app: Flask) -> None:
    room = open_room(opened=False)
    answer = app.test_client().post(f"/s/{room.code}")
    assert answer.status_code == 409 and "nog niet begonnen" in answer.get_data(as_text=True)


def test_publishing_the_call_closes_the_session(app: Flask, room: Room) -> None:
    phone = Phone(app, room)
    with transaction() as now:
        db.session.merge(room.call).published_at = now
    assert phone.write("geen bus").status_code == 409
    assert "afgesloten" in phone.client.get(f"/s/{room.code}").get_data(as_text=True)
    assert app.test_client().post(f"/s/{room.code}").status_code == 409


def test_a_phone_in_two_sessions_is_two_participants(app: Flask, room: Room) -> None:
    phone = Phone(app, room)
    other = make.make_workshop(make.make_call(make.make_region(), Phase.DRAFT))
    assert phone.client.post(f"/s/{other.code}").status_code == 302
    phone.write("geen bus")
    assert len(groups_of(room.id)) == 1

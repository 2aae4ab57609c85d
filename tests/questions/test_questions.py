"""Questions: asked in time, answered for all at once, and nobody learns who asked."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.models import Addendum
from app.audit.models import AuditEntry
from app.domain.timeline import Phase, local_day
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.questions.models import Question
from tests import factories as make

ASKED = "Mogen we ook buiten Bornem werken met jongeren zonder vast adres?"


class World:
    def __init__(self, phase: Phase = Phase.OPEN) -> None:
        self.region = make.make_region()
        self.call_id = make.make_call(self.region, phase).id
        self.regisseur = make.make_regisseur(self.region)
        self.base = f"/oproepen/{self.call_id}/vragen"


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def mails(kind: str) -> list[OutboxMessage]:
    found = list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))
    db.session.rollback()
    return found


def stored() -> list[Question]:
    found = list(db.session.scalars(select(Question).order_by(Question.id)))
    db.session.rollback()
    return found


def ask_as(client: FlaskClient, world: World, user: object, text: str = ASKED) -> int:
    client.sign_in(user)
    answer = client.post(f"{world.base}/nieuw", data={"text": text})
    assert answer.status_code == 302, answer.text
    return stored()[-1].id


def answer_it(client: FlaskClient, world: World, question_id: int, **values: str) -> None:
    client.sign_in(world.regisseur)
    page = client.get(f"{world.base}/{question_id}").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version
    data = {
        "version": version[1],
        "public_text": "Mag het ook buiten Bornem?",
        "answer": "Ja, dat mag.",
        **values,
    }
    assert client.post(f"{world.base}/{question_id}", data=data).status_code == 302


def publish(client: FlaskClient, world: World) -> str:
    page = client.get(f"{world.base}/publiceren").text
    seal = re.search(r'name="seen" value="([^"]*)"', page)
    assert seal
    done = client.post(f"{world.base}/publiceren", data={"seen": seal[1]}, follow_redirects=True)
    assert done.status_code == 200
    return str(done.text)


def test_a_signed_in_person_asks_and_nobody_learns_who(client: FlaskClient, world: World) -> None:
    organisation = make.make_organisation("Vzw De Grote Stilte")
    asker = make.make_member(organisation)
    ask_as(client, world, asker)
    client.sign_in(world.regisseur)
    for path in ("/vragen/postvak", f"/vragen/{stored()[0].id}"):
        page = client.get(f"/oproepen/{world.call_id}{path}").text
        assert ASKED in page
        assert asker.name not in page.split("<main")[1]
        assert asker.email not in page
        assert "De Grote Stilte" not in page
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "question.asked")).all()
    assert [entry.actor_id for entry in entries] == [None]


def test_a_visitor_confirms_by_mail_before_the_question_arrives(client: FlaskClient, world: World) -> None:
    answer = client.post(f"{world.base}/nieuw", data={"text": ASKED, "email": "lien@voorbeeld.be"})
    assert "Kijk in je mailbox" in answer.text
    link = re.search(r"https?://[^/\s]+(/vragen/\S+)", mails("question.confirm")[0].body_text)
    assert link
    assert ASKED in client.get(link[1]).text
    assert stored()[0].confirmed_at is None, "a mail scanner opens links"
    client.post(link[1])
    assert stored()[0].confirmed_at is not None
    client.sign_in(world.regisseur)
    assert ASKED in client.get(f"{world.base}/postvak").text


def test_an_answer_is_for_nobody_before_it_is_published_and_then_for_all(
    client: FlaskClient, world: World
) -> None:
    asker = make.make_user("Stille Vrager")
    first = ask_as(client, world, asker)
    answer_it(client, world, first)
    visitor = client.application.test_client()
    assert "Ja, dat mag" not in visitor.get(world.base).text
    assert "Ja, dat mag" not in visitor.get(f"/oproepen/{world.call_id}").text
    assert mails("question.answers") == []
    publish(client, world)
    for path in (world.base, f"/oproepen/{world.call_id}"):
        page = visitor.get(path).text
        assert "Ja, dat mag" in page
        assert "Mag het ook buiten Bornem?" in page
        assert "jongeren zonder vast adres" not in page, "only the public wording is shown"
    assert [one.to_address for one in mails("question.answers")] == [asker.email]


def test_everybody_gets_the_same_mail(client: FlaskClient, world: World) -> None:
    link = client.post(f"/oproepen/{world.call_id}/volgen", data={"email": "volger@voorbeeld.be"})
    assert link.status_code == 200
    path = re.search(r"https?://[^/\s]+(/volgen/\S+)", mails("call.follow")[0].body_text)
    assert path
    client.post(path[1])
    asker = make.make_user("Stille Vrager")
    answer_it(client, world, ask_as(client, world, asker))
    publish(client, world)
    found = {one.to_address: one for one in mails("question.answers")}
    assert set(found) == {"volger@voorbeeld.be", asker.email}
    assert found["volger@voorbeeld.be"].stop_url
    assert found[asker.email].stop_url is None
    same = [
        one.body_text.split("Er zijn vragen")[1].split("Je krijgt deze mail")[0].strip()
        for one in found.values()
    ]
    assert same[0] == same[1]
    assert {one.addendum_id for one in found.values()} == {None}, "no list of mails shows who is told"


def test_the_same_question_gets_the_same_answer_once(client: FlaskClient, world: World) -> None:
    one, other = make.make_user(), make.make_user()
    first = ask_as(client, world, one)
    second = ask_as(client, world, other, "Mogen wij buiten Bornem werken met jongeren zonder adres?")
    answer_it(client, world, first)
    answer_it(client, world, second, same_as=str(first), answer="", public_text="")
    text = publish(client, world)
    assert text.count("Ja, dat mag") == 1
    assert {mail.to_address for mail in mails("question.answers")} == {one.email, other.email}


def test_who_types_what_was_answered_sees_it_first_and_can_still_ask(
    client: FlaskClient, world: World
) -> None:
    answer_it(client, world, ask_as(client, world, make.make_user()), public_text=ASKED)
    publish(client, world)
    client.sign_in(make.make_user())
    again = client.post(f"{world.base}/nieuw", data={"text": ASKED})
    assert "Staat het antwoord hier al?" in again.text
    assert len(stored()) == 1
    assert client.post(f"{world.base}/nieuw", data={"text": ASKED, "sure": ASKED}).status_code == 302
    assert len(stored()) == 2


def test_after_the_last_day_a_question_is_refused_and_kept(client: FlaskClient, world: World) -> None:
    with transaction() as now:
        call = db.session.get_one(Addendum, world.call_id)
        call.questions_until = local_day(now) - timedelta(days=1)
    client.sign_in(make.make_user())
    answer = client.post(f"{world.base}/nieuw", data={"text": ASKED})
    assert answer.status_code == 422
    assert ASKED in answer.text
    assert "Vragen stellen kan niet meer" in answer.text
    assert stored() == []


def test_on_the_last_day_a_question_counts_until_midnight(client: FlaskClient, world: World) -> None:
    with transaction() as now:
        call = db.session.get_one(Addendum, world.call_id)
        call.questions_until = local_day(now)
    ask_as(client, world, make.make_user())
    assert len(stored()) == 1


def test_a_question_asked_in_time_can_be_confirmed_after_the_last_day(
    client: FlaskClient, world: World
) -> None:
    with transaction() as now:
        call = db.session.get_one(Addendum, world.call_id)
        call.questions_until = local_day(now)
    client.post(f"{world.base}/nieuw", data={"text": ASKED, "email": "lien@voorbeeld.be"})
    clock.set_to(clock.read() + timedelta(days=1))
    assert client.post(f"/vragen/{stored()[0].key}").status_code == 302
    assert stored()[0].confirmed_at is not None


def test_a_visitor_who_confirms_after_the_deadline_is_told_and_keeps_the_text(
    client: FlaskClient, world: World
) -> None:
    client.post(f"{world.base}/nieuw", data={"text": ASKED, "email": "lien@voorbeeld.be"})
    key = stored()[0].key
    clock.set_to(clock.read() + timedelta(days=30))
    page = client.get(f"/vragen/{key}").text
    assert "Bevestigen kan niet meer" in page
    assert ASKED in page
    assert "Ja, dit is mijn vraag" not in page
    assert client.post(f"/vragen/{key}").status_code == 403
    assert stored()[0].confirmed_at is None


def test_the_mail_to_confirm_quotes_nothing_that_a_stranger_typed(client: FlaskClient, world: World) -> None:
    client.post(f"{world.base}/nieuw", data={"text": ASKED, "email": "slachtoffer@voorbeeld.be"})
    assert ASKED not in mails("question.confirm")[0].body_text


def test_an_organisation_with_many_questions_is_not_slowed_down(client: FlaskClient, world: World) -> None:
    client.sign_in(make.make_user())
    for number in range(12):
        text = f"Vraag {number} over iets heel anders dan {number * 7919}?"
        assert client.post(f"{world.base}/nieuw", data={"text": text}).status_code == 302


def test_too_many_questions_keep_the_text_and_say_when(client: FlaskClient, world: World) -> None:
    client.sign_in(make.make_user())
    codes = [client.post(f"{world.base}/nieuw", data={"text": ASKED}) for _ in range(32)]
    assert codes[-1].status_code == 429
    assert ASKED in codes[-1].text
    assert "wachtwoord" not in codes[-1].text.split("<main")[1]


def test_a_draft_is_not_betrayed_by_its_questions(client: FlaskClient, app: Flask) -> None:
    draft = World(Phase.DRAFT)
    assert client.get(f"{draft.base}/nieuw").status_code == 404
    client.sign_in(make.make_regisseur(make.make_region()))
    assert client.get(f"{draft.base}/nieuw").status_code == 404


def test_a_closed_call_says_so_and_takes_no_question(client: FlaskClient, app: Flask) -> None:
    closed = World(Phase.SEALED)
    assert "Vragen stellen kan niet meer" in client.get(f"{closed.base}/nieuw").text
    client.sign_in(make.make_user())
    answer = client.post(f"{closed.base}/nieuw", data={"text": ASKED})
    assert answer.status_code == 422
    assert ASKED in answer.text
    assert stored() == []


def test_a_name_in_the_question_is_pointed_out_whoever_asked(client: FlaskClient, world: World) -> None:
    make.make_organisation("Vzw De Spaarpot")
    text = "Mag het? Groeten van de Spaarpot, info@spaarpot.be"
    question_id = ask_as(client, world, make.make_user(), text)
    client.sign_in(world.regisseur)
    page = client.get(f"{world.base}/{question_id}").text
    assert "Zegt deze tekst wie de vraag stelt?" in page
    assert "Vzw De Spaarpot" in page
    answer_it(client, world, question_id, public_text=text)
    assert "info@spaarpot.be" in client.get(f"{world.base}/publiceren").text
    assert "Zegt dit wie" in client.get(f"{world.base}/publiceren").text


def test_inbox_and_last_page_agree_on_what_is_ready(client: FlaskClient, world: World) -> None:
    first = ask_as(client, world, make.make_user())
    second = ask_as(
        client, world, make.make_user(), "Iets heel anders: is er een infomoment voor kandidaten?"
    )
    answer_it(client, world, second, same_as=str(first), answer="", public_text="")
    inbox = client.get(f"{world.base}/postvak").text
    assert "Wacht op een antwoord (2)" in inbox
    assert "Er staat niets klaar" in client.get(f"{world.base}/publiceren").text
    aside = client.post(f"{world.base}/{first}/opzij")
    assert aside.status_code == 400, "another question waits for this one"
    answer_it(client, world, first)
    assert "Publiceer 2 antwoorden" in client.get(f"{world.base}/postvak").text


def test_a_published_question_opens_where_everybody_reads_it(client: FlaskClient, world: World) -> None:
    question_id = ask_as(client, world, make.make_user())
    answer_it(client, world, question_id)
    publish(client, world)
    answer = client.get(f"{world.base}/{question_id}")
    assert answer.status_code == 302
    assert answer.location.endswith(f"/vragen#vraag-{question_id}")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": ""}, "Schrijf je vraag"),
        ({"text": "x" * 2001}, "hoogstens 2000 tekens"),
        ({"text": ASKED, "email": "geen adres"}, "geen adres"),
        ({"text": ASKED, "email": ""}, "Vul je e-mailadres in"),
    ],
)
def test_a_bad_question_is_refused_and_kept(
    client: FlaskClient, world: World, data: dict[str, str], words: str
) -> None:
    answer = client.post(f"{world.base}/nieuw", data=data)
    assert answer.status_code == 422
    assert words in answer.text
    assert stored() == []


def test_control_characters_do_not_travel(client: FlaskClient, world: World) -> None:
    ask_as(client, world, make.make_user(), "Mag\x00 dit\x08 ook?\r\nEn dit?")
    assert stored()[0].text == "Mag dit ook?\nEn dit?"


def test_a_stale_answer_shows_both_and_loses_neither(client: FlaskClient, world: World) -> None:
    question_id = ask_as(client, world, make.make_user())
    answer_it(client, world, question_id, answer="De tekst van een collega.")
    client.sign_in(world.regisseur)
    late = client.post(
        f"{world.base}/{question_id}",
        data={"version": "1", "public_text": "Mijn versie?", "answer": "Mijn eigen antwoord."},
    )
    assert late.status_code == 409
    assert "De tekst van een collega." in late.text
    assert "Mijn eigen antwoord." in late.text


def test_publishing_what_changed_meanwhile_publishes_nothing(client: FlaskClient, world: World) -> None:
    question_id = ask_as(client, world, make.make_user())
    answer_it(client, world, question_id)
    answer = client.post(f"{world.base}/publiceren", data={"seen": f"{question_id}.1"})
    assert answer.status_code == 422
    assert stored()[0].published_at is None


def test_publishing_twice_is_once(client: FlaskClient, world: World) -> None:
    question_id = ask_as(client, world, make.make_user())
    answer_it(client, world, question_id)
    data = {"seen": f"{question_id}.{stored()[0].version}"}
    assert client.post(f"{world.base}/publiceren", data=data).status_code == 302
    assert client.post(f"{world.base}/publiceren", data=data).status_code == 422
    assert len(mails("question.answers")) == 1


def test_a_published_answer_is_fixed(client: FlaskClient, world: World) -> None:
    question_id = ask_as(client, world, make.make_user())
    answer_it(client, world, question_id)
    publish(client, world)
    data = {"version": "2", "public_text": "Anders?", "answer": "Toch niet."}
    answer = client.post(f"{world.base}/{question_id}", data=data)
    assert answer.status_code == 422
    assert stored()[0].answer == "Ja, dat mag."


@pytest.mark.parametrize("same_as", ["999999", "zelf", "９"])
def test_a_question_is_the_same_as_another_of_this_call_only(
    client: FlaskClient, world: World, same_as: str
) -> None:
    question_id = ask_as(client, world, make.make_user())
    client.sign_in(world.regisseur)
    chosen = str(question_id) if same_as == "zelf" else same_as
    data = {"version": "1", "public_text": "", "answer": "", "same_as": chosen}
    assert client.post(f"{world.base}/{question_id}", data=data).status_code == 422


def test_a_question_of_another_call_does_not_exist_here(client: FlaskClient, world: World) -> None:
    question_id = ask_as(client, world, make.make_user())
    other = World()
    client.sign_in(other.regisseur)
    assert client.get(f"{other.base}/{question_id}").status_code == 404
    assert client.post(f"{other.base}/{question_id}/opzij").status_code == 404


def test_what_is_set_aside_is_not_published_and_can_come_back(client: FlaskClient, world: World) -> None:
    question_id = ask_as(client, world, make.make_user())
    client.sign_in(world.regisseur)
    client.post(f"{world.base}/{question_id}/opzij")
    assert "Apart gelegd (1)" in client.get(f"{world.base}/postvak").text
    client.post(f"{world.base}/{question_id}/opzij", data={"terug": "ja"})
    assert "Wacht op een antwoord (1)" in client.get(f"{world.base}/postvak").text


def test_markup_in_a_question_is_only_text(client: FlaskClient, world: World) -> None:
    text = "<script>alert(1)</script> [klik](javascript:alert(1)) ‮omgekeerd 👩‍🌾"
    question_id = ask_as(client, world, make.make_user(), text)
    answer_it(
        client, world, question_id, public_text=text, answer="<img src=x onerror=alert(1)> [x](javascript:1)"
    )
    page = publish(client, world)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert "👩‍🌾" in page

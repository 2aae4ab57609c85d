"""What the applicant completes, and until when."""

import io
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.addenda.services import record_fact
from app.admissibility.answering import Answer, Upload, answer
from app.admissibility.models import CompletionFile
from app.audit.models import AuditEntry
from app.domain.admissibility import State
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.timeline import Phase
from app.infra import storage
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.proposals.models import Submission
from tests import factories as make
from tests.admissibility.world import REGION, World, build

FILE = Upload("../../Statuten (versie 2).txt", b"Artikel 1. De naam is De Brug.")


@pytest.fixture
def world(app: Flask) -> World:
    return build()


def objects() -> int:
    return len(list(storage.listing()))


def receipts() -> list[str]:
    found = db.session.scalars(
        select(OutboxMessage.body_text).where(OutboxMessage.kind == "admissibility.answered")
    ).all()
    db.session.rollback()
    return list(found)


def test_an_answer_is_received_and_receipted(world: World) -> None:
    world.missing_and_asked()
    world.send("Wij werken in Bornem.")
    cell = world.look().cells[REGION - 1]
    assert cell.asked and cell.asked.text == "Wij werken in Bornem."
    assert world.look().state is State.RECEIVED
    assert len(receipts()) == 2


def test_what_was_handed_in_does_not_change(world: World) -> None:
    before = db.session.scalars(select(Submission.sealed_content)).one()
    world.missing_and_asked()
    world.send(Answer("Tekst", FILE))
    assert db.session.scalars(select(Submission.sealed_content)).one() == before


def test_a_file_is_kept_encrypted_and_given_back_to_both_sides(world: World, client: Any) -> None:
    world.missing_and_asked()
    world.send(Answer("", FILE))
    row = db.session.scalars(select(CompletionFile)).one()
    assert row.name == "Statuten (versie 2).txt" and row.kind == "txt"
    db.session.rollback()
    staff = client.sign_in(world.regisseur).get(
        f"/kandidaturen/{world.proposal.id}/ontvankelijkheid/aanvulling/{REGION}"
    )
    own = client.sign_in(world.owner).get(f"/kandidaturen/{world.proposal.id}/aanvullen/bestand/{REGION}")
    for page in (staff, own):
        assert page.data == FILE.data
        assert page.headers["Content-Disposition"].startswith("attachment")
        assert page.mimetype == "application/octet-stream"


def test_the_completion_stands_nowhere_in_what_the_jury_reads(world: World, client: Any) -> None:
    world.missing_and_asked()
    world.send("Een zin die niemand anders leest.")
    client.sign_in(world.regisseur)
    assert "Een zin die niemand" in client.get(f"/kandidaturen/{world.proposal.id}/ontvankelijkheid").text
    assert "Een zin die niemand" not in client.get(f"/kandidaturen/{world.proposal.id}/lezen").text


def test_it_is_unreadable_in_the_database(world: World) -> None:
    world.missing_and_asked()
    world.send(Answer("Geheime tekst", FILE))
    connection = db.session.connection()
    for statement in (
        "SELECT text FROM completion_item",
        "SELECT message FROM completion_request",
        "SELECT name FROM completion_file",
    ):
        stored = connection.exec_driver_sql(statement).scalar()
        assert stored and "Geheim" not in stored and "Zeg waar" not in stored and "Statuten" not in stored


def test_it_may_be_replaced_until_the_term(world: World) -> None:
    world.missing_and_asked()
    world.send(Answer("Eerst", FILE))
    world.send(Answer("Daarna", Upload("nieuw.txt", b"Nieuwe tekst.")))
    asked = world.look().cells[REGION - 1].asked
    assert asked and asked.text == "Daarna" and asked.file and asked.file.name == "nieuw.txt"
    assert len(db.session.scalars(select(CompletionFile)).all()) == 2


def test_a_file_stays_when_only_the_text_changes_and_goes_when_asked(world: World) -> None:
    world.missing_and_asked()
    world.send(Answer("Eerst", FILE))
    world.send("Alleen andere tekst")
    asked = world.look().cells[REGION - 1].asked
    assert asked and asked.file
    world.send(Answer("Alleen andere tekst", drop_file=True))
    asked = world.look().cells[REGION - 1].asked
    assert asked and asked.file is None


def test_a_double_click_is_one_answer(world: World) -> None:
    world.missing_and_asked()
    seen = world.seen()
    sent = {REGION: Answer("Tekst", FILE)}
    first = answer(world.proposal.id, sent, seen=seen, by=make.actor(world.member))
    count = objects()
    again = answer(world.proposal.id, sent, seen=seen, by=make.actor(world.member))
    assert again == first and len(receipts()) == 2 and objects() == count


def test_two_colleagues_at_once_lose_nothing(world: World, client: Any) -> None:
    world.missing_and_asked()
    seen = world.seen()
    world.send("Van de een", by=world.owner)
    with pytest.raises(Stale) as error:
        answer(world.proposal.id, {REGION: Answer("Van de ander")}, seen=seen, by=make.actor(world.member))
    assert error.value.theirs == {str(REGION): "Van de een"}
    page = client.sign_in(world.member).post(
        f"/kandidaturen/{world.proposal.id}/aanvullen",
        data={"seen": seen, f"answer-{REGION}": "Van de ander"},
    )
    assert page.status_code == 409 and "Van de een" in page.text and "Van de ander" in page.text


def test_the_last_microsecond_counts_and_the_next_is_too_late(world: World, at: Any, client: Any) -> None:
    until = world.missing_and_asked()
    seen, count = world.seen(), objects()
    at(until - timedelta(seconds=2))
    world.send("Net op tijd")
    at(until)
    with pytest.raises(DomainError) as error:
        answer(world.proposal.id, {REGION: Answer("Te laat", FILE)}, seen=seen, by=make.actor(world.owner))
    assert error.value.code == "admissibility_too_late"
    assert objects() == count
    page = client.sign_in(world.owner).post(
        f"/kandidaturen/{world.proposal.id}/aanvullen", data={"seen": seen, f"answer-{REGION}": "Mijn tekst"}
    )
    assert page.status_code == 403 and "Mijn tekst" in page.text and "termijn is voorbij" in page.text
    late = select(AuditEntry).where(AuditEntry.action == "admissibility.answer_refused_late")
    assert len(db.session.scalars(late).all()) == 2


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({}, "admissibility_not_asked"),
        ({5: Answer("x")}, "admissibility_not_asked"),
        ({99: Answer("x")}, "admissibility_not_asked"),
        ({REGION: Answer("")}, "admissibility_answer_empty"),
        ({REGION: Answer("x" * 2001)}, "admissibility_text_long"),
        ({REGION: Answer("", Upload("a.exe", b"MZ"))}, "file_type_not_allowed"),
        ({REGION: Answer("", Upload("a.pdf", b"geen pdf"))}, "file_is_something_else"),
        ({REGION: Answer("", Upload("a.txt", b""))}, "file_empty"),
        ({REGION: Answer("", Upload("a.txt", b"x" * (10 * 1024 * 1024 + 1)))}, "file_too_large"),
    ],
)
def test_only_what_was_asked_in_a_form_that_can_be_kept(world: World, sent: Any, code: str) -> None:
    world.missing_and_asked()
    count = objects()
    with pytest.raises(DomainError) as error:
        answer(world.proposal.id, sent, seen=world.seen(), by=make.actor(world.owner))
    assert error.value.code == code
    assert objects() == count and receipts() == []


def test_what_the_region_accepted_is_closed(world: World) -> None:
    world.missing_and_asked()
    world.send("Bornem")
    world.tick("met")
    with pytest.raises(DomainError) as error:
        world.send("Toch nog iets")
    assert error.value.code == "admissibility_accepted"


def test_a_recheck_takes_the_completion_as_read(world: World, at: Any) -> None:
    until = world.missing_and_asked()
    world.send("Onvoldoende")
    at(until)
    assert world.look().state is State.RECEIVED
    world.tick("missing")
    assert world.look().state is State.MISSING


def test_nobody_else_answers_or_reads(world: World, client: Any) -> None:
    world.missing_and_asked()
    rival = make.make_member(make.make_organisation())
    for user in (rival, world.regisseur, world.chair):
        with pytest.raises(NotFound):
            world.send("Van een ander", by=user)
        url = f"/kandidaturen/{world.proposal.id}/aanvullen"
        assert client.sign_in(user).get(url).status_code == 404


def test_after_the_written_round_the_typed_text_comes_back(world: World, client: Any) -> None:
    world.missing_and_asked()
    with transaction() as now:
        record_fact(world.call.id, "written_closed", at=now)
    page = client.sign_in(world.owner).post(
        f"/kandidaturen/{world.proposal.id}/aanvullen", data={f"answer-{REGION}": "Mijn late tekst"}
    )
    assert page.status_code == 403 and "Mijn late tekst" in page.text


def test_a_form_from_after_the_sign_in_ended_comes_back(world: World, client: Any) -> None:
    world.missing_and_asked()
    page = client.post(
        f"/kandidaturen/{world.proposal.id}/aanvullen", data={f"answer-{REGION}": "Wat ik al typte"}
    )
    assert page.status_code == 401 and "Wat ik al typte" in page.text


def test_the_page_takes_text_and_file(world: World, client: Any) -> None:
    world.missing_and_asked()
    url = f"/kandidaturen/{world.proposal.id}/aanvullen"
    page = client.sign_in(world.owner).get(url).text
    assert "De inhoud blijft zoals ze is" in page and "Zeg waar." in page
    sent = {
        "seen": world.seen(),
        f"answer-{REGION}": "Bornem",
        f"file-{REGION}": (io.BytesIO(FILE.data), FILE.name),
    }
    assert client.post(url, data=sent, content_type="multipart/form-data").status_code == 302
    page = client.get(url).text
    assert "Statuten (versie 2).txt" in page and "Bornem" in page
    wrong = {"seen": world.seen(), f"file-{REGION}": (io.BytesIO(b"MZ"), "virus.exe")}
    page = client.post(url, data=wrong, content_type="multipart/form-data")
    assert page.status_code == 422 and f"#file-{REGION}" in page.text


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.SEALED])
def test_before_the_opening_there_is_no_page(app: Flask, client: Any, phase: Phase) -> None:
    early = build(phase)
    client.sign_in(early.owner)
    assert client.get(f"/kandidaturen/{early.proposal.id}/aanvullen").status_code in (403, 404)
    answered = client.post(f"/kandidaturen/{early.proposal.id}/aanvullen", data={"answer-1": "x"})
    assert answered.status_code in (403, 404)

"""Published answers in the documents to take away, in the data for programs and in the feed."""

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import docx
import feedparser
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from app.addenda.importing import parse_addendum
from app.addenda.reading.extract import text_of
from app.infra import clock
from app.infra.database import db, transaction
from app.questions.models import Question
from tests import factories as make
from tests.addenda.takeaway_calls import full_call
from tests.addenda.test_takeaway_open_data import check
from tests.counting import queries

ANSWERED = datetime(2026, 5, 30, 8, tzinfo=UTC)
FILES = ("oproep.pdf", "oproep.docx", "oproep.json")


@pytest.fixture(autouse=True)
def _in_time(at: Any) -> None:
    at("2026-06-01T10:00")


def put(call_id: int, number: int = 1, answered: datetime | None = ANSWERED, **values: Any) -> None:
    """A question, with a published answer unless `answered` is None."""
    asker = make.make_user("Stille Vrager")
    with transaction():
        db.session.add(
            Question(
                addendum_id=call_id,
                text=f"Ruwe vraag {number} van Vzw De Grote Stilte",
                public_text=f"Mag het <ook> buiten gemeente {number}?",
                asked_by_id=asker.id,
                asked_at=ANSWERED - timedelta(days=3),
                confirmed_at=ANSWERED - timedelta(days=3),
                published_at=answered,
                **{"answer": f"Ja, **dat mag** hier:\n\n- buiten {number}\n- binnen", **values},
            )
        )


def texts(client: FlaskClient, call_id: int) -> dict[str, str]:
    """What a reader sees in each file."""
    pdf = PdfReader(io.BytesIO(client.get(f"/oproepen/{call_id}/oproep.pdf").data))
    word = docx.Document(io.BytesIO(client.get(f"/oproepen/{call_id}/oproep.docx").data))
    data = client.get(f"/oproepen/{call_id}/oproep.json").get_json()
    found = {
        "pdf": "\n".join(page.extract_text() for page in pdf.pages),
        "docx": "\n".join(one.text for one in word.paragraphs),
        "json": json.dumps(data, ensure_ascii=False),
    }
    return {name: " ".join(text.split()) for name, text in found.items()}


def test_published_answers_are_in_every_document_and_nobody_is_named(client: FlaskClient) -> None:
    call = full_call()
    put(call.id)
    put(call.id, 2, answered=None)
    for name, text in texts(client, call.id).items():
        assert "Mag het <ook> buiten gemeente 1?" in text, name
        assert "dat mag" in text and "buiten 1" in text, name
        for hidden in ("gemeente 2", "Stilte", "Stille", "Ruwe"):
            assert hidden not in text, (name, hidden)
        if name != "json":
            assert "Vragen en antwoorden" in text and "Beantwoord op 30 mei 2026" in text
            assert "**" not in text


def test_a_call_without_answers_has_no_such_chapter(client: FlaskClient) -> None:
    call = full_call()
    put(call.id, answered=None)
    for name, text in texts(client, call.id).items():
        assert "Vragen en antwoorden" not in text, name
    assert client.get(f"/oproepen/{call.id}/oproep.json").get_json()["questions"] == []


def test_programs_read_them_as_described(client: FlaskClient) -> None:
    call = full_call()
    put(call.id)
    put(call.id, 2, ANSWERED + timedelta(days=1))
    data = client.get(f"/oproepen/{call.id}/oproep.json").get_json()
    check(client, data)
    assert [one["number"] for one in data["questions"]] == [1, 2]
    assert data["questions"][0] == {
        "number": 1,
        "question": "Mag het <ook> buiten gemeente 1?",
        "answer": "Ja, **dat mag** hier:\n\n- buiten 1\n- binnen",
        "published_at": "2026-05-30T10:00:00+02:00",
    }
    assert "<code>questions[]" in client.get("/open-data").text.replace("<wbr>", "")


def test_every_document_is_a_new_one_when_answers_appear(client: FlaskClient) -> None:
    call = full_call()
    paths = [*(f"/oproepen/{call.id}/{name}" for name in FILES), "/oproepen.atom"]
    tags = {path: client.get(path).headers["ETag"] for path in paths}
    calendar = client.get(f"/oproepen/{call.id}/tijdlijn.ics").headers["ETag"]
    put(call.id)
    for path, tag in tags.items():
        again = client.get(path, headers={"If-None-Match": tag})
        assert again.status_code == 200 and again.headers["ETag"] != tag, path
    assert client.get(f"/oproepen/{call.id}/tijdlijn.ics").headers["ETag"] == calendar


def test_the_feed_has_one_entry_that_says_that_questions_are_answered(client: FlaskClient) -> None:
    call, other = full_call(), full_call(region_name="Kempen")
    put(call.id)
    put(call.id, 2, ANSWERED + timedelta(hours=2))
    put(call.id, 3, ANSWERED + timedelta(hours=2), answer="Neen.")
    found = feedparser.parse(client.get("/oproepen.atom").data)
    assert [one.link.rpartition("/")[2] for one in found.entries] == [str(call.id), str(other.id)]
    first = found.entries[0]
    assert first.updated == found.feed.updated == "2026-05-30T10:00:00Z"
    assert first.published == "2026-05-15T22:00:00Z"
    assert "Vragen beantwoord: 2" in first.summary and "Indienen tot en met" in first.summary
    assert "Vragen beantwoord" not in found.entries[1].summary


def test_our_importer_reads_the_word_document_as_before(client: FlaskClient) -> None:
    call = full_call()
    before = facts(client, call.id)
    put(call.id, answer="Ja.\n\n1. eerst\n2. dan\n\nVoor 3 juni 2026, via iemand@voorbeeld.be")
    assert facts(client, call.id) == before


def facts(client: FlaskClient, call_id: int) -> list[Any]:
    found = parse_addendum(text_of(client.get(f"/oproepen/{call_id}/oproep.docx").data))
    time, people = found.timeline, [one.name for one in found.personas]
    lists = [[item.text for item in (*one.obstacles, *one.goals)] for one in found.challenges]
    return [lists, people, found.contacts, time.deadline, time.written_round, time.decision_before]


def test_any_number_of_answers_costs_the_same(client: FlaskClient) -> None:
    clock.set_to(None)
    call = make.make_call(make.make_region())
    counts: dict[str, set[int]] = {}
    for more in (0, 1, 20):
        for number in range(more):
            put(call.id, number)
        for path in [*(f"/oproepen/{call.id}/{name}" for name in FILES), "/oproepen.atom"]:
            with queries() as seen:
                assert client.get(path).status_code == 200
            counts.setdefault(path, set()).add(len(seen))
    assert all(len(one) == 1 for one in counts.values()), counts

"""The public page: anybody who holds a receipt can have it checked, and learns nothing but what is in it."""

import copy
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.audit.forms import MOST_BYTES
from app.audit.heads import publish_head, publish_head_when_due
from app.infra import clock
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.handing_in.submitting import withdraw_proposal
from app.proposals.models import Submission
from tests import factories as make
from tests.audit.world import hand_in, published, receipt_of
from tests.counting import queries
from tools import verify_receipt
from tools.verify_receipt import examine, read_heads


def paste(client: FlaskClient, receipt: Any) -> Any:
    text = receipt if isinstance(receipt, str) else json.dumps(receipt)
    return client.post("/controle", data={"text": text})


def test_a_pasted_receipt_is_genuine_and_included(client: FlaskClient) -> None:
    (one,) = hand_in()
    publish_head()
    receipt = receipt_of(*one)
    answer = paste(client, receipt)
    assert answer.status_code == 200 and "Echt en opgenomen" in answer.text
    assert receipt["statement"]["number"] in answer.text and "hoofd 1" in answer.text


def test_an_uploaded_file_counts_as_much(client: FlaskClient) -> None:
    (one,) = hand_in()
    publish_head()
    data = b"\xef\xbb\xbf" + json.dumps(receipt_of(*one), indent=2).encode().replace(b"\n", b"\r\n")
    answer = client.post("/controle", data={"file": (io.BytesIO(data), "ontvangstbewijs.json")})
    assert "Echt en opgenomen" in answer.text


def test_one_that_waits_says_when_to_come_back(client: FlaskClient, at: Any) -> None:
    at("2026-11-20T14:13")
    (one,) = hand_in()
    early = receipt_of(*one)
    said = paste(client, early).text
    assert "nog niet opgenomen" in said and "14u20" in said
    at("2026-11-20T14:24")
    publish_head_when_due(clock.read())
    assert "gedownload voor er een hoofd was" in paste(client, early).text
    assert "Echt en opgenomen" in paste(client, receipt_of(*one)).text


@pytest.mark.parametrize("name", ["submitted_at", "number", "content_sha256", "submitted_by"])
def test_a_changed_receipt_is_not_genuine_and_shows_nothing(client: FlaskClient, name: str) -> None:
    (one,) = hand_in()
    publish_head()
    receipt = receipt_of(*one)
    receipt["statement"][name] = receipt["statement"][name][:-1] + "7"
    receipt["organisation"] = "Verzonnen vzw"
    answer = paste(client, receipt)
    assert answer.status_code == 422 and "Niet echt" in answer.text
    assert "Wat het bewijs zegt" not in answer.text


@pytest.mark.parametrize(
    "text",
    ["", "   ", "{", "[]", "null", "7", "[" * 50_000, '{"format": 1}', "\x00", "9" * 5000, '{"a": NaN}'],
)
def test_whatever_is_pasted_gets_an_answer_in_words(client: FlaskClient, text: str) -> None:
    answer = paste(client, text)
    assert answer.status_code == 422
    assert "Niet leesbaar" in answer.text or "Niet echt" in answer.text or "Kies een bestand" in answer.text


def test_a_place_that_cannot_be_is_refused(client: FlaskClient) -> None:
    (one,) = hand_in()
    publish_head()
    for number in (0, -1, 10**30, "1", None, True, [1]):
        receipt = copy.deepcopy(receipt_of(*one))
        receipt["inclusion"]["head"] = number
        assert paste(client, receipt).status_code == 422
    for number in (999, 2**31):
        receipt["inclusion"]["head"] = number
        assert "niet gepubliceerd" in paste(client, receipt).text


def test_what_is_too_long_is_refused(client: FlaskClient) -> None:
    long = client.post("/controle", data={"text": "x" * (MOST_BYTES + 1)})
    assert long.status_code == 422 and "te lang" in long.text and len(long.text) < 100_000
    upload = client.post("/controle", data={"file": (io.BytesIO(b"x" * 2_000_000), "a.json")})
    assert upload.status_code == 422 and "te lang" in upload.text


def test_nothing_is_told_that_only_the_database_knows(client: FlaskClient, app: Flask) -> None:
    """Withdrawn or not, opened or not: who holds the receipt of somebody else gets the same answer."""
    (one,) = hand_in()
    publish_head()
    receipt = receipt_of(*one)
    with queries() as before:
        first = paste(client, receipt).text
    proposal_id = db.session.get_one(Submission, one[0]).proposal_id
    owner = make.make_member(db.session.get_one(Organisation, one[1]))
    withdraw_proposal(proposal_id, by=make.actor(owner))
    with queries() as after:
        second = paste(client, receipt).text
    assert first == second
    assert not any("submission" in one or "audit_entry" in one for one in [*before, *after])


def test_heads_key_and_tool_are_for_taking_home(client: FlaskClient) -> None:
    (one,) = hand_in()
    for _turn in range(3):
        publish_head()
    answer = client.get("/controle/hoofden.jsonl")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    lines = read_heads(answer.data)
    assert lines == published() and examine(receipt_of(*one), lines).included
    later = read_heads(client.get("/controle/hoofden.jsonl?vanaf=3").data)
    assert [line.get("number") for line in later] == [None, 3]
    tool = client.get("/controle/verify_receipt.py")
    with open(verify_receipt.__file__, "rb") as file:
        assert tool.data == file.read()
    assert tool.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "²", "1e3", "9" * 30, "1;drop"])
def test_a_number_that_is_none_counts_as_not_given(client: FlaskClient, number: str) -> None:
    publish_head()
    assert len(read_heads(client.get("/controle/hoofden.jsonl", query_string={"vanaf": number}).data)) == 2
    assert client.get("/controle/hoofden", query_string={"tot": number}).status_code == 200


def test_years_of_heads_are_paged(client: FlaskClient) -> None:
    assert "Er is nog geen hoofd" in client.get("/controle/hoofden").text
    assert "Er is nog geen hoofd" in client.get("/controle").text
    for _turn in range(52):
        publish_head()
    first = client.get("/controle/hoofden").text
    assert "Hoofd 3 tot 52 van 52" in first and "tot=2" in first
    last = client.get("/controle/hoofden?tot=2").text
    assert "Hoofd 1 tot 2 van 52" in last and "tot=52" in last
    with queries() as few:
        client.get("/controle/hoofden?tot=1")
    with queries() as many:
        client.get("/controle/hoofden")
    assert len(few) == len(many)


def test_the_footer_leads_here(client: FlaskClient) -> None:
    assert 'href="/controle"' in client.get("/").text


def test_a_receipt_dated_back_is_remarked(client: FlaskClient, at: Any) -> None:
    (one,) = hand_in()
    at(clock.read() + timedelta(hours=5))
    publish_head()
    assert "Echt, met een opmerking" in paste(client, receipt_of(*one)).text


def test_heads_that_stay_away_are_not_promised_for_later(client: FlaskClient, at: Any) -> None:
    for page in ("/controle", "/controle/hoofden"):
        at("2026-11-20T14:13")
        assert "Het volgende komt er op vrijdag 20 november 2026, 14u20." in client.get(page).text
    publish_head_when_due(clock.read())
    for page in ("/controle", "/controle/hoofden"):
        at("2026-11-20T14:34")
        assert "Het volgende komt er op vrijdag 20 november 2026, 14u40." in client.get(page).text
        at("2026-11-20T14:36")
        assert "Het volgende had er moeten zijn om 14u20." in client.get(page).text
        at("2026-11-21T09:00")
        assert "had er moeten zijn op vrijdag 20 november 2026, 14u20." in client.get(page).text

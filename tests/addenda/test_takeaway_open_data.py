"""The data of calls for programs: as described, and as other programs read it."""

import csv
import io
import json
import xml.etree.ElementTree as Tree
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import feedparser
import jsonschema
import pytest
from flask.testing import FlaskClient

from app.addenda.models import Addendum
from app.addenda.takeaway.open_data import COLUMNS
from app.domain.timeline import Phase, exclusive_deadline
from app.infra.database import db, transaction
from tests import factories as make
from tests.addenda.takeaway_calls import change, full_call, keep_version, nasty_call


@pytest.fixture(autouse=True)
def _in_time(at: Any) -> None:
    at("2026-06-01T10:00")


def strict(part: Any) -> Any:
    """Readers must allow fields to be added; we may not add one without describing it."""
    if isinstance(part, dict):
        if "properties" in part:
            part["additionalProperties"] = False
        for one in part.values():
            strict(one)
    return part


def check(client: FlaskClient, data: Any, *, of_list: bool = False) -> None:
    schema = strict(deepcopy(client.get("/schema/oproep-1.json").get_json(force=True)))
    jsonschema.Draft202012Validator.check_schema(schema)
    wanted = schema["$defs"]["list"] if of_list else schema
    formats = jsonschema.Draft202012Validator.FORMAT_CHECKER
    errors = list(jsonschema.Draft202012Validator(wanted, format_checker=formats).iter_errors(data))
    assert not errors, errors[:3]


def test_a_call_is_as_it_is_described(client: FlaskClient) -> None:
    for call in (full_call(), make.make_call(make.make_region(), Phase.SEALED)):
        check(client, client.get(f"/oproepen/{call.id}/oproep.json").get_json())
    check(client, client.get("/oproepen.json").get_json(), of_list=True)


def test_an_almost_empty_call_too_and_one_with_hostile_texts(client: FlaskClient) -> None:
    call = nasty_call()
    answer = client.get(f"/oproepen/{call.id}/oproep.json")
    check(client, answer.get_json())
    assert "\x07" not in json.dumps(answer.get_json(), ensure_ascii=False)
    change(call.id, personas=[], challenges=[], criteria=[], contacts=[], findings=[], pitch_windows=[],
           written_from=None, written_until=None, decision_before=None, questions_until=None)  # fmt: skip
    check(client, client.get(f"/oproepen/{call.id}/oproep.json").get_json())


def test_the_deadline_is_said_in_both_ways_with_its_offset(client: FlaskClient) -> None:
    summer = client.get(f"/oproepen/{full_call().id}/oproep.json").get_json()["timeline"]["deadline"]
    assert summer == {
        "last_minute": "2026-06-30T23:59:00+02:00",
        "too_late_from": "2026-07-01T00:00:00+02:00",
    }


def test_ids_stay_when_the_call_is_edited_and_reordered(client: FlaskClient) -> None:
    call = full_call()
    before = client.get(f"/oproepen/{call.id}/oproep.json").get_json()
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        first = row.challenges[0]
        for position, obstacle in enumerate(reversed(first.obstacles)):
            obstacle.position = position
        first.obstacles[0].label = "Anders gezegd"
    after = client.get(f"/oproepen/{call.id}/oproep.json").get_json()

    def ids(data: Any) -> list[set[int]]:
        return [{row["id"] for row in one["obstacles"]} for one in data["challenges"]]

    assert ids(before) == ids(after)
    goal, obstacle = after["challenges"][0]["goals"][0], after["challenges"][0]["obstacles"][-1]
    assert goal["obstacles"] == [obstacle["id"]] and obstacle["goals"] == [goal["id"]]


def test_the_page_with_the_explanation_names_every_field(client: FlaskClient) -> None:
    page = client.get("/open-data").text.replace("<wbr>", "")
    for path in (
        "timeline.deadline.too_late_from",
        "personas[].portrait.url",
        "challenges[].obstacles[].goals",
    ):
        assert f"<code>{path}</code>" in page
    assert "laatste_minuut" in page


def test_the_spreadsheet_opens_in_excel_and_runs_nothing(client: FlaskClient) -> None:
    call = full_call()
    change(call.id, title='=HYPERLINK("x");\r\n"vals"')
    data = client.get("/oproepen.csv").data
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 1 and None not in rows[0]
    assert rows[0]["titel"] == '\'=HYPERLINK("x"); "vals"'
    assert rows[0]["laatste_minuut"] == "2026-06-30T23:59:00+02:00"
    assert rows[0]["gemeenten"] == "Denderleeuw Denderstreek|Ninove Denderstreek"
    assert rows[0]["open"] == "ja" and rows[0]["versie"] == "1"


def feed(client: FlaskClient, query: str = "") -> Any:
    data = client.get(f"/oproepen.atom{query}").data
    Tree.fromstring(data)
    found = feedparser.parse(data)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_the_feed_has_an_entry_per_call_with_an_id_for_ever(client: FlaskClient) -> None:
    call = full_call()
    one = feed(client).entries[0]
    assert one.id == f"tag:127.0.0.1,2026:oproep/{call.id}"
    assert one.title == "Samen één stap vooruit"
    assert one.link.endswith(f"/oproepen/{call.id}")
    assert one.updated == one.published == "2026-05-15T22:00:00Z"
    assert "30 juni 2026, 23u59" in one.summary
    assert {tag.term for tag in one.tags} == {"Ninove Denderstreek", "Denderleeuw Denderstreek"}


def test_an_amendment_makes_the_entry_new_and_says_why(client: FlaskClient) -> None:
    call = full_call()
    keep_version(call.id, 1, datetime(2026, 5, 11, tzinfo=UTC))
    other = full_call(region_name="Kempen")
    before = feed(client)
    change(call.id, deadline=exclusive_deadline(datetime(2026, 7, 2, 12)), title="Nieuwe titel")
    keep_version(call.id, 2, datetime(2026, 5, 30, 8, tzinfo=UTC), "Meer tijd & <ruimte>.")
    after = feed(client)
    assert [one.link.rpartition("/")[2] for one in after.entries] == [str(call.id), str(other.id)]
    assert {one.id for one in before.entries} == {one.id for one in after.entries}
    assert after.entries[0].updated == after.feed.updated == "2026-05-30T08:00:00Z"
    assert after.entries[0].published == "2026-05-15T22:00:00Z"
    assert "Meer tijd" in after.entries[0].summary and "<ruimte>" in _raw_summary(client)


def _raw_summary(client: FlaskClient) -> str:
    tree = Tree.fromstring(client.get("/oproepen.atom").data)
    return tree.findtext(".//{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}summary") or ""


def test_the_filters_of_the_list_hold_in_every_form(client: FlaskClient) -> None:
    here, there = full_call(), full_call(region_name="Kempen")
    with transaction():
        town = db.session.get_one(Addendum, there.id).municipalities[0].id
    change(here.id, deadline=exclusive_deadline(datetime(2026, 5, 30, 12)))
    for query, wanted in (
        (f"gemeente={town}", {there.id}),
        ("stand=open", {there.id}),
        ("stand=closed", {here.id}),
        ("levensdomein=Financi%C3%ABn", {here.id, there.id}),
    ):
        listed = client.get(f"/oproepen.json?{query}").get_json()["calls"]
        assert {one["id"] for one in listed} == wanted, query
        rows = list(
            csv.DictReader(
                io.StringIO(client.get(f"/oproepen.csv?{query}").data.decode("utf-8-sig")), delimiter=";"
            )
        )
        assert {int(one["id"]) for one in rows} == wanted, query
        found = feed(client, f"?{query}")
        assert {int(one.link.rpartition("/")[2]) for one in found.entries} == wanted, query
        links = {one.rel: one.href for one in found.feed.links}
        assert links["self"].endswith(f"/oproepen.atom?{query}")
        assert links["alternate"].endswith(f"/oproepen?{query}")
    assert found.feed.subtitle == "Alleen: Financiën"


def test_a_feed_without_calls_and_one_with_hostile_texts_are_sound(client: FlaskClient) -> None:
    empty = feed(client)
    assert not empty.entries and empty.feed.updated == "1970-01-01T00:00:00Z"
    call = nasty_call()
    keep_version(call.id, 2, datetime(2026, 5, 30, tzinfo=UTC), "]]> <b>x</b> \x07 & 😀 e\u0301 שלום")
    assert "]]> <b>x</b>  & 😀" in _raw_summary(client) and len(feed(client).entries) == 1


def test_many_versions_stay_one_entry(client: FlaskClient) -> None:
    call = full_call()
    for number in range(1, 31):
        keep_version(call.id, number, datetime(2026, 5, 1, number % 24, tzinfo=UTC), "Reden")
    found = feed(client)
    assert len(found.entries) == 1
    assert client.get(f"/oproepen/{call.id}/oproep.json").get_json()["version"] == 30


def test_the_spreadsheet_is_in_dutch(client: FlaskClient) -> None:
    region = make.make_region()
    for phase in Phase:
        make.make_call(region, phase)
    data = client.get("/oproepen.csv").data.decode("utf-8-sig")
    told = {row["stand"] for row in csv.DictReader(io.StringIO(data), delimiter=";")}
    assert {"open", "gesloten en verzegeld", "schriftelijke ronde", "beslist", "partnerschap"} <= told
    explained = dict(COLUMNS)["stand"]
    assert len(told) == 8 and all(one in explained for one in told)

"""The files of a published call as answers: for whom, under which name, and once is enough."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.timeline import Phase
from tests import factories as make
from tests.addenda.takeaway_calls import change, full_call, keep_version, nasty_call
from tests.counting import queries

OF_A_CALL = ("oproep.pdf", "oproep.docx", "oproep.json", "tijdlijn.ics", "tijdlijn/indienen.ics")
OF_ALL = ("/oproepen.json", "/oproepen.csv", "/oproepen.atom", "/schema/oproep-1.json")


@pytest.fixture(autouse=True)
def _in_time(at: object) -> None:
    at("2026-06-01T10:00")  # type: ignore[operator]


@pytest.mark.parametrize("name", OF_A_CALL)
def test_a_draft_has_no_documents_not_even_for_its_regisseur(
    client: FlaskClient, app: Flask, name: str
) -> None:
    region = make.make_region()
    draft = make.make_call(region, Phase.DRAFT)
    regisseur = make.make_regisseur(region)
    for one in (client, app.test_client().sign_in(regisseur)):  # type: ignore[attr-defined]
        assert one.get(f"/oproepen/{draft.id}/{name}").status_code == 404


@pytest.mark.parametrize("name", OF_A_CALL)
def test_a_call_that_is_published_but_not_launched_has_none_either(
    client: FlaskClient, at: object, name: str
) -> None:
    call = full_call()
    at("2026-05-15T23:59")  # type: ignore[operator]
    assert client.get(f"/oproepen/{call.id}/{name}").status_code == 404
    assert f"/oproepen/{call.id}" not in client.get("/oproepen.json").text
    at("2026-05-16T00:00")  # type: ignore[operator]
    assert client.get(f"/oproepen/{call.id}/{name}").status_code == 200
    assert f"/oproepen/{call.id}" in client.get("/oproepen.json").text


@pytest.mark.parametrize("name", OF_A_CALL)
def test_a_call_that_does_not_exist_has_none(client: FlaskClient, name: str) -> None:
    assert client.get(f"/oproepen/999999/{name}").status_code == 404


def test_every_file_is_the_same_until_something_changes(client: FlaskClient, at: object) -> None:
    call = full_call()
    paths = [*(f"/oproepen/{call.id}/{name}" for name in OF_A_CALL), *OF_ALL]
    first = {path: client.get(path) for path in paths}
    at("2026-06-03T11:30")  # type: ignore[operator]
    for path, before in first.items():
        tag = before.headers["ETag"]
        again = client.get(path)
        assert (again.headers["ETag"], again.data) == (tag, before.data), path
        same = client.get(path, headers={"If-None-Match": tag})
        assert (same.status_code, same.data) == (304, b""), path
        head = client.head(path)
        assert (head.status_code, head.headers["ETag"], head.data) == (200, tag, b""), path
        assert before.headers["Cache-Control"] == "public, no-cache"
        assert "Set-Cookie" not in before.headers
    change(call.id, title="Een andere titel")
    for path, before in first.items():
        if "schema" not in path:
            changed = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
            assert changed.status_code == 200, path


def test_the_tag_begins_with_the_version(client: FlaskClient) -> None:
    call = full_call()
    assert client.get(f"/oproepen/{call.id}/oproep.json").headers["ETag"].startswith('"1-')
    keep_version(call.id, 4, datetime(2026, 5, 30, tzinfo=UTC), "Een fout rechtgezet.")
    for name in OF_A_CALL:
        assert client.get(f"/oproepen/{call.id}/{name}").headers["ETag"].startswith('"4-')


def test_other_websites_may_read_the_data_but_not_the_documents(client: FlaskClient) -> None:
    call = full_call()
    shared = ["oproep.json", "tijdlijn.ics", "tijdlijn/indienen.ics"]
    for path in [*(f"/oproepen/{call.id}/{name}" for name in shared), *OF_ALL]:
        assert client.get(path).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get(f"/oproepen/{call.id}/oproep.pdf").headers


def test_files_have_names_that_people_recognise(client: FlaskClient) -> None:
    call = full_call()
    header = client.get(f"/oproepen/{call.id}/oproep.pdf").headers["Content-Disposition"]
    assert header == (
        'attachment; filename="denderstreek-samen-een-stap-vooruit.pdf"; '
        "filename*=UTF-8''denderstreek-samen-%C3%A9%C3%A9n-stap-vooruit.pdf"
    )
    calendar = client.get(f"/oproepen/{call.id}/tijdlijn.ics").headers
    assert calendar["Content-Disposition"].startswith("inline; ")
    assert calendar["Content-Type"] == "text/calendar; charset=utf-8"


@pytest.mark.parametrize(
    "title", ["😀", '"../..\\x"; filename="evil.exe', "שלום", "a" * 200, "x\r\nSet-Cookie: a=b"]
)
def test_no_title_breaks_the_name_of_a_file(client: FlaskClient, title: str) -> None:
    call = full_call()
    change(call.id, title=title)
    for name in ("oproep.pdf", "oproep.docx", "oproep.json"):
        answer = client.get(f"/oproepen/{call.id}/{name}")
        header = answer.headers["Content-Disposition"]
        extension = name.rpartition(".")[2]
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
        assert header.isascii() and len(header) < 900
        assert header.count('"') == 2 and "/" not in header and "\\" not in header
        assert header.endswith(f".{extension}")


def test_whatever_people_typed_every_file_can_be_made(client: FlaskClient) -> None:
    call = nasty_call()
    for path in [*(f"/oproepen/{call.id}/{name}" for name in OF_A_CALL), *OF_ALL, "/open-data"]:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("name", OF_A_CALL)
def test_a_file_costs_the_same_few_queries_whatever_the_size_of_the_call(
    client: FlaskClient, name: str
) -> None:
    region = make.make_region()
    sizes = [make.make_call(region, challenges=n, obstacles=n * 3, criteria=n).id for n in (1, 3, 10)]
    make.clock.set_to(None)
    counts = []
    for call_id in sizes:
        with queries() as seen:
            assert client.get(f"/oproepen/{call_id}/{name}").status_code == 200
        counts.append(len(seen))
    assert len(set(counts)) == 1 and counts[0] <= 12, seen


@pytest.mark.parametrize("path", ["/oproepen.json", "/oproepen.csv", "/oproepen.atom"])
def test_the_lists_cost_the_same_few_queries_whatever_their_length(client: FlaskClient, path: str) -> None:
    region = make.make_region()
    make.clock.set_to(None)
    counts = []
    for more in (1, 2, 9):
        for _ in range(more):
            make.make_call(region)
        with queries() as seen:
            assert client.get(path).status_code == 200
        counts.append(len(seen))
    assert len(set(counts)) == 1 and counts[0] <= 7, seen


@pytest.mark.parametrize(
    "query", ["gemeente=x", "stand=%00", "levensdomein=" + "a" * 300, "q=%F0%9F%98%80&gemeente=-1"]
)
def test_filters_that_make_no_sense_count_as_none(client: FlaskClient, query: str) -> None:
    for path in ("/oproepen.json", "/oproepen.csv", "/oproepen.atom"):
        assert client.get(f"{path}?{query}").status_code == 200


def test_nothing_can_be_sent_to_these_addresses(client: FlaskClient) -> None:
    call = full_call()
    for path in [*(f"/oproepen/{call.id}/{name}" for name in OF_A_CALL), *OF_ALL]:
        assert client.post(path).status_code == 405


def test_the_block_offers_every_form_and_only_of_published_calls(app: Flask) -> None:
    from app.addenda.public.queries import load_page
    from app.addenda.queries import load_call
    from app.infra import clock

    call = full_call()
    with app.test_request_context():
        seen = load_call(call.id, clock.now())
        render = app.jinja_env.get_template
        block = render("addenda/_takeaway.html").render(call=seen)
        agenda = render("addenda/_takeaway_agenda.html").render(call=seen, page=load_page(call.id))
        head = render("addenda/_takeaway_head.html").render(call=seen)
    for name in ("oproep.pdf", "oproep.docx", "oproep.json", "tijdlijn.ics"):
        assert f"/oproepen/{call.id}/{name}" in block
    assert 'href="webcal://' in block and "/oproepen.atom" in block
    for step in ("lancering", "vragen", "indienen", "schriftelijk", "pitch-1", "pitch-2", "beslissing"):
        assert f"/oproepen/{call.id}/tijdlijn/{step}.ics" in agenda
    assert head.count('rel="alternate"') == 4
    draft = make.make_call(make.make_region(), Phase.DRAFT)
    with app.test_request_context():
        seen = load_call(draft.id, clock.now())
        assert "href" not in render("addenda/_takeaway.html").render(call=seen)
        assert "href" not in render("addenda/_takeaway_head.html").render(call=seen)

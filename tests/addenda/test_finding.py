"""Search in Dutch: the same answers on SQLite and PostgreSQL, and never syntax of either."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.addenda import finding
from app.addenda.models import Addendum
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from tests import factories as make
from tests.addenda.helpers import imported
from tests.addenda.takeaway_calls import full_call
from tests.addenda.test_amending import World
from tests.counting import queries


def call_about(title: str, *obstacles: str, phase: Phase = Phase.OPEN, **values: Any) -> Addendum:
    """A call with these obstacles, laid down in the index."""
    call = make.make_call(make.make_region(), phase, obstacles=max(len(obstacles), 1))
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.title = title
        for name, value in values.items():
            setattr(row, name, value)
        for one, label in zip(row.challenges[0].obstacles, obstacles, strict=False):
            one.label = label
        db.session.flush()
        finding.reindex(call.id)
    return call


def found(text: str) -> list[int]:
    return [hit.addendum_id for hit in finding.search(finding.parse(text))]


@pytest.fixture
def calls(app: Flask) -> dict[str, int]:
    made = {
        "wonen": call_about("Thuis", "Slechte woonkwaliteit", "Twee woningen zonder verwarming").id,
        "geld": call_about("Rond de maand", "Wachttijd voor schuldbemiddeling", "Weinig budgetbeheer").id,
        "kind": call_about("Opgroeien", "Geen kinderopvang in de crèche", "De arbeidsmarkt is ver").id,
    }
    return made


@pytest.mark.parametrize(
    "typed, wanted",
    [
        ("kwaliteit", ["wonen"]),
        ("woonkwaliteit", ["wonen"]),
        ("WOONKWALITEIT", ["wonen"]),
        ("woning", ["wonen"]),
        ("verwarmingen", ["wonen"]),
        ("schulden", ["geld"]),
        ("bemiddeling", ["geld"]),
        ("schuldbemid", ["geld"]),
        ("budgetten", ["geld"]),
        ("beheer", ["geld"]),
        ("opvang", ["kind"]),
        ("opvang voor kinderen", ["kind"]),
        ("creche", ["kind"]),
        ("Crèche", ["kind"]),
        ("markt", ["kind"]),
        ("arbeid", ["kind"]),
        ("slechte woning", ["wonen"]),
        ('"slechte woonkwaliteit"', ["wonen"]),
        ('"woonkwaliteit slechte"', []),
        ('"slechte woningen"', []),
        ('"wachttijd voor schuldbemiddeling"', ["geld"]),
        ("woning kinderopvang", []),
        ("xyzzy", []),
        ("Nora", ["kind", "geld", "wonen"]),
        ("zoekt werk", ["kind", "geld", "wonen"]),
        ("verplaatsen", ["kind", "geld", "wonen"]),
        ("vertrouwenspersoon", ["kind", "geld", "wonen"]),
        ("Bornem", ["kind", "geld", "wonen"]),
    ],
)
def test_what_is_typed_finds_what_is_meant(calls: dict[str, int], typed: str, wanted: list[str]) -> None:
    assert found(typed) == [calls[name] for name in wanted]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        "*",
        "(",
        ")",
        "NEAR(woning 2)",
        "woning AND",
        "OR woning",
        "NOT woning",
        "terms : woning",
        "-woning",
        "^woning",
        "woning & !",
        "'; DROP TABLE call_search; --",
        "\\",
        "a:*b",
        "<->",
        "%_",
        "\x00woning\x00",
        "'woning",
        "ßﬁ١٢३ 住宅 क्षेत्र ‮",
        "woning" * 100,
        " ".join(["woning"] * 200),
        '"' * 99,
    ],
)
def test_what_is_typed_is_never_syntax(calls: dict[str, int], client: FlaskClient, typed: str) -> None:
    found(typed)
    assert client.get("/oproepen", query_string={"q": typed}).status_code == 200
    assert found("woning") == [calls["wonen"]]


def test_operators_are_words_like_any_other(calls: dict[str, int]) -> None:
    assert found("woning AND verwarming") == []
    assert found("woning*") == [calls["wonen"]]
    assert found("(woning)") == [calls["wonen"]]


def test_a_title_counts_for_more_than_a_story(app: Flask) -> None:
    in_obstacle = call_about("Samen", "Geen fiets")
    in_title = call_about("Op de fiets", "Geen bus")
    newer_obstacle = call_about("Verder", "Een fiets kost geld")
    assert found("fiets") == [in_title.id, newer_obstacle.id, in_obstacle.id]


def test_the_whole_word_goes_before_its_parts(app: Flask) -> None:
    parts = call_about("Eerst", "De kwaliteit van waar mensen wonen", "Een woon en een kwaliteit")
    whole = call_about("Dan", "Slechte woonkwaliteit")
    newest_parts = call_about("Laatst", "Een woon van kwaliteit")
    assert found("woonkwaliteit") == [whole.id, newest_parts.id, parts.id]


def test_a_result_shows_where_it_was_found_with_the_words_marked(client: FlaskClient, app: Flask) -> None:
    call_about("Samen", "Slechte <b>woonkwaliteit</b> in oude huizen")
    page = client.get("/oproepen?q=kwaliteit").text
    assert "in obstakel" in page
    assert "Slechte &lt;b&gt;<mark>woonkwaliteit</mark>&lt;/b&gt; in oude huizen" in page


def test_drafts_and_planned_calls_are_never_found(client: FlaskClient, app: Flask, at: Any) -> None:
    draft, _ = imported()
    with transaction():
        finding.reindex(draft)
    assert found("Bart") == []
    planned = call_about("Geheimzinnig", "Onvindbaar obstakel", launch=make.some_day(3))
    other = call_about("Open", "Zichtbaar obstakel")
    assert found("geheimzinnig") == [planned.id]
    page = client.get("/oproepen?q=geheimzinnig").text
    assert f'href="/oproepen/{planned.id}"' not in page
    wrong = client.get("/oproepen?q=onvindbar").text
    assert "Bedoelde je" not in wrong and "onvindbaar" not in wrong.lower().replace("onvindbar", "")
    at(make.clock.read() + timedelta(days=4))
    assert f'href="/oproepen/{planned.id}"' in client.get("/oproepen?q=geheimzinnig").text
    assert other.id != planned.id


def test_a_typing_error_is_met_with_what_was_meant(client: FlaskClient, app: Flask) -> None:
    call_about("Samen", "Slechte woonkwaliteit")
    page = client.get("/oproepen?q=slechte+wonkwaliteit&stand=open").text
    assert "Bedoelde je" in page
    assert "q=slechte+woonkwaliteit" in page and "stand=open" in page
    assert "Bedoelde je" not in client.get("/oproepen?q=qqqqqqq").text


def test_who_is_no_longer_published_is_found_no_more(app: Flask) -> None:
    call = call_about("Samen", "Slechte woonkwaliteit")
    with transaction():
        db.session.get_one(Addendum, call.id).published_at = None
        db.session.flush()
        finding.reindex(call.id)
    assert found("woonkwaliteit") == []


def test_the_index_can_be_laid_down_anew(app: Flask) -> None:
    call = call_about("Samen", "Slechte woonkwaliteit")
    with transaction():
        db.session.get_one(Addendum, call.id).challenges[0].obstacles[0].label = "Vochtige muren"
    make.make_call(make.make_region())
    assert found("muur") == []
    result = app.test_cli_runner().invoke(args=["addendum", "reindex"])
    assert "2 oproepen" in result.output, result.output
    assert found("muur") == [call.id] and found("woonkwaliteit") == []


def test_only_what_is_missing_is_caught_up(app: Flask) -> None:
    make.make_call(make.make_region())
    call_about("Samen", "Slechte woonkwaliteit")
    assert finding.catch_up() == 1
    assert finding.catch_up() == 0
    assert len(found("Nora")) == 2


def test_what_is_rolled_back_is_not_found(app: Flask) -> None:
    call = make.make_call(make.make_region())
    with pytest.raises(RuntimeError), transaction():
        finding.reindex(call.id)
        raise RuntimeError
    assert found("Nora") == []


@pytest.mark.parametrize("count", [1, 3, 30])
def test_searching_costs_the_same_for_one_three_or_thirty_calls(
    client: FlaskClient, app: Flask, count: int
) -> None:
    for number in range(count):
        call_about(f"Oproep {number}", "Slechte woonkwaliteit")
    with queries() as seen:
        page = client.get("/oproepen?q=kwaliteit")
    assert page.text.count("<article") == count
    assert len(seen) <= 7, seen


def test_what_is_being_amended_is_found_once_it_is_public(app: Flask) -> None:
    world = World()
    world.reword("Geen fietsenstalling aan het station")
    assert found("fietsenstalling") == []
    world.publish()
    assert found("fietsenstalling") == [world.id]


@pytest.mark.parametrize(
    "typed, meant",
    [
        ("borenm", "bornem"),
        ("Mirelle", "mireille"),
        ("mobilteit", "mobiliteit"),
        ("mobilteit qqqqqqq", "mobiliteit"),
        ("wonkwaliteit qqqqqqq", "woonkwaliteit"),
    ],
)
def test_what_was_meant_may_be_a_name_or_a_part_of_a_word(
    client: FlaskClient, app: Flask, typed: str, meant: str
) -> None:
    call_about("Samen in Bornem", "Mireille heeft mobiliteitsproblemen", "Slechte woonkwaliteit")
    page = client.get("/oproepen", query_string={"q": typed}).text
    assert "Bedoelde je" in page and f">{meant}</a>?" in page


@pytest.mark.parametrize(
    "typed", ["schuldhulpverlening", "schuldhulpverlenning", "Schuldhulpverleningen", "schuldhulp"]
)
def test_a_longer_compound_finds_what_shares_its_first_parts(
    client: FlaskClient, app: Flask, typed: str
) -> None:
    scattered = call_about("Eerst", "Oplopende schulden", "Te weinig hulp").id
    near = call_about("Dan", "Hulp bij schulden").id
    call_about("Elders", "Geen hulpverlening")
    assert found(typed) == [near, scattered]
    assert "<mark>schulden</mark>" in client.get(f"/oproepen?q={typed}").text
    whole = call_about("Laatst", "Weinig schuldhulpverlening").id
    assert found(typed)[0] == whole


def test_two_parts_of_a_compound_are_both_needed(calls: dict[str, int]) -> None:
    assert found("schuldmarkt") == [] and found("verwarmingsbudget") == []


@pytest.mark.parametrize(
    "typed, hit", [("2026", True), ("juni 2026", True), ("30 juni 2026", True), ("30/06/2026", True),
                   ("30-6-2026", True), ('"30 juni 2026"', True), ("2031", False), ("29/06/2026", False)]
)  # fmt: skip
def test_the_dates_of_the_road_are_found(client: FlaskClient, at: Any, typed: str, hit: bool) -> None:
    at("2026-06-01T10:00")
    call = full_call()
    with transaction():
        finding.reindex(call.id)
    assert found(typed) == ([call.id] if hit else [])
    if hit:
        assert "in verloop" in client.get("/oproepen", query_string={"q": typed}).text


def test_a_pasted_paragraph_is_cut_and_answered(client: FlaskClient, app: Flask) -> None:
    call_about("Samen", "Slechte woonkwaliteit")
    page = client.get("/oproepen", query_string={"q": "woorden die nergens staan " * 120})
    assert page.status_code == 200 and "Zoek met minder of andere woorden" in page.text
    assert page.text.count("woorden die nergens staan") < 40
    assert "<article" in client.get("/oproepen", query_string={"q": "slechte woonkwaliteit " * 150}).text

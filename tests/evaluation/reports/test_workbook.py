"""The workbook and the data: numbers are numbers, text stays text, and the shape is the described one."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.timeline import Phase
from app.infra.database import db, transaction
from tests.evaluation.reports.reading import Rows, Workbook, get
from tests.evaluation.reports.test_report import agree, remark, rename
from tests.evaluation.world import World, build, declare, sheet

SCHEMA = Path(__file__).parents[3] / "docs" / "schemas" / "scores-1.schema.json"
DANGEROUS = [
    "=1+1",
    "+32 470",
    "-5 punten",
    "@SUM(A1)",
    "\t=1+1",
    '=HYPERLINK("http://x")',
    "http://a.be/",
    "12",
]


@pytest.fixture
def world(app: Flask) -> World:
    made = build(Phase.DECIDED, proposals=2, jurors=2)
    sheet(made, 0, made.jurors[0], [5, 4])
    sheet(made, 0, made.jurors[1], [3, 3])
    sheet(made, 1, made.jurors[0], [5, 2])
    return made


def reasons(world: World, made: Any, *texts: str) -> None:
    with transaction():
        for score, text in zip(db.session.merge(made).scores, texts, strict=False):
            score.reason = text


def rows(client: FlaskClient, world: World, name: str) -> Rows:
    return Workbook(get(client, world, "scores.xlsx")).sheets[name]


def data(client: FlaskClient, world: World) -> Any:
    found = json.loads(get(client, world, "scores.json"))
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(found, schema, format_checker=jsonschema.FormatChecker())
    return found


def test_the_sheets_of_the_workbook(client: FlaskClient, world: World) -> None:
    book = Workbook(get(client.sign_in(world.regisseur), world, "scores.xlsx"))
    assert list(book.sheets) == ["Toelichting", "Scores", "Totalen", "Rangschikking", "Criteria", "Belangen"]
    assert len(book.sheets["Scores"]) == 1 + 3 * 2
    assert len(book.sheets["Belangen"]) == 1 + 2 * 2
    assert len(book.sheets["Criteria"]) == 1 + 4


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_people_typed_never_runs(client: FlaskClient, world: World, text: str) -> None:
    rename(world, text)
    made = sheet(world, 1, world.jurors[1], [4, 4])
    reasons(world, made, text, text)
    book = Workbook(get(client.sign_in(world.regisseur), world, "scores.xlsx"))
    assert book.formulas == [] and book.links == []
    assert [row[7] for row in book.sheets["Scores"]].count(text) == 2
    assert text in {row[1] for row in book.sheets["Totalen"]}
    assert "externalLinks" not in "".join(book.parts.namelist())


def test_numbers_are_numbers_and_right(client: FlaskClient, world: World) -> None:
    agree(world, 1, 4)
    client.sign_in(world.regisseur)
    scored = rows(client, world, "Scores")[1]
    assert (scored[5], scored[6]) == (50.0, 5.0) and isinstance(scored[9], float)
    totals = {row[1]: row for row in rows(client, world, "Totalen")[1:]}
    first, second = (one.name for one in world.organisations)
    # two sheets of 90 % and 60 %; levels 4 and 3,5
    assert totals[first][3:9] == [2.0, 75.0, 60.0, 90.0, 4.0, 3.5]
    assert totals[second][3:9] == [1.0, 60.0, 70.0, 70.0, 4.0, 2.0] and totals[second][11] == "Criterium 1"
    ranking = rows(client, world, "Rangschikking")
    assert [row[0] for row in ranking[1:]] == [1.0, 2.0]
    assert ranking[2][7:9] == ["nee", "Criterium 2: 2,00 waar minstens 2,50 nodig is"]
    criteria = rows(client, world, "Criteria")[1]
    assert criteria[2:8] == [50.0, 2.5, 5.0, "nee", 3.0, 4.33]


def test_equal_totals_share_a_place(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=3)
    for place in range(3):
        sheet(world, place, world.jurors[0], [4, 4] if place else [5, 5])
    found = rows(client.sign_in(world.regisseur), world, "Rangschikking")[1:]
    assert [row[:2] for row in found] == [[1.0, None], [2.0, "ja"], [2.0, "ja"]]


def test_not_applicable_is_said_in_words(client: FlaskClient, world: World) -> None:
    made = sheet(world, 1, world.jurors[1], [4, 4])
    with transaction():
        db.session.merge(world.criteria()[0]).may_be_skipped = True
        score = sorted(db.session.merge(made).scores, key=lambda one: one.criterion_id)[0]
        score.level, score.not_applicable = None, True
    client.sign_in(world.regisseur)
    assert [row[6] for row in rows(client, world, "Scores")].count("n.v.t.") == 1
    (found,) = [one for one in data(client, world)["sheets"] if one["scores"][0]["not_applicable"]]
    assert found["scores"][0]["level"] is None


def test_the_data_has_the_described_shape_and_is_exact(client: FlaskClient, world: World) -> None:
    sheet(world, 0, world.jurors[0], [1, 2], round_name="pitch")
    remark(sheet(world, 1, world.jurors[1], [3, 3]), "Voor hen", "Voor ons")
    agree(world, 1, 4)
    declare(world, world.jurors[1], conflicts=(1,))
    found = data(client.sign_in(world.regisseur), world)
    first, second = found["proposals"]
    assert (first["place"], first["total"]) == (2, {"shown": "52.50", "exact": "105/2"})
    assert (second["place"], Fraction(second["total"]["exact"])) == (1, Fraction(60))
    (outside,) = [one for one in found["sheets"] if not one["counts"]]
    assert outside["outside"] == "conflict_of_interest"
    assert (outside["remark_applicant"], outside["remark_internal"]) == ("Voor hen", "Voor ons")
    (agreed,) = found["consensus"]
    assert agreed["present"] == [one.id for one in world.jurors]
    assert len(found["sheets"]) == 5 and len(found["declarations"]) == 4 and found["left_out"] == ""


def test_the_data_of_an_empty_call_has_the_shape_too(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=0, jurors=1)
    assert data(client.sign_in(world.regisseur), world)["sheets"] == []


def test_who_left_something_out_gets_the_shape_too(client: FlaskClient, world: World) -> None:
    declare(world, world.chair, conflicts=(0,))
    found = data(client.sign_in(world.chair), world)
    assert [one["place"] for one in found["proposals"]] == [None]
    assert found["left_out"].startswith("1 kandidatuur staat hier niet bij")

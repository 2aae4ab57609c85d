"""The report of the jury: the parts that were ticked, for whom they are meant, and nobody who is closed."""

import io
import json
import re
from typing import Any

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration, Consensus, ScoreSheet
from app.infra.database import db, transaction
from app.organisations.models import Organisation
from app.proposals.models import Submission
from tests.counting import queries
from tests.evaluation.reports.reading import Workbook, get, pdf_text
from tests.evaluation.world import World, build, declare, sheet

NAMES = ("Ämbacht 👩‍🌾 vzw", "עזרה לשכן vzw", "Zoe\u0308 & Zonen مرحبا")
MADE = re.compile(r"Gemaakt op .*")
FILES = ("verslag.pdf", "scores.xlsx", "scores.json")


def rename(world: World, *names: str) -> None:
    with transaction():
        for organisation, name in zip(world.organisations, names, strict=False):
            db.session.merge(organisation).name = name


def remark(made: ScoreSheet, applicant: str = "", internal: str = "") -> None:
    with transaction():
        row = db.session.merge(made)
        row.remark_applicant, row.remark_internal = applicant, internal


def agree(world: World, place: int, level: int, reason: str = "Na gesprek.") -> None:
    with transaction() as now:
        db.session.add(
            Consensus(
                proposal_id=world.proposals[place].id,
                criterion_id=world.criteria()[0].id,
                level=level,
                reason=reason,
                recorded_by_id=world.chair.id,
                recorded_at=now,
                present=[one.id for one in world.jurors],
            )
        )


@pytest.fixture
def world(app: Flask) -> World:
    made = build(Phase.DECIDED, proposals=2, jurors=3)
    rename(made, "Zonnig vzw", "Bewolkt vzw")
    for juror, levels in zip(made.jurors, ([5, 5], [3, 4], [4, 4]), strict=True):
        sheet(made, 0, juror, levels)
        sheet(made, 1, juror, [2, 2])
    return made


def report(client: FlaskClient, world: World, *parts: str) -> str:
    asked = {"gekozen": "ja", "deel": parts} if parts else {}
    return pdf_text(get(client, world, "verslag.pdf", **asked))


def test_the_page_says_what_is_in_each_file(client: FlaskClient, world: World) -> None:
    text = get(client.sign_in(world.regisseur), world, "verslag").decode()
    assert "2 kandidaturen, 6 scorebladen, 3 juryleden." in text
    for name in ("verslag.pdf", "scores.xlsx", "scores.json", "scores.csv"):
        assert f"/oproepen/{world.call.id}/{name}" in text
    assert "Nog niet meegedeeld" in text and "Niet alles staat erin" not in text


def test_the_report_is_tagged_and_says_which_language_it_is_in(client: FlaskClient, world: World) -> None:
    pdf = get(client.sign_in(world.regisseur), world, "verslag.pdf")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked and "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang).startswith("nl")
        with document.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == f"Juryverslag – {world.call.title}"


def test_totals_worked_out_by_hand(client: FlaskClient, world: World) -> None:
    agree(world, 0, 5, "Samen gelezen.")
    text = report(client.sign_in(world.regisseur), world)
    # half of 5 of 5 (consensus) and half of 13/3 of 5
    assert "Totaal: 93,33 %." in text and "Totaal: 40,00 %." in text
    assert "Per scoreblad van 70,00 % tot 100,00 %." in text
    assert "consensus 3 tot 5" in text and "Samen gelezen." in text
    assert "Aanwezig: Jan Jurylid, Jan Jurylid en Jan Jurylid." in text
    assert "alle gehaald" in text and "minstens 2,50" in text
    assert "van 2 kandidaten verandert geen enkele plaats" in " ".join(text.split())


def test_what_is_not_for_applicants_is_only_there_when_asked(client: FlaskClient, world: World) -> None:
    made = sheet(world, 0, world.jurors[0], [4, 4], round_name="pitch")
    remark(made, "Werk samen met de buren.", "Ik twijfel aan hun cijfers.")
    client.sign_in(world.regisseur)
    text = report(client, world)
    assert "Werk samen met de buren." in text
    assert "Ik twijfel" not in text and "niet voor kandidaten" not in text
    assert "Goed onderbouwd met voorbeelden" not in text
    internal = report(client, world, "intern")
    assert "Ik twijfel aan hun cijfers." in internal and "Werk samen" not in internal
    assert internal.count("Intern: niet voor kandidaten") == internal.count("pagina ")
    assert "Goed onderbouwd met voorbeelden" in report(client, world, "scores")


def test_the_name_of_the_file_tells_that_it_is_internal(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    for parts, name in ((["jury"], "juryverslag-oproep"), (["jury", "intern"], "juryverslag-intern-oproep")):
        response = client.get(
            f"/oproepen/{world.call.id}/verslag.pdf", query_string={"gekozen": "ja", "deel": parts}
        )
        assert name in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("part", "here", "absent"),
    [
        ("jury", "Zetelt voor", "Rangschikking"),
        ("belangen", "Niemand meldde een belangenconflict", "Zetelt voor"),
        ("criteria", "Niveau 3", "Niemand meldde"),
        ("rangschikking", "Gelijke totalen delen een plaats", "Niveau 3"),
        ("totalen", "Laagste tot hoogste", "Gelijke totalen"),
        ("beraad", "is geen consensus vastgelegd", "Laagste tot hoogste"),
        ("opmerkingen", "Niemand schreef een opmerking", "consensus vastgelegd"),
        ("toelichting", "Intern", "Belangenverklaringen"),
    ],
)
def test_only_the_ticked_parts(client: FlaskClient, world: World, part: str, here: str, absent: str) -> None:
    text = report(client.sign_in(world.regisseur), world, part)
    assert here in text and absent not in text


def test_without_a_part_nothing_is_made_and_the_form_says_so(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    for asked in ({"gekozen": "ja"}, {"gekozen": "ja", "deel": ["9" * 400, "ï¼‘", "jury'"]}):
        response = client.get(f"/oproepen/{world.call.id}/verslag.pdf", query_string=asked)
        assert response.status_code == 422 and "Vink minstens één onderdeel aan." in response.text


def test_an_explanation_of_a_tie_only_when_asked(client: FlaskClient, world: World) -> None:
    declare(world, world.jurors[2], conflicts=(1,))
    with transaction():
        row = db.session.query(ConflictDeclaration).filter_by(in_conflict=True).one()
        row.explanation = "Mijn zus werkt er."
    client.sign_in(world.regisseur)
    assert "Lid van het" in report(client, world, "belangen")
    assert "Mijn zus" not in report(client, world, "belangen")
    assert "Mijn zus" in report(client, world, "belangen", "toelichting")


def test_a_late_conflict_takes_a_sheet_out_and_the_files_say_so(client: FlaskClient, world: World) -> None:
    declare(world, world.jurors[0], conflicts=(0,))
    client.sign_in(world.regisseur)
    text = report(client, world, "totalen", "scores")
    assert "Totaal: 75,00 %." in text and "Niet meegeteld 1 scoreblad" in text
    assert "telt niet mee (belangenconflict)" in text
    rows = Workbook(get(client, world, "scores.xlsx")).sheets["Scores"]
    assert [row[8] for row in rows].count("nee: belangenconflict") == 2


def closed(client: FlaskClient, world: World) -> str:
    """Everything in the three files that the chair gets, as text."""
    parts = ["belangen", "rangschikking", "totalen", "beraad", "opmerkingen", "scores", "intern"]
    book = Workbook(get(client, world, "scores.xlsx"))
    texts = [report(client, world, *parts), repr(book.sheets), repr(book.strings)]
    texts += [get(client, world, name).decode() for name in ("scores.json", "verslag")]
    return "\n".join(texts)


def test_who_has_a_conflict_finds_nothing_about_that_applicant(client: FlaskClient, world: World) -> None:
    agree(world, 0, 1, "Geheim van Zonnig.")
    pitch = sheet(world, 0, world.jurors[2], [4, 4], round_name="pitch")
    remark(pitch, "Lof voor Zonnig", "Spijt van Zonnig")
    declare(world, world.chair, conflicts=(0,))
    declare(world, world.jurors[2], conflicts=(0,))
    number = db.session.query(Submission).filter_by(proposal_id=world.proposals[0].id).one().receipt_number
    text = closed(client.sign_in(world.chair), world)
    assert "Zonnig" not in text and number not in text and "Lid van het bestuur" not in text
    assert str(world.proposals[0].id) not in text
    assert text.count("1 kandidatuur staat hier niet bij") >= 4
    assert "Bewolkt vzw" in text and "40,00" in text


def test_a_place_tells_about_the_others_and_so_is_left_out(client: FlaskClient, world: World) -> None:
    declare(world, world.chair, conflicts=(0,))
    client.sign_in(world.chair)
    assert "De rangschikking staat hier niet." in report(client, world, "rangschikking")
    (_, (*_, told)) = Workbook(get(client, world, "scores.xlsx")).sheets["Rangschikking"]
    assert "De rangschikking staat hier niet." in told
    assert get(client, world, "scores.json").decode().count('"place": null') == 1


def test_what_the_closed_one_got_changes_nothing_in_any_file(client: FlaskClient, world: World) -> None:
    declare(world, world.chair, conflicts=(0,))
    client.sign_in(world.chair)

    def seen() -> list[Any]:
        data = json.loads(get(client, world, "scores.json"))
        sheets = Workbook(get(client, world, "scores.xlsx")).sheets
        del data["made_at"], sheets["Toelichting"]
        return [MADE.sub("", report(client, world)), sheets, data]

    before = seen()
    with transaction():
        for made in db.session.query(ScoreSheet).filter_by(proposal_id=world.proposals[0].id):
            for score in made.scores:
                score.level = 0
    assert seen() == before


@pytest.mark.parametrize("phase", [Phase.WRITTEN, Phase.PITCH], ids=lambda one: one.name)
def test_before_the_rounds_are_over_there_is_nothing(client: FlaskClient, phase: Phase) -> None:
    world = build(phase)
    client.sign_in(world.regisseur)
    for name in ("verslag", *FILES):
        assert client.get(f"/oproepen/{world.call.id}/{name}").status_code == 403


def test_a_call_without_anything_gives_files_that_say_so(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=0, jurors=0)
    client.sign_in(world.regisseur)
    assert "Nog geen scorebladen" in get(client, world, "verslag").decode()
    assert "Er zit niemand in de jury." in report(client, world)
    assert len(Workbook(get(client, world, "scores.xlsx")).sheets["Scores"]) == 1


def test_names_in_every_script_come_out_whole(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=3)
    rename(world, *NAMES)
    for place in range(3):
        sheet(world, place, world.jurors[0], [4, 4])
    client.sign_in(world.regisseur)
    text = report(client, world)
    assert "Ämbacht" in text and "👩" in text and "Zonen" in text and "?" not in text
    with pikepdf.open(io.BytesIO(get(client, world, "verslag.pdf"))) as document:
        titles = [str(one.Title) for one in _outline(document)]
    assert any("עזרה לשכן" in one for one in titles)
    stored = {one.name for one in db.session.query(Organisation).filter(Organisation.name.in_(NAMES))}
    cells = {row[1] for row in Workbook(get(client, world, "scores.xlsx")).sheets["Totalen"][1:]}
    assert cells == stored and all(name in get(client, world, "scores.json").decode() for name in stored)


def _outline(document: Any) -> list[Any]:
    found, waiting = [], [document.Root.Outlines.First]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += [one[key] for key in ("/First", "/Next") if key in one]
    return found


@pytest.mark.parametrize("name", ["verslag", *FILES])
def test_as_many_queries_for_one_applicant_as_for_thirty(app: Flask, client: FlaskClient, name: str) -> None:
    counts = []
    for number in (1, 3, 30):
        made = build(Phase.DECIDED, proposals=number)
        for place in range(number):
            sheet(made, place, made.jurors[0], [3, place % 6])
            agree(made, place, 4)
        client.sign_in(made.regisseur)
        with queries() as seen:
            get(client, made, name)
        counts.append(len(seen))
    assert len(set(counts)) == 1 and counts[0] <= 24, counts

"""Ten pages of Word became a draft: she checks it, puts what was missed in its place, goes on tomorrow."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.addenda.drafting.drafts import load_addendum, read_section
from app.addenda.drafting.editing import save_section
from app.addenda.drafting.sections import Analysis, Part, fingerprint
from app.addenda.models import Addendum
from app.addenda.reviewing.imports import create_draft
from app.addenda.reviewing.places import Atlas
from app.addenda.reviewing.report import Report, keep, unbooked
from app.audit.models import AuditEntry
from app.infra.database import db, transaction
from tests import factories as make
from tests.addenda.helpers import CORPUS, imported, make_area, source
from tests.addenda.review_helpers import looked, move

REAL = next(n for n, line in enumerate(source().splitlines(), start=1) if line.strip())


def first(atlas: Atlas, kind: str) -> str:
    return next(at for at in atlas.rows if at.startswith(kind))


def test_every_line_and_every_item_point_at_each_other(client: FlaskClient) -> None:
    draft, regisseur = imported()
    page = client.sign_in(regisseur).get(f"/oproepen/{draft}/bron").text
    _, report, atlas = looked(draft)
    for number, line in enumerate(source().splitlines(), start=1):
        assert not line.strip() or f'id="regel-{number}"' in page
    for at, lines in atlas.items(report.places).items():
        if at in atlas.rows:
            anchor = at.replace(":", "-")
            assert f'href="#bij-{anchor}"' in page and f'id="bij-{anchor}"' in page
            assert f'href="#regel-{lines[0]}"' in page
    assert "van 14 onderdelen nog na te kijken" in page


def test_every_reading_of_the_corpus_books_every_line(app: Flask) -> None:
    region, regisseur = make_area()
    for path in sorted(CORPUS.glob("*.txt")):
        draft = create_draft(region.id, by=make.actor(regisseur), text=source(path.stem))
        addendum, report, atlas = looked(draft)
        assert all(atlas.exact(place) for place in report.places), path.stem
        assert unbooked(report, addendum.source_text) == []


def test_a_line_that_nobody_booked_is_listed_as_not_understood(app: Flask) -> None:
    draft, _ = imported()
    addendum, _, _ = looked(draft)
    with transaction():
        keep(load_addendum(draft), Report())
    _, report, _ = looked(draft)
    wanted = [n for n, line in enumerate(addendum.source_text.split("\n"), start=1) if line.strip()]
    assert [line for line, _ in report.unrecognised] == wanted


def test_a_section_that_is_right_is_remembered_until_it_changes(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    key = atlas.sections()[-3]
    data = {"onderdeel": f"{key}={atlas.fingerprint(key)}"}
    answer = client.post(f"/oproepen/{draft}/bron/klopt", data=data)
    assert answer.status_code == 302
    page = client.get(f"/oproepen/{draft}/bron").text
    assert "Nagekeken door Rik De Regisseur" in page and "van 14 onderdelen" in page and ">13<" in page
    addendum, _, atlas = looked(draft)
    part = Part("analysis")
    section = read_section(addendum, part)
    assert isinstance(section, Analysis)
    changed = replace(section, profiles=("Iemand anders",))
    save_section(draft, part, changed, seen=fingerprint(section), by=make.actor(regisseur))
    page = client.get(f"/oproepen/{draft}/bron").text
    assert "Gewijzigd nadat" in page and ">14<" in page


def test_a_section_can_be_opened_again_and_all_sure_ones_accepted_at_once(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    data = {"onderdeel": [f"{key}={atlas.fingerprint(key)}" for key in atlas.sections()]}
    answer = client.post(f"/oproepen/{draft}/bron/klopt", data=data)
    assert answer.headers["Location"].endswith("#nazicht")
    assert "Alle onderdelen zijn nagekeken" in client.get(f"/oproepen/{draft}/bron").text
    client.post(f"/oproepen/{draft}/bron/toch-nakijken", data={"onderdeel": "timeline"})
    assert "timeline" not in looked(draft)[1].accepted


@pytest.mark.parametrize(
    "value", ["", "timeline", "timeline=x", "=3", "timeline=²", "timeline=" + "9" * 5000]
)
def test_accepting_nothing_that_exists_changes_nothing(client: FlaskClient, value: str) -> None:
    draft, regisseur = imported()
    answer = client.sign_in(regisseur).post(f"/oproepen/{draft}/bron/klopt", data={"onderdeel": value})
    assert answer.status_code == 302 and looked(draft)[1].accepted == {}


def test_accepting_what_changed_meanwhile_or_is_not_there_is_refused(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    assert client.post(f"/oproepen/{draft}/bron/klopt", data={"onderdeel": "timeline=1"}).status_code == 409
    assert (
        client.post(f"/oproepen/{draft}/bron/klopt", data={"onderdeel": "challenge:999=1"}).status_code == 404
    )


def test_a_missed_line_becomes_a_finding(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, _ = looked(draft)
    line, text = report.unrecognised[0]
    answer = move(client, draft, [line], "finding@attention")
    assert answer.headers["Location"].endswith(f"#regel-{line}")
    addendum, report, atlas = looked(draft)
    assert text in atlas.draft.analysis.attention
    assert line not in report.missed and line in report.moved
    assert len(addendum.import_report["unrecognised"]) == len(report.unrecognised)
    page = client.get(f"/oproepen/{draft}/bron").text
    assert "met de hand geplaatst" in page
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None and entry.action == "addendum.lines_moved"


def test_a_whole_item_moves_with_its_id_to_another_challenge(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, atlas = looked(draft)
    at, other = first(atlas, "obstacle"), list(atlas.draft.challenges)[1]
    row = atlas.rows[at]
    lines = list(atlas.items(report.places)[at])
    move(client, draft, lines, f"obstacle@{other}")
    _, report, atlas = looked(draft)
    assert (atlas.rows[at].challenge, atlas.rows[at].text) == (other, row.text)
    assert atlas.items(report.places)[at] == tuple(lines)


def test_an_obstacle_that_becomes_a_goal_leaves_the_obstacles(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, atlas = looked(draft)
    at = first(atlas, "obstacle")
    row = atlas.rows[at]
    move(client, draft, list(atlas.items(report.places)[at]), f"goal@{row.challenge}")
    _, _, atlas = looked(draft)
    assert at not in atlas.rows
    assert atlas.draft.challenges[row.challenge][1].goals[-1].text == row.text


def test_part_of_an_item_is_cut_out_of_it(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, atlas = looked(draft)
    at, lines = next(
        (at, lines)
        for at, lines in atlas.items(report.places).items()
        if at.startswith("analysis.") and len(lines) > 1
    )
    before = len(atlas.draft.analysis.attention)
    move(client, draft, [lines[-1]], "finding@attention")
    _, report, atlas = looked(draft)
    assert len(atlas.draft.analysis.attention) == before + 1
    moved = atlas.draft.analysis.attention[-1]
    name, _, place = at.removeprefix("analysis.").partition("#")
    assert moved not in getattr(atlas.draft.analysis, name)[int(place)]


def test_lines_are_joined_as_she_chooses(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, atlas = looked(draft)
    obstacles = [at for at in atlas.rows if at.startswith("obstacle")][:3]
    lines = [line for at in obstacles for line in atlas.items(report.places)[at]]
    texts = [atlas.rows[at].text for at in obstacles]
    move(client, draft, lines, "finding@recurring", how="one")
    _, _, atlas = looked(draft)
    assert atlas.draft.analysis.recurring[-1] == " ".join(texts)
    move(client, draft, lines, "finding@profiles", how="each")
    _, report, atlas = looked(draft)
    assert atlas.draft.analysis.profiles[-1] == " ".join(texts)  # one item now: it moves whole
    assert set(lines) <= report.moved


def test_a_line_can_be_left_out_on_purpose_and_taken_back(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    line = looked(draft)[1].unrecognised[0][0]
    move(client, draft, [line], "nowhere")
    _, report, _ = looked(draft)
    assert line in report.left_out and line not in report.missed
    move(client, draft, [line], "undecided")
    _, report, _ = looked(draft)
    assert line in report.missed and line not in report.left_out


@pytest.mark.parametrize("to", ["text@ambition", "text@local_input", "contact", "introduction", "story"])
def test_lines_can_go_to_running_text_a_story_and_a_contact(client: FlaskClient, to: str) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, atlas = looked(draft)
    keys = {"introduction": list(atlas.draft.challenges)[0], "story": list(atlas.draft.personas)[0]}
    to = f"{to}@{keys[to]}" if to in keys else to
    line, text = report.unrecognised[0]
    assert move(client, draft, [line], to).status_code == 302
    _, report, atlas = looked(draft)
    content = repr(atlas.draft)
    assert text in content or to == "contact"
    assert line in report.moved


def test_a_date_stays_when_its_line_goes_and_she_is_told(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, atlas = looked(draft)
    launch, line = atlas.draft.dates.launch, atlas.items(report.places)["launch"][0]
    assert move(client, draft, [line], "text@local_input").status_code == 302
    assert "Lancering is niet ingekort" in client.get(f"/oproepen/{draft}/bron").text
    assert looked(draft)[2].draft.dates.launch == launch


@pytest.mark.parametrize(
    ("lines", "to", "words"),
    [
        ([], "nowhere", "Kruis eerst aan"),
        ([999_999], "nowhere", "bestaat niet"),
        ([0], "nowhere", "bestaat niet"),
        (["x", "-3", "9" * 5000, "²"], "nowhere", "Kruis eerst aan"),
        ([REAL], "", "Kies uit de lijst"),
        ([REAL], "obstacle@999999", "Kies uit de lijst"),
        ([REAL], "obstacle@x", "Kies uit de lijst"),
        ([REAL], "text@title", "Kies uit de lijst"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_and_keeps_the_choice(
    client: FlaskClient, lines: list[int], to: str, words: str
) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    before = looked(draft)[2].draft
    answer = move(client, draft, lines, to)
    assert answer.status_code == 422 and words in answer.text
    assert looked(draft)[2].draft == before


def test_a_move_into_a_challenge_of_another_call_is_refused(client: FlaskClient) -> None:
    draft, regisseur = imported()
    foreign = make.make_call(make.make_region()).challenges[0].id
    line = looked(draft)[1].unrecognised[0][0]
    answer = move(client.sign_in(regisseur), draft, [line], f"obstacle@{foreign + 10_000}")
    assert answer.status_code == 422
    call = make.make_call(make.make_region())
    own = set(looked(draft)[2].draft.challenges)
    strange = next(one.id for one in call.challenges if one.id not in own)
    assert move(client, draft, [line], f"obstacle@{strange}").status_code == 422


def test_a_version_of_five_thousand_digits_is_no_version(client: FlaskClient) -> None:
    draft, regisseur = imported()
    line = looked(draft)[1].unrecognised[0][0]
    answer = move(client.sign_in(regisseur), draft, [line], "nowhere", version="9" * 5000)
    assert answer.status_code == 409


def test_a_move_over_what_changed_meanwhile_keeps_the_ticks(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    line = looked(draft)[1].unrecognised[0][0]
    answer = move(client, draft, [line], "nowhere", version=0)
    assert answer.status_code == 409 and "intussen" in answer.text
    assert f'name="regel" value="{line}" checked' in answer.text
    assert '<option value="nowhere" selected>' in answer.text
    assert line in looked(draft)[1].missed


def fix(client: FlaskClient, draft: int, at: str, kind: str, key: str = "", **values: object) -> TestResponse:
    addendum, _, _ = looked(draft)
    seen = fingerprint(read_section(addendum, Part(kind, key)))
    return client.post(f"/oproepen/{draft}/bron/verbeteren", data={"at": at, "version": seen, **values})


def test_a_text_is_corrected_in_place_and_keeps_its_id_and_lines(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, atlas = looked(draft)
    at = first(atlas, "obstacle")
    lines = atlas.items(report.places)[at]
    answer = fix(client, draft, at, "challenge", str(atlas.rows[at].challenge), text="Een ander obstakel")
    assert answer.status_code == 302
    _, report, atlas = looked(draft)
    assert atlas.rows[at].text == "Een ander obstakel" and atlas.items(report.places)[at] == lines


def test_a_finding_that_is_reworded_keeps_its_lines(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, atlas = looked(draft)
    at = next(at for at in atlas.items(report.places) if at.startswith("analysis."))
    lines = atlas.items(report.places)[at]
    fix(client, draft, at, "analysis", text="Helemaal andere woorden hier")
    _, report, atlas = looked(draft)
    assert atlas.items(report.places)[at] == lines


@pytest.mark.parametrize(
    ("at", "kind", "values", "shown"),
    [
        ("launch", "timeline", {"day": "2023-04-20"}, "20 april 2023"),
        ("deadline", "timeline", {"day": "2023-06-01", "clock": "12:00"}, "1 juni 2023, 12u00"),
        ("written_from", "timeline", {"day": "2023-06-06", "last": "2023-06-13"}, "6 juni 2023"),
        ("decision_before", "timeline", {"day": "2023-07-20"}, "20 juli 2023"),
        ("objection_days", "timeline", {"days": "21"}, "21 dagen"),
        ("title", "basics", {"text": "Samen vooruit"}, "Samen vooruit"),
        ("contacts#0", "basics", {"name": "Ans Aerts", "email": "ans@voorbeeld.be"}, "Ans Aerts"),
        ("submission_email", "basics", {"text": "post@voorbeeld.be"}, "post@voorbeeld.be"),
    ],
)
def test_a_date_a_contact_or_a_name_is_corrected_in_place(
    client: FlaskClient, at: str, kind: str, values: dict[str, str], shown: str
) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    assert fix(client, draft, at, kind, **values).status_code == 302
    assert shown in client.get(f"/oproepen/{draft}/bron").text


@pytest.mark.parametrize(
    ("at", "kind", "values", "words"),
    [
        ("launch", "timeline", {"day": "2024-04-20"}, "na de lancering"),
        ("launch", "timeline", {"day": "gisteren"}, ""),
        ("objection_days", "timeline", {"days": "900"}, "1 tot 90"),
        ("title", "basics", {"text": " "}, "Vul een tekst in"),
        ("contacts#0", "basics", {"email": "geen adres"}, "geen e-mailadres"),
        ("analysis.recurring#0", "analysis", {"text": ""}, "Vul een tekst in"),
        ("analysis.recurring#0", "analysis", {"text": "x" * 1001}, "te lang"),
    ],
)
def test_a_wrong_value_is_refused_at_its_place_and_kept(
    client: FlaskClient, at: str, kind: str, values: dict[str, str], words: str
) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    answer = fix(client, draft, at, kind, **values)
    assert answer.status_code == 422 and words in answer.text
    for value in values.values():
        assert value.strip()[:40] in answer.text


def test_a_correction_of_what_changed_meanwhile_shows_both(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    at = first(atlas, "goal")
    data = {"at": at, "version": 1, "text": "Wat ik typte"}
    answer = client.post(f"/oproepen/{draft}/bron/verbeteren", data=data)
    assert answer.status_code == 409
    assert "Wat ik typte" in answer.text and f"Wat er nu staat: {atlas.rows[at].text}" in answer.text


@pytest.mark.parametrize(
    "at",
    [
        "",
        "obstacle:99999",
        "analysis.recurring#99",
        "analysis.recurring#" + "9" * 5000,
        "analysis.recurring#²",
        "analysis.__class__#0",
        "analysis.x#0",
        "contacts#9",
        "windows",
        "id",
        "contacts",
    ],
)
def test_a_place_that_is_not_there_is_not_found(client: FlaskClient, at: str) -> None:
    draft, regisseur = imported()
    data = {"at": at, "version": 1, "text": "x"}
    assert client.sign_in(regisseur).post(f"/oproepen/{draft}/bron/verbeteren", data=data).status_code == 404


def test_an_item_removed_in_the_editor_leaves_its_lines_marked(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    row = atlas.rows[first(atlas, "obstacle")]
    section = atlas.draft.challenges[row.challenge][1]
    part = Part("challenge", str(row.challenge))
    save_section(
        draft,
        part,
        replace(section, obstacles=section.obstacles[1:]),
        seen=fingerprint(section),
        by=make.actor(regisseur),
    )
    looked(draft)
    assert "staat niet meer in het ontwerp" in client.get(f"/oproepen/{draft}/bron").text


def test_the_report_of_the_first_release_still_reads(client: FlaskClient) -> None:
    draft, regisseur = imported()
    addendum, report, _ = looked(draft)
    with transaction():
        row = db.session.get_one(Addendum, draft)
        row.import_report = {
            "warnings": list(report.warnings),
            "unrecognised": [{"line": line, "text": text} for line, text in report.unrecognised],
            "taken": [[line, "challenges[0].obstacles"] for place in report.places for line in place.lines],
            "known": [[line, reason] for line, reason in report.known.items()],
        }
    _, report, _ = looked(draft)
    page = client.sign_in(regisseur).get(f"/oproepen/{draft}/bron")
    assert page.status_code == 200 and "Uitdaging 1" in page.text
    assert move(client, draft, [REAL], "nowhere").status_code == 302


def test_an_observer_looks_and_cannot_touch(app: Flask) -> None:
    draft, _ = imported()
    region = db.session.get_one(Addendum, draft).service_area_id
    observer = make.make_regisseur(db.session.get_one(type(make.make_region()), region), "observer")
    client = app.test_client().sign_in(observer)
    page = client.get(f"/oproepen/{draft}/bron")
    assert page.status_code == 200 and "Klopt" not in page.text and "Verplaats" not in page.text
    for verb in ("klopt", "verplaatsen", "verbeteren", "toch-nakijken"):
        assert client.post(f"/oproepen/{draft}/bron/{verb}", data={}).status_code == 404

"""A newer document over a draft: what differs is shown, she chooses, and what refers to an obstacle holds."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.addenda.drafting.drafts import load_addendum, read_section
from app.addenda.drafting.editing import save_section
from app.addenda.drafting.sections import GoalText, ObstacleText, Part, fingerprint
from app.addenda.models import Addendum, Obstacle
from app.addenda.reading.models import ImportJob
from app.addenda.reviewing.imports import create_draft
from app.audit.models import AuditEntry
from app.infra.database import db, transaction
from app.proposals.models import Answer
from tests import factories as make
from tests.addenda.helpers import imported, make_area, source
from tests.addenda.review_helpers import looked, move, read_job


def compare(client: FlaskClient, draft: int, job: int, **choices: str) -> TestResponse:
    path = f"/oproepen/{draft}/opnieuw-inlezen/{job}"
    page = client.get(path).text
    chosen = dict(re.findall(r'name="(keuze-[^"]+)" value="(\w+)" checked', page))
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    chosen |= {f"keuze-{key.replace('__', ':')}": value for key, value in choices.items()}
    return client.post(path, data={"version": version[1], **chosen})


def test_an_unchanged_document_says_so_and_changes_nothing(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    before = looked(draft)[2].draft
    job = read_job(draft, source())
    page = client.get(f"/oproepen/{draft}/opnieuw-inlezen/{job}").text
    assert "zegt hetzelfde als het vorige" in page and "keuze-" not in page
    assert compare(client, draft, job).status_code == 302
    assert looked(draft)[2].draft == before


def test_a_reworded_and_a_new_obstacle_arrive_and_the_ids_stay(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    at = next(at for at in atlas.rows if at.startswith("obstacle"))
    text = atlas.rows[at].text
    newer = source().replace(text, f"{text} en alles errond", 1)
    job = read_job(draft, newer)
    assert "<ins>en alles errond" in client.get(f"/oproepen/{draft}/opnieuw-inlezen/{job}").text
    compare(client, draft, job)
    addendum, report, after = looked(draft)
    assert after.rows[at].text == f"{text} en alles errond"
    assert set(after.rows) == set(atlas.rows)
    assert addendum.source_text == newer and addendum.source_name == "nieuw.docx"
    assert report.base is not None and at.partition(":")[2] in repr(report.base)


def test_an_answer_that_refers_to_an_obstacle_survives(client: FlaskClient) -> None:
    """No proposals exist before publication; should there be one, nothing that it holds may break."""
    draft, regisseur = imported()
    organisation = make.make_organisation()
    make.make_proposal(load_addendum(draft), organisation, make.make_member(organisation, "owner"))
    held = set(db.session.scalars(select(Answer.obstacle_id)))
    lost = min(held)
    label = db.session.get_one(Obstacle, lost).label
    client.sign_in(regisseur)
    newer = "\n".join(line for line in source().splitlines() if label not in line)
    before = looked(draft)[2].draft
    job = read_job(draft, newer)
    version = looked(draft)[0].version
    data = {"version": version, f"keuze-obstacle:{lost}": "new", "keuze-basics.title": "new"}
    answer = client.post(f"/oproepen/{draft}/opnieuw-inlezen/{job}", data=data)
    assert answer.status_code == 422 and "al gebruikt in een antwoord" in answer.text
    addendum, _, atlas = looked(draft)
    assert atlas.draft == before and addendum.source_text == source()  # all of it or nothing
    assert compare(client, draft, job).status_code == 302
    assert looked(draft)[0].source_text == newer
    assert set(db.session.scalars(select(Answer.obstacle_id))) == held
    assert held <= {int(one.partition(":")[2]) for one in looked(draft)[2].rows if one.startswith("obstacle")}


def test_what_she_linked_and_wrote_stays(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    key = list(atlas.draft.challenges)[0]
    part = Part("challenge", str(key))
    section = atlas.draft.challenges[key][1]
    obstacle, goal = section.obstacles[0], section.goals[0]
    wanted = replace(
        section,
        obstacles=(
            ObstacleText(obstacle.key, "Mijn eigen woorden", ("Huisvesting",)),
            *section.obstacles[1:],
        ),
        goals=(GoalText(goal.key, goal.text, (obstacle.key,)), *section.goals[1:]),
    )
    save_section(draft, part, wanted, seen=fingerprint(section), by=make.actor(regisseur))
    newer = source().replace(section.obstacles[1].label, f"{section.obstacles[1].label} elke dag", 1)
    compare(client, draft, read_job(draft, newer))
    after = looked(draft)[2].draft.challenges[key][1]
    assert after.obstacles[0] == wanted.obstacles[0] and after.goals[0] == wanted.goals[0]
    assert after.obstacles[1].label.endswith("elke dag")


def test_gone_obstacles_come_first_and_go_only_when_ticked(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    at = next(at for at in atlas.rows if at.startswith("obstacle"))
    lines = [line for line in source().splitlines() if atlas.rows[at].text not in line]
    job = read_job(draft, "\n".join(lines))
    page = client.get(f"/oproepen/{draft}/opnieuw-inlezen/{job}").text
    assert page.index("niet meer in het document staan") < page.index(atlas.rows[at].text)
    compare(client, draft, job)
    assert at in looked(draft)[2].rows
    again = read_job(draft, "\n".join(lines))
    compare(client, draft, again, **{at.replace(":", "__"): "new"})
    assert at in looked(draft)[2].rows  # the newer source had it gone already: it is hers now


def test_ticked_obstacles_go(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    at = next(at for at in atlas.rows if at.startswith("obstacle"))
    lines = [line for line in source().splitlines() if atlas.rows[at].text not in line]
    compare(client, draft, read_job(draft, "\n".join(lines)), **{at.replace(":", "__"): "new"})
    assert at not in looked(draft)[2].rows


def test_confirming_twice_is_confirming_once(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    job = read_job(draft, source())
    path = f"/oproepen/{draft}/opnieuw-inlezen/{job}"
    version = looked(draft)[0].version
    assert client.post(path, data={"version": version}).status_code == 302
    after = looked(draft)[0].version
    assert client.post(path, data={"version": version}).status_code == 302
    assert looked(draft)[0].version == after
    assert client.get(path).status_code == 302
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "addendum.imported_again")
    ).all()
    assert len(entries) == 1
    assert (
        entries[0].details["previous_name"] == "addendum.txt"
        and len(entries[0].details["previous_sha256"]) == 64
    )
    assert db.session.get_one(ImportJob, job).used_at is not None


def test_over_what_changed_meanwhile_the_choices_are_kept_and_asked_again(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    at = next(at for at in atlas.rows if at.startswith("obstacle"))
    job = read_job(draft, source().replace(atlas.rows[at].text, f"{atlas.rows[at].text} altijd", 1))
    path = f"/oproepen/{draft}/opnieuw-inlezen/{job}"
    page = client.post(path, data={"version": 0, f"keuze-{at}": "mine"})
    assert page.status_code == 409
    assert f'name="keuze-{at}" value="mine" checked' in page.text
    assert looked(draft)[2].rows[at].text == atlas.rows[at].text


def test_the_document_of_another_call_is_doubted(client: FlaskClient) -> None:
    draft, regisseur = imported()
    job = read_job(draft, source("waasland"))
    page = client.sign_in(regisseur).get(f"/oproepen/{draft}/opnieuw-inlezen/{job}")
    assert page.status_code == 200
    assert "Is dit wel het document van deze oproep?" in page.text
    assert "deze oproep is van Klein-Brabant Vaartland" in page.text


def test_lines_put_by_hand_or_left_out_stay_so_in_a_newer_document(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, report, atlas = looked(draft)
    missed = report.unrecognised[0][0]
    at = next(at for at in atlas.rows if at.startswith("obstacle"))
    lines = list(atlas.items(report.places)[at])
    move(client, draft, [missed], "nowhere")
    move(client, draft, lines, "finding@attention")
    before = looked(draft)[2].draft
    compare(client, draft, read_job(draft, "Een nieuwe eerste regel\n" + source()))
    _, report, atlas = looked(draft)
    assert atlas.draft.analysis == before.analysis and at not in atlas.rows
    assert missed + 1 in report.left_out and set(line + 1 for line in lines) <= report.moved


def test_a_section_found_right_stays_right_when_it_did_not_change(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    _, _, atlas = looked(draft)
    keys = atlas.sections()
    data = {"onderdeel": [f"{key}={atlas.fingerprint(key)}" for key in keys]}
    client.post(f"/oproepen/{draft}/bron/klopt", data=data)
    at = next(at for at in atlas.rows if at.startswith("obstacle"))
    newer = source().replace(atlas.rows[at].text, f"{atlas.rows[at].text} altijd", 1)
    compare(client, draft, read_job(draft, newer))
    _, report, atlas = looked(draft)
    open_ = [key for key in keys if report.accepted[key].fingerprint != atlas.fingerprint(key)]
    assert open_ == [f"challenge:{atlas.rows[at].challenge}"]


def test_a_draft_that_began_empty_keeps_what_was_typed(client: FlaskClient) -> None:
    region, regisseur = make_area()
    draft = create_draft(region.id, by=make.actor(regisseur), title="Mijn titel")
    client.sign_in(regisseur)
    compare(client, draft, read_job(draft, source()))
    _, _, atlas = looked(draft)
    assert atlas.draft.basics.title == "Mijn titel"
    assert len(atlas.draft.challenges) == 4 and atlas.draft.dates.launch


def test_a_draft_of_the_first_release_is_compared_with_its_source_read_once_more(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    with transaction():
        row = db.session.get_one(Addendum, draft)
        row.import_report = {key: row.import_report[key] for key in ("warnings", "unrecognised", "known")}
    page = client.get(f"/oproepen/{draft}/opnieuw-inlezen/{read_job(draft, source())}").text
    assert "zegt hetzelfde als het vorige" in page


@pytest.mark.parametrize(
    "values",
    [
        {"state": "reading"},
        {"state": "waiting"},
        {"state": "refused", "refusal": "empty"},
        {"addendum_id": None},
        {"result": None},
    ],
)
def test_a_job_that_is_not_ready_or_not_of_this_draft_is_not_found(
    client: FlaskClient, values: dict[str, object]
) -> None:
    draft, regisseur = imported()
    job = read_job(draft, source(), **values)
    client.sign_in(regisseur)
    for answer in (
        client.get(f"/oproepen/{draft}/opnieuw-inlezen/{job}"),
        client.post(f"/oproepen/{draft}/opnieuw-inlezen/{job}", data={"version": 1}),
    ):
        assert answer.status_code == 404
    assert client.get(f"/oproepen/{draft}/opnieuw-inlezen/99999999999999999999").status_code == 404


def test_the_job_of_another_region_is_not_found(app: Flask, client: FlaskClient) -> None:
    draft, regisseur = imported()
    job = read_job(draft, source())
    region = make.make_region()
    other = make.make_regisseur(region)
    own = create_draft(region.id, by=make.actor(other), title="Eigen")
    assert app.test_client().sign_in(other).get(f"/oproepen/{draft}/opnieuw-inlezen/{job}").status_code == 404
    client.sign_in(other)
    assert client.get(f"/oproepen/{own}/opnieuw-inlezen/{job}").status_code == 404
    assert client.post(f"/oproepen/{own}/opnieuw-inlezen/{job}", data={"version": 1}).status_code == 404


def test_the_document_of_another_region_can_still_be_taken_whole(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/opnieuw-inlezen/{read_job(draft, source('waasland'))}"
    page = client.get(path).text
    choices = dict.fromkeys(re.findall(r'name="(keuze-[^"]+)"', page), "new")
    assert client.post(path, data={"version": looked(draft)[0].version, **choices}).status_code == 302
    _, _, atlas = looked(draft)
    assert [number for number, _ in atlas.draft.challenges.values()] == list(
        range(1, len(atlas.draft.challenges) + 1)
    )
    assert read_section(load_addendum(draft), Part("basics")) == atlas.draft.basics

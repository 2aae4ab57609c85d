"""Who sees whose scores, and when."""

import re

from flask import Flask
from flask.testing import FlaskClient

from app.domain.timeline import Phase
from app.evaluation.models import Score, ScoreSheet
from app.infra.database import db, transaction
from tests.evaluation.world import World, build, declare, sheet, shortlist

TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"|"now":[0-9]+')
SECRET = "Dit mag de ander nog niet weten."


def paths(world: World) -> list[str]:
    call, own = world.call.id, world.proposals[0].id
    return [
        f"/oproepen/{call}/leeslijst",
        f"/oproepen/{call}/leeslijst/volgende",
        f"/oproepen/{call}/leeslijst/belangen",
        f"/oproepen/{call}/kandidaturen",
        f"/oproepen/{call}/voortgang",
        f"/oproepen/{call}/pitchdag",
        f"/oproepen/{call}/rangschikking",
        f"/oproepen/{call}/beraad",
        f"/oproepen/{call}/beraad/spreiding",
        f"/oproepen/{call}/rangschikking/stevigheid",
        f"/oproepen/{call}/rangschikking/stevigheid?kort=1",
        f"/oproepen/{call}/verschuivingen",
        f"/oproepen/{call}/verslag",
        f"/oproepen/{call}/verslag.pdf",
        f"/oproepen/{call}/scores.xlsx",
        f"/oproepen/{call}/scores.json",
        f"/oproepen/{call}/toewijzing",
        f"/oproepen/{call}/belangen",
        f"/oproepen/{call}/mijn-pitchdag",
        f"/oproepen/{call}/pitchdag/vandaag",
        f"/oproepen/{call}/pitchdag/vandaag/stand",
        f"/oproepen/{call}/pitchdag/versies",
        f"/oproepen/{call}/dekking",
        f"/oproepen/{call}/team",
        f"/kandidaturen/{own}/beraad",
        f"/kandidaturen/{own}/lezers",
        f"/kandidaturen/{own}/scoreblad/written/versies",
        f"/kandidaturen/{own}/scorebladen/versies",
        f"/oproepen/{call}/scores.csv",
        f"/kandidaturen/{own}/scoreblad/written",
        f"/kandidaturen/{own}/scorebladen",
        f"/kandidaturen/{own}/scorebladen/lopende-ronde",
        f"/kandidaturen/{own}/lezen",
        "/",
    ]


def answers(client: FlaskClient, world: World, juror: int = 1) -> list[tuple[int, bytes]]:
    client.sign_in(world.jurors[juror])
    found = [client.get(path) for path in paths(world)]
    return [(one.status_code, TOKEN.sub(b"", one.data)) for one in found]


def rewrite(made: ScoreSheet, level: int) -> None:
    """Other scores in the same rows: nothing but the scores differs."""
    with transaction():
        for score in db.session.merge(made).scores:
            db.session.merge(Score(sheet_id=made.id, criterion_id=score.criterion_id)).level = level
            score.reason = f"{SECRET} {level}"


def test_others_scores_change_not_a_byte_before_the_own_sheet_is_in(app: Flask, client: FlaskClient) -> None:
    world = build(jurors=3)
    made = [sheet(world, 0, juror, [1, 1]) for juror in (world.jurors[0], world.jurors[2])]
    sheet(world, 0, world.jurors[1], [2, 2], sent=False)
    before = answers(client, world)
    for one in made:
        rewrite(one, 5)
    assert answers(client, world) == before
    assert not any(SECRET.encode() in body for _, body in before)


def test_nor_of_a_pitch_before_the_own_sheet_is_in(client: FlaskClient) -> None:
    world = build(Phase.PITCH, jurors=3)
    shortlist(world)
    made = [
        sheet(world, 0, juror, [1, 1], round_name="pitch") for juror in (world.jurors[0], world.jurors[2])
    ]
    before = answers(client, world)
    for one in made:
        rewrite(one, 5)
    assert answers(client, world) == before
    assert not any(SECRET.encode() in body for _, body in before)


def test_with_the_own_sheet_in_a_juror_sees_the_others(client: FlaskClient) -> None:
    world = build()
    rewrite(sheet(world, 0, world.jurors[0], [1, 1]), 5)
    client.sign_in(world.jurors[1])
    address = f"/kandidaturen/{world.proposals[0].id}/scorebladen/lopende-ronde"
    refused = client.get(address)
    assert refused.status_code == 403 and "zodra je eigen scoreblad" in refused.get_data(as_text=True)
    sheet(world, 0, world.jurors[1], [2, 2])
    assert SECRET in client.get(address).get_data(as_text=True)


def test_a_draft_of_somebody_else_is_never_shown(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    rewrite(sheet(world, 0, world.jurors[0], [1, 1], sent=False), 5)
    sheet(world, 0, world.jurors[1], [2, 2])
    text = client.sign_in(world.jurors[1]).get(f"/kandidaturen/{world.proposals[0].id}/scorebladen").data
    assert SECRET.encode() not in text


def test_the_regisseur_sees_a_round_once_it_is_closed(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    shortlist(world, 0)
    rewrite(sheet(world, 0, world.jurors[0], [1, 1], round_name="pitch"), 5)
    sheet(world, 0, world.jurors[0], [4, 3])
    client.sign_in(world.regisseur)
    text = client.get(f"/kandidaturen/{world.proposals[0].id}/scorebladen").get_data(as_text=True)
    assert "4 op 5" in text and SECRET not in text and "Pitchronde" not in text


def test_a_conflict_closes_every_page_about_that_applicant(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    for juror in world.jurors:
        sheet(world, 0, juror, [4, 4])
    declare(world, world.chair, conflicts=(0,))
    client.sign_in(world.chair)
    own = world.proposals[0].id
    for path in ("scorebladen", "scorebladen/lopende-ronde", "scoreblad/written", "lezen", "beraad"):
        assert client.get(f"/kandidaturen/{own}/{path}").status_code == 403
    name = world.organisations[0].name
    assert name not in client.get(f"/oproepen/{world.call.id}/voortgang").get_data(as_text=True)
    pitch = client.get(f"/oproepen/{world.call.id}/pitchdag").get_data(as_text=True)
    assert "80" not in pitch.split(name)[1].split("</tr>")[0]


def test_progress_tells_who_is_in_and_nothing_else(client: FlaskClient) -> None:
    world = build()
    made = sheet(world, 0, world.jurors[0], [1, 1])
    client.sign_in(world.regisseur)
    url = f"/oproepen/{world.call.id}/voortgang"
    before = TOKEN.sub(b"", client.get(url).data)
    rewrite(made, 5)
    assert TOKEN.sub(b"", client.get(url).data) == before
    assert b"Binnen" in before and b"Nog niet" in before

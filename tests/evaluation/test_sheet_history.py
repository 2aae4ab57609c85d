"""What a sheet said before: kept when it was handed in and taken back, shown to who may see the sheet."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.domain.timeline import Phase
from app.evaluation.models import ScoreSheet, SheetVersion
from app.evaluation.sheet_history import REOPENED, SAVED, SUBMITTED, content_of, keep_version
from app.infra.database import db, transaction
from tests.counting import queries
from tests.evaluation.world import World, build, declare, fields, may_skip, sheet

NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)


@pytest.fixture
def world(app: Flask) -> World:
    return build()


@pytest.fixture
def juror(client: FlaskClient, world: World) -> FlaskClient:
    return client.sign_in(world.jurors[1])


def post(juror: FlaskClient, world: World, data: dict[str, str]) -> None:
    answer = juror.post(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written", data=data)
    assert answer.status_code == 302


def kept() -> list[tuple[int, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(SheetVersion).order_by(SheetVersion.version))
    return [(row.version, row.kind) for row in rows]


def own_page(juror: FlaskClient, world: World) -> str:
    address = f"/kandidaturen/{world.proposals[0].id}/scoreblad/written/versies"
    return juror.get(address).get_data(as_text=True)


def test_handing_in_and_taking_back_are_kept(juror: FlaskClient, world: World) -> None:
    post(juror, world, fields(world, act="send"))
    juror.post(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written/heropenen")
    post(juror, world, fields(world, act="send", version="2", level="2"))
    assert kept() == [(1, "submitted"), (2, "reopened"), (3, "submitted")]


def test_while_one_writes_one_in_ten_minutes_is_kept(world: World) -> None:
    made = sheet(world, 0, world.jurors[1], [3, 3], sent=False)
    for version, minutes in enumerate((0, 3, 9, 10, 14, 25), 1):
        with transaction():
            row = db.session.merge(made)
            row.version = version
            keep_version(row, SAVED, NOON + timedelta(minutes=minutes))
    assert [version for version, _ in kept()] == [1, 4, 6]


def test_autosave_adds_no_version_each_time(juror: FlaskClient, world: World) -> None:
    for version in range(4):
        post(juror, world, fields(world, version=str(version), reason=f"Versie {version}."))
    assert kept() == [(1, "saved")]
    text = own_page(juror, world)
    assert text.count("pw-panel") == 2  # and what stands there now


def test_the_author_reads_what_changed(juror: FlaskClient, world: World) -> None:
    may_skip(world, 0)
    first = world.criteria()[0].id
    post(juror, world, fields(world, act="send", reason="Sterk uitgewerkt plan."))
    juror.post(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written/heropenen")
    again = fields(world, act="send", version="2", reason="Sterk uitgewerkt plan.")
    post(juror, world, again | {f"level-{first}": "na", f"reason-{first}": "Zwak uitgewerkt plan."})
    text = own_page(juror, world)
    assert text.index("Heropend") > text.index("Ingediend")
    assert ">Sterk </del>" in text and ">Zwak </ins>" in text and "n.v.t." in text
    assert "Niets gewijzigd aan de inhoud." in text


def test_somebody_without_a_sheet_reads_that_there_is_none(juror: FlaskClient, world: World) -> None:
    assert "Nog geen versies" in own_page(juror, world)


def resent(world: World, place: int = 0) -> ScoreSheet:
    """A sheet that was written, handed in, taken back and handed in again."""
    made = sheet(world, place, world.jurors[1], [3, 3])
    steps = ((SAVED, "Kladversie."), (SUBMITTED, "Eerst gedacht."), (REOPENED, "Eerst gedacht."))
    for version, (kind, reason) in enumerate((*steps, (SUBMITTED, "Later."))):
        with transaction():
            row = db.session.merge(made)
            row.version = version + 1
            for score in row.scores:
                score.reason = reason
            keep_version(row, kind, NOON + timedelta(hours=version))
    return made


def read(client: FlaskClient, world: World, place: int = 0) -> str:
    address = f"/kandidaturen/{world.proposals[place].id}/scorebladen/versies"
    return client.get(address).get_data(as_text=True)


def test_after_the_round_others_read_what_was_handed_in_and_nothing_else(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    resent(world)
    text = read(client.sign_in(world.regisseur), world)
    assert "Eerst " in text and "Later." in text and "Kladversie" not in text


def test_a_sheet_that_was_not_handed_in_again_stays_of_its_author(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    made = resent(world)
    with transaction():
        db.session.merge(made).submitted_at = None
    text = read(client.sign_in(world.regisseur), world)
    assert "Geen versies" in text and "Eerst gedacht." not in text


def test_while_the_round_runs_nobody_reads_versions_of_others(client: FlaskClient) -> None:
    world = build()
    resent(world)
    sheet(world, 0, world.jurors[0], [3, 3])
    for person in (world.regisseur, world.chair):
        assert "Eerst gedacht." not in read(client.sign_in(person), world)
    assert "Eerst gedacht." not in own_page(client, world)


def test_who_is_in_conflict_reads_no_versions(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    resent(world)
    declare(world, world.chair, conflicts=(0,))
    client.sign_in(world.chair)
    for path in ("scorebladen/versies", "scoreblad/written/versies"):
        assert client.get(f"/kandidaturen/{world.proposals[0].id}/{path}").status_code == 403


def test_the_pages_ask_as_much_for_many_versions_as_for_one(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    made = resent(world)
    client.sign_in(world.regisseur)
    address = f"/kandidaturen/{world.proposals[0].id}/scorebladen/versies"
    client.get(address)
    with queries() as few:
        client.get(address)
    for version in range(5, 40):
        with transaction():
            row = db.session.merge(made)
            row.version = version
            keep_version(row, SUBMITTED, NOON + timedelta(days=version))
    with queries() as many:
        assert client.get(address).get_data(as_text=True).count("pw-panel") == 38
    assert len(few) == len(many)


def test_the_content_of_a_version_is_small_and_complete(world: World) -> None:
    first, second = world.criteria()
    made = sheet(world, 0, world.jurors[1], [None, 4])
    assert content_of(made)["levels"] == {str(first.id): "na", str(second.id): "4"}

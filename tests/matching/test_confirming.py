"""A juror says of each claimed obstacle whether it is really addressed; who sees that, and what it does."""

import re
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db, transaction
from app.matching.coverage.board import degrees
from app.matching.coverage.support import read_what_was_opened
from app.matching.models import Confirmation, TextSupport
from app.proposals.models import Submission
from tests import factories as make
from tests.counting import queries
from tests.evaluation.world import World, build, declare, fields, sheet

XHR = {"X-Requested-With": "XMLHttpRequest"}
TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')


@pytest.fixture
def world(app: Flask) -> World:
    return build(jurors=3)


@pytest.fixture
def juror(client: FlaskClient, world: World) -> FlaskClient:
    return client.sign_in(world.jurors[1])


def post(client: FlaskClient, world: World, data: dict[str, str], **more: Any) -> Any:
    return client.post(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written", data=data, **more)


def said(juror: User) -> dict[int, str]:
    db.session.rollback()
    rows = select(Confirmation.obstacle_id, Confirmation.degree).where(Confirmation.juror_id == juror.id)
    return {obstacle: degree for obstacle, degree in db.session.execute(rows)}


def confirm(world: World, juror: User, *answers: str, place: int = 0) -> None:
    """What a juror says of the first obstacles, beside a sheet."""
    with transaction() as now:
        for obstacle, degree in zip(make.obstacle_ids(world.call), answers, strict=False):
            keys = {"proposal_id": world.proposals[place].id, "obstacle_id": obstacle}
            db.session.merge(Confirmation(**keys, juror_id=juror.id, degree=degree, at=now))


def coverage(client: FlaskClient, world: World, user: User, obstacle: int | None = None) -> bytes:
    address = f"/oproepen/{world.call.id}/dekking"
    answer = client.sign_in(user).get(address if obstacle is None else f"{address}/{obstacle}")
    assert answer.status_code == 200
    return TOKEN.sub(b"", answer.data)


def test_the_sheet_asks_it_of_every_obstacle_that_is_taken_up(juror: FlaskClient, world: World) -> None:
    text = juror.get(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written").text
    one, two, three = make.obstacle_ids(world.call)
    assert "Neemt deze kandidaat dit obstakel echt op?" in text
    assert f'name="confirm-{one}"' in text and f'name="confirm-{two}"' in text
    assert f'name="confirm-{three}"' not in text


def test_an_answer_is_saved_while_one_goes_on_and_can_be_taken_back(juror: FlaskClient, world: World) -> None:
    one, two, _ = make.obstacle_ids(world.call)
    first = post(juror, world, {"version": "0", f"confirm-{one}": "partly"}, headers=XHR)
    assert first.json["state"] == "saved" and said(world.jurors[1]) == {one: "partly"}
    post(juror, world, {"version": "1", f"confirm-{two}": "no", f"confirm-{one}": "yes"}, headers=XHR)
    assert said(world.jurors[1]) == {one: "yes", two: "no"}
    post(juror, world, {"version": "2", f"confirm-{one}": ""}, headers=XHR)
    assert said(world.jurors[1]) == {two: "no"}


def test_two_tabs_show_both_answers(juror: FlaskClient, world: World) -> None:
    one = make.obstacle_ids(world.call)[0]
    post(juror, world, {"version": "0", f"confirm-{one}": "yes"}, headers=XHR)
    stale = post(juror, world, {"version": "0", f"confirm-{one}": "no"}, headers=XHR)
    assert stale.status_code == 409 and stale.json["theirs"] == {f"confirm-{one}": "yes"}
    page = post(juror, world, {"version": "0", f"confirm-{one}": "no"})
    assert page.status_code == 409 and "Intussen bewaard: ja" in page.text
    assert 'value="no" checked' in page.text and said(world.jurors[1]) == {one: "yes"}


@pytest.mark.parametrize("answer", ["ja", "YES", "1", "maybe"])
def test_an_answer_that_is_none_of_the_three_is_refused(
    juror: FlaskClient, world: World, answer: str
) -> None:
    one = make.obstacle_ids(world.call)[0]
    refused = post(juror, world, fields(world) | {f"confirm-{one}": answer, "remark_internal": "Blijft."})
    assert (
        refused.status_code == 422 and "Kies ja, deels of nee" in refused.text and "Blijft." in refused.text
    )
    assert said(world.jurors[1]) == {}


def test_an_obstacle_that_is_not_taken_up_or_of_another_call_is_refused(
    juror: FlaskClient, world: World
) -> None:
    for foreign in (make.obstacle_ids(world.call)[2], make.obstacle_ids(build().call)[0], "abc", -1):
        refused = post(juror, world, fields(world) | {f"confirm-{foreign}": "yes"})
        assert refused.status_code == 422 and "niet opneemt" in refused.text
    assert said(world.jurors[1]) == {}


def test_the_log_tells_which_obstacles_and_not_what(juror: FlaskClient, world: World) -> None:
    one = make.obstacle_ids(world.call)[0]
    post(juror, world, fields(world, act="send") | {f"confirm-{one}": "no"})
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "sheet.obstacles_confirmed")
    ).one()
    assert entry.details["obstacles"] == [one] and "no" not in str(entry.details["obstacles"])


def test_a_sheet_that_is_in_takes_no_answer_and_shows_its_own(juror: FlaskClient, world: World) -> None:
    one = make.obstacle_ids(world.call)[0]
    post(juror, world, fields(world, act="send") | {f"confirm-{one}": "no"})
    refused = post(juror, world, {"version": "1", f"confirm-{one}": "yes"}, headers=XHR)
    assert refused.status_code == 409 and said(world.jurors[1]) == {one: "no"}
    text = juror.get(f"/kandidaturen/{world.proposals[0].id}/scoreblad/written").text
    assert "echt op?" in text and "nee</dd>" in text


@pytest.mark.parametrize("phase", [Phase.PITCH, Phase.DECIDED, Phase.COMMUNICATED])
def test_after_the_round_no_answer_is_taken(client: FlaskClient, phase: Phase) -> None:
    world = build(phase)
    one = make.obstacle_ids(world.call)[0]
    answer = post(client.sign_in(world.jurors[1]), world, {"version": "0", f"confirm-{one}": "yes"})
    assert answer.status_code == 403 and said(world.jurors[1]) == {}


def test_the_pitch_sheet_takes_none(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    one = make.obstacle_ids(world.call)[0]
    client.sign_in(world.jurors[1])
    data = {"version": "0", f"confirm-{one}": "yes"}
    answer = client.post(f"/kandidaturen/{world.proposals[0].id}/scoreblad/pitch", data=data)
    assert answer.status_code in (403, 404, 422) and said(world.jurors[1]) == {}


def test_others_answers_change_not_a_byte_before_the_own_sheet_is_in(
    client: FlaskClient, world: World
) -> None:
    first = make.obstacle_ids(world.call)[0]
    for other in (world.jurors[0], world.jurors[2]):
        sheet(world, 0, other, [3, 3])
        confirm(world, other, "yes", "yes")
    sheet(world, 0, world.jurors[1], [3, 3], sent=False)
    readers = [world.jurors[1], world.regisseur]
    coverage(client, world, world.regisseur)
    before = [coverage(client, world, one, at) for one in readers for at in (None, first)]
    for other in (world.jurors[0], world.jurors[2]):
        confirm(world, other, "no", "partly")
    assert [coverage(client, world, one, at) for one in readers for at in (None, first)] == before
    assert b"Jury: nog niet te zien" in before[0]


def test_with_the_own_sheet_in_a_juror_sees_the_jury_of_that_proposal_only(
    client: FlaskClient, world: World
) -> None:
    for place in (0, 1):
        sheet(world, place, world.jurors[0], [3, 3])
        confirm(world, world.jurors[0], "no", place=place)
    sheet(world, 0, world.jurors[1], [3, 3])
    page = coverage(client, world, world.jurors[1]).decode()
    row = page.split("Obstakel 1.1")[1].split("</tr>")[0]
    assert "Jury: nee" in row and "Jury: nog niet te zien" in row


def test_only_sheets_that_are_in_and_free_of_conflict_count(client: FlaskClient) -> None:
    world = build(Phase.PITCH, jurors=3)
    for number, (sent, answer) in enumerate([(True, "yes"), (False, "no"), (True, "no")]):
        sheet(world, 0, world.jurors[number], [3, 3], sent=sent)
        confirm(world, world.jurors[number], answer)
    declare(world, world.jurors[2], conflicts=(0,))
    first, second = make.obstacle_ids(world.call)[:2]
    page = coverage(client, world, world.regisseur, first).decode()
    assert "Jury: ja (1 ja)" in page
    found = degrees(world.call.id)
    assert found[world.proposals[0].id][first] == 1
    assert found[world.proposals[0].id][second] == Fraction(1, 2)


def test_an_obstacle_that_the_jury_rejects_is_no_longer_addressed(app: Flask) -> None:
    world = build(Phase.DECIDED)
    sheet(world, 0, world.jurors[0], [3, 3])
    confirm(world, world.jurors[0], "no", "partly")
    first, second = make.obstacle_ids(world.call)[:2]
    found = degrees(world.call.id)
    assert found[world.proposals[0].id] == {second: Fraction(1, 2)}
    assert world.proposals[0].id not in degrees(world.call.id, {world.organisations[0].id})


def test_saving_needs_the_same_queries_for_any_number_of_obstacles(client: FlaskClient) -> None:
    counts = []
    for number in (3, 30):
        world = build(obstacles=number)
        ids = make.obstacle_ids(world.call)[:2]
        client.sign_in(world.jurors[1])
        data = {"version": "0"} | {f"confirm-{one}": "yes" for one in ids}
        with queries() as seen:
            assert post(client, world, data, headers=XHR).json["state"] == "saved"
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_a_submission_that_does_not_open_holds_up_no_other(app: Flask, client: FlaskClient) -> None:
    world = build(Phase.WRITTEN)
    with transaction():
        damaged = db.session.scalars(select(Submission).order_by(Submission.id)).first()
        box = bytearray(damaged.sealed_content)
        box[40] ^= 1
        damaged.sealed_content = bytes(box)
    for obstacle in (None, make.obstacle_ids(world.call)[0]):
        page = coverage(client, world, world.regisseur, obstacle).decode()
    assert "Dit antwoord kan niet geopend worden." in page
    assert "Nog niet alle teksten" not in coverage(client, world, world.regisseur).decode()
    app.extensions.pop("matching")
    assert [read_what_was_opened(clock.read(), most=2) for _ in range(3)] == [0, 2, 0]
    assert set(db.session.scalars(select(TextSupport.submission_id))) == set(
        db.session.scalars(select(Submission.id).where(Submission.id != damaged.id))
    )


def test_the_worker_keeps_what_it_read(app: Flask) -> None:
    build(Phase.WRITTEN)
    assert read_what_was_opened(clock.read()) == 4
    assert read_what_was_opened(clock.read()) == 0
    db.session.rollback()
    assert len(db.session.scalars(select(TextSupport)).all()) == 4


def test_who_never_declared_is_not_told_what_a_proposal_takes_up(app: Flask) -> None:
    """Once the round is closed the own sheet can be opened without reading the proposal."""
    world = build(Phase.PITCH, declared=False)
    address = f"/kandidaturen/{world.proposals[0].id}/scoreblad/written"
    asked = "Neemt deze kandidaat dit obstakel echt op?"
    client = app.test_client().sign_in(world.jurors[1])  # type: ignore[attr-defined]
    answer = client.get(address)
    assert answer.status_code == 200 and asked not in answer.text
    declare(world, world.jurors[1])
    assert asked in client.get(address).text

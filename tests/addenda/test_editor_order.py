"""Putting parts in another order or elsewhere: ids stay, numbers follow, and a stale list is refused."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.drafting.drafts import load_addendum
from app.addenda.models import Addendum, Goal
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from tests import factories as make


def draft(challenges: int = 3) -> tuple[Addendum, User]:
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    call = make.make_call(region, Phase.DRAFT, challenges=challenges)
    with transaction():
        for place, name in enumerate(("Bart", "Amor"), start=1):
            call.personas.append(make.Persona(name=name, position=place, portrait=1))
    return call, regisseur


def again(call_id: int) -> Addendum:
    db.session.rollback()
    db.session.expire_all()
    return load_addendum(call_id)


def test_challenges_get_the_order_that_was_sent_and_their_numbers_follow(client: FlaskClient) -> None:
    call, regisseur = draft()
    call_id, first = call.id, [one.id for one in call.challenges]
    goals = {one.id: [goal.id for goal in one.goals] for one in call.challenges}
    client.sign_in(regisseur)
    wanted = [first[2], first[0], first[1]]
    answer = client.post(f"/oproepen/{call_id}/bewerken/uitdagingen/volgorde", data={"order": wanted})
    assert answer.status_code == 302
    rows = again(call_id).challenges
    assert [(one.id, one.number) for one in rows] == [(wanted[0], 1), (wanted[1], 2), (wanted[2], 3)]
    assert {one.id: [goal.id for goal in one.goals] for one in rows} == goals


def test_the_buttons_move_a_challenge_one_place_and_stop_at_the_ends(client: FlaskClient) -> None:
    call, regisseur = draft()
    call_id, ids = call.id, [one.id for one in call.challenges]
    client.sign_in(regisseur)

    def move(challenge_id: int, direction: str) -> list[int]:
        path = f"/oproepen/{call_id}/bewerken/uitdagingen/{challenge_id}/verplaatsen"
        assert client.post(path, data={"direction": direction}).status_code == 302
        return [one.id for one in again(call_id).challenges]

    assert move(ids[0], "up") == ids
    assert move(ids[2], "down") == ids
    assert move(ids[0], "down") == [ids[1], ids[0], ids[2]]
    assert move(ids[2], "up") == [ids[1], ids[2], ids[0]]


def test_personas_get_the_order_that_was_sent(client: FlaskClient) -> None:
    call, regisseur = draft()
    call_id, ids = call.id, [one.id for one in call.personas]
    client.sign_in(regisseur)
    path = f"/oproepen/{call_id}/bewerken/personas/volgorde"
    assert client.post(path, data={"order": ids[::-1]}).status_code == 302
    assert [one.id for one in again(call_id).personas] == ids[::-1]
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert last is not None and last.action == "addendum.personas_ordered"


@pytest.mark.parametrize("kind", ["personas", "uitdagingen"])
def test_an_order_with_doubles_gaps_or_foreign_ids_is_refused(client: FlaskClient, kind: str) -> None:
    call, regisseur = draft()
    other = make.make_call(make.make_region(), Phase.DRAFT)
    call_id = call.id
    rows = call.personas if kind == "personas" else call.challenges
    foreign = (other.personas if kind == "personas" else other.challenges)[0].id
    ids = [one.id for one in rows]
    client.sign_in(regisseur)
    path = f"/oproepen/{call_id}/bewerken/{kind}/volgorde"
    for order in (
        [],
        ids[:2],
        [ids[0], *ids],
        [ids[0], ids[0], ids[1]],
        [*ids[:2], foreign],
        ["²", *ids[1:]],
    ):
        assert client.post(path, data={"order": order}).status_code == 400, order
    assert client.post(path, data={"order": ["9" * 5000]}).status_code == 400
    fresh = again(call_id)
    assert [one.id for one in (fresh.personas if kind == "personas" else fresh.challenges)] == ids


def test_an_obstacle_and_its_goal_move_together_with_ids_and_link(client: FlaskClient) -> None:
    call, regisseur = draft()
    call_id, source, target = call.id, call.challenges[0], call.challenges[1]
    obstacle, goal = source.obstacles[0].id, source.goals[0].id
    path = f"/oproepen/{call_id}/bewerken/uitdagingen/{source.id}/naar-andere"
    client.sign_in(regisseur)
    data = {"obstacles": [obstacle], "goals": [goal], "target": target.id}
    page = client.post(path, data=data, follow_redirects=True)
    assert "Verplaatst." in page.text and "vervielen" not in page.text
    here, there = again(call_id).challenges[:2]
    assert obstacle not in {one.id for one in here.obstacles} and here.goals == []
    assert there.obstacles[-1].id == obstacle and there.goals[-1].id == goal
    assert [one.id for one in there.goals[-1].obstacles] == [obstacle]
    assert [one.position for one in here.obstacles] == [0, 1]
    assert [one.position for one in there.obstacles] == [0, 1, 2, 3]


def test_a_link_that_cannot_follow_is_counted_and_said(client: FlaskClient) -> None:
    call, regisseur = draft()
    call_id, source, target = call.id, call.challenges[0], call.challenges[1]
    path = f"/oproepen/{call_id}/bewerken/uitdagingen/{source.id}/naar-andere"
    client.sign_in(regisseur)
    moved = {"obstacles": [source.obstacles[0].id], "target": target.id}
    goal = source.goals[0].id
    assert "die vervielen: 1." in client.post(path, data=moved, follow_redirects=True).text
    db.session.rollback()
    assert db.session.get_one(Goal, goal).obstacles == []


def test_moving_asks_for_something_and_for_a_place_in_this_call(client: FlaskClient) -> None:
    call, regisseur = draft()
    other = make.make_call(make.make_region(), Phase.DRAFT)
    call_id, source = call.id, call.challenges[0]
    obstacle, foreign = source.obstacles[0].id, other.challenges[0]
    foreign_id, foreign_obstacle, target = foreign.id, foreign.obstacles[0].id, call.challenges[1].id
    source_id = source.id
    path = f"/oproepen/{call_id}/bewerken/uitdagingen/{source_id}/naar-andere"
    client.sign_in(regisseur)
    assert client.get(path).status_code == 200
    for data in (
        {},
        {"target": target},
        {"obstacles": [obstacle]},
        {"obstacles": [obstacle], "target": source_id},
        {"obstacles": [obstacle], "target": foreign_id},
        {"obstacles": [foreign_obstacle], "target": target},
        {"obstacles": ["x"], "target": target},
    ):
        assert client.post(path, data=data).status_code == 422, data
    assert client.get(f"/oproepen/{call_id}/bewerken/uitdagingen/{foreign_id}/naar-andere").status_code == 404
    assert obstacle in {one.id for one in again(call_id).challenges[0].obstacles}


def test_a_call_with_one_challenge_says_there_is_nowhere_to_go(client: FlaskClient) -> None:
    call, regisseur = draft(challenges=1)
    path = f"/oproepen/{call.id}/bewerken/uitdagingen/{call.challenges[0].id}/naar-andere"
    client.sign_in(regisseur)
    assert "geen andere uitdaging" in client.get(path).text
    assert client.post(path, data={"target": "1"}).status_code == 422


def test_nobody_reorders_the_call_of_another_region(app: Flask) -> None:
    call, _ = draft()
    call_id, ids = call.id, [one.id for one in call.challenges]
    stranger = make.make_regisseur(make.make_region())
    client = app.test_client().sign_in(stranger)  # type: ignore[attr-defined]
    path = f"/oproepen/{call_id}/bewerken/uitdagingen/volgorde"
    assert client.post(path, data={"order": ids[::-1]}).status_code == 404
    assert [one.id for one in again(call_id).challenges] == ids

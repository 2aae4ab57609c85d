"""Whoever sits on the jury declares before any content, whatever else they are: on every way to it."""

import io
import json
import zipfile
from typing import Any

import pytest
from flask import Flask

from app.domain.timeline import Phase
from app.evaluation.models import JurySeat
from app.infra.database import db, transaction
from tests import factories as make
from tests.counting import queries
from tests.evaluation import world as juries
from tests.evaluation.world import World


@pytest.fixture
def world(app: Flask) -> World:
    """Phase 5, so that every way is open; the regisseur sits on the jury too and declared nothing."""
    made = juries.build(Phase.DECIDED, declared=False)
    juries.sheet(made, 0, made.chair, [3, 3])
    return made


def seat(world: World) -> None:
    with transaction() as now:
        db.session.add(
            JurySeat(addendum_id=world.call.id, user_id=world.regisseur.id, seat="vdab", since=now)
        )


def ways(world: World) -> list[str]:
    """Everything that gives content, or what the jury wrote about it."""
    proposal, call = world.proposals[0], world.call.id
    attachment = make.make_attachment(proposal)
    return [
        f"/kandidaturen/{proposal.id}/lezen",
        f"/kandidaturen/{proposal.id}/bijlagen/{attachment.id}",
        f"/kandidaturen/{proposal.id}/kandidatuur.zip",
        f"/kandidaturen/{proposal.id}/scorebladen",
        f"/oproepen/{call}/dekking",
    ]


def test_no_way_to_content_goes_round_the_declaration(world: World, app: Flask) -> None:
    client: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    found = ways(world)
    before = {one: client.get(one).status_code for one in found}
    assert set(before.values()) <= {200, 404}, before
    seat(world)
    again: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    for one in found:
        if before[one] == 200:
            assert again.get(one).status_code == 403, one
    assert list(before.values()).count(200) >= 4, before


def test_lists_leave_out_what_nothing_was_declared_about_and_say_so(world: World, app: Flask) -> None:
    seat(world)
    client: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    for name in ("kandidaturen", "scores"):
        text = client.get(f"/oproepen/{world.call.id}/{name}.csv").text
        assert not any(one.name in text for one in world.organisations)
        assert "2 kandidaturen staan hier niet bij" in text
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"/oproepen/{world.call.id}/kandidaturen.zip").data))
    assert archive.namelist() == ["overzicht.json"]
    overview = json.loads(archive.read("overzicht.json"))
    assert overview["proposals"] == [] and "2 kandidaturen staan hier niet bij" in overview["left_out"]


def test_after_the_declaration_what_it_frees_is_there(world: World, app: Flask) -> None:
    seat(world)
    juries.declare(world, world.regisseur, conflicts=(1,))
    client: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    text = client.get(f"/oproepen/{world.call.id}/kandidaturen.csv").text
    assert world.organisations[0].name in text and world.organisations[1].name not in text
    assert "1 kandidatuur staat hier niet bij" in text
    assert client.get(f"/kandidaturen/{world.proposals[0].id}/kandidatuur.zip").status_code == 200
    assert client.get(f"/kandidaturen/{world.proposals[1].id}/kandidatuur.zip").status_code == 403


def test_asking_about_all_takes_the_same_queries_for_any_number(world: World, app: Flask) -> None:
    seat(world)
    counts = []
    for more in (0, 6):
        for _ in range(more):
            make.make_proposal(world.call, make.make_organisation(), submitted=True)
        client: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
        with queries() as seen:
            client.get(f"/oproepen/{world.call.id}/kandidaturen.csv")
        counts.append(len(seen))
    assert counts[0] == counts[1]

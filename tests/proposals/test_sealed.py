"""Sealed: before the opening nobody can tell from any page whether others are writing or have handed in."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.domain.timeline import Phase
from tests import factories as make


class World:
    def __init__(self, phase: Phase) -> None:
        self.region = make.make_region("Regio Zegel")
        self.call = make.make_call(self.region, phase)
        self.own = make.make_organisation("Vzw Eigen")
        self.applicant = make.make_member(self.own)
        self.own_proposal = make.make_proposal(self.call, self.own, self.applicant, submitted=True)
        self.people: dict[str, User | None] = {
            "visitor": None,
            "applicant": self.applicant,
            "juror": make.make_juror(self.call),
            "chair": make.make_juror(self.call, chair=True),
            "regisseur": make.make_regisseur(self.region),
            "observer": make.make_regisseur(self.region, "observer"),
            "administrator": make.make_user("Ada", administrator=True),
        }
        own, call = self.own_proposal.id, self.call.id
        self.paths = [
            *(
                f"/kandidaturen/{own}{tail}"
                for tail in ("", "/algemeen", "/uitdaging/1", "/ontvangstbewijs", "/indienen")
            ),
            *(f"/oproepen/{call}{tail}" for tail in ("", "/kandidaturen.csv", "/opening.pdf", "/dekking")),
            "/kandidaturen",
            "/oproepen",
        ]
        if phase is Phase.OPEN:
            self.paths += [f"/oproepen/{call}/kandidaturen", f"/oproepen/{call}/opening"]


def without_secrets(page: bytes) -> bytes:
    """The page without what is drawn by lot for every answer."""
    return re.sub(rb'name="(csrf_token|key)"([^>]*)value="[^"]*"', rb"\1\2", page)


def answers(app: Flask, world: World) -> dict[tuple[str, str], tuple[int, bytes]]:
    found = {}
    for name, user in world.people.items():
        client: Any = app.test_client()
        if user is not None:
            client.sign_in(user)
        for path in world.paths:
            response = client.get(path)
            found[name, path] = (response.status_code, without_secrets(response.data))
    return found


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.SEALED])
def test_answers_are_the_same_with_and_without_rivals(app: Flask, phase: Phase, still: Any) -> None:
    still("2026-05-04T10:00")
    world = World(phase)
    before = answers(app, world)
    for number in range(3):
        make.make_proposal(world.call, make.make_organisation(f"Rivaal {number}"), submitted=number < 2)
    still("2026-05-04T10:00")
    after = answers(app, world)
    assert [key for key in before if before[key] != after[key]] == []


def without_number(page: bytes) -> bytes:
    return re.sub(rb"(kandidaturen(?:/|%2F))\d+", rb"\1", without_secrets(page))


@pytest.mark.parametrize("submitted", [True, False])
def test_a_rival_looks_like_a_number_that_was_never_given_out(app: Flask, submitted: bool, at: Any) -> None:
    world = World(Phase.OPEN)
    rival = make.make_proposal(world.call, make.make_organisation(), submitted=submitted)
    tails = (
        "",
        "/lezen",
        "/algemeen",
        "/uitdaging/1",
        "/indienen",
        "/ontvangstbewijs",
        "/ingediend.json",
        "/intrekken",
    )
    for name, user in world.people.items():
        client: Any = app.test_client()
        if user is not None:
            client.sign_in(user)
        for tail in tails:
            there = client.get(f"/kandidaturen/{rival.id}{tail}")
            nowhere = client.get(f"/kandidaturen/987654{tail}")
            same = without_number(there.data) == without_number(nowhere.data)
            assert there.status_code == nowhere.status_code and same, (name, tail)


def test_a_draft_stays_unknown_after_the_opening(app: Flask, client: FlaskClient) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.WRITTEN)
    draft = make.make_proposal(call, make.make_organisation("Nooit Ingediend"))
    client.sign_in(make.make_regisseur(region))
    assert "Nooit Ingediend" not in client.get(f"/oproepen/{call.id}/kandidaturen").text
    assert client.get(f"/kandidaturen/{draft.id}/lezen").status_code == 404

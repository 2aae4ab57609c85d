"""Whoever sits on the jury declares before any content, whatever else they are: on every way to it."""

import io
import json
import zipfile
from typing import Any

import pytest
from flask import Flask

from app.domain.access import Role
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration, JurySeat
from app.infra.database import db, transaction
from tests import factories as make
from tests.architecture import test_probe as probe
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


# Pages of a call for people of the region and the jury that tell nothing of what was handed in, nor of what
# the jury wrote about it; every other one is asked for. A new page fails here until it is one or the other.
TELLS_NOTHING = {
    "addenda": "the call itself",
    "audit": "numbers of the log",
    "questions": "asked by anybody, about the call",
    "workshops": "about the call",
    "evaluation.conflicts": "who declared what",
    "evaluation.declare": "here it is declared",
    "evaluation.expertise": "what a juror knows",
    "evaluation.reading_list": "names, and what is still to do",
    "evaluation.next_sheet": "goes to the next to declare or to score",
    "evaluation.jury": "who sits on it",
    "evaluation.pitch_stand": "whether the page of the day is still what it was",
    "evaluation.pitch_today": "names and moments; of who is not declared about nothing more",
    "evaluation.progress": "who handed in a sheet",
    "evaluation.own_sheet_versions": "the own sheet, as it was",
    "evaluation.sheet": "the own sheet; test_reading tells that the proposal is not beside it",
    "proposals.listing": "who applied",
    "proposals.opening": "the report of the opening",
    "proposals.opening_pdf": "the report of the opening",
    "decisions.results": "public",
    "matching.candidates": "organisations of the region, whether they applied or not",
    "matching.candidates_for": "the same, for one obstacle",
    "decisions.outbox": "to whom a mail left",
    "decisions.letter_texts": "words for every outcome, not who gets which",
    "decisions.letter_words": "words for one outcome, not who gets it",
    "workspace.audit_log": "acts, not what they were about",
    "partnerships": "formed and told to all of its members",
}
LISTS = {
    "proposals.export",
    "proposals.archive",
    "evaluation.export_scores",
    "evaluation.report",
    "evaluation.report_file",
    "evaluation.scores_workbook",
    "evaluation.scores_data",
    "evaluation.assignment",
    "evaluation.consensus",
    "evaluation.spread",
    "evaluation.pitch_day",
    "evaluation.pitch_availability",
    "evaluation.pitch_versions",
    "evaluation.own_pitch_day",
    "evaluation.own_pitch_day_calendar",
    "admissibility.overview",
    "objections.listing",
}
"""They leave out whom nothing was declared about."""
WAITING = {
    Role.REGISSEUR: "the regisseur who sits on the jury",
    Role.CHAIR: "the chair",
    Role.JUROR: "a juror",
}


def still_to_declare(world: probe.World) -> None:
    """Nobody declared anything, and the regisseur has a seat too."""
    regisseur = world.people[Role.REGISSEUR]
    assert regisseur is not None
    with transaction() as now:
        db.session.query(ConflictDeclaration).delete()
        db.session.add(JurySeat(addendum_id=world.call.id, user_id=regisseur.id, seat="vdab", since=now))


def asked(app: Flask, world: probe.World, role: Role, phase: Phase) -> dict[str, str]:
    """{endpoint: address} of everything about others that the table opens for the role in this phase."""
    found = {}
    for rule in app.url_map.iter_rules():
        action, url = probe.rule_of(app, rule.endpoint), probe.address(app, rule, world)
        open_to_all = action in probe.NOT_IN_THE_TABLE or ".own." in action and role is Role.REGISSEUR
        named = {rule.endpoint, rule.endpoint.partition(".")[0]}
        if url is None or open_to_all or "GET" not in (rule.methods or ()) or named & set(TELLS_NOTHING):
            continue
        if probe.expected(action, role, phase):
            found[rule.endpoint] = url
    return found


@pytest.mark.parametrize("role", list(WAITING), ids=str)
@pytest.mark.parametrize("phase", [one for one in Phase if one >= Phase.WRITTEN], ids=lambda one: one.name)
def test_no_way_to_content_goes_round_the_declaration(app: Flask, phase: Phase, role: Role) -> None:
    world = probe.build(phase)
    found = asked(app, world, role, phase)
    still_to_declare(world)
    client: Any = app.test_client().sign_in(world.people[role])  # type: ignore[attr-defined]
    wrong = {}
    for endpoint, url in found.items():
        response = client.get(url)
        told = response.status_code == 403 and b"Mijn leeslijst" in response.data
        if not (response.status_code == 200 if endpoint in LISTS else told):
            wrong[endpoint] = response.status_code
    assert wrong == {}
    assert found or phase is Phase.PARTNERSHIP


@pytest.mark.parametrize("role", [Role.REGISSEUR, Role.OBSERVER], ids=str)
@pytest.mark.parametrize(
    "phase", [Phase.WRITTEN, Phase.DECIDED, Phase.COMMUNICATED], ids=lambda one: one.name
)
def test_who_has_no_seat_declares_nothing(app: Flask, phase: Phase, role: Role) -> None:
    world = probe.build(phase)
    with transaction():
        db.session.query(ConflictDeclaration).delete()
    client: Any = app.test_client().sign_in(world.people[role])  # type: ignore[attr-defined]
    found = asked(app, world, role, phase)
    assert {one: url for one, url in found.items() if client.get(url).status_code not in (200, 302)} == {}


@pytest.mark.parametrize(
    "endpoint",
    [
        "admissibility.overview",
        "evaluation.consensus",
        "evaluation.spread",
        "evaluation.pitch_day",
        "objections.listing",
    ],
)
def test_a_page_with_many_tells_nothing_of_whom_nothing_was_declared_about(app: Flask, endpoint: str) -> None:
    phase = {
        "objections.listing": Phase.COMMUNICATED,
        "evaluation.consensus": Phase.DECIDED,
        "evaluation.spread": Phase.DECIDED,
    }.get(endpoint, Phase.PITCH)
    world = probe.build(phase)
    url = next(probe.address(app, one, world) for one in app.url_map.iter_rules() if one.endpoint == endpoint)
    links = [f"/kandidaturen/{world.proposal.id}/", f"/weerwoorden/{world.objection_id}"]
    client: Any = app.test_client().sign_in(world.people[Role.CHAIR])  # type: ignore[attr-defined]
    assert client.get(url).status_code == 200
    still_to_declare(world)
    client = app.test_client().sign_in(world.people[Role.CHAIR])  # type: ignore[attr-defined]
    text = client.get(url).text
    assert not any(f'href="{link}' in text for link in links)
    assert "scorebladen" not in text or endpoint != "evaluation.pitch_day"


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

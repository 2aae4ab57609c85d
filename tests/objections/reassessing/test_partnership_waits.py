"""No partnership while a window or an objection is open, along every road that forms one."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

import app as package
from app.addenda.queries import load_call
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db
from app.objections.judging import judge
from app.objections.reassessing.services import Closing, Naming, close_reassessment, open_reassessment
from app.objections.services import submit
from app.organisations.models import Organisation
from app.partnerships.cli import partnership_commands
from app.partnerships.queries import partnership_of
from app.partnerships.services import form_partnership
from tests import factories as make
from tests.decisions.world import World, accept_all
from tests.objections.reassessing.test_ending import told as tell_new_decision
from tests.objections.reassessing.world import CONCLUSION, WHY, fresh_jurors, score_all
from tests.objections.test_filing import text
from tests.objections.test_judging import ruling
from tests.partnerships.test_forming import lead, sent, told, wanted

COMMAND = ("--name", "Samen", "--from", "2023-09-01", "--until", "2025-08-31")


def refused_everywhere(client: FlaskClient, world: World, authority: Organisation) -> None:
    """By the service (what an API would call), by the page and by the command; nothing is formed."""
    with pytest.raises(DomainError) as caught:
        form_partnership(world.call.id, wanted(world, authority), by=make.actor(world.regisseur))
    assert caught.value.code in ("objection_window_open", "objections_open", "answers_awaited")
    db.session.rollback()
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/partnerschap/vormen"
    assert client.get(address).status_code == 403
    assert client.post(address, data=sent(world, authority)).status_code == 403
    first, second = (str(one.id) for one in world.organisations[:2])
    made = client.application.test_cli_runner().invoke(
        args=[
            *("partnership", "form", str(world.call.id), "--by", world.regisseur.email, *COMMAND),
            *("--member", first, "--member", second, "--coordinator", first, "--lead", str(authority.id)),
        ]
    )
    assert made.exit_code == 1 and ("loopt nog" in made.output or "weerwoord" in made.output), made.output
    db.session.rollback()
    assert partnership_of(world.call.id) is None


def test_from_the_first_window_to_the_end_of_that_of_the_new_decision(client: FlaskClient, at: Any) -> None:
    world = told(at)
    authority, by = lead(), make.actor(world.regisseur)
    refused_everywhere(client, world, authority)
    objection_id = submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    at("2023-07-18T09:00")
    refused_everywhere(client, world, authority)
    judge(objection_id, ruling(world, reassess=True), by=by)
    refused_everywhere(client, world, authority)
    people = fresh_jurors(world)
    open_reassessment(objection_id, Naming(tuple(one.id for one in people), WHY), by=by)
    score_all(world, objection_id, people)
    close_reassessment(objection_id, Closing(CONCLUSION, version=1), by=by)
    refused_everywhere(client, world, authority)
    tell_new_decision(world, objection_id)
    assert load_call(world.call.id, clock.read()).phase is Phase.COMMUNICATED
    refused_everywhere(client, world, authority)
    accept_all(world)
    refused_everywhere(client, world, authority)
    at("2023-08-01T23:59:50")
    refused_everywhere(client, world, authority)
    at("2023-08-02T00:00:01")
    form_partnership(world.call.id, wanted(world, authority), by=by)
    db.session.rollback()
    assert partnership_of(world.call.id) is not None


def test_there_are_no_other_roads(app: Flask) -> None:
    """One service writes partnerships; one address and one command ask it. The demo goes through it too."""
    writes = [
        str(path.relative_to(Path(package.__file__).parent))
        for path in sorted(Path(package.__file__).parent.rglob("*.py"))
        if re.search(r"(?<!class )\bPartnership(Member)?\(", path.read_text())
    ]
    assert writes == ["partnerships/services.py"]
    posts = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("partnerships.") and rule.methods and "POST" in rule.methods
    ]
    assert posts == ["partnerships.form"]
    assert set(partnership_commands.commands) == {"form"}

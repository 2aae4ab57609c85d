"""Everybody can take along what is kept about them, and nothing about anybody else."""

import json
from pathlib import Path
from typing import Any

import jsonschema
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.accounts.own_data.presenters import SECTIONS
from app.accounts.own_data.services import gathered
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.infra.database import db
from tests import factories as make
from tests.decisions import world as worlds

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "personal-data.schema.json").read_text())


def taken(client: FlaskClient, user: User) -> Any:
    answer = client.sign_in(user).post("/mijn-account/gegevens")  # type: ignore[attr-defined]
    assert answer.mimetype == "application/json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    found = json.loads(answer.data)
    jsonschema.validate(found, SCHEMA)
    return found


def test_each_person_gets_the_own_rows_in_the_documented_shape(client: FlaskClient) -> None:
    world = worlds.build()
    worlds.tell_all(world)
    owner, juror = taken(client, world.owners[0]), taken(client, world.jurors[0])
    assert [one["organisation"] for one in owner["memberships"]] == [world.organisations[0].name]
    assert [one["kind"] for one in owner["mails"]] == ["decision"]
    assert len(juror["conflict_declarations"]) == 3 and len(juror["score_sheets"]) == 6
    assert juror["jury_seats"][0]["call"] == world.call.title
    chair = taken(client, world.chair)
    assert {one["action"] for one in chair["log"]} >= {"decision.proposed"}


def test_nothing_of_others_is_in_it(client: FlaskClient) -> None:
    """Neither rivals nor what was written about anybody."""
    world = worlds.build()
    worlds.tell_all(world)
    text = json.dumps(taken(client, world.owners[0]), ensure_ascii=False)
    others = [world.organisations[1].name, world.owners[1].email, world.jurors[0].email, worlds.REASONS[:30]]
    assert [one for one in others if one in text] == []


def test_while_a_call_is_sealed_it_tells_nothing_of_what_was_handed_in(client: FlaskClient) -> None:
    call = make.make_call(make.make_region(), Phase.SEALED)
    mine, rival = make.make_organisation(), make.make_organisation("Vzw Rivaal")
    owner = make.make_member(mine)
    make.make_proposal(call, mine, owner, submitted=True)
    make.make_proposal(call, rival, make.make_member(rival), submitted=True)
    assert "Rivaal" not in json.dumps(taken(client, owner))


def test_a_secret_is_never_in_it(client: FlaskClient) -> None:
    user = make.make_user(
        "Mia Maes", password="$argon2$geheim", tf_totp_secret="zaadje", tf_primary_method="authenticator"
    )
    text = json.dumps(taken(client, user))
    assert not any(one in text for one in ("geheim", "zaadje", user.fs_uniquifier))
    assert '"second_factor": true' in text


def test_every_section_is_named_and_documented(app: Flask) -> None:
    user = make.make_user()
    sections = gathered(user.id)
    assert set(sections) == set(SECTIONS)
    assert {"format", "made_at", *sections} == set(SCHEMA["properties"])


def test_looking_writes_nothing_and_taking_it_along_is_logged(client: FlaskClient) -> None:
    user = make.make_user()
    page = client.sign_in(user).get("/mijn-account/gegevens").text  # type: ignore[attr-defined]
    assert all(name in page for name, _ in SECTIONS.values())
    logged = select(AuditEntry.actor_id).where(AuditEntry.action == "account.data_given")
    assert db.session.scalars(logged).all() == []
    taken(client, user)
    assert db.session.scalars(logged).all() == [user.id]


def test_an_operator_makes_the_same_and_an_unknown_address_is_refused(app: Flask) -> None:
    user = make.make_user("Mia Maes")
    run = app.test_cli_runner().invoke
    made = run(args=["accounts", "personal-data", user.email.upper()])
    assert json.loads(made.output)["account"][0]["name"] == "Mia Maes"
    refused = run(args=["accounts", "personal-data", "niemand@voorbeeld.be"])
    assert refused.exit_code == 1 and "No account" in refused.output

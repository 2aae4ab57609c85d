"""What was signed can be worked out again from single scores; what changed since is named."""

import hashlib
import json

from click.testing import Result
from flask import Flask

from app.decisions.models import SignedRanking
from app.decisions.signing import canonical
from app.domain.scoring import shown
from app.evaluation.models import ConflictDeclaration, Score, ScoreSheet
from app.infra.database import db, transaction
from tests.decisions.world import World, build, confirm_all, propose_all, tell_all


def recompute(app: Flask, world: World) -> Result:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["ranking", "recompute", str(world.call.id)])


def told() -> World:
    world = build()
    tell_all(world)
    return world


def test_the_signed_ranking_is_that_of_the_raw_rows(app: Flask) -> None:
    world = told()
    result = recompute(app, world)
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    signed = db.session.get_one(SignedRanking, world.call.id)
    assert found["equal"] and found["signed"] == signed.sha256
    totals = {one["proposal"]: one["total"] for one in json.loads(signed.content)["ranking"]}
    assert {one["proposal"]: one["exact"] for one in found["ranking"]} == totals


def test_before_it_is_signed_there_is_nothing_to_hold_it_against(app: Flask) -> None:
    world = build()
    result = recompute(app, world)
    assert result.exit_code == 0 and json.loads(result.output)["signed"] is None


def test_a_score_that_changed_since_is_named(app: Flask) -> None:
    world = told()
    with transaction():
        row = db.session.query(Score).join(ScoreSheet).filter_by(proposal_id=world.proposals[0].id).first()
        assert row is not None
        row.level = 1
        sheet = db.session.get_one(ScoreSheet, row.sheet_id)
        named = f"score (kandidatuur {sheet.proposal_id}, jurylid {sheet.juror_id}, ronde {sheet.round}"
    result = recompute(app, world)
    assert result.exit_code == 1
    assert f"{world.organisations[0].name} (" in result.output
    assert "totaal is" in result.output and "in wat ondertekend is" in result.output
    assert f"veranderd: {named}" in result.output


def test_a_conflict_declared_since_is_named(app: Flask) -> None:
    world = told()
    with transaction():
        row = (
            db.session.query(ConflictDeclaration)
            .filter_by(juror_id=world.jurors[0].id, organisation_id=world.organisations[1].id)
            .one()
        )
        row.in_conflict, row.kind = True, "family"
    result = recompute(app, world)
    assert result.exit_code == 1
    pair = f"(jurylid {world.jurors[0].id}, kandidatuur {world.proposals[1].id})"
    assert f"kwam erbij: belangenconflict {pair}" in result.output


def test_a_signed_text_that_was_touched_is_named(app: Flask) -> None:
    world = told()
    with transaction():
        signed = db.session.get_one(SignedRanking, world.call.id)
        content = json.loads(signed.content)
        content["ranking"][0]["place"] = 9
        signed.content = canonical(content)
    result = recompute(app, world)
    assert result.exit_code == 1
    assert "de controlesom klopt niet meer" in result.output and "9 in wat ondertekend is" in result.output


def test_who_rewrites_the_checksum_too_is_found_by_the_scores(app: Flask) -> None:
    world = told()
    with transaction():
        signed = db.session.get_one(SignedRanking, world.call.id)
        content = json.loads(signed.content)
        first = content["ranking"][0]
        first["total"] = "99"
        signed.content = canonical(content)
        signed.sha256 = hashlib.sha256(signed.content.encode()).hexdigest()
    result = recompute(app, world)
    assert result.exit_code == 1 and "99 in wat ondertekend is" in result.output
    assert "controlesom" not in result.output


def test_the_totals_in_the_output_are_exact_and_shown(app: Flask) -> None:
    from fractions import Fraction

    world = build()
    for one in json.loads(recompute(app, world).output)["ranking"]:
        assert str(shown(Fraction(one["exact"]))) == one["total"]


def test_it_can_be_run_between_the_steps(app: Flask) -> None:
    world = build()
    propose_all(world)
    confirm_all(world)
    assert recompute(app, world).exit_code == 0


def test_a_conflict_that_was_taken_back_since_is_named_and_what_was_signed_stays(app: Flask) -> None:
    world = build()
    declared = {"juror_id": world.jurors[0].id, "organisation_id": world.organisations[1].id}
    with transaction():
        row = db.session.query(ConflictDeclaration).filter_by(**declared).one()
        row.in_conflict, row.kind = True, "family"
    tell_all(world)
    signed = db.session.get_one(SignedRanking, world.call.id).content
    with transaction():
        row = db.session.query(ConflictDeclaration).filter_by(**declared).one()
        row.in_conflict, row.kind = False, ""
    result = recompute(app, world)
    pair = f"(jurylid {world.jurors[0].id}, kandidatuur {world.proposals[1].id})"
    assert result.exit_code == 1 and f"weg: belangenconflict {pair}" in result.output
    assert db.session.get_one(SignedRanking, world.call.id).content == signed

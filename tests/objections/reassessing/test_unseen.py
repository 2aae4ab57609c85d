"""What the first jury gave changes not a byte for who evaluates anew, before the own sheet is in."""

import io
import itertools
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.accounts.models import User
from app.evaluation.models import Score, ScoreSheet
from app.infra.database import db
from app.objections.judging import judge
from app.objections.reassessing.scoring import declare_before
from app.objections.reassessing.services import Naming, open_reassessment
from app.objections.services import submit
from tests import factories as make
from tests.conftest import _lay_back
from tests.decisions.test_silence import DIFFERENT_EVERY_TIME, _comparable, addresses
from tests.decisions.world import World, build, tell_all
from tests.objections.reassessing.world import WHY, begun, fresh_jurors, score_all
from tests.objections.test_filing import text
from tests.objections.test_judging import ruling

FIRST = (2, 3)
"""What the first jury gave the proposal; its place is the last with either."""
SHUT = ("rangschikking", "rangschikking/stevigheid", "verschuivingen", "beraad", "beraad/spreiding") + (
    "scores.csv",
    "scores.json",
    "scores.xlsx",
    "verslag",
    "team",
    "dossier",
)
NEW_EVERY_TIME = ("/readyz", "/healthz", "oproepen/nieuw")


def asked(level: int) -> tuple[World, list[User]]:
    """A regisseur, and a juror who scored before, were asked; they said to be free and handed in nothing. The
    other juror gave `level` the first time."""
    world = build()
    sheets = select(ScoreSheet.id).where(
        ScoreSheet.proposal_id == world.proposals[2].id, ScoreSheet.juror_id == world.jurors[1].id
    )
    db.session.execute(update(Score).where(Score.sheet_id.in_(sheets)).values(level=level))
    db.session.commit()
    tell_all(world)
    objection_id = submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    judge(objection_id, ruling(world, reassess=True), by=make.actor(world.regisseur))
    people = [*fresh_jurors(world, 1), world.jurors[0]]
    naming = Naming(tuple(one.id for one in people), WHY)
    open_reassessment(objection_id, naming, by=make.actor(world.regisseur))
    declare_before(objection_id, "free", "", "", by=make.actor(people[0]))
    db.session.rollback()
    return world, people


def answers(app: Flask, world: World, people: list[User]) -> dict[tuple[str, int], tuple[Any, ...]]:
    found = {}
    for number, user in enumerate(people):
        client = app.test_client()
        client.sign_in(user)  # type: ignore[attr-defined]
        for address in addresses(app, world, applicant=2):
            if not address.endswith(NEW_EVERY_TIME):
                answer = client.get(address)
                headers = {name: text for name, text in answer.headers if name not in DIFFERENT_EVERY_TIME}
                found[address, number] = (answer.status_code, headers, content(answer.data))
    return found


def content(data: bytes) -> object:
    """Of an archive what is in it, without the moments that it was made."""
    if not data.startswith(b"PK"):
        return _comparable(data)
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: _comparable(archive.read(name)) for name in archive.namelist()}


def test_what_the_first_jury_gave_changes_not_a_byte(
    app: Flask, database_url: str, still: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for level in FIRST:
        still("2023-07-03T10:00:00")
        monkeypatch.setattr(make, "_count", itertools.count(1))
        world, people = asked(level)
        seen.append(answers(app, world, people))
        db.session.remove()
        _lay_back(database_url)
    first, second = seen
    assert first.keys() == second.keys() and len(first) > 150
    leaks = [key for key in first if first[key] != second[key]]
    assert not leaks, "\n".join(f"{number} {page}" for page, number in leaks)


def test_what_was_shut_opens_with_the_own_sheet(client: FlaskClient) -> None:
    world, objection_id, people = begun()
    in_time = [f"/oproepen/{world.call.id}/{page}" for page in SHUT]
    for user, status in ((people[0], 403), (world.regisseur, 200)):
        client.sign_in(user)
        answers = {page: client.get(page) for page in in_time}
        assert {page: one.status_code for page, one in answers.items()} == dict.fromkeys(in_time, status)
        assert status == 200 or all("eerst je eigen" in one.text for one in answers.values())
    client.sign_in(people[0])
    listed = client.get(f"/oproepen/{world.call.id}/beslissingen/overzicht")
    assert listed.status_code == 200 and "Rang en totaal staan hier nu niet" in listed.text
    for kind in ("full", "public"):
        made = client.post(f"/oproepen/{world.call.id}/dossier", data={"version": kind})
        assert made.status_code == 403, kind
    score_all(world, objection_id, people[:1])
    client.sign_in(people[0])
    assert {client.get(page).status_code for page in in_time} == {200}
    listed = client.get(f"/oproepen/{world.call.id}/beslissingen/overzicht")
    assert "Rang en totaal" not in listed.text


def test_who_turns_out_to_be_in_conflict_is_not_kept_waiting(client: FlaskClient) -> None:
    """Of the conflict itself the pages of all applicants together stay shut, and say that."""
    world, objection_id, people = begun(fresh=3)
    declare_before(objection_id, "conflict", "board", "", by=make.actor(people[0]))
    client.sign_in(people[0])
    listed = client.get(f"/oproepen/{world.call.id}/beraad")
    assert listed.status_code == 200 and world.organisations[2].name not in listed.text

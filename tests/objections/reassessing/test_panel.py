"""Who evaluates a proposal anew after an objection that was upheld, and who may ask them."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.objections.judging import judge
from app.objections.models import Reassessment, ReassessmentSheet
from app.objections.queries import scorers_of
from app.objections.reassessing.services import Naming, change_panel, open_reassessment
from tests import factories as make
from tests.objections.reassessing.world import (
    WHY,
    begun,
    fresh_jurors,
    in_conflict,
    ordered,
    score_all,
)
from tests.objections.test_judging import objected, ruling


def sent(*jurors: int, **changes: Any) -> dict[str, Any]:
    return {"jurors": [str(one) for one in jurors], "reason": WHY, "round_choice": "both"} | changes


def mails(world: Any) -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "reassessment_asked")))


def asked(objection_id: int) -> dict[int, bool]:
    """{person: still asked}."""
    db.session.rollback()
    rows = db.session.execute(
        select(ReassessmentSheet.juror_id, ReassessmentSheet.released_at)
        .join(Reassessment)
        .where(Reassessment.objection_id == objection_id)
    )
    return {one: released is None for one, released in rows}


def test_the_regisseur_asks_people_and_they_get_a_mail(client: FlaskClient) -> None:
    world, objection_id = ordered()
    first, second = fresh_jurors(world)
    address = f"/weerwoorden/{objection_id}/nieuwe-beoordeling"
    client.sign_in(world.regisseur)
    assert address in client.get(f"/weerwoorden/{objection_id}/lezen").text
    page = client.get(address).text
    assert f'value="{first.id}"' in page and "scoorde deze kandidatuur" in page
    answer = client.post(address, data=sent(first.id, second.id, world.jurors[0].id))
    assert answer.status_code == 302
    assert asked(objection_id) == dict.fromkeys((first.id, second.id, world.jurors[0].id), True)
    found = mails(world)
    assert {one.to_address for one in found} == {first.email, second.email, world.jurors[0].email}
    assert f"/weerwoorden/{objection_id}/nieuwe-beoordeling/scoreblad" in found[0].body_text
    assert "0 van 3 scorebladen" in client.get(address).text
    logged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "reassessment.opened")).one()
    assert logged.details["jurors"] == sorted((first.id, second.id, world.jurors[0].id))


def test_a_second_click_asks_once(client: FlaskClient) -> None:
    world, objection_id, people = begun()
    client.sign_in(world.regisseur)
    address = f"/weerwoorden/{objection_id}/nieuwe-beoordeling"
    again = client.post(address, data=sent(*(one.id for one in people)), follow_redirects=True)
    assert again.status_code == 200 and "al begonnen" in again.text
    assert len(mails(world)) == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"jurors": []}, "minstens 2 mensen"),
        ({"jurors": ["1"]}, "uit deze lijst"),
        ({"jurors": ["999999", "abc", "-1", "１２", "9" * 40]}, "uit deze lijst"),
        ({"reason": "  "}, "Schrijf waarom"),
        ({"reason": "x" * 20_001}, "te lang"),
        ({"round_choice": ""}, "welke ronde"),
        ({"round_choice": "derde"}, "welke ronde"),
    ],
)
def test_what_does_not_stand_is_refused_and_kept(
    client: FlaskClient, changes: dict[str, Any], sentence: str
) -> None:
    world, objection_id = ordered()
    first, second = fresh_jurors(world)
    client.sign_in(world.regisseur)
    answer = client.post(
        f"/weerwoorden/{objection_id}/nieuwe-beoordeling", data=sent(first.id, second.id) | changes
    )
    assert answer.status_code == 422 and sentence in answer.text
    if "reason" not in changes:
        assert WHY in answer.text
    assert asked(objection_id) == {} and mails(world) == []


def test_at_least_half_did_not_score(app: object) -> None:
    world, objection_id = ordered()
    (fresh,) = fresh_jurors(world, 1)
    scorers = tuple(one.id for one in world.jurors)
    by = make.actor(world.regisseur)
    for jurors in (scorers, (*scorers, fresh.id)):
        with pytest.raises(DomainError, match="reassess_mostly_scored"):
            open_reassessment(objection_id, Naming(jurors, WHY), by=by)
    open_reassessment(objection_id, Naming((scorers[0], fresh.id), WHY), by=by)


def test_who_is_in_conflict_is_not_asked(client: FlaskClient) -> None:
    world, objection_id = ordered()
    first, second = fresh_jurors(world)
    in_conflict(world, first, world.organisations[2].id)
    client.sign_in(world.regisseur)
    address = f"/weerwoorden/{objection_id}/nieuwe-beoordeling"
    assert f'value="{first.id}"' not in client.get(address).text
    assert client.post(address, data=sent(first.id, second.id)).status_code == 422


def test_without_an_order_in_the_ruling_there_is_none(client: FlaskClient) -> None:
    world, objection_id = objected()
    first, second = fresh_jurors(world)
    by, naming = make.actor(world.regisseur), Naming((first.id, second.id), WHY)
    with pytest.raises(DomainError, match="reassess_not_ordered"):
        open_reassessment(objection_id, naming, by=by)
    client.sign_in(world.regisseur)
    assert "nog geen uitspraak" in client.get(f"/weerwoorden/{objection_id}/nieuwe-beoordeling").text
    judge(objection_id, ruling(world, "upheld"), by=by)
    with pytest.raises((DomainError, Forbidden)):
        open_reassessment(objection_id, naming, by=by)


def test_only_the_regisseur_asks(client: FlaskClient) -> None:
    world, objection_id = ordered()
    people = fresh_jurors(world)
    naming = Naming(tuple(one.id for one in people), WHY)
    for user in (world.chair, world.jurors[0], world.owners[0], world.owners[2], make.make_user()):
        with pytest.raises((Forbidden, NotFound)):
            open_reassessment(objection_id, naming, by=make.actor(user))
        client.sign_in(user)
        answer = client.post(f"/weerwoorden/{objection_id}/nieuwe-beoordeling", data=sent(*naming.jurors))
        assert answer.status_code in (403, 404)
    assert asked(objection_id) == {}


def test_others_are_asked_in_the_place_of_who_cannot(client: FlaskClient) -> None:
    world, objection_id, people = begun()
    score_all(world, objection_id, people[:1])
    (other,) = fresh_jurors(world, 1)
    client.sign_in(world.regisseur)
    address = f"/weerwoorden/{objection_id}/nieuwe-beoordeling"
    page = client.get(address).text
    assert f'value="{people[0].id}"' not in page, "whose sheet is in, stays"
    answer = client.post(f"{address}/wie", data=sent(other.id, version="1", reason="Ziek gevallen."))
    assert answer.status_code == 302, answer.text
    assert asked(objection_id) == {people[0].id: True, people[1].id: False, other.id: True}
    assert mails(world)[-1].to_address == other.email and len(mails(world)) == 3
    assert "Niet meer gevraagd" in client.get(address).text
    stale = client.post(f"{address}/wie", data=sent(other.id, version="1", reason="Nog eens."))
    assert stale.status_code == 409 and "Nog eens." in stale.text
    client.sign_in(people[1])
    assert client.get(f"{address}/scoreblad").status_code == 404


def test_who_was_let_go_can_be_asked_again_with_what_was_written(app: object) -> None:
    world, objection_id, people = begun()
    (other,) = fresh_jurors(world, 1)
    by = make.actor(world.regisseur)
    change_panel(objection_id, Naming((people[0].id, other.id), WHY, version=1), by=by)
    change_panel(objection_id, Naming((people[0].id, people[1].id), WHY, version=2), by=by)
    assert asked(objection_id) == {people[0].id: True, people[1].id: True, other.id: False}


def test_who_is_let_go_hears_it_once_and_who_is_in_conflict_knows(app: object) -> None:
    world, objection_id, people = begun(fresh=4)
    in_conflict(world, people[3], world.organisations[2].id)
    by = make.actor(world.regisseur)
    kept = tuple(one.id for one in people[:2])
    change_panel(objection_id, Naming(kept, "Zij hebben geen tijd.", version=1), by=by)
    change_panel(objection_id, Naming(kept, "Nog eens.", version=2), by=by)
    db.session.rollback()
    mails = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "reassessment_let_go")).all()
    assert [one.to_address for one in mails] == [people[2].email]
    assert "Dat hoeft niet meer" in mails[0].body_text and world.organisations[2].name in mails[0].subject


def test_who_evaluated_anew_scored_it_for_the_next_objection(app: object) -> None:
    """For their own evaluation they did not score it before."""
    world, objection_id, people = begun()
    score_all(world, objection_id, people)
    ids = {one.id for one in people}
    assert ids <= scorers_of(world.proposals[2].id)
    assert not ids & scorers_of(world.proposals[2].id, anew_of=objection_id)

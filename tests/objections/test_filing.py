"""Filing an objection: within the own window, by the owner, and nothing typed is lost."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from app.addenda.models import CallFact
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import BRUSSELS, Phase
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.objections.models import Objection
from app.objections.queries import objection_on
from app.objections.services import ObjectionText, save_draft, submit
from tests import factories as make
from tests.decisions.world import World, build, tell_all

TEXT = {
    "contested": "De beslissing over obstakel 3.",
    "grounds": "Op bladzijde 4 staat wel degelijk hoe we mensen zonder wagen ophalen.",
    "request": "Bekijk dat antwoord opnieuw.",
}


def text(version: int = 0, **changes: str) -> ObjectionText:
    return ObjectionText(**(TEXT | changes), version=version)


def told() -> World:
    world = build()
    tell_all(world)
    return world


def mails(world: World, kind: str) -> list[OutboxMessage]:
    db.session.rollback()
    asked = select(OutboxMessage).where(
        OutboxMessage.addendum_id == world.call.id, OutboxMessage.kind == kind
    )
    return list(db.session.scalars(asked))


def address(world: World, number: int = 2, *, file: bool = False) -> str:
    return f"/kandidaturen/{world.proposals[number].id}/weerwoord{'/indienen' if file else ''}"


def row(world: World, number: int = 2):  # type: ignore[no-untyped-def]
    db.session.rollback()
    return objection_on(world.proposals[number].id)


def test_a_colleague_drafts_and_the_owner_files(client: FlaskClient) -> None:
    world = told()
    colleague = make.make_member(world.organisations[2], "member")
    client.sign_in(colleague)
    page = client.get(address(world)).text
    assert "Nog 14 dagen, tot en met" in page and "23u59" in page
    assert "Bewaar en bekijk" in page and "Een eigenaar van de organisatie dient in" in page
    assert client.post(address(world), data=TEXT | {"version": "0"}).status_code == 302
    assert row(world).contests == TEXT["contested"] and row(world).submitted_at is None
    assert "Dien het weerwoord in" not in client.get(f"{address(world)}/nalezen").text
    refused = client.post(address(world, file=True), data=TEXT | {"version": "1"})
    assert (
        refused.status_code == 403
        and "Alleen een eigenaar" in refused.text
        and TEXT["grounds"] in refused.text
    )
    client.sign_in(world.owners[2])
    assert "NIET INGEDIEND" in client.get(address(world)).text
    assert client.post(address(world, file=True), data=TEXT | {"version": "1"}).status_code == 302
    assert row(world).submitted_at is not None
    page = client.get(address(world)).text
    assert "NIET INGEDIEND" not in page and "Ontvangen op" in page and TEXT["request"] in page
    fact = db.session.scalars(select(CallFact).where(CallFact.kind == "objection_filed")).one()
    assert fact.subject_id == row(world).id
    sent = mails(world, "objection_filed")
    assert sorted(one.to_address for one in sent) == sorted([world.owners[2].email, colleague.email])
    body = sent[0].body_text
    assert TEXT["grounds"] in body and "(CE" in body, "the receipt tells the second and the zone"
    entries = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert entries[-3:] == ["objection.drafted", "objection.refused", "objection.filed"]


@pytest.mark.parametrize("empty", ["contested", "grounds", "request"])
def test_all_three_fields_are_needed_and_the_others_stay(client: FlaskClient, empty: str) -> None:
    world = told()
    client.sign_in(world.owners[2])
    answer = client.post(address(world, file=True), data=TEXT | {empty: "   ", "version": "0"})
    assert answer.status_code == 422 and answer.text.count("Vul dit in voor je indient") >= 1
    assert all(TEXT[name] in answer.text for name in TEXT if name != empty)
    assert row(world) is None


def test_the_database_wants_a_complete_objection_too(app: object) -> None:
    world = told()
    save_draft(world.proposals[2].id, text(grounds=""), by=make.actor(world.owners[2]))
    with pytest.raises(IntegrityError), transaction() as now:
        db.session.execute(update(Objection).values(submitted_at=now))


def test_the_last_second_counts_and_the_next_does_not(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T16:30")
    world = told()
    client.sign_in(world.owners[2])
    at("2023-07-17T23:59:50")
    assert (
        "Vandaag is de laatste dag, tot en met maandag 17 juli 2023, 23u59" in client.get(address(world)).text
    )
    save_draft(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    at("2023-07-18T00:00:00")
    late = client.post(
        address(world, file=True), data=TEXT | {"grounds": "Net te laat getypt", "version": "1"}
    )
    assert late.status_code == 403
    assert "Te laat" in late.text and "Net te laat getypt" in late.text
    assert row(world).submitted_at is None and row(world).grounds == "Net te laat getypt"
    assert "maandag 17 juli 2023, 23u59" in late.text and "dinsdag 18 juli 2023, 00:00:0" in late.text
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry.action == "objection.refused_late" and "getypt" not in str(entry.details)
    later = client.post(address(world), data=TEXT | {"version": "1"})
    assert later.status_code == 403 and TEXT["grounds"] in later.text
    shown = client.get(address(world)).text
    assert "werd niet ingediend" in shown and "Bewaar" not in shown.split("<h1>")[1]
    client.sign_in(world.regisseur)
    listed = client.get(f"/oproepen/{world.call.id}/weerwoorden").text
    assert "Kwam te laat toe op" in listed and "getypt" not in listed


@pytest.mark.parametrize(
    ("told_at", "last"),
    [
        ("2023-10-20T12:00", "2023-11-03T23:59:59"),  # clocks go back on 29 October: 15 × 24 hours + 1
        ("2023-03-20T23:59:30", "2023-04-03T23:59:59"),  # clocks go forward on 26 March
        ("2023-03-12T00:00:30", "2023-03-26T23:59:59"),  # the last day has 23 hours
        ("2023-10-15T08:00", "2023-10-29T23:59:59"),  # the last day has 25 hours
    ],
)
def test_the_window_counts_days_whatever_the_clock_does(app: object, at, told_at: str, last: str) -> None:  # type: ignore[no-untyped-def]
    at(told_at)
    world = told()
    by = make.actor(world.owners[2])
    final = datetime.fromisoformat(last).replace(tzinfo=BRUSSELS)
    at(final - timedelta(seconds=20))
    assert load_call(world.call.id, clock.read()).phase is Phase.COMMUNICATED
    assert save_draft(world.proposals[2].id, text(), by=by) == 1
    at(final + timedelta(seconds=1))
    with pytest.raises(Forbidden, match="objection_too_late"):
        submit(world.proposals[2].id, text(1), by=by)
    assert load_call(world.call.id, clock.read()).phase is Phase.PARTNERSHIP


def test_a_stale_draft_shows_both_texts(client: FlaskClient) -> None:
    world = told()
    by = make.actor(world.owners[2])
    save_draft(world.proposals[2].id, text(grounds="Wat mijn collega schreef"), by=by)
    client.sign_in(world.owners[2])
    answer = client.post(address(world), data=TEXT | {"version": "0"})
    assert answer.status_code == 409
    assert "Wat mijn collega schreef" in answer.text and TEXT["grounds"] in answer.text
    assert row(world).grounds == "Wat mijn collega schreef"
    assert client.post(address(world), data=TEXT | {"version": "1"}).status_code == 302
    with pytest.raises(Stale):
        save_draft(world.proposals[2].id, text(1), by=by)


def test_what_is_filed_stays_as_it_is(app: object) -> None:
    world = told()
    by = make.actor(world.owners[2])
    submit(world.proposals[2].id, text(), by=by)
    for act in (save_draft, submit):
        with pytest.raises(DomainError, match="objection_filed_already"):
            act(world.proposals[2].id, text(1), by=by)
    db.session.rollback()
    assert db.session.scalar(select(func.count(CallFact.id)).where(CallFact.kind == "objection_filed")) == 1
    assert len(mails(world, "objection_filed")) == 1


def test_nobody_objects_for_another(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[0])
    assert client.get(address(world)).status_code == 404
    assert client.post(address(world), data=TEXT | {"version": "0"}).status_code == 404
    with pytest.raises(NotFound):
        submit(world.proposals[2].id, text(), by=make.actor(world.owners[0]))
    with pytest.raises(NotFound):
        submit(999_999, text(), by=make.actor(world.owners[0]))
    for user in (world.regisseur, world.chair):
        with pytest.raises(NotFound):
            save_draft(world.proposals[2].id, text(), by=make.actor(user))


def test_before_the_notification_there_is_nothing_to_object_to(client: FlaskClient) -> None:
    world = build()
    client.sign_in(world.owners[2])
    assert client.get(address(world)).status_code == 403
    assert client.post(address(world), data=TEXT | {"version": "0"}).status_code == 403
    with pytest.raises(Forbidden):
        submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))


def test_a_text_without_end_is_refused_and_kept(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[2])
    answer = client.post(address(world), data=TEXT | {"grounds": "x" * 20_001, "version": "0"})
    assert (
        answer.status_code == 422 and "hoogstens 20000 tekens" in answer.text and "x" * 20_001 in answer.text
    )


def test_the_word_beroep_is_never_used_for_it(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[2])
    assert "beroep" not in client.get(address(world)).text.lower()

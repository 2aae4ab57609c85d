"""A second notice: the applicant's days count from it, both sides see it, and no window gets shorter."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.queries import load_call
from app.decisions.answering.notices import NewNotice, notify_again
from app.decisions.answering.queries import answer_on
from app.decisions.models import DecisionNotice
from app.decisions.queries import standing_decision
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.objection import window_state
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.objections.services import submit
from tests import factories as make
from tests.decisions.world import World, build, tell_all
from tests.objections.test_filing import text

WHY = "De mail kwam terug: het adres bestaat niet meer."


def told(at, moment: str = "2023-07-03T10:00") -> World:  # type: ignore[no-untyped-def]
    at(moment)
    world = build(3)
    tell_all(world)
    return world


def noted(world: World, number: int = 2, **values: object):  # type: ignore[no-untyped-def]
    wanted = NewNotice(**({"way": "registered", "reason": WHY, "seen": 1} | values))  # type: ignore[arg-type]
    found = notify_again(world.proposals[number].id, wanted, by=make.actor(world.regisseur))
    db.session.rollback()
    return found


def last_days(world: World) -> list[str]:
    rows = [standing_decision(one.id) for one in world.proposals]
    states = [window_state(row.notified_at, 14, clock.read()) for row in rows if row]
    return [str(one.last_day) for one in states]


def test_the_days_of_that_applicant_count_from_the_new_notice(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    at("2023-07-12T15:00")
    noted(world, received=date(2023, 7, 11))
    assert last_days(world) == ["2023-07-17", "2023-07-17", "2023-07-25"]
    at("2023-07-18T00:00:01")
    assert load_call(world.call.id, clock.read()).phase is Phase.COMMUNICATED, "the call waits for it"
    with pytest.raises(Forbidden, match="objection_too_late"):
        submit(world.proposals[1].id, text(), by=make.actor(world.owners[1]))
    client.sign_in(world.owners[2])
    shown = client.get(f"/kandidaturen/{world.proposals[2].id}/beslissing").text
    assert WHY in shown and "tot en met dinsdag 25 juli 2023, 23u59" in shown
    client.sign_in(world.regisseur)
    page = client.get(f"/kandidaturen/{world.proposals[2].id}/beslissing/kennisgeving").text
    assert WHY in page and "Aangetekende brief" in page and "25 juli 2023" in page
    at("2023-07-25T23:59:59")
    assert submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))


def test_the_term_to_answer_counts_from_it_too(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    at("2023-07-10T09:00")
    noted(world, 0, way="handed", received=date(2023, 7, 10))
    row = answer_on(world.proposals[0].id)
    assert row and str(row.term(14, clock.read()).last_day) == "2023-07-24"


def test_a_mail_to_somebody_of_the_organisation_says_what_counts_now(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    colleague = make.make_member(world.organisations[0], "member")
    at("2023-07-05T09:00")
    client.sign_in(world.regisseur)
    address = f"/kandidaturen/{world.proposals[0].id}/beslissing/kennisgeving"
    data = {"way": "mail", "reason": WHY, "seen": "1", "address": colleague.email}
    assert client.post(address, data=data).status_code == 302
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "decision.again")).one()
    assert mail.to_address == colleague.email and mail.attachment_name == "beslissing.pdf"
    assert "niet die in de brief" in mail.body_text and "woensdag 19 juli 2023, 23u59" in mail.body_text
    again = client.post(address, data=data)
    assert again.status_code == 422 and "intussen al een nieuwe kennisgeving" in again.text
    assert len(db.session.scalars(select(DecisionNotice)).all()) == 4, "a second click notes nothing"


def test_over_the_change_of_the_clock_it_is_days_and_not_hours(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at, "2023-10-20T10:00")  # the clock goes back on 29 October
    at("2023-10-25T23:30")
    noted(world, received=date(2023, 10, 25))
    assert last_days(world) == ["2023-11-03", "2023-11-03", "2023-11-08"]
    at("2023-11-08T23:59:59")
    assert submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"way": "duif", "received": date(2023, 7, 4)}, "notice_way_unknown"),
        ({"received": None}, "notice_day_missing"),
        ({"received": date(2023, 7, 13)}, "notice_in_the_future"),
        ({"received": date(9999, 12, 31)}, "notice_in_the_future"),
        ({"received": date(2023, 7, 2)}, "notice_before_the_previous"),
        ({"received": date(1, 1, 1)}, "notice_before_the_previous"),
        ({"received": date(2023, 7, 4), "reason": " "}, "notice_reason_missing"),
        ({"received": date(2023, 7, 4), "reason": "x" * 2001}, "answer_text_too_long"),
        ({"way": "mail", "address": "vreemd@voorbeeld.be"}, "notice_address_unknown"),
        ({"received": date(2023, 7, 4), "seen": 0}, "notice_noted_already"),
    ],
)
def test_what_does_not_fit_changes_nothing(app: Flask, at, values: dict[str, object], code: str) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    at("2023-07-12T15:00")
    with pytest.raises(DomainError, match=code):
        noted(world, **values)
    db.session.rollback()
    assert last_days(world) == ["2023-07-17"] * 3


def test_the_address_of_a_rival_is_refused(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    with pytest.raises(DomainError, match="notice_address_unknown"):
        noted(world, 2, way="mail", address=world.owners[0].email)


def test_only_the_regisseur_of_the_region_notes_it(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    observer = make.make_regisseur(world.region, "observer")
    wanted = NewNotice("handed", WHY, date(2023, 7, 3), seen=1)
    for user in (world.owners[2], world.chair, observer, make.make_regisseur(make.make_region())):
        with pytest.raises((Forbidden, NotFound)):
            notify_again(world.proposals[2].id, wanted, by=make.actor(user))

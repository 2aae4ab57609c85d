"""A later decision that nobody was told of can be withdrawn: with a reason, in the log; what stands stays."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.decisions.later.queries import pending_on
from app.decisions.later.services import confirm_later, propose_later
from app.decisions.later.telling import communicate_later
from app.decisions.later.withdrawing import withdraw_later
from app.decisions.models import Decision
from app.decisions.queries import standing_decision
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.decisions.test_later import NEW, confirmed, proposed, told
from tests.decisions.world import wanted

WHY = "De geselecteerde organisatie doet toch mee."


def test_what_was_confirmed_and_not_told_is_withdrawn_without_anybody_hearing(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one, before = confirmed(world), standing_decision(world.proposals[1].id)
    mails = db.session.scalar(select(func.count(OutboxMessage.id)))
    db.session.rollback()
    assert withdraw_later(world.proposals[1].id, f" {WHY} ", seen=1, by=make.actor(world.chair))
    db.session.rollback()
    assert pending_on(world.proposals[1].id) is None and db.session.get(Decision, one.id) is None
    assert standing_decision(world.proposals[1].id) == before
    assert db.session.scalar(select(func.count(OutboxMessage.id))) == mails
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "decision.later_withdrawn")
    ).one()
    assert entry.details["why"] == WHY and entry.details["was_confirmed"] is True
    assert len(entry.details["text_sha256"]) == 64 and "selected" not in str(entry.details)
    db.session.rollback()
    assert not withdraw_later(world.proposals[1].id, WHY, seen=1, by=make.actor(world.chair)), (
        "a second click"
    )


@pytest.mark.parametrize(
    ("reason", "seen", "code"),
    [
        ("  ", 1, "withdraw_reason_missing"),
        ("x" * 2001, 1, "withdraw_reason_too_long"),
        (WHY, 0, "later_changed_since"),
        (WHY, 2**62, "later_changed_since"),
    ],
)
def test_what_does_not_fit_withdraws_nothing(app: Flask, at, reason: str, seen: int, code: str) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    proposed(world)
    with pytest.raises(DomainError, match=code):
        withdraw_later(world.proposals[1].id, reason, seen=seen, by=make.actor(world.chair))
    db.session.rollback()
    assert pending_on(world.proposals[1].id) is not None


def test_only_who_may_propose_withdraws(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    proposed(world)
    observer = make.make_regisseur(world.region, "observer")
    elsewhere = make.make_regisseur(make.make_region())
    for user in (world.owners[1], world.jurors[0], observer, elsewhere):
        with pytest.raises((Forbidden, NotFound)):
            withdraw_later(world.proposals[1].id, WHY, seen=1, by=make.actor(user))
        db.session.rollback()
    assert pending_on(world.proposals[1].id) is not None


def test_what_was_told_is_never_withdrawn(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one = confirmed(world)
    communicate_later(world.call.id, {one.id: one.version}, by=make.actor(world.regisseur))
    db.session.rollback()
    assert not withdraw_later(world.proposals[1].id, WHY, seen=1, by=make.actor(world.chair))
    db.session.rollback()
    stands = standing_decision(world.proposals[1].id)
    assert stands and stands.number == 2


def test_what_follows_an_objection_that_was_upheld_is_not_withdrawn(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    by = make.actor(world.chair)
    propose_later(world.proposals[2].id, wanted("reserve", reasons=NEW), cause="objection", by=by)
    with pytest.raises(DomainError, match="later_follows_objection"):
        withdraw_later(world.proposals[2].id, WHY, seen=1, by=by)


def test_a_page_from_before_brings_nothing_back_and_tells_nothing_unread(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one, regisseur, chair = confirmed(world), make.actor(world.regisseur), make.actor(world.chair)
    shown = pending_on(world.proposals[1].id)
    assert shown
    withdraw_later(world.proposals[1].id, WHY, seen=1, by=chair)
    old = wanted("selected", reasons=NEW, version=one.version)
    with pytest.raises(DomainError, match="later_withdrawn_since"):
        propose_later(world.proposals[1].id, old, cause="reserve", by=chair)
    db.session.rollback()
    again = propose_later(
        world.proposals[1].id, wanted("selected", reasons=NEW + " Anders."), cause="reserve", by=chair
    )
    confirm_later(world.call.id, {again.id: again.version}, by=regisseur)
    # the row may have the id of the one that went: what was on the page decides
    grounds = {again.id: shown.ground[:16]}
    with pytest.raises(Stale):
        communicate_later(world.call.id, {again.id: again.version}, by=regisseur, grounds=grounds)


def test_on_the_pages(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    proposed(world)
    address = f"/kandidaturen/{world.proposals[1].id}/beslissing/nieuwe/intrekken"
    overview = f"/oproepen/{world.call.id}/beslissingen/nieuwe"
    client.sign_in(world.regisseur)
    assert address in client.get(overview).text
    assert NEW in client.get(address).text
    empty = client.post(address, data={"version": "1", "why": ""})
    assert empty.status_code == 422 and "Zeg waarom je dit voorstel intrekt" in empty.text
    stale = client.post(address, data={"version": "9" * 30, "why": WHY})
    assert stale.status_code == 422 and WHY in stale.text and 'value="1"' in stale.text
    assert client.post(address, data={"version": "1", "why": WHY}).status_code == 302
    again = client.post(address, data={"version": "1", "why": WHY}, follow_redirects=True)
    assert "geen voorstel meer om in te trekken" in again.text
    assert client.get(address).status_code == 302
    form = wanted("selected", reasons=NEW)
    sent = {"outcome": "selected", "reasons": NEW, "legal_basis": form.legal_basis, "cause": "reserve"}
    sent |= {"appeal_routes": form.appeal_routes, "version": "1"}
    edit = f"/kandidaturen/{world.proposals[1].id}/beslissing/nieuwe"
    back = client.post(edit, data=sent)
    assert back.status_code == 422 and "intussen ingetrokken" in back.text
    assert re.search(r'name="version"[^>]*value="0"', back.text), "a second save is a new proposal"
    client.sign_in(world.owners[1])
    assert client.get(address).status_code == 404


def test_the_home_page_counts_only_confirmations_that_count(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one = confirmed(world)
    client.sign_in(world.regisseur)
    assert "Deel 1 nieuwe beslissing mee" in client.get("/").text
    with transaction():
        db.session.get_one(Decision, one.id).confirmed_on = "0" * 64  # it rests on what is not there any more
    home = client.get("/").text
    assert "Bevestig 1 nieuwe beslissing" in home and "Deel 1 nieuwe beslissing mee" not in home
    assert "Bevestiging vervallen" in client.get(f"/oproepen/{world.call.id}/beslissingen/nieuwe").text

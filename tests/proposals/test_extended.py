"""A deadline that is extended reopens for all: who handed in, writes, withdrew or follows hears the same."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.following.models import Follower
from app.addenda.models import Addendum
from app.addenda.publishing.extending import extend_deadline
from app.audit.models import AuditEntry
from app.domain.errors import DomainError
from app.domain.timeline import last_accepted_minute
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.proposals.handing_in.submitting import submit_proposal, withdraw_proposal
from tests import factories as make

WEEK = timedelta(days=7)


class World:
    """An open call with one who handed in, one who writes, one who withdrew, and one who follows."""

    def __init__(self) -> None:
        self.region = make.make_region("Rivierenland")
        self.regisseur = make.make_regisseur(self.region)
        self.call = make.make_call(self.region)
        assert self.call.deadline is not None
        self.deadline: datetime = self.call.deadline
        self.owners, self.proposals = {}, {}
        for role in ("handed in", "writes", "withdrew"):
            organisation = make.make_organisation()
            self.owners[role] = make.make_member(organisation)
            self.proposals[role] = make.make_proposal(self.call, organisation, self.owners[role]).id
        for role in ("handed in", "withdrew"):
            self.submit(role, "eerst")
        withdraw_proposal(self.proposals["withdrew"], by=make.actor(self.owners["withdrew"]))
        with transaction() as now:
            db.session.add(
                Follower(
                    addendum_id=self.call.id,
                    email="volger@voorbeeld.be",
                    key="k" * 43,
                    asked_at=now,
                    confirmed_at=now,
                )
            )

    def submit(self, role: str, key: str) -> Any:
        return submit_proposal(self.proposals[role], key=key, by=make.actor(self.owners[role]))

    def extend(self) -> None:
        seen = db.session.scalar(select(Addendum.version).where(Addendum.id == self.call.id)) or 0
        db.session.rollback()
        extend_deadline(
            self.call.id,
            last_accepted_minute(self.deadline + WEEK),
            reason="Er kwamen veel vragen.",
            shift=True,
            seen=seen,
            by=make.actor(self.regisseur),
        )


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def told() -> list[OutboxMessage]:
    return list(
        db.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.kind.not_in(["proposal.receipt", "proposal.withdrawn"]))
            .order_by(OutboxMessage.to_address)
        )
    )


def test_everybody_gets_the_same_mail_in_the_same_act(world: World) -> None:
    world.extend()
    mails = told()
    expected = {"volger@voorbeeld.be", *(one.email for one in world.owners.values())}
    assert {one.to_address for one in mails} >= expected
    ours = [one for one in mails if one.to_address in expected]
    assert len(ours) == 4 == len({one.message_id for one in ours})
    assert len({one.subject for one in ours}) == 1 and len({one.created_at for one in ours}) == 1
    to_applicants = {one.body_text for one in ours if one.to_address != "volger@voorbeeld.be"}
    assert len(to_applicants) == 1  # nothing in it says how far anybody is
    assert all(one.addendum_id is None for one in ours)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (
        entry is not None and entry.action == "addendum.deadline_extended" and entry.at == ours[0].created_at
    )


def test_all_of_them_can_hand_in_and_replace_until_the_new_deadline(world: World, at: Any) -> None:
    world.extend()
    at(world.deadline + timedelta(days=3))
    assert world.submit("handed in", "opnieuw").revision == 2
    assert world.submit("writes", "eerst").revision == 1
    assert world.submit("withdrew", "opnieuw").revision == 2
    withdraw_proposal(world.proposals["handed in"], by=make.actor(world.owners["handed in"]))
    at(world.deadline + WEEK)
    with pytest.raises(DomainError, match="too_late"):
        world.submit("handed in", "nog eens")


def test_once_the_deadline_has_passed_it_stays_passed(world: World, at: Any) -> None:
    at(world.deadline)
    with pytest.raises(DomainError, match="not_in_this_phase"):
        world.extend()
    assert told() == []


def test_a_page_that_stays_open_learns_of_the_new_deadline(
    world: World, client: FlaskClient, at: Any
) -> None:
    path = f"/oproepen/{world.call.id}/klok.json"
    before: Any = client.get(path).json
    world.extend()
    after: Any = client.get(path).json
    assert after["deadline"] - before["deadline"] == WEEK // timedelta(milliseconds=1)
    assert after["until"] != before["until"]
    assert abs(after["now"] - clock.read().timestamp() * 1000) < 60_000


def test_the_clock_of_a_draft_is_nobodys_business(world: World, client: FlaskClient) -> None:
    with transaction():
        db.session.get_one(Addendum, world.call.id).published_at = None
    assert client.get(f"/oproepen/{world.call.id}/klok.json").status_code == 404

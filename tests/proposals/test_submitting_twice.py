"""A double click, two tabs, a lost answer, two owners: what counts is always clear, and nothing fails."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.organisations.models import Membership
from app.proposals.models import Proposal, Submission
from app.proposals.queries import stands
from tests import factories as make

KEY = re.compile(r'name="key"[^>]*value="([^"]+)"')


class World:
    def __init__(self, client: FlaskClient) -> None:
        self.call = make.make_call(make.make_region("Klein-Brabant Vaartland"))
        assert self.call.deadline is not None
        self.deadline = self.call.deadline
        self.organisation = make.make_organisation()
        self.owner = make.make_member(self.organisation)
        self.proposal_id = make.make_proposal(self.call, self.organisation, self.owner).id
        self.path = f"/kandidaturen/{self.proposal_id}/indienen"
        self.client = client
        client.sign_in(self.owner)  # type: ignore[attr-defined]

    def tab(self) -> str:
        """Open the page; the key of its form."""
        found = KEY.search(self.client.get(self.path).text)
        assert found is not None
        return found[1]

    def post(self, **fields: str) -> Any:
        answer = self.client.post(self.path, data=fields)
        assert answer.status_code < 500
        return answer


@pytest.fixture
def world(app: Flask, client: FlaskClient) -> World:
    return World(client)


def numbers() -> list[str]:
    found = db.session.scalars(select(Submission.receipt_number).order_by(Submission.revision)).all()
    db.session.rollback()
    return list(found)


def what_stands() -> list[str]:
    return list(db.session.scalars(select(Submission.receipt_number).where(stands())))


def mails() -> int:
    return len(db.session.scalars(select(OutboxMessage.id)).all())


def test_a_double_click_is_one_submission_and_one_mail(world: World) -> None:
    key = world.tab()
    first, second = world.post(key=key), world.post(key=key)
    assert first.location == second.location and len(numbers()) == 1 and mails() == 1


def test_a_form_without_a_key_sent_twice_is_one_submission(world: World) -> None:
    first, second = world.post(), world.post(key="")
    assert first.location == second.location and len(numbers()) == 1 and mails() == 1
    with transaction():
        db.session.get_one(Proposal, world.proposal_id).summary = "Een andere samenvatting."
    assert world.post().location != first.location and len(numbers()) == 2


def test_of_two_tabs_the_last_one_stands(world: World) -> None:
    one, other = world.tab(), world.tab()
    assert one != other
    world.post(key=one)
    world.post(key=other)
    assert what_stands() == numbers()[1:] and len(numbers()) == 2


def test_a_retry_after_a_lost_answer_gives_the_same_receipt_also_when_the_deadline_has_passed(
    world: World, at: Any
) -> None:
    key = world.tab()
    given = world.post(key=key).location
    at(world.deadline + timedelta(hours=1))
    again = world.post(key=key)
    assert (again.status_code, again.location) == (302, given)
    assert "proposal.refused_late" not in db.session.scalars(select(AuditEntry.action)).all()


def test_the_key_of_somebody_elses_form_opens_nothing(world: World, app: Flask) -> None:
    key = world.tab()
    world.post(key=key)
    rival = make.make_organisation()
    owner = make.make_member(rival)
    other = make.make_proposal(world.call, rival, owner)
    client = app.test_client().sign_in(owner)  # type: ignore[attr-defined]
    answer = client.post(f"/kandidaturen/{other.id}/indienen", data={"key": key})
    assert answer.status_code == 302 and numbers()[0] not in answer.location
    assert client.post(world.path, data={"key": key}).status_code == 404


def test_two_owners_at_once_both_have_a_receipt_and_one_stands(world: World, app: Flask) -> None:
    second = make.make_user("Tweede Eigenaar")
    with transaction() as now:
        db.session.add(
            Membership(user_id=second.id, organisation_id=world.organisation.id, role="owner", since=now)
        )
    first = world.post(key="a")
    client = app.test_client().sign_in(second)  # type: ignore[attr-defined]
    other = client.post(world.path, data={"key": "b"})
    assert first.location != other.location
    assert what_stands() == numbers()[1:]


@pytest.mark.parametrize("key", ["x" * 100_000, "\x00", "\ud7ff‮", "' OR 1=1 --", "%s%n", "🎉"])
def test_any_text_is_a_key(world: World, key: str) -> None:
    assert world.post(key=key).status_code == 302
    assert world.post(key=key).status_code == 302
    assert len(numbers()) == 1


def test_late_keeps_what_was_written_and_is_logged_each_time(world: World, at: Any) -> None:
    key = world.tab()
    at(world.deadline)
    for _ in range(2):
        answer = world.post(key=key)
        assert answer.status_code == 403 and "Te laat" in answer.text
        assert "Wij gaan naast mensen staan." in answer.text
    assert numbers() == [] and mails() == 0
    logged = db.session.scalars(select(AuditEntry)).all()
    assert [one.action for one in logged] == ["proposal.refused_late"] * 2 and all(
        one.sealed for one in logged
    )
    assert db.session.get_one(Proposal, world.proposal_id).summary == "Wij gaan naast mensen staan."

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
from app.proposals.handing_in.submitting import withdraw_proposal
from app.proposals.models import Proposal, Submission
from app.proposals.queries import stands
from tests import factories as make

KEY = re.compile(r'name="key"[^>]*value="([^"]+)"')
SEEN = re.compile(r'name="seen"[^>]*value="([^"]+)"')


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

    def write(self, summary: str) -> None:
        with transaction():
            db.session.get_one(Proposal, self.proposal_id).summary = summary

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
    world.write("Een andere samenvatting.")
    assert world.post().location != first.location and len(numbers()) == 2


def test_of_two_tabs_the_last_one_stands(world: World) -> None:
    one, other = world.tab(), world.tab()
    assert one != other
    world.post(key=one)
    world.write("Een tekst uit het andere tabblad.")
    world.post(key=other)
    assert what_stands() == numbers()[1:] and len(numbers()) == 2


def test_of_two_tabs_with_the_same_text_nothing_is_handed_in_twice(world: World) -> None:
    one, other = world.tab(), world.tab()
    given = world.post(key=one).location
    again = world.post(key=other)
    assert again.location == given and len(numbers()) == 1 and mails() == 1
    page = world.client.get(given).text
    assert "Dit stond al ingediend, er is niets gewijzigd" in page


def test_what_changed_since_it_was_shown_is_not_handed_in_unseen(world: World) -> None:
    shown = world.client.get(world.path).text
    key, seen = KEY.search(shown), SEEN.search(shown)
    assert key and seen
    world.write("Een collega schreef intussen iets anders.")
    answer = world.post(key=key[1], seen=seen[1])
    assert answer.status_code == 409 and numbers() == [] and mails() == 0
    assert "Intussen is er iets gewijzigd" in answer.text
    assert "Een collega schreef intussen iets anders." in answer.text
    key, seen = KEY.search(answer.text), SEEN.search(answer.text)
    assert key and seen
    assert world.post(key=key[1], seen=seen[1]).status_code == 302 and len(numbers()) == 1


def test_the_key_of_a_receipt_that_no_longer_counts_does_not_say_handed_in(world: World) -> None:
    one, other = world.tab(), world.tab()
    world.post(key=one)
    world.write("Een latere tekst.")
    world.post(key=other)
    world.client.get(world.path)
    for key, words in ((one, "vervangen door een latere versie"), (other, "ingetrokken")):
        if key == other:
            withdraw_proposal(world.proposal_id, by=make.actor(world.owner))
        answer = world.post(key=key)
        assert (answer.status_code, answer.location) == (302, world.path)
        page = world.client.get(world.path).text
        assert "Er is nu niets ingediend" in page and words in page and ">Ingediend." not in page
    assert len(numbers()) == 2


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
    world.write("De tweede eigenaar schreef verder.")
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

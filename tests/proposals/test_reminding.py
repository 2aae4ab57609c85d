"""Who has a draft is reminded of it 72 and 24 hours before the deadline: once, in time, and nobody else."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.addenda.models import Addendum
from app.domain.timeline import exclusive_deadline
from app.infra import clock
from app.infra.database import db, transaction
from app.infra.sweeps import sweep_all
from app.notifications.models import OutboxMessage
from app.proposals import content as contents
from app.proposals.handing_in.reminding import hours_due, remind_when_due
from app.proposals.handing_in.submitting import submit_proposal, withdraw_proposal
from app.proposals.models import Proposal, Reminder
from app.proposals.writing.drafts import working_content
from tests import factories as make
from tests.counting import queries

DEADLINE = exclusive_deadline(datetime(2026, 6, 5, 23, 59))


class World:
    """A call that ends on 5 June 2026, and a draft of an organisation with an owner and a member."""

    def __init__(self, at: Any) -> None:
        at(DEADLINE - timedelta(days=10))
        self.call = make.make_call(make.make_region("Rivierenland"))
        move_deadline(self.call.id, DEADLINE)
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.member = make.make_member(self.organisation, "member")
        self.proposal = self.draft(self.organisation, self.owner, DEADLINE - timedelta(days=8))

    def draft(self, organisation: Any, owner: Any, moment: datetime) -> Proposal:
        proposal = make.make_proposal(self.call, organisation, owner)
        touch(proposal.id, created_at=moment, updated_at=moment)
        return proposal


def move_deadline(addendum_id: int, deadline: datetime) -> None:
    with transaction():
        db.session.get_one(Addendum, addendum_id).deadline = deadline


def touch(proposal_id: int, **values: Any) -> None:
    with transaction():
        proposal = db.session.get_one(Proposal, proposal_id)
        for name, value in values.items():
            setattr(proposal, name, value)


def swept(at: Any, moment: datetime) -> list[OutboxMessage]:
    """The reminders that the worker writes at a moment."""
    before = db.session.scalar(select(func.max(OutboxMessage.id))) or 0
    at(moment)
    remind_when_due(clock.read())
    return list(
        db.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.id > before, OutboxMessage.kind == "proposal.reminder")
            .order_by(OutboxMessage.to_address)
        )
    )


@pytest.fixture
def world(app: Flask, at: Any) -> World:
    return World(at)


def hours(number: float) -> datetime:
    return DEADLINE - timedelta(hours=number)


def test_everybody_of_the_organisation_is_reminded_twice_and_never_twice_of_the_same(
    world: World, at: Any
) -> None:
    assert swept(at, hours(72.1)) == []
    assert {one.to_address for one in swept(at, hours(72))} == {world.owner.email, world.member.email}
    assert swept(at, hours(71.9)) == [] == swept(at, hours(24.1))
    assert len(swept(at, hours(24))) == 2
    assert swept(at, hours(23)) == [] == swept(at, hours(0.01))
    assert [row.hours for row in db.session.scalars(select(Reminder).order_by(Reminder.sent_at))] == [72, 24]


def test_the_mail_says_the_state_the_hour_the_zone_and_what_is_missing(world: World, at: Any) -> None:
    touch(world.proposal.id, summary="", capacity_fte=None)
    mail = swept(at, hours(24))[0]
    lines = mail.body_text.split("\n\n")
    assert lines[0] == "Beste Mia Medewerker,"
    assert lines[1].strip() == (
        "Dit gaat over de kandidatuur van Vzw De Brug voor Lokaal partnerschap Rivierenland."
    )
    assert lines[2].strip() == "Nog niet ingediend, en nog niet volledig."
    assert "tot en met vrijdag 5 juni 2026, 23u59." in mail.body_text
    assert "nog 23 uur." in mail.body_text
    assert "Nog nodig om in te dienen:\n- de samenvatting\n" in mail.body_text
    assert "- de capaciteit" in mail.body_text
    assert f"/kandidaturen/{world.proposal.id}/indienen\n\n-- \n" in mail.body_text
    assert mail.addendum_id is None


def test_a_complete_draft_is_told_that_it_can_be_handed_in(world: World, at: Any) -> None:
    assert "jullie kunnen nu indienen" in swept(at, hours(72))[0].body_text


def test_every_line_of_the_checklist_has_words_in_the_mail(world: World, at: Any) -> None:
    touch(world.proposal.id, summary="", truthful=False, no_client_data=False, capacity_fte=None)
    touch(world.proposal.id, answers=[], cost_estimate=None)
    with transaction():
        db.session.get_one(Addendum, world.call.id).cost_requested = True
    text = swept(at, hours(72))[0].body_text
    with_all = contents.checklist(contents_of(world.proposal.id), cost_requested=True, unconfirmed=0)
    assert text.count("\n- ") == sum(not one.done for one in with_all) >= 9


def contents_of(proposal_id: int) -> Any:
    found = working_content(proposal_id)
    db.session.rollback()
    return found


def test_what_was_handed_in_needs_no_reminder_until_it_is_changed(world: World, at: Any) -> None:
    at(hours(100))
    submit_proposal(world.proposal.id, key="k", by=make.actor(world.owner))
    assert swept(at, hours(72)) == []
    touch(world.proposal.id, summary="Iets anders.", updated_at=hours(60))
    (first, second) = swept(at, hours(58))
    assert first.subject == "Gewijzigd, niet opnieuw ingediend: Lokaal partnerschap Rivierenland"
    assert "Daarna is er iets gewijzigd dat nog niet telt." in second.body_text


def test_a_change_that_was_taken_back_is_none(world: World, at: Any) -> None:
    at(hours(100))
    submit_proposal(world.proposal.id, key="k", by=make.actor(world.owner))
    touch(world.proposal.id, updated_at=hours(60))
    assert swept(at, hours(24)) == []


def test_who_withdrew_is_left_alone_unless_they_write_on(world: World, at: Any) -> None:
    at(hours(100))
    by = make.actor(world.owner)
    submit_proposal(world.proposal.id, key="k", by=by)
    withdraw_proposal(world.proposal.id, by=by)
    assert swept(at, hours(72)) == []
    touch(world.proposal.id, updated_at=hours(60))
    assert "Ingetrokken op" in swept(at, hours(24))[0].body_text


def test_a_worker_that_was_down_sends_the_reminder_of_now_and_no_outdated_one(world: World, at: Any) -> None:
    (mail, _) = swept(at, hours(5))
    assert "nog 4 uur." in mail.body_text
    assert [row.hours for row in db.session.scalars(select(Reminder))] == [24]


@pytest.mark.parametrize("late", [0, 1, 48])
def test_after_the_deadline_there_is_none(world: World, at: Any, late: int) -> None:
    assert swept(at, hours(-late)) == []


def test_a_deadline_that_moved_later_gets_reminders_of_its_own(world: World, at: Any) -> None:
    assert len(swept(at, hours(70))) == 2
    move_deadline(world.call.id, DEADLINE + timedelta(days=7))
    assert swept(at, hours(24)) == []
    (mail, _) = swept(at, hours(72) + timedelta(days=7))
    assert "vrijdag 12 juni 2026, 23u59" in mail.body_text


def test_a_draft_begun_within_the_last_day_is_reminded_of_when_nobody_writes_any_more(
    world: World, at: Any
) -> None:
    swept(at, hours(24))
    other = make.make_organisation()
    draft = world.draft(other, make.make_member(other), hours(20))
    assert swept(at, hours(19.9)) == []
    touch(draft.id, updated_at=hours(19.5))
    assert swept(at, hours(18.9)) == []
    assert len(swept(at, hours(18.4))) == 1
    assert swept(at, hours(2)) == []


def test_a_draft_call_and_a_stranger_hear_nothing(world: World, at: Any) -> None:
    with transaction():
        db.session.get_one(Addendum, world.call.id).published_at = None
    assert swept(at, hours(24)) == []
    assert db.session.scalars(select(Reminder)).all() == []


def test_who_cannot_sign_in_any_more_is_not_written_to(world: World, at: Any) -> None:
    with transaction():
        db.session.merge(world.member).active = False
    assert [one.to_address for one in swept(at, hours(24))] == [world.owner.email]


def test_the_hours_are_hours_that_pass_when_the_clocks_change() -> None:
    deadline = exclusive_deadline(datetime(2026, 10, 25, 23, 59))  # a day of 25 hours
    local = datetime(2026, 10, 25, 1, 0, tzinfo=clock.BRUSSELS)  # 24 hours before, not midnight
    assert hours_due(deadline, local) == 24
    assert hours_due(deadline, local - timedelta(seconds=1)) == 72


def test_the_worker_does_it_in_its_round(world: World, at: Any) -> None:
    at(hours(24))
    sweep_all()
    assert db.session.scalar(select(func.count(Reminder.hours))) == 1


def test_looking_costs_one_query_when_nothing_is_due(world: World, at: Any) -> None:
    at(hours(100))
    with queries() as seen:
        remind_when_due(clock.read())
    assert len(seen) == 1

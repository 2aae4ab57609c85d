"""Deadlines on the days that have 23 or 25 hours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.addenda.models import Addendum
from app.domain.errors import DomainError
from app.domain.timeline import BRUSSELS, exclusive_deadline, last_accepted_minute
from app.infra.database import db, transaction
from app.infra.formats import deadline, time_left, time_of_day
from app.proposals.handing_in.reminding import hours_due
from app.proposals.handing_in.submitting import submit_proposal
from tests import factories as make

pytestmark = pytest.mark.faults
SPRING = (datetime(2026, 3, 29), datetime(2027, 3, 28))
AUTUMN = (datetime(2026, 10, 25), datetime(2027, 10, 31))
OFFSETS = {True: (1, 2), False: (2, 1)}  # hours before UTC, before and after the change


@pytest.mark.parametrize("day", [*SPRING, *AUTUMN])
@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (1, 59), (3, 0), (12, 30), (23, 59)])
def test_a_minute_that_comes_once_is_that_minute(day: datetime, hour: int, minute: int) -> None:
    local = day.replace(hour=hour, minute=minute)
    offset = OFFSETS[day in SPRING][hour >= 3]
    assert exclusive_deadline(local) == local.replace(tzinfo=UTC) - timedelta(hours=offset) + timedelta(
        minutes=1
    )
    assert last_accepted_minute(exclusive_deadline(local)) == local


@pytest.mark.parametrize("day", AUTUMN)
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_of_a_minute_that_comes_twice_the_second_counts(day: datetime, minute: int) -> None:
    local = day.replace(hour=2, minute=minute)
    found = exclusive_deadline(local)
    assert found == local.replace(tzinfo=UTC) - timedelta(hours=1) + timedelta(minutes=1)
    assert deadline(found).endswith(f", 2u{minute:02d}")


@pytest.mark.parametrize("day", SPRING)
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_a_minute_that_never_comes_is_shown_as_the_one_it_became(day: datetime, minute: int) -> None:
    found = exclusive_deadline(day.replace(hour=2, minute=minute))
    assert deadline(found).endswith(f", 3u{minute:02d}")


@pytest.mark.parametrize(("day", "hours"), [(one, 23) for one in SPRING] + [(one, 25) for one in AUTUMN])
def test_the_clock_counts_hours_that_pass(day: datetime, hours: int) -> None:
    end = exclusive_deadline(day.replace(hour=23, minute=59))
    midnight = day.replace(tzinfo=BRUSSELS)
    shown = {23: "23 uur 0 min 00 s", 25: "1 dag 1 uur 0 min 00 s"}[hours]
    assert time_left(end, midnight) == shown
    assert time_left(end, end - timedelta(seconds=1)) == "1 s" and time_left(end, end) == ""
    assert time_of_day(end - timedelta(seconds=1)) == "23:59:59"


@pytest.mark.parametrize("day", [*SPRING, *AUTUMN])
@pytest.mark.parametrize("hours", [72, 24])
def test_a_reminder_is_due_after_hours_that_pass(day: datetime, hours: int) -> None:
    end = exclusive_deadline(day.replace(hour=23, minute=59))
    begins = end - timedelta(hours=hours)
    assert hours_due(end, begins) == hours
    assert hours_due(end, begins - timedelta(seconds=1)) == (72 if hours == 24 else None)


@pytest.mark.parametrize("day", [*SPRING, *AUTUMN])
def test_handing_in_holds_to_the_second(app: Flask, still: Any, day: datetime) -> None:
    end = exclusive_deadline(day.replace(hour=2, minute=30))
    still(end - timedelta(days=3))
    call = make.make_call(make.make_region())
    with transaction():
        db.session.get_one(Addendum, call.id).deadline = end
    organisation = make.make_organisation()
    owner = make.make_member(organisation)
    proposal = make.make_proposal(call, organisation, owner)
    still(end - timedelta(seconds=1))
    assert submit_proposal(proposal.id, key="op tijd", by=make.actor(owner)).submitted_at < end
    still(end)
    with pytest.raises(DomainError, match="too_late"):
        submit_proposal(proposal.id, key="te laat", by=make.actor(owner))

"""The days as who wants to win on them would count: the day of the notice is not one, the last one is whole,
and every page, letter and mail says the same moment."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from app.decisions.answering.notices import NewNotice, notify_again
from app.decisions.answering.queries import answer_on
from app.decisions.answering.services import answer, give_more_time
from app.decisions.models import Decision
from app.decisions.queries import letter_of, standing_decision
from app.domain.acceptance import term_end
from app.domain.errors import DomainError, Forbidden
from app.domain.notice import received_at
from app.domain.objection import WindowStatus, window_end, window_state
from app.domain.timeline import BRUSSELS, local_day
from app.infra import clock
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.objections.services import submit
from tests import factories as make
from tests.decisions.world import World, build, tell_all
from tests.objections.test_filing import text


def local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=BRUSSELS).astimezone(UTC)


@pytest.mark.parametrize(
    ("told", "end"),
    [
        ("2023-07-03T00:00", "2023-07-18T00:00"),
        ("2023-07-03T23:59:59.999999", "2023-07-18T00:00"),
        ("2023-07-04T00:00", "2023-07-19T00:00"),
        ("2023-10-15T00:30", "2023-10-30T00:00"),  # the last day is the one of 25 hours
        ("2023-10-14T12:00", "2023-10-29T00:00"),  # ends as the day of 25 hours begins
        ("2023-10-29T02:30", "2023-11-13T00:00"),  # told in the hour that comes twice
        ("2024-03-17T10:00", "2024-04-01T00:00"),  # the last day is the one of 23 hours
        ("2024-03-16T10:00", "2024-03-31T00:00"),
        ("2024-03-31T23:59", "2024-04-15T00:00"),  # told on the day of 23 hours
        ("2024-02-15T10:00", "2024-03-01T00:00"),  # over 29 February
        ("2023-12-24T18:00", "2024-01-08T00:00"),  # Christmas and New Year count as other days
    ],
)
def test_fourteen_days_end_at_midnight_of_the_fourteenth_day_after(told: str, end: str) -> None:
    at, ends = local(told), local(end)
    assert window_end(at, 14) == ends == term_end(at, 14)
    last = window_state(at, 14, ends - timedelta(microseconds=1))
    assert last.is_open and last.days_left == 0
    assert window_state(at, 14, ends).status is WindowStatus.ENDED
    days = {local_day(at + timedelta(hours=one)) for one in range(24 * 16)} - {local_day(at)}
    whole = sorted(day for day in days if day < local_day(ends))
    assert len(whole) == 14, "fourteen whole days, the day of the notice not among them"


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_the_same_day(fold: int) -> None:
    at = datetime(2023, 10, 29, 2, 30, tzinfo=BRUSSELS, fold=fold).astimezone(UTC)
    assert window_end(at, 14) == local("2023-11-13T00:00")


@pytest.mark.parametrize("day", [date(2023, 10, 29), date(2024, 3, 31), date(2023, 7, 4)])
@pytest.mark.parametrize("hour", ["00:00:01", "02:59", "03:01", "23:59:59"])
def test_what_was_received_on_a_day_counts_from_the_day_after(day: date, hour: str) -> None:
    previous = local("2023-07-03T10:00")
    for now in (local(f"{day}T{hour}"), local(f"{day + timedelta(days=3)}T{hour}")):
        counts = received_at(day, previous, now)
        assert local_day(counts) == day and counts <= now
        assert local_day(window_end(counts, 14) - timedelta(seconds=1)) == day + timedelta(days=14)


def told(at, moment: str = "2023-07-03T10:00", outcomes: tuple[str, ...] = ("selected",)) -> World:  # type: ignore[no-untyped-def]
    at(moment)
    world = build(2)
    tell_all(world, outcomes)
    return world


def again(world: World, received: date, seen: int = 1, number: int = 0) -> datetime:
    notice = NewNotice("registered", "De mail kwam terug.", received, seen=seen)
    found = notify_again(world.proposals[number].id, notice, by=make.actor(world.regisseur))
    db.session.rollback()
    return found


def test_a_second_notice_never_takes_back_more_time_nor_a_longer_window(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one, by = world.proposals[0].id, make.actor(world.regisseur)
    at("2023-07-10T10:00")
    give_more_time(one, date(2023, 9, 1), "De raad komt pas dan samen", by=by)
    again(world, date(2023, 7, 5))
    row = answer_on(one)
    assert row and row.term(14, clock.read()).last_day == date(2023, 9, 1)
    before = standing_decision(one)
    with pytest.raises(DomainError, match="notice_before_the_previous"):
        again(world, date(2023, 7, 4), seen=2)
    assert standing_decision(one) == before
    with pytest.raises(DomainError, match="more_time_only_later"):
        give_more_time(one, date(2023, 8, 31), "Toch minder", by=by)


def test_a_notice_noted_after_the_window_ended_opens_it_again_and_keeps_what_was_filed(
    app: Flask, at
) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    at("2023-07-18T00:00")
    with pytest.raises(Forbidden, match="objection_too_late"):
        submit(world.proposals[0].id, text(), by=make.actor(world.owners[0]))
    with pytest.raises(DomainError, match="answer_too_late"):
        answer(world.proposals[0].id, "accepted", "", by=make.actor(world.owners[0]))
    again(world, date(2023, 7, 17))
    at("2023-07-31T23:59:59")
    assert answer(world.proposals[0].id, "accepted", "", by=make.actor(world.owners[0]))
    draft = 1  # the words of the late one were kept as a draft
    assert submit(world.proposals[0].id, text(draft), by=make.actor(world.owners[0]))
    with pytest.raises(Forbidden, match="objection_too_late"):
        at("2023-08-01T00:00")
        submit(world.proposals[1].id, text(), by=make.actor(world.owners[1]))


def moments(html: str) -> set[str]:
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))
    return set(re.findall(r"tot en met (\w+ \d+ \w+ \d{4}, 23u59)", plain))


def test_every_side_says_the_same_moment(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at, "2023-10-20T23:30")  # over the night of 29 October
    end = {"vrijdag 3 november 2023, 23u59"}
    proposal, call = world.proposals[0].id, world.call.id
    pdf = PdfReader(BytesIO(letter_of(proposal) or b""))
    letter = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))
    assert end <= {one for one in re.findall(r"(\w+ \d+ \w+ \d{4}, 23u59)", letter)}
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "decision")).first()
    assert mail and moments(mail.body_text) == end and moments(mail.body_html or "") == end
    client.sign_in(world.owners[0])
    for address in ("beslissing", "antwoord", "weerwoord"):
        assert moments(client.get(f"/kandidaturen/{proposal}/{address}").text) == end, address
    client.sign_in(world.regisseur)
    assert moments(client.get(f"/kandidaturen/{proposal}/beslissing/kennisgeving").text) == end
    assert "3 november 2023" in client.get(f"/oproepen/{call}/weerwoorden").text
    calendar = client.get(f"/oproepen/{call}/tijdlijn.ics").text
    assert "DTSTART;VALUE=DATE:20231103" in calendar and "DTEND;VALUE=DATE:20231104" in calendar


def test_after_a_second_notice_the_own_pages_say_the_new_moment_and_no_other(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at, outcomes=("not_selected",))
    at("2023-07-12T15:00")
    again(world, date(2023, 7, 11))
    end = {"dinsdag 25 juli 2023, 23u59"}
    proposal = world.proposals[0].id
    client.sign_in(world.owners[0])
    for address in ("beslissing", "weerwoord"):
        assert moments(client.get(f"/kandidaturen/{proposal}/{address}").text) == end, address
    road = client.get(f"/kandidaturen/{proposal}").text
    assert "tot en met 25 juli 2023" in road and "17 juli 2023" not in road
    client.sign_in(world.owners[1])
    other = client.get(f"/kandidaturen/{world.proposals[1].id}").text
    assert "tot en met 17 juli 2023" in other and "25 juli" not in other
    assert db.session.scalars(select(Decision.notified_at)).all()

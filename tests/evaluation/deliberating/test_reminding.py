"""Reminding jurors of sheets that are not in."""

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.audit.models import AuditEntry
from app.domain.timeline import BRUSSELS, Phase
from app.evaluation.deliberating.models import JurorReminder
from app.evaluation.deliberating.reminding import days_due, moments, remind_jurors_when_due
from app.evaluation.models import ScoreSheet
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests.counting import queries
from tests.evaluation.world import World, build, declare, sheet, shortlist


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-10-22T07:59:59", None),
        ("2026-10-22T08:00:00", 3),
        ("2026-10-24T07:59:59", 3),
        ("2026-10-24T08:00:00", 1),
        ("2026-10-25T23:59:59", 1),
        ("2026-10-26T00:00:00", None),
    ],
)
def test_it_is_time_at_eight_in_brussels_also_when_the_clock_changes(now: str, days: int | None) -> None:
    last = date(2026, 10, 25)  # summer time ends in the night before
    assert days_due(last, local(now)) == days


def test_without_a_last_day_it_is_never_time() -> None:
    assert days_due(None, local("2026-10-22T08:00:00")) is None
    assert [f"{one:%H:%M}" for one in moments(date(2026, 10, 25)).values()] == ["08:00", "08:00"]


def mails() -> list[OutboxMessage]:
    db.session.rollback()
    return list(
        db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind == "jury.reminder").order_by(OutboxMessage.id)
        )
    )


def last_day(world: World, day: date | None) -> None:
    with transaction():
        db.session.get_one(Addendum, world.call.id).written_until = day


def sweep() -> int:
    return remind_jurors_when_due(clock.now())


@pytest.fixture
def written(app: Flask, at: Any) -> World:
    """Monday 1 June 2026; the last day of the written round is Friday 12 June."""
    at("2026-06-01T10:00")
    world = build(proposals=3, jurors=3)
    last_day(world, date(2026, 6, 12))
    return world


def test_three_days_and_one_day_before_each_juror_gets_one_mail_with_the_own_list(
    written: World, at: Any
) -> None:
    for place in range(3):
        sheet(written, place, written.chair, [3, 3])
    declare(written, written.jurors[1], conflicts=(0, 1, 2))
    declare(written, written.jurors[2], conflicts=(1,))
    sheet(written, 0, written.jurors[2], [3, 3])
    assert sweep() == 0
    at("2026-06-09T08:00")
    assert (sweep(), sweep()) == (1, 0)
    (mail,) = mails()
    assert mail.to_address == written.jurors[2].email
    assert written.organisations[2].name in mail.body_text
    assert not any(written.organisations[place].name in mail.body_text for place in (0, 1))
    assert (
        "1 scoreblad van jou. Je hebt nog 3 dagen, tot en met vrijdag 12 juni 2026, 23u59" in mail.body_text
    )
    at("2026-06-11T08:00")
    assert (sweep(), sweep()) == (1, 0) and len(mails()) == 2
    at("2026-06-13T00:00")
    assert sweep() == 0
    rows = db.session.scalars(select(JurorReminder).order_by(JurorReminder.id)).all()
    assert [(one.kind, one.day, one.by_id) for one in rows] == [
        ("days_3", date(2026, 6, 12), None),
        ("days_1", date(2026, 6, 12), None),
    ]


def test_what_was_missed_for_two_days_is_not_sent_twice(written: World, at: Any) -> None:
    at("2026-06-11T09:00")
    assert sweep() == 3
    assert {one.kind for one in db.session.scalars(select(JurorReminder))} == {"days_1"}


def test_another_last_day_is_another_reminder(written: World, at: Any) -> None:
    at("2026-06-09T09:00")
    assert sweep() == 3
    last_day(written, date(2026, 6, 20))
    assert sweep() == 0
    at("2026-06-17T09:00")
    assert sweep() == 3


def test_only_a_written_round_that_runs_reminds_by_itself(app: Flask, at: Any) -> None:
    at("2026-06-09T09:00")
    for phase in (Phase.SEALED, Phase.PITCH):
        last_day(build(phase), date(2026, 6, 12))
    assert sweep() == 0 and mails() == []


def test_who_cannot_sign_in_gets_no_mail(written: World, at: Any) -> None:
    with transaction():
        db.session.get_one(User, written.jurors[1].id).active = False
    at("2026-06-09T09:00")
    assert sweep() == 2


def test_of_whom_nothing_was_declared_the_mail_says_so(app: Flask, at: Any) -> None:
    at("2026-06-09T09:00")
    world = build(proposals=1, jurors=1, declared=False)
    last_day(world, date(2026, 6, 12))
    assert sweep() == 1
    assert f"{world.organisations[0].name} (verklaar eerst" in mails()[0].body_text


def ask(client: FlaskClient, world: World, *jurors: User, **more: Any) -> Any:
    data = {"juror": [str(one.id) for one in jurors]} | more
    return client.post(f"/oproepen/{world.call.id}/voortgang/herinneren", data=data)


def page(client: FlaskClient, world: World) -> str:
    return client.get(f"/oproepen/{world.call.id}/voortgang").get_data(as_text=True)


def test_by_hand_a_juror_gets_one_mail_a_day(client: FlaskClient, written: World, at: Any) -> None:
    client.sign_in(written.regisseur)
    assert "nog niet" in page(client, written)
    assert ask(client, written, written.jurors[1]).status_code == 302
    refused = ask(client, written, written.jurors[1])
    assert refused.status_code == 422 and "kreeg vandaag al een herinnering" in refused.get_data(as_text=True)
    assert ask(client, written, written.jurors[1], written.jurors[2]).status_code == 302
    assert [one.to_address for one in mails()] == [one.email for one in written.jurors[1:]]
    text = page(client, written)
    assert "Vandaag herinnerd" in text and f"({written.regisseur.name})" in text
    at("2026-06-02T00:00")
    client.sign_in(written.regisseur)
    assert ask(client, written, written.jurors[1]).status_code == 302 and len(mails()) == 3
    logged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "jury.reminded")).all()
    assert [one.subject for one in logged] == [f"user:{written.jurors[place].id}" for place in (1, 2, 1)]


def test_nobody_and_somebody_foreign_are_refused(client: FlaskClient, written: World) -> None:
    client.sign_in(written.chair)
    assert ask(client, written).status_code == 422
    for wrong in ("0", "-1", "abc", "９", "9" * 40, str(written.regisseur.id)):
        assert ask(client, written, juror=[wrong]).status_code == 422
    assert mails() == []


def test_only_who_closes_the_round_reminds(client: FlaskClient, written: World) -> None:
    assert ask(client.sign_in(written.jurors[1]), written, written.jurors[1]).status_code == 404
    late = build(Phase.DECIDED)
    assert ask(client.sign_in(late.regisseur), late, late.jurors[1]).status_code == 403
    assert mails() == []


def test_a_chair_does_not_learn_of_sheets_on_whom_she_has_a_conflict_with(
    client: FlaskClient, written: World
) -> None:
    declare(written, written.chair, conflicts=(0,))
    for place in (1, 2):
        sheet(written, place, written.jurors[1], [3, 3])
    client.sign_in(written.chair)
    listed = page(client, written).partition('id="herinneren"')[2].partition("</section>")[0]
    assert [f'value="{one.id}"' in listed for one in written.jurors] == [True, False, True]
    assert "2 scorebladen" in listed and "3 scorebladen" not in listed
    assert ask(client, written, written.jurors[1]).status_code == 422
    assert ask(client, written, written.jurors[2]).status_code == 302
    assert written.organisations[0].name in mails()[0].body_text  # the own list of the juror is whole


def test_during_the_pitch_round_it_is_about_the_pitches(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    shortlist(world, 1)
    assert ask(client.sign_in(world.regisseur), world, world.chair).status_code == 302
    (mail,) = mails()
    assert "in de pitchronde" in mail.body_text and world.organisations[0].name not in mail.body_text


def test_the_page_tells_when_mails_go_by_themselves(client: FlaskClient, written: World, at: Any) -> None:
    text = page(client.sign_in(written.regisseur), written)
    assert "dinsdag 9 juni 2026, 8u00 en op donderdag 11 juni 2026, 8u00" in text
    at("2026-06-09T08:01")
    assert sweep() == 3
    text = page(client.sign_in(written.regisseur), written)
    assert "op donderdag 11 juni 2026, 8u00" in text and "(vanzelf)" in text


def test_everything_in_asks_nobody(client: FlaskClient, written: World) -> None:
    for juror in written.jurors:
        for place in range(3):
            sheet(written, place, juror, [3, 3])
    assert 'id="herinneren"' not in page(client.sign_in(written.regisseur), written)
    assert len(db.session.scalars(select(ScoreSheet)).all()) == 9


def test_closing_and_reopening_are_told_with_reason_on_progress(client: FlaskClient, written: World) -> None:
    client.sign_in(written.regisseur)
    address = f"/oproepen/{written.call.id}/voortgang"
    ticks = {"round_name": "written", "confirmed": "y", "unsettled": "y"}
    assert client.post(f"{address}/sluiten", data=ticks).status_code == 302
    assert client.post(f"{address}/heropenen", data={"reason": "Jef was ziek."}).status_code == 302
    told = page(client, written).partition('id="rondes"')[2]
    assert told.index("Schriftelijke ronde heropend") < told.index("Schriftelijke ronde gesloten")
    assert "Jef was ziek." in told and "Er ontbraken 9 scorebladen." in told
    declare(written, written.chair, conflicts=(0,))
    told = page(client.sign_in(written.chair), written).partition('id="rondes"')[2]
    assert "Schriftelijke ronde heropend" in told
    assert "Jef was ziek." not in told and "ontbraken" not in told


def test_progress_asks_as_much_of_the_database_for_few_as_for_many(client: FlaskClient) -> None:
    counts = []
    for proposals, jurors in ((1, 1), (3, 3), (12, 6)):
        world = build(proposals=proposals, jurors=jurors)
        client.sign_in(world.regisseur)
        assert ask(client, world, *world.jurors).status_code == 302
        with queries() as seen:
            page(client, world)
        counts.append(len(seen))
    assert len(set(counts)) == 1

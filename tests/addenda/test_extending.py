"""Moving the deadline of an open call later: shown first with what follows from it, then made public."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.addenda.drafting.drafts import load_addendum
from app.addenda.models import Addendum, DeadlineExtension
from app.addenda.publishing.extending import extend_deadline
from app.audit.models import AuditEntry
from app.domain.timeline import Phase, exclusive_deadline, last_accepted_minute
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.addenda.helpers import fields, imported, send

Move = Callable[[str], None]
WEEK = timedelta(days=7)


def opened(client: FlaskClient, at: Move) -> int:
    """Open until 2 June 2023, 23u59; pitches on 20 and 22 June."""
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    client.sign_in(regisseur)
    page = client.get(f"/oproepen/{draft}/publiceren")
    assert client.post(f"/oproepen/{draft}/publiceren", data=fields(page)).status_code == 302
    at("2023-05-30T09:00")
    return draft


def path(draft: int) -> str:
    return f"/oproepen/{draft}/datum-verlengen"


def ask(client: FlaskClient, draft: int, **changes: Any) -> TestResponse:
    """The first step: what would follow."""
    return send(client, path(draft), **{"reason": "Meer tijd.", **changes})


def confirm(client: FlaskClient, draft: int, shown: TestResponse) -> TestResponse:
    """The second step: the button below what follows."""
    return client.post(path(draft), data={**fields(shown).to_dict(), "stap": "verlengen"})


def days_after(row: Addendum) -> list[date]:
    """Every day after the deadline."""
    days = [row.written_from, row.written_until, *(one.day for one in row.pitch_windows), row.decision_before]
    return [one for one in days if one]


def deadline_of(draft: int) -> str:
    db.session.rollback()
    deadline = load_addendum(draft).deadline
    assert deadline
    return deadline.isoformat()


def test_the_deadline_moves_later_in_public_with_its_reason(client: FlaskClient, at: Move) -> None:
    draft = opened(client, at)
    shown = ask(client, draft, deadline="2023-06-04", deadline_time="12:00", reason="Pinkstermaandag.")
    assert confirm(client, draft, shown).status_code == 302
    page = client.application.test_client().get(f"/oproepen/{draft}").text
    assert "zondag 4 juni 2023, 12u00" in page and "Pinkstermaandag." in page
    row = db.session.scalars(select(DeadlineExtension)).one()
    assert row.previous.isoformat() == "2023-06-02T22:00:00+00:00"
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None and entry.action == "addendum.deadline_extended"


def test_what_follows_is_shown_before_anything_is_written(client: FlaskClient, at: Move) -> None:
    draft = opened(client, at)
    reason = "Er kwamen veel vragen.\nNog <even> geduld."
    shown = ask(client, draft, deadline="2023-06-06", shift="move", reason=reason)
    assert shown.status_code == 200
    assert "dinsdag 6 juni 2023, 23u59" in shown.text and "26 juni 2023" in shown.text
    assert "Verleng en vertel het iedereen" in shown.text
    assert deadline_of(draft) == "2023-06-02T22:00:00+00:00"
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    assert fields(shown)["reason"].replace("\r\n", "\n") == reason
    again = client.post(path(draft), data={**fields(shown).to_dict(), "stap": "aanpassen"})
    assert again.status_code == 200 and fields(again)["reason"].strip() == reason
    assert fields(again)["deadline"] == "2023-06-06"
    assert confirm(client, draft, shown).status_code == 302
    assert deadline_of(draft) == "2023-06-06T22:00:00+00:00"


def test_a_pitch_that_comes_on_a_free_day_is_told_before_it_is_published(
    client: FlaskClient, at: Move
) -> None:
    draft = opened(client, at)
    shown = ask(client, draft, deadline="2023-07-03", shift="move")
    assert "feestdag: Nationale feestdag" in shown.text and "geen werkdag" in shown.text
    fits = ask(client, draft, deadline="2023-06-08", shift="move")
    assert "geen werkdag" not in fits.text and "feestdag" not in fits.text


def test_what_was_confirmed_is_what_was_shown(client: FlaskClient, at: Move) -> None:
    draft = opened(client, at)
    shown = ask(client, draft, deadline="2023-06-04", shift="move")
    with transaction():
        load_addendum(draft).version += 1
    late = confirm(client, draft, shown)
    assert late.status_code == 422 and "probeer opnieuw" in late.text
    assert deadline_of(draft) == "2023-06-02T22:00:00+00:00"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"deadline": "2023-06-02", "deadline_time": "23:59"}, "later vallen"),
        ({"deadline": "2023-05-31"}, "later vallen"),
        ({"deadline": "2023-06-08"}, "volgende stap te vroeg"),
        ({"deadline": ""}, "Kies de nieuwe datum"),
        ({"deadline": "gisteren"}, ""),
        ({"deadline": "2023-06-03", "reason": " "}, "Schrijf waarom"),
        ({"deadline": "2023-06-03", "reason": "x" * 2001}, "te lang"),
        ({"deadline": "2023-06-03", "shift": "raar"}, ""),
    ],
    ids=str,
)
@pytest.mark.parametrize("step", ["", "verlengen"])
def test_an_extension_that_does_not_fit_is_refused(
    client: FlaskClient, at: Move, changes: dict[str, str], message: str, step: str
) -> None:
    draft = opened(client, at)
    answer = ask(client, draft, stap=step, **changes)
    assert answer.status_code == 422 and message in answer.text
    assert deadline_of(draft) == "2023-06-02T22:00:00+00:00"


def test_the_dates_after_it_can_move_along(client: FlaskClient, at: Move) -> None:
    draft = opened(client, at)
    shown = ask(client, draft, deadline="2023-06-09", shift="move", reason="Een week langer.")
    assert confirm(client, draft, shown).status_code == 302
    db.session.rollback()
    row = load_addendum(draft)
    assert (str(row.written_from), str(row.written_until)) == ("2023-06-12", "2023-06-21")
    assert [str(one.day) for one in row.pitch_windows] == ["2023-06-27", "2023-06-29"]
    assert str(row.decision_before) == "2023-07-22"


@pytest.mark.parametrize("old", ["00:00", "12:00", "23:58", "23:59"])
@pytest.mark.parametrize("new", ["00:00", "12:00", "23:58", "23:59"])
def test_they_move_by_the_days_between_the_two_days_that_people_read(app: Flask, old: str, new: str) -> None:
    region = make.make_region()
    call = make.make_call(region)
    by = make.actor(make.make_regisseur(region))
    with transaction():
        row = load_addendum(call.id)
        assert row.deadline
        day = last_accepted_minute(row.deadline).date()
        row.deadline = exclusive_deadline(datetime.combine(day, time.fromisoformat(old)))
        before = days_after(row)
        seen = row.version
    later = datetime.combine(day + WEEK, time.fromisoformat(new))
    extend_deadline(call.id, later, reason="Een week.", shift=True, seen=seen, by=by)
    db.session.rollback()
    assert days_after(load_addendum(call.id)) == [one + WEEK for one in before]


def test_extending_is_for_the_regisseur_while_the_call_is_open(app: Flask, at: Move) -> None:
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    sealed, open_call = make.make_call(region, Phase.SEALED), make.make_call(region, Phase.OPEN)
    member = make.make_member(make.make_organisation())
    assert app.test_client().sign_in(regisseur).get(path(sealed.id)).status_code == 403
    assert app.test_client().sign_in(member).get(path(open_call.id)).status_code == 404

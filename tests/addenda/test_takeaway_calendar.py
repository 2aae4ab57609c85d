"""The calendar of a call, read back by two libraries that did not write it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from flask.testing import FlaskClient

from app.addenda.publishing.extending import extend_deadline
from app.domain.timeline import BRUSSELS, exclusive_deadline
from app.infra.database import db, transaction
from app.regions.models import ServiceArea
from tests import factories as make
from tests.addenda.takeaway_calls import (
    Addendum,
    change,
    extend,
    full_call,
    keep_version,
    nasty_call,
    set_timeline,
)

KEYS = ("lancering", "vragen", "indienen", "schriftelijk", "pitch-1", "pitch-2", "beslissing")


def events(client: FlaskClient, call_id: int, name: str = "tijdlijn.ics") -> dict[str, Any]:
    """By key, as icalendar reads them; vobject must read as many."""
    data = client.get(f"/oproepen/{call_id}/{name}").data
    calendar = icalendar.Calendar.from_ical(data)
    assert isinstance(calendar, icalendar.Calendar)
    found = {
        str(one["UID"]).split("@")[0].removeprefix(f"oproep-{call_id}-"): one
        for one in calendar.walk("VEVENT")
    }
    assert len(list(vobject.readOne(data.decode()).vevent_list)) == len(found)
    return found


def read_by_vobject(client: FlaskClient, call_id: int, key: str) -> Any:
    return vobject.readOne(client.get(f"/oproepen/{call_id}/tijdlijn/{key}.ics").text).vevent


@pytest.fixture(autouse=True)
def _in_time(at: Any) -> None:
    at("2026-06-01T10:00")


def test_every_step_is_an_event_on_its_own_days(client: FlaskClient) -> None:
    call = full_call(datetime(2026, 6, 30, 23, 59))
    found = events(client, call.id)
    assert tuple(found) == KEYS
    days = {key: (one["DTSTART"].dt, one["DTEND"].dt) for key, one in found.items()}
    assert days["lancering"] == (date(2026, 5, 16), date(2026, 5, 17))
    assert days["vragen"] == (date(2026, 6, 16), date(2026, 6, 17))
    assert days["schriftelijk"] == (date(2026, 7, 3), date(2026, 7, 13))
    assert days["beslissing"] == (date(2026, 8, 8), date(2026, 8, 9))
    assert found["lancering"]["DTSTART"].params["VALUE"] == "DATE"
    start, end = days["pitch-2"]
    assert (start, end) == (
        datetime(2026, 7, 21, 13, tzinfo=BRUSSELS),
        datetime(2026, 7, 21, 17, tzinfo=BRUSSELS),
    )


def test_the_deadline_ends_on_the_minute_that_the_call_names(client: FlaskClient) -> None:
    call = full_call(datetime(2026, 6, 30, 23, 59))
    one = events(client, call.id)["indienen"]
    assert one["DTEND"].dt == datetime(2026, 6, 30, 23, 59, tzinfo=BRUSSELS)
    assert one["DTSTART"].dt.date() == date(2026, 6, 30)
    assert "23u59" in one["SUMMARY"]


@pytest.mark.parametrize(
    ("deadline", "utc_hour"),
    [
        (datetime(2026, 7, 15, 12, 0), 10),  # summer
        (datetime(2026, 12, 15, 12, 0), 11),  # winter
        (datetime(2026, 3, 29, 12, 0), 10),  # the day the clock goes forward
        (datetime(2026, 10, 25, 12, 0), 11),  # the day it goes back
        (datetime(2026, 3, 29, 3, 10), 1),  # half an hour earlier did not exist
        (datetime(2026, 3, 29, 1, 59), 0),
        (datetime(2026, 10, 25, 0, 30), 22),
    ],
)
def test_hours_are_right_in_summer_in_winter_and_on_the_days_between(
    client: FlaskClient, at: Any, deadline: datetime, utc_hour: int
) -> None:
    call = full_call(deadline)
    at(deadline - timedelta(days=2))
    by_icalendar = events(client, call.id)["indienen"]["DTEND"].dt.astimezone(UTC)
    assert by_icalendar == exclusive_deadline(deadline) - timedelta(minutes=1)
    assert by_icalendar.hour == utc_hour
    # vobject takes the offset from the VTIMEZONE in the file, icalendar from its own table: both must agree
    by_vobject = read_by_vobject(client, call.id, "indienen")
    assert by_vobject.dtend.value.astimezone(UTC) == by_icalendar
    assert timedelta(0) < by_vobject.dtend.value - by_vobject.dtstart.value <= timedelta(minutes=90)


def test_the_zone_in_the_file_is_that_of_brussels(client: FlaskClient) -> None:
    call = full_call()
    text = client.get(f"/oproepen/{call.id}/tijdlijn.ics").text
    zone = vobject.readOne(text).vtimezone.gettzinfo()
    moment = datetime(2026, 1, 1, 0, 30)
    while moment.year == 2026:
        if not (moment.month == 3 and moment.day == 29 and moment.hour == 2) and not (
            moment.month == 10 and moment.day == 25 and moment.hour in (1, 2, 3)
        ):
            assert zone.utcoffset(moment) == moment.replace(tzinfo=BRUSSELS).utcoffset(), moment
        moment += timedelta(hours=6, minutes=15)
    assert "TZID=Europe/Brussels" in text and text.count("BEGIN:VTIMEZONE") == 1


def test_an_extension_updates_in_place(client: FlaskClient, at: Any) -> None:
    call = full_call(datetime(2026, 6, 30, 23, 59))
    keep_version(call.id, 1, datetime(2026, 5, 11, tzinfo=UTC))
    before = events(client, call.id)
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.deadline = exclusive_deadline(datetime(2026, 7, 2, 23, 59))
    keep_version(call.id, 2, datetime(2026, 6, 20, 8, tzinfo=UTC), "Meer tijd om samen te werken.")
    at("2026-06-21T10:00")
    after = events(client, call.id)
    assert {key: str(one["UID"]) for key, one in before.items()} == {
        key: str(one["UID"]) for key, one in after.items()
    }
    assert {key: one["SEQUENCE"] for key, one in after.items()} == {
        key: 1 if key == "indienen" else 0 for key in KEYS
    }
    assert after["indienen"]["DTEND"].dt == datetime(2026, 7, 2, 23, 59, tzinfo=BRUSSELS)
    assert after["indienen"]["LAST-MODIFIED"].dt == datetime(2026, 6, 20, 8, tzinfo=UTC)
    assert after["indienen"]["DTSTAMP"].dt == datetime(2026, 6, 20, 8, tzinfo=UTC)
    assert after["pitch-1"] == before["pitch-1"]


def test_a_step_that_is_dropped_is_cancelled_and_can_come_back(client: FlaskClient, at: Any) -> None:
    call = full_call()
    keep_version(call.id, 1, datetime(2026, 5, 11, tzinfo=UTC))
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        row.pitch_windows = row.pitch_windows[:1]
        row.questions_until = None
    keep_version(call.id, 2, datetime(2026, 6, 2, tzinfo=UTC), "Eén pitchdag minder.")
    at("2026-06-03T10:00")
    found = events(client, call.id)
    assert [key for key, one in found.items() if one["STATUS"] == "CANCELLED"] == ["vragen", "pitch-2"]
    assert found["pitch-2"]["SEQUENCE"] == 1
    assert read_by_vobject(client, call.id, "pitch-2").status.value == "CANCELLED"
    change(call.id, questions_until=date(2026, 6, 20))
    keep_version(call.id, 3, datetime(2026, 6, 4, tzinfo=UTC), "Vragen kan toch.")
    found = events(client, call.id)
    assert (found["vragen"]["STATUS"], found["vragen"]["SEQUENCE"]) == ("CONFIRMED", 2)
    assert found["pitch-2"]["SEQUENCE"] == 1


def test_a_new_title_updates_every_event(client: FlaskClient) -> None:
    call = full_call()
    keep_version(call.id, 1, datetime(2026, 5, 11, tzinfo=UTC))
    change(call.id, title="Anders")
    keep_version(call.id, 2, datetime(2026, 5, 20, tzinfo=UTC), "Nieuwe naam.")
    found = events(client, call.id)
    assert all(one["SEQUENCE"] == 1 and one["SUMMARY"].endswith("– Anders") for one in found.values())


def test_calls_from_before_versions_were_kept_count_their_extensions(client: FlaskClient) -> None:
    call = full_call()
    old = call.deadline
    assert old is not None
    extend(call.id, old - timedelta(days=2), old, datetime(2026, 5, 20, 9, tzinfo=UTC), "Meer tijd.")
    found = events(client, call.id)
    assert (found["indienen"]["SEQUENCE"], found["lancering"]["SEQUENCE"]) == (1, 0)
    assert found["indienen"]["LAST-MODIFIED"].dt == datetime(2026, 5, 20, 9, tzinfo=UTC)
    keep_version(call.id, 1, datetime(2026, 5, 11, tzinfo=UTC))
    change(call.id, deadline=old + timedelta(days=1))
    keep_version(call.id, 2, datetime(2026, 5, 25, tzinfo=UTC), "Nog een dag.")
    found = events(client, call.id)
    assert (found["indienen"]["SEQUENCE"], found["lancering"]["SEQUENCE"]) == (2, 0)


def test_one_step_is_a_calendar_of_its_own(client: FlaskClient) -> None:
    call = full_call()
    for key in KEYS:
        assert list(events(client, call.id, f"tijdlijn/{key}.ics")) == [key]
    for key in ("weerwoord", "pitch-3", "x", "..%2f", "INDIENEN"):
        assert client.get(f"/oproepen/{call.id}/tijdlijn/{key}.ics").status_code == 404


def test_it_can_be_subscribed_to(client: FlaskClient) -> None:
    call = full_call()
    calendar = icalendar.Calendar.from_ical(client.get(f"/oproepen/{call.id}/tijdlijn.ics").data)
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["REFRESH-INTERVAL"].to_ical() in (b"PT12H", "PT12H")
    assert str(calendar["SOURCE"]).endswith(f"/oproepen/{call.id}/tijdlijn.ics")
    assert str(calendar["URL"]).endswith(f"/oproepen/{call.id}")


def test_uids_are_unique_over_calls_and_steps(client: FlaskClient) -> None:
    calls = [full_call(), full_call(region_name="Kempen")]
    uids = [str(one["UID"]) for call in calls for one in events(client, call.id).values()]
    assert len(set(uids)) == len(uids) == 14


def test_typed_text_never_becomes_a_line_of_the_file(client: FlaskClient) -> None:
    call = nasty_call()
    change(
        call.id,
        title="A; b, c \\ d\r\nBEGIN:VEVENT\r\nSUMMARY:vals\nEND:VEVENT\u2028BEGIN:VALARM 😀e\u0301 שלום",
    )
    data = client.get(f"/oproepen/{call.id}/tijdlijn.ics").data
    assert data.count(b"BEGIN:VEVENT\r\n") == len(KEYS)
    assert all(
        line.startswith((b" ", b"SUMMARY:", b"NAME", b"X-WR-CALNAME"))
        for line in data.split(b"\r\n")
        if b"vals" in line
    )
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    summary = str(events(client, call.id)["indienen"]["SUMMARY"])
    assert summary.startswith("Uiterste indiendatum, 23u59 – A; b, c \\ d BEGIN:VEVENT SUMMARY:vals")
    assert "😀\u00e9 שלום" in summary  # an accent is written in one way, whatever was typed


def test_after_the_notification_the_term_for_objections_is_in_it(client: FlaskClient, at: Any) -> None:
    from app.domain.timeline import Phase

    at("2026-06-01T10:00")
    call = make.make_call(make.make_region(), Phase.COMMUNICATED)
    one = events(client, call.id)["weerwoord"]
    assert one["DTSTART"].dt == date(2026, 6, 14)
    assert one["SEQUENCE"] == 0


def test_moving_everything_moves_every_event(client: FlaskClient) -> None:
    call = full_call()
    keep_version(call.id, 1, datetime(2026, 5, 11, tzinfo=UTC))
    with transaction():
        row = db.session.get_one(Addendum, call.id)
        launch = row.launch
        set_timeline(row, datetime(2026, 7, 7, 23, 59))
        row.launch = launch
    keep_version(call.id, 2, datetime(2026, 5, 30, tzinfo=UTC), "Alles een week later.")
    found = events(client, call.id)
    assert {key: one["SEQUENCE"] for key, one in found.items()} == {
        key: 0 if key == "lancering" else 1 for key in KEYS
    }


def test_a_deadline_extended_by_the_regisseur_reaches_every_form(client: FlaskClient) -> None:
    call = full_call(datetime(2026, 6, 30, 23, 59))
    by = make.actor(make.make_regisseur(db.session.get_one(ServiceArea, call.service_area_id)))
    before = events(client, call.id)
    tag = client.get(f"/oproepen/{call.id}/oproep.pdf").headers["ETag"]
    seen = db.session.get_one(Addendum, call.id).version
    db.session.rollback()
    later = datetime(2026, 7, 7, 23, 59)
    extend_deadline(call.id, later, reason="Meer tijd.", shift=True, seen=seen, by=by)
    after = events(client, call.id)
    assert {key: after[key]["SEQUENCE"] - before[key]["SEQUENCE"] for key in KEYS} == {
        key: 0 if key in ("lancering", "vragen") else 1 for key in KEYS
    }
    assert after["pitch-1"]["DTSTART"].dt == datetime(2026, 7, 27, 9, tzinfo=BRUSSELS)
    data = client.get(f"/oproepen/{call.id}/oproep.json").get_json()
    assert (data["version"], data["versions"][-1]["reason"]) == (2, "Meer tijd.")
    assert "Meer tijd." in client.get("/oproepen.atom").text
    paper = client.get(f"/oproepen/{call.id}/oproep.pdf", headers={"If-None-Match": tag})
    assert paper.status_code == 200 and paper.headers["ETag"].startswith('"2-')

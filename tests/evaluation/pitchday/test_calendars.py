"""The moments as calendars, read back by two libraries; what an applicant and a juror see of the day."""

import re
from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest
import vobject
from flask import Flask

from app.domain.timeline import BRUSSELS, Phase
from app.evaluation.pitchday.policy import Moment, Version, changes, told
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.notifications.sending import compose
from tests import factories as make
from tests.evaluation.pitchday.test_planning import mails, place, windows, with_windows
from tests.evaluation.world import World, build, declare, shortlist

FlaskClient = Any


@pytest.fixture
def world(app: Flask, at: Any) -> World:
    at("2023-06-16T10:00")
    made = with_windows(build(Phase.PITCH, proposals=3))
    shortlist(made, 0, 1, 2)
    return made


def events(content: bytes) -> dict[str, Any]:
    """By UID, as icalendar reads them; vobject must read as many."""
    found = icalendar.Calendar.from_ical(content)
    assert found["METHOD"] == "PUBLISH" and len(found.walk("VTIMEZONE")) == 1  # type: ignore[union-attr]
    listed = {str(one["UID"]).split("@")[0]: one for one in found.walk("VEVENT")}  # type: ignore[union-attr]
    assert len(getattr(vobject.readOne(content.decode()), "vevent_list", [])) == len(listed)
    return listed


def owner_of(world: World, at_place: int) -> Any:
    return make.make_member(world.organisations[at_place])


def test_an_applicant_has_its_own_moment_and_no_other(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    room = {f"room-{windows(world)[0]}": "Zaal; A, boven\\é"}
    place(client, world, (0, 0, "9:00"), (1, 0, "10:20"), **room)
    client.sign_in(owner_of(world, 0))
    address = f"/kandidaturen/{world.proposals[0].id}/pitchmoment"
    (one,) = events(client.get(f"{address}.ics").data).values()
    assert one["DTSTART"].dt == datetime(2023, 6, 22, 9, tzinfo=BRUSSELS)
    assert one["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert str(one["LOCATION"]) == "Zaal; A, boven\\é" and one["SEQUENCE"] == 0
    page = client.get(address).text
    assert "9u00 tot 9u20" in page and "10u20" not in page
    assert not any(other.name in page for other in world.organisations[1:])
    assert client.get(f"/kandidaturen/{world.proposals[1].id}/pitchmoment.ics").status_code == 404


def test_a_moved_moment_takes_the_place_of_the_old_one(client: FlaskClient, world: World, at: Any) -> None:
    address = f"/kandidaturen/{world.proposals[0].id}/pitchmoment.ics"
    owner = owner_of(world, 0)
    seen = []
    for minute, moment in enumerate(("9:00", "10:00", "", "11:00")):
        at(f"2023-06-16T11:0{minute}")
        client.sign_in(world.regisseur)
        place(client, world, *([(0, 0, moment)] if moment else []), (1, 1, "13:00"))
        client.sign_in(owner)
        (one,) = events(client.get(address).data).values()
        seen.append((str(one["UID"]), int(one["SEQUENCE"]), str(one["STATUS"]), one["DTSTAMP"].dt))
    assert len({uid for uid, *_ in seen}) == 1
    assert [sequence for _, sequence, *_ in seen] == [0, 1, 2, 3]
    assert [status for *_, status, _ in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [stamp for *_, stamp in seen] == [datetime(2023, 6, 16, 9, n, tzinfo=UTC) for n in range(4)]
    assert client.get(address).data == client.get(address).data


def test_the_mail_carries_the_calendar(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    owner_of(world, 0)
    place(client, world, (0, 0, "9:00"))
    row = mails("pitch.invited")[-1]
    assert isinstance(row, OutboxMessage)
    message = compose(row, "Partnerwijzer <post@example.be>", datetime(2023, 6, 16, tzinfo=UTC))
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar" and part.get_param("method") == "PUBLISH"
    assert part.get_filename() == "pitch.ics" and part.get_param("charset") == "utf-8"
    assert list(events(part.get_payload(decode=True))) == [f"pitch-{world.proposals[0].id}"]


def test_a_juror_has_the_whole_day_with_where_to_be_outside(client: FlaskClient, world: World) -> None:
    with transaction():
        db.session.merge(world.organisations[1]).name = "Œuvre 👩‍👧 é\u202evzw; a, b"
    declare(world, world.jurors[1], conflicts=(0,))
    client.sign_in(world.regisseur)
    place(client, world, (0, 0, "9:00"), (1, 0, "10:00"))
    client.sign_in(world.jurors[1])
    content = client.get(f"/oproepen/{world.call.id}/mijn-pitchdag.ics").data
    found = [(str(one["SUMMARY"]), str(one["TRANSP"])) for one in events(content).values()]
    assert found == [
        ("Buiten: je verlaat de zaal", "TRANSPARENT"),
        ("Pitch: Œuvre 👩‍👧 évzw; a, b", "OPAQUE"),
    ]
    assert world.organisations[0].name not in content.decode().replace("\r\n ", "")


def test_a_conflict_declared_late_reaches_the_calendar(client: FlaskClient, world: World, at: Any) -> None:
    client.sign_in(world.regisseur)
    place(client, world, (0, 0, "9:00"))
    client.sign_in(world.jurors[1])
    address = f"/oproepen/{world.call.id}/mijn-pitchdag.ics"
    (before,) = events(client.get(address).data).values()
    at("2023-06-17T10:00")
    declare(world, world.jurors[1], conflicts=(0,))
    (after,) = events(client.sign_in(world.jurors[1]).get(address).data).values()
    assert after["SEQUENCE"] > before["SEQUENCE"] and after["UID"] == before["UID"]
    assert "Buiten" in after["SUMMARY"]


def test_an_owner_says_when_they_cannot_come_and_learns_nothing(app: Flask, at: Any) -> None:
    """Who is invited and who is not read the same page, byte for byte but for the own names and token."""
    at("2023-06-16T10:00")
    world = with_windows(build(Phase.PITCH, proposals=2))
    shortlist(world, 0)
    pages = []
    for number, proposal in enumerate(world.proposals):
        client: Any = app.test_client().sign_in(owner_of(world, number))  # type: ignore[attr-defined]
        address = f"/kandidaturen/{proposal.id}/pitchmoment"
        data = {"window": str(windows(world)[1])}
        assert client.post(address, data=data).status_code == 302
        page = client.get(address).text
        assert "vrijdag 23 juni 2023, 13u00 tot 14u00" in page
        pages.append(page.replace(world.organisations[number].name, "").replace(str(proposal.id), ""))
    assert _plain(pages[0]) == _plain(pages[1])


def _plain(page: str) -> str:
    main = page.split("<main")[1].split("</main>")[0]
    return re.sub(r'name="(csrf_token|remove)"\s+value="[^"]*"', "", main)


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.DECIDED, Phase.PARTNERSHIP])
def test_outside_the_rounds_nothing_can_be_said(app: Flask, phase: Phase) -> None:
    world = with_windows(build(phase))
    client: Any = app.test_client().sign_in(owner_of(world, 0))  # type: ignore[attr-defined]
    address = f"/kandidaturen/{world.proposals[0].id}/pitchmoment"
    assert client.get(address).status_code == 200
    answer = client.post(address, data={"window": str(windows(world)[0])})
    assert answer.status_code == 403


def test_a_colleague_who_is_no_owner_reads_but_does_not_write(client: FlaskClient, world: World) -> None:
    client.sign_in(make.make_member(world.organisations[0], role="member"))
    address = f"/kandidaturen/{world.proposals[0].id}/pitchmoment"
    assert "Een eigenaar van de organisatie vult dit in" in client.get(address).text
    assert client.post(address, data={"window": str(windows(world)[0])}).status_code == 404


def moment(hour: int, room: str = "") -> Moment:
    starts = datetime(2023, 6, 22, hour, tzinfo=UTC)
    return Moment(starts, starts.replace(minute=20), room)


def version(number: int, moments: dict[int, Moment]) -> Version:
    return Version(number, datetime(2023, 6, number, tzinfo=UTC), "Ans", moments)


def test_a_room_is_part_of_a_moment() -> None:
    assert changes({1: moment(9)}, {1: moment(9)}) == {}
    assert changes({1: moment(9)}, {1: moment(9, "A")}) == {1: (moment(9), moment(9, "A"))}


def test_what_was_placed_before_there_were_versions_is_known_too() -> None:
    found = told([version(1, {1: moment(9)})], {1: moment(9), 2: moment(10)})
    assert found[2].goes_on and found[2].sequence == 0
    gone = told([version(1, {1: moment(9)}), version(2, {})], {})[1]
    assert (gone.goes_on, gone.sequence, gone.moment) == (False, 1, moment(9))

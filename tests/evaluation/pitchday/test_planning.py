"""Planning the pitch day: who cannot come, what happens elsewhere, versions, and who is told."""

from datetime import date, datetime, time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import PitchWindow
from app.audit.models import AuditEntry
from app.domain.timeline import BRUSSELS, Phase
from app.evaluation.models import ConflictDeclaration, JurySeat, PitchSlot, Shortlisting
from app.evaluation.pitchday.models import PitchAbsence, PitchHearing, PitchPlan
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.regions.models import ServiceArea
from tests import factories as make
from tests.counting import queries
from tests.evaluation.world import World, build, declare, shortlist

FlaskClient = Any


def with_windows(world: World) -> World:
    """Thursday 22 June from 9 to 12, Friday 23 June from 13 to 14, of 2023."""
    with transaction():
        call = db.session.merge(world.call)
        call.pitch_windows = [
            PitchWindow(day=date(2023, 6, 22), start=time(9), end=time(12)),
            PitchWindow(day=date(2023, 6, 23), start=time(13), end=time(14)),
        ]
    return world


@pytest.fixture
def world(app: Flask, at: Any) -> World:
    """Friday 16 June 2023, three invited."""
    at("2023-06-16T10:00")
    made = with_windows(build(Phase.PITCH, proposals=3))
    shortlist(made, 0, 1, 2)
    return made


def windows(world: World) -> list[int]:
    statement = select(PitchWindow.id).where(PitchWindow.addendum_id == world.call.id)
    return list(db.session.scalars(statement.order_by(PitchWindow.day)))


def place(client: FlaskClient, world: World, *starts: tuple[int, int, str], **more: str) -> tuple[int, str]:
    """(place, window, start)… -> status and page."""
    ids = windows(world)
    data = {"minutes": "20", "break_minutes": "10"} | more
    for at_place, window, start in starts:
        one = world.proposals[at_place].id
        data |= {f"window-{one}": str(ids[window]), f"start-{one}": start}
    answer = client.post(f"/oproepen/{world.call.id}/pitchdag/momenten", data=data, follow_redirects=True)
    return answer.status_code, answer.text


def absent(client: FlaskClient, world: World, who: str, window: int, begin: str = "", end: str = "") -> Any:
    data = {"who": who, "window": str(windows(world)[window]), "begin": begin, "end": end}
    return client.post(f"/oproepen/{world.call.id}/pitchdag/beschikbaarheid", data=data)


def mails(kind: str) -> list[OutboxMessage]:
    statement = select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id)
    return list(db.session.scalars(statement))


def suggested(client: FlaskClient, world: World, **more: str) -> str:
    data = {"act": "suggest", "minutes": "20", "break_minutes": "10"} | more
    answer = client.post(f"/oproepen/{world.call.id}/pitchdag/momenten", data=data)
    assert answer.status_code == 200
    return str(answer.text)


def start_of(text: str, world: World, at_place: int) -> str:
    field = f'name="start-{world.proposals[at_place].id}" value="'
    return text.split(field)[1].split('"')[0]


def elsewhere(
    world: World, juror: User | None = None, room: str = "Raadzaal", region: ServiceArea | None = None
) -> Any:
    """Another call that hears a pitch on Thursday from 9 to 10."""
    here = db.session.get(ServiceArea, world.call.service_area_id)
    other = make.make_call(region or here, Phase.PITCH)
    organisation = make.make_organisation()
    proposal = make.make_proposal(other, organisation, submitted=True)
    with transaction() as now:
        window = PitchWindow(addendum_id=other.id, day=date(2023, 6, 22), start=time(9), end=time(12))
        db.session.add(window)
        db.session.flush()
        db.session.add(
            Shortlisting(proposal_id=proposal.id, addendum_id=other.id, by_id=world.regisseur.id, at=now)
        )
        db.session.add(
            PitchSlot(
                proposal_id=proposal.id,
                addendum_id=other.id,
                pitch_window_id=window.id,
                starts_at=datetime(2023, 6, 22, 9, tzinfo=BRUSSELS),
                ends_at=datetime(2023, 6, 22, 10, tzinfo=BRUSSELS),
                room=room,
            )
        )
        if juror is not None:
            db.session.add(JurySeat(addendum_id=other.id, user_id=juror.id, seat="vdab", since=now))
    return other


def test_a_plan_waits_for_who_cannot_come(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    assert absent(client, world, f"juror-{world.jurors[1].id}", 0, end="10:00").status_code == 302
    assert absent(client, world, f"proposal-{world.proposals[0].id}", 0).status_code == 302
    text = suggested(client, world)
    assert [start_of(text, world, one) for one in range(3)] == ["13:00", "10:00", "10:30"]
    assert "Niemand hoeft de zaal te verlaten" in text
    assert db.session.scalars(select(PitchSlot)).all() == []


def test_the_order_keeps_jurors_in_conflict_out_once(client: FlaskClient, world: World) -> None:
    declare(world, world.jurors[1], conflicts=(0, 2))
    client.sign_in(world.regisseur)
    text = suggested(client, world)
    starts = {one: start_of(text, world, one) for one in range(3)}
    assert starts[1] in ("9:00", "10:00") and "samen 1 keer de zaal. Minder kan niet." in text


def test_a_plan_that_cannot_be_names_what_blocks_it(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    absent(client, world, f"proposal-{world.proposals[0].id}", 0, "9:10", "11:50")
    absent(client, world, f"juror-{world.jurors[1].id}", 1)
    text = suggested(client, world)
    name = world.organisations[0].name
    assert f"Voor {name} is er nergens 20 minuten vrij" in text
    assert "22 juni 2023, 9u00 tot 12u00: hoogstens 10 minuten na elkaar, 10 te kort" in text
    assert f"(niet vrij: {world.jurors[1].name})" in text
    assert 'value="9:00"' not in text.split("Momenten van de pitches")[1]


def test_what_is_too_soon_is_said_so(client: FlaskClient, world: World, at: Any) -> None:
    at("2023-06-20T10:00")
    client.sign_in(world.regisseur)
    assert "te kort dag, de eerste mogelijke dag is 24 juni 2023" in suggested(client, world)


def test_more_pitches_than_fit_says_how_many_minutes_lack(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    text = suggested(client, world, minutes="120")
    assert "Er passen maar 1 pitch in de vensters, er zijn er 3" in text or "passen maar" in text


def test_what_has_a_moment_can_stay(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    assert place(client, world, (1, 0, "10:10"))[0] == 200
    text = suggested(client, world, keep="1")
    assert start_of(text, world, 1) == "10:10"
    assert {start_of(text, world, 0), start_of(text, world, 2)} == {"9:00", "9:30"}


@pytest.mark.parametrize("who", ["juror", "proposal"])
def test_a_moment_on_which_somebody_cannot_come_is_refused(
    client: FlaskClient, world: World, who: str
) -> None:
    client.sign_in(world.regisseur)
    one = world.jurors[1] if who == "juror" else world.proposals[0]
    absent(client, world, f"{who}-{one.id}", 0, end="10:00")
    status, text = place(client, world, (0, 0, "9:30"))
    assert status == 422 and 'value="9:30"' in text
    sentence = (
        f"Dan kan niet komen: {world.jurors[1].name}" if who == "juror" else "Deze kandidaat kan dan niet"
    )
    assert sentence in text
    assert place(client, world, (0, 0, "9:30"), without="1")[0] == (200 if who == "juror" else 422)


def test_nobody_and_no_room_is_in_two_places(client: FlaskClient, world: World) -> None:
    other = elsewhere(world, world.jurors[1])
    client.sign_in(world.regisseur)
    room = {f"room-{windows(world)[0]}": " raadzaal "}
    status, text = place(client, world, (0, 0, "9:30"), without="1", **room)
    assert status == 422
    assert f"{world.jurors[1].name} zit dan in de jury van ‘{other.title}’" in text
    status, text = place(client, world, (0, 0, "10:00"), **room)
    assert status == 200
    assert start_of(suggested(client, world, **room), world, 0) == "10:00"


def test_the_same_room_at_the_same_time_is_named(client: FlaskClient, world: World) -> None:
    other = elsewhere(world, room="Raadzaal")
    client.sign_in(world.regisseur)
    status, text = place(client, world, (0, 0, "9:30"), **{f"room-{windows(world)[0]}": "RAADZAAL"})
    assert status == 422 and f"is dan bezet door een pitch voor ‘{other.title}’" in text
    assert place(client, world, (0, 0, "9:30"), **{f"room-{windows(world)[0]}": "Zaal 2"})[0] == 200


def test_what_another_region_plans_is_not_named(client: FlaskClient, world: World) -> None:
    other = elsewhere(world, world.jurors[1], region=make.make_region())
    client.sign_in(world.regisseur)
    status, text = place(client, world, (0, 0, "9:30"))
    assert status == 422 and "zit dan in een andere jury" in text and other.title not in text.split("<h1>")[1]


def test_only_whose_moment_changed_is_told(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    place(client, world, (0, 0, "9:00"), (1, 0, "10:00"))
    assert len(mails("pitch.invited")) == 2 and len(mails("pitch.plan")) == 2
    status, text = place(client, world, (0, 0, "9:00"), (1, 0, "10:00"))
    assert status == 200 and "niets gewijzigd" in text
    place(client, world, (0, 0, "9:00"), (1, 0, "11:00"))
    assert len(mails("pitch.invited")) == 3 and len(mails("pitch.plan")) == 4
    last = mails("pitch.invited")[-1]
    assert (
        "is gewijzigd" in last.body_text and "Eerder was dat: donderdag 22 juni 2023, 10u00" in last.body_text
    )
    place(client, world, (0, 0, "9:00"))
    (gone,) = mails("pitch.cancelled")
    assert world.organisations[1].name in gone.body_text and b"STATUS:CANCELLED" in (gone.attachment or b"")
    numbers = db.session.scalars(select(PitchPlan.number).order_by(PitchPlan.number)).all()
    assert list(numbers) == [1, 2, 3]
    text = client.get(f"/oproepen/{world.call.id}/pitchdag/versies").text
    assert text.index("Versie 3") < text.index("gaat niet door") < text.index("Versie 2")
    assert "11u00 (was donderdag 22 juni 2023, 10u00)" in text


def test_who_leaves_the_list_with_a_moment_is_told(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    place(client, world, (0, 0, "9:00"), (1, 0, "10:00"))
    chosen = {"proposal": [world.proposals[0].id]}
    client.post(f"/oproepen/{world.call.id}/pitchdag/selectie", data=chosen)
    assert len(mails("pitch.cancelled")) == 1
    assert db.session.scalars(select(PitchSlot.proposal_id)).all() == [world.proposals[0].id]


def test_a_plan_that_somebody_else_saved_meanwhile_is_not_overwritten(
    client: FlaskClient, world: World
) -> None:
    client.sign_in(world.regisseur)
    assert place(client, world, (0, 0, "9:00"), version="0")[0] == 200
    status, text = place(client, world, (0, 0, "11:00"), version="0")
    assert status == 422 and "Intussen is versie 1" in text and 'value="11:00"' in text
    assert len(mails("pitch.invited")) == 1
    assert place(client, world, (0, 0, "11:00"), version="1")[0] == 200


def test_a_pitch_that_began_keeps_its_moment(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    place(client, world, (0, 0, "9:00"))
    with transaction() as now:
        db.session.add(
            PitchHearing(
                proposal_id=world.proposals[0].id,
                addendum_id=world.call.id,
                began_at=now,
                by_id=world.chair.id,
                at=now,
            )
        )
    status, text = place(client, world, (0, 0, "11:00"))
    assert status == 422 and "al begonnen" in text


def test_jurors_are_told_without_the_name_of_whom_they_may_not_hear(
    client: FlaskClient, world: World
) -> None:
    declare(world, world.jurors[1], conflicts=(0,))
    client.sign_in(world.regisseur)
    place(client, world, (0, 0, "9:00"), (1, 0, "10:00"))
    mail = next(one for one in mails("pitch.plan") if one.to_address == world.jurors[1].email)
    content = (mail.attachment or b"").decode().replace("\r\n ", "")
    for told in (mail.body_text, content):
        assert world.organisations[0].name not in told and world.organisations[1].name in told
        assert "je verlaat de zaal" in told
    client.sign_in(world.jurors[1])
    page = client.get(f"/oproepen/{world.call.id}/mijn-pitchdag").text
    assert "Buiten: je verlaat de zaal" in page and world.organisations[0].name not in page


def test_a_juror_says_when_they_cannot_come(client: FlaskClient, world: World) -> None:
    client.sign_in(world.jurors[1])
    address = f"/oproepen/{world.call.id}/mijn-pitchdag"
    data = {"window": str(windows(world)[0]), "begin": "8:00", "end": "10:30"}
    assert client.post(address, data=data).status_code == 302
    assert client.post(address, data=data).status_code == 302
    (row,) = db.session.scalars(select(PitchAbsence)).all()
    page = client.get(address).text
    assert "donderdag 22 juni 2023, 9u00 tot 10u30" in page and "Dat stond er al" in page
    assert client.post(address, data={"remove": str(row.id)}).status_code == 302
    assert client.post(address, data={"remove": str(row.id)}).status_code == 302
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("pitch_absence.%")))
    assert list(actions) == ["pitch_absence.added", "pitch_absence.removed"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"begin": "straks"}, "beginuur als 9:00"),
        ({"begin": "９:00"}, "beginuur als 9:00"),
        ({"begin": "10:00", "end": "9:30"}, "Het einde moet na het begin vallen"),
        ({"end": "8:00"}, "Het einde moet na het begin vallen"),
        ({"window": "999999999999"}, "Kies een dag"),
        ({"window": "-3"}, "Kies een dag"),
    ],
)
def test_hours_that_are_none_are_refused_and_kept(
    client: FlaskClient, world: World, typed: dict[str, str], sentence: str
) -> None:
    client.sign_in(world.jurors[1])
    data = {"window": str(windows(world)[0]), "begin": "", "end": ""} | typed
    answer = client.post(f"/oproepen/{world.call.id}/mijn-pitchdag", data=data)
    assert answer.status_code == 422 and sentence in answer.text
    assert all(f'value="{text}"' in answer.text for name, text in typed.items() if name != "window")
    assert db.session.scalars(select(PitchAbsence)).all() == []


def test_nobody_takes_away_what_another_said(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    absent(client, world, f"juror-{world.chair.id}", 0)
    (row,) = db.session.scalars(select(PitchAbsence)).all()
    client.sign_in(world.jurors[1])
    client.post(f"/oproepen/{world.call.id}/mijn-pitchdag", data={"remove": str(row.id)})
    assert db.session.scalars(select(PitchAbsence)).all() != []
    for nobody in ("juror-999999", "proposal-1", "", "juror-²"):
        assert absent(client.sign_in(world.regisseur), world, nobody, 0).status_code == 422


def test_a_chair_in_conflict_reads_nothing_about_when_that_applicant_can(
    client: FlaskClient, world: World
) -> None:
    client.sign_in(world.regisseur)
    absent(client, world, f"proposal-{world.proposals[0].id}", 1, "13:10", "13:20")
    place(client, world, (0, 0, "9:00"))
    declare(world, world.chair, conflicts=(0,))
    client.sign_in(world.chair)
    page = client.get(f"/oproepen/{world.call.id}/pitchdag/beschikbaarheid").text
    assert "13u10" not in page and world.organisations[0].name not in page
    assert absent(client, world, f"proposal-{world.proposals[0].id}", 0).status_code == 422
    assert world.organisations[0].name not in client.get(f"/oproepen/{world.call.id}/pitchdag/versies").text
    text = suggested(client, world)
    assert "start-" + str(world.proposals[0].id) not in text
    assert start_of(text, world, 1) == "9:30"


@pytest.mark.parametrize("page", ["pitchdag", "pitchdag?voorstel=1", "pitchdag/beschikbaarheid"])
def test_the_pages_ask_as_much_for_ten_as_for_one(app: Flask, at: Any, page: str) -> None:
    at("2023-06-16T10:00")
    counts = []
    for number in (1, 3, 10):
        world = with_windows(build(Phase.PITCH, proposals=number))
        shortlist(world, *range(number))
        client: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
        client.get(f"/oproepen/{world.call.id}/{page}")
        with queries() as seen:
            assert client.get(f"/oproepen/{world.call.id}/{page}").status_code == 200
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts


def test_before_the_pitch_round_only_who_cannot_come_is_written_down(app: Flask) -> None:
    world = with_windows(build(Phase.WRITTEN, proposals=1))
    client: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
    early = client.get(f"/oproepen/{world.call.id}/pitchdag").text
    assert f'href="/oproepen/{world.call.id}/pitchdag/beschikbaarheid"' in early
    assert absent(client, world, f"proposal-{world.proposals[0].id}", 0).status_code == 302
    assert place(client, world, (0, 0, "9:00"))[0] == 422


def test_who_did_not_declare_about_an_applicant_leaves_its_moment_as_it_is(
    client: FlaskClient, app: Flask, world: World
) -> None:
    """Their page has no fields for that applicant: what is not sent is not taken away."""
    place(client.sign_in(world.regisseur), world, (0, 0, "9:00"), (1, 0, "10:00"))
    with transaction():
        db.session.query(ConflictDeclaration).filter_by(
            juror_id=world.chair.id, organisation_id=world.organisations[0].id
        ).delete()
    chair: FlaskClient = app.test_client().sign_in(world.chair)  # type: ignore[attr-defined]
    page = chair.get(f"/oproepen/{world.call.id}/pitchdag").text
    assert f'name="start-{world.proposals[0].id}"' not in page
    assert place(chair, world, (1, 0, "10:30"))[0] == 200
    starts = {one.proposal_id for one in db.session.scalars(select(PitchSlot))}
    assert starts == {world.proposals[0].id, world.proposals[1].id}
    assert not mails("pitch.cancelled")
    ticked = [str(one.id) for one in world.proposals[1:]]
    address = f"/oproepen/{world.call.id}/pitchdag/selectie"
    assert chair.post(address, data={"proposal": ticked}).status_code == 302
    assert db.session.get(Shortlisting, world.proposals[0].id) is not None
    assert not mails("pitch.cancelled")
    assert absent(chair, world, f"proposal-{world.proposals[0].id}", 0).status_code == 422
    assert absent(chair, world, f"proposal-{world.proposals[1].id}", 0).status_code == 302


def test_the_same_shortlist_again_is_not_logged_again(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    ticked = [str(one.id) for one in world.proposals[:2]]
    for _ in range(2):
        answer = client.post(f"/oproepen/{world.call.id}/pitchdag/selectie", data={"proposal": ticked})
        assert answer.status_code == 302
    logged = select(AuditEntry).where(AuditEntry.action == "shortlist.changed")
    assert len(db.session.scalars(logged).all()) == 1

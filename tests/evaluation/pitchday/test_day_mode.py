"""The pitch day as it goes: the clock, who is in the room, two tablets, and what a conflict hides."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import PitchWindow
from app.audit.models import AuditEntry
from app.domain.timeline import Phase, local_day
from app.evaluation.models import ConflictDeclaration, PitchSlot
from app.evaluation.pitchday.models import PitchHearing
from app.infra import clock
from app.infra.database import db, transaction
from tests import factories as make
from tests.counting import queries
from tests.evaluation.world import World, build, declare, plain, sheet, shortlist


@pytest.fixture
def world(still: Any) -> World:
    """Three pitches of 20 minutes, 10 minutes between; the clock stands at five minutes before."""
    made = build(Phase.PITCH, proposals=3, jurors=3)
    name(made, "Vera Voorzitter", "Jef Jury", "Mia Jury")
    plan(made, begins())
    still(begins() - timedelta(minutes=5))
    return made


def begins() -> datetime:
    """Eight o'clock in UTC of today: ten or nine in Brussels."""
    return datetime.combine(local_day(clock.read()), time(8), UTC)


def name(world: World, *names: str) -> None:
    with transaction():
        for one, given in zip(world.jurors, names, strict=True):
            db.session.get_one(User, one.id).name = given


def plan(world: World, first: datetime, room: str = "Raadzaal") -> None:
    shortlist(world, *range(len(world.proposals)))
    window = db.session.scalars(select(PitchWindow).where(PitchWindow.addendum_id == world.call.id)).first()
    assert window is not None
    with transaction():
        for place, proposal in enumerate(world.proposals):
            starts = first + timedelta(minutes=30 * place)
            db.session.add(
                PitchSlot(
                    proposal_id=proposal.id,
                    addendum_id=world.call.id,
                    pitch_window_id=window.id,
                    starts_at=starts,
                    ends_at=starts + timedelta(minutes=20),
                    room=room,
                )
            )


def page(client: FlaskClient, world: World) -> str:
    answer = client.get(f"/oproepen/{world.call.id}/pitchdag/vandaag")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def send(client: FlaskClient, world: World, place: int, act: str, **more: Any) -> Any:
    return client.post(f"/kandidaturen/{world.proposals[place].id}/pitchdag", data={"act": act} | more)


def hearing(world: World, place: int) -> PitchHearing | None:
    db.session.rollback()
    return db.session.get(PitchHearing, world.proposals[place].id, populate_existing=True)


def acts(world: World) -> list[str]:
    db.session.rollback()
    found = select(AuditEntry.action).where(
        AuditEntry.addendum_id == world.call.id, AuditEntry.action.like("pitch.%")
    )
    return list(db.session.scalars(found.order_by(AuditEntry.seq)))


def section(text: str, heading: str) -> str:
    return text.partition(heading)[2].partition("</section>")[0]


def test_a_day_from_the_first_pitch_to_the_last(client: FlaskClient, world: World, at: Any) -> None:
    names = [one.name for one in world.organisations]
    client.sign_in(world.chair)
    text = page(client, world)
    assert names[0] in section(text, "Volgende pitch") and "Nu in de zaal" not in text
    at(begins() + timedelta(minutes=4))
    assert send(client, world, 0, "begin").status_code == 302
    at(begins() + timedelta(minutes=8))
    text = page(client, world)
    now = section(text, "Nu in de zaal")
    assert names[0] in now and "nog 16 minuten" in now and ">16:00<" in now
    assert names[1] in section(text, "Daarna")
    at(begins() + timedelta(minutes=29))
    text = page(client, world)
    assert "5 minuten over tijd" in text and "+5:00" in text
    assert "9 minuten vertraging" in text and "9 minuten later" in text
    assert send(client, world, 0, "end").status_code == 302
    assert send(client, world, 1, "absent").status_code == 302
    assert send(client, world, 2, "begin").status_code == 302
    assert send(client, world, 2, "end").status_code == 302
    assert "De dag is rond" in page(client, world)
    assert acts(world) == [
        "pitch.began",
        "pitch.ended",
        "pitch.applicant_absent",
        "pitch.began",
        "pitch.ended",
    ]
    slot = db.session.get_one(PitchSlot, world.proposals[1].id)
    assert slot.starts_at == begins() + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("left", "tone", "words"),
    [
        (301, "calm", "nog 5 minuten"),
        (300, "soon", "nog 5 minuten"),
        (60, "last", "nog 1 minuut"),
        (59, "last", "nog minder dan 1 minuut"),
        (0, "over", "de tijd is om"),
        (-61, "over", "1 minuut over tijd"),
    ],
)
def test_the_clock_warns_without_a_script_too(
    client: FlaskClient, world: World, at: Any, left: int, tone: str, words: str
) -> None:
    at(begins())
    send(client.sign_in(world.chair), world, 0, "begin")
    at(begins() + timedelta(minutes=20, seconds=-left))
    text = page(client, world)
    assert f"pw-pitchclock--{tone}" in text and words in text


def test_one_jury_hears_one_pitch_at_a_time(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    send(client, world, 0, "begin")
    answer = send(client, world, 1, "begin")
    assert answer.status_code == 422
    assert f"De pitch van {world.organisations[0].name} is nog bezig" in answer.get_data(as_text=True)
    send(client, world, 0, "end")
    send(client, world, 1, "begin")
    assert send(client, world, 0, "back-ended").status_code == 422


def test_a_second_click_writes_once_and_says_so(client: FlaskClient, world: World, at: Any) -> None:
    client.sign_in(world.chair)
    at(begins())
    send(client, world, 0, "begin")
    at(begins() + timedelta(minutes=1))
    again = client.post(
        f"/kandidaturen/{world.proposals[0].id}/pitchdag", data={"act": "begin"}, follow_redirects=True
    )
    assert "was al begonnen" in again.get_data(as_text=True)
    found = hearing(world, 0)
    assert found is not None and found.began_at == begins()
    for act in ("end", "end", "back-ended", "back-ended", "back-running", "back-running"):
        assert send(client, world, 0, act).status_code == 302
    assert acts(world) == ["pitch.began", "pitch.ended", "pitch.set_back", "pitch.set_back"]
    found = hearing(world, 0)
    assert found is not None and found.began_at is None and found.ended_at is None


def test_a_note_without_its_fields_writes_nothing(client: FlaskClient, world: World) -> None:
    client.sign_in(world.regisseur)
    for _ in range(2):
        assert send(client, world, 0, "note").status_code == 302
    assert hearing(world, 0) is None
    noted = select(AuditEntry).where(AuditEntry.action == "pitch.presence_noted")
    assert db.session.scalars(noted).first() is None


def test_who_is_there_is_kept_with_the_beginning(client: FlaskClient, world: World) -> None:
    client.sign_in(world.chair)
    people = [world.jurors[0].id, world.jurors[2].id]
    send(client, world, 0, "begin", version="0", present=people, note="Micro hapert.")
    found = hearing(world, 0)
    assert found is not None and sorted(found.present) == sorted(people)
    assert found.applicant_present is True and found.note == "Micro hapert."
    now = section(page(client, world), "Nu in de zaal")
    assert "In de zaal: <bdi>Vera Voorzitter</bdi>, <bdi>Mia Jury</bdi>" in now
    assert "Nota: <bdi>Micro hapert.</bdi>" in now


def test_two_tablets_lose_nothing_of_each_other(client: FlaskClient, world: World) -> None:
    client.sign_in(world.chair)
    one, two = world.jurors[0].id, world.jurors[1].id
    send(client, world, 0, "note", version="0", present=[one], note="Eerste tablet")
    answer = send(client, world, 0, "note", version="0", present=[two], note="Tweede tablet")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Intussen genoteerd: <bdi>Vera Voorzitter</bdi>" in text and "Eerste tablet" in text
    assert ">Tweede tablet</textarea>" in text
    found = hearing(world, 0)
    assert found is not None and found.note == "Eerste tablet"
    assert 'name="version" value="1"' in text
    assert send(client, world, 0, "note", version="1", present=[two], note="Tweede tablet").status_code == 302
    same = send(client, world, 0, "note", version="1", present=[two], note="Tweede tablet")
    assert same.status_code == 302 and acts(world) == ["pitch.presence_noted"] * 2


def test_the_end_by_one_tablet_is_no_conflict_with_the_ticks_of_the_other(
    client: FlaskClient, world: World
) -> None:
    client.sign_in(world.chair)
    send(client, world, 0, "begin", version="0", present=[world.jurors[0].id], note="")
    send(client, world, 0, "note", version="1", present=[world.jurors[1].id], note="")
    assert send(client, world, 0, "end", version="1", present=[world.jurors[0].id]).status_code == 302
    found = hearing(world, 0)
    assert found is not None and found.ended_at and found.present == [world.jurors[1].id]


def test_somebody_in_conflict_leaves_the_room_and_is_not_ticked(client: FlaskClient, world: World) -> None:
    declare(world, world.jurors[1], conflicts=(0,))
    client.sign_in(world.regisseur)
    text = page(client, world)
    following = section(text, "Volgende pitch")
    assert "Buiten de zaal: <bdi>Jef Jury</bdi>" in following
    assert f'id="present-{world.proposals[0].id}-{world.jurors[1].id}"' not in following
    answer = send(client, world, 0, "begin", version="0", present=[world.jurors[1].id], note="Toch")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Jef Jury: belangenconflict" in text
    assert ">Toch</textarea>" in text and hearing(world, 0) is None
    send(client, world, 0, "begin")
    assert "Komt terug binnen: <bdi>Jef Jury</bdi>" in section(page(client, world), "Daarna")


def test_a_juror_sees_the_own_conflict_and_nobody_elses(client: FlaskClient, world: World) -> None:
    declare(world, world.jurors[1], conflicts=(0,))
    send(client.sign_in(world.chair), world, 0, "begin", version="0", present=[world.chair.id], note="Geheim")
    client.sign_in(world.jurors[1])
    text = page(client, world)
    now = section(text, "Nu in de zaal")
    assert "Jij verlaat nu de zaal" in now and "Scoor deze pitch" not in now
    assert "Geheim" not in text and "Vera Voorzitter" not in text and "<form" not in now
    client.sign_in(world.jurors[2])
    text = page(client, world)
    assert "Jef Jury" not in text and "Geheim" not in text and "Vera Voorzitter" not in text
    now = section(text, "Nu in de zaal")
    assert f"/kandidaturen/{world.proposals[0].id}/scoreblad/pitch" in now
    assert f"/kandidaturen/{world.proposals[1].id}/scoreblad/pitch" not in text


def test_a_chair_in_conflict_leaves_the_clock_to_the_regisseur(client: FlaskClient, world: World) -> None:
    declare(world, world.chair, conflicts=(0,))
    client.sign_in(world.chair)
    text = page(client, world)
    assert "Jij verlaat dan de zaal" in text and "Begin de pitch" not in text
    assert send(client, world, 0, "begin").status_code == 403 and hearing(world, 0) is None
    client.sign_in(world.regisseur)
    assert send(client, world, 0, "begin").status_code == 302


def test_before_declaring_there_is_a_name_and_a_moment(client: FlaskClient, world: World) -> None:
    with transaction():
        db.session.query(ConflictDeclaration).filter_by(juror_id=world.chair.id).delete()
    client.sign_in(world.chair)
    text = page(client, world)
    assert world.organisations[0].name in text and "Verklaar eerst" in text
    assert "<form" not in section(text, "Volgende pitch")
    assert send(client, world, 0, "begin").status_code == 403


def test_jurors_read_and_applicants_know_nothing_of_the_day(client: FlaskClient, world: World) -> None:
    assert send(client.sign_in(world.jurors[1]), world, 0, "begin").status_code in (403, 404)
    member = make.make_member(world.organisations[0])
    client.sign_in(member)
    assert client.get(f"/oproepen/{world.call.id}/pitchdag/vandaag").status_code in (403, 404)
    assert client.get(f"/oproepen/{world.call.id}/pitchdag/vandaag/stand").status_code in (403, 404)
    observer = make.make_user("Wim Waarnemer")
    client.sign_in(observer)
    assert client.get(f"/oproepen/{world.call.id}/pitchdag/vandaag").status_code in (403, 404)


def test_the_page_tells_no_score_of_anybody(client: FlaskClient, world: World) -> None:
    client.sign_in(world.jurors[1])
    before = plain(page(client, world))
    for juror, level in ((world.jurors[0], 5), (world.jurors[2], 1)):
        sheet(world, 0, juror, [level, level], round_name="pitch")
    client.sign_in(world.jurors[1])
    assert plain(page(client, world)) == before


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "begin", "version": "9" * 400, "present": ["1"]},
        {"act": "begin", "version": "-1", "present": ["-4"]},
        {"act": "note", "version": "٣", "present": ["٣"]},
        {"act": "note", "version": "0", "present": ["99999999999999999999"]},
        {"act": "vliegen"},
        {"act": "end"},
        {"act": "note", "version": "0", "note": "x" * 501},
        {},
    ],
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(
    client: FlaskClient, world: World, sent: dict[str, Any]
) -> None:
    client.sign_in(world.chair)
    answer = client.post(f"/kandidaturen/{world.proposals[0].id}/pitchdag", data=sent)
    assert answer.status_code in (409, 422)
    assert hearing(world, 0) is None and acts(world) == []


def test_another_day_and_a_day_that_does_not_exist(client: FlaskClient, world: World) -> None:
    client.sign_in(world.chair)
    for wanted in ("2020-01-01", "morgen", "٢٠٢٦-٠١-٠١", "9" * 300):
        answer = client.get(f"/oproepen/{world.call.id}/pitchdag/vandaag", query_string={"dag": wanted})
        assert answer.status_code == 200 and world.organisations[0].name in answer.get_data(as_text=True)


def test_the_other_tablet_hears_that_something_changed(client: FlaskClient, world: World) -> None:
    client.sign_in(world.jurors[1])
    address = f"/oproepen/{world.call.id}/pitchdag/vandaag/stand"
    before = client.get(address).get_json()
    assert f'data-stand="{before["stand"]}"' in page(client, world)
    send(client.sign_in(world.chair), world, 0, "begin")
    after = client.sign_in(world.jurors[1]).get(address).get_json()
    assert after["stand"] != before["stand"] and set(after) == {"now", "stand", "heard"}
    assert before["heard"] is None and after["heard"]["proposal"] == world.proposals[0].id
    assert after["heard"]["ends"] - after["now"] == 20 * 60 * 1000


def test_who_is_invited_without_a_moment_can_be_heard(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    shortlist(world, 0, 1)
    client.sign_in(world.chair)
    text = page(client, world)
    assert "Zonder moment" in text and world.organisations[0].name in text
    assert send(client, world, 0, "begin").status_code == 302
    text = page(client, world)
    assert world.organisations[0].name in section(text, "Nu in de zaal") and "20 minuten" in text


def test_after_the_round_the_day_can_be_read_and_not_changed(client: FlaskClient) -> None:
    world = build(Phase.DECIDED)
    plan(world, begins())
    client.sign_in(world.chair)
    text = page(client, world)
    assert "De pitchronde is gesloten" in text and "Begin de pitch" not in text
    assert send(client, world, 0, "begin").status_code in (403, 404)


def test_before_the_pitch_round_the_page_says_what_comes(client: FlaskClient) -> None:
    world = build(Phase.WRITTEN)
    shortlist(world, 0)
    text = page(client.sign_in(world.jurors[1]), world)
    assert "Nog geen pitches" in text and world.organisations[0].name not in text
    assert send(client.sign_in(world.chair), world, 0, "begin").status_code == 422


def test_the_page_asks_the_same_for_one_three_and_thirty_pitches(client: FlaskClient) -> None:
    counts = []
    for size in (1, 3, 30):
        world = build(Phase.PITCH, proposals=size, jurors=3)
        declare(world, world.jurors[1], conflicts=(0,))
        plan(world, begins())
        client.sign_in(world.chair)
        page(client, world)
        client.sign_in(world.chair)
        with queries() as seen:
            page(client, world)
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]

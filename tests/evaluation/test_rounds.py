"""Closing and reopening rounds, the pitch day, the jury's consensus and the export."""

import csv
import io
from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import PitchWindow
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.evaluation.models import Consensus, PitchSlot, Score, Shortlisting
from app.infra import clock
from app.infra.database import db, transaction
from app.infra.formats import deadline
from app.notifications.models import OutboxMessage
from tests.admissibility.world import build as applying
from tests.counting import queries
from tests.evaluation.world import World, build, declare, sheet, shortlist


def phase_of(world: World) -> Phase:
    db.session.rollback()
    return load_call(world.call.id, clock.now()).phase


def close(client: FlaskClient, world: World, round_name: str, **more: str) -> int:
    address = f"/oproepen/{world.call.id}/voortgang/sluiten"
    return client.post(address, data={"round_name": round_name} | more).status_code


def test_a_round_with_sheets_missing_closes_only_when_that_is_confirmed(client: FlaskClient) -> None:
    world = build()
    sheet(world, 0, world.chair, [3, 3])
    client.sign_in(world.regisseur)
    text = client.get(f"/oproepen/{world.call.id}/voortgang").get_data(as_text=True)
    assert "Deze scorebladen ontbreken nog" in text
    assert close(client, world, "written", unsettled="y") == 422 and phase_of(world) is Phase.WRITTEN
    assert (
        close(client, world, "written", confirmed="y", unsettled="y") == 302
        and phase_of(world) is Phase.PITCH
    )
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "round.closed")).one()
    assert entry.details["missing"] == 3


def test_closing_names_who_has_not_declared_and_will_be_shut_out(client: FlaskClient) -> None:
    for phase, words in (
        (Phase.WRITTEN, "Dat kan tot de pitchronde sluit"),
        (Phase.PITCH, "kan dat niet meer"),
    ):
        world = build(phase, jurors=3, declared=False)
        with transaction():
            for one, name in zip(world.jurors, ("Vera Voorzitter", "Jef Jury", "Mia Jury"), strict=True):
                db.session.get_one(User, one.id).name = name
        declare(world, world.jurors[1])
        shortlist(world, 0)
        client.sign_in(world.regisseur)
        page = client.get(f"/oproepen/{world.call.id}/voortgang").get_data(as_text=True)
        warned = page.partition("Nog niet iedereen gaf een verklaring")[2].partition("</div>")[0]
        assert words in warned
        assert "Vera Voorzitter" in warned and "Mia Jury" in warned and "Jef Jury" not in warned
        for one in world.jurors:
            declare(world, one)
        page = client.get(f"/oproepen/{world.call.id}/voortgang").get_data(as_text=True)
        assert "Nog niet iedereen gaf een verklaring" not in page


def test_a_page_from_before_does_not_close_the_next_round(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    client.sign_in(world.chair)
    assert close(client, world, "written", confirmed="y") == 422 and phase_of(world) is Phase.PITCH


def test_a_round_without_anything_missing_needs_no_tick(client: FlaskClient) -> None:
    world = build()
    declare(world, world.jurors[1], conflicts=(0, 1))
    for place in (0, 1):
        sheet(world, place, world.chair, [3, 3])
    assert close(client.sign_in(world.chair), world, "written", unsettled="y") == 302


def test_closing_names_whose_formal_check_is_not_finished_and_asks_a_tick(client: FlaskClient) -> None:
    world = build(jurors=1)
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/voortgang").get_data(as_text=True)
    named = page.partition("De vormcontrole is hier niet klaar.")[2]
    assert all(one.name in named for one in world.organisations)
    assert close(client, world, "written", confirmed="y") == 422 and phase_of(world) is Phase.WRITTEN
    assert close(client, world, "written", confirmed="y", unsettled="y") == 302


def test_a_promised_term_keeps_the_round_open(client: FlaskClient, at: Any) -> None:
    world = applying()
    until = world.missing_and_asked(3)
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/voortgang"
    page = client.get(address).get_data(as_text=True)
    assert "kan nog niet sluiten" in page and "1 kandidaat" in page and deadline(until) in page
    assert "Sluit de schriftelijke ronde" not in page
    ticks = {"round_name": "written", "confirmed": "y", "unsettled": "y"}
    answer = client.post(f"{address}/sluiten", data=ticks)
    assert answer.status_code == 422 and "bij 1 kandidaat" in answer.get_data(as_text=True)
    world.send("Wij werken in Bornem.")
    assert client.post(f"{address}/sluiten", data=ticks).status_code == 422
    at(until)
    client.sign_in(world.regisseur)
    assert client.post(f"{address}/sluiten", data=ticks).status_code == 302


def test_reopening_asks_for_a_reason_and_logs_it(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    address = f"/oproepen/{world.call.id}/voortgang/heropenen"
    client.sign_in(world.regisseur)
    assert client.post(address, data={"reason": "  "}).status_code == 422
    assert client.post(address, data={"reason": "Een jurylid was ziek."}).status_code == 302
    assert phase_of(world) is Phase.WRITTEN
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "round.reopened")).one()
    assert entry.details["reason"] == "Een jurylid was ziek."


def test_the_pitch_round_closes_into_the_decision(client: FlaskClient) -> None:
    world = build(Phase.PITCH)
    client.sign_in(world.chair)
    assert close(client, world, "pitch") == 422
    assert close(client, world, "pitch", confirmed="y") == 302
    assert phase_of(world) is Phase.DECIDED


@pytest.fixture
def pitching(app: Flask, at: object) -> World:
    """Friday 16 June 2023, after the written round; windows on Thursday 22 and Friday 23 June."""
    at("2023-06-16T10:00")  # type: ignore[operator]
    world = build(Phase.PITCH, proposals=3)
    with transaction():
        call = db.session.merge(world.call)
        call.pitch_windows = [
            PitchWindow(day=date(2023, 6, 22), start=time(9), end=time(12)),
            PitchWindow(day=date(2023, 6, 23), start=time(13), end=time(14)),
        ]
    for place, level in enumerate((5, 4, 1)):
        for juror in world.jurors:
            sheet(world, place, juror, [level, level])
    return world


def place_at(
    client: FlaskClient, world: World, *starts: tuple[int, int, str], **more: str
) -> tuple[int, str]:
    """(place, window, start)… -> status and page."""
    windows = db.session.scalars(
        select(PitchWindow.id).where(PitchWindow.addendum_id == world.call.id).order_by(PitchWindow.day)
    ).all()
    data = {"minutes": "20", "break_minutes": "10"} | more
    for place, window, start in starts:
        one = world.proposals[place].id
        data |= {f"window-{one}": str(windows[window]), f"start-{one}": start}
    answer = client.post(f"/oproepen/{world.call.id}/pitchdag/momenten", data=data)
    return answer.status_code, answer.get_data(as_text=True)


def test_the_shortlist_suggests_who_reaches_every_minimum(client: FlaskClient, pitching: World) -> None:
    client.sign_in(pitching.regisseur)
    text = client.get(f"/oproepen/{pitching.call.id}/pitchdag").get_data(as_text=True)
    ticked = [f'value="{one.id}" checked' in text for one in pitching.proposals]
    assert ticked == [True, True, False]
    chosen = [one.id for one in pitching.proposals[:2]]
    client.post(f"/oproepen/{pitching.call.id}/pitchdag/selectie", data={"proposal": chosen})
    assert set(db.session.scalars(select(Shortlisting.proposal_id))) == set(chosen)
    assert db.session.scalars(select(OutboxMessage)).all() == []
    proposed = client.get(f"/oproepen/{pitching.call.id}/pitchdag?voorstel=1&minuten=30&pauze=15")
    assert 'value="9:00"' in proposed.get_data(as_text=True)
    assert 'value="9:45"' in proposed.get_data(as_text=True)
    assert db.session.scalars(select(PitchSlot)).all() == []


def test_placing_tells_each_applicant_their_own_moment_once(client: FlaskClient, pitching: World) -> None:
    shortlist(pitching, 0, 1)
    client.sign_in(pitching.regisseur)
    assert place_at(client, pitching, (0, 0, "9:00"), (1, 1, "13u30"))[0] == 302
    to_applicants = select(OutboxMessage).where(OutboxMessage.kind == "pitch.invited")
    mails = db.session.scalars(to_applicants.order_by(OutboxMessage.id)).all()
    assert len(mails) == 2 and "donderdag 22 juni 2023, 9u00" in mails[0].body_text + mails[1].body_text
    assert place_at(client, pitching, (0, 0, "9:00"), (1, 1, "13:00"))[0] == 302
    assert len(db.session.scalars(to_applicants).all()) == 3


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        ([(0, 0, "8:50")], "niet helemaal binnen een pitchvenster"),
        ([(0, 0, "11:50")], "niet helemaal binnen een pitchvenster"),
        ([(0, 0, "9:00"), (1, 0, "9:10")], "overlapt met die van"),
        ([(0, 0, "9:00"), (1, 0, "9:25")], "minuten pauze"),
        ([(0, 0, "straks")], "beginuur als 9:00"),
        ([(0, 0, "25:00")], "beginuur als 9:00"),
        ([(0, 0, "９:00")], "beginuur als 9:00"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_in_words(
    client: FlaskClient, pitching: World, starts: list[tuple[int, int, str]], sentence: str
) -> None:
    shortlist(pitching, 0, 1)
    status, text = place_at(client.sign_in(pitching.regisseur), pitching, *starts)
    assert status == 422 and sentence in text and starts[0][2] in text
    assert db.session.scalars(select(PitchSlot)).all() == []
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_three_working_days_are_the_least_notice(client: FlaskClient, pitching: World, at: object) -> None:
    shortlist(pitching, 0)
    at("2023-06-19T10:00")  # type: ignore[operator]
    status, text = place_at(client.sign_in(pitching.regisseur), pitching, (0, 0, "9:00"))
    assert status == 422 and "23 juni 2023" in text
    assert place_at(client, pitching, (0, 1, "13:00"))[0] == 302


@pytest.mark.parametrize("minutes", ["0", "-5", "veel", "1000", "２０"])
def test_a_length_that_is_none_is_refused(client: FlaskClient, pitching: World, minutes: str) -> None:
    shortlist(pitching, 0)
    client.sign_in(pitching.regisseur)
    assert place_at(client, pitching, (0, 0, "9:00"), minutes=minutes)[0] == 422


def test_the_list_of_the_day_names_who_leaves_the_room(client: FlaskClient, pitching: World) -> None:
    shortlist(pitching, 0)
    declare(pitching, pitching.jurors[1], conflicts=(0,))
    client.sign_in(pitching.regisseur)
    text = client.get(f"/oproepen/{pitching.call.id}/pitchdag").get_data(as_text=True)
    assert f'data-label="Verlaat de zaal">{pitching.jurors[1].name}' in text


def test_a_chair_with_a_conflict_changes_nothing_for_that_applicant(
    client: FlaskClient, pitching: World
) -> None:
    shortlist(pitching, 0)
    declare(pitching, pitching.chair, conflicts=(0,))
    client.sign_in(pitching.chair)
    client.post(
        f"/oproepen/{pitching.call.id}/pitchdag/selectie", data={"proposal": [pitching.proposals[1].id]}
    )
    assert set(db.session.scalars(select(Shortlisting.proposal_id))) == {
        one.id for one in pitching.proposals[:2]
    }
    assert place_at(client, pitching, (0, 0, "9:00"), (1, 0, "10:00"))[0] == 302
    assert db.session.scalars(select(PitchSlot.proposal_id)).all() == [pitching.proposals[1].id]


def test_a_foreign_proposal_is_not_shortlisted(client: FlaskClient, pitching: World) -> None:
    client.sign_in(pitching.regisseur)
    for foreign in ("999999", "abc"):
        answer = client.post(f"/oproepen/{pitching.call.id}/pitchdag/selectie", data={"proposal": [foreign]})
        assert answer.status_code == 422
    assert db.session.scalars(select(Shortlisting)).all() == []


def test_the_chair_writes_down_what_the_jury_agrees(client: FlaskClient) -> None:
    world = build(Phase.DECIDED)
    sheet(world, 0, world.jurors[0], [5, 3])
    sheet(world, 0, world.jurors[1], [1, 4])
    client.sign_in(world.chair)
    listed = client.get(f"/oproepen/{world.call.id}/beraad").get_data(as_text=True)
    assert listed.index("1 tot 5") < listed.index("3 tot 4")
    address = f"/kandidaturen/{world.proposals[0].id}/beraad"
    first = world.criteria()[0].id
    there = [str(one.id) for one in world.jurors]
    data: dict[str, Any] = {
        "criterion": str(first),
        "seen": "",
        "level": "3",
        "reason": "Na gesprek.",
        "present": there,
    }
    for wrong in ({"level": "9"}, {"level": "NaN"}, {"level": "2.5"}, {"reason": ""}, {"present": there[:1]}):
        answer = client.post(address, data=data | wrong)
        assert answer.status_code == 422
    assert client.post(address, data=data | {"criterion": "999999"}).status_code == 404
    assert client.post(address, data=data).status_code == 302
    stale = client.post(address, data=data | {"level": "4", "reason": "Uit een oud venster."})
    assert stale.status_code == 409
    assert "Na gesprek." in stale.get_data(as_text=True)
    assert "Uit een oud venster." in stale.get_data(as_text=True)
    agreed = db.session.scalars(select(Consensus)).one()
    assert (agreed.level, agreed.reason) == (3, "Na gesprek.")
    assert agreed.present == [one.id for one in world.jurors]
    assert sorted(db.session.scalars(select(Score.level).where(Score.criterion_id == first))) == [1, 5]
    taken_back = data | {"level": "", "reason": "", "seen": agreed.recorded_at.isoformat()}
    assert client.post(address, data=taken_back).status_code == 302
    assert db.session.scalars(select(Consensus)).all() == []


def test_only_the_chair_agrees_and_only_after_both_rounds(client: FlaskClient) -> None:
    world = build(Phase.DECIDED)
    data = {"criterion": str(world.criteria()[0].id), "level": "3", "reason": "x"}
    address = f"/kandidaturen/{world.proposals[0].id}/beraad"
    assert client.sign_in(world.jurors[1]).post(address, data=data).status_code == 404
    assert client.sign_in(world.regisseur).post(address, data=data).status_code == 404
    early = build(Phase.PITCH)
    answer = client.sign_in(early.chair).post(f"/kandidaturen/{early.proposals[0].id}/beraad", data=data)
    assert answer.status_code == 403


def export(client: FlaskClient, world: World) -> list[dict[str, str]]:
    answer = client.get(f"/oproepen/{world.call.id}/scores.csv")
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_export_is_whole_safe_and_asks_twice(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=3)
    for place in range(3):
        made = sheet(world, place, world.jurors[1], [4, 2])
    with transaction():
        db.session.merge(made).scores[0].reason = "=HYPERLINK(1)"
    declare(world, world.jurors[1], conflicts=(2,))
    client.sign_in(world.regisseur)
    with queries() as seen:
        rows = export(client, world)
    assert len(seen) <= 7
    assert len(rows) == 6 and {row["Niveau"] for row in rows} == {"4", "2"}
    assert [row["Reden"] for row in rows if "HYPERLINK" in row["Reden"]] == ["'=HYPERLINK(1)"]
    assert [row["Telt mee"][:3] for row in rows] == ["ja"] * 4 + ["nee"] * 2


def test_a_chair_with_a_conflict_exports_the_others_only(client: FlaskClient) -> None:
    world = build(Phase.DECIDED)
    for place in (0, 1):
        sheet(world, place, world.jurors[1], [4, 2])
    declare(world, world.chair, conflicts=(0,))
    rows = export(client.sign_in(world.chair), world)
    assert {row["Organisatie"] for row in rows if row["Organisatie"]} == {world.organisations[1].name}
    assert world.organisations[0].name not in str(rows)

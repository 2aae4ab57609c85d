"""Dividing the proposals of a call: shown first, kept as shown, and what follows from it everywhere."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Obstacle
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.evaluation.assigning.models import Assignment, AssignmentPlan, JurorExpertise
from app.evaluation.assigning.queries import asked_pairs
from app.evaluation.models import JurySeat, ScoreSheet
from app.evaluation.queries import juror_tasks, missing_sheets
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.proposals.models import Claim, Submission
from tests import factories as make
from tests.counting import queries
from tests.evaluation.world import World, build, declare, fields, plain, sheet


def page(world: World) -> str:
    return f"/oproepen/{world.call.id}/toewijzing"


def propose(client: FlaskClient, world: World, number: str = "2", **more: str) -> Any:
    return client.get(page(world), query_string={"lezers": number} | more)


def divide(client: FlaskClient, world: World, number: str = "2", **more: str) -> Any:
    """Look at a division and keep it, as one does."""
    shown = re.search(r'name="shown" value="([0-9a-f]*)"', propose(client, world, number, **more).text)
    assert shown
    return client.post(page(world), data={"lezers": number, "shown": shown[1]} | more)


def pairs(world: World) -> set[tuple[int, int]]:
    db.session.rollback()
    return set(asked_pairs(world.call.id, "written") or ())


def mails(world: World) -> list[OutboxMessage]:
    db.session.rollback()
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "assignment.changed")))


def acts(world: World) -> list[str]:
    found = select(AuditEntry.action).where(AuditEntry.addendum_id == world.call.id).order_by(AuditEntry.seq)
    return [one for one in db.session.scalars(found) if one.startswith(("assignment.", "jury.expertise"))]


def not_of(world: World, juror: User) -> int:
    """The place of a proposal that this juror was not asked to score."""
    mine = {proposal for one, proposal in pairs(world) if one == juror.id}
    return next(place for place, one in enumerate(world.proposals) if one.id not in mine)


@pytest.fixture
def world(app: Flask) -> World:
    return build(proposals=4, jurors=4)


@pytest.fixture
def regisseur(app: Flask, world: World) -> Any:
    return app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]


def test_looking_at_a_division_changes_nothing(world: World, regisseur: Any) -> None:
    with queries() as seen:
        answer = propose(regisseur, world)
    assert answer.status_code == 200 and "Elk jurylid leest 2 kandidaturen" in answer.text
    assert not [one for one in seen if not one.startswith("SELECT")]
    assert asked_pairs(world.call.id, "written") is None


def test_what_was_shown_is_kept_told_once_and_logged(world: World, regisseur: Any) -> None:
    answer = divide(regisseur, world)
    assert answer.status_code == 302
    found = pairs(world)
    assert len(found) == 8 and {sum(one.id == juror for juror, _ in found) for one in world.jurors} == {2}
    assert sorted(mail.to_address for mail in mails(world)) == sorted(one.email for one in world.jurors)
    assert "Je leest en scoort nu 2 kandidaturen" in mails(world)[0].body_text
    assert acts(world) == ["assignment.divided"]


def test_a_second_click_says_that_it_was_done(world: World, regisseur: Any) -> None:
    shown = re.search(r'name="shown" value="([0-9a-f]*)"', propose(regisseur, world).text)
    assert shown
    for _ in range(2):
        regisseur.post(page(world), data={"lezers": "2", "shown": shown[1]})
    assert "Deze verdeling was al bewaard" in regisseur.get(page(world)).text
    assert acts(world) == ["assignment.divided"] and len(mails(world)) == 4


def test_when_something_changed_in_between_the_new_division_is_shown_first(
    world: World, regisseur: Any
) -> None:
    shown = re.search(r'name="shown" value="([0-9a-f]*)"', propose(regisseur, world).text)
    assert shown
    declare(world, world.jurors[1], conflicts=(0, 1))
    answer = regisseur.post(page(world), data={"lezers": "2", "shown": shown[1]})
    assert answer.status_code == 409 and "Intussen veranderde er iets" in answer.text
    assert asked_pairs(world.call.id, "written") is None
    assert divide(regisseur, world).status_code == 302


def test_what_blocks_is_named(world: World, regisseur: Any) -> None:
    for juror in world.jurors[:2]:
        declare(world, juror, conflicts=(2,))
    answer = propose(regisseur, world, "3")
    assert answer.status_code == 422
    name = world.organisations[2].name
    assert f"Voor {name} blijven maar 2 juryleden over, er zijn er 3 nodig." in answer.text
    assert "Met hoogstens 2 lezers per kandidatuur kan het wel." in answer.text


@pytest.mark.parametrize("number", ["", "0", "-1", "1e3", "٣", "5", "9" * 400, "NaN"])
def test_a_number_that_cannot_be_is_refused_and_stays_in_its_field(
    world: World, regisseur: Any, number: str
) -> None:
    answer = propose(regisseur, world, number)
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert f'value="{number}"' in answer.text
    answer = propose(regisseur, world, "2", **{"minstens-vdab": number or "x"})
    assert answer.status_code == (200 if number == "0" else 422)
    sent = regisseur.post(page(world), data={"lezers": number, "shown": "x"})
    assert sent.status_code == 422 and asked_pairs(world.call.id, "written") is None


def test_minimums_that_ask_for_more_readers_than_there_are_is_refused(world: World, regisseur: Any) -> None:
    more = {"minstens-vdab": "2", "minstens-independent": "1"}
    assert "vragen samen 3 lezers" in propose(regisseur, world, "2", **more).text


def test_a_kind_of_seat_that_nobody_has_is_told_beside_the_proposal(world: World, regisseur: Any) -> None:
    assert "0 van 1 namens VDAB" in propose(regisseur, world, "2", **{"minstens-vdab": "1"}).text


def test_only_the_own_part_is_asked_of_a_juror_everywhere(world: World, regisseur: Any, app: Flask) -> None:
    juror = world.jurors[1]
    divide(regisseur, world)
    call = load_call(world.call.id, clock.now())
    assert juror_tasks(call, juror.id).to_score == 2
    assert {(one.user_id, row.proposal_id) for one, row in missing_sheets(call, "written")} == pairs(world)
    client: Any = app.test_client().sign_in(juror)  # type: ignore[attr-defined]
    text = client.get(f"/oproepen/{world.call.id}/leeslijst").text
    assert text.count("Nog te lezen en te scoren") == 2 and text.count("Voor andere juryleden") == 2
    assert "2 scorebladen" in client.get("/").text
    progress = regisseur.get(f"/oproepen/{world.call.id}/voortgang").text
    assert "0 van 8" in progress and progress.count(">Leest niet<") == 8
    assert "8 scorebladen ontbreken" in regisseur.get("/").text


def test_the_next_sheet_is_never_one_for_others(world: World, regisseur: Any, app: Flask) -> None:
    divide(regisseur, world)
    juror = world.jurors[1]
    mine = {proposal for one, proposal in pairs(world) if one == juror.id}
    client: Any = app.test_client().sign_in(juror)  # type: ignore[attr-defined]
    for place, proposal in enumerate(world.proposals):
        to = client.get(f"/oproepen/{world.call.id}/leeslijst/volgende?na={proposal.id}").location
        assert int(to.split("/")[2]) in mine, place


def test_who_was_not_asked_reads_but_gets_no_sheet_and_loses_nothing_typed(
    world: World, regisseur: Any, app: Flask
) -> None:
    divide(regisseur, world)
    juror = world.jurors[2]
    other = world.proposals[not_of(world, juror)]
    client: Any = app.test_client().sign_in(juror)  # type: ignore[attr-defined]
    assert client.get(f"/kandidaturen/{other.id}/lezen").status_code == 200
    address = f"/kandidaturen/{other.id}/scoreblad/written"
    text = client.get(address).text
    assert "Niet aan jou toegewezen" in text and "data-autosave=" not in text
    answer = client.post(address, data=fields(world, reason="Een lange gedachte."))
    assert answer.status_code == 403 and "niet aan jou toegewezen" in answer.text
    assert "Een lange gedachte." in answer.text
    assert db.session.query(ScoreSheet).count() == 0


def test_the_round_closes_without_question_when_the_own_parts_are_in(world: World, regisseur: Any) -> None:
    divide(regisseur, world, "1")
    of = {one.id: place for place, one in enumerate(world.proposals)}
    people = {one.id: one for one in world.jurors}
    for juror, proposal in pairs(world):
        sheet(world, of[proposal], people[juror], [3, 3])
    address = f"/oproepen/{world.call.id}/voortgang/sluiten"
    data = {"round_name": "written", "unsettled": "y"}  # not confirmed: nothing is missing
    assert regisseur.post(address, data=data).status_code == 302


def test_the_pitch_is_for_everybody(app: Flask) -> None:
    world = build(Phase.PITCH, proposals=2, jurors=2)
    with transaction() as now:
        plan = AssignmentPlan(addendum_id=world.call.id, per_proposal=1, least={}, by_id=1, at=now)
        db.session.add(plan)
    assert (
        asked_pairs(world.call.id, "pitch") is None and asked_pairs(world.call.id, "written") == frozenset()
    )


def test_a_juror_who_handed_in_or_began_stays(world: World, regisseur: Any) -> None:
    for place in range(4):
        sheet(world, place, world.jurors[0], [3, 3], sent=place % 2 == 0)
    divide(regisseur, world, "1")
    assert {(world.jurors[0].id, one.id) for one in world.proposals} <= pairs(world)


def test_a_late_conflict_takes_the_juror_out_and_says_what_is_missing(world: World, regisseur: Any) -> None:
    divide(regisseur, world)
    juror, proposal = min(pairs(world))
    place = next(at for at, one in enumerate(world.proposals) if one.id == proposal)
    declare(world, next(one for one in world.jurors if one.id == juror), conflicts=(place,))
    call = load_call(world.call.id, clock.now())
    assert (juror, proposal) not in {
        (one.user_id, row.proposal_id) for one, row in missing_sheets(call, "written")
    }
    assert "1 van 2 lezers" in regisseur.get(page(world)).text
    before = len(mails(world))
    divide(regisseur, world)
    assert len(mails(world)) - before <= 3 and len(pairs(world)) == 8


def readers(regisseur: Any, proposal: int, chosen: list[int], seen: list[int]) -> Any:
    data = {"juror": list(map(str, chosen)), "seen": list(map(str, seen))}
    return regisseur.post(f"/kandidaturen/{proposal}/lezers", data=data)


def test_by_hand_counts_only_the_two_concerned_are_told_and_it_stays(world: World, regisseur: Any) -> None:
    divide(regisseur, world)
    proposal = world.proposals[0].id
    seen = sorted(juror for juror, one in pairs(world) if one == proposal)
    new = next(one.id for one in world.jurors if one.id not in seen)
    with transaction():
        db.session.query(OutboxMessage).delete()
    chosen = [new, seen[0]]
    assert readers(regisseur, proposal, chosen, seen).status_code == 302
    assert {juror for juror, one in pairs(world) if one == proposal} == set(chosen)
    people = {one.id: one.email for one in world.jurors}
    assert {mail.to_address for mail in mails(world)} == {people[new], people[seen[1]]}
    divide(regisseur, world)
    assert {juror for juror, one in pairs(world) if one == proposal} == set(chosen)
    off = db.session.get(Assignment, (proposal, seen[1]))
    assert off is not None and not off.reads and off.by_hand
    assert divide(regisseur, world, opnieuw="1").status_code == 302
    assert not db.session.query(Assignment).filter_by(by_hand=True).count()


def test_two_people_choosing_at_the_same_time_overwrite_nothing(world: World, regisseur: Any) -> None:
    divide(regisseur, world)
    proposal = world.proposals[0].id
    seen = sorted(juror for juror, one in pairs(world) if one == proposal)
    everybody = [one.id for one in world.jurors]
    assert readers(regisseur, proposal, everybody, seen).status_code == 302
    answer = readers(regisseur, proposal, seen[:1], seen)
    assert answer.status_code == 409 and "Intussen koos een collega andere lezers" in answer.text
    assert len([one for _, one in pairs(world) if one == proposal]) == 4
    assert readers(regisseur, proposal, everybody, seen).status_code == 302  # the same, once more


def test_by_hand_refuses_what_cannot_be(world: World, regisseur: Any) -> None:
    declare(world, world.jurors[3], conflicts=(0,))
    sheet(world, 0, world.jurors[0], [3, 3])
    proposal, ids = world.proposals[0].id, [one.id for one in world.jurors]
    assert "Verdeel eerst de kandidaturen" in readers(regisseur, proposal, ids[:1], ids[:3]).text
    divide(regisseur, world)
    seen = sorted(juror for juror, one in pairs(world) if one == proposal)
    refused = {
        "heeft een belangenconflict": [ids[0], ids[3]],
        "diende al een scoreblad in": [ids[1]],
        "zit niet in deze jury": [ids[0], world.regisseur.id],
        "Laat minstens één jurylid": [],
    }
    for words, chosen in refused.items():
        answer = readers(regisseur, proposal, chosen, seen)
        assert answer.status_code == 422 and words in answer.text, words
    answer = regisseur.post(f"/kandidaturen/{proposal}/lezers", data={"juror": ["x", "9" * 99], "seen": "٣"})
    assert answer.status_code in (409, 422)


def test_nobody_is_asked_to_read_who_was_refused(world: World, regisseur: Any) -> None:
    divide(regisseur, world)
    before, told = pairs(world), len(mails(world))
    with transaction() as now:
        refused = select(Submission).where(Submission.proposal_id == world.proposals[0].id)
        db.session.scalars(refused).one().refused_at = now
    answer = readers(regisseur, world.proposals[0].id, [world.jurors[0].id], [])
    assert answer.status_code == 403
    assert pairs(world) == before and len(mails(world)) == told


def test_everybody_reads_everything_again(world: World, regisseur: Any) -> None:
    divide(regisseur, world)
    for _ in range(2):
        assert regisseur.post(f"{page(world)}/iedereen").status_code == 302
    assert asked_pairs(world.call.id, "written") is None and db.session.query(Assignment).count() == 0
    assert acts(world) == ["assignment.divided", "assignment.lifted"] and len(mails(world)) == 8


def test_outside_the_written_round_nothing_changes(app: Flask) -> None:
    for phase in (Phase.SEALED, Phase.PITCH):
        world = build(phase)
        client: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
        for address in (page(world), f"{page(world)}/iedereen"):
            answer = client.post(address, data={"lezers": "1", "shown": ""}, follow_redirects=True)
            assert "tot de schriftelijke ronde sluit" in answer.text
        assert db.session.query(AssignmentPlan).count() == 0


def test_others_look_but_do_not_divide(world: World, app: Flask) -> None:
    chair: Any = app.test_client().sign_in(world.chair)  # type: ignore[attr-defined]
    text = chair.get(f"{page(world)}?lezers=2").text
    assert "Toon een verdeling" not in text and "Bewaar deze verdeling" not in text
    assert chair.post(page(world), data={"lezers": "2"}).status_code == 404
    juror: Any = app.test_client().sign_in(world.jurors[1])  # type: ignore[attr-defined]
    assert juror.get(page(world)).status_code == 404


def test_who_has_a_conflict_sees_nothing_of_that_applicant(world: World, regisseur: Any, app: Flask) -> None:
    declare(world, world.chair, conflicts=(1,))
    divide(regisseur, world)
    chair: Any = app.test_client().sign_in(world.chair)  # type: ignore[attr-defined]
    first = plain(chair.get(page(world)).text)
    assert world.organisations[1].name not in first and "1 kandidatuur staat hier niet bij" in first
    assert chair.get(f"/kandidaturen/{world.proposals[1].id}/lezers").status_code == 403
    seen = sorted(juror for juror, one in pairs(world) if one == world.proposals[1].id)
    everybody = [one.id for one in world.jurors if one != world.chair]
    assert readers(regisseur, world.proposals[1].id, everybody, seen).status_code == 302
    assert plain(chair.get(page(world)).text) == first  # not even the counts move


def test_a_regisseur_in_conflict_changes_nothing_there(world: World, regisseur: Any) -> None:
    divide(regisseur, world)
    with transaction() as now:
        db.session.add(
            JurySeat(addendum_id=world.call.id, user_id=world.regisseur.id, seat="vdab", since=now)
        )
    declare(world, world.regisseur, conflicts=(0,))
    assert readers(regisseur, world.proposals[0].id, [world.chair.id], []).status_code == 403
    assert world.organisations[0].name not in propose(regisseur, world).text


def know(client: Any, world: World, juror: User, *domains: str) -> Any:
    seat = db.session.scalars(select(JurySeat.id).where(JurySeat.user_id == juror.id)).one()
    return client.post(f"/oproepen/{world.call.id}/jury/{seat}/expertise", data={"domain": list(domains)})


def test_somebody_who_knows_what_it_is_about_reads_it(world: World, regisseur: Any) -> None:
    obstacle = world.call.challenges[0].obstacles[0].id
    with transaction():
        row = db.session.get(Obstacle, obstacle)
        assert row is not None
        row.life_domains = ["Justitie", "geen domein"]
        for one in world.proposals:
            submission = db.session.scalars(select(Submission).where(Submission.proposal_id == one.id)).one()
            if db.session.get(Claim, (submission.id, obstacle)) is None:
                db.session.add(Claim(submission_id=submission.id, obstacle_id=obstacle))
    assert know(regisseur, world, world.jurors[1], "Justitie").status_code == 302
    assert know(regisseur, world, world.jurors[2], "Justitie", "Huisvesting").status_code == 302
    text = propose(regisseur, world, "2").text
    assert "leest er 4 keer iemand mee die het kent" in text
    divide(regisseur, world)
    knowing = {world.jurors[1].id, world.jurors[2].id}
    assert {proposal for juror, proposal in pairs(world) if juror in knowing} == {
        one.id for one in world.proposals
    }
    assert know(regisseur, world, world.jurors[1]).status_code == 302
    assert know(regisseur, world, world.jurors[2]).status_code == 302
    assert db.session.query(JurorExpertise).count() == 0


def test_a_domain_that_does_not_exist_is_refused_and_saving_twice_is_told(
    world: World, regisseur: Any
) -> None:
    assert know(regisseur, world, world.chair, "Wiskunde").status_code == 422
    for _ in range(2):
        know(regisseur, world, world.chair, "Justitie")
    assert acts(world) == ["jury.expertise_edited"]
    assert regisseur.get(f"/oproepen/{world.call.id}/jury/999999/expertise").status_code == 404


def test_a_juror_who_leaves_leaves_no_reader_behind(world: World, regisseur: Any) -> None:
    divide(regisseur, world)
    juror = world.jurors[3]
    seat = db.session.scalars(select(JurySeat.id).where(JurySeat.user_id == juror.id)).one()
    regisseur.post(f"/oproepen/{world.call.id}/jury/{seat}/verwijderen")
    assert juror.id not in {one for one, _ in pairs(world)}
    assert "1 van 2 lezers" in regisseur.get(page(world)).text


def test_the_pages_ask_the_database_as_much_for_thirty_as_for_one(app: Flask) -> None:
    counts = []
    for number in (1, 3, 30):
        world = build(proposals=number, jurors=3)
        client: Any = app.test_client().sign_in(world.regisseur)  # type: ignore[attr-defined]
        divide(client, world)
        address = f"/kandidaturen/{world.proposals[0].id}/lezers"
        found = []
        for path in (page(world), f"{page(world)}?lezers=1", address, "/"):
            with queries() as seen:
                assert client.get(path).status_code == 200
            found.append(len(seen))
        counts.append(found)
    assert counts[0] == counts[1] == counts[2]


def test_a_new_proposal_has_nobody_until_it_is_divided_again(world: World, regisseur: Any) -> None:
    divide(regisseur, world)
    late = make.make_proposal(world.call, make.make_organisation(), submitted=True)
    assert "0 van 2 lezers" in regisseur.get(page(world)).text
    divide(regisseur, world)
    assert sum(one == late.id for _, one in pairs(world)) == 2

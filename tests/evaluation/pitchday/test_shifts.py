"""The page from written to pitch: places, what moved them, and what a conflict hides."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

from flask.testing import FlaskClient

from app.accounts.models import User
from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration, Consensus
from app.evaluation.pitchday.shift_queries import shifts_of
from app.evaluation.standings import standings_of
from app.infra import clock
from app.infra.database import db, transaction
from app.infra.remembered import forget
from tests import factories as make
from tests.counting import queries
from tests.evaluation.world import World, build, declare, sheet, shortlist


def judged(phase: Phase = Phase.DECIDED) -> World:
    """Written 80, 60 and 40; pitched 20 and 100, so that the second of the three ends first."""
    world = build(phase, proposals=3, jurors=3)
    with transaction():
        for one, given in zip(world.jurors, ("Vera Voorzitter", "Jef Jury", "Mia Jury"), strict=True):
            db.session.get_one(User, one.id).name = given
    for place, level in enumerate((4, 3, 2)):
        sheet(world, place, world.chair, [level, level])
    shortlist(world, 0, 1)
    for place, level in enumerate((1, 5)):
        sheet(world, place, world.chair, [level, level], round_name="pitch")
    return world


def page(client: FlaskClient, world: World) -> str:
    forget()
    answer = client.get(f"/oproepen/{world.call.id}/verschuivingen")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def row(text: str, world: World, place: int) -> str:
    table = text.partition("<tbody>")[2]
    return table.partition(f"{world.organisations[place].name}</bdi></a>")[2].partition("</tr>")[0]


def agree(world: World, place: int, level: int, reason: str) -> None:
    with transaction() as now:
        db.session.add(
            Consensus(
                proposal_id=world.proposals[place].id,
                criterion_id=world.criteria()[0].id,
                level=level,
                reason=reason,
                recorded_by_id=world.chair.id,
                recorded_at=now,
            )
        )


def test_place_and_total_before_and_after_and_who_went_past_whom(client: FlaskClient) -> None:
    world = judged()
    text = page(client.sign_in(world.regisseur), world)
    assert "2 van 3 kandidaten staan op een andere plaats" in text
    second = row(text, world, 1)
    assert ">2. <" in second and "60,00" in second and "80,00" in second and "▲ 1 omhoog" in second
    assert "+20,00" in second and "Haalde " in second and world.organisations[0].name in second
    first = row(text, world, 0)
    assert "▼ 1 omlaag" in first and "−30,00" in first and "Werd ingehaald door" in first
    third = row(text, world, 2)
    assert "Niet gepitcht" in third and "= zelfde plaats" in third
    assert "Haalt niet elk minimum" in third and "minimum" not in first.lower().partition("omlaag")[0]


def test_a_consensus_is_named_with_who_when_and_why(client: FlaskClient) -> None:
    world = judged()
    agree(world, 2, 4, "Na het <b>gesprek</b>.")
    third = row(page(client.sign_in(world.regisseur), world), world, 2)
    assert "Consensus over" in third and "4 op 5" in third and "Vera Voorzitter" in third
    assert "Na het &lt;b&gt;gesprek&lt;/b&gt;." in third


def test_a_late_conflict_is_a_step_and_one_from_before_the_closing_is_not(client: FlaskClient) -> None:
    world = judged()
    sheet(world, 2, world.jurors[1], [5, 5])
    declare(world, world.jurors[1], conflicts=(2,))
    text = page(client.sign_in(world.regisseur), world)
    third = row(text, world, 2)
    assert "Een scoreblad telt niet meer mee" in third and "Jef Jury" in third
    assert "Lid van het bestuur" in third and "−30,00" in third
    early = load_call(world.call.id, clock.now()).facts.written_closed_at
    assert early is not None
    with transaction():
        for one in db.session.query(ConflictDeclaration).filter_by(juror_id=world.jurors[1].id):
            one.declared_at = early - timedelta(days=1)
    third = row(page(client.sign_in(world.regisseur), world), world, 2)
    assert "telt niet meer mee" not in third and "40,00" in third


def test_a_juror_reads_that_a_sheet_fell_out_and_not_whose(client: FlaskClient) -> None:
    world = judged()
    sheet(world, 2, world.jurors[1], [5, 5])
    declare(world, world.jurors[1], conflicts=(2,))
    text = page(client.sign_in(world.jurors[2]), world)
    assert "Een scoreblad telt niet meer mee" in row(text, world, 2)
    assert "Jef Jury" not in text and "Lid van het bestuur" not in text


def test_who_has_a_conflict_sees_nothing_of_that_applicant(client: FlaskClient) -> None:
    world = judged()
    declare(world, world.jurors[1], conflicts=(0,))
    client.sign_in(world.jurors[1])
    assert client.get(f"/oproepen/{world.call.id}/verschuivingen").status_code == 403
    told = judged(Phase.COMMUNICATED)
    declare(told, told.jurors[1], conflicts=(0,))
    text = page(client.sign_in(told.jurors[1]), told)
    assert told.organisations[0].name not in text and told.organisations[1].name in text
    assert "1 kandidatuur staat hier niet bij" in text
    assert told.organisations[0].name in page(client.sign_in(told.regisseur), told)


def test_the_page_is_shut_while_a_round_runs_and_for_applicants(client: FlaskClient) -> None:
    world = judged(Phase.PITCH)
    address = f"/oproepen/{world.call.id}/verschuivingen"
    for user in (world.chair, world.regisseur, world.jurors[1]):
        assert client.sign_in(user).get(address).status_code == 403
    world = judged()
    member = make.make_member(world.organisations[0])
    assert client.sign_in(member).get(f"/oproepen/{world.call.id}/verschuivingen").status_code in (403, 404)


def test_the_rounds_are_told_from_the_log_with_the_reason(client: FlaskClient) -> None:
    world = judged()
    with transaction() as now:
        for action, more in (("round.closed", {}), ("round.reopened", {"reason": "Een blad ontbrak."})):
            record(
                action,
                actor_id=world.regisseur.id,
                subject=f"call:{world.call.id}",
                addendum_id=world.call.id,
                at=now,
                round="written",
                **more,
            )
    text = page(client.sign_in(world.regisseur), world)
    assert "sloot de schriftelijke ronde" in text and "Een blad ontbrak." in text


def test_the_steps_end_where_the_ranking_is(client: FlaskClient) -> None:
    world = judged()
    for place, levels in ((0, [5, 2]), (1, [1, 4])):
        sheet(world, place, world.jurors[1], levels)
        sheet(world, place, world.jurors[2], [3, 5], round_name="pitch")
    agree(world, 0, 5, "Samen.")
    declare(world, world.jurors[1], conflicts=(0,))
    found = shifts_of(load_call(world.call.id, clock.now()))
    ranked = {one.proposal_id: one.score.total for one in standings_of(world.call.id).ranking.placed}
    assert {one: shift.after for one, shift in found.shifts.items()} == ranked
    for shift in found.shifts.values():
        assert shift.moved == sum((one.points or Fraction(0) for one in shift.steps), Fraction(0))


def test_without_scores_the_page_says_so(client: FlaskClient) -> None:
    world = build(Phase.DECIDED)
    assert "Nog niets te vergelijken" in page(client.sign_in(world.regisseur), world)


def test_the_page_asks_the_same_for_one_three_and_thirty_proposals(client: FlaskClient) -> None:
    counts: list[Any] = []
    for size in (1, 3, 30):
        world = build(Phase.DECIDED, proposals=size)
        shortlist(world, *range(size))
        for place in range(size):
            for name in ("written", "pitch"):
                sheet(world, place, world.chair, [place % 6, 3], round_name=name)
            agree(world, place, 3, "Samen.")
        client.sign_in(world.regisseur)
        page(client, world)
        client.sign_in(world.regisseur)
        with queries() as seen:
            page(client, world)
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]

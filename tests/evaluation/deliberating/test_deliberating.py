"""Where jurors lie apart, what the jury agrees upon, and who was there."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.actors import actor_for
from app.accounts.models import User
from app.addenda.models import Criterion
from app.audit.models import AuditEntry
from app.domain.errors import DomainError, Forbidden
from app.domain.timeline import Phase
from app.evaluation.deliberating.policy import check_present, step_of
from app.evaluation.deliberating.queries import agenda_of, cells_of
from app.evaluation.deliberating.services import record_consensus
from app.evaluation.models import Consensus, Score
from app.evaluation.standings import rules_of
from app.infra.database import db, transaction
from app.organisations.models import Organisation
from tests.counting import queries
from tests.evaluation.world import World, build, declare, sheet, shortlist


@pytest.mark.parametrize(
    ("lowest", "highest", "count", "span", "step"),
    [
        (None, None, 0, 5, "none"),
        (3, 3, 1, 5, "single"),
        (3, 3, 4, 5, "same"),
        (3, 4, 4, 5, "near"),
        (2, 4, 4, 5, "apart"),
        (2, 5, 4, 5, "far"),
        (0, 5, 2, 5, "far"),
        (0, 1, 2, 1, "far"),
        (1, 2, 2, 3, "apart"),
        (0, 20, 2, 100, "near"),
        (0, 41, 2, 100, "far"),
    ],
)
def test_a_step_is_a_share_of_the_scale(
    lowest: int | None, highest: int | None, count: int, span: int, step: str
) -> None:
    assert step_of(lowest, highest, count, span) == step


@pytest.mark.parametrize(
    ("present", "free", "code"),
    [
        ([], [1, 2, 3], "consensus_present_missing"),
        ([1, 1], [1, 2, 3], "consensus_present_missing"),
        ([1, 9], [1, 2, 3], "consensus_present_foreign"),
        ([1], [1], "consensus_too_few_jurors"),
    ],
)
def test_two_jurors_who_are_free_were_there(present: list[int], free: list[int], code: str) -> None:
    with pytest.raises(DomainError) as error:
        check_present(present, free)
    assert error.value.code == code
    assert check_present([3, 1, 3], [1, 2, 3]) == [1, 3]


def weigh(world: World, *weights: int) -> None:
    with transaction():
        for one, weight in zip(world.criteria(), weights, strict=True):
            db.session.get_one(Criterion, one.id).weight = Decimal(weight)


def agenda(world: World, *rounds: str, without: tuple[int, ...] = ()) -> list[tuple[int, str, int, int]]:
    db.session.rollback()
    cells = cells_of(world.call.id, rounds or ("written", "pitch"), without=without)
    names = {one.id: place for place, one in enumerate(world.proposals)}
    return [
        (names[one.cell.proposal_id], one.round, one.place, one.cell.width)
        for one in agenda_of(cells, rules_of(world.call.id))
    ]


def test_the_widest_comes_first_and_of_equally_wide_ones_what_weighs_most(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=2)
    weigh(world, 30, 70)
    for place, (low, high) in enumerate((([1, 1], [3, 3]), ([2, 4], [5, 4]))):
        sheet(world, place, world.jurors[0], low)
        sheet(world, place, world.jurors[1], high)
    assert agenda(world) == [(1, "written", 0, 3), (0, "written", 1, 2), (0, "written", 0, 2)]
    assert agenda(world, "pitch") == []
    assert agenda(world, without=(world.organisations[0].id,)) == [(1, "written", 0, 3)]
    declare(world, world.jurors[1], conflicts=(1,))
    assert agenda(world) == [(0, "written", 1, 2), (0, "written", 0, 2)]


def skip(made: Any, criterion: int) -> None:
    with transaction():
        score = db.session.get_one(Score, (made.id, criterion))
        score.level, score.not_applicable, score.reason = None, True, "Dat vraagt de oproep hier niet."


def test_not_applicable_beside_a_level_is_a_difference_too(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=1, jurors=3)
    made = [sheet(world, 0, juror, [4, 4]) for juror in world.jurors]
    assert agenda(world) == []
    first = world.criteria()[0].id
    skip(made[0], first)
    assert agenda(world) == [(0, "written", 0, 0)]
    client.sign_in(world.chair)
    assert "1 × n.v.t." in client.get(f"/oproepen/{world.call.id}/beraad").get_data(as_text=True)
    text = client.get(f"/kandidaturen/{world.proposals[0].id}/beraad").get_data(as_text=True)
    assert ": n.v.t." in text and "Dat vraagt de oproep hier niet." in text
    for one in made[1:]:
        skip(one, first)
    assert agenda(world) == []
    assert "n.v.t." in client.get(f"/oproepen/{world.call.id}/beraad/spreiding").get_data(as_text=True)


def apart(phase: Phase = Phase.DECIDED, jurors: int = 3) -> World:
    world = build(phase, jurors=jurors)
    for place, juror in enumerate(world.jurors):
        sheet(world, 0, juror, [min(5, 1 + 2 * place), 3])
        sheet(world, 1, juror, [3, min(4, 3 + place)])
    return world


def agree(client: FlaskClient, world: World, *present: User, place: int = 0, **more: Any) -> Any:
    data = {
        "criterion": str(world.criteria()[0].id),
        "seen": "",
        "level": "3",
        "reason": "Na gesprek.",
        "present": [str(one.id) for one in present],
    }
    return client.post(f"/kandidaturen/{world.proposals[place].id}/beraad", data=data | more)


def seen_now(world: World, place: int = 0) -> str:
    db.session.rollback()
    stored = db.session.get(Consensus, (world.proposals[place].id, world.criteria()[0].id))
    return stored.recorded_at.isoformat() if stored else ""


def entries() -> list[AuditEntry]:
    db.session.rollback()
    statement = select(AuditEntry).where(AuditEntry.action.startswith("consensus."))
    return list(db.session.scalars(statement.order_by(AuditEntry.seq)))


def test_too_few_strange_and_conflicted_people_were_not_there(client: FlaskClient) -> None:
    world = apart(jurors=4)
    declare(world, world.jurors[3], conflicts=(0,))
    client.sign_in(world.chair)
    for present in (
        (),
        (world.chair,),
        (world.chair, world.regisseur),
        (world.chair, world.jurors[1], world.jurors[3]),
    ):
        answer = agree(client, world, *present)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 422 and "Na gesprek." in text
        assert 'class="pw-error"' in text.partition(f'id="present-{world.criteria()[0].id}"')[2]
    for wrong in ("abc", "-1", "９", "9" * 30):
        assert agree(client, world, present=[str(world.chair.id), wrong]).status_code == 422
    assert entries() == [] and db.session.scalars(select(Consensus)).all() == []
    text = client.get(f"/kandidaturen/{world.proposals[0].id}/beraad").get_data(as_text=True)
    offered = [f'value="{one.id}"' in text.partition('name="present"')[2] for one in world.jurors]
    assert offered == [True, True, True, False]


def test_with_one_free_juror_there_is_no_consensus(client: FlaskClient) -> None:
    world = apart(jurors=2)
    declare(world, world.jurors[1], conflicts=(0,))
    client.sign_in(world.chair)
    answer = agree(client, world, world.chair)
    assert answer.status_code == 422 and "minstens twee juryleden nodig" in answer.get_data(as_text=True)


def test_a_second_click_writes_once(client: FlaskClient) -> None:
    world = apart()
    client.sign_in(world.chair)
    for _ in range(2):
        answer = agree(client, world, *world.jurors[:2])
        assert answer.status_code == 302
    assert "Dat stond er al." in client.get(answer.location).get_data(as_text=True)
    (entry,) = entries()
    assert entry.details["present"] == [one.id for one in world.jurors[:2]]
    assert entry.organisation_id == world.organisations[0].id
    assert agree(client, world, *world.jurors, seen="").status_code == 409
    assert agree(client, world, *world.jurors, seen=seen_now(world)).status_code == 302


def test_who_was_there_last_is_ticked_the_next_time(client: FlaskClient) -> None:
    world = apart()
    client.sign_in(world.chair)
    address = f"/kandidaturen/{world.proposals[1].id}/beraad"
    assert "checked" not in client.get(address).get_data(as_text=True)
    agree(client, world, world.chair, world.jurors[2])
    text = client.get(address).get_data(as_text=True)
    field = text.partition(f'id="present-{world.criteria()[1].id}"')[2].partition("</fieldset>")[0]
    ticked = [f'value="{one.id}" checked' in field for one in world.jurors]
    assert ticked == [True, False, True] and "2 van 3" in field


def test_what_was_agreed_earlier_stays_to_be_read(client: FlaskClient) -> None:
    world = apart()
    client.sign_in(world.chair)
    agree(client, world, *world.jurors)
    agree(client, world, *world.jurors[:2], level="4", seen=seen_now(world))
    address = f"/kandidaturen/{world.proposals[0].id}/beraad"
    text = client.get(address).get_data(as_text=True)
    assert "Eerder afgesproken (1)" in text and "3 juryleden erbij" in text and "niveau 3" in text
    agree(client, world, level="", reason="", seen=seen_now(world))
    text = client.get(address).get_data(as_text=True)
    assert "Eerder afgesproken (3)" in text and "ingetrokken" in text and "niveau 4" in text


def test_the_jury_and_the_region_read_along_and_only_the_chair_writes(client: FlaskClient) -> None:
    world = apart()
    agree(client.sign_in(world.chair), world, *world.jurors)
    address = f"/kandidaturen/{world.proposals[0].id}/beraad"
    for person in (world.jurors[1], world.regisseur):
        text = client.sign_in(person).get(address).get_data(as_text=True)
        assert "Consensus: 3" in text and "Na gesprek." in text and "Erbij waren" in text
        assert 'name="present"' not in text
        for page in ("beraad", "beraad/spreiding"):
            assert client.get(f"/oproepen/{world.call.id}/{page}").status_code == 200


def test_of_a_round_that_runs_nothing_is_laid_out(client: FlaskClient) -> None:
    world = apart(Phase.PITCH)
    shortlist(world, 0)
    for level, juror in zip((0, 5), world.jurors, strict=False):
        sheet(world, 0, juror, [level, level], round_name="pitch")
    client.sign_in(world.jurors[2])
    for page in ("beraad", "beraad?ronde=pitch", "beraad/spreiding", "beraad/spreiding?ronde=pitch"):
        text = client.get(f"/oproepen/{world.call.id}/{page}").get_data(as_text=True)
        assert "0 tot 5" not in text and "0–5" not in text and "Pitchronde" not in text
        assert world.organisations[0].name in text
    text = client.get(f"/kandidaturen/{world.proposals[0].id}/beraad").get_data(as_text=True)
    assert "(pitchronde)" not in text and "(schriftelijke ronde)" in text
    running = build(Phase.WRITTEN)
    client.sign_in(running.jurors[1])
    for page in ("beraad", "beraad/spreiding"):
        assert client.get(f"/oproepen/{running.call.id}/{page}").status_code == 403


def test_who_has_a_conflict_sees_nothing_of_that_applicant(client: FlaskClient) -> None:
    world = apart()
    with transaction():
        for place, name in enumerate(("Het verboden huis", "Het open huis")):
            db.session.get_one(Organisation, world.organisations[place].id).name = name
    declare(world, world.jurors[1], conflicts=(0,))
    client.sign_in(world.jurors[1])
    for page in ("beraad", "beraad?toon=open", "beraad/spreiding"):
        text = client.get(f"/oproepen/{world.call.id}/{page}").get_data(as_text=True)
        assert "Het verboden huis" not in text and "Het open huis" in text and "1 kandidatuur staat" in text
    other = client.get(f"/kandidaturen/{world.proposals[1].id}/beraad").get_data(as_text=True)
    assert "Het verboden huis" not in other
    assert client.get(f"/kandidaturen/{world.proposals[0].id}/beraad").status_code == 403


def test_the_filters_keep_what_they_promise(client: FlaskClient) -> None:
    world = apart()
    client.sign_in(world.chair)
    address = f"/oproepen/{world.call.id}/beraad"

    def listed(query: str) -> list[bool]:
        text = client.get(f"{address}?{query}").get_data(as_text=True)
        return ["1 tot 5" in text, "3 tot 4" in text]

    assert listed("") == [True, True]
    assert listed("toon=groot") == [True, False]
    assert listed("ronde=pitch") == [False, False]
    assert listed("ronde=onzin&toon=ook&pagina=-3") == [True, True]
    assert listed("pagina=99999999999999999999") == [True, True]
    agree(client, world, *world.jurors)
    assert listed("toon=open") == [False, True]
    assert "<strong>1 van 2</strong>" in client.get(address).get_data(as_text=True)


def test_as_many_questions_for_few_as_for_many(client: FlaskClient) -> None:
    counts: dict[str, set[int]] = {}
    for proposals, jurors in ((1, 2), (3, 3), (30, 4)):
        world = build(Phase.DECIDED, proposals=proposals, jurors=jurors)
        for place in range(proposals):
            for number, juror in enumerate(world.jurors):
                sheet(world, place, juror, [1 + number, 3])
        client.sign_in(world.chair)
        agree(client, world, *world.jurors[:2])
        for page in (
            f"/oproepen/{world.call.id}/beraad",
            f"/oproepen/{world.call.id}/beraad/spreiding",
            f"/kandidaturen/{world.proposals[0].id}/beraad",
        ):
            with queries() as asked:
                assert client.get(page).status_code == 200
            counts.setdefault(page.rpartition("/")[2] + page[:5], set()).add(len(asked))
    assert {len(found) for found in counts.values()} == {1}, counts


def test_the_service_itself_asks_the_chair_to_declare_first(app: Flask) -> None:
    world = build(Phase.DECIDED, declared=False, jurors=3)
    for juror in world.jurors[1:]:
        declare(world, juror)
        sheet(world, 0, juror, [3, 3])
    with pytest.raises(Forbidden):
        record_consensus(
            world.proposals[0].id,
            world.criteria()[0].id,
            "3",
            "Na overleg.",
            present=[one.id for one in world.jurors[1:]],
            seen="",
            by=actor_for(world.chair.id),
        )
    assert db.session.scalar(select(Consensus)) is None

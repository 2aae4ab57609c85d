"""The ranking: exact, with ties and thresholds, the same by SQL as by the pure rules, and quick."""

import json
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.outcome import Outcome, RoundWeights, combine_all
from app.domain.ranking import Ranking, rank
from app.domain.scoring import ProposalScore, score_proposals
from app.domain.timeline import Phase
from app.evaluation.models import Consensus
from app.evaluation.queries import ranking_of
from app.evaluation.standings import Summed, agreed_in, agreed_of, all_levels, rules_of, standings_of
from app.infra.database import db, transaction
from tests.counting import queries
from tests.evaluation.world import World, build, declare, may_skip, sheet


def totals(world: World) -> dict[int, Fraction | None]:
    return {one.proposal_id: one.score.total for one in ranking_of(world.call.id).placed}


def agree(world: World, place: int, criterion: int, level: int) -> None:
    with transaction() as now:
        db.session.add(
            Consensus(
                proposal_id=world.proposals[place].id,
                criterion_id=world.criteria()[criterion].id,
                level=level,
                reason="Na gesprek.",
                recorded_by_id=world.chair.id,
                recorded_at=now,
            )
        )


def test_a_total_worked_out_by_hand(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=1, criteria=3)
    sheet(world, 0, world.jurors[0], [5, 3, 2])
    sheet(world, 0, world.jurors[1], [4, 4, 1])
    # weights 34, 33, 33: averages 4,5 3,5 1,5 of 5 -> 30,6 + 23,1 + 9,9
    assert totals(world) == {world.proposals[0].id: Fraction("63.6")}
    (placed,) = ranking_of(world.call.id).placed
    assert not placed.passes
    (missed,) = placed.score.failures
    assert (missed.criterion_id, missed.reached, missed.needed) == (
        world.criteria()[2].id,
        Fraction(3, 2),
        Fraction(5, 2),
    )


def test_equal_totals_share_a_place_and_the_next_is_skipped(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=4)
    for place, levels in enumerate([[4, 3], [3, 4], [5, 5], [3, 3]]):
        sheet(world, place, world.jurors[0], levels)
    found = [(one.place, one.tied, one.proposal_id) for one in ranking_of(world.call.id).placed]
    ids = [one.id for one in world.proposals]
    assert found == [(1, False, ids[2]), (2, True, ids[0]), (2, True, ids[1]), (4, False, ids[3])]


def test_just_under_a_minimum_is_under_it(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=2, jurors=3)
    for juror, levels in zip(world.jurors, ([3, 3], [3, 3], [3, 3]), strict=True):
        sheet(world, 0, juror, levels)
    for juror, levels in zip(world.jurors, ([3, 3], [3, 3], [3, 2]), strict=True):
        sheet(world, 1, juror, levels)
    first, second = ranking_of(world.call.id).placed
    assert first.passes and first.score.total == 60
    assert not second.passes and second.score.total == Fraction(170, 3)


def test_both_rounds_count_by_the_share_of_the_call(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=1)
    with transaction():
        db.session.merge(world.call).written_share = Decimal(40)
    sheet(world, 0, world.jurors[0], [5, 5])
    sheet(world, 0, world.jurors[0], [3, 3], round_name="pitch")
    assert totals(world) == {world.proposals[0].id: Fraction(40 + 36)}


def test_a_conflict_takes_the_sheet_out_and_keeps_it(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=1)
    sheet(world, 0, world.jurors[0], [5, 5])
    kept = sheet(world, 0, world.jurors[1], [1, 1])
    assert totals(world) == {world.proposals[0].id: Fraction(60)}
    declare(world, world.jurors[1], conflicts=(0,))
    assert totals(world) == {world.proposals[0].id: Fraction(100)}
    assert db.session.get(type(kept), kept.id) is not None


def test_consensus_counts_instead_of_the_average_and_leaves_the_sheets_alone(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=1)
    sheet(world, 0, world.jurors[0], [5, 5])
    sheet(world, 0, world.jurors[1], [1, 5])
    agree(world, 0, 0, 4)
    assert totals(world) == {world.proposals[0].id: Fraction(90)}
    levels = all_levels(world.call.id, rules_of(world.call.id).rounds)["written"]
    first = world.criteria()[0].id
    assert sorted(one[first] for one in levels[world.proposals[0].id].values()) == [1, 5]


def test_a_proposal_nobody_scored_has_no_place(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=2)
    sheet(world, 0, world.jurors[0], [4, 4])
    sheet(world, 1, world.jurors[0], [4, 4], sent=False)
    ranking = ranking_of(world.call.id)
    assert [one.proposal_id for one in ranking.placed] == [world.proposals[0].id]
    assert [one.proposal_id for one in ranking.unscored] == [world.proposals[1].id]


@pytest.mark.parametrize("seed", range(9))
def test_the_sums_of_the_database_are_those_of_the_pure_rules(app: Flask, seed: int) -> None:
    chance = random.Random(seed)
    world = build(Phase.DECIDED, proposals=5, jurors=4, criteria=3)
    may_skip(world, 0, 2)
    skips = (0.0, 0.3, 0.8)[seed % 3]
    for place in range(5):
        for juror in world.jurors:
            for name in ("written", "pitch") if place < 3 else ("written",):
                if chance.random() < 0.8:
                    levels = [_level(chance, skipped) for skipped in (skips, 0, skips)]
                    sheet(world, place, juror, levels, round_name=name, sent=chance.random() < 0.9)
    declare(world, world.jurors[1], conflicts=(chance.randrange(5),))
    agree(world, chance.randrange(3), 0, chance.randint(0, 5))

    found = standings_of(world.call.id)
    agreed, rounds = agreed_of(world.call.id), rules_of(world.call.id).rounds
    levels = all_levels(world.call.id, rounds)
    pure = {
        name: score_proposals(
            rules,
            sheets := levels[name],
            {one: agreed_in(rules, agreed, one) for one in sheets},
            round_name=name,
        )
        for name, rules in rounds.items()
    }
    outcomes = combine_all(pure["written"], pure["pitch"], RoundWeights(Decimal(50), Decimal(50)))
    expected = rank(outcomes, {one: row.receipt_number for one, row in found.proposals.items()})
    facts = [
        [(one.place, one.tied, one.proposal_id, one.passes, one.score.total, one.score.failures) for one in r]
        for r in (found.ranking.placed, expected.placed)
    ]
    assert facts[0] == facts[1]
    assert _figures(found.ranking) == _figures(expected)


def _level(chance: random.Random, skipped: float) -> int | None:
    return None if chance.random() < skipped else chance.randint(0, 5)


def _figures(ranking: Ranking[Outcome]) -> list[Any]:
    """Averages and the lowest and highest sheet of both rounds, as each of the two ways knows them."""
    scores = [score for one in ranking.placed for score in (one.score.written, one.score.pitch) if score]
    return [(one.proposal_id, one.round, one.averages, _range(one)) for one in scores if one.sheet_count]


def _range(score: ProposalScore) -> tuple[Fraction, Fraction] | None:
    if isinstance(score, Summed):
        return score.range
    return (score.spread.lowest, score.spread.highest) if score.spread else None


def test_what_does_not_apply_leaves_the_denominator(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=3, criteria=3)
    may_skip(world, 0, 2)
    sheet(world, 0, world.jurors[0], [5, 3, None])
    sheet(world, 0, world.jurors[1], [4, 4, 1])
    # 34 x 4,5/5 + 33 x 3,5/5 + 33 x 1/5: the third is the level of one juror
    sheet(world, 1, world.jurors[0], [None, 3, 4])
    sheet(world, 1, world.jurors[1], [None, 4, 4])
    # (33 x 3,5/5 + 33 x 4/5) / 66: nobody scored the first, so it has no effect and no minimum
    sheet(world, 2, world.jurors[0], [None, 0, None])
    agree(world, 2, 0, 5)
    # (34 x 5/5 + 33 x 0) / 67: what the jury agreed upon counts
    ids = [one.id for one in world.proposals]
    assert totals(world) == {
        ids[0]: Fraction("30.6") + Fraction("23.1") + Fraction("6.6"),
        ids[1]: Fraction(75),
        ids[2]: Fraction(3400, 67),
    }
    passing = {one.proposal_id for one in ranking_of(world.call.id).placed if one.passes}
    assert passing == {ids[1]}


def test_a_sheet_in_which_nothing_applies_does_not_count(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=1)
    may_skip(world, 0, 1)
    sheet(world, 0, world.jurors[0], [None, None])
    assert totals(world) == {}
    sheet(world, 0, world.jurors[1], [4, None])
    assert totals(world) == {world.proposals[0].id: Fraction(80)}


def page(client: FlaskClient, world: World, **arguments: str) -> str:
    response = client.get(f"/oproepen/{world.call.id}/rangschikking", query_string=arguments)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_the_page_tells_places_totals_and_what_was_missed(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=2)
    for juror in world.jurors:
        sheet(world, 0, juror, [4, 4])
        sheet(world, 1, juror, [5, 2])
    text = page(client.sign_in(world.regisseur), world)
    assert "80,00" in text and "70,00" in text
    assert "Criterium 2: gemiddeld 2,00 waar 2,50 nodig is" in text
    assert "vast op 1" in text and "2 van 3" in text


def test_the_page_is_never_older_than_the_scores(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=1)
    sheet(world, 0, world.jurors[0], [4, 4])
    client.sign_in(world.regisseur)
    assert "80,00" in page(client, world)
    agree(world, 0, 0, 5)
    assert "90,00" in page(client, world)
    declare(world, world.jurors[0], conflicts=(0,))
    assert "Zonder scores" in page(client, world)


def test_as_many_queries_for_one_row_as_for_thirty(app: Flask, client: FlaskClient) -> None:
    counts = []
    for number in (1, 3, 30):
        world = build(Phase.DECIDED, proposals=number)
        for place in range(number):
            sheet(world, place, world.jurors[0], [3, place % 6])
        client.sign_in(world.regisseur)
        with queries() as seen:
            page(client, world)
        counts.append(len(seen))
    # the page below this many proposals also works out how firm each place is
    assert len(set(counts)) == 1 and counts[0] <= 12
    with queries() as seen:
        page(client, world)
    assert len(seen) <= 6


def test_an_empty_ranking_says_so(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=1)
    assert "Nog geen scores" in page(client.sign_in(world.regisseur), world)


def test_who_has_a_conflict_sees_no_ranking_before_the_decision_is_told(client: FlaskClient) -> None:
    world = build(Phase.DECIDED)
    sheet(world, 0, world.jurors[1], [4, 4])
    declare(world, world.chair, conflicts=(0,))
    assert client.sign_in(world.chair).get(f"/oproepen/{world.call.id}/rangschikking").status_code == 403
    assert client.sign_in(world.jurors[1]).get(f"/oproepen/{world.call.id}/rangschikking").status_code == 200


def test_the_command_prints_the_ranking_exactly(app: Flask) -> None:
    world = build(Phase.DECIDED, proposals=1, jurors=3)
    for juror, level in zip(world.jurors, (3, 4, 4), strict=True):
        sheet(world, 0, juror, [level, level])
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["ranking", "recompute", str(world.call.id)])
    (row,) = json.loads(result.output)["ranking"]
    assert (row["place"], row["exact"], row["total"], row["passes"]) == (1, "220/3", "73.33", True)
    missing = app.test_cli_runner().invoke(args=["ranking", "recompute", "999999"])
    assert missing.exit_code == 1 and "bestaat niet" in missing.output

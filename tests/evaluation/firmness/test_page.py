"""The page of how firm a ranking is: what it tells, to whom, and at what cost."""

import random
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.domain.timeline import Phase
from app.evaluation.firmness.presenters import firm_sentences
from app.evaluation.firmness.services import agreement_of, firm_of, recompute
from app.evaluation.models import Consensus, Score, ScoreSheet
from app.evaluation.standings import standings_of
from app.infra.database import db, transaction
from app.infra.remembered import forget
from tests import factories as make
from tests.counting import queries
from tests.evaluation.world import World, build, declare, sheet


def address(world: World) -> str:
    return f"/oproepen/{world.call.id}/rangschikking/stevigheid"


def page(client: FlaskClient, world: World, **arguments: Any) -> str:
    response = client.get(address(world), query_string=arguments)
    assert response.status_code == 200
    return response.get_data(as_text=True).replace("\u00a0", " ")


def scored(*levels_of_jurors: list[list[int]], phase: Phase = Phase.DECIDED) -> World:
    """A proposal for each argument: the levels of juror 1, 2, …"""
    jurors = max(len(one) for one in levels_of_jurors)
    world = build(phase, proposals=len(levels_of_jurors), jurors=jurors)
    for place, of_jurors in enumerate(levels_of_jurors):
        for juror, levels in zip(world.jurors, of_jurors, strict=False):
            sheet(world, place, juror, levels)
    return world


CLEAR = ([[5, 5], [5, 5]], [[3, 4], [4, 3]])
MIXED = ([[5, 5], [3, 3], [3, 3]], [[2, 2], [4, 4], [4, 4]])


def test_it_says_in_words_what_is_sure_and_what_is_close(client: FlaskClient) -> None:
    world = scored(*CLEAR)
    client.sign_in(world.regisseur)
    text = page(client, world)
    assert "blijft eerste: altijd als de jury opnieuw geloot wordt" in text
    assert "Geen twee kandidaten" in text

    world = scored(*MIXED)
    client.sign_in(world.regisseur)
    text = page(client, world)
    # the first juror is in none of the three draws in (2/3)³ = 29,6 %, and then they turn round
    (share,) = re.findall(r"wisselen in (\d+)\s% van de gevallen als de jury", text)
    assert 27 <= int(share) <= 32
    said = firm_sentences(firm_of(world.call.id))
    assert any(one.startswith("Plaats 1 en 2 (") for one in said)


def test_severity_and_agreement_are_those_worked_out_by_hand(client: FlaskClient) -> None:
    world = scored([[5, 5], [4, 4]], [[4, 4], [2, 2]])
    client.sign_in(world.regisseur)
    text = page(client, world)
    # totals 100 and 80 against 80 and 40
    assert "milder dan de anderen" in text and "+30,00" in text and "−30,00" in text
    # units (5, 4) and (4, 2): observed 2·1 + 2·4 = 10; expected both ways 2·(1+1+9+0+4+4) = 38;
    # interval alpha = 1 - 3·10/38 = 0,21
    assert "0,21" in text and "verdeeld" in text


def test_not_applicable_is_a_missing_value(app: Flask) -> None:
    world = scored([[5, 1], [3, 2]], [[4, 4], [4, 4]])
    with transaction():
        for one in world.criteria():
            db.session.merge(one).may_be_skipped = True
        row = db.session.query(Score).filter_by(level=1).one()
        row.level, row.not_applicable = None, True
    found = recompute(world.call.id)
    first = found.outcomes[world.proposals[0].id]
    # criterion 1: (5 + 3) / 2, criterion 2: only the second juror gave a level
    assert first.total == 80 * 50 / 100 + 40 * 50 / 100
    second = agreement_of(world.call.id, ()).rounds[0].criteria[1]
    assert second.compared == 1
    assert firm_of(world.call.id).order[0] == world.proposals[1].id


def test_a_late_conflict_takes_the_sheets_out_of_every_figure(app: Flask) -> None:
    world = scored([[5, 5], [1, 1]], [[4, 4], [4, 4]])
    assert firm_of(world.call.id).order[0] == world.proposals[1].id
    declare(world, world.jurors[1], conflicts=(0,))
    assert firm_of(world.call.id).order[0] == world.proposals[0].id
    (written,) = agreement_of(world.call.id, ()).rounds
    assert written.compared == 1, "the first has one sheet left: nothing to compare"


def test_who_is_in_conflict_before_the_result_is_public_sees_nothing(client: FlaskClient) -> None:
    world = scored(*MIXED)
    declare(world, world.chair, conflicts=(0,))
    assert client.sign_in(world.chair).get(address(world)).status_code == 403


def test_who_is_in_conflict_sees_afterwards_nothing_of_that_applicant(client: FlaskClient) -> None:
    world = scored(
        [[5, 5], [3, 3], [4, 4]],
        [[2, 2], [3, 3], [2, 3]],
        [[4, 4], [3, 4], [2, 2]],
        phase=Phase.COMMUNICATED,
    )
    declare(world, world.jurors[0], conflicts=(1,))
    client.sign_in(world.jurors[0])
    text = page(client, world)
    assert world.organisations[1].name not in text and "die is weggelaten" in text
    assert world.organisations[2].name in text
    jury = text.partition("Hoe eensgezind per criterium")[2]
    sheet_of_other = db.session.query(ScoreSheet).filter_by(
        proposal_id=world.proposals[1].id, juror_id=world.jurors[1].id
    )
    with transaction():
        for score in sheet_of_other.one().scores:
            score.level = 0
        sheet_of_other.one().version += 1
    assert page(client, world).partition("Hoe eensgezind per criterium")[2] == jury != ""
    client.sign_in(world.regisseur)
    assert page(client, world).partition("Hoe eensgezind per criterium")[2] != jury


@pytest.mark.parametrize("phase", [Phase.WRITTEN, Phase.PITCH], ids=lambda one: one.name)
def test_nobody_sees_it_while_the_jury_scores(client: FlaskClient, phase: Phase) -> None:
    world = build(phase)
    for person in (world.regisseur, world.chair, world.jurors[1]):
        assert client.sign_in(person).get(address(world)).status_code in (403, 404)


def test_an_applicant_is_told_nothing(client: FlaskClient) -> None:
    world = scored(*MIXED)
    owner = make.make_member(world.organisations[0])
    assert client.sign_in(owner).get(address(world)).status_code == 404


def test_nonsense_in_the_address_is_no_error(client: FlaskClient) -> None:
    world = scored(*MIXED)
    client.sign_in(world.regisseur)
    for sent in ("-1", "9" * 40, "٣", "", "1e9", "0", "3.5"):
        assert "eerste 2, en elk minimum" in page(client, world, eerste=sent)
    assert "eerste 1, en elk minimum" in page(client, world, eerste="1")


def test_without_scores_and_with_one_juror_it_says_so(client: FlaskClient) -> None:
    world = build(Phase.DECIDED, proposals=1)
    client.sign_in(world.regisseur)
    assert "Nog geen scores" in page(client, world)
    assert "niets te toetsen" in page(client, world, kort=1)
    sheet(world, 0, world.jurors[0], [4, 4])
    text = page(client, world)
    assert "niet te toetsen" in text and "jury opnieuw geloot</span>" not in text
    assert "valt niets te vergelijken" in text


def test_names_with_markup_and_other_directions_stay_names(client: FlaskClient) -> None:
    world = scored(*MIXED)
    with transaction():
        db.session.merge(world.organisations[0]).name = "<b>بيت</b> & Co 🏠"
    text = page(client.sign_in(world.regisseur), world)
    assert "<bdi>&lt;b&gt;بيت&lt;/b&gt; &amp; Co 🏠</bdi>" in text and "<b>بيت" not in text


def test_the_ranking_fetches_it_and_finds_it_without_script_too(client: FlaskClient) -> None:
    world = scored(*MIXED)
    client.sign_in(world.regisseur)
    text = client.get(f"/oproepen/{world.call.id}/rangschikking").get_data(as_text=True)
    assert f'hx-get="{address(world)}?kort=1"' in text and f'href="{address(world)}"' in text
    assert '<section class="pw-section" id="stevigheid"' in page(client, world, kort=1)


def test_as_many_queries_for_one_row_as_for_thirty(app: Flask, client: FlaskClient) -> None:
    counts = []
    for number in (1, 3, 30):
        world = scored(*([[3, place % 6], [4, place % 6]] for place in range(number)))
        client.sign_in(world.regisseur)
        forget()
        with queries() as seen:
            page(client, world)
        counts.append(len(seen))
    assert len(set(counts)) == 1 and counts[0] <= 22, counts
    with queries() as seen:
        page(client, world)
    assert len(seen) <= 8, "worked out once per version of the scores"


@pytest.mark.parametrize("seed", range(4))
def test_the_raw_rows_give_the_ranking_of_the_sums(app: Flask, seed: int) -> None:
    """The sums of the database and single scores, with everything a call may have."""
    chance = random.Random(seed)
    world = build(Phase.DECIDED, proposals=5, jurors=4, criteria=3)
    for place in range(5):
        for juror in world.jurors:
            for name in ("written", "pitch") if place < 3 else ("written",):
                if chance.random() < 0.8:
                    levels = [chance.randint(0, 5) for _ in range(3)]
                    sheet(world, place, juror, levels, round_name=name, sent=chance.random() < 0.9)
    declare(world, world.jurors[1], conflicts=(chance.randrange(5),))
    with transaction() as now:
        db.session.add(
            Consensus(
                proposal_id=world.proposals[chance.randrange(3)].id,
                criterion_id=world.criteria()[0].id,
                level=chance.randint(0, 5),
                reason="Na gesprek.",
                recorded_by_id=world.chair.id,
                recorded_at=now,
            )
        )
    facts = [
        [(one.place, one.tied, one.proposal_id, one.passes, one.score.total) for one in ranking.placed]
        for ranking in (recompute(world.call.id).ranking, standings_of(world.call.id).ranking)
    ]
    assert facts[0] == facts[1]

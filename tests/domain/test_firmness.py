"""The draws around a ranking: against a slow loop with the exact rules, and what has to hold of them."""

import random
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from app.domain.criteria import Criterion, Level, RoundRules
from app.domain.firmness import ANY, DRAWS, JURORS, KINDS, NEAR, Problem, Table, draw_all
from app.domain.firmness_rounds import RoundSheets, arrays_of
from app.domain.outcome import Outcome, RoundWeights
from app.domain.ranking import rank
from app.domain.scoring import score_proposal

SCALE = tuple(Level(value, "een niveau") for value in range(6))


def rules_with(*weights: int, minimum: int = 60, skippable: bool = False) -> RoundRules:
    made = (
        Criterion(at, f"c{at}", Decimal(one), SCALE, None, skippable) for at, one in enumerate(weights, 1)
    )
    return RoundRules(tuple(made), Decimal(minimum))


NONE = RoundSheets(rules_with(50, 50), {}, {})


def problem(sheets, rules=None, pitch=NONE, agreed=None, order=None, share=50):
    """`sheets` {proposal: {juror: levels}}; placed by the exact rules unless `order` is given."""
    rules = rules or rules_with(50, 50)
    written = RoundSheets(rules, as_sheets(sheets, rules), agreed or {})
    made = Problem(tuple(sheets), written, pitch, RoundWeights(Decimal(share), Decimal(100 - share)))
    return Problem(order or placed(made), written, pitch, made.weights)


def as_sheets(sheets, rules):
    return {
        proposal: {juror: dict(zip(rules.ids, levels, strict=True)) for juror, levels in jury.items()}
        for proposal, jury in sheets.items()
    }


def ranking(made, rules=None, jury=None):
    """By the exact rules: with other rules, or with `jury` (jurors, some more than once)."""

    def score(of, name, one):
        sheets = of.sheets.get(one, {})
        drawn = [juror for juror in jury or [] if juror in sheets]
        if drawn:  # each time as somebody else: then a juror drawn twice counts double
            sheets = {at: sheets[juror] for at, juror in enumerate(drawn)}
        own = (rules or {}).get(name, of.rules)
        return score_proposal(own, one, sheets, of.agreed.get(one), round_name=name)

    found = []
    for one in made.order:
        pitch = score(made.pitch, "pitch", one)
        pitch = pitch if pitch.sheet_count else None
        found.append(Outcome(one, score(made.written, "written", one), pitch, made.weights))
    return rank(found, {one: f"{one:05}" for one in made.order}).placed


def placed(made):
    return tuple(one.proposal_id for one in ranking(made))


def random_problem(seed, *, gaps=False, pitch=False, some=False):
    """Everything that a call may have: conflicts, gaps, a consensus, a pitch of some."""
    chance = random.Random(seed)
    rules = rules_with(40, 35, 25, skippable=gaps)

    def level():
        return None if gaps and chance.random() < 0.2 else chance.randint(0, 5)

    def row():
        levels = [level() for _ in rules.ids]
        return levels if any(one is not None for one in levels) else [3, 3, 3]

    def jury():
        return {one: row() for one in range(1, 5) if not some or one == 1 or chance.random() < 0.7}

    sheets = {proposal: jury() for proposal in range(1, 8)}
    agreed = {3: {2: 4}, 5: {1: 0}}
    spoken = RoundSheets(rules, as_sheets({one: jury() for one in (1, 3, 4)}, rules), {4: {3: 5}})
    return problem(sheets, rules, spoken if pitch else NONE, agreed, share=60)


def places_of(made, rankings):
    """counts [proposal, place - 1] as `Drawn` has them."""
    counts = np.zeros((len(made.order), len(made.order)), int)
    row = {one: at for at, one in enumerate(made.order)}
    for ranked in rankings:
        for one in ranked:
            counts[row[one.proposal_id], one.place - 1] += 1
    return counts


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shape", [{}, {"some": True}, {"gaps": True, "pitch": True, "some": True}], ids=str)
def test_drawing_jurors_is_the_exact_ranking_of_each_jury_drawn(seed, shape):
    made = random_problem(seed, **shape)
    table = Table(made)
    drawn = table.drawn(JURORS, 200)
    dice = np.random.Generator(np.random.PCG64([table._seed, KINDS.index(JURORS)]))
    times = dice.multinomial(4, [0.25] * 4, 200)
    rankings = [
        ranking(made, jury=[juror for juror, often in enumerate(row, 1) for _ in range(often)])
        for row in times
    ]
    assert (drawn.counts == places_of(made, rankings)).all()
    passes = Counter(one.proposal_id for ranked in rankings for one in ranked if one.passes)
    assert list(drawn.passes) == [passes[one] for one in made.order]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shape", [{}, {"gaps": True, "some": True}], ids=str)
def test_drawing_weights_is_the_exact_ranking_with_those_weights(seed, shape):
    made = random_problem(seed, **shape)
    table = Table(made)
    drawn = table.drawn(ANY, 150)
    dice = np.random.Generator(np.random.PCG64([table._seed, KINDS.index(ANY)]))
    rankings = []
    for row in dice.standard_exponential((150, 3)):
        weights = [Decimal(float(one)) for one in row / row.sum() * 100]
        own = made.written.rules
        pairs = zip(own.criteria, weights, strict=True)
        criteria = tuple(Criterion(c.id, c.name, w, SCALE, None, c.may_be_skipped) for c, w in pairs)
        rankings.append(ranking(made, rules={"written": RoundRules(criteria, own.minimum_total)}))
    assert (drawn.counts == places_of(made, rankings)).all()


def test_everybody_sees_the_same_draws_and_other_scores_give_others():
    one, same = draw_all(random_problem(1), 500), draw_all(random_problem(1), 500)
    assert all((one[kind].counts == same[kind].counts).all() for kind in KINDS)
    assert Table(random_problem(1))._seed != Table(random_problem(2))._seed


def test_every_draw_gives_everybody_one_place():
    for kind, drawn in draw_all(random_problem(3, pitch=True), 1000).items():
        assert (drawn.counts.sum(axis=1) == 1000).all(), kind
        assert drawn.counts[:, 0].sum() >= 1000, "somebody is always first"


def test_who_is_best_on_all_criteria_and_by_all_jurors_is_always_first():
    made = problem({1: {1: [5, 5], 2: [5, 5]}, 2: {1: [4, 3], 2: [3, 4]}, 3: {1: [3, 3], 2: [4, 3]}})
    for drawn in draw_all(made).values():
        assert drawn.interval(0) == drawn.extremes(0) == (1, 1)
        assert drawn.among_first(0, 1) == 1 and drawn.swapped(0) == 0
        assert drawn.passing(0) == 1


def test_equal_scores_share_a_place_in_every_draw_of_weights():
    made = problem({1: {1: [4, 3]}, 2: {1: [4, 3]}, 3: {1: [1, 1]}})
    for kind in (ANY, NEAR):
        drawn = draw_all(made, 400)[kind]
        assert [drawn.extremes(at) for at in range(3)] == [(1, 1), (1, 1), (3, 3)]
        assert drawn.swapped(0) == 0


def test_two_mirrored_proposals_swap_in_about_half_of_all_weightings():
    drawn = draw_all(problem({1: {1: [5, 3]}, 2: {1: [3, 5]}}))[ANY]
    assert abs(drawn.swapped(0) - Fraction(1, 2)) < Fraction(2, 100)
    assert drawn.interval(0) == (1, 2)


def test_three_against_one_swap_as_often_as_can_be_reckoned():
    # levels (5, 1) against (2, 2): first wins when its weight w > 1/4; uniform on [0, 1], so 75 % of draws
    made = problem({1: {1: [5, 1]}, 2: {1: [2, 2]}}, rules_with(50, 50, minimum=0), order=(1, 2))
    drawn = Table(made).drawn(ANY, DRAWS)
    # both miss a minimum of a criterion, so only the total orders them
    assert abs(drawn.among_first(0, 1) - Fraction(3, 4)) < Fraction(2, 100)


def test_a_tenth_more_or_less_turns_nothing_that_lies_further_apart():
    made = problem({1: {1: [5, 3]}, 2: {1: [3, 4]}})  # 80 against 70; at most 81 and 70,5 the other way
    assert draw_all(made)[NEAR].swapped(0) == 0


def test_who_misses_a_minimum_in_a_draw_falls_behind_in_it():
    made = problem({1: {1: [5, 5], 2: [5, 0]}, 2: {1: [3, 3], 2: [3, 3]}})
    drawn = draw_all(made)[JURORS]
    # both sheets of the second juror: one draw in four, and then the first misses its second criterion
    assert abs(drawn.passing(0) - Fraction(3, 4)) < Fraction(2, 100)
    assert drawn.interval(0) == (1, 2)


def test_one_proposal_or_one_juror_or_nobody_is_no_trouble():
    assert draw_all(Problem((), NONE, NONE, RoundWeights())) == {}
    for drawn in draw_all(problem({1: {1: [4, 4]}}), 50).values():
        assert drawn.interval(0) == (1, 1) and len(drawn.swaps) == 0


def test_more_proposals_than_fit_in_small_numbers():
    chance = random.Random(5)
    rules = rules_with(50, 50)
    made = problem({one: {1: [chance.randint(0, 5), chance.randint(0, 5)]} for one in range(1, 1300)}, rules)
    drawn = Table(made).drawn(NEAR, 20)
    assert (drawn.counts.sum(axis=1) == 20).all() and drawn.extremes(0)[0] == 1


def test_the_own_weights_give_the_own_totals():
    made = random_problem(2, gaps=True, some=True)
    arrays = arrays_of(made.written, made.order, [1, 2, 3, 4])
    own = arrays.totals_for(arrays.weights[np.newaxis])[0]
    exact = {one.proposal_id: float(one.score.total) for one in ranking(made)}
    assert own == pytest.approx([exact[one] for one in made.order], abs=1e-9)

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import DomainError
from app.domain.outcome import RoundWeights, check_round_weights, combine, combine_all
from app.domain.scoring import (
    DEFAULT_PITCH,
    DEFAULT_WRITTEN,
    Criterion,
    Failure,
    Level,
    RoundRules,
    check_rules,
    parse_level,
    rule_problems,
    score_proposal,
    score_proposals,
    sheet_total,
    shown,
)

SCALE = tuple(Level(value, f"Niveau {value} in een zin.") for value in range(6))


def criterion(number, weight, **changes):
    return replace(Criterion(number, f"Criterium {number}", Decimal(weight), SCALE), **changes)


def rules(*weights, **changes):
    return RoundRules(tuple(criterion(at, weight) for at, weight in enumerate(weights, 1)), **changes)


def all_at(level, of=DEFAULT_WRITTEN):
    return {number: level for number in of.ids}


def codes(of):
    return [problem.code for problem in rule_problems(of)]


def refusal(call, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        call(*args, **kwargs)
    return caught.value


# The published rules


def test_the_defaults_have_the_weights_of_the_programme():
    assert [int(one.weight) for one in DEFAULT_WRITTEN.criteria] == [30, 25, 20, 15, 10]
    assert [int(one.weight) for one in DEFAULT_PITCH.criteria] == [30, 30, 20, 20]
    check_rules(DEFAULT_WRITTEN)
    check_rules(DEFAULT_PITCH)


def test_every_default_level_says_something_of_its_own():
    levels = [level for of in (DEFAULT_WRITTEN, DEFAULT_PITCH) for one in of.criteria for level in one.levels]
    assert len({level.description for level in levels}) == len(levels) == 54
    assert all(level.description.endswith(".") and len(level.description) > 25 for level in levels)


def test_weights_that_do_not_add_up_to_100_are_refused_with_their_total():
    error = refusal(check_rules, rules("30", "25", "20", "15", "9.99"))
    assert (error.code, error.facts["total"]) == ("weights_not_100", Decimal("99.99"))


def test_weights_with_many_decimals_are_added_exactly():
    assert codes(rules("33.3333", "33.3333", "33.3334")) == []
    assert codes(rules("50", "50." + "0" * 39 + "1")) == ["weights_not_100"]


@pytest.mark.parametrize("weight", ["0", "-10", "NaN", "sNaN", "Infinity", "1E+999999999", "1E-999999999"])
def test_a_weight_is_a_positive_number(weight):
    assert codes(rules("100", weight)) == ["weight_not_positive"]


def test_a_round_has_criteria():
    assert codes(RoundRules(())) == ["no_criteria"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"levels": ()}, "too_few_levels"),
        ({"levels": SCALE[:1]}, "too_few_levels"),
        ({"levels": (*SCALE, Level(6, "  "))}, "level_without_description"),
        ({"levels": (*SCALE, Level(5, "Nog een vijf."))}, "level_duplicate"),
        ({"levels": (*SCALE, Level(-1, "Onder nul."))}, "level_negative"),
        ({"minimum": Decimal("5.01")}, "minimum_off_scale"),
        ({"minimum": Decimal("-1")}, "minimum_off_scale"),
        ({"minimum": Decimal("NaN")}, "minimum_off_scale"),
        ({"name": " "}, "criterion_without_name"),
    ],
)
def test_a_criterion_that_cannot_be_scored_is_refused_by_name(changes, code):
    problems = list(rule_problems(RoundRules((criterion(7, 100, **changes),))))
    assert [one.code for one in problems] == [code]
    assert problems[0].facts["criterion"] == 7


def test_two_criteria_never_share_an_id():
    assert codes(RoundRules((criterion(1, 50), criterion(1, 50)))) == ["criterion_duplicate"]


@pytest.mark.parametrize("minimum", ["-1", "100.01", "NaN", "Infinity"])
def test_the_minimum_in_all_is_a_percentage(minimum):
    assert codes(rules(100, minimum_total=Decimal(minimum))) == ["minimum_total_out_of_range"]


def test_everything_wrong_is_told_at_once():
    assert codes(RoundRules((criterion(1, 0, name="", levels=()),), Decimal(101))) == [
        "criterion_without_name",
        "weight_not_positive",
        "too_few_levels",
        "minimum_total_out_of_range",
    ]


# One sheet


@pytest.mark.parametrize("raw", ["3", 3])
def test_a_published_level_is_read(raw):
    assert parse_level(criterion(1, 100), raw) == 3


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        " 3",
        "3 ",
        "3\n",
        "03",
        "+3",
        "-1",
        "-0",
        "6",
        "3.0",
        "3,0",
        "1e0",
        "NaN",
        "inf",
        "３",
        "٣",
        "²",
    ]
    + [6, -1, 3.0, float("nan"), True, False, None, b"3"],
)
def test_anything_else_is_not_on_the_scale(raw):
    assert refusal(parse_level, criterion(1, 100), raw).code == "level_not_on_scale"


def test_a_sheet_with_the_highest_levels_is_100_and_with_the_lowest_0():
    assert sheet_total(DEFAULT_WRITTEN, all_at(5)) == 100
    assert sheet_total(DEFAULT_WRITTEN, all_at(0)) == 0


def test_a_total_is_the_weighted_share_of_the_highest_levels():
    assert sheet_total(DEFAULT_WRITTEN, {1: 4, 2: 3, 3: 5, 4: 2, 5: 1}) == 24 + 15 + 20 + 6 + 2


def test_weights_with_decimals_on_a_scale_of_seven_stay_exact():
    scale = tuple(Level(value, "Zin.") for value in (1, 3, 7))
    odd = RoundRules((criterion(1, "33.3", levels=scale), criterion(2, "66.7", levels=scale)))
    assert sheet_total(odd, {1: 3, 2: 1}) == Fraction("33.3") * 3 / 7 + Fraction("66.7") / 7


def test_an_incomplete_sheet_names_what_is_missing():
    error = refusal(sheet_total, DEFAULT_WRITTEN, {1: 4, 3: 5})
    assert (error.code, error.facts["missing"]) == ("sheet_incomplete", [2, 4, 5])


def test_a_sheet_with_a_criterion_of_another_call_is_refused():
    error = refusal(sheet_total, DEFAULT_WRITTEN, all_at(3) | {99: 3})
    assert (error.code, error.facts["foreign"]) == ("sheet_foreign_criterion", [99])


@given(st.lists(st.integers(0, 5), min_size=5, max_size=5))
@settings(max_examples=25, deadline=None)
def test_raising_a_level_never_lowers_a_total(levels):
    lower = dict(enumerate(levels, 1))
    higher = lower | {1: min(5, lower[1] + 1)}
    assert 0 <= sheet_total(DEFAULT_WRITTEN, lower) <= sheet_total(DEFAULT_WRITTEN, higher) <= 100


# Several sheets


def test_without_sheets_there_is_no_total_no_spread_and_no_pass():
    score = score_proposal(DEFAULT_WRITTEN, 1, {})
    assert (score.total, score.spread, score.passes, score.failures) == (None, None, False, ())
    assert (score.averages, score.criterion_spreads, score.sheet_totals) == ({}, {}, {})


def test_the_total_is_the_average_of_the_sheets():
    score = score_proposal(DEFAULT_WRITTEN, 1, {8: all_at(5), 9: all_at(2), 10: all_at(3)})
    assert score.total == Fraction(1000, 15)
    assert score.averages == dict.fromkeys(range(1, 6), Fraction(10, 3))
    assert score.sheet_totals == {8: 100, 9: 40, 10: 60}
    assert (score.sheet_count, score.jurors) == (3, (8, 9, 10))


def test_the_spread_is_lowest_highest_and_the_deviation_of_the_whole_jury():
    score = score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(5), 2: all_at(3)})
    assert (score.spread.lowest, score.spread.highest, score.spread.width) == (60, 100, 40)
    assert score.spread.deviation == Decimal("20.00")
    assert score.criterion_spreads[4].variance == 1


def test_a_single_sheet_has_no_spread_to_speak_of():
    assert score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(4)}).spread.deviation == Decimal("0.00")


def test_a_minimum_on_a_criterion_defaults_to_half_of_the_highest_level():
    just = score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(4) | {5: 3}, 2: all_at(4) | {5: 2}})
    short = score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(4) | {5: 2}, 2: all_at(4) | {5: 2}})
    assert just.passes
    assert short.failures == (Failure(5, Fraction(2), Fraction(5, 2)),)


def test_a_minimum_of_its_own_replaces_the_half():
    strict = RoundRules((criterion(1, 100, minimum=Decimal("3.5")),), Decimal(0))
    assert score_proposal(strict, 1, {1: {1: 4}, 2: {1: 3}}).passes
    assert not score_proposal(strict, 1, {1: {1: 3}}).passes


def test_60_percent_passes_and_a_hair_less_does_not_even_when_it_shows_the_same():
    fine = tuple(Level(value, "Zin.") for value in range(20_001))
    of = RoundRules((criterion(1, 100, levels=fine, minimum=Decimal(0)),))
    assert score_proposal(of, 1, {1: {1: 12_000}}).passes
    short = score_proposal(of, 1, {1: {1: 11_999}})
    assert shown(short.total) == Decimal("60.00")
    assert short.failures == (Failure(None, Fraction("59.995"), Fraction(60)),)


def test_consensus_overrides_the_average_of_its_criterion_only():
    sheets = {1: all_at(5), 2: all_at(1)}
    score = score_proposal(DEFAULT_WRITTEN, 1, sheets, {1: 5})
    assert score.averages == {1: 5, 2: 3, 3: 3, 4: 3, 5: 3}
    assert score.total == 30 + Fraction(70 * 3, 5)
    assert score.agreed == {1}
    assert score.spread == score_proposal(DEFAULT_WRITTEN, 1, sheets).spread


def test_consensus_may_lie_between_two_levels():
    score = score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(3)}, {5: Decimal("2.5"), 4: Fraction(1, 3)})
    assert (score.averages[5], score.averages[4]) == (Fraction(5, 2), Fraction(1, 3))
    assert [one.criterion_id for one in score.failures] == [4, None]


@pytest.mark.parametrize("level", [6, -1, Decimal("NaN"), Decimal("5.01"), Decimal("Infinity")])
def test_consensus_stays_on_the_scale(level):
    error = refusal(score_proposal, DEFAULT_WRITTEN, 1, {1: all_at(3)}, {2: level})
    assert (error.code, error.facts["criterion"]) == ("consensus_off_scale", 2)


def test_consensus_on_a_criterion_of_another_call_is_refused():
    error = refusal(score_proposal, DEFAULT_WRITTEN, 1, {1: all_at(3)}, {99: 3})
    assert error.code == "sheet_foreign_criterion"


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ({1: 4}, "sheet_incomplete"),
        ({1: 4, 2: 4, 3: 4, 4: 4, 9: 4}, "sheet_incomplete"),
        (all_at(3) | {9: 3}, "sheet_foreign_criterion"),
        (all_at(3) | {2: 6}, "level_not_on_scale"),
        (all_at(3) | {2: float("nan")}, "level_not_on_scale"),
    ],
)
def test_a_bad_sheet_among_good_ones_is_found(sheet, code):
    assert (
        refusal(score_proposals, DEFAULT_WRITTEN, {1: {1: all_at(3)}, 2: {1: all_at(2), 2: sheet}}).code
        == code
    )


def test_leaving_out_a_juror_is_as_if_the_sheet_was_never_there():
    sheets = {1: all_at(5), 2: all_at(1), 3: all_at(4)}
    score = score_proposal(DEFAULT_WRITTEN, 1, sheets, {1: 4})
    assert score.without(2) == score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(5), 3: all_at(4)}, {1: 4})
    assert score.without(99) is score


@given(
    st.dictionaries(
        st.integers(1, 9), st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=1, max_size=5
    )
)
@settings(max_examples=25, deadline=None)
def test_the_average_of_totals_is_the_total_of_averages(levels):
    sheets = {juror: dict(enumerate(row, 1)) for juror, row in levels.items()}
    score = score_proposal(DEFAULT_WRITTEN, 1, sheets)
    totals = [sheet_total(DEFAULT_WRITTEN, sheet) for sheet in sheets.values()]
    assert score.total == sum(totals, Fraction(0)) / len(totals)
    assert list(score.sheet_totals.values()) == totals
    assert (score.spread.lowest, score.spread.highest) == (min(totals), max(totals))
    assert score.passes == (not score.failures)


# What does not apply


def skippable(*weights):
    return RoundRules(
        tuple(criterion(at, weight, may_be_skipped=True) for at, weight in enumerate(weights, 1))
    )


def test_a_criterion_that_does_not_apply_leaves_the_denominator_of_a_sheet():
    of = skippable(50, 30, 20)
    assert sheet_total(of, {1: 4, 2: None, 3: 1}) == Fraction(40 + 4) / 70 * 100
    assert sheet_total(of, {1: None, 2: None, 3: 5}) == 100


def test_a_sheet_in_which_nothing_applies_has_no_total():
    assert refusal(sheet_total, skippable(60, 40), {1: None, 2: None}).code == "sheet_without_level"
    assert refusal(score_proposal, skippable(60, 40), 1, {1: {1: 3, 2: 3}, 2: {1: None, 2: None}}).code == (
        "sheet_without_level"
    )


def test_only_a_criterion_that_may_be_skipped_is_skipped():
    error = refusal(sheet_total, DEFAULT_WRITTEN, all_at(3) | {2: None})
    assert (error.code, error.facts["criterion"]) == ("criterion_not_skippable", 2)


def test_the_average_of_a_criterion_is_that_of_who_scored_it():
    of = skippable(50, 30, 20)
    score = score_proposal(of, 1, {1: {1: 5, 2: 2, 3: None}, 2: {1: 3, 2: None, 3: 4}, 3: {1: 4, 2: 3, 3: 3}})
    assert score.averages == {1: 4, 2: Fraction(5, 2), 3: Fraction(7, 2)}
    assert score.total == 40 + 15 + 14
    # own sheets: (50 + 12) / 80, (30 + 16) / 70 and 40 + 18 + 12
    assert score.sheet_totals == {1: Fraction(155, 2), 2: Fraction(460, 7), 3: 70}
    assert (score.spread.lowest, score.spread.highest) == (Fraction(460, 7), Fraction(155, 2))
    assert score.criterion_spreads[2].variance == Fraction(1, 4)


def test_a_criterion_nobody_scored_has_no_effect_and_no_minimum():
    of = skippable(50, 30, 20)
    score = score_proposal(of, 1, {1: {1: 3, 2: 3, 3: None}, 2: {1: 4, 2: 2, 3: None}})
    assert score.total == Fraction(35 + 15) / 80 * 100
    assert score.averages == {1: Fraction(7, 2), 2: Fraction(5, 2)}
    assert 3 not in score.criterion_spreads
    assert score.passes and score.failures == ()


def test_the_consensus_counts_where_nobody_scored():
    of = skippable(50, 50)
    score = score_proposal(of, 1, {1: {1: 4, 2: None}}, {2: 2})
    assert (score.total, score.averages, score.agreed) == (60, {1: 4, 2: 2}, {2})
    assert [one.criterion_id for one in score.failures] == [2]


def test_leaving_out_the_only_juror_who_scored_a_criterion_takes_it_out():
    of = skippable(50, 50)
    sheets = {1: {1: 4, 2: None}, 2: {1: 2, 2: 1}}
    score = score_proposal(of, 1, sheets)
    assert score.total == 30 + 10
    assert score.without(2) == score_proposal(of, 1, {1: sheets[1]})
    assert score.without(2).total == 80


@given(
    st.lists(st.lists(st.none() | st.integers(0, 5), min_size=3, max_size=3), min_size=1, max_size=5),
    st.none() | st.integers(0, 5),
)
@settings(max_examples=60, deadline=None)
def test_the_total_is_the_definition_whatever_is_skipped(rows, agreed):
    of = RoundRules(
        tuple(
            criterion(at, weight, may_be_skipped=True) for at, weight in enumerate(("33.3", "41.7", "25"), 1)
        )
    )
    rows = [row for row in rows if set(row) != {None}]
    sheets = {juror: dict(enumerate(row, 1)) for juror, row in enumerate(rows)}
    score = score_proposal(of, 1, sheets, {} if agreed is None else {2: agreed})
    reached, weights = Fraction(0), Fraction(0)
    for at, one in enumerate(of.criteria):
        levels = [row[at] for row in rows if row[at] is not None]
        if one.id == 2 and agreed is not None:
            levels = [agreed]
        if levels:
            reached += Fraction(one.weight) * Fraction(sum(levels), len(levels)) / 5
            weights += Fraction(one.weight)
    assert score.total == (100 * reached / weights if rows else None)
    assert not rows or 0 <= score.total <= 100
    assert score.passes == (bool(rows) and not score.failures)


# What is shown


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(2, 3), "0.67"),
        (Fraction(1, 200), "0.01"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction("2.675"), "2.68"),
        (Decimal("66.665"), "66.67"),
        (60, "60.00"),
        (Fraction(4999, 1_000_000), "0.00"),
    ],
)
def test_numbers_are_shown_with_two_decimals_and_halves_go_up(number, text):
    assert str(shown(number)) == text


# Two rounds


def pitch(sheets, **changes):
    return score_proposal(DEFAULT_PITCH, 1, sheets, round_name="pitch", **changes)


def test_both_rounds_count_half_by_default():
    outcome = combine(
        score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(3)}), pitch({1: all_at(5, DEFAULT_PITCH)})
    )
    assert (outcome.total, outcome.passes, outcome.pitched) == (80, True, True)


def test_other_weights_of_the_rounds_are_followed_exactly():
    weights = RoundWeights(Decimal("66.6"), Decimal("33.4"))
    written = score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(3)})
    assert combine(written, pitch({1: all_at(5, DEFAULT_PITCH)}), weights).total == Fraction("73.36")


@pytest.mark.parametrize("held", [None, pitch({})])
def test_without_a_pitch_the_written_round_counts_alone(held):
    written = score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(2)})
    outcome = combine(written, held)
    assert (outcome.total, outcome.failures, outcome.pitched) == (40, written.failures, False)


def test_a_proposal_nobody_read_has_no_total():
    outcome = combine(score_proposal(DEFAULT_WRITTEN, 1, {}), pitch({1: all_at(4, DEFAULT_PITCH)}))
    assert (outcome.total, outcome.passes) == (None, False)


def test_a_minimum_on_a_criterion_of_either_round_still_holds_and_says_which():
    written = score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(5) | {5: 2}})
    outcome = combine(written, pitch({1: all_at(5, DEFAULT_PITCH) | {2: 1}}))
    assert [(one.round, one.criterion_id) for one in outcome.failures] == [("written", 5), ("pitch", 2)]


def test_the_minimum_in_all_is_asked_of_both_rounds_together():
    weak = replace(
        DEFAULT_WRITTEN, criteria=tuple(replace(c, minimum=Decimal(0)) for c in DEFAULT_WRITTEN.criteria)
    )
    written = score_proposal(weak, 1, {1: all_at(2)})
    assert combine(written, pitch({1: all_at(4, DEFAULT_PITCH)})).passes
    failed = combine(written, pitch({1: all_at(3, DEFAULT_PITCH)}))
    assert failed.failures == (Failure(None, Fraction(50), Fraction(60), "both"),)


def test_a_juror_is_left_out_of_both_rounds():
    written = score_proposal(DEFAULT_WRITTEN, 1, {1: all_at(5), 2: all_at(3)})
    outcome = combine(written, pitch({2: all_at(2, DEFAULT_PITCH), 3: all_at(4, DEFAULT_PITCH)}))
    assert outcome.jurors == (1, 2, 3)
    assert outcome.sheet_count == 4
    assert outcome.without(2).total == (100 + 80) / 2
    assert outcome.without(9) is outcome


def test_a_whole_call_is_combined_proposal_by_proposal():
    written = score_proposals(DEFAULT_WRITTEN, {1: {1: all_at(3)}, 2: {1: all_at(4)}})
    assert [one.total for one in combine_all(written, [pitch({1: all_at(5, DEFAULT_PITCH)})])] == [80, 80]


def test_two_different_proposals_are_never_combined():
    with pytest.raises(ValueError, match="different proposals"):
        combine(score_proposal(DEFAULT_WRITTEN, 2, {}), pitch({}))


@pytest.mark.parametrize(
    ("written", "held", "code"),
    [
        ("50", "49", "round_weights_not_100"),
        ("100", "0", "round_weight_not_positive"),
        ("NaN", "50", "round_weight_not_positive"),
    ],
)
def test_the_weights_of_the_rounds_add_up_to_100(written, held, code):
    assert refusal(check_round_weights, RoundWeights(Decimal(written), Decimal(held))).code == code

"""The rules of a new evaluation, on plain values."""

from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.criteria import Criterion, Level, RoundRules
from app.domain.errors import DomainError
from app.domain.outcome import Outcome, RoundWeights
from app.domain.ranking import rank
from app.domain.reassessment import (
    Standing,
    check_closing,
    check_panel,
    ranking_on_a_copy,
    shifts,
    with_new_scores,
)
from app.domain.scoring import score_proposal

LEVELS = tuple(Level(value, f"Niveau {value}") for value in range(6))
RULES = {
    name: RoundRules((Criterion(number, name, Decimal(100), LEVELS, None),), Decimal(60))
    for number, name in ((1, "written"), (2, "pitch"))
}


def outcome(proposal: int, written: int, pitch: int | None = None, agreed: int | None = None) -> Outcome:
    first = score_proposal(
        RULES["written"], proposal, {7: {1: written}, 8: {1: written}}, {1: agreed} if agreed else None
    )
    second = (
        score_proposal(RULES["pitch"], proposal, {7: {2: pitch}}, round_name="pitch")
        if pitch is not None
        else None
    )
    return Outcome(proposal, first, second, RoundWeights())


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ((), "reassess_too_few"),
        ((1,), "reassess_too_few"),
        ((1, 1), "reassess_too_few"),
        ((1, 2), None),
        ((1, 8), None),
        ((7, 8), "reassess_mostly_scored"),
        ((1, 7, 8), "reassess_mostly_scored"),
        ((1, 2, 7, 8), None),
        ((1, 99), "reassess_juror_unknown"),
    ],
)
def test_at_least_two_people_of_whom_half_did_not_score(named: tuple[int, ...], code: str | None) -> None:
    if code is None:
        check_panel(named, {1, 2, 3, 7, 8}, {7, 8})
        return
    with pytest.raises(DomainError, match=code):
        check_panel(named, {1, 2, 3, 7, 8}, {7, 8})


def test_too_many_people_are_refused() -> None:
    with pytest.raises(DomainError, match="reassess_too_many"):
        check_panel(range(1, 14), set(range(1, 20)), set())


def test_what_is_in_at_the_end_keeps_the_same_rule() -> None:
    check_closing({1, 7}, {1, 2, 7}, {7})
    with pytest.raises(DomainError, match="reassess_too_few_in"):
        check_closing({1, 99}, {1, 2, 7}, {7})
    with pytest.raises(DomainError, match="reassess_mostly_scored_in"):
        check_closing({1, 7, 8}, {1, 2, 7, 8}, {7, 8})


def test_new_scores_replace_one_round_and_what_was_agreed_in_it() -> None:
    old = outcome(1, 2, 4, agreed=1)
    anew = with_new_scores(old, RULES, {"written": {1: {1: 5}, 2: {1: 4}}})
    assert anew.written.total == 90 and not anew.written.agreed
    assert anew.pitch is old.pitch and anew.total == Fraction(90 + 80, 2)
    assert old.total == Fraction(20 + 80, 2), "the first outcome stays as it was"
    both = with_new_scores(old, RULES, {"written": {1: {1: 5}}, "pitch": {1: {2: 5}}})
    assert both.total == 100


def test_a_proposal_that_never_pitched_can_be_given_a_pitch() -> None:
    anew = with_new_scores(outcome(1, 3), RULES, {"pitch": {1: {2: 5}}})
    assert anew.pitched and anew.total == 80


def test_the_copy_says_who_moves_and_who_turns() -> None:
    outcomes = {1: outcome(1, 4, 4), 2: outcome(2, 3, 3), 3: outcome(3, 2, 2)}
    numbers = {1: "A", 2: "B", 3: "C"}
    before = {
        one.proposal_id: Standing(one.place, one.tied, one.score.total, one.passes)
        for one in rank(list(outcomes.values()), numbers).placed
    }
    anew = {3: with_new_scores(outcomes[3], RULES, {"written": {1: {1: 5}}, "pitch": {1: {2: 5}}})}
    found = shifts(before, ranking_on_a_copy(outcomes, anew, numbers), 1)
    assert [(one.proposal_id, one.before.place, one.after.place) for one in found] == [
        (3, 3, 1),
        (1, 1, 2),
        (2, 2, 3),
    ]
    assert [(one.chosen_before, one.chosen_after) for one in found] == [
        (False, True),
        (True, False),
        (False, False),
    ]
    assert [one.turned for one in found] == [True, True, False] and all(one.moved for one in found)


def test_who_is_below_a_minimum_is_not_among_the_first() -> None:
    outcomes = {1: outcome(1, 2, 2)}
    (only,) = shifts({}, rank(list(outcomes.values()), {1: "A"}), 1)
    assert only.after.place == 1 and not only.after.passes and not only.chosen_after
    assert only.before.place is None

"""What moved a proposal, worked out by hand, and adding up exactly whatever happened."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.criteria import Criterion, Level, RoundRules
from app.domain.outcome import RoundWeights
from app.domain.scoring import Sheet, score_proposal
from app.domain.shifts import AGREED, PITCH, SHEET_OUT, Judged, overtaken, shift_of

LEVELS = tuple(Level(one, f"niveau {one}") for one in range(6))


def rules(*weights: int, first: int = 1) -> RoundRules:
    made = [
        Criterion(first + at, f"Criterium {first + at}", Decimal(weight), LEVELS)
        for at, weight in enumerate(weights)
    ]
    return RoundRules(tuple(made), Decimal(60))


WRITTEN, HEARD = rules(60, 40), rules(50, 50, first=11)
HALF = RoundWeights(Decimal(50), Decimal(50))


def judged(of: RoundRules, sheets: dict[int, list[int]], out: tuple[int, ...] = (), **agreed: int) -> Judged:
    made: dict[int, Sheet] = {one: dict(zip(of.ids, levels, strict=True)) for one, levels in sheets.items()}
    return Judged(
        of,
        {one: sheet for one, sheet in made.items() if one not in out},
        {one: made[one] for one in out},
        {int(name[1:]): level for name, level in agreed.items()},
    )


def test_the_pitch_criterion_by_criterion_worked_out_by_hand() -> None:
    # written 3/5 and 3/5: 60; pitch 5/5 and 4/5: 100 and 80, each for a half: 90; half and half: 75
    shift = shift_of(1, judged(WRITTEN, {7: [3, 3]}), judged(HEARD, {7: [5, 4]}), HALF)
    assert (shift.before, shift.after, shift.moved, shift.pitched) == (60, 75, 15, True)
    assert [(one.kind, one.subject, one.points, one.level) for one in shift.steps] == [
        (PITCH, 11, 10, 5),  # (100 - 60) x 50 % x a half
        (PITCH, 12, 5, 4),  # (80 - 60) x 50 % x a half
    ]


def test_a_late_conflict_and_a_consensus_each_have_their_own_step() -> None:
    # 2 of 2 sheets: (100 + 40) / 2 = 70; without the second 40; then criterion 1 agreed on 4: 48 + 16 = 64
    written = judged(WRITTEN, {7: [2, 2], 8: [5, 5]}, (8,), c1=4)
    shift = shift_of(1, written, None, HALF)
    assert (shift.before, shift.after, shift.pitched) == (70, 64, False)
    assert [(one.kind, one.subject, one.points) for one in shift.steps] == [
        (SHEET_OUT, 8, -30),
        (AGREED, 1, 24),
    ]


def test_steps_of_the_pitch_count_for_the_share_of_the_pitch() -> None:
    pitch = judged(HEARD, {7: [5, 5], 8: [3, 3]}, (8,), c11=4)
    shift = shift_of(1, judged(WRITTEN, {7: [3, 3]}), pitch, RoundWeights(Decimal(75), Decimal(25)))
    # heard together 80, without the second 100, agreed on 4 for the first: 90; 0,75 x 60 + 0,25 x 90
    assert shift.after == Fraction("67.5")
    by_kind = [(one.kind, one.points) for one in shift.steps]
    assert by_kind == [
        (PITCH, Fraction("2.5")),
        (PITCH, Fraction("2.5")),
        (SHEET_OUT, 5),
        (AGREED, Fraction("-2.5")),
    ]


def test_without_a_sheet_that_counts_there_is_nothing_to_move() -> None:
    shift = shift_of(1, judged(WRITTEN, {7: [3, 3]}, (7,)), None, HALF)
    assert (shift.before, shift.after, shift.moved) == (60, None, None)
    assert [one.points for one in shift.steps] == [None]
    pitch = judged(HEARD, {7: [5, 5]}, (7,))
    shift = shift_of(1, judged(WRITTEN, {7: [3, 3]}), pitch, HALF)
    assert (shift.before, shift.after, shift.pitched) == (60, 60, False)
    assert [(one.kind, one.points) for one in shift.steps] == [(SHEET_OUT, None)]


SHEETS = st.dictionaries(
    st.integers(1, 6), st.lists(st.integers(0, 5), min_size=2, max_size=2), min_size=1, max_size=6
)


@settings(max_examples=150)
@given(SHEETS, SHEETS, st.sets(st.integers(1, 6), max_size=3), st.data())
def test_the_steps_add_up_to_the_difference_exactly(
    written: dict[int, list[int]], pitch: dict[int, list[int]], out: set[int], data: st.DataObject
) -> None:
    share = data.draw(st.integers(1, 99))
    weights = RoundWeights(Decimal(share), Decimal(100 - share))
    agreed = data.draw(st.dictionaries(st.sampled_from(["c1", "c2"]), st.integers(0, 5)))
    heard = data.draw(st.dictionaries(st.sampled_from(["c11", "c12"]), st.integers(0, 5)))
    before = judged(WRITTEN, written, tuple(sorted(out & set(written))), **agreed)
    after = judged(HEARD, pitch, tuple(sorted(out & set(pitch))), **heard)
    shift = shift_of(1, before, after, weights)
    counted = [score_proposal(one.rules, 1, one.sheets, one.agreed).total for one in (before, after)]
    total, last = counted
    expected = weights.apply(total, last) if total is not None and last is not None else total
    assert shift.after == expected
    if shift.moved is not None:
        assert sum(one.points or 0 for one in shift.steps) == shift.moved


def test_who_went_past_whom() -> None:
    before, after = {1: 1, 2: 2, 3: 3, 4: 3}, {1: 2, 2: 3, 3: 1, 4: 3}
    assert overtaken([1, 2, 3, 4], before, after) == {
        1: ([], [3]),
        2: ([], [3]),
        3: ([1, 2], []),
        4: ([], []),
    }

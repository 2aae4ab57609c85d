from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import DomainError
from app.domain.pitch import (
    PitchSlot,
    check_slots,
    check_windows,
    earliest_day,
    propose_slots,
    rooms,
    slot_problems,
)
from app.domain.timeline import PitchWindow

TUESDAY, THURSDAY = date(2023, 6, 20), date(2023, 6, 22)
WINDOWS = [PitchWindow(TUESDAY, time(9), time(17)), PitchWindow(THURSDAY, time(9), time(12))]
INVITED = date(2023, 6, 14)


def slot(proposal, hour, minute=0, *, day=TUESDAY, minutes=30):
    return PitchSlot(proposal, day, time(hour, minute), minutes)


def codes(*slots, break_minutes=0, earliest=TUESDAY):
    found = slot_problems(WINDOWS, slots, earliest=earliest, break_minutes=break_minutes)
    return [(one.code, one.facts["proposal"]) for one in found]


def refused(call, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        call(*args, **kwargs)
    return caught.value


def test_slots_that_touch_each_other_and_the_window_are_fine():
    assert codes(slot(1, 9), slot(2, 9, 30), slot(3, 16, 30), slot(4, 11, 30, day=THURSDAY)) == []


@pytest.mark.parametrize(
    "outside",
    [slot(1, 8, 59), slot(1, 16, 31), slot(1, 12, day=THURSDAY), slot(1, 10, day=date(2023, 6, 21))],
)
def test_a_pitch_lies_inside_a_window(outside):
    assert codes(outside, earliest=date(2023, 6, 1)) == [("slot_outside_windows", 1)]


def test_a_pitch_that_would_run_past_midnight_is_outside():
    late = [PitchWindow(TUESDAY, time(20), time(23, 59))]
    found = slot_problems(late, [slot(1, 23, 50)], earliest=TUESDAY)
    assert [one.code for one in found] == ["slot_outside_windows"]


def test_the_jury_hears_one_proposal_at_a_time():
    assert codes(slot(1, 9), slot(2, 9, 15)) == [("slot_double_booked", 2)]


def test_a_long_pitch_clashes_with_all_that_start_during_it():
    assert codes(slot(1, 9, minutes=120), slot(2, 9, 30), slot(3, 10, 30)) == [
        ("slot_double_booked", 2),
        ("slot_double_booked", 3),
    ]


def test_a_proposal_pitches_once():
    assert codes(slot(1, 9), slot(1, 14)) == [("proposal_scheduled_twice", 1)]


def test_the_break_between_two_pitches_is_kept():
    assert codes(slot(1, 9), slot(2, 9, 40), break_minutes=10) == []
    assert codes(slot(1, 9), slot(2, 9, 39), break_minutes=10) == [("slot_break_too_short", 2)]


def test_a_pitch_takes_time():
    assert codes(slot(1, 9, minutes=0)) == [("slot_without_length", 1)]


@pytest.mark.parametrize(
    ("invited", "days", "earliest"),
    [
        (date(2023, 6, 12), 3, date(2023, 6, 16)),  # Monday -> Friday
        (date(2023, 6, 14), 3, date(2023, 6, 20)),  # Wednesday -> Tuesday, over the weekend
        (date(2023, 6, 16), 3, date(2023, 6, 22)),
        (date(2023, 6, 17), 3, date(2023, 6, 22)),
        (date(2023, 6, 12), 0, date(2023, 6, 13)),
    ],
)
def test_three_full_working_days_lie_between_invitation_and_pitch(invited, days, earliest):
    assert earliest_day(invited, days) == earliest


def test_a_holiday_is_no_working_day():
    assert earliest_day(date(2023, 7, 18), 3, {date(2023, 7, 21)}) == date(2023, 7, 25)


def test_a_pitch_too_soon_after_the_invitation_is_refused():
    check_slots(WINDOWS, [slot(1, 9)], invited_on=INVITED)
    error = refused(check_slots, WINDOWS, [slot(1, 9)], invited_on=date(2023, 6, 15))
    assert (error.code, error.facts["earliest"]) == ("slot_notice_too_short", date(2023, 6, 21))
    assert refused(earliest_day, INVITED, -1).code == "notice_negative"


@pytest.mark.parametrize(
    ("windows", "code"),
    [
        ([PitchWindow(TUESDAY, time(12), time(12))], "window_ends_before_it_begins"),
        ([PitchWindow(TUESDAY, time(12), time(9))], "window_ends_before_it_begins"),
        ([*WINDOWS, PitchWindow(TUESDAY, time(16, 59), time(18))], "windows_overlap"),
    ],
)
def test_windows_run_forward_and_apart(windows, code):
    assert refused(check_windows, windows).code == code


def test_windows_are_filled_in_order_with_breaks():
    proposed = propose_slots(WINDOWS[::-1], [5, 3, 8], minutes=170, break_minutes=20)
    assert [(one.proposal_id, one.day, one.start) for one in proposed] == [
        (5, TUESDAY, time(9)),
        (3, TUESDAY, time(12, 10)),
        (8, THURSDAY, time(9)),
    ]


def test_too_many_proposals_for_the_windows_says_how_many_fit():
    error = refused(propose_slots, WINDOWS, list(range(30)), 30, 10)
    assert (error.code, error.facts) == ("pitch_windows_too_small", {"fit": 16, "asked": 30})


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (([1], 0, 0), "slot_without_length"),
        (([1], 30, -1), "break_negative"),
        (([1, 1], 30, 0), "proposal_scheduled_twice"),
    ],
)
def test_a_proposal_for_the_day_needs_sense(args, code):
    assert refused(propose_slots, WINDOWS, *args).code == code


def test_no_proposals_need_no_windows():
    assert propose_slots([], [], 30) == []


@given(st.integers(0, 8), st.integers(5, 90), st.integers(0, 30))
@settings(max_examples=30, deadline=None)
def test_what_is_proposed_is_always_valid(count, minutes, pause):
    adjoining = [*WINDOWS, PitchWindow(THURSDAY, time(12), time(13))]
    try:
        proposed = propose_slots(adjoining, list(range(count)), minutes, pause)
    except DomainError as error:
        assert error.code == "pitch_windows_too_small"
    else:
        check_slots(adjoining, proposed, invited_on=INVITED, break_minutes=pause)


def test_jurors_in_conflict_leave_the_room():
    listed = rooms([slot(2, 10), slot(1, 9)], [7, 8, 9], {(8, 1), (9, 2), (7, 3)})
    assert [(room.slot.proposal_id, room.present, room.outside) for room in listed] == [
        (1, (7, 9), (8,)),
        (2, (7, 8), (9,)),
    ]


def test_a_pitch_for_an_empty_room_is_refused():
    assert refused(rooms, [slot(1, 9)], [7], {(7, 1)}).code == "nobody_hears_pitch"

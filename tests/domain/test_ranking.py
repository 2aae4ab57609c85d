from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.outcome import combine_all
from app.domain.ranking import firmness, rank
from app.domain.scoring import DEFAULT_PITCH, DEFAULT_WRITTEN, score_proposals


def sheet(level, **changes):
    return dict.fromkeys(DEFAULT_WRITTEN.ids, level) | {int(key[1:]): value for key, value in changes.items()}


def scores(*sheets_per_proposal):
    """Proposal 1, 2, … with a sheet of juror 1, 2, …"""
    return score_proposals(
        DEFAULT_WRITTEN,
        {number: dict(enumerate(sheets, 1)) for number, sheets in enumerate(sheets_per_proposal, 1)},
    )


def receipts(scored):
    return {one.proposal_id: f"2023-{one.proposal_id:04}" for one in scored}


def ranked(scored):
    return [(one.place, one.proposal_id, one.tied) for one in rank(scored, receipts(scored)).placed]


def test_equal_totals_share_a_place_and_the_next_place_is_skipped():
    scored = scores([sheet(4)], [sheet(5)], [sheet(4)], [sheet(3)])
    assert ranked(scored) == [(1, 2, False), (2, 1, True), (2, 3, True), (4, 4, False)]


def test_a_tie_is_exact():
    thirds = scores([sheet(5), sheet(5), sheet(4)], [sheet(5), sheet(4), sheet(5)])
    assert [one.tied for one in rank(thirds, receipts(thirds)).placed] == [True, True]


def test_ties_are_listed_by_receipt_number_whatever_the_order_they_came_in():
    scored = scores([sheet(4)], [sheet(4)], [sheet(4)])
    numbers = {1: "C", 2: "A", 3: "B"}
    for order in (scored, scored[::-1]):
        assert [one.proposal_id for one in rank(order, numbers).placed] == [2, 3, 1]


def test_who_misses_a_minimum_comes_after_all_who_pass_with_the_reason():
    scored = scores([sheet(5, c5=0)], [sheet(3)], [sheet(2)])
    listed = rank(scored, receipts(scored)).placed
    assert [(one.place, one.proposal_id, one.passes) for one in listed] == [
        (1, 2, True),
        (2, 1, False),
        (3, 3, False),
    ]
    assert [one.criterion_id for one in listed[1].score.failures] == [5]


def test_the_same_total_on_either_side_of_a_minimum_is_no_tie():
    scored = scores([sheet(3)], [sheet(3, c1=2, c5=2, c3=5, c2=3)])
    assert [one.total for one in scored] == [60, 60]
    assert ranked(scored) == [(1, 1, False), (2, 2, False)]


def test_proposals_nobody_scored_are_listed_apart():
    scored = scores([], [sheet(4)], [])
    ranking = rank(scored, {1: "B", 2: "C", 3: "A"})
    assert [one.proposal_id for one in ranking.unscored] == [3, 1]
    assert [one.proposal_id for one in ranking.placed] == [2]


def test_an_empty_call_has_an_empty_ranking():
    assert rank([], {}).placed == ()
    assert firmness([]) == {}


def test_places_take_both_rounds_into_account():
    written = scores([sheet(4)], [sheet(3)])
    pitches = {1: {1: dict.fromkeys(DEFAULT_PITCH.ids, 3)}, 2: {1: dict.fromkeys(DEFAULT_PITCH.ids, 5)}}
    both = combine_all(written, score_proposals(DEFAULT_PITCH, pitches, round_name="pitch"))
    assert ranked(both) == [(1, 2, False), (2, 1, False)]


def test_a_place_that_hangs_on_one_juror_shows_as_an_interval():
    scored = scores(
        [sheet(5), sheet(3), sheet(3)], [sheet(3), sheet(4), sheet(3)], [sheet(3), sheet(3), sheet(3)]
    )
    places = firmness(scored)
    assert (places[1].best, places[1].worst, places[1].firm) == (1, 2, False)
    assert (places[2].best, places[2].worst) == (1, 2)
    assert places[3].worst == 3


def test_a_unanimous_jury_gives_firm_places():
    places = firmness(scores([sheet(5)] * 3, [sheet(4)] * 3))
    assert all(one.firm for one in places.values())


def test_a_proposal_saved_by_one_juror_falls_behind_without_that_juror():
    scored = scores([sheet(5, c5=5), sheet(5, c5=2), sheet(5, c5=2)], [sheet(3)] * 3)
    assert (firmness(scored)[1].best, firmness(scored)[1].worst) == (1, 2)


def test_with_one_sheet_the_place_is_untested_and_never_called_firm():
    place = firmness(scores([sheet(5)], [sheet(4), sheet(4)]))[1]
    assert (place.tested, place.firm) == (False, False)


levels = st.lists(st.integers(0, 5), min_size=5, max_size=5).map(lambda row: dict(enumerate(row, 1)))


@given(st.lists(st.lists(levels, max_size=3), max_size=6))
@settings(max_examples=25, deadline=None)
def test_a_place_is_one_more_than_the_number_of_better_proposals(all_sheets):
    scored = scores(*all_sheets)
    listed = rank(scored, receipts(scored)).placed
    intervals = firmness(scored)
    for one in listed:
        better = [x for x in listed if (x.passes, x.score.total) > (one.passes, one.score.total)]
        assert one.place == len(better) + 1
        interval = intervals[one.proposal_id]
        assert interval.best <= one.place <= interval.worst


def many(proposals, jurors):
    def level(*seed):
        return hash(seed) % 6

    return {
        proposal: {
            juror: {number: level(proposal, juror, number) for number in DEFAULT_WRITTEN.ids}
            for juror in range(jurors)
        }
        for proposal in range(proposals)
    }


def test_a_thousand_proposals_all_get_a_place_from_highest_to_lowest():
    sheets = many(1000, 5)
    placed = rank(score_proposals(DEFAULT_WRITTEN, sheets), {one: f"{one:05}" for one in sheets}).placed
    assert {row.proposal_id for row in placed} == set(sheets)
    assert [row.place for row in placed] == sorted(row.place for row in placed)


def test_leaving_out_each_of_eight_jurors_over_200_proposals_brackets_the_place_of_each():
    scored = score_proposals(DEFAULT_WRITTEN, many(200, 8))
    assert all(1 <= one.best <= one.worst <= 200 for one in firmness(scored).values())


def test_a_total_is_a_fraction_to_the_end():
    scored = scores([sheet(5), sheet(5), sheet(4)])
    assert rank(scored, receipts(scored)).placed[0].score.total == Fraction(280, 3)

"""How well a proposal addresses an obstacle: what the jury says, else what the text says, else the claim."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.coverage import JUDGED, NO, PARTLY, YES, degree, jury_says
from app.domain.errors import DomainError
from app.domain.match_levels import Sure

votes_ = st.lists(st.sampled_from(sorted(JUDGED)), max_size=9)
support_ = st.sampled_from([None, Sure.WEAK, Sure.LIKELY, Sure.STRONG])


def test_what_is_not_claimed_is_not_addressed() -> None:
    assert degree(False, Sure.STRONG, [YES, YES]) == 0


def test_a_claim_gains_by_its_text_and_most_by_the_jury() -> None:
    steps = [degree(True), degree(True, Sure.WEAK), degree(True, Sure.LIKELY), degree(True, Sure.STRONG)]
    assert steps == [Fraction(1, 2), Fraction(1, 2), Fraction(5, 8), Fraction(3, 4)]
    assert degree(True, Sure.STRONG, [YES]) == 1


def test_the_mean_of_the_jury_replaces_claim_and_text() -> None:
    assert degree(True, Sure.STRONG, [NO, NO, NO]) == 0
    assert degree(True, None, [YES, PARTLY, PARTLY]) == Fraction(2, 3)


def test_more_than_half_of_the_jury_decides_the_mark() -> None:
    assert jury_says([YES, YES, NO]) == YES
    assert jury_says([NO, NO, PARTLY]) == NO
    assert jury_says([YES, NO]) == PARTLY
    assert jury_says([YES, YES, NO, NO]) == PARTLY
    assert jury_says([]) is None


@pytest.mark.parametrize("vote", ["", "ja", "YES", "1"])
def test_a_vote_that_is_none_of_the_three_is_refused(vote: str) -> None:
    with pytest.raises(DomainError, match="degree_invalid"):
        degree(True, None, [YES, vote])


@given(st.booleans(), support_, votes_)
def test_a_degree_lies_between_nothing_and_all(claimed: bool, support: str, votes: list[str]) -> None:
    assert 0 <= degree(claimed, support, votes) <= (1 if claimed else 0)


@given(support_, votes_)
def test_a_kinder_vote_never_lowers_the_degree(support: str, votes: list[str]) -> None:
    assert degree(True, support, [*votes, YES]) >= degree(True, support, votes)

"""A call with few obstacles matches no worse than one with many."""

from app.domain.match_weights import THRESHOLD
from app.domain.matching import MatchIndex
from app.matching.background import LEAST_NEEDS, MARK, with_background
from app.matching.thesaurus_files import thesaurus

LESSONS = "Taallessen. Nederlandse les en conversatietafels voor anderstaligen."
BUDGET = "Budgetbegeleiding voor gezinnen met schulden."


def test_a_lone_obstacle_is_matched_by_what_helps_and_not_by_what_helps_elsewhere() -> None:
    index = MatchIndex(with_background({"debts": "Schulden"}, thesaurus()), thesaurus())
    index.add_all({"lessons": LESSONS, "budget": BUDGET})
    assert index.scores("lessons")[0] < THRESHOLD < index.scores("budget")[0]


def test_own_needs_come_first_and_a_large_call_gets_none() -> None:
    found = with_background({"debts": "Schulden"}, thesaurus())
    assert list(found)[0] == "debts" and len(found) == LEAST_NEEDS
    assert all(id.startswith(MARK) for id in list(found)[1:]) and list(found.values()).count("Schulden") == 1
    many = {str(number): f"nood {number}" for number in range(LEAST_NEEDS)}
    assert with_background(many, thesaurus()) == many


def test_background_problems_are_of_many_life_domains() -> None:
    found = list(with_background({}, thesaurus()).values())
    assert len(set(found)) == LEAST_NEEDS

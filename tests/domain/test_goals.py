"""The words above a list of goals."""

import pytest

from app.domain.goals import goals_heading

LEAD_IN = "Hoe kunnen we helpen, zodat ze …"


@pytest.mark.parametrize(
    ("goals", "heading"),
    [
        (["hun weg vinden", "zich beter verplaatsen"], LEAD_IN),
        ([], LEAD_IN),
        (["hoeveel ze ook verdienen, rondkomen"], LEAD_IN),
        (["Hoe kunnen we hen bereiken?", "Hoe kan de school helpen"], "Doelen"),
        (["“Hoe zorgen we dat het lukt?”"], "Doelen"),
        (["Wat hebben ze nodig?"], "Doelen"),
        (["hun weg vinden", "Hoe kunnen we hen bereiken?"], "Doelen"),
    ],
)
def test_a_question_is_not_asked_after_half_a_question(goals: list[str], heading: str) -> None:
    assert goals_heading(goals) == heading


def test_the_sentence_ends_as_the_document_wants() -> None:
    assert goals_heading(["hun weg vinden"], ":") == "Hoe kunnen we helpen, zodat ze:"

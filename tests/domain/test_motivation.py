import pytest

from app.domain.errors import DomainError
from app.domain.motivation import (
    APPEAL_PARAGRAPH,
    LEGAL_BASIS,
    OBJECTION_PARAGRAPH,
    DecisionOutcome,
    check_motivation,
    check_reasons,
    motivation_problems,
    parse_outcome,
)

GOOD = (
    "De kandidatuur beschrijft goed hoe alleenstaande ouders via het Huis van het Kind bereikt worden. "
    "Op vervoer gaat ze minder ver dan andere kandidaten: er is geen aanbod buiten de kantooruren."
)


def code_of(reasons):
    with pytest.raises(DomainError) as caught:
        check_reasons(reasons)
    return caught.value.code


@pytest.mark.parametrize("outcome", ["selected", "reserve", "not_selected", "inadmissible"])
def test_every_outcome_stands_on_reasons_basis_and_routes(outcome):
    assert check_motivation(outcome, GOOD, LEGAL_BASIS, APPEAL_PARAGRAPH) is DecisionOutcome(outcome)


@pytest.mark.parametrize("reasons", ["", "   \n\t ", "\u00a0"])
def test_no_reasons_is_no_decision(reasons):
    assert code_of(reasons) == "reasons_empty"


@pytest.mark.parametrize(
    "reasons",
    [
        "85",
        "72,5 punten op 100",
        "Totaal: 85/100. Gerangschikt als 4e van 40.",
        "Past bij de obstakels: 24 op 30\nExpertise en bereik: 20 op 25\nAanpak: 12 op 20\n"
        "Aanvulling op anderen: 9 op 15\nHaalbaarheid: 6 op 10\nTotaal: 71 op 100",
        "Past bij de obstakels: 4, expertise en bereik: 3, aanpak: 2, aanvulling op anderen: 3, "
        "haalbaarheid: 4; gemiddelde van alle juryleden: 3,2.",
    ],
)
def test_points_alone_are_no_reasons(reasons):
    assert code_of(reasons) == "reasons_points_alone"


@pytest.mark.parametrize(
    "reasons",
    [
        "Niet overtuigend.",
        "De jury vond de aanpak niet goed genoeg en de rest ook niet, zo is dat.",
        "Wegens te weinig organisatieoverstijgende samenwerkingsbereidheid en onvoldoende outreachendwerken.",
    ],
)
def test_a_few_words_are_too_short(reasons):
    assert code_of(reasons) == "reasons_too_short"


def test_figures_are_welcome_beside_words():
    check_reasons(GOOD + "\nTotaal: 71 op 100.")
    check_reasons(
        "In 2022 bereikte de organisatie 140 mensen zonder werk via huisbezoeken in Bornem en Puurs, en dat "
        "toont dat ze de doelgroep kent."
    )


def test_the_legal_basis_names_the_law():
    problems = list(motivation_problems("selected", GOOD, "Volgens de wet.", APPEAL_PARAGRAPH))
    assert [(one.code, one.field) for one in problems] == [("legal_basis_missing", "legal_basis")]


@pytest.mark.parametrize("routes", ["", "Raad van State", "Binnen 60 dagen", OBJECTION_PARAGRAPH])
def test_the_appeal_routes_name_the_court_and_the_days(routes):
    problems = list(motivation_problems("not_selected", GOOD, LEGAL_BASIS, routes))
    assert [(one.code, one.field) for one in problems] == [("appeal_routes_missing", "appeal_routes")]


def test_routes_may_be_laid_out_over_lines_and_in_words():
    check_motivation("reserve", GOOD, LEGAL_BASIS, "Bij de Raad van\nState, binnen\nzestig dagen.")


def test_all_that_is_missing_is_told_at_once():
    fields = [one.field for one in motivation_problems("maybe", "", "", "")]
    assert fields == ["outcome", "reasons", "legal_basis", "appeal_routes"]


def test_the_objection_is_never_called_an_appeal_nor_the_appeal_an_objection():
    assert "beroep" not in OBJECTION_PARAGRAPH.lower()
    assert "weerwoord" not in APPEAL_PARAGRAPH.lower()
    assert "14e kalenderdag" in OBJECTION_PARAGRAPH.format(days=14)


def test_an_unknown_outcome_is_refused():
    assert parse_outcome("reserve") is DecisionOutcome.RESERVE
    with pytest.raises(DomainError) as caught:
        parse_outcome("winner")
    assert caught.value.code == "outcome_unknown"

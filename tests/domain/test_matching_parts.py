"""The parts of the matching: word forms, negation, the thesaurus and its ways, the measures."""

import numpy as np
import pytest

from app.domain.errors import DomainError
from app.domain.match_measures import character_likeness, measures, partial_ratios
from app.domain.match_negation import denied
from app.domain.thesaurus import Concept, Step, Thesaurus, concept_of
from app.domain.word_forms import phrase_key, words_of


def away(text: str) -> str:
    words = words_of(text)
    return " ".join(words[place].folded for place in sorted(denied(words)))


def test_words_come_without_accents_dots_and_numbers() -> None:
    assert [one.folded for one in words_of("Crèche, O.C.M.W. en 12 ex-gedetineerden")] == [
        "creche",
        "ocmw",
        "en",
        "exgedetineerden",
    ]


def test_compounds_are_known_by_their_pieces() -> None:
    assert words_of("woonkwaliteit")[0].parts == phrase_key("woon kwaliteit")


def test_a_hyphen_separates_words_but_not_a_prefix() -> None:
    assert [one.folded for one in words_of("NT2-lessen")] == ["nt2", "lessen"]
    assert [one.folded for one in words_of("re-integratie")] == ["reintegratie"]


@pytest.mark.parametrize(
    "text, gone",
    [
        ("Wij hebben geen ervaring met verslaving", "geen ervaring met verslaving"),
        ("Wij doen geen huisvesting, wel schulden", "geen huisvesting"),
        ("Niet voor jongeren. Voor ouders wel", "niet voor jongeren"),
        ("Voor wie geen rijbewijs heeft", ""),
        ("Mensen zonder papieren", ""),
        ("Niet alleen advies maar ook hulp", ""),
        ("Hulp zonder wachtlijst", ""),
        ("Geen wachtlijst", ""),
    ],
)
def test_only_what_an_offer_denies_of_itself_is_taken_away(text: str, gone: str) -> None:
    assert away(text) == gone


CONCEPTS = [
    Concept("geldnood", "Geldnood", ("geldnood",), domain="Financiën"),
    Concept("schuld", "Schuld", ("schulden",), broader=("geldnood",), related=("stress",)),
    Concept("stress", "Stress", ("stress",)),
    Concept("raad", "Budgetraad", ("budgetraad",), helps=("schuld",)),
    Concept("praat", "Praatgroep", ("praatgroep",), helps=("schuld",)),
]


def test_ways_lead_from_help_to_what_it_helps_and_weaken_with_each_step() -> None:
    known = Thesaurus(CONCEPTS)
    reach = known.reach("raad")
    assert reach["raad"].kind is Step.SAME and reach["raad"].weight == 1
    assert reach["schuld"].kind is Step.HELPS
    assert reach["schuld"].weight > reach["geldnood"].weight > 0
    assert reach["schuld"].weight > reach["stress"].weight > 0
    assert reach["praat"].weight < 0.4, "to help with the same is little help to each other"


def test_a_narrower_offer_reaches_the_broader_need_more_than_the_other_way() -> None:
    known = Thesaurus(CONCEPTS)
    assert known.reach("schuld")["geldnood"].weight > known.reach("geldnood")["schuld"].weight > 0


def test_a_link_to_nothing_is_left_out_and_a_concept_twice_refused() -> None:
    assert Thesaurus([Concept("a", "A", ("aa",), broader=("weg",))]).reach("a").keys() == {"a"}
    with pytest.raises(DomainError, match="thesaurus_duplicate"):
        Thesaurus([CONCEPTS[0], CONCEPTS[0]])


@pytest.mark.parametrize(
    "table, code",
    [
        ({}, "thesaurus_shape"),
        ({"naam": "A", "woorden": "aa"}, "thesaurus_shape"),
        ({"naam": "A", "woorden": [1]}, "thesaurus_shape"),
        ({"naam": "A", "domein": "Sterrenkunde"}, "thesaurus_domain"),
    ],
)
def test_a_table_with_another_shape_is_refused(table: dict, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        concept_of("a", table)


def test_measures_are_those_of_the_books() -> None:
    scores = np.array([[0.9, 0.1, 0.5], [0.2, 0.8, 0.1], [0.3, 0.2, 0.1]])
    found = measures(scores, [frozenset({0}), frozenset({0, 1}), frozenset()])
    assert found.average_precision == pytest.approx(1.0)
    assert found.recall_at_5 == 1.0 and found.abstention == 1.0
    assert measures(scores, [frozenset({1}), frozenset(), frozenset()]).average_precision == pytest.approx(
        1 / 3
    )


def test_equal_scores_earn_nothing() -> None:
    found = measures(np.zeros((1, 4)), [frozenset({0})])
    assert found.average_precision == pytest.approx(0.25) and found.abstention is None


def test_the_ways_to_compare_with_know_the_same_text() -> None:
    texts = ["geen rijbewijs", "schulden"]
    for way in (partial_ratios, character_likeness):
        assert (way(texts, texts).argmax(axis=1) == [0, 1]).all()

"""Needs and offers meet by what they mean, say why, and stay apart when nothing joins them."""

import numpy as np
import pytest

from app.domain.errors import DomainError, NotFound
from app.domain.life_domains import LIFE_DOMAINS
from app.domain.matching import MOST_CHARACTERS, MatchIndex
from app.domain.thesaurus import Step
from app.matching.reason_sentences import sentence
from app.matching.thesaurus_files import thesaurus

NEEDS = {
    "wonen": "Slechte woonkwaliteit",
    "rijbewijs": "Geen rijbewijs",
    "verslaving": "Verslaving",
    "opvang": "Gebrek aan kinderopvang",
    "schulden": "Schulden",
    "digitaal": "Weinig digitale vaardigheden",
}


@pytest.fixture(scope="module")
def index() -> MatchIndex:
    return MatchIndex(NEEDS, thesaurus())


def best(index: MatchIndex, text: str) -> str | None:
    index.add("proef", text)
    try:
        return index.best("proef")
    finally:
        index.remove("proef")


@pytest.mark.parametrize(
    "text, need",
    [
        ("Klusploeg die herstellingen uitvoert bij kwetsbare bewoners", "wonen"),
        ("Rijlessen aan sociaal tarief voor wie geen rijbewijs heeft", "rijbewijs"),
        ("Onthaalouders passen op de kinderen terwijl de ouder les volgt", "opvang"),
        ("Budgetbegeleiding en schuldbemiddeling voor gezinnen", "schulden"),
        ("Budgetbegeleiding en SCHULDBEMIDELING voor gezinnen", "schulden"),
        ("Computerles voor beginners, met hulp bij de smartphone", "digitaal"),
    ],
)
def test_an_offer_meets_the_need_it_takes_away_without_sharing_its_words(
    index: MatchIndex, text: str, need: str
) -> None:
    assert best(index, text) == need


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12345 67890",
        "!!! ???",
        "Verkoop van tuinmachines",
        "Groothandel in verpakkingsmateriaal, levering vanaf tien paletten",
        "Wholesale of industrial pumps and valves",
        "Предлагаем бетон",
    ],
)
def test_what_helps_nobody_gets_no_match(index: MatchIndex, text: str) -> None:
    assert best(index, text) is None


@pytest.mark.parametrize("text", ["", "12345", "…"])
def test_a_text_that_says_nothing_scores_nothing(index: MatchIndex, text: str) -> None:
    index.add("leeg", text)
    assert not index.scores("leeg").any()
    assert [one.score for one in index.matches("leeg")] == [0.0] * len(NEEDS)
    assert all(one.reasons == () for one in index.matches("leeg"))
    index.remove("leeg")


def test_an_empty_need_matches_nothing() -> None:
    index = MatchIndex({"leeg": "", "schulden": "Schulden"}, thesaurus())
    index.add("a", "Hulp bij schulden")
    assert index.scores("a")[0] == 0 and index.best("a") == "schulden"


def test_without_needs_nothing_is_best() -> None:
    index = MatchIndex({}, thesaurus())
    index.add("a", "Hulp bij schulden")
    assert index.best("a") is None and index.matches("a") == []


@pytest.mark.parametrize(
    "denies, need",
    [
        ("Psychologische hulp. We hebben geen ervaring met verslaving.", "verslaving"),
        ("Wij doen geen schuldbemiddeling, wel gezinsbegeleiding.", "schulden"),
        ("Woonbegeleiding; niet voor mensen met een verslaving.", "verslaving"),
    ],
)
def test_what_an_offer_denies_is_not_offered(index: MatchIndex, denies: str, need: str) -> None:
    assert best(index, denies) != need


def test_the_people_an_offer_is_for_may_lack_something(index: MatchIndex) -> None:
    assert best(index, "Een buddy voor wie geen rijbewijs heeft") == "rijbewijs"


def test_not_only_is_no_denial(index: MatchIndex) -> None:
    assert best(index, "Niet alleen schuldbemiddeling, ook budgetbegeleiding") == "schulden"


def test_a_match_names_the_words_on_both_sides_and_how_they_meet(index: MatchIndex) -> None:
    index.add("klus", "Klusploeg die herstellingen uitvoert bij kwetsbare bewoners")
    match = index.matches("klus")[0]
    index.remove("klus")
    assert match.need == "wonen" and 0 < match.score <= 1
    reason = match.reasons[0]
    assert reason.kind == Step.HELPS and reason.offer_words == ("Klusploeg",)
    assert "woonkwaliteit" in reason.need_words and reason.domain in LIFE_DOMAINS
    assert [one.weight for one in match.reasons] == sorted(
        (one.weight for one in match.reasons), reverse=True
    )
    assert "“Klusploeg”" in sentence(reason) and "helpt bij" in sentence(reason)


def test_every_reason_can_be_said_in_dutch(index: MatchIndex) -> None:
    texts = {
        "a": "Budgetbegeleiding, woonbegeleiding en rijlessen voor mensen met een verslaving",
        "b": "Schulden",
    }
    index.add_all(texts)
    said = [sentence(reason) for one in texts for match in index.matches(one) for reason in match.reasons]
    for one in texts:
        index.remove(one)
    assert len(said) > 5 and all(one.endswith(".") and "{" not in one for one in said)


def test_all_needs_come_best_first(index: MatchIndex) -> None:
    index.add("a", "Budgetbegeleiding en computerles")
    matches = index.matches("a")
    index.remove("a")
    assert {one.need for one in matches} == set(NEEDS)
    assert [one.score for one in matches] == sorted((one.score for one in matches), reverse=True)


def test_a_changed_offer_matches_only_itself_again() -> None:
    index = MatchIndex(NEEDS, thesaurus())
    index.add_all({"a": "Rijlessen aan huis", "b": "Budgetbegeleiding voor gezinnen met schulden"})
    others = index.scores("b").copy()
    index.replace("a", "Computerles voor beginners die hulp willen")
    assert index.best("a") == "digitaal"
    assert (index.scores("b") == others).all()
    fresh = MatchIndex(NEEDS, thesaurus())
    fresh.add("a", "Computerles voor beginners die hulp willen")
    np.testing.assert_allclose(index.scores("a"), fresh.scores("a"), atol=1e-5)


def test_the_other_offers_do_not_move_a_score() -> None:
    alone, crowd = MatchIndex(NEEDS, thesaurus()), MatchIndex(NEEDS, thesaurus())
    alone.add("a", "Hulp bij schulden en papierwerk")
    crowd.add_all({f"o{one}": f"Schuldbemiddeling in groep {one}" for one in range(40)})
    crowd.add("a", "Hulp bij schulden en papierwerk")
    np.testing.assert_allclose(alone.scores("a"), crowd.scores("a"), atol=1e-5)


def test_candidates_of_a_need_come_best_first(index: MatchIndex) -> None:
    texts = {
        "a": "Schuldbemiddeling en budgetbegeleiding voor gezinnen",
        "b": "Verkoop van fietsen",
        "c": "Hulp bij schulden",
    }
    index.add_all(texts)
    found = index.candidates("schulden")
    for one in texts:
        index.remove(one)
    assert {offer for offer, _ in found} == {"a", "c"}
    assert found[0][1].score >= found[1][1].score and found[0][1].reasons


def test_refusals_have_a_code(index: MatchIndex) -> None:
    with pytest.raises(DomainError, match="match_text_too_long"):
        index.add("lang", "schulden " * MOST_CHARACTERS)
    assert "lang" not in index
    with pytest.raises(NotFound):
        index.replace("onbekend", "tekst")
    with pytest.raises(NotFound):
        index.remove("onbekend")
    index.add("a", "tekst")
    with pytest.raises(DomainError, match="match_offer_known"):
        index.add("a", "andere tekst")
    index.remove("a")


def test_a_second_opinion_can_speak_and_is_not_needed() -> None:
    class Fond:
        def likeness(self, needs: list[str], offers: list[str]) -> np.ndarray:
            return np.array(
                [[1.0 if "rijbewijs" in need else 0.0 for need in needs]] * len(offers), np.float32
            )

    plain, second = MatchIndex(NEEDS, thesaurus()), MatchIndex(NEEDS, thesaurus(), Fond())
    for one in (plain, second):
        one.add("a", "Een babbel met een buddy")
    place = plain.needs.index("rijbewijs")
    assert second.scores("a")[place] > plain.scores("a")[place]

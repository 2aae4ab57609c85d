"""How often Dutch compounds are cut where they should be, and other words left whole."""

import pytest

from app.domain.compounds import base, fold, pieces
from app.domain.dutch_words import WORDS
from tests.domain.compound_words import COMPOUNDS, COMPOUNDS_HELD_OUT, WHOLE, WHOLE_HELD_OUT


def cut(word: str) -> str:
    return "|".join(one.text for one in pieces(fold(word)))


@pytest.mark.parametrize(
    "words, least", [(COMPOUNDS, 0.96), (COMPOUNDS_HELD_OUT, 0.91)], ids=["seen", "held out"]
)
def test_compounds_are_cut_where_they_should_be(words: list[str], least: float) -> None:
    right = [word for word in words if cut(word.replace("|", "")) == word]
    assert len(words) >= 100
    assert len(right) / len(words) >= least, sorted(set(words) - set(right))


@pytest.mark.parametrize("words, least", [(WHOLE, 0.99), (WHOLE_HELD_OUT, 0.98)], ids=["seen", "held out"])
def test_other_words_stay_whole(words: list[str], least: float) -> None:
    whole = [word for word in words if cut(word) == word]
    assert len(words) >= 100
    assert len(whole) / len(words) >= least, sorted(set(words) - set(whole))


def test_pieces_carry_the_word_they_are_a_form_of() -> None:
    assert [one.base for one in pieces("arbeidsmarkten")] == ["arbeid", "markt"]
    assert [one.base for one in pieces("kinderopvang")] == ["kind", "opvang"]
    assert [one.base for one in pieces("huurwoningen")] == ["huur", "woning"]
    assert [one.base for one in pieces("scholen")] == ["school"]


@pytest.mark.parametrize(
    "form, own",
    [
        ("brieven", "brief"),
        ("huizen", "huis"),
        ("kansen", "kans"),
        ("talen", "taal"),
        ("vaardigheden", "vaardigheid"),
    ],
)
def test_plurals_are_known_by_their_base(form: str, own: str) -> None:
    assert base(form) == own


def test_accents_and_capitals_make_no_difference() -> None:
    assert fold("CRÈCHE") == "creche"
    assert cut("Crèchekosten") == "creche|kosten"


def test_unknown_words_names_and_odd_input_stay_whole() -> None:
    for word in ("", "a", "x" * 5000, "qwertyqwerty", "12345678", "schimmelpenninckx", "ಕನ್ನಡ"):
        assert cut(word) == fold(word)


def test_the_lexicon_is_plain_lower_case_without_accents() -> None:
    assert len(WORDS) > 2500
    assert all(word == fold(word) and word.isalpha() for word in WORDS)

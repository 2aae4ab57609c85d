"""Texts that are not finished, and sentences that are too long."""

import pytest

from app.domain.readability import long_sentences, placeholders


@pytest.mark.parametrize(
    "text",
    [
        "Neem contact op met {naam}.",
        "Ten laatste op [datum invullen]",
        "Budget: ………… euro, nog in te vullen",
        "… invullen",
        "...invullen",
        "Naam: ______",
        "Lorem ipsum dolor",
        "Bedrag xxx euro",
    ],
)
def test_what_was_left_to_fill_in_is_found(text: str) -> None:
    assert placeholders(text)


@pytest.mark.parametrize(
    "text",
    ["", "We vullen dit samen in.", "Een {", "Ze zei [zacht] iets …", "Maat XXL", "Het formulier invullen"],
)
def test_an_ordinary_text_is_left_alone(text: str) -> None:
    assert placeholders(text) == ()


def test_a_sentence_of_more_than_thirty_words_counts() -> None:
    short, long = "woord " * 30 + ".", "woord " * 31 + "."
    assert long_sentences(short) == 0
    assert long_sentences(f"{long} {short}\n\n{long}") == 2
    assert long_sentences("- een punt\n- nog een punt\n" * 40) == 0
    assert long_sentences("") == 0

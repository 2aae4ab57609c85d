"""What people type or paste reads the same in a page, a list, a mail and a document."""

import pytest

from app.infra.texts import clean, one_line


@pytest.mark.parametrize("mark", [chr(one) for one in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))])
def test_marks_that_turn_the_text_around_them_go(mark: str) -> None:
    assert clean(f"Naam{mark}gpj.exe") == "Naamgpj.exe"
    assert one_line(f"{mark} Naam {mark}") == "Naam"


@pytest.mark.parametrize(
    "text",
    ["👩‍👧‍👦 en 🏳️‍🌈", "می‌خواهم", "שלום עולם", "مرحبا بالعالم", "Zoë, été, ĳ, e\u0301", "a\u200fb\u200e"],
)
def test_letters_of_every_script_accents_and_joiners_stay(text: str) -> None:
    assert clean(text) == text == one_line(text)


def test_line_ends_become_one_kind_and_control_characters_go() -> None:
    assert clean(" een\r\ntwee\u2028drie\x00\x0b\ud800\ufffe\r ") == "een\ntwee\ndrie"
    assert clean("een\ttwee") == "een\ttwee"
    assert one_line("een\r\n twee\tdrie") == "een twee drie"

"""What people type or paste reads the same in a page, a list, a mail and a document."""

import pytest

from app.infra.texts import clean, one_line
from app.infra.uploads import size_text


@pytest.mark.parametrize("mark", [chr(one) for one in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))])
def test_marks_that_turn_the_text_around_them_go(mark: str) -> None:
    assert clean(f"Naam{mark}gpj.exe") == "Naamgpj.exe"
    assert one_line(f"{mark} Naam {mark}") == "Naam"


@pytest.mark.parametrize(
    "text",
    ["👩‍👧‍👦 en 🏳️‍🌈", "می‌خواهم"]
    + ["שלום עולם", "مرحبا بالعالم", "Zoë, été, ĳ", "a\u200fb\u200e", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇧🇪", "x\u030c"],
)
def test_letters_of_every_script_accents_and_joiners_stay(text: str) -> None:
    assert clean(text) == text == one_line(text)


def test_line_ends_become_one_kind_and_control_characters_go() -> None:
    assert clean(" een\r\ntwee\u2028drie\x00\x0b\ud800\ufffe\r ") == "een\ntwee\ndrie"
    assert clean("een\ttwee") == "een\ttwee"
    assert one_line("een\r\n twee\tdrie") == "een twee drie"


def test_an_accent_is_written_in_one_way() -> None:
    assert clean("e\u0301te\u0301") == "été" == clean("été")
    assert clean("\u1e69") == clean("s\u0307\u0323") == clean("s\u0323\u0307")


@pytest.mark.parametrize("mark", [*"\u00ad\u200b\u2060\ufeff\ufff9\U000e0041\U000e0001"])
def test_what_nobody_sees_makes_no_other_name(mark: str) -> None:
    assert one_line(f"De{mark} Brug{mark}") == "De Brug"


def test_text_that_is_legible_stays_the_same_however_often_it_is_read() -> None:
    text = "\u1112\u1161\u11ab \uf900 \U0001f3f4\U000e0067\U000e007f \U000e0067"
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (2048, "2 kB"), (1_048_500, "1 MB"),
     (1_234_567, "1,2 MB"), (26_214_400, "25 MB")],
)  # fmt: skip
def test_the_size_of_a_file_is_said_in_one_way_everywhere(size: int, said: str) -> None:
    assert size_text(size) == said

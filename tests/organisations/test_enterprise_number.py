"""Numbers as people type them, and what is said when one is wrong."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import DomainError
from app.organisations.enterprise_number import normal_number, shown
from app.organisations.forms import lines
from app.organisations.policy import capacity, web_address


@pytest.mark.parametrize(
    "typed",
    [
        "0566988259",
        "0566.988.259",
        "0566 988 259",
        " BE 0566.988.259 ",
        "BE0566988259",
        "be-0566.988.259",
        "KBO 0566.988.259",
        "KBO: BE 0566988259",
        "566.988.259",
    ],
)
def test_dots_spaces_and_prefixes_are_accepted(typed: str) -> None:
    assert normal_number(typed) == "0566988259"
    assert shown(normal_number(typed)) == "0566.988.259"


@pytest.mark.parametrize("number", ["0353.456.320", "0428.315.871"])
def test_other_known_numbers_are_valid(number: str) -> None:
    assert shown(normal_number(number)) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2.123.456.789", "enterprise_number_establishment"),
        ("8000000000", "enterprise_number_establishment"),
        ("0566.988.258", "enterprise_number_digits"),
        ("9566988259", "enterprise_number_form"),
        ("0566.988", "enterprise_number_form"),
        ("", "enterprise_number_form"),
        ("٠٥٦٦٩٨٨٢٥٩", "enterprise_number_form"),
        ("05669882591", "enterprise_number_form"),
        ("NL0566988259", "enterprise_number_form"),
    ],
)
def test_each_mistake_has_its_own_message(typed: str, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        normal_number(typed)
    assert (caught.value.code, caught.value.field) == (code, "enterprise_number")


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_or_a_refusal(text: str) -> None:
    try:
        assert len(normal_number(text)) == 10
    except DomainError as error:
        assert error.code.startswith("enterprise_number_")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1,5", "1.5"), ("1.5", "1.5"), ("1.250,25", "1250.25"), ("1.250", "1250"), ("0", "0"), (" 12 ", "12")],
)
def test_capacity_is_read_in_dutch(typed: str, value: str) -> None:
    assert capacity(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["-1", "1,555", "veel", "NaN", "1e3", "10000", "1,2,3", "1_0", "٣", "∞"])
def test_a_capacity_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(DomainError) as caught:
        capacity(typed)
    assert caught.value.code == "capacity_invalid"


def test_no_capacity_is_allowed() -> None:
    assert capacity("  ") is None


def test_a_web_address_is_completed_and_never_a_script() -> None:
    assert web_address("www.debrug.be") == "https://www.debrug.be"
    assert web_address("") == ""
    for wrong in ("javascript:alert(1)//x.be", "debrug", "https://", "http://[", 'https://x.be/"onclick'):
        with pytest.raises(DomainError):
            web_address(wrong)


def test_lists_are_typed_by_line_or_comma_without_doubles() -> None:
    assert lines("Frans, Engels\n\n Frans \nArabisch") == ["Frans", "Engels", "Arabisch"]
    assert lines(None) == []

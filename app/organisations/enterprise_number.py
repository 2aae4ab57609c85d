"""Enterprise numbers (KBO): ten digits starting with 0 or 1, the last two are 97 minus the rest modulo 97."""

import re

from stdnum.be import vat

from app.domain.errors import DomainError

FIELD = "enterprise_number"
_PREFIX = re.compile(r"^(KBO|BTW|BE)[\s:.-]*(BE)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s./-]")


def normal_number(text: str) -> str:
    """Ten digits out of what somebody typed, with or without dots, spaces, BE or KBO.

    DomainError at field enterprise_number: enterprise_number_form, enterprise_number_establishment (number
    of a place of business, first digit 2 to 8) or enterprise_number_digits (the check does not come out).
    """
    digits = _SEPARATORS.sub("", _PREFIX.sub("", text.strip()))
    if len(digits) == 9:
        digits = f"0{digits}"  # the way numbers were written before 2005
    if len(digits) != 10 or not (digits.isascii() and digits.isdecimal()) or digits[0] == "9":
        raise DomainError("enterprise_number_form", field=FIELD)
    if digits[0] in "2345678":
        raise DomainError("enterprise_number_establishment", field=FIELD)
    if not vat.is_valid(digits):
        raise DomainError("enterprise_number_digits", field=FIELD)
    return digits


def shown(number: str) -> str:
    """ "0566988259" -> "0566.988.259"."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"

"""Which decimals are fit to calculate with exactly."""

from decimal import Decimal

MOST_DECIMALS = 60
MOST_DIGITS = 15


def is_usable(number: Decimal) -> bool:
    """Whether a decimal is finite and of a human size: at most 15 digits before and 60 after the point.

    A fraction writes every digit out, so "1E-999999999" from a form would eat all memory.
    """
    if not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MOST_DECIMALS and number.adjusted() < MOST_DIGITS

"""Whole numbers in what a browser sends: the number of a row or of a page."""

LARGEST = 2**31 - 1  # what fits in a column of numbers
_DIGITS = len(str(LARGEST))


def positive(sent: str | None) -> int:
    """1 to LARGEST; 0 for anything else. Never reads more digits than such a number has."""
    text = (sent or "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        return 0
    number = int(text)
    return number if number <= LARGEST else 0

"""What people type or paste, as a page, a mail and a document can hold it."""

import re

# Control characters except tab and line feed, lone surrogates, the two that are no character at all, and the
# marks that turn the direction of the text around them: in a list or a mail a name could read as another.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")


def legible(text: str) -> str:
    """One kind of line end and nothing that trips a reader up; joiners, accents and every script stay."""
    return _CONTROL.sub("", _BREAKS.sub("\n", text))


def clean(text: str) -> str:
    """The same, with no white space around it."""
    return legible(text).strip()


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(legible(text).split())

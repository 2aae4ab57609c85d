"""What people type or paste, as a page, a mail and a document can hold it."""

import re

# Control characters except tab and line feed, lone surrogates, and the two that are no character at all.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")


def clean(text: str) -> str:
    """One kind of line end and nothing that trips a reader up; joiners, accents and directions stay."""
    return _CONTROL.sub("", _BREAKS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())

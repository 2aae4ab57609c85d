"""What people type or paste, as a page, a mail and a document can hold it: the same everywhere, because it is
stored once, in one form (Unicode NFC)."""

import re
import unicodedata

# Control characters except tab and line feed, lone surrogates, the two that are no character at all, and the
# marks that turn the direction of the text around them: in a list or a mail a name could read as another.
# Then what nobody sees (soft hyphen, spaces and operators without width, marks of old formats): two names
# that look the same are the same. Joiners, variation selectors and the marks for right-to-left text stay.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
    "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001]"
)
# Letters without a shape, that belong in the flag of a region and nowhere else.
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0020-\U000e007f]+")
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")


def legible(text: str) -> str:
    """One kind of line end, one way to write an accent, and nothing that trips a reader up; joiners, accents
    and every script stay."""
    if text.isascii() and text.isprintable():
        return text
    seen = _TAGS.sub(lambda found: found.group(1) or "", _CONTROL.sub("", _BREAKS.sub("\n", text)))
    return unicodedata.normalize("NFC", seen)


def clean(text: str) -> str:
    """The same, with no white space around it."""
    return legible(text).strip()


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(legible(text).split())

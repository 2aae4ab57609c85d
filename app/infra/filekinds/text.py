"""Plain text: UTF-8 that is meant to be read, not a page or a program."""

import re

from .refusals import FileRefused

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|\?xml|iframe|meta|style)\b|<\?xml|<\?php")
_BEGINS = (b"mime-version:", b"{\\rtf", b"#!", b"%!ps", b"<%")
_HEAD = 4096


def check_text(data: bytes) -> str:
    """What it is instead ("" when it is plain text). Raises FileRefused (file_not_utf8)."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if _MARKUP.search(head):
        return "een webpagina of SVG"
    if head.startswith(_BEGINS):
        return "een programma of opgemaakte tekst"
    if _CONTROL.search(data):
        raise FileRefused("file_not_utf8")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise FileRefused("file_not_utf8") from None
    return ""

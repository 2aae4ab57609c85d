"""Plain text: UTF-8, UTF-16 with its mark (Notepad's “Unicode”), else Windows-1252."""

import codecs

from app.addenda.importing import decode

from .refusals import ReadingRefused

_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read_plain(data: bytes) -> str:
    """Raises ImportRefused (empty, too_large, not_text)."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise ReadingRefused("not_text") from None
    return decode(data)

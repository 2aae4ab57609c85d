"""Whether a PDF tells the hyphens of line breaks from those of words.

pdfium has one sign for any hyphen at the end of a line. A program that hyphenates says which ones it put
there: with the text that stands for the sign, or with a letter of its own for them, in a run of its own.
"""

import ctypes
import re
import zlib
from collections.abc import Callable
from itertools import islice
from typing import Any

from pypdfium2 import raw

SOFT = "\u00ad"
_STREAM = re.compile(rb"stream\r?\n")
_MOST_STREAMS = 5000
_UNPACKED = 256 * 1024
_SOFT_LETTER = re.compile(rb"beginbf(?:char|range).*<00ad>", re.IGNORECASE | re.DOTALL)


def has_soft_hyphens(data: bytes) -> bool:
    """One of its fonts has a soft hyphen among the letters that it explains."""
    for match in islice(_STREAM.finditer(data), _MOST_STREAMS):
        part = data[match.end() : match.end() + _UNPACKED]
        try:
            plain = zlib.decompressobj().decompress(part, _UNPACKED)
        except zlib.error:
            plain = part[:_UNPACKED].partition(b"endstream")[0]
        if b"beginbf" in plain and _SOFT_LETTER.search(plain):
            return True
    return False


def hyphen(text: Any, index: int, soft: Callable[[], bool]) -> str:
    """The hyphen at that place: the one of a line break, or the one of a word, also when nothing tells."""
    run = raw.FPDFText_GetTextObject(text, index)
    said = _said(run)
    if said is not None:
        return "-" if "-" in said else SOFT
    before = raw.FPDFText_GetTextObject(text, max(0, index - 1))
    alone = _address(before) != _address(run)
    return SOFT if alone and soft() else "-"


def _address(run: Any) -> int | None:
    return ctypes.cast(run, ctypes.c_void_p).value


def _said(run: Any) -> str | None:
    """What the program that made the page wrote down as the text of these signs."""
    size, said = ctypes.c_ulong(), ctypes.create_string_buffer(64)
    buffer = ctypes.cast(said, ctypes.POINTER(raw.FPDF_WCHAR))
    for index in range(raw.FPDFPageObj_CountMarks(run)):
        mark = raw.FPDFPageObj_GetMark(run, index)
        if raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", buffer, 64, size):
            return said.raw[: min(size.value, 64)].decode("utf-16-le", "replace")
    return None

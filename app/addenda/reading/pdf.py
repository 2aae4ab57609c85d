"""PDF: the text in reading order, one form feed per page, tables with their cells set apart by tabs."""

import re
from collections.abc import Callable
from typing import Any

from pypdfium2 import PdfiumError, raw

from . import limits
from .pdf_layout import page_lines
from .pdf_page import grids_of, open_document, pictures_on, words_of
from .refusals import ReadingRefused

_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_TAIL = 4096
_FEW_LETTERS = 40
_UNKNOWN = re.compile(r"[\ufffd\ue000-\uefff\U000f0000-\U0010fffd]")
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


def read_pdf(data: bytes, report: Callable[[str, int, int], None]) -> str:
    """The text. Raises ReadingRefused (pdf_password, damaged_pdf, too_many_pages, scan,
    unreadable_letters, too_large)."""
    _check_end(data)
    try:
        document = open_document(data)
    except PdfiumError as error:
        locked = getattr(error, "err_code", None) in _LOCKED
        raise ReadingRefused("pdf_password" if locked else "damaged_pdf") from error
    try:
        return _read(document, report)
    finally:
        document.close()


def _check_end(data: bytes) -> None:
    """A PDF that was cut off has lost the end, where its own list of contents is."""
    tail = data[-_TAIL:]
    start = _START.search(tail)
    if b"%%EOF" not in tail or (start and int(start[1]) > len(data)):
        raise ReadingRefused("damaged_pdf")


def _read(document: Any, report: Callable[[str, int, int], None]) -> str:
    count = len(document)
    if count > limits.PAGES:
        raise ReadingRefused("too_many_pages")
    if not count:
        raise ReadingRefused("damaged_pdf")
    pages: list[str] = []
    pictures = size = 0
    for number in range(count):
        report("pages", number + 1, count)
        page = document[number]
        pages.append("\n".join(_lines(page)))
        pictures += pictures_on(page)
        size += len(pages[-1])
        page.close()
        if size > limits.TEXT:
            raise ReadingRefused("too_large")
    _check_letters(pages, pictures)
    return "\n\f".join(pages) + "\n"


def _lines(page: Any) -> list[str]:
    words, turned = words_of(page)
    return page_lines(words, grids_of(page) if words else [], page.get_height()) + (
        [" ".join(turned)] if turned else []
    )


def _check_letters(pages: list[str], pictures: int) -> None:
    text = "".join(pages)
    letters = sum(map(str.isalnum, text))
    if letters < _FEW_LETTERS * len(pages) and pictures * 2 >= len(pages):
        raise ReadingRefused("scan")
    unknown = sum(1 for _ in _UNKNOWN.finditer(text))
    if unknown * 3 > letters:
        raise ReadingRefused("unreadable_letters" if unknown else "empty")

"""PDF: the text in reading order, one form feed per page, tables with their cells set apart by tabs."""

import io
import re
from collections.abc import Callable
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.utils.exceptions import PdfminerException

from . import limits
from .pdf_layout import Word, page_lines
from .refusals import ReadingRefused

_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_TAIL = 4096
_FEW_LETTERS = 40
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uefff\U000f0000-\U0010fffd]")
_TABLES = {"snap_tolerance": 3, "join_tolerance": 3, "intersection_tolerance": 3}


def read_pdf(data: bytes, report: Callable[[str, int, int], None]) -> str:
    """The text. Raises ReadingRefused (pdf_password, damaged_pdf, too_many_pages, scan,
    unreadable_letters, too_large)."""
    _check_end(data)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return _read(document, report)
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        locked = isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError)
        raise ReadingRefused("pdf_password" if locked else "damaged_pdf") from error


def _check_end(data: bytes) -> None:
    """A PDF that was cut off has lost the end, where its own list of contents is."""
    tail = data[-_TAIL:]
    start = _START.search(tail)
    if b"%%EOF" not in tail or (start and int(start[1]) > len(data)):
        raise ReadingRefused("damaged_pdf")


def _read(document: Any, report: Callable[[str, int, int], None]) -> str:
    count = sum(1 for _ in islice(PDFPage.create_pages(document.doc), limits.PAGES + 1))
    if count > limits.PAGES:
        raise ReadingRefused("too_many_pages")
    if not count:
        raise ReadingRefused("damaged_pdf")
    pages: list[str] = []
    pictures = size = 0
    for number, page in enumerate(document.pages, start=1):
        report("pages", number, count)
        pages.append("\n".join(_lines(page)))
        pictures += bool(page.images)
        size += len(pages[-1])
        page.close()
        if size > limits.TEXT:
            raise ReadingRefused("too_large")
    _check_letters(pages, pictures)
    return "\n\f".join(pages) + "\n"


def _lines(page: Any) -> list[str]:
    page = page.dedupe_chars()
    words = page.extract_words(x_tolerance_ratio=0.2, extra_attrs=["size", "upright"])
    upright = [_word(one) for one in words if one["upright"]]
    turned = " ".join(one["text"] for one in words if not one["upright"])
    grids = [
        [[tuple(cell) if cell else None for cell in row.cells] for row in table.rows]
        for table in page.find_tables(_TABLES)
    ]
    return page_lines(upright, grids) + ([turned] if turned else [])


def _word(one: dict[str, Any]) -> Word:
    return Word(one["x0"], one["x1"], one["top"], one["bottom"], float(one["size"]) or 1.0, one["text"])


def _check_letters(pages: list[str], pictures: int) -> None:
    text = "".join(pages)
    letters = sum(map(str.isalnum, text))
    if letters < _FEW_LETTERS * len(pages) and pictures * 2 >= len(pages):
        raise ReadingRefused("scan")
    unknown = sum(1 for _ in _UNKNOWN.finditer(text))
    if unknown * 3 > letters:
        raise ReadingRefused("unreadable_letters" if unknown else "empty")

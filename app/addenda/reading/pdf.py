"""PDF: the text in reading order, one form feed per page, tables with their cells set apart by tabs."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pypdfium2 import PdfiumError, raw

from . import limits
from .pdf_geometry import Grid, Word
from .pdf_layout import frame_of, page_lines
from .pdf_margins import Margins, Page, without_margins
from .pdf_notes import without_notes
from .pdf_page import grids_of, largest_picture, open_document, words_of
from .pdf_soft import has_soft_hyphens
from .refusals import ReadingRefused
from .text import NOTES

_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF")
_TAIL = 4096
_FEW_LETTERS = 40
_FEW_LINES = 6
_WHOLE_PAGE = 0.3
_UNKNOWN = re.compile(r"[\ufffd\ue000-\uefff\U000f0000-\U0010fffd]")
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


class _Seen(NamedTuple):
    """What a page holds; `turned` is what was written sideways, `picture` the part of the page under its
    largest picture."""

    words: list[Word]
    turned: list[str]
    grids: list[Grid]
    height: float
    picture: float


def read_pdf(data: bytes, report: Callable[[str, int, int], None]) -> tuple[str, tuple[int, ...]]:
    """The text, and the numbers of the pages of which only a picture is there. Raises ReadingRefused
    (pdf_password, damaged_pdf, too_many_pages, scan, unreadable_letters, too_large)."""
    _check_end(data)
    try:
        document = open_document(data)
    except PdfiumError as error:
        locked = getattr(error, "err_code", None) in _LOCKED
        raise ReadingRefused("pdf_password" if locked else "damaged_pdf") from error
    try:
        return _read(document, report, lru_cache(lambda: has_soft_hyphens(data)))
    finally:
        document.close()


def _check_end(data: bytes) -> None:
    """A PDF that was cut off has lost the end, where its own list of contents is."""
    tail = data[-_TAIL:]
    start = _START.search(tail)
    if b"%%EOF" not in tail or (start and int(start[1]) > len(data)):
        raise ReadingRefused("damaged_pdf")


def _read(
    document: Any, report: Callable[[str, int, int], None], soft: Callable[[], bool]
) -> tuple[str, tuple[int, ...]]:
    count = len(document)
    if count > limits.PAGES:
        raise ReadingRefused("too_many_pages")
    if not count:
        raise ReadingRefused("damaged_pdf")
    pages: list[_Seen] = []
    size = 0
    for number in range(count):
        report("pages", number + 1, count)
        page = document[number]
        pages.append(_seen(page, soft))
        page.close()
        size += sum(len(word.text) + 1 for word in pages[-1].words)
        if size > limits.TEXT:
            raise ReadingRefused("too_large")
    margins = _margins(pages)
    texts = _texts(pages, margins)
    _check_letters(texts, count, sum(page.picture > 0 for page in pages))
    said = [sum(len(word.text) for word in apart.words) for apart in margins]
    pictures = (
        page.picture > _WHOLE_PAGE and few < _FEW_LETTERS for page, few in zip(pages, said, strict=True)
    )
    return "\n\f".join(texts) + "\n", tuple(number for number, one in enumerate(pictures, 1) if one)


def _seen(page: Any, soft: Callable[[], bool]) -> _Seen:
    words, turned = words_of(page, soft)
    grids = grids_of(page) if words else []
    return _Seen(words, turned, grids, page.get_height(), largest_picture(page))


def _margins(pages: Sequence[_Seen]) -> list[Margins]:
    return without_margins(
        [Page(page.words, [frame_of(grid) for grid in page.grids], page.height) for page in pages]
    )


def _texts(pages: Sequence[_Seen], margins: Sequence[Margins]) -> list[str]:
    """The text of each page. What runs on every page stands beside the page break: at the end of the first
    unless that is short, at the beginning of the others; there it is known for what it is. Footnotes come
    after the last page, as in other documents."""
    found: list[str] = []
    notes: list[str] = []
    for page, apart in zip(pages, margins, strict=True):
        words, below = without_notes(apart.words, page.height)
        notes.extend(below)
        lines = page_lines(words, page.grids, page.height)
        lines.extend([" ".join(page.turned)] if page.turned else [])
        if apart.numbers:
            lines.extend(["", *apart.numbers])
        if apart.running:
            first = not found and sum(map(bool, lines)) > _FEW_LINES
            lines = [*lines, "", *apart.running] if first else [*apart.running, "", *lines]
        found.append("\n".join(lines))
    return [*found, "\n".join([NOTES, *notes])] if notes else found


def _check_letters(texts: list[str], pages: int, pictures: int) -> None:
    text = "".join(texts)
    letters = sum(map(str.isalnum, text))
    if letters < _FEW_LETTERS * pages and pictures * 2 >= pages:
        raise ReadingRefused("scan")
    unknown = sum(1 for _ in _UNKNOWN.finditer(text))
    if unknown * 3 > letters:
        raise ReadingRefused("unreadable_letters" if unknown else "empty")

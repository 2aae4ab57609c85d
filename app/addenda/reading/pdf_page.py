"""What pdfium sees on a page: words and ruling lines with their place. Points, y runs down from the top."""

import ctypes
import math
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .pdf_geometry import Box, Grid, Word
from .pdf_soft import hyphen

Place = Callable[[float, float], tuple[float, float]]

_HYPHENS = (0x02, 0xFFFE)
_UNITS = ("m", "km", "hm", "dm", "cm")
_SMALL = 0.82
_LIFTED = 0.2
_THICKEST = 3.0
_SHORTEST = 3.0
_GAP = 0.22
_SNAP = 3.0
_MOST_PICTURES = 100
_MOST_LINES = 20_000


def words_of(page: Any, soft: Callable[[], bool]) -> tuple[list[Word], list[str]]:
    """(words as they stand, what was written upside down or sideways). The numbers of notes behind words are
    left out. `soft` tells whether the document knows the hyphens of line breaks."""
    text = page.get_textpage()
    try:
        return _words(_characters(page, text, soft))
    finally:
        text.close()


def largest_picture(page: Any) -> float:
    """Which part of the page lies under its largest picture; 0 when it has none."""
    largest = 0.0
    for picture in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]), _MOST_PICTURES):
        left, bottom, right, top = picture.get_bounds()
        largest = max(largest, abs((right - left) * (top - bottom)), 1.0)
    return largest / max(page.get_width() * page.get_height(), 1.0)


def _place(page: Any) -> Place:
    """From the page's own measures, which know nothing of a page that was turned, to what a reader sees."""
    left, bottom, right, top = page.get_mediabox()
    turned = page.get_rotation()
    if turned == 90:
        return lambda x, y: (y - bottom, x - left)
    if turned == 180:
        return lambda x, y: (right - x, y - bottom)
    if turned == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)


def _characters(page: Any, text: Any, soft: Callable[[], bool]) -> Iterator[tuple[str, Box, float]]:
    """(character, place, size, or 0 when it does not stand upright); spaces too."""
    place = _place(page)
    turned = math.radians(page.get_rotation())
    box = raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        x0, y0 = place(box.left, box.top)
        x1, y1 = place(box.right, box.bottom)
        lean = math.cos(raw.FPDFText_GetCharAngle(text, index) - turned)
        shown = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if code in _HYPHENS:
            shown = hyphen(text, index, soft)
        at = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        size = _size(raw.FPDFText_GetFontSize(text, index), at[3] - at[1]) if lean > 0.9 else 0.0
        if size and 0x30 <= code <= 0x39 and not turned and (lift := _lift(text, index)) > _LIFTED * size:
            at, size = (at[0], at[1], at[2], at[3] - lift), _SMALL * _SMALL * size
        yield shown, at, size


def _lift(text: Any, index: int) -> float:
    """How high above the line a character is drawn: fonts have raised numbers that say they are full size."""
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return bottom.value - y.value


def _size(named: float, height: float) -> float:
    """The size of the font, unless the page is drawn to another scale than it says."""
    return float(named) if 0.6 * named < height < 1.8 * named else max(height, 1.0)


def _words(characters: Iterator[tuple[str, Box, float]]) -> tuple[list[Word], list[str]]:
    """Characters that touch make a word. What is printed twice to look bold is one word."""
    found = _Collected()
    box = last = (0.0, 0.0, 0.0, 0.0)
    size = 0.0
    for shown, at, tall in characters:
        letters = found.letters
        if letters and shown.isdecimal() and _raised(box, size, at, tall) and "".join(letters) not in _UNITS:
            continue
        if shown.isspace() or (letters and not _goes_on(letters, box, size, last, at, tall)):
            found.end(box, size)
        if shown.isspace():
            continue
        if letters:
            box = (box[0], min(box[1], at[1]), max(box[2], at[2]), max(box[3], at[3]))
        else:
            box, size = at, tall
        letters.append(shown)
        last = at
    found.end(box, size)
    return list(found.words.values()), found.turned


class _Collected:
    def __init__(self) -> None:
        self.words: dict[tuple[str, int, int], Word] = {}
        self.turned: list[str] = []
        self.letters: list[str] = []

    def end(self, box: Box, size: float) -> None:
        """The letters so far are a word, which stands in `box`."""
        if self.letters and size:
            word = Word(box[0], box[2], box[1], box[3], size, "".join(self.letters))
            self.words.setdefault((word.text, round(word.x0 / 3), round(word.top / 3)), word)
        elif self.letters:
            self.turned.append("".join(self.letters))
        self.letters.clear()


def _goes_on(letters: list[str], box: Box, size: float, last: Box, at: Box, tall: float) -> bool:
    """Whether a character belongs to the word; text does not belong to the small number of its note."""
    if bool(tall) != bool(size) or not _touches(box, last, at):
        return False
    return not (_SMALL * tall > size and all(map(str.isdecimal, letters)) and _raised(at, tall, box, size))


def _raised(box: Box, size: float, at: Box, tall: float) -> bool:
    """Whether what stands in `at` is the small number of a note beside the text in `box`."""
    return 0.0 < tall < _SMALL * size and (at[1] + at[3]) / 2 < (box[1] + box[3]) / 2 - 0.05 * size


def _touches(box: Box, last: Box, at: Box) -> bool:
    """Whether a character goes on with the word in `box` that ends in `last`. The letters of a ligature have
    one place between them."""
    height = max(box[3] - box[1], 1.0)
    beside = abs((at[1] + at[3]) / 2 - (box[1] + box[3]) / 2) < 0.6 * height
    return beside and at[0] > last[0] - 0.3 * height and at[0] - box[2] < _GAP * height


def grids_of(page: Any) -> list[Grid]:
    """The tables that are drawn with lines, as rows of cells."""
    from pdfplumber import table  # only its geometry, which knows what lines make a table

    edges = [_edge(*line) for line in _lines(page)]
    if not edges or len(edges) > _MOST_LINES:
        return []
    edges = table.merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    cells = table.intersections_to_cells(table.edges_to_intersections(edges, _SNAP, _SNAP))
    return [_rows(found) for found in table.cells_to_tables(cells)]


def _rows(cells: list[Box]) -> Grid:
    rows: dict[float, list[Box]] = {}
    for cell in cells:
        rows.setdefault(cell[1], []).append(cell)
    return [sorted(rows[top]) for top in sorted(rows)]


def _edge(x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    level = x1 - x0 >= bottom - top
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": top if level else bottom,
        "width": x1 - x0,
        "height": 0 if level else bottom - top,
        "orientation": "h" if level else "v",
    }


def _lines(page: Any) -> Iterator[Box]:
    """Ruling lines: drawn ones, thin boxes that stand for one, and the four sides of other boxes."""
    place = _place(page)
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        for x0, y0, x1, y1 in _strokes(path):
            (ax, ay), (bx, by) = place(x0, y0), place(x1, y1)
            line = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            if _straight(line):
                yield line


def _straight(line: Box) -> bool:
    wide, high = line[2] - line[0], line[3] - line[1]
    return min(wide, high) < 1.0 and max(wide, high) >= _SHORTEST


def _strokes(path: Any) -> Iterator[Box]:
    left, bottom, right, top = path.get_bounds()
    if right - left <= _THICKEST or top - bottom <= _THICKEST:
        level = right - left >= top - bottom
        middle = (bottom + top) / 2 if level else (left + right) / 2
        yield (left, middle, right, middle) if level else (middle, bottom, middle, top)
        return
    matrix = path.get_matrix()
    start = last = (0.0, 0.0)
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield (*last, *point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*last, *start)


def open_document(data: bytes) -> Any:
    """Raises pdfium.PdfiumError; its `err_code` says why."""
    return pdfium.PdfDocument(data)

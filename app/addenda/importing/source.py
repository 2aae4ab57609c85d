"""From bytes to numbered, cleaned lines. Line numbers are an editor's: a form feed is no line break."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .errors import ImportRefused

MAX_BYTES = 2 * 1024 * 1024
MAX_LINES = 20_000
SOFT_HYPHEN = "\u00ad"

_BINARY_HEADS = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"{\\rtf", b"\xff\xd8\xff")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_SPACES = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
_LOOKALIKES = str.maketrans(
    {
        "\u2010": "-", "\u2011": "-", "\u2212": "-", "\ufb01": "fi", "\ufb02": "fl", "\ufb00": "ff",
        "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf02d": "-", "\ufffe": "-", "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)  # fmt: skip
_MARKS = "•●▪■□◦○·‣∙➢➤✓✔►§*◆◇→⇒›»☐☑✗✘❖\ue000-\uf8ff"
_BULLET = re.compile(
    rf"(?P<mark>[{_MARKS}])\s*(?=\S)"
    r"|(?P<font>[Øü¨q])\s+(?=\S)"
    r"|(?P<dash>[-–—])(?:\s+(?=\S)|(?=[^\W\d_]))"
    r"|(?P<ring>o)\s+(?=\S)"
    r"|(?P<section>\d{1,2}(?:\.\d{1,2})+\.?)\s+(?!(?:uur|u|h|tot|en)\b)(?=\S)"
    r"|(?P<number>\d{1,2}[.)])\s+(?=\S)"
    r"|(?P<letter>\(?[a-z]\))\s+(?=\S)"
    r"|(?P<roman>\(?[ivx]{1,4}[.)])\s+(?=\S)"
    r"|(?P<bracket>\(\d{1,2}\))\s+(?=\S)"
)
_LONE_BULLET = re.compile(rf"[{_MARKS}Øü¨o–—-]|\d{{1,2}}[.)]|[a-z]\)")
_CELLS = re.compile(r"\t|\s?\|\s?|(?<=\S) {3,}(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """One source line, or a part of one. `number` is 1-based; `key` is unique per part.

    `bullet` is the kind of marker ("" for none), `column` the place where the text starts after it. `cells`
    are the cells of a table row, empty ones included (none when it is no row), `gap` tells of a blank line
    above.
    """

    number: int
    key: tuple[int, int]
    text: str
    bullet: str = ""
    indent: int = 0
    column: int = 0
    page_start: bool = False
    page_end: bool = False
    cells: tuple[str, ...] = ()
    gap: bool = False

    def part(self, text: str, offset: int) -> "Line":
        """A later part of this line, with the marker left behind on the first part."""
        key = (self.key[0], self.key[1] + offset)
        return replace(self, text=text, key=key, bullet="", indent=0, column=0, cells=())

    def cell(self, text: str, offset: int) -> "Line":
        """The same for a cell, which may start with a marker of its own."""
        inner = _lex(self.number - 1, 0, text)
        return replace(self.part(inner.text, offset), bullet=inner.bullet)


def decode(data: bytes) -> str:
    """UTF-8 with or without BOM, else Windows-1252. Raises ImportRefused (empty, too_large, not_text)."""
    if len(data) > MAX_BYTES:
        raise ImportRefused("too_large")
    if not data.strip():
        raise ImportRefused("empty")
    if b"\x00" in data or data.startswith(_BINARY_HEADS):
        raise ImportRefused("not_text")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportRefused("not_text")


def check_text(text: str) -> None:
    """Refuse before any work is done, so that a huge or binary file costs nothing."""
    if len(text) > MAX_BYTES or text.count("\n") + text.count("\r") >= 2 * MAX_LINES:
        raise ImportRefused("too_large")
    if len(text.encode("utf-8", "replace")) > MAX_BYTES or len(raw_lines(text)) > MAX_LINES:
        raise ImportRefused("too_large")
    if not clean(text).replace(SOFT_HYPHEN, "").strip():
        raise ImportRefused("empty")
    if "\x00" in text or len(_CONTROL.findall(text)) * 50 > len(text):
        raise ImportRefused("not_text")


def raw_lines(text: str) -> list[str]:
    """The lines as the importer numbers them (index + 1); for a screen with the source beside the result."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def clean(text: str) -> str:
    """Spaces, hyphens and ligatures of one kind; tabs and form feeds stay, invisible characters go."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", _SPACES.sub(" ", text)))
    return re.sub(r"(?<=\S) {4,}", "   ", text.translate(_LOOKALIKES))


def read_lines(text: str) -> list[Line]:
    """All non-blank lines in order, markers recognised. A marker alone on its line moves to the next line."""
    lines: list[Line] = []
    waiting: list[str] = []
    first = True
    for line in _segments(text):
        if _LONE_BULLET.fullmatch(line.text) and not line.text[0].isdigit():
            waiting, first = [*waiting, line.text] if first else [line.text], True
            continue
        if waiting and any(char.isalpha() for char in line.text):
            line, first = _marked(line, waiting, first), False
        lines.append(line)
    return lines


def _marked(line: Line, waiting: list[str], first: bool) -> Line:
    """A column of loose markers stands above the lines it belongs to, in order, up to the next heading."""
    if line.bullet or not first and (line.gap or line.text[-1] == ":"):
        waiting.clear()
        return line
    if not first and line.text[0].islower():
        return line
    return replace(line, bullet=waiting.pop(0), column=line.indent + 2)


def _segments(text: str) -> Iterator[Line]:
    gap = page = False
    for index, raw in enumerate(raw_lines(text)):
        pieces = raw.split("\f")
        for part, piece in enumerate(pieces):
            page = page or part > 0
            line = None if not piece or piece.isspace() else _lex(index, part, clean(piece))
            if line is None or not line.text:
                gap = True
                continue
            yield replace(line, page_start=page, page_end=part < len(pieces) - 1, gap=gap or page)
            gap = page = False


def _lex(index: int, part: int, text: str) -> Line:
    body = text.strip()
    broken = body.endswith(SOFT_HYPHEN)
    body = body.replace(SOFT_HYPHEN, "").strip() + (SOFT_HYPHEN if broken else "")
    body = "" if body == SOFT_HYPHEN else _unmark(body)
    indent = len(text) - len(text.lstrip())
    cells = _cells_of(text)
    match = _BULLET.match(body)
    if not match:
        return Line(index + 1, (index, part * 1000), body, "", indent, indent, cells=cells)
    kind = match.lastgroup or ""
    bullet = match[0].strip() if kind in ("mark", "dash", "ring") else kind
    rest = body[match.end() :].strip()
    cells = (cells[0][match.end() :].strip(), *cells[1:]) if cells and cells[0] else ()
    return Line(index + 1, (index, part * 1000), rest, bullet, indent, indent + match.end(), cells=cells)


def _cells_of(text: str) -> tuple[str, ...]:
    if not ("\t" in text or "|" in text or "   " in text) or len(text) > 20_000:
        return ()
    if text.strip().startswith("|"):
        text = text.strip().strip("|")
    cells = tuple(cell.strip() for cell in _CELLS.split(text.rstrip(" ")))
    return cells if len(cells) > 1 and any(cells) else ()


def _unmark(body: str) -> str:
    """Headings and emphasis of Markdown mean nothing here."""
    if body.startswith("#"):
        body = body.lstrip("#").strip()
    return body.replace("**", "").replace("__", "").strip() if body.strip("*_=-") else body

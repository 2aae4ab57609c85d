"""PDF from a typst template (PDF/UA-1: tagged, with language and title).

Data goes in as JSON that the template reads, so nothing a person typed is ever parsed as typst.
"""

import json
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from flask import Response

from app.infra.downloads import disposition

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FONTS = TEMPLATES.parent / "app" / "static" / "fonts" / "pdf"
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_LOOSE = re.compile("(?<=\\?)[\u200c\u200d\ufe0e\ufe0f]+|[\u200c\u200d\ufe0e\ufe0f]+(?=\\?)")
_DRAWN = frozenset(
    ("LATIN", "GREEK", "CYRILLIC", "DEVANAGARI", "HEBREW", "ARABIC", "HIRAGANA", "KATAKANA", "CJK", "HANGUL")
)
MOST_REPLACEMENTS = 40
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_BEYOND = re.compile("[^\u0000-\u024f\u2010-\u2030\u20ac]")


def render_pdf(template: str, data: dict[str, Any], *, at: datetime | None = None) -> bytes:
    """`template` is a path below templates/, like "proposals/receipt.typ"; `data` must be plain JSON.

    The template reads it with `#let data = json(bytes(sys.inputs.data))`. The document is dated now; with
    `at` the same data gives the same bytes.
    """
    text = json.dumps(data, ensure_ascii=False)
    for _ in range(MOST_REPLACEMENTS):
        try:
            return _compile(template, text, at)
        except typst.TypstError as error:
            missing = _NO_GLYPH.search(str(error))
            if missing is None:
                raise
            text = _without(text, missing.group(1))
    return _compile(template, _BEYOND.sub("?", text), at)


def _compile(template: str, data: str, at: datetime | None) -> bytes:
    pdf: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        sys_inputs={"data": data},
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=None if at is None else int(at.timestamp()),
    )
    return pdf


def _without(data: str, shown: str) -> str:
    """PDF/UA refuses what no font can draw (a rare script in a name): a question mark stands in its place."""
    for character in _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), shown):
        if not character.isascii() or not character.isprintable():
            gone = _alike(character, data)
            data = "".join("?" if one in gone else one for one in data)
            data = data.replace(json.dumps(character, ensure_ascii=False)[1:-1], "?")
    return _LOOSE.sub("", data)


def _alike(character: str, data: str) -> set[str]:
    """What of the data no font can draw either: a letter of a script that the fonts do not have takes its
    whole script along, since each drawing names only a few of what is missing."""
    script = _script(character)
    return {one for one in set(data) if _script(one) == script} if script else {character}


def _script(character: str) -> str:
    """The script of a letter, or "" when it is none or one that the fonts have."""
    name = unicodedata.name(character, "") if unicodedata.category(character)[0] in "LM" else ""
    script = name.partition(" ")[0]
    return "" if script in _DRAWN or name.startswith("COMBINING") else script


def pdf_download(pdf: bytes, name: str) -> Response:
    """A PDF as a file to keep, never shown inside the application."""
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = disposition(name)
    return response

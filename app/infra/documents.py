"""PDF from a typst template (PDF/UA-1: tagged, with language and title).

Data goes in as JSON that the template reads, so nothing a person typed is ever parsed as typst.
"""

import json
import re
from pathlib import Path
from typing import Any

import typst
from flask import Response

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
_JOINERS = re.compile("[\u200d\ufe0e\ufe0f]")
MOST_REPLACEMENTS = 40
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """`template` is a path below templates/, like "proposals/receipt.typ"; `data` must be plain JSON.

    The template reads it with `#let data = json(bytes(sys.inputs.data))`.
    """
    text = json.dumps(data, ensure_ascii=False)
    for _ in range(MOST_REPLACEMENTS):
        try:
            return _compile(template, text)
        except typst.TypstError as error:
            missing = _NO_GLYPH.search(str(error))
            if missing is None:
                raise
            text = _without(text, missing.group(1))
    return _compile(template, text.encode("ascii", "replace").decode())


def _compile(template: str, data: str) -> bytes:
    pdf: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        sys_inputs={"data": data},
        font_paths=[str(TEMPLATES.parent / "app" / "static" / "fonts")],
        pdf_standards=["ua-1"],
    )
    return pdf


def _without(data: str, shown: str) -> str:
    """PDF/UA refuses what no font can draw (an emoji in a name): a question mark stands in its place."""
    for character in _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), shown):
        escaped = json.dumps(character, ensure_ascii=False)[1:-1]
        data = data.replace(escaped, "?") if not character.isascii() or not character.isprintable() else data
    return _JOINERS.sub("", data)


def pdf_download(pdf: bytes, name: str) -> Response:
    """A PDF as a file to keep, never shown inside the application."""
    response = Response(pdf, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response

"""PDF from a typst template (PDF/UA-1: tagged, with language and title).

Data goes in as JSON that the template reads, so nothing a person typed is ever parsed as typst.
"""

import json
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def render_pdf(template: str, data: dict[str, Any]) -> bytes:
    """`template` is a path below templates/, like "proposals/receipt.typ"; `data` must be plain JSON.

    The template reads it with `#let data = json(bytes(sys.inputs.data))`.
    """
    pdf: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        font_paths=[str(TEMPLATES.parent / "app" / "static" / "fonts")],
        pdf_standards=["ua-1"],
    )
    return pdf

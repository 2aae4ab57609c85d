# ruff: noqa: E501
"""A document as Writer saves it."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from .model import Block, Break, Doc, Heading, Items, Para, Table

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
                         ("fo", "xsl-fo-compatible"), ("manifest", "manifest"))
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_MIME = "application/vnd.oasis.opendocument.text"


def odt(doc: Doc) -> bytes:
    writer = _Writer(doc)
    body = "".join(writer.block(block) for block in doc.blocks)
    styles = f"<office:automatic-styles>{writer.styles()}</office:automatic-styles>"
    master = f"<style:master-page style:name=\"Standard\"><style:header>{_paragraph(doc.header)}</style:header>" \
             f"<style:footer>{_paragraph(doc.footer.replace('#', '1'))}</style:footer></style:master-page>"  # fmt: skip
    manifest = f'{_HEAD}<manifest:manifest {_NAMES}><manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>' \
               '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'  # fmt: skip
    parts = {
        "content.xml": f"{_HEAD}<office:document-content {_NAMES}>{styles}<office:body><office:text>{body}"
                       "</office:text></office:body></office:document-content>",
        "styles.xml": f"{_HEAD}<office:document-styles {_NAMES}><office:master-styles>{master}"
                      "</office:master-styles></office:document-styles>",
        "META-INF/manifest.xml": manifest,
    }  # fmt: skip
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", _MIME, zipfile.ZIP_STORED)
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


class _Writer:
    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._marks: list[str] = []

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            level = max(1, block.level)
            return f'<text:h text:outline-level="{level}">{_inner(block.text)}</text:h>'
        if isinstance(block, Para):
            return _paragraph(block.text)
        if isinstance(block, Items):
            return self._items(block)
        if isinstance(block, Table):
            return self._table(block)
        return "<text:p><text:soft-page-break/></text:p>" if isinstance(block, Break) else ""

    def _items(self, items: Items) -> str:
        if not items.mark:
            return "".join(_paragraph(text) for text in items.ended())
        if self._doc.typed_marks:
            pairs = zip(items.marks(), items.ended(), strict=True)
            return "".join(_paragraph(f"{mark}\t{text}") for mark, text in pairs)
        if items.mark not in self._marks:
            self._marks.append(items.mark)
        style = f"L{self._marks.index(items.mark) + 1}"
        inner = "".join(f"<text:list-item>{_paragraph(text)}</text:list-item>" for text in items.ended())
        return f'<text:list text:style-name="{style}">{inner}</text:list>'

    def _table(self, table: Table) -> str:
        rows = ""
        for row in table.rows:
            cells = "".join(
                f"<table:table-cell>{self._items(cell) if isinstance(cell, Items) else _paragraph(cell)}</table:table-cell>"
                for cell in row
            )
            rows += f"<table:table-row>{cells}</table:table-row>"
        columns = max(len(row) for row in table.rows)
        return f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>{rows}</table:table>'

    def styles(self) -> str:
        kinds = {"1.": ("1", "."), "a)": ("a", ")")}
        out = ""
        for number, mark in enumerate(self._marks, 1):
            if mark in kinds:
                form, suffix = kinds[mark]
                level = f'<text:list-level-style-number text:level="1" style:num-format="{form}" style:num-suffix="{suffix}"/>'
            else:
                level = f'<text:list-level-style-bullet text:level="1" text:bullet-char="{mark}"/>'
            out += f'<text:list-style style:name="L{number}">{level}</text:list-style>'
        return out


def _paragraph(text: str) -> str:
    return f"<text:p>{_inner(text)}</text:p>"


def _inner(text: str) -> str:
    half = len(text) // 2
    return f"<text:span>{_tabs(text[:half])}</text:span>{_tabs(text[half:])}"


def _tabs(text: str) -> str:
    return escape(text).replace("\t", "<text:tab/>")

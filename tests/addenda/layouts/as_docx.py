# ruff: noqa: E501
"""A document as Word writes it: styles for headings, real lists or typed marks, tables, header and footer."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from .model import Block, Break, Doc, Heading, Items, Para, Table

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' \
     'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx(doc: Doc) -> bytes:
    writer = _Writer(doc)
    body = "".join(writer.block(block) for block in doc.blocks)
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/>' \
              '<w:footerReference w:type="default" r:id="rId4"/></w:sectPr>'  # fmt: skip
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _rels((("rId1", "officeDocument", "word/document.xml"),)),
        "word/_rels/document.xml.rels": _rels(
            (("rId1", "styles", "styles.xml"), ("rId2", "numbering", "numbering.xml"),
             ("rId3", "header", "header1.xml"), ("rId4", "footer", "footer1.xml"))),
        "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": f"{_HEAD}<w:styles {_W}>{_styles()}</w:styles>",
        "word/numbering.xml": f"{_HEAD}<w:numbering {_W}>{writer.numbering()}</w:numbering>",
        "word/header1.xml": f"{_HEAD}<w:hdr {_W}>{_paragraph(doc.header)}</w:hdr>",
        "word/footer1.xml": f"{_HEAD}<w:ftr {_W}>{_paragraph(doc.footer.replace('#', '1'))}</w:ftr>",
    }  # fmt: skip
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


class _Writer:
    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._lists: list[str] = []

    def block(self, block: Block) -> str:
        if isinstance(block, Heading):
            style = "Title" if block.level == 0 else f"Heading{block.level}"
            return _paragraph(block.text, f'<w:pStyle w:val="{style}"/>')
        if isinstance(block, Para):
            return _paragraph(block.text, bold=block.bold)
        if isinstance(block, Items):
            return self._items(block)
        if isinstance(block, Table):
            return self._table(block)
        return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' if isinstance(block, Break) else ""

    def _items(self, items: Items) -> str:
        if not items.mark:
            return "".join(_paragraph(text) for text in items.ended())
        if self._doc.typed_marks:
            pairs = zip(items.marks(), items.ended(), strict=True)
            return "".join(_paragraph(f"{mark}\t{text}") for mark, text in pairs)
        self._lists.append(items.mark)
        number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{len(self._lists)}"/></w:numPr>'
        style = f'<w:pStyle w:val="ListParagraph"/>{number}'
        return "".join(_paragraph(text, style) for text in items.ended())

    def _table(self, table: Table) -> str:
        rows = ""
        for row in table.rows:
            cells = ""
            for cell in row:
                inner = self._items(cell) if isinstance(cell, Items) else _paragraph(cell)
                cells += f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
            rows += f"<w:tr>{cells}</w:tr>"
        return f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>{rows}</w:tbl><w:p/>'

    def numbering(self) -> str:
        kinds = {"1.": ("decimal", "%1."), "a)": ("lowerLetter", "%1)")}
        abstract = instances = ""
        for number, mark in enumerate(self._lists, 1):
            form, text = kinds.get(mark, ("bullet", mark))
            level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            abstract += f'<w:abstractNum w:abstractNumId="{number}">{level}</w:abstractNum>'
            instances += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        return abstract + instances


def _paragraph(text: str, properties: str = "", bold: bool = False) -> str:
    runs = ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    half = len(text) // 2
    for piece in (text[:half], text[half:]):  # Word cuts sentences into runs wherever somebody typed
        inner = "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in piece.split("\t")
        )
        runs += f"<w:r>{look}{inner}</w:r>" if piece else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def _styles() -> str:
    names = ["Title", "Heading1", "Heading2", "Heading3", "ListParagraph"]
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>' for name in names
    )


def _rels(entries: tuple[tuple[str, str, str], ...]) -> str:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{_RELS}/{kind}" Target="{target}"/>' for key, kind, target in entries
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _types() -> str:
    parts = ("document.main", "styles", "numbering", "header", "footer")
    names = {"document.main": "document", "header": "header1", "footer": "footer1"}
    inner = "".join(
        f'<Override PartName="/word/{names.get(part, part)}.xml" ContentType="{_MAIN}.{part}+xml"/>'
        for part in parts
    )
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    plain = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rels}{plain}{inner}</Types>'

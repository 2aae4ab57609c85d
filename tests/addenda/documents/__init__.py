"""Documents for the tests of reading, made by code; the .pdf and .odt beside this file are LibreOffice's."""

import io
import zipfile
from pathlib import Path

from app.addenda.reading.sample import word_document

HERE = Path(__file__).parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def stored(name: str) -> bytes:
    return (HERE / name).read_bytes()


def repacked(data: bytes, changes: dict[str, bytes | str | None]) -> bytes:
    """The same zip with parts changed, added, or (None) left out."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return packed.getvalue()


def docx(body: str, *, parts: dict[str, str] | None = None, kinds: dict[str, str] | None = None) -> bytes:
    """A .docx with this XML in its body. `parts` are further parts of word/ by name, tied to the text as
    `kinds` says (by default the part's own name)."""
    data = word_document((("", "x"),))
    extra = {f"word/{name}.xml": text for name, text in (parts or {}).items()}
    related = "".join(
        f'<Relationship Id="x{name}" Type="{OFFICE}/{(kinds or {}).get(name, name)}" Target="{name}.xml"/>'
        for name in [
            "styles",
            "numbering",
            *(name for name in parts or {} if name not in ("styles", "numbering")),
        ]
    )
    return repacked(
        data,
        {
            "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGES}/relationships">{related}'
            "</Relationships>",
            **extra,
        },
    )


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(map(run, runs))}</w:p>"


def run(text: str) -> str:
    return text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, number: int, level: int = 0) -> str:
    return paragraph(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def table(*rows: tuple[str, ...]) -> str:
    """Cells are XML of paragraphs, or plain text."""
    lines = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"


def odt(body: str, *, styles: str = "", automatic: str = "", masters: str = "") -> bytes:
    """A .odt with this XML as its text."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {ODF}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return packed.getvalue()


def pdf(markup: str) -> bytes:
    """A PDF of a piece of typst."""
    import typst

    made: bytes = typst.compile(markup.encode())
    return made


def ole(*names: str) -> bytes:
    """The beginning of an OLE container with a directory of these names."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in ("Root Entry", *names))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + directory

"""Writing a Word document (ECMA-376) with real headings, lists, tables and alternative texts.

Small on purpose: every part of the file is ours, so it says nl-BE everywhere, holds no macro, no link to a
template, and is the same bytes for the same content.
"""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from app.addenda.takeaway.words import clean
from app.infra.markdown import Block, Run

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PARTS = Path(__file__).with_name("word_parts")
TEXT_WIDTH = 9638  # twentieths of a point: 17 cm on A4
_EMU = 360_000  # in a centimetre
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_FIXED = (1980, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class WordDocument:
    """Add parts from top to bottom, then `content`."""

    def __init__(self, title: str, author: str, about: str, at: datetime) -> None:
        self._title, self._author, self._about, self._at = title, author, about, at
        self._body: list[str] = []
        self._links: dict[str, str] = {}
        self._media: dict[bytes, str] = {}
        self._pictures = 0
        self._ordered = 0

    def heading(self, level: int, text: str) -> None:
        self.paragraph([Run(text)], style=f"Heading{level}")

    def text(self, text: str, style: str = "") -> None:
        self.paragraph([Run(text)], style=style)

    def paragraph(self, runs: list[Run], style: str = "", numbering: int = 0) -> None:
        self._body.append(self._paragraph(runs, style, numbering))

    def bullets(self, texts: list[str]) -> None:
        for text in texts:
            self.paragraph([Run(text)], "ListBullet", 1)

    def numbered(self, texts: list[str]) -> None:
        """A list that begins at 1."""
        self.rich([Block("ol", [[Run(text)] for text in texts])])

    def rich(self, blocks: list[Block]) -> None:
        """Paragraphs and lists that somebody typed; every numbered list begins at 1."""
        for block in blocks:
            if block.kind == "ol":
                self._ordered += 1
            style = {"ul": "ListBullet", "ol": "ListNumber"}.get(block.kind, "")
            numbering = {"ul": 1, "ol": 1 + self._ordered}.get(block.kind, 0)
            for item in block.items:
                self.paragraph(item, style, numbering)

    def picture(self, png: bytes, alt: str, centimetres: float) -> None:
        """In a paragraph of its own; the same picture is stored once."""
        name = self._media.setdefault(png, f"image{len(self._media) + 1}.png")
        self._pictures += 1
        size = int(centimetres * _EMU)
        values = {"size": size, "id": self._pictures, "alt": quoteattr(clean(alt)), "rel": _media_id(name)}
        self._body.append((PARTS / "picture.xml").read_text().strip().format(**values))

    def table(self, caption: str, header: list[str], rows: list[list[str]], widths: list[int]) -> None:
        """The first row is a header that comes back on every page; the first cell names its row."""
        scale = TEXT_WIDTH / sum(widths)
        sizes = [int(one * scale) for one in widths]
        grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
        lines = [
            self._row(header, sizes, "<w:cantSplit/><w:tblHeader/>"),
            *(self._row(row, sizes, "<w:cantSplit/>") for row in rows),
        ]
        self._body.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="CallTable"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
            '<w:tblLook w:val="04A0" w:firstRow="1" w:firstColumn="1" w:noVBand="1"/>'
            f"<w:tblCaption w:val={quoteattr(clean(caption))}/></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl><w:p/>"
        )

    def content(self, footer: str) -> bytes:
        """The file. `footer` stands before the page numbers."""
        document = (PARTS / "document.xml").read_text().format(body="".join(self._body))
        files: dict[str, bytes | str] = {
            "[Content_Types].xml": (PARTS / "content_types.xml").read_text(),
            "_rels/.rels": (PARTS / "package_rels.xml").read_text(),
            "docProps/core.xml": self._core(),
            "docProps/app.xml": (PARTS / "app.xml").read_text(),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": self._relations(),
            "word/styles.xml": (PARTS / "styles.xml").read_text(),
            "word/settings.xml": (PARTS / "settings.xml").read_text(),
            "word/numbering.xml": self._numbering(),
            "word/footer1.xml": (PARTS / "footer.xml").read_text().format(text=escape(clean(footer))),
            **{f"word/media/{name}": png for png, name in self._media.items()},
        }
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in files.items():
                package.writestr(zipfile.ZipInfo(name, _FIXED), data, zipfile.ZIP_DEFLATED)
        return buffer.getvalue()

    def _paragraph(self, runs: list[Run], style: str = "", numbering: int = 0) -> str:
        properties = f'<w:pStyle w:val="{style}"/>' if style else ""
        if numbering:
            properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>'
        shown = f"<w:pPr>{properties}</w:pPr>" if properties else ""
        return f"<w:p>{shown}{''.join(self._run(run) for run in runs)}</w:p>"

    def _run(self, run: Run) -> str:
        style = '<w:rStyle w:val="Hyperlink"/>' if run.href else ""
        style += ("<w:b/>" if run.bold else "") + ("<w:i/>" if run.italic else "")
        properties = f"<w:rPr>{style}</w:rPr>" if style else ""
        lines = clean(run.text).replace("\t", " ").split("\n")
        text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
        shown = f"<w:r>{properties}{text}</w:r>"
        if not run.href:
            return shown
        relation = self._links.setdefault(run.href, f"link{len(self._links) + 1}")
        return f'<w:hyperlink r:id="{relation}" w:history="1">{shown}</w:hyperlink>'

    def _row(self, cells: list[str], sizes: list[int], properties: str) -> str:
        shown = (
            f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/></w:tcPr>{self._paragraph([Run(cell)])}</w:tc>'
            for cell, size in zip(cells, sizes, strict=True)
        )
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(shown)}</w:tr>"

    def _relations(self) -> str:
        own = [("styles", "styles.xml"), ("settings", "settings.xml"), ("numbering", "numbering.xml")]
        found = [_relation(kind, kind, target) for kind, target in [*own, ("footer", "footer1.xml")]]
        found += [_relation(_media_id(name), "image", f"media/{name}") for name in self._media.values()]
        found += [_relation(name, "hyperlink", href, external=True) for href, name in self._links.items()]
        return f'{_HEAD}<Relationships xmlns="{_RELS}">{"".join(found)}</Relationships>'

    def _numbering(self) -> str:
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        numbers = "".join(
            f'<w:num w:numId="{number + 2}"><w:abstractNumId w:val="2"/>{restart}</w:num>'
            for number in range(self._ordered)
        )
        return (PARTS / "numbering.xml").read_text().format(numbers=numbers)

    def _core(self) -> str:
        return (
            (PARTS / "core.xml")
            .read_text()
            .format(
                title=escape(clean(self._title)),
                author=escape(clean(self._author)),
                about=escape(clean(self._about)),
                at=f"{self._at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            )
        )


def _media_id(name: str) -> str:
    return name.replace(".png", "")


def _relation(name: str, kind: str, target: str, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{name}" Type="{_R}/{kind}" Target={quoteattr(clean(target))}{mode}/>'

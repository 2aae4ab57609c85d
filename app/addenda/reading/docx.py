"""Word documents: the text as a reader sees it, in the order of the document.

Deleted text of tracked changes is out and inserted text in; of a text box that is stored twice one is
taken; headers and footers stand before the text, footnotes after it.
"""

from collections.abc import Callable

from app.infra.archive import Archive
from app.infra.office import main_part, relations
from app.infra.xmlstream import Node, blocks, tree

from .counters import hang
from .docx_lists import Numbering, Styles, is_on
from .tables import Cell, table_lines
from .text import assemble, without_repeats

_BLOCKS_INSIDE = ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml")
_RUNS_INSIDE = (
    "w:hyperlink", "w:ins", "w:moveTo", "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple", "w:customXml",
    "w:dir", "w:bdo", "w:ruby", "w:rubyBase", "m:oMath", "m:oMathPara",
)  # fmt: skip
_CHARACTERS = {
    "w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad",
}  # fmt: skip
_NOTES = (("footnotes", "w:footnotes", "w:footnote"), ("endnotes", "w:endnotes", "w:endnote"))


def read_docx(archive: Archive) -> str:
    """The text. Raises DocumentRefused (damaged_document, unpacks_too_large, outside_references)."""
    part = main_part(archive)
    parts = relations(archive, part)
    walker = _Walker(archive, parts)
    body: list[str] = []
    for _, node in blocks(archive.chunks(part), frozenset({"w:body"})):
        walker.block(node, body)
    walker.finish(body)
    margins: list[str] = []
    for kind, name in parts:
        if kind in ("header", "footer") and name in archive.names:
            for _, node in blocks(archive.chunks(name), frozenset({"w:hdr", "w:ftr"})):
                walker.block(node, margins)
            walker.finish(margins)
    return assemble(without_repeats(margins, body), body, _notes(archive, parts, walker))


def _notes(archive: Archive, parts: list[tuple[str, str]], walker: "_Walker") -> list[str]:
    lines: list[str] = []
    for kind, container, tag in _NOTES:
        name = next((one for found, one in parts if found == kind and one in archive.names), "")
        if not name:
            continue
        for _, node in blocks(archive.chunks(name), frozenset({container})):
            if node.tag == tag and "w:type" not in node.attrs:
                note: list[str] = []
                for child in node.nodes():
                    walker.block(child, note)
                walker.finish(note)
                lines.append(" ".join(line.strip() for line in note if line))
    return lines


class _Walker:
    def __init__(self, archive: Archive, parts: list[tuple[str, str]]) -> None:
        def part(kind: str) -> Node:
            name = next((one for found, one in parts if found == kind), "")
            return tree(archive.read(name) or b"<none/>")

        self._styles = Styles(part("styles"))
        self._numbering = Numbering(part("numbering"), self._styles)
        self._carried = ""
        self._blocks: dict[str, Callable[[Node, list[str]], None]] = {
            "w:p": self._paragraph,
            "w:tbl": self._table,
            "mc:AlternateContent": lambda node, out: self._inside(_chosen(node), out),
            **dict.fromkeys(_BLOCKS_INSIDE, self._inside),
        }

    def block(self, node: Node, out: list[str]) -> None:
        read = self._blocks.get(node.tag)
        if read is not None:
            read(node, out)

    def finish(self, out: list[str]) -> None:
        """A paragraph whose end was deleted, with nothing after it to join."""
        if self._carried:
            out.append(self._carried)
            self._carried = ""

    def _inside(self, node: Node, out: list[str]) -> None:
        for child in node.nodes():
            self.block(child, out)

    def _paragraph(self, node: Node, out: list[str]) -> None:
        found = _Inline()
        style = node.value("w:pPr", "w:pStyle") or ""
        chain = [one for _, one in self._styles.chain(style)]
        if not any(one.hidden for one in chain):
            found.read(node)
        text, self._carried = self._carried + found.text(), ""
        if node.first("w:pPr", "w:rPr", "w:del") is not None:
            self._carried = text
        else:
            self._lines(node, style, text, any(one.heading for one in chain), out)
            if any(one.contents for one in chain[:1]) and out:
                out[-1] = out[-1].replace("\t", " ........ ")
        for box in found.boxes:
            for child in box.nodes():
                self.block(child, out)

    def _lines(self, node: Node, style: str, text: str, heading: bool, out: list[str]) -> None:
        number = node.value("w:pPr", "w:numPr", "w:numId")
        level = node.value("w:pPr", "w:numPr", "w:ilvl") or ""
        if not text.strip():
            out.extend(["\f"] if "\f" in text else [""])
            return
        own = int(level) if level.isascii() and level.isdecimal() else None
        marker, depth = self._numbering.marker(style, number, own)
        if heading or node.first("w:pPr", "w:outlineLvl") is not None:
            out.extend(["", *hang(text, marker, 0)])
        else:
            out.extend(hang(text, marker, depth))

    def _table(self, node: Node, out: list[str]) -> None:
        rows: list[list[Cell]] = []
        for row in _members(node, "w:tr"):
            if row.first("w:trPr", "w:del") is None:
                rows.append([self._cell(cell) for cell in _members(row, "w:tc")])
        out.extend(["", *table_lines(rows), ""])

    def _cell(self, node: Node) -> Cell:
        lines: list[str] = []
        merge = node.first("w:tcPr", "w:vMerge")
        if merge is None or merge.attrs.get("w:val") == "restart":
            self._inside(node, lines)
            self.finish(lines)
        return [line.replace("\f", "") for line in lines if line.strip()]


def _members(node: Node, tag: str) -> list[Node]:
    """Rows or cells, also those inside a content control; not those of a table within."""
    found: list[Node] = []
    for child in node.nodes():
        if child.tag == tag:
            found.append(child)
        elif child.tag in _BLOCKS_INSIDE:
            found.extend(_members(child, tag))
    return found


def _chosen(node: Node) -> Node:
    """The same thing is stored twice, for newer and older programs: the newer, else the older."""
    return node.first("mc:Choice") or node.first("mc:Fallback") or Node("", {})


class _Inline:
    """The characters of one paragraph, and the text boxes that hang on it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.boxes: list[Node] = []

    def text(self) -> str:
        return "".join(self._parts)

    def read(self, node: Node) -> None:
        for child in node.nodes():
            if child.tag in ("w:r", "m:r"):
                if not is_on(child.first("w:rPr", "w:vanish")):
                    self._run(child)
            elif child.tag == "mc:AlternateContent":
                self.read(_chosen(child))
            elif child.tag in _RUNS_INSIDE or child.tag.startswith("m:"):
                self.read(child)

    def _run(self, node: Node) -> None:
        for child in node.nodes():
            if child.tag in ("w:t", "m:t"):
                self._parts.extend(one for one in child.children if isinstance(one, str))
            elif child.tag in _CHARACTERS:
                self._parts.append(_CHARACTERS[child.tag])
            elif child.tag == "w:br":
                self._parts.append("\f" if child.attrs.get("w:type") == "page" else "\n")
            elif child.tag == "w:sym":
                self._parts.append(_symbol(child.attrs.get("w:char", "")))
            elif child.tag == "mc:AlternateContent":
                self._run(_chosen(child))
            elif child.tag in ("w:drawing", "w:pict", "w:object"):
                self.boxes.extend(child.find("w:txbxContent"))


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""

"""OpenDocument texts: the text as a reader sees it, in the order of the document.

Deleted text of tracked changes is kept apart in the file and left there; headers and footers stand before
the text, footnotes after it.
"""

from collections.abc import Callable

from app.infra.archive import Archive
from app.infra.xmlstream import Node, blocks

from .counters import hang
from .odt_lists import Lists, whole
from .tables import Cell, table_lines
from .text import assemble, without_repeats

_STYLES = frozenset({"office:styles", "office:automatic-styles"})
_CONTENT = _STYLES | {"office:text"}
_MARGINS = ("style:header", "style:footer", "style:header-first", "style:footer-first")
_INSIDE = (
    "text:section", "text:index-body", "text:index-title", "text:table-of-content", "text:alphabetical-index",
    "text:illustration-index", "text:table-index", "text:object-index", "text:user-index",
    "text:bibliography",
)  # fmt: skip
_SKIPPED = (
    "office:annotation", "office:annotation-end", "text:tracked-changes", "text:ruby-text",
    "text:hidden-text", "text:hidden-paragraph", "text:bookmark",
)  # fmt: skip
_CHARACTERS = {"text:tab": "\t", "text:line-break": "\n"}
_MOST = 1000


def read_odt(archive: Archive) -> str:
    """The text. Raises DocumentRefused (damaged_document, unpacks_too_large, outside_references)."""
    walker = _Walker()
    margins: list[str] = []
    if "styles.xml" in archive.names:
        for kind, node in blocks(archive.chunks("styles.xml"), _STYLES | {"office:master-styles"}):
            if kind in _STYLES:
                walker.lists.learn(node)
            for part in [one for name in _MARGINS for one in node.find(name)]:
                walker.inside(part, margins)
    body: list[str] = []
    for kind, node in blocks(archive.chunks("content.xml"), _CONTENT):
        if kind in _STYLES:
            walker.lists.learn(node)
        else:
            walker.block(node, body)
    return assemble(without_repeats(margins, body), body, walker.notes)


class _Walker:
    def __init__(self) -> None:
        self.lists = Lists()
        self.notes: list[str] = []
        self._depth = 0
        self._contents = False
        self._blocks: dict[str, Callable[[Node, list[str]], None]] = {
            "text:p": lambda node, out: self._paragraph(node, out, ""),
            "text:h": self._heading,
            "text:list": lambda node, out: self._list(node, out, ""),
            "text:numbered-paragraph": self.inside,
            "table:table": self._table,
            "drawing:frame": self._frame,
            **dict.fromkeys(_INSIDE, self._section),
        }

    def block(self, node: Node, out: list[str]) -> None:
        read = self._blocks.get(node.tag)
        if read is not None:
            read(node, out)

    def inside(self, node: Node, out: list[str]) -> None:
        for child in node.nodes():
            self.block(child, out)

    def _section(self, node: Node, out: list[str]) -> None:
        if node.attrs.get("text:display") in ("none", "condition"):
            return
        before, self._contents = self._contents, self._contents or node.tag == "text:table-of-content"
        self.inside(node, out)
        self._contents = before

    def _heading(self, node: Node, out: list[str]) -> None:
        level = whole(node.attrs.get("text:outline-level", "1")) or 1
        marker = "" if node.attrs.get("text:is-list-header") == "true" else self.lists.marker("", level)
        out.append("")
        self._paragraph(node, out, marker)

    def _paragraph(self, node: Node, out: list[str], marker: str) -> None:
        found = _Inline()
        found.read(node)
        text = found.text()
        if self._contents:
            text = text.replace("\t", " ........ ")
        if text.strip() or not marker:
            out.extend(hang(text, marker, max(0, self._depth - 1)) if text.strip() else [""])
        for box in found.boxes:
            self._apart(box, out)
        for note in found.notes:
            lines: list[str] = []
            self._apart(note, lines)
            self.notes.append(" ".join(line.strip() for line in lines if line))

    def _apart(self, node: Node, out: list[str]) -> None:
        """What hangs on a paragraph of a list is not in the list."""
        before, self._depth = self._depth, 0
        self.inside(node, out)
        self._depth = before

    def _frame(self, node: Node, out: list[str]) -> None:
        for box in node.nodes("drawing:text-box"):
            self._apart(box, out)

    def _list(self, node: Node, out: list[str], name: str) -> None:
        """Lists stand in items of lists; the style of the outermost holds unless an inner one has its own."""
        name = node.attrs.get("text:style-name", "") or name or self._from_paragraph(node)
        goes_on = "text:continue-list" in node.attrs or node.attrs.get("text:continue-numbering") == "true"
        if not self._depth:
            self.lists.begin(name, goes_on=goes_on)
        self._depth += 1
        for item in node.nodes("text:list-item", "text:list-header"):
            self._item(item, out, name, numbered=item.tag == "text:list-item")
        self._depth -= 1

    def _item(self, item: Node, out: list[str], name: str, *, numbered: bool) -> None:
        start = item.attrs.get("text:start-value")
        for child in item.nodes():
            if child.tag == "text:list":
                self._list(child, out, name)
            elif child.tag in ("text:p", "text:h"):
                begin = whole(start) if start else None
                marker = self.lists.marker(name, self._depth, begin) if numbered else ""
                if child.tag == "text:h":
                    out.append("")
                self._paragraph(child, out, marker)
                numbered = False
            else:
                self.block(child, out)

    def _from_paragraph(self, node: Node) -> str:
        first = node.first("text:list-item", "text:p")
        return self.lists.of_paragraph(first.attrs.get("text:style-name", "")) if first else ""

    def _table(self, node: Node, out: list[str]) -> None:
        rows = [self._row(row) for row in _rows(node)]
        out.extend(["", *table_lines(rows), ""])

    def _row(self, row: Node) -> list[Cell]:
        cells: list[Cell] = []
        for cell in row.nodes("table:table-cell"):
            lines: list[str] = []
            self._apart(cell, lines)
            cells.append([line for line in lines if line.strip()])
        return cells


def _rows(node: Node) -> list[Node]:
    """Rows in order, those of the head included; not those of a table within."""
    found: list[Node] = []
    for child in node.nodes():
        if child.tag == "table:table-row":
            found.append(child)
        elif child.tag in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            found.extend(_rows(child))
    return found


class _Inline:
    """The characters of one paragraph, and the text boxes and notes that hang on it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.boxes: list[Node] = []
        self.notes: list[Node] = []

    def text(self) -> str:
        return "".join(self._parts)

    def read(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, str):
                self._parts.append(child.replace("\n", " "))
            elif child.tag in _CHARACTERS:
                self._parts.append(_CHARACTERS[child.tag])
            elif child.tag == "text:s":
                self._parts.append(" " * min(_MOST, whole(child.attrs.get("text:c", "1")) or 1))
            elif child.tag == "text:note":
                self.notes.extend(child.nodes("text:note-body"))
            elif child.tag.startswith("drawing:"):
                self.boxes.extend(child.find("drawing:text-box"))
            elif child.tag not in _SKIPPED:
                self.read(child)

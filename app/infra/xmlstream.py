"""XML of documents, block by block: a paragraph or table is built, handed over and forgotten.

Documents have no document type. Whoever declares one wants entities or something from outside, so the
declaration itself is refused; expat fetches nothing of its own accord.
"""

from collections.abc import Iterable, Iterator
from xml.parsers import expat

from app.infra.archive import DocumentRefused

DEPTH = 256
MOST_NODES = 3_000_000
_OOXML = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    **{f"{base}wordprocessingml/{end}": "w" for base, end in zip(_OOXML, ("2006/main", "main"), strict=True)},
    **{
        f"{base}officeDocument/{end}": "r"
        for base, end in zip(_OOXML, ("2006/relationships", "relationships"), strict=True)
    },
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    **{f"{_OASIS}{name}:1.0": name for name in ("office", "text", "table", "style", "drawing")},
}


class Node:
    """An element. `tag` and attribute names are `prefix:name` for the namespaces that matter here."""

    __slots__ = ("attrs", "children", "tag")

    def __init__(self, tag: str, attrs: dict[str, str]) -> None:
        self.tag = tag
        self.attrs = attrs
        self.children: list[Node | str] = []

    def nodes(self, *tags: str) -> Iterator["Node"]:
        """Child elements in order; only those with one of `tags` when given."""
        for child in self.children:
            if isinstance(child, Node) and (not tags or child.tag in tags):
                yield child

    def first(self, *path: str) -> "Node | None":
        """The first descendant along this path of tags."""
        found: Node | None = self
        for tag in path:
            found = next(found.nodes(tag), None) if found is not None else None
        return found

    def value(self, *path: str, name: str = "w:val") -> str | None:
        """An attribute of the element along this path; None when there is no such element or attribute."""
        found = self.first(*path)
        return found.attrs.get(name) if found is not None else None

    def find(self, tag: str) -> Iterator["Node"]:
        """All descendants with this tag that are not inside another one of them."""
        for child in self.nodes():
            if child.tag == tag:
                yield child
            else:
                yield from child.find(tag)


def blocks(chunks: Iterable[bytes], containers: frozenset[str]) -> Iterator[tuple[str, Node]]:
    """(container, child) for every child element of these containers. Raises DocumentRefused
    (outside_references, damaged_document, too_large)."""
    builder = _Builder(containers)
    for chunk in chunks:
        builder.feed(chunk)
        yield from builder.ready()
    builder.feed(b"", last=True)
    yield from builder.ready()


def tree(data: bytes) -> Node:
    """A small part as a whole: a node without name that holds the root element."""
    root = Node("", {})
    root.children = [node for _, node in blocks([data], frozenset({""}))]
    return root


class _Builder:
    def __init__(self, containers: frozenset[str]) -> None:
        self._containers = containers
        self._names: dict[str, str] = {}
        self._open: list[Node] = []
        self._path: list[str] = [""]
        self._ready: list[tuple[str, Node]] = []
        self._nodes = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser = parser

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError:
            raise DocumentRefused("damaged_document") from None

    def ready(self) -> Iterator[tuple[str, Node]]:
        found, self._ready = self._ready, []
        yield from found

    def _name(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            space, _, local = name.rpartition(" ")
            prefix = _PREFIXES.get(space, space)
            known = self._names[name] = f"{prefix}:{local}" if prefix else local
        return known

    def _start(self, name: str, attrs: dict[str, str]) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise DocumentRefused("too_large")
        if len(self._path) > DEPTH:
            raise DocumentRefused("damaged_document")
        tag = self._name(name)
        if self._open or self._path[-1] in self._containers:
            node = Node(tag, {self._name(one): value for one, value in attrs.items()})
            if self._open:
                self._open[-1].children.append(node)
            self._open.append(node)
        self._path.append(tag)

    def _end(self, name: str) -> None:
        self._path.pop()
        if self._open:
            node = self._open.pop()
            if not self._open:
                self._ready.append((self._path[-1], node))

    def _data(self, text: str) -> None:
        if self._open:
            self._open[-1].children.append(text)


def _refuse_doctype(*_declaration: object) -> None:
    raise DocumentRefused("outside_references")

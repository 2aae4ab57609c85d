"""What a document would fetch from elsewhere when it is opened: templates, pictures, other documents, data.

Only plain links to the web or a mail address may point outside. Sources: ECMA-376 part 2 (relationships) and
part 1, 17.16 (fields); OpenDocument 1.3 part 3, 19.918 (xlink:href).
"""

import re
from collections.abc import Iterable
from xml.parsers import expat

from app.infra.archive import Archive, DocumentRefused

_LINK = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]{2}|\\", re.IGNORECASE)
_WORDS = (b"Relationship", b"instr", b"ddeLink", b"dde-", b"href")
_OVERLAP = max(map(len, _WORDS))
_DATA = re.compile(r"\s*(?:DDE|DDEAUTO|DATABASE)\b", re.IGNORECASE)
_INCLUDED = re.compile(
    r"\s*(?:INCLUDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|RD)\b(.*)", re.IGNORECASE | re.DOTALL
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:|[\\/]{2}", re.IGNORECASE)
_DDE_ELEMENTS = {"ddeLink", "dde-source", "dde-connection-decl", "dde-link"}


def fetches(archive: Archive) -> bool:
    """Whether anything in it refers outside in another way than as a plain link. Raises DocumentRefused."""
    return any(_part_fetches(archive, name) for name in sorted(archive.names))


def _part_fetches(archive: Archive, name: str) -> bool:
    if name.endswith("/") or not _worth_reading(archive.chunks(name)):
        return False
    reader = _Reader(name)
    for chunk in archive.chunks(name):
        reader.feed(chunk)
        if reader.found:
            return True
    reader.feed(b"", last=True)
    return reader.found


def _worth_reading(chunks: Iterable[bytes]) -> bool:
    """Whether it is XML in which one of the words occurs; a sheet full of figures is only searched. XML in
    which letters are not single bytes is always read."""
    tail, begun = b"", False
    for chunk in chunks:
        if not begun:
            begun, start = True, chunk.removeprefix(b"\xef\xbb\xbf").lstrip()[:200]
            if b"\x00" in start[:4] or start.startswith((b"\xff\xfe", b"\xfe\xff")):
                return b"<" in start
            if not start.startswith(b"<"):
                return False
        if any(word in tail + chunk for word in _WORDS):
            return True
        tail = chunk[-_OVERLAP:]
    return False


class _Reader:
    """Reads one part; `found` once something points outside."""

    def __init__(self, name: str) -> None:
        self.found = False
        self._relations = name.lower().endswith(".rels")
        self._field, self._depth = "", 0
        parser = self._parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError:
            raise DocumentRefused("damaged_document") from None

    def _doctype(self, *_declaration: object) -> None:
        raise DocumentRefused("damaged_document")

    def _start(self, name: str, attrs: dict[str, str]) -> None:
        local = _local(name)
        values = {_local(one): value for one, value in attrs.items()}
        if local == "Relationship" and self._relations:
            self.found |= _outside(values)
        elif local in _DDE_ELEMENTS:
            self.found = True
        elif local in ("instrText", "delInstrText"):
            self._depth += 1
        elif local == "fldSimple":
            self.found |= _field_fetches(values.get("instr", ""))
        elif local == "fldChar" and values.get("fldCharType") == "begin":
            self._field += "\n"  # a field may stand inside another
        elif local == "fldChar":
            self._judge()
        elif "http://www.w3.org/1999/xlink href" in attrs and local != "template":
            self.found |= _href_fetches(local, values["href"])

    def _end(self, name: str) -> None:
        if self._depth and _local(name) in ("instrText", "delInstrText"):
            self._depth -= 1

    def _text(self, text: str) -> None:
        """The code of a field may be spread over many runs."""
        if self._depth:
            self._field += text

    def _judge(self) -> None:
        codes, self._field = self._field.split("\n"), ""
        self.found |= any(map(_field_fetches, codes))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _outside(relation: dict[str, str]) -> bool:
    target = relation.get("Target", "").strip()
    if relation.get("TargetMode", "Internal") == "Internal":
        return bool(_ELSEWHERE.match(target))
    link = relation.get("Type", "").endswith("/hyperlink")
    return not (link and (_LINK.match(target) or target.startswith("#")))


def _field_fetches(code: str) -> bool:
    if _DATA.match(code):
        return True
    included = _INCLUDED.match(code)
    return bool(included and _ADDRESS.search(included[1]))


def _href_fetches(element: str, target: str) -> bool:
    """In OpenDocument, pictures and objects are inside when their address is relative; a link is followed
    only by who clicks on it."""
    outside = bool(_ELSEWHERE.match(target.strip()))
    return outside and not (element == "a" and _LINK.match(target.strip()))

"""What a document is, by its content. Its name and the type a browser declares decide nothing."""

import re
from enum import StrEnum
from posixpath import normpath

from .archive import Archive
from .refusals import ReadingRefused
from .xmlstream import tree

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_IMAGES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\x00\x00\x01\x00", b"8BPS",
)  # fmt: skip
_OTHERS = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"MZ", b"\x7fELF", b"SQLite format 3", b"%!PS")
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"mime-version:")
_ODF = {
    "text": "odt",
    "text-template": "odt",
    "spreadsheet": "spreadsheet",
    "presentation": "presentation",
    "graphics": "image",
}
_OFFICE = {"word": "docx", "xl": "spreadsheet", "ppt": "presentation"}
_SCRIPT = re.compile(r"(?:Basic/[^/]+/(?!script-l[bc]\.xml$)|Scripts/).+")
_ODF_TYPE = "application/vnd.oasis.opendocument."


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TEXT = "text"


def kind_of(data: bytes) -> Kind:
    """Raises ReadingRefused for what is not read, each kind with its own code."""
    head = data[:1024]
    if data.startswith(b"%PDF-") or (b"%PDF-" in head and b" obj" in data):
        return Kind.PDF
    if data.startswith(_OLE):
        raise ReadingRefused(_inside_ole(data))
    if data.startswith(_ZIP):
        with Archive(data) as archive:
            return _inside_zip(archive)
    if other := _not_a_document(head):
        raise ReadingRefused(other)
    return Kind.TEXT


def _not_a_document(head: bytes) -> str:
    if head.startswith(b"{\\rtf"):
        return "rtf"
    riff = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    if riff or (b"\x00" in head and head.startswith(_IMAGES)) or head[4:12] in (b"ftypheic", b"ftypavif"):
        return "image"
    if head.startswith(_IMAGES[:3]):
        return "image"
    beginning = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "unknown_type" if head.startswith(_OTHERS) or beginning.startswith(_MARKUP) else ""


def _inside_ole(data: bytes) -> str:
    """The container of Office up to 2003, and the wrapping of anything newer with a password. Names in its
    directory are UTF-16."""
    for name, code in (
        ("EncryptedPackage", "document_password"),
        ("WordDocument", "old_word"),
        ("Workbook", "spreadsheet"),
        ("PowerPoint Document", "presentation"),
    ):
        if name.encode("utf-16-le") in data:
            return code
    return "unknown_type"


def _inside_zip(archive: Archive) -> Kind:
    kind = archive.read("mimetype").decode("ascii", "replace").strip()
    if kind.startswith(_ODF_TYPE):
        found = _ODF.get(kind.removeprefix(_ODF_TYPE), "unknown_type")
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise ReadingRefused("odt_password")
        if found == "odt" and any(map(_SCRIPT.match, archive.names)):
            raise ReadingRefused("macros")
    else:
        found = _office(archive)
    if found not in set(Kind):
        raise ReadingRefused(found)
    return Kind(found)


def _office(archive: Archive) -> str:
    part = main_part(archive)
    if not part:
        return "damaged_document" if "word/document.xml" in archive.names else "unknown_type"
    types = tree(archive.read("[Content_Types].xml"))
    declared = [node.attrs for node in types.find("ct:Override")] + [
        node.attrs for node in types.find("ct:Default")
    ]
    own = next((one["ContentType"] for one in declared if one.get("PartName") == f"/{part}"), "")
    found = "docx" if "wordprocessingml" in own else _OFFICE.get(part.split("/")[0], "unknown_type")
    with_macros = "macroenabled" in own.lower() or any(
        name.lower().endswith("vbaproject.bin") for name in archive.names
    )
    return "macros" if with_macros and (found == "docx" or "word" in own) else found


def main_part(archive: Archive) -> str:
    """The part with the text; SharePoint calls it word/document2.xml. Empty when there is none."""
    target = next((one for kind, one in relations(archive, "") if kind == "officeDocument"), "")
    return target if target in archive.names else ""


def relations(archive: Archive, part: str) -> list[tuple[str, str]]:
    """(kind, part name) of what a part refers to inside the document; "" is the document as a whole.
    What lies outside (links) is left alone."""
    folder, _, name = part.rpartition("/")
    data = archive.read(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    if not data:
        return []
    return [
        (node.attrs.get("Type", "").rpartition("/")[2], _target(folder, node.attrs.get("Target", "")))
        for node in tree(data).find("rel:Relationship")
        if node.attrs.get("TargetMode") != "External"
    ]


def _target(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}").lstrip("/")

"""What a document is, by its content. Its name and the type a browser declares decide nothing."""

from enum import StrEnum

from app.infra.archive import Archive, DocumentRefused
from app.infra.office import OLE, ZIP, family_of, has_macros, inside_ole

_IMAGES = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"\x00\x00\x01\x00", b"8BPS",
)  # fmt: skip
_OTHERS = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"MZ", b"\x7fELF", b"SQLite format 3", b"%!PS")
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"mime-version:")
_NOT_READ = {
    "xlsx": "spreadsheet",
    "ods": "spreadsheet",
    "pptx": "presentation",
    "odp": "presentation",
    "odg": "image",
}


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TEXT = "text"


def kind_of(data: bytes) -> Kind:
    """Raises DocumentRefused for what is not read, each kind with its own code."""
    head = data[:1024]
    if data.startswith(b"%PDF-") or (b"%PDF-" in head and b" obj" in data):
        return Kind.PDF
    if data.startswith(OLE):
        raise DocumentRefused(inside_ole(data))
    if data.startswith(ZIP):
        with Archive(data) as archive:
            return _inside_zip(archive)
    if other := _not_a_document(head):
        raise DocumentRefused(other)
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


def _inside_zip(archive: Archive) -> Kind:
    found = family_of(archive)
    if found not in set(Kind):
        raise DocumentRefused(_NOT_READ.get(found, "unknown_type"))
    if has_macros(archive):
        raise DocumentRefused("macros")
    return Kind(found)

"""The kinds that are taken in, and telling them apart."""

from enum import StrEnum
from threading import Lock

import puremagic

from app.infra.messages import say
from app.infra.office import OLE, inside_ole

from .images import check_jpeg, check_png
from .packages import check_package
from .pdf import check_pdf
from .refusals import FileRefused
from .text import check_text

_SNIFFED = 1024  # how far readers of PDF look for its beginning
_ONE_AT_A_TIME = Lock()  # unpacking costs memory: many at once should only wait, not fill it
_ZIP_END, _ZIP_SOUGHT = b"PK\x05\x06", 66_000  # how far from the end readers of zip look for theirs


class Kind(StrEnum):
    """A kind of file, under its usual extension."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    JPG = "jpg"
    PNG = "png"
    TXT = "txt"
    CSV = "csv"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    Kind.PDF: "PDF",
    Kind.DOCX: "Word-document (.docx)",
    Kind.XLSX: "Excel-werkmap (.xlsx)",
    Kind.PPTX: "PowerPoint-presentatie (.pptx)",
    Kind.ODT: "ODT-document",
    Kind.ODS: "ODS-rekenblad",
    Kind.ODP: "ODP-presentatie",
    Kind.JPG: "JPG-afbeelding",
    Kind.PNG: "PNG-afbeelding",
    Kind.TXT: "tekstbestand (.txt)",
    Kind.CSV: "CSV-bestand",
}
_BY_EXTENSION = {**{one.value: one for one in Kind}, "jpeg": Kind.JPG}
_MACROS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"}
_APPLE = {"heic", "heif"}
_OLD = {"doc", "dot", "xls", "xlt", "ppt", "pps", "pot"}
_KNOWN_REFUSED = {
    **dict.fromkeys(_MACROS, "file_with_macros"),
    **dict.fromkeys(_OLD, "file_old_office"),
    **dict.fromkeys(_APPLE, "file_apple_photo"),
}
_PACKAGES = {Kind.DOCX, Kind.XLSX, Kind.PPTX, Kind.ODT, Kind.ODS, Kind.ODP}
_BEGINNINGS = {
    b"%PDF-": Kind.PDF,
    b"\xff\xd8\xff": Kind.JPG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
}
ACCEPT = ",".join(f".{one}" for one in _BY_EXTENSION)
ALLOWED_TEXT = "PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), ODT, ODS, ODP, JPG, PNG, TXT en CSV"


def sentences_by_extension() -> dict[str, str]:
    """Per extension (".heic") that people often choose and that cannot: the sentence that says what to do.
    For a script that looks before it sends."""
    return {f".{one}": say(FileRefused(code)) for one, code in sorted(_KNOWN_REFUSED.items())}


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of a whole file: what its name says and its content confirms. Raises FileRefused, with a code
    for each cause."""
    kind = _named(name)
    if not data:
        raise FileRefused("file_empty")
    with _ONE_AT_A_TIME:
        _confirm(kind, data)
    return kind


def _confirm(kind: Kind, data: bytes) -> None:
    if data.startswith(OLE):
        _refuse_old(kind, data)
    if _begins_as(data) is not (None if kind in (Kind.TXT, Kind.CSV) else kind):
        raise _something_else(kind, data)
    if kind is not Kind.PDF and b"%PDF-" in data[:_SNIFFED]:
        raise FileRefused("file_two_in_one")
    if kind not in _PACKAGES and _ZIP_END in data[-_ZIP_SOUGHT:]:
        raise FileRefused("file_two_in_one")
    _check(kind, data)


def _named(name: str) -> Kind:
    extension = name.strip().rpartition(".")[2].lower() if "." in name else ""
    if extension in _KNOWN_REFUSED:
        raise FileRefused(_KNOWN_REFUSED[extension])
    if extension not in _BY_EXTENSION:
        raise FileRefused("file_type_not_allowed", allowed=ALLOWED_TEXT)
    return _BY_EXTENSION[extension]


def _refuse_old(kind: Kind, data: bytes) -> None:
    code = inside_ole(data)
    if code == "document_password":
        raise FileRefused("file_with_password")
    raise FileRefused("file_old_office") if code != "unknown_type" else _something_else(kind, data)


def _begins_as(data: bytes) -> Kind | None:
    """What the first bytes announce; a package says itself which one, so it is looked into."""
    if data.startswith(b"PK\x03\x04"):
        found = check_package(data)
        return _BY_EXTENSION.get(found)
    return next((kind for start, kind in _BEGINNINGS.items() if data.startswith(start)), None)


def _check(kind: Kind, data: bytes) -> None:
    if kind is Kind.PDF:
        check_pdf(data)
    elif kind is Kind.JPG:
        check_jpeg(data)
    elif kind is Kind.PNG:
        check_png(data)
    elif kind not in _PACKAGES and (found := check_text(data)):
        raise _something_else(kind, data, found)


def _something_else(kind: Kind, data: bytes, found: str = "") -> FileRefused:
    found = found or _guess(data)
    return FileRefused("file_is_something_else", named=kind.label, found=f" ({found})" if found else "")


def _guess(data: bytes) -> str:
    """A word for what it looks like, for the person; nothing hangs on it."""
    try:
        extension = puremagic.from_string(data[:65536])
    except (puremagic.PureError, ValueError):
        return ""
    return extension.lstrip(".").upper()

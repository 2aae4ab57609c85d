"""What kind of document a container holds: Office Open XML, OpenDocument, or the container of before."""

import re
from posixpath import normpath

from app.infra.archive import Archive, DocumentRefused
from app.infra.xmlstream import Node, tree

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ODF = {
    "text": "odt",
    "text-template": "odt",
    "spreadsheet": "ods",
    "presentation": "odp",
    "graphics": "odg",
}
_OFFICE = {"word": "docx", "xl": "xlsx", "ppt": "pptx"}
_SCRIPT = re.compile(r"(?:Basic/[^/]+/(?!script-l[bc]\.xml$)|Scripts/).+")
_ODF_TYPE = "application/vnd.oasis.opendocument."


def inside_ole(data: bytes) -> str:
    """The container of Office up to 2003, and the wrapping of anything newer with a password:
    document_password, old_word, spreadsheet, presentation or unknown_type. Names in its directory are
    UTF-16."""
    for name, code in (
        ("EncryptedPackage", "document_password"),
        ("WordDocument", "old_word"),
        ("Workbook", "spreadsheet"),
        ("PowerPoint Document", "presentation"),
    ):
        if name.encode("utf-16-le") in data:
            return code
    return "unknown_type"


def family_of(archive: Archive) -> str:
    """docx, xlsx, pptx, odt, ods, odp, odg or unknown_type, whatever its name says. Raises DocumentRefused
    (odt_password, damaged_document)."""
    kind = archive.read("mimetype").decode("ascii", "replace").strip()
    if not kind.startswith(_ODF_TYPE):
        return _office(archive)
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise DocumentRefused("odt_password")
    return _ODF.get(kind.removeprefix(_ODF_TYPE), "unknown_type")


def has_macros(archive: Archive) -> bool:
    """Whether it carries programs of its own."""
    if any(map(_SCRIPT.match, archive.names)):
        return True
    if any(name.lower().endswith("vbaproject.bin") for name in archive.names):
        return True
    return "macroenabled" in declared_type(archive, main_part(archive)).lower()


def _office(archive: Archive) -> str:
    part = main_part(archive)
    if not part:
        if "word/document.xml" in archive.names:
            raise DocumentRefused("damaged_document")
        return "unknown_type"
    if "wordprocessingml" in declared_type(archive, part):
        return "docx"
    return _OFFICE.get(part.split("/")[0], "unknown_type")


def declared_type(archive: Archive, part: str) -> str:
    """What the container itself says a part is; "" when it says nothing."""
    data = archive.read("[Content_Types].xml")
    overrides = tree(data).find("ct:Override") if data and part else ()
    return next((one.attrs["ContentType"] for one in overrides if _names(one, part)), "")


def _names(override: Node, part: str) -> bool:
    return override.attrs.get("PartName") == f"/{part}" and "ContentType" in override.attrs


def main_part(archive: Archive) -> str:
    """The part with the text; SharePoint calls it word/document2.xml. Empty when there is none."""
    target = next((one for kind, one in relations(archive, "") if kind == "officeDocument"), "")
    return target if target in archive.names else ""


def relations(archive: Archive, part: str, *, outside: bool = False) -> list[tuple[str, str]]:
    """(kind, part name) of what a part refers to inside the document; "" is the document as a whole.
    `outside`: (kind, address) of what lies outside instead (links)."""
    folder, _, name = part.rpartition("/")
    data = archive.read(f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    if not data:
        return []
    found = [
        (node.attrs.get("Type", "").rpartition("/")[2], node.attrs.get("Target", ""))
        for node in tree(data).find("rel:Relationship")
        if (node.attrs.get("TargetMode") == "External") is outside
    ]
    return found if outside else [(kind, _target(folder, target)) for kind, target in found]


def _target(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}").lstrip("/")

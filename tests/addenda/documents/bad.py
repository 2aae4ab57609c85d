"""Documents that are refused, each with its code. Made by code, as real as the programs make them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter

from app.addenda.reading.sample import sample_document
from tests.addenda.documents import SPACES, docx, odt, ole, paragraph, pdf, repacked, stored

XXE = (
    '<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)
TYPES = "[Content_Types].xml"


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def scan(pages: int = 3) -> bytes:
    """A PDF whose pages are one picture each, as a scanner makes them."""
    writer = PdfWriter()
    picture = zlib.compress(b"\x80" * (200 * 280))
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject

    for _ in range(pages):
        page = writer.add_blank_page(595, 842)
        image = StreamObject()
        image._data = picture
        for name, value in {
            "/Type": NameObject("/XObject"), "/Subtype": NameObject("/Image"), "/Width": NumberObject(200),
            "/Height": NumberObject(280), "/BitsPerComponent": NumberObject(8),
            "/ColorSpace": NameObject("/DeviceGray"), "/Filter": NameObject("/FlateDecode"),
        }.items():  # fmt: skip
            image[NameObject(name)] = value
        drawing = DecodedStreamObject()
        drawing.set_data(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/XObject"): DictionaryObject({NameObject("/Im0"): writer._add_object(image)})}
        )
        page[NameObject("/Contents")] = writer._add_object(drawing)
    return _written(writer)


def encrypted(method: str = "AES-256") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(stored("sample.pdf"))))
    writer.encrypt("geheim", algorithm=method)
    return _written(writer)


def print_only() -> bytes:
    """No password to open it, one to change it: everybody can read it, and so can we."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(stored("sample.pdf"))))
    writer.encrypt("", "geheim", algorithm="AES-128")
    return _written(writer)


def blank_pages(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(595, 842)
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def zip_bomb() -> bytes:
    """A text of 300 MB of spaces in some 300 kB."""
    return repacked(sample_document(), {"word/document.xml": b" " * (300 * 1024 * 1024)})


def bomb_of_items() -> bytes:
    """20 MB of one tag that does say its size."""
    body = "<w:p><w:r><w:t>ha</w:t></w:r></w:p>" * 600_000
    return docx(body)


def with_false_size() -> bytes:
    """A zip that says its text is small and is not."""
    data = bytearray(repacked(sample_document(), {"word/document.xml": b" " * (100 * 1024 * 1024)}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.rfind(mark, 0, data.rfind(b"word/document.xml"))
        at = data.rfind(mark) if mark == b"PK\x03\x04" else at
        data[at + place : at + place + 4] = struct.pack("<I", 1000)
    return bytes(data)


def many_members() -> bytes:
    return repacked(sample_document(), {f"word/media/{number}.png": b"" for number in range(4000)})


def macros_by_type() -> bytes:
    with zipfile.ZipFile(io.BytesIO(sample_document())) as archive:
        types = archive.read(TYPES).decode()
    changed = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return repacked(sample_document(), {TYPES: changed})


def spreadsheet() -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/></Types>'
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    )
    word = {f"word/{name}.xml": None for name in ("document", "styles", "numbering")}
    return repacked(
        sample_document(),
        {TYPES: types, "_rels/.rels": rels, "xl/workbook.xml": "<workbook/>", **word},
    )


def presentation() -> bytes:
    return repacked(
        spreadsheet(),
        {"_rels/.rels": _renamed(spreadsheet()), "ppt/presentation.xml": "<p/>", "xl/workbook.xml": None},
    )


def _renamed(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("_rels/.rels").decode().replace("xl/workbook.xml", "ppt/presentation.xml")


SAMPLE = sample_document()
LETTER = "Beste collega, hierbij het verslag van de vergadering van dinsdag. Tot volgende week."
DEEP = f"<w:document {SPACES}><w:body>{'<w:p>' * 5000}{'</w:p>' * 5000}</w:body></w:document>"
CONTENT = "content.xml"

REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "scan": ("scan", lambda: scan()),
    "pdf with password": ("pdf_password", lambda: encrypted()),
    "pdf with an older password": ("pdf_password", lambda: encrypted("RC4-128")),
    "half a pdf": ("damaged_pdf", lambda: stored("sample.pdf")[:20_000]),
    "pdf without its last bytes": ("damaged_pdf", lambda: stored("sample.pdf")[:-40]),
    "pdf of nonsense": ("damaged_pdf", lambda: b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF"),
    "pdf of blank pages": ("empty", lambda: blank_pages(2)),
    "pdf of 301 pages": ("too_many_pages", lambda: blank_pages(301)),
    "vbaProject.bin": ("macros", lambda: repacked(SAMPLE, {"word/vbaProject.bin": b"\x00"})),
    "docm": ("macros", lambda: macros_by_type()),
    "zip bomb": ("unpacks_too_large", lambda: zip_bomb()),
    "zip bomb that hides its size": ("damaged_document", lambda: with_false_size()),
    "zip with 4000 members": ("unpacks_too_large", lambda: many_members()),
    "tags without end": ("unpacks_too_large", lambda: bomb_of_items()),
    "external entity": ("outside_references", lambda: repacked(SAMPLE, {"word/document.xml": XXE})),
    "billion laughs": ("outside_references", lambda: repacked(SAMPLE, {"word/document.xml": LAUGHS})),
    "entity in the list of parts": (
        "outside_references",
        lambda: repacked(SAMPLE, {"_rels/.rels": '<!DOCTYPE r SYSTEM "http://127.0.0.1/x"><r/>'}),
    ),
    "entity in odt": (
        "outside_references",
        lambda: repacked(
            odt("x"), {CONTENT: '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'}
        ),
    ),
    "deep xml": ("damaged_document", lambda: repacked(SAMPLE, {"word/document.xml": DEEP})),
    "half a docx": ("damaged_document", lambda: SAMPLE[: len(SAMPLE) // 2]),
    "docx with broken xml": (
        "damaged_document",
        lambda: repacked(SAMPLE, {"word/document.xml": "<w:document"}),
    ),
    "docx without text": ("damaged_document", lambda: repacked(SAMPLE, {"_rels/.rels": None})),
    "docx with a password": ("document_password", lambda: ole("EncryptionInfo", "EncryptedPackage")),
    "doc": ("old_word", lambda: ole("WordDocument", "1Table")),
    "xls": ("spreadsheet", lambda: ole("Workbook")),
    "ppt": ("presentation", lambda: ole("PowerPoint Document")),
    "other ole": ("unknown_type", lambda: ole("Iets")),
    "odt with a password": (
        "odt_password",
        lambda: repacked(odt("x"), {"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}),
    ),
    "ods": (
        "spreadsheet",
        lambda: repacked(odt("x"), {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    ),
    "xlsx": ("spreadsheet", lambda: spreadsheet()),
    "pptx": ("presentation", lambda: presentation()),
    "zip of something": (
        "unknown_type",
        lambda: repacked(SAMPLE, {"_rels/.rels": None, "word/document.xml": None}),
    ),
    "png": ("image", lambda: png(20, 20)),
    "jpeg": ("image", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 100),
    "rtf": ("rtf", lambda: b"{\\rtf1\\ansi Lokaal addendum}"),
    "html": ("unknown_type", lambda: b"<!DOCTYPE html><html><body>Lokaal addendum</body></html>"),
    "nothing": ("empty", lambda: b""),
    "white space": ("empty", lambda: b" \n\n "),
    "docx without words": ("empty", lambda: docx(paragraph(""))),
    "odt without words": ("empty", lambda: odt("")),
    "bytes": ("not_text", lambda: b"\x00\x01\x02" * 50),
    "letter as docx": ("not_an_addendum", lambda: docx(paragraph(LETTER))),
    "letter as pdf": ("not_an_addendum", lambda: pdf(LETTER)),
    "letter as text": ("not_an_addendum", lambda: LETTER.encode()),
    "3 MB of text": ("too_large", lambda: b"woord " * 500_000),
    "21 MB": ("too_large", lambda: b"x" * (21 * 1024 * 1024)),
}

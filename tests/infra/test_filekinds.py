"""Which files are taken in: by name and content together, and nothing that could act or hide."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from flask import Flask

from app.addenda.reading.sample import sample_document
from app.infra.filekinds import FileRefused, Kind, kind_of
from app.infra.messages import known_codes, say
from tests.addenda.documents import repacked, stored
from tests.addenda.documents.bad import (
    encrypted,
    macros_by_type,
    many_members,
    png,
    print_only,
    with_false_size,
)

MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}"{}/></Relationships>'
)
ZIP_END = b"PK\x05\x06" + bytes(18)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def ooxml(part: str, content_type: str, **more: bytes | str) -> bytes:
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{part}" ContentType="{MAIN.format(content_type)}"/></Types>'
    )
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": RELS.format("officeDocument", part, ""),
            part: "<x/>",
            **more,
        }
    )


def xlsx(**more: bytes | str) -> bytes:
    return ooxml("xl/workbook.xml", "spreadsheetml.sheet", **more)


def pptx() -> bytes:
    return ooxml("ppt/presentation.xml", "presentationml.presentation")


def odf(kind: str, **more: bytes | str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name, content in {"content.xml": "<x/>", "META-INF/manifest.xml": "<x/>", **more}.items():
            package.writestr(name, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def jpeg(comment: bytes = b"") -> bytes:
    """The least that is a picture: a frame, a scan with an escaped byte, and an end."""

    def segment(marker: int, data: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data

    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + (segment(0xFE, comment) if comment else b"")
        + segment(0xC0, b"\x08\x00\x08\x00\x08\x01\x01\x11\x00")
        + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
        + b"\x12\xff\x00\x34\xff\xd0\x56"
        + b"\xff\xd9"
    )


def pdf(change: Callable[[pikepdf.Pdf], None] = lambda made: None, **options: object) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    change(made)
    target = io.BytesIO()
    made.save(target, **options)  # type: ignore[arg-type]
    return target.getvalue()


GOOD: list[tuple[str, bytes, Kind]] = [
    ("a.pdf", stored("sample.pdf"), Kind.PDF),
    ("A.PDF", pdf(), Kind.PDF),
    ("packed.pdf", pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), Kind.PDF),
    ("a.docx", sample_document(), Kind.DOCX),
    ("a.odt", stored("sample.odt"), Kind.ODT),
    ("a.xlsx", xlsx(), Kind.XLSX),
    ("a.pptx", pptx(), Kind.PPTX),
    ("a.ods", odf("spreadsheet"), Kind.ODS),
    ("a.odp", odf("presentation"), Kind.ODP),
    ("chart.docx", repacked(sample_document(), {"word/embeddings/cijfers.xlsx": xlsx()}), Kind.DOCX),
    ("a.png", png(8, 8), Kind.PNG),
    ("a.jpg", jpeg(), Kind.JPG),
    ("a.JPEG", jpeg(b"met een woord erbij") + b"\x00" * 8, Kind.JPG),
    ("a.txt", "Gewone tekst, met é en 😀.\r\n".encode(), Kind.TXT),
    ("bom.csv", "\ufeffnaam;aantal\nJos;3\n".encode(), Kind.CSV),
    ("vergelijking.txt", b"2 < 3 en 5 > 4; <naam> is geen opmaak", Kind.TXT),
    ("verslag.v2.final.txt", b"tekst", Kind.TXT),
]


@pytest.mark.parametrize(("name", "data", "kind"), GOOD, ids=[one[0] for one in GOOD])
def test_what_is_what_it_says_is_taken_in(app: Flask, name: str, data: bytes, kind: Kind) -> None:
    assert kind_of(name, data) is kind


def refused(name: str, data: bytes) -> str:
    with pytest.raises(FileRefused) as error:
        kind_of(name, data)
    assert error.value.code in known_codes() and "{" not in say(error.value)
    return error.value.code


@pytest.mark.parametrize(
    "name", ["a.exe", "a.svg", "a.html", "a.zip", "a", "pdf", "a.pdf.exe", "a.tar.gz", ""]
)
def test_an_extension_that_is_not_on_the_list_is_refused(app: Flask, name: str) -> None:
    assert refused(name, pdf()) == "file_type_not_allowed"


def test_every_good_file_is_refused_under_every_other_name(app: Flask) -> None:
    for _, data, kind in GOOD:
        for other in Kind:
            same = {kind, other} <= {Kind.TXT, Kind.CSV}
            if other is not kind and not same:
                assert refused(f"a.{other}", data) in {
                    "file_is_something_else", "file_not_utf8", "file_two_in_one",
                }, (kind, other)  # fmt: skip


def test_the_refusal_names_what_was_expected(app: Flask) -> None:
    with pytest.raises(FileRefused) as error:
        kind_of("foto.png", pdf())
    assert say(error.value).startswith("Dit is geen PNG-afbeelding: de inhoud is iets anders (PDF).")


def test_an_empty_file_is_refused(app: Flask) -> None:
    assert refused("a.txt", b"") == "file_empty"


BODY_MACRO = {"word/vbaProject.bin": b"macro"}
CHART_MACRO = {"word/embeddings/a.xlsx": xlsx(**{"xl/vbaProject.bin": b"x"})}
LINK = RELS.format("hyperlink", "https://voorbeeld.be", ' TargetMode="External"')


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docm", sample_document()),
        ("a.xlsm", xlsx()),
        ("a.docx", repacked(sample_document(), BODY_MACRO)),
        ("a.docx", macros_by_type()),
        ("a.xlsx", xlsx(**{"xl/macrosheets/sheet1.xml": "<x/>"})),
        ("a.xlsx", xlsx(**{"xl/activeX/activeX1.xml": "<x/>"})),
        ("a.docx", repacked(sample_document(), {"word/media/x.exe": b"x"})),
        (
            "a.docx",
            repacked(sample_document(), {"word/embeddings/a.xlsx": xlsx(**{"xl/vbaProject.bin": b"x"})}),
        ),
        ("a.odt", odf("text", **{"Basic/Standard/Module1.xml": "<x/>"})),
        ("a.ods", odf("spreadsheet", **{"Scripts/python/x.py": "x"})),
    ],
)
def test_programs_inside_are_refused(app: Flask, name: str, data: bytes) -> None:
    assert refused(name, data) == "file_with_macros"


def test_a_link_in_a_document_is_no_program(app: Flask) -> None:
    linked = xlsx(**{"xl/_rels/workbook.xml.rels": LINK})
    assert kind_of("a.xlsx", linked) is Kind.XLSX


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", encrypted()),
        ("a.pdf", print_only()),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
        ("a.odt", odf("text", **{"META-INF/manifest.xml": "<m:encryption-data/>"})),
    ],
)
def test_what_the_jury_could_not_read_is_refused(app: Flask, name: str, data: bytes) -> None:
    assert refused(name, data) == "file_with_password"


def test_office_of_before_2007_is_refused(app: Flask) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    assert refused("a.doc", old) == refused("a.docx", old) == "file_old_office"


def nested(depth: int) -> bytes:
    data = xlsx()
    for _ in range(depth):
        data = xlsx(**{"xl/embeddings/dieper.xlsx": data})
    return data


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", xlsx(**{"xl/groot.xml": b" " * (300 << 20)}), "file_unpacks_too_large"),
        ("a.docx", many_members(), "file_unpacks_too_large"),
        ("a.docx", with_false_size(), "file_breaks_off"),
        ("a.xlsx", nested(2), "file_with_files_inside"),
        ("a.xlsx", xlsx(**{"xl/media/stil.zip": zipped({"a.txt": "x"})}), "file_with_files_inside"),
        ("a.xlsx", xlsx(**{"xl/embeddings/oleObject1.bin": b"MZ program"}), "file_with_files_inside"),
        ("a.xlsx", xlsx(**{"../../weg.xml": "<x/>"}), "file_breaks_off"),
        ("a.xlsx", xlsx()[:-30], "file_breaks_off"),
        ("a.xlsx", xlsx() + b"nog iets", "file_two_in_one"),
        ("a.xlsx", xlsx()[:-2] + b"\x04\x00hier", "file_two_in_one"),
    ],
    ids=[
        "bomb",
        "members",
        "false size",
        "nested",
        "zip inside",
        "program",
        "path",
        "cut",
        "behind",
        "comment",
    ],
)
def test_bombs_and_what_is_hidden_in_a_package(app: Flask, name: str, data: bytes, code: str) -> None:
    assert refused(name, data) == code


def test_a_package_with_something_before_it_is_refused(app: Flask) -> None:
    """Readers of zip look from the end, and would open it all the same."""
    assert refused("a.xlsx", b"GIF89a" + xlsx()) == "file_is_something_else"
    assert refused("a.pdf", stored("sample.pdf") + xlsx()) == "file_two_in_one"


def test_a_flipped_byte_in_a_package_is_found(app: Flask) -> None:
    data = bytearray(sample_document())
    data[len(data) // 3] ^= 0xFF
    assert refused("a.docx", bytes(data)) in {"file_breaks_off", "file_two_in_one"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", png(4, 4) + b"<?php", "file_two_in_one"),
        ("a.png", png(4, 4) + ZIP_END, "file_two_in_one"),
        ("a.png", png(4, 4)[:-12], "file_breaks_off"),
        ("a.png", png(4, 4)[:-20] + b"x" + png(4, 4)[-19:], "file_breaks_off"),
        ("a.jpg", jpeg() + b"<script>", "file_two_in_one"),
        ("a.jpg", jpeg() + zipped({"a.txt": "x"}), "file_two_in_one"),
        ("a.jpg", jpeg(b"%PDF-1.4 verstopt"), "file_two_in_one"),
        ("a.jpg", jpeg(b"PK\x05\x06" + bytes(18)), "file_two_in_one"),
        ("a.jpg", jpeg()[:-2], "file_breaks_off"),
        ("a.jpg", b"\xff\xd8\xff\xd9", "file_breaks_off"),
    ],
)
def test_pictures_hide_nothing(app: Flask, name: str, data: bytes, code: str) -> None:
    assert refused(name, data) == code


def test_a_picture_that_unpacks_too_large_is_refused(app: Flask) -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    assert refused("a.png", data) == "file_unpacks_too_large"


def scripted(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launching(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def carrying(made: pikepdf.Pdf) -> None:
    made.attachments["x.txt"] = b"een bestand"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (scripted, "file_with_active_content"),
        (launching, "file_with_active_content"),
        (carrying, "file_with_files_inside"),
    ],
)
@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode), ids=str)
def test_a_pdf_that_acts_or_carries_is_refused(
    app: Flask, change: Callable[[pikepdf.Pdf], None], code: str, mode: pikepdf.ObjectStreamMode
) -> None:
    assert refused("a.pdf", pdf(change, object_stream_mode=mode)) == code


def test_a_name_written_in_another_way_is_the_same_name(app: Flask) -> None:
    data = pdf(scripted).replace(b"/JavaScript", b"/J#61v#61Script")
    assert refused("a.pdf", data) == "file_with_active_content"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"voor" + pdf(), "file_is_something_else"),
        (pdf() + b"<html>", "file_two_in_one"),
        (pdf() + ZIP_END, "file_two_in_one"),
        (pdf()[:-30], "file_breaks_off"),
        (b"%PDF-1.7\nniets meer\n%%EOF", "file_breaks_off"),
    ],
)
def test_a_pdf_is_one_whole_document(app: Flask, data: bytes, code: str) -> None:
    assert refused("a.pdf", data) == code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<!DOCTYPE html><p>x", "file_is_something_else"),
        (b"  \xef\xbb\xbf<svg xmlns='x'/>", "file_is_something_else"),
        (b"tekst <script>alert(1)</script>", "file_is_something_else"),
        (b"<?xml version='1.0'?><x/>", "file_is_something_else"),
        (b"{\\rtf1 tekst}", "file_is_something_else"),
        (b"#!/bin/sh\nrm", "file_is_something_else"),
        (b"MIME-Version: 1.0\r\n", "file_is_something_else"),
        ("é".encode("latin-1"), "file_not_utf8"),
        ("tekst".encode("utf-16"), "file_not_utf8"),
        (b"a\x00b", "file_not_utf8"),
        (b"MZ\x90\x00\x03", "file_not_utf8"),
    ],
)
def test_text_is_text(app: Flask, data: bytes, code: str) -> None:
    assert refused("a.txt", data) == refused("a.csv", data) == code


def test_no_prefix_or_change_of_a_good_file_ever_fails_otherwise(app: Flask) -> None:
    """Cut off anywhere, or with a byte changed: taken in as what it is, or refused with a code."""
    for name, data, kind in GOOD:
        step = max(1, len(data) // (6 if kind is Kind.PDF else 60))  # a PDF takes a process each time
        for place in range(0, len(data), step):
            changed = bytearray(data)
            changed[place] ^= 0x5A
            for one in (data[:place], bytes(changed)):
                try:
                    kind_of(name, one)
                except FileRefused as error:
                    assert error.code in known_codes()

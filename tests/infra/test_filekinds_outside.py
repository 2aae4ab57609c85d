"""Documents that fetch something from elsewhere, and documents that cost more than they should."""

import shutil
import subprocess
import threading
import tracemalloc
from pathlib import Path

import pytest
from flask import Flask

from app.addenda.reading.sample import sample_document
from app.infra.filekinds import Kind, kind_of
from tests.addenda.documents import repacked
from tests.infra.test_filekinds import RELS, odf, refused, xlsx

OUTSIDE = ' TargetMode="External"'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def referring(kind: str, target: str, mode: str = OUTSIDE) -> bytes:
    parts = {"word/_rels/extra.xml.rels": RELS.format(kind, target, mode), "word/extra.xml": "<x/>"}
    return repacked(sample_document(), parts)


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("attachedTemplate", "https://voorbeeld.be/x.dotm", OUTSIDE),
        ("attachedTemplate", " http://voorbeeld.be/x.dotm", OUTSIDE),
        ("attachedTemplate", "file:///c:/x.dotm", OUTSIDE),
        ("attachedTemplate", r"\\server\deel\x.dotm", OUTSIDE),
        ("oleObject", "mhtml:http://voorbeeld.be/x!x", OUTSIDE),
        ("image", "http://voorbeeld.be/teller.png", OUTSIDE),
        ("image", "x.png", OUTSIDE),
        ("image", "http://voorbeeld.be/teller.png", ""),
        ("attachedTemplate", r"\\server\deel\x.dotm", ""),
        ("image", "http://voorbeeld.be/teller.png", ' TargetMode="external"'),
        ("hyperlink", r"\\server\deel\x.docx", OUTSIDE),
        ("hyperlink", "file://server/x.docx", OUTSIDE),
    ],
)
def test_a_document_that_refers_outside_is_refused(app: Flask, kind: str, target: str, mode: str) -> None:
    assert refused("a.docx", referring(kind, target, mode)) == "file_fetches"


@pytest.mark.parametrize(
    "target", ["https://voorbeeld.be", "HTTP://voorbeeld.be", "mailto:jos@voorbeeld.be", "tel:+3211", "#hier"]
)
def test_a_plain_link_is_taken_in(app: Flask, target: str) -> None:
    assert kind_of("a.docx", referring("hyperlink", target)) is Kind.DOCX


def runs(*pieces: str) -> str:
    spread = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    return f"<w:p>{begin}{spread}{end}</w:p>"


def with_field(body: str, encoding: str = "utf-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?><w:hdr xmlns:w="{WORD}">{body}</w:hdr>'
    return repacked(sample_document(), {"word/header9.xml": text.encode(encoding)})


@pytest.mark.parametrize(
    "body",
    [
        runs("DDEAUTO c:\\\\windows\\\\cmd.exe &quot;/k calc&quot;"),
        runs(" D", "DE", "AUTO ", "cmd"),
        runs(" dde excel x"),
        '<w:fldSimple w:instr=" DDE cmd x"/>',
        runs("INCLUDEPICTURE &quot;http://voorbeeld.be/x.png&quot; \\d"),
        runs("INCLUDE", "TEXT ", "&quot;\\\\\\\\server\\\\x.docx&quot;"),
        runs(" QUOTE ")[: -len("</w:p>")] + runs("DDEAUTO x")[len("<w:p>") :],
    ],
)
def test_a_field_that_fetches_is_refused(app: Flask, body: str) -> None:
    assert refused("a.docx", with_field(body)) == "file_fetches"
    assert refused("a.docx", with_field(body, "utf-16")) == "file_fetches"


@pytest.mark.parametrize("code", ["PAGE", "TOC \\o &quot;1-3&quot; \\h", "HYPERLINK &quot;http://x.be&quot;"])
def test_an_ordinary_field_is_taken_in(app: Flask, code: str) -> None:
    assert kind_of("a.docx", with_field(runs(code))) is Kind.DOCX


def test_data_from_another_program_and_pictures_from_elsewhere_are_refused(app: Flask) -> None:
    assert (
        refused("a.xlsx", xlsx(**{"xl/externalLinks/a.xml": '<e><ddeLink ddeService="cmd"/></e>'}))
        == "file_fetches"
    )
    content = '<x xmlns:l="http://www.w3.org/1999/xlink"><{} l:href="{}"/></x>'
    for element, target in (
        ("image", "http://x.be/a.png"),
        ("a", "file:///c:/x"),
        ("image", "//server/x.png"),
    ):
        assert (
            refused("a.odt", odf("text", **{"content.xml": content.format(element, target)}))
            == "file_fetches"
        )
    for element, target in (("image", "Pictures/1.png"), ("a", "https://x.be"), ("a", "#kop")):
        assert kind_of("a.odt", odf("text", **{"content.xml": content.format(element, target)})) is Kind.ODT


def many_blank_parts(each: int, count: int) -> bytes:
    return xlsx(**{f"xl/deel{one}.xml": b"<x>" + b" " * each + b"</x>" for one in range(count)})


def test_unpacking_never_holds_more_than_a_little(app: Flask) -> None:
    """190 MB in a package of 200 kB, each part just below the ratio that is looked at: refused, cheaply."""
    data, enough = many_blank_parts(7 << 20, 27), many_blank_parts(7 << 20, 7)
    assert len(data) < 300_000
    tracemalloc.start()
    try:
        assert refused("a.xlsx", data) == "file_unpacks_too_large"
        assert kind_of("a.xlsx", enough) is Kind.XLSX
        assert tracemalloc.get_traced_memory()[1] < 12 << 20
    finally:
        tracemalloc.stop()


def test_a_part_that_is_read_as_a_whole_stays_small(app: Flask) -> None:
    assert (
        refused("a.xlsx", xlsx(**{"xl/_rels/x.xml.rels": b"<x>" + b" " * (3 << 20)}))
        == "file_unpacks_too_large"
    )


def test_several_checks_at_once_come_to_the_same(app: Flask) -> None:
    found: list[Kind] = []
    document = sample_document()
    threads = [threading.Thread(target=lambda: found.append(kind_of("a.docx", document))) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [Kind.DOCX] * 4


def test_a_photo_of_an_iphone_is_refused_with_the_way_out(app: Flask) -> None:
    assert refused("foto.HEIC", b"\x00\x00\x00\x18ftypheic") == "file_apple_photo"
    assert refused("foto.heif", b"x") == "file_apple_photo"


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here")
def test_what_libreoffice_makes_is_taken_in(app: Flask, tmp_path: Path) -> None:
    link = '<a href="https://voorbeeld.be/a">link</a>'
    page = f"<h1>Kop</h1><p>Tekst met een {link}, é.</p><table><tr><td>1</td></tr></table>"
    (tmp_path / "a.html").write_text(f"<html><head><meta charset='utf-8'></head><body>{page}</body></html>")
    for kind in ("odt", "docx", "pdf"):
        to = {"odt": "odt:writer8", "docx": "docx:MS Word 2007 XML", "pdf": "pdf:writer_web_pdf_Export"}[kind]
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--writer"]
        source = "a.html" if kind == "odt" else "a.odt"
        to = "pdf" if kind == "pdf" else to
        subprocess.run([*command, "--convert-to", to, "--outdir", str(tmp_path), str(tmp_path / source)],
                       check=True, capture_output=True, timeout=120)  # fmt: skip
        assert kind_of(f"a.{kind}", (tmp_path / f"a.{kind}").read_bytes()) is Kind(kind)

"""What hides in a PDF from who only searches its bytes, and ordinary PDFs that have to be taken in."""

import io
import re
import zlib

import pikepdf
import pytest
import typst
from flask import Flask

from app.infra.filekinds import Kind, kind_of
from tests.addenda.documents import stored
from tests.infra.test_filekinds import carrying, launching, pdf, refused, scripted

Name, Dictionary, Array = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array


def hidden(change: object, header: bytes = b"", keyword: bytes = b"stream\n") -> bytes:
    """A PDF of which all objects lie compressed in a stream that is announced as the test wants."""
    made = pdf(change, object_stream_mode=pikepdf.ObjectStreamMode.disable)  # type: ignore[arg-type]
    bodies = re.findall(rb"(?ms)^(\d+) 0 obj\n(.*?)\nendobj", made)
    plain = {int(number): body for number, body in bodies if b"stream" not in body}
    root = int(re.search(rb"/Root (\d+) 0 R", made)[1])  # type: ignore[index]
    texts, places, offset = [], [], 0
    for number, body in plain.items():
        places.append(b"%d %d" % (number, offset))
        texts.append(body)
        offset += len(body) + 1
    first = b" ".join(places) + b"\n"
    packed = zlib.compress(first + b"\n".join(texts))
    container, table = max(plain) + 10, max(plain) + 11
    start = b"%PDF-1.7\n"
    # Plain text before the stream that closes nothing: an old reader takes it for the end of another object.
    objects = b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Length %d/Filter/FlateDecode%s>>" % (
        container, len(plain), len(first), len(packed), header,
    )  # fmt: skip
    objects += keyword + packed + b"\nendstream\nendobj\n"
    at = len(start) + len(objects)
    rows = [b"\x00\x00\x00\x00\x00\x00"] * (table + 1)
    for index, number in enumerate(plain):
        rows[number] = b"\x02" + container.to_bytes(4, "big") + bytes([index])
    rows[container] = b"\x01" + len(start).to_bytes(4, "big") + b"\x00"
    rows[table] = b"\x01" + at.to_bytes(4, "big") + b"\x00"
    entries = zlib.compress(b"".join(rows))
    xref = b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root %d 0 R/Length %d/Filter/FlateDecode>>stream\n" % (
        table, table + 1, root, len(entries),
    )  # fmt: skip
    xref += entries + b"\nendstream\nendobj\n"
    return start + objects + xref + b"startxref\n%d\n%%%%EOF\n" % at


WAYS = [
    (b"", b"stream\n"),
    (b"", b"stream \n"),
    (b"", b"stream\r"),
    (b"/Pad(" + b"x" * 5000 + b")", b"stream\n"),
    (b"/Pad(1 0 obj)", b"stream\n"),
    (b"/Pad(endobj 1 0 obj <</A 1>>)", b"stream\r\n"),
]


@pytest.mark.parametrize(("header", "keyword"), WAYS)
@pytest.mark.parametrize("change", [scripted, launching, carrying])
def test_what_hides_in_compressed_objects_is_found(
    app: Flask, change: object, header: bytes, keyword: bytes
) -> None:
    assert refused("a.pdf", hidden(change, header, keyword)) in {
        "file_with_active_content", "file_with_files_inside", "file_not_examined",
    }  # fmt: skip


def test_the_same_compressed_objects_without_anything_in_them_are_fine(app: Flask) -> None:
    assert kind_of("a.pdf", hidden(lambda made: None)) is Kind.PDF


def to_a_website(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.URI, URI="https://voorbeeld.be/teller")


def to_another_document(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.GoToR, F=r"\\server\deel\x.pdf", D=Array([0, Name.Fit]))


def on_turning_the_page(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.URI, URI="https://voorbeeld.be/teller"))


def afterwards(made: pikepdf.Pdf) -> None:
    onwards = Dictionary(S=Name.URI, URI="https://voorbeeld.be")
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]), Next=onwards)


@pytest.mark.parametrize("change", [to_a_website, to_another_document, on_turning_the_page, afterwards])
@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode), ids=str)
def test_what_starts_by_itself_may_only_go_to_a_place_in_the_document(
    app: Flask, change: object, mode: pikepdf.ObjectStreamMode
) -> None:
    assert refused("a.pdf", pdf(change, object_stream_mode=mode)) == "file_with_active_content"  # type: ignore[arg-type]


def with_a_link(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://voorbeeld.be")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
    made.pages[0].obj.Annots = Array([made.make_indirect(link)])
    made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])


@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode), ids=str)
def test_links_and_a_first_page_to_open_on_are_fine(app: Flask, mode: pikepdf.ObjectStreamMode) -> None:
    assert kind_of("a.pdf", pdf(with_a_link, object_stream_mode=mode)) is Kind.PDF


def test_ordinary_documents_are_taken_in(app: Flask) -> None:
    made = typst.compile(b'= Kop\n#link("https://voorbeeld.be")[een link] en tekst')
    assert kind_of("typst.pdf", made) is Kind.PDF
    for name in ("sample.pdf", "layout.pdf"):
        assert kind_of(name, stored(name)) is Kind.PDF


def test_an_update_behind_the_document_counts(app: Flask) -> None:
    """Objects that a later part of the file replaces are read as they are now."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        scripted(made)
        target = io.BytesIO()
        made.save(target, linearize=True)
    assert refused("a.pdf", target.getvalue()) == "file_with_active_content"
    assert kind_of("a.pdf", pdf(linearize=True)) is Kind.PDF


def test_a_pdf_without_a_table_of_its_objects_is_refused(app: Flask) -> None:
    data = re.sub(rb"startxref\n\d+", b"startxref\n5", pdf())
    assert refused("a.pdf", data) == "file_not_examined"

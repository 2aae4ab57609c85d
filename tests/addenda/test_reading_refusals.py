"""Every document that cannot be read is told why, and what to do; through the process that reads uploads."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfWriter

from app.addenda.importing.errors import MESSAGES
from app.addenda.reading import ReadingRefused, read_document
from app.addenda.reading.refusals import NOTHING, REFUSALS
from app.addenda.reading.sample import sample_document
from tests.addenda.documents import bad, repacked, stored


@pytest.mark.parametrize("name", list(bad.REFUSED))
def test_each_bad_document_has_its_own_refusal(name: str) -> None:
    code, data = bad.REFUSED[name]
    with pytest.raises(ReadingRefused) as refused:
        read_document(data(), "addendum.docx")
    assert refused.value.code == code
    assert refused.value.message == f"{REFUSALS[code].title}. {REFUSALS[code].cause} {NOTHING}"


def test_every_refusal_says_what_and_why_and_what_next() -> None:
    assert set(MESSAGES) <= set(REFUSALS)
    for code, refusal in REFUSALS.items():
        assert refusal.code == code and len(code) <= 40
        assert refusal.title and refusal.cause.endswith(".") and refusal.steps
        assert all(step.endswith((".", "”.")) for step in refusal.steps)
    assert len({refusal.title for refusal in REFUSALS.values()}) == len(REFUSALS)


def test_a_pdf_that_only_forbids_changes_is_read() -> None:
    assert read_document(bad.print_only()).kind == "pdf"


def test_a_document_with_a_large_picture_is_read() -> None:
    picture = b"BM" + b"\x00" * (30 * 1024 * 1024)
    read = read_document(repacked(sample_document(), {"word/media/logo.bmp": picture}))
    assert read.kind == "docx" and read.parsed.challenges


@pytest.mark.parametrize("data", [sample_document(), stored("sample.odt"), stored("sample.pdf")])
def test_a_document_cut_off_anywhere_is_refused_or_read_but_never_fails(data: bytes) -> None:
    for part in range(1, 6):
        with pytest.raises(ReadingRefused) as refused:
            read_document(data[: len(data) * part // 6])
        assert refused.value.code in ("damaged_document", "damaged_pdf", "not_text")


def test_the_command_gives_the_same_object_for_every_format(app: Flask, tmp_path: Path) -> None:
    runner = app.test_cli_runner()
    objects = []
    for name, data in (("a.docx", sample_document()), ("b.odt", stored("sample.odt"))):
        path = tmp_path / name
        path.write_bytes(data)
        done = runner.invoke(args=["addendum", "parse", str(path)])
        assert done.exit_code == 0
        objects.append(json.loads(done.stdout))
    assert objects[0] == objects[1] and len(objects[0]["challenges"]) == 2


@pytest.mark.parametrize("name", ["scan", "pdf with password", "zip bomb", "vbaProject.bin", "doc"])
def test_the_command_says_why_not_on_standard_error(app: Flask, tmp_path: Path, name: str) -> None:
    code, data = bad.REFUSED[name]
    path = tmp_path / "addendum"
    path.write_bytes(data())
    done = app.test_cli_runner().invoke(args=["addendum", "parse", str(path)])
    assert done.exit_code == 1 and done.stdout == ""
    assert REFUSALS[code].message in done.stderr and f"[{code}]" in done.stderr


@pytest.mark.parametrize(
    ("name", "words"), [("", "welk bestand"), ("weg.pdf", "het bestaat niet"), (".", "het is een map")]
)
def test_the_command_says_in_dutch_that_there_is_nothing_to_read(
    app: Flask, tmp_path: Path, name: str, words: str
) -> None:
    done = app.test_cli_runner().invoke(args=["addendum", "parse", *([str(tmp_path / name)] if name else [])])
    assert done.exit_code == 1 and done.stdout == ""
    assert done.stderr.startswith("Fout: ") and words in done.stderr


def test_an_odt_with_macros_is_refused_and_one_with_empty_libraries_is_not() -> None:
    index: dict[str, bytes | str | None] = {
        "Basic/script-lc.xml": "<x/>",
        "Basic/Standard/script-lb.xml": "<x/>",
    }
    assert read_document(repacked(stored("sample.odt"), index)).kind == "odt"
    with pytest.raises(ReadingRefused) as refused:
        read_document(repacked(stored("sample.odt"), {**index, "Basic/Standard/Module1.xml": "<x/>"}))
    assert refused.value.code == "macros"


def test_a_page_that_is_only_a_picture_is_warned_about() -> None:
    merged = PdfWriter()
    for part in (stored("sample.pdf"), bad.scan(1)):
        merged.append(BytesIO(part))
    whole = BytesIO()
    merged.write(whole)
    pages = len(merged.pages)
    read = read_document(whole.getvalue())
    assert read.parsed.challenges and pages > 1
    assert read.parsed.warnings[0].code == "page_is_picture"
    assert f"Pagina {pages} is een afbeelding" in read.parsed.warnings[0].message
    assert "page_is_picture" not in {one.code for one in read_document(stored("sample.pdf")).parsed.warnings}

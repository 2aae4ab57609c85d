"""Every document that cannot be read is told why, and what to do; through the process that reads uploads."""

import json
from pathlib import Path

import pytest
from flask import Flask

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

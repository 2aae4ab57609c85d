"""The PDF as a screen reader and a reader of PDF's see it."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.addenda.takeaway_calls import change, full_call, nasty_call


@pytest.fixture(autouse=True)
def _in_time(at: Any) -> None:
    at("2026-06-01T10:00")


def read(client: FlaskClient, call_id: int) -> PdfReader:
    answer = client.get(f"/oproepen/{call_id}/oproep.pdf")
    assert answer.status_code == 200 and answer.content_type == "application/pdf"
    return PdfReader(io.BytesIO(answer.data))


def elements(node: Any) -> Iterator[Any]:
    """All structure elements, in reading order."""
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        one = child.get_object() if hasattr(child, "get_object") else child
        if isinstance(one, dict) and "/S" in one:
            yield one
            yield from elements(one)


def tags(reader: PdfReader) -> list[Any]:
    return list(elements(reader.trailer["/Root"]["/StructTreeRoot"]))


def test_it_is_tagged_titled_and_in_dutch(client: FlaskClient) -> None:
    reader = read(client, full_call().id)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert root["/Lang"] == "nl-BE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == "Samen één stap vooruit"
    assert reader.metadata.author == "Denderstreek"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert all(page.get("/Tabs") == "/S" for page in reader.pages)


def test_headings_go_down_one_step_at_a_time(client: FlaskClient) -> None:
    reader = read(client, full_call().id)
    levels = [
        int(one["/S"][2:]) for one in tags(reader) if str(one["/S"]).startswith("/H") and str(one["/S"])[2:]
    ]
    assert levels[0] == 1 and levels.count(1) == 1 and max(levels) == 4
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_bookmarks_lead_to_the_chapters(client: FlaskClient) -> None:
    outline = read(client, full_call().id).outline
    names: list[str] = []

    def walk(items: list[Any]) -> None:
        for one in items:
            if isinstance(one, list):
                walk(one)
            else:
                names.append(one.title)

    walk(outline)
    for title in (
        "Over wie het gaat",
        "Nora",
        "Regio-uitdagingen",
        "Verloop",
        "Contact en kandidaatstelling",
    ):
        assert title in names
    assert any(name.startswith("Regio-uitdaging 1: Nora") for name in names)


def test_pictures_have_words_and_tables_have_headers(client: FlaskClient) -> None:
    reader = read(client, full_call().id)
    found = tags(reader)
    figures = [one for one in found if one["/S"] == "/Figure"]
    assert {str(one["/Alt"]) for one in figures} >= {"Portret"}
    assert any("QR-code naar http" in str(one["/Alt"]) for one in figures)
    assert all(str(one.get("/Alt", "")) for one in figures)
    tables = [one for one in found if one["/S"] == "/Table"]
    assert len(tables) == 2 * 2 + 1 + 4
    for table in tables:
        header = [one for one in elements(table) if one["/S"] == "/TH"]
        assert header and all("/A" in one for one in header)
    assert sum(one["/S"] == "/L" for one in found) >= 7
    assert not [one for one in found if one["/S"] == "/Link" and not list(one.get("/K", []))]


def test_everything_of_the_call_is_on_paper(client: FlaskClient) -> None:
    call = full_call()
    text = " ".join("\n".join(page.extract_text() for page in read(client, call.id).pages).split())
    for words in (
        "Nora zoekt werk.", "34 jaar, Bij een op de vijf gezinnen", "Obstakel 2.3", "Zich beter verplaatsen",
        "dinsdag 30 juni 2026, 23u59", "tot en met dinsdag 16 juni 2026", "9u00 tot 12u00",
        "Bevinding profile", "Niveau 5", "Weegt 50 %, minstens 2,5", "guy@voorbeeld.be",
        "Versie 1, 16 mei 2026",
        "Iedereen telt mee", "Naast mensen staan", "pagina 1 van", f"/oproepen/{call.id}", "Werk outreachend",
    ):  # fmt: skip
        assert words in text, words


def test_obstacles_and_goals_point_at_each_other(client: FlaskClient) -> None:
    text = "\n".join(page.extract_text() for page in read(client, full_call().id).pages)
    assert "O1 Obstakel 1.1" in " ".join(text.split())
    assert "D1 Zich beter verplaatsen O1" in " ".join(text.split())


def test_the_file_is_sound(client: FlaskClient) -> None:
    data = client.get(f"/oproepen/{full_call().id}/oproep.pdf").data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not pdf.is_encrypted and "/JavaScript" not in pdf.Root.get("/Names", {})
        fonts = [
            one
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert fonts and all("/FontFile2" in one or "/FontFile3" in one for one in fonts)


def test_long_texts_emoji_and_other_scripts_stay_within_the_standard(client: FlaskClient) -> None:
    call = nasty_call()
    reader = read(client, call.id)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "]]>" in text and "BEGIN:VEVENT" in text and "😀" in text


def test_a_call_with_almost_nothing_in_it_is_a_document_too(client: FlaskClient) -> None:
    call = full_call()
    change(call.id, personas=[], challenges=[], criteria=[], contacts=[], findings=[], service_types=[],
           municipalities=[], ambition="", vision="", mission="", local_input="", programme="")  # fmt: skip
    change(call.id, pitch_windows=[], written_from=None, written_until=None, decision_before=None)
    assert len(read(client, call.id).pages) == 1


@pytest.mark.parametrize("filling", range(0, 45, 4))
def test_what_belongs_together_is_not_parted_by_a_page(client: FlaskClient, filling: int) -> None:
    """However far down a page it begins: no heading or introduction ends a page without its table, and the
    road and a short list of obstacles or goals stand on one page."""
    call = full_call()
    change(call.id, ambition="\n\n".join(["Wij geloven in samen."] * filling))
    pages = [
        [line for line in page.extract_text().splitlines() if line.strip()]
        for page in read(client, call.id).pages
    ]
    for page in pages:
        body = [line for line in page if "pagina " not in line and not line.startswith("Denderstreek – ")]
        last = body[-1]
        assert not last.startswith(("Regio-uitdaging", "Obstakels", "Hoe kunnen we helpen", "Nr.", "Stap"))
        assert not last.startswith(("Pitchronde", "Niveau", "Weegt"))
        assert "voor de rest." not in last and last not in ("Verloop", "Schriftelijke ronde")
    (road,) = [page for page in pages if any(line.startswith("Stap Wanneer") for line in page)]
    assert any(line.startswith("Weerwoord tot 14 dagen") for line in road)


@pytest.mark.parametrize("size", [1, 40])
def test_long_stories_run_over_pages(client: FlaskClient, size: int) -> None:
    call = full_call()
    change(call.id, ambition="\n\n".join(["Wij geloven in " + "samenwerkingsverbanden " * 40] * size))
    assert len(read(client, call.id).pages) >= size // 8 + 3


def test_a_script_that_no_font_knows_leaves_the_rest_as_it_is(client: FlaskClient) -> None:
    call = full_call()
    others = "".join(chr(0x1200 + number) for number in range(0, 60))
    change(call.id, ambition=f"Één ambitie, {others} привет, ελπίδα, 漢字 en مرحبا ten slotte.")
    text = " ".join(" ".join(page.extract_text() for page in read(client, call.id).pages).split())
    assert "Één ambitie, ?" in text and "? привет, ελπίδα, 漢字 en" in text

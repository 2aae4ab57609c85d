"""What becomes of the parts of a PDF: those of typst here, and those LibreOffice made of Word documents."""

from app.addenda.reading.extract import text_of
from tests.addenda.documents import pdf, stored


def lines(markup: str) -> list[str]:
    return [line for line in text_of(pdf(markup)).split("\n") if line]


def test_lists_keep_their_markers_and_stand_in() -> None:
    found = lines("#set list(marker: ([•], [–]))\nTekst vooraf\n\n- een\n  - twee\n- drie")
    assert [line.strip() for line in found] == ["Tekst vooraf", "• een", "– twee", "• drie"]
    assert [len(line) - len(line.lstrip()) for line in found] == [0, 0, 2, 0]


def test_a_table_has_a_line_for_each_row_with_cells_between_tabs() -> None:
    found = lines(
        "#set page(width: 300pt)\nvoor\n#table(columns: (90pt, 120pt), [Lancering], [3 maart 2025],"
        "[Uiterste datum], [4 april 2025 om 12.00 uur, met het formulier dat erbij hoort])\nna"
    )
    assert found == [
        "voor",
        "Lancering\t3 maart 2025",
        "Uiterste datum\t4 april 2025 om 12.00 uur, met het formulier dat erbij hoort",
        "na",
    ]


def test_paragraphs_and_items_in_a_cell_stay_apart() -> None:
    found = lines(
        "#table(columns: (90pt, 220pt), [Pitch], [6 mei van 9 tot 12 uur\n\n7 mei van 9 tot 12 uur],"
        "[Nodig], [- formulier\n- handtekening])"
    )
    assert found == [
        "Pitch\t6 mei van 9 tot 12 uur",
        "7 mei van 9 tot 12 uur",
        "Nodig\t• formulier",
        "• handtekening",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    words = " ".join(f"w{number}" for number in range(400))
    found = lines(f"Titel van het geheel over de hele breedte van het blad\n#columns(2)[{words}]")
    read = " ".join(found[1:]).split()
    assert [word for word in read if word.startswith("w")] == words.split()


PAGE = """#set page(width: 520pt, height: 420pt, margin: 30pt, columns: 2)
#set columns(gutter: 20pt)
#set text(size: 10pt)
#place(top, scope: "parent", float: true)[Een titel die over de hele breedte van het blad loopt]
"""


def test_a_table_in_one_column_does_not_break_the_other() -> None:
    """The lines of the two stand at heights of their own, and the table reaches over neither."""
    left = "".join(
        f"#par[Linkse zin {one} die lang genoeg is om af te breken in haar kolom.]" for one in range(8)
    )
    right = "".join(f"- punt {one}\n" for one in range(5)) + (
        "#table(columns: 2, [Lancering], [3 maart 2025], [Einde], [4 april 2025])\n"
        + "".join(f"#par[Rechtse zin {one} die ook lang genoeg is om af te breken.]" for one in range(5))
    )
    found = "\n".join(lines(f"{PAGE}#text(size: 11pt)[{left}]\n- eerste\n- laatste\n#colbreak()\n{right}"))
    order = [
        "Een titel", *(f"Linkse zin {one}" for one in range(8)), "• laatste", "• punt 0", "• punt 4",
        "Lancering\t3 maart 2025", "Einde\t4 april 2025", *(f"Rechtse zin {one}" for one in range(5)),
    ]  # fmt: skip
    places = [found.index(one) for one in order]
    assert places == sorted(places)


def test_a_column_goes_on_below_the_end_of_the_other() -> None:
    left = "".join(
        f"== Kop {one}\nEen zin onder kop {one} die over twee regels loopt, ja.\n" for one in range(6)
    )
    right = "#par[Deze tekst staat rechts en is veel eerder gedaan dan wat er links naast staat, zie je.]"
    found = "\n".join(lines(f"{PAGE}{left}#colbreak()\n{right}"))
    assert found.index("Een zin onder kop 5") < found.index("Deze tekst staat rechts")


def test_spread_lines_that_leave_white_space_above_one_another_are_no_columns() -> None:
    words = ["a" * 15, "b" * 15, "c" * 15, "d" * 15]
    text = " \\\n".join(" #h(1fr) ".join([f"{words[0]}{one}", *words[1:]]) for one in range(6))
    found = lines(f"#set page(width: 500pt, margin: 30pt)\n#set text(size: 10pt)\n{text}")
    assert [line.split() for line in found] == [[f"{words[0]}{one}", *words[1:]] for one in range(6)]


RUNNING = """#set page(width: 300pt, height: 200pt, margin: (x: 30pt, y: 45pt),
  header: [Addendum Denderstreek -\\ januari 2025],
  footer: context [Regio #h(1fr) p. #counter(page).display()])
"""


def test_what_runs_on_every_page_is_one_line_beside_the_page_break() -> None:
    text = "\n\n".join(f"Zin nummer {one} van de tekst." for one in range(12))
    found = text_of(pdf(RUNNING + text)).split("\n")
    running = [line for line in found if "januari" in line or "p. " in line]
    assert [line.strip("\f") for line in running] == [
        f"Addendum Denderstreek - januari 2025 Regio p. {page}" for page in range(1, len(running) + 1)
    ]
    assert len(running) > 1
    assert [line.startswith("\f") for line in running] == [place > 0 for place in range(len(running))]
    body = [line for line in found if line and line not in running]
    assert body == [f"Zin nummer {one} van de tekst." for one in range(12)]


def test_a_heading_that_comes_back_is_no_running_header() -> None:
    pages = "#pagebreak()\n".join(
        f"#text(size: {11 if one % 2 else 10}pt)[Obstakels]\n\nEerst {one} dit.\n\nDan dat.\n"
        for one in range(3)
    )
    body = "#pagebreak()\nEen gewone zin bovenaan.\n\nNog een."
    found = lines(f"#set page(width: 300pt, height: 300pt)\n{pages}{body}")
    assert [line.strip("\f") for line in found].count("Obstakels") == 3
    assert found.index("Dan dat.") == 2


def test_a_hyphen_of_the_line_break_is_not_one_of_the_word() -> None:
    """The first goes when the word is put together again, the second stays: regio-overleg."""
    narrow = '#set page(width: 160pt, height: 300pt, margin: 30pt)\n#set text(lang: "nl", hyphenate: true)\n'
    assert lines(narrow + "onafhankelijkheidsverklaring")[0].endswith("\u00ad")
    assert lines(narrow + "#set text(hyphenate: false)\nen kort-geschooldenzorg")[0] == "en kort-"


def test_what_broke_off_in_a_narrow_cell_is_whole_again() -> None:
    found = lines(
        "#set text(size: 10pt)\n#table(columns: (110pt, 110pt, 90pt), [An Peeters], "
        "[an.peeters\\@regio- \\ denderstreek.be], [Partnerschapsman\\ ager],"
        "[Beoordelen kandidaturen en schriftelijke projectvoorstellen], [bij de jury\\ van de regio], [Ja])"
    )
    assert found == [
        "An Peeters\tan.peeters@regio-denderstreek.be\tPartnerschapsmanager",
        "Beoordelen kandidaturen en schriftelijke projectvoorstellen\tbij de jury van de regio\tJa",
    ]


def test_the_number_of_a_note_is_no_part_of_the_word_before_it() -> None:
    found = text_of(
        pdf(
            "#set page(width: 300pt, height: 200pt)\nHij werkt#footnote[Fictieve naam.] in de bouw.#footnote["
            "Nog een noot die over meer dan een regel van de bladzijde loopt.] In een huis van 80 m#super[2]."
        )
    )
    text, notes = found.split("\f")
    assert " ".join(text.split()) == "Hij werkt in de bouw. In een huis van 80 m2."
    assert notes.split("\n")[:3] == [
        "Voetnoten",
        "1. Fictieve naam.",
        "2. Nog een noot die over meer dan een regel van de bladzijde loopt.",
    ]


def test_labels_with_their_value_are_no_columns() -> None:
    rows = "\n".join(
        f"#grid(columns: (200pt, 200pt), [Stap {one}], [{one} maart 2025])" for one in range(1, 9)
    )
    assert lines(rows) == [f"Stap {one}\t{one} maart 2025" for one in range(1, 9)]


def test_each_page_ends_with_a_form_feed() -> None:
    text = text_of(pdf("een\n#pagebreak()\ntwee\n#pagebreak()\ndrie"))
    assert [page.strip() for page in text.split("\f")] == ["een", "twee", "drie"]
    assert [line.strip("\f") for line in text.split("\n") if line] == ["een", "twee", "drie"]


def test_what_libreoffice_made_of_a_document_with_everything_in_it() -> None:
    text = text_of(stored("layout.pdf"))
    flat = " ".join(text.split())
    order = [
        "1. Werkingsgebied", "• Sint-Niklaas", "2. Visie", "Links begint het.", "Rechts eindigt het.",
        "3. Uitdagingen", "• geen opvang voor zeven uur", "o bus", "• geen rijbewijs", "3.1 eerste",
        "Stap Wanneer", "Lancering 3 maart 2025", "Obstakels • geen opvang • geen bus",
        "Doelen • opvang vinden", "4. Contact",
    ]  # fmt: skip
    places = [flat.index(one) for one in order]
    assert places == sorted(places)
    assert "Pitch\t6 mei, van 9 tot 12 uur\n7 mei, van 9 tot 12 uur\n" in text
    assert "Lancering\t3 maart 2025\nIndienen\t4 april 2025\n" in text
    assert "uur 's avonds wanneer de ploeg\n     van de late shift" in text

"""What becomes of the parts of a Word document."""

from app.addenda.reading.extract import text_of
from tests.addenda.documents import SPACES, docx, listed, paragraph, table

BULLET, ONE, LETTER = 1, 2, 3
NUMBERING = f"""<w:numbering {SPACES}>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="&#xF0B7;"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1.%2"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>
</w:lvlOverride></w:num></w:numbering>"""
STYLES = f"""<w:styles {SPACES}>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:pPr>
<w:numPr><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Kop1b"><w:name w:val="Eigen kop"/><w:basedOn w:val="Kop1"/></w:style>
<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""


def lines(body: str, **parts: str) -> list[str]:
    text = text_of(docx(body, parts={"numbering": NUMBERING, "styles": STYLES, **parts}, kinds=KINDS))
    return [line for line in text.split("\n") if line]


KINDS = {"header1": "header", "header2": "header", "footer1": "footer"}


def test_lists_keep_their_markers_and_levels() -> None:
    body = listed("een", BULLET) + listed("twee", BULLET, 1) + listed("drie", BULLET)
    assert lines(body) == ["• een", "  • twee", "• drie"]


def test_numbers_count_per_level_and_begin_anew() -> None:
    body = "".join(
        (
            listed("a", ONE),
            listed("b", ONE, 1),
            listed("c", ONE, 1),
            listed("d", ONE, 2),
            listed("e", ONE),
            listed("f", ONE, 1),
            listed("g", LETTER),
        )
    )
    assert lines(body) == ["1. a", "  1.1 b", "  1.2 c", "    a) d", "2. e", "  2.1 f", "1. g"]


def test_a_heading_gets_the_number_of_its_style_also_when_inherited() -> None:
    body = paragraph("Timing", properties='<w:pStyle w:val="Kop1"/>')
    body += paragraph("Contact", properties='<w:pStyle w:val="Kop1b"/>')
    body += paragraph("Slot", properties='<w:pStyle w:val="Kop1b"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body) == ["1. Timing", "2. Contact", "Slot"]


def test_deleted_text_is_out_and_inserted_text_is_in() -> None:
    body = paragraph(
        "Indienen voor ",
        "<w:del><w:r><w:delText>1 juni</w:delText></w:r></w:del>",
        "<w:ins><w:r><w:t>2 juni</w:t></w:r></w:ins>",
    )
    body += paragraph("half", properties="<w:rPr><w:del/></w:rPr>") + paragraph(" en half")
    body += "<w:del><w:p><w:r><w:t>weg</w:t></w:r></w:p></w:del><w:moveFrom><w:p/></w:moveFrom>"
    moved = "<w:moveFrom><w:r><w:t>hier</w:t></w:r></w:moveFrom>"
    body += paragraph(moved, "<w:moveTo><w:r><w:t>daar</w:t></w:r></w:moveTo>")
    assert lines(body) == ["Indienen voor 2 juni", "half en half", "daar"]


def test_a_text_box_that_is_stored_twice_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('Nora, 34 jaar')}</w:txbxContent>"
    twice = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    assert lines(paragraph("Persona", twice)) == ["Persona", "Nora, 34 jaar"]
    assert lines(paragraph("Persona", old)) == ["Persona", "Nora, 34 jaar"]


def test_hyphens_breaks_tabs_and_symbols() -> None:
    body = paragraph(
        "<w:r><w:t>Zuid</w:t><w:noBreakHyphen/><w:t>West</w:t><w:tab/><w:t>regio</w:t><w:br/><w:t>tweede</w:t>"
        '<w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
    )
    body += paragraph('<w:r><w:br w:type="page"/></w:r>') + paragraph("nieuwe bladzijde")
    assert lines(body) == ["Zuid\u2011West\tregio", "tweede\uf0b7", "\fnieuwe bladzijde"]


def test_a_table_has_a_line_for_each_row_in_its_place() -> None:
    body = paragraph("voor") + table(("Lancering", "3 maart"), ("Pitch", "4 maart")) + paragraph("na")
    assert lines(body) == ["voor", "Lancering\t3 maart", "Pitch\t4 maart", "na"]


def test_lists_in_columns_stand_under_the_head_of_their_column() -> None:
    body = table(
        ("Obstakels", "Doelen"),
        (
            listed("geen opvang", BULLET) + listed("geen bus", BULLET),
            listed("opvang", BULLET) + listed("vervoer", BULLET),
        ),
    )
    assert lines(body) == ["Obstakels", "• geen opvang", "• geen bus", "Doelen", "• opvang", "• vervoer"]


def test_a_cell_with_more_paragraphs_goes_on_below() -> None:
    body = table(("Pitch", paragraph("6 mei") + paragraph("7 mei")), ("Ronde 1", "12 juni"))
    assert lines(body) == ["Pitch\t6 mei", "7 mei", "Ronde 1\t12 juni"]


def test_merged_cells_say_their_text_once() -> None:
    merged = '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + paragraph("Ronde") + "</w:tc>"
    rest = "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" + paragraph("") + "</w:tc>"
    cell = "<w:tc>" + paragraph("{}") + "</w:tc>"
    body = f"<w:tbl><w:tr>{merged}{cell.format('een')}</w:tr><w:tr>{rest}{cell.format('twee')}</w:tr></w:tbl>"
    assert lines(body) == ["Ronde\teen", "\ttwee"]


def test_content_controls_links_and_fields_show_what_they_show() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2 juni</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = f"<w:sdt><w:sdtContent>{paragraph('in een vak')}</w:sdtContent></w:sdt>"
    body += paragraph(
        "mail ", '<w:hyperlink r:id="x"><w:r><w:t>an@regio.example</w:t></w:r></w:hyperlink>', field
    )
    assert lines(body) == ["in een vak", "mail an@regio.example2 juni"]


def test_hidden_text_is_not_read() -> None:
    body = paragraph("zichtbaar", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>")
    body += paragraph("ook geheim", properties='<w:pStyle w:val="Weg"/>')
    assert lines(body) == ["zichtbaar"]


def test_lines_of_contents_look_like_lines_of_contents() -> None:
    body = paragraph("Timing<", properties="").replace("Timing<", "Timing</w:t><w:tab/><w:t>4")
    body = body.replace("<w:pPr>", '<w:pPr><w:pStyle w:val="Inhopg1"/>')
    assert lines(body) == ["Timing ........ 4"]


def test_headers_and_footers_stand_before_and_notes_after() -> None:
    head = f"<w:hdr {SPACES}>{paragraph('Regio Testland')}</w:hdr>"
    foot = f"<w:ftr {SPACES}>{paragraph('Pagina 1 van 3')}{paragraph('Tekst')}</w:ftr>"
    notes = (
        f'<w:footnotes {SPACES}><w:footnote w:type="separator" w:id="-1">{paragraph("---")}</w:footnote>'
        f'<w:footnote w:id="1">{paragraph("Bron: eigen telling")}</w:footnote></w:footnotes>'
    )
    found = lines(paragraph("Tekst"), header1=head, header2=head, footer1=foot, footnotes=notes)
    assert found == ["Regio Testland", "\fTekst", "\fVoetnoten", "1. Bron: eigen telling"]


def test_strict_documents_are_read_as_well() -> None:
    body = paragraph("Strikt")
    data = docx(body, parts={"numbering": NUMBERING, "styles": STYLES})
    from tests.addenda.documents import repacked

    strict = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert text_of(repacked(data, {"word/document.xml": strict})).strip() == "Strikt"

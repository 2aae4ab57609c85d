"""What becomes of the parts of an OpenDocument text."""

from app.addenda.reading.extract import text_of
from tests.addenda.documents import odt

LISTS = """<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"
text:bullet-char="•"/>
<text:list-level-style-bullet text:level="2" text:bullet-char="o"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1"
style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style>"""
OUTLINE = """<text:outline-style style:name="Outline"><text:outline-level-style text:level="1"
style:num-format="1" style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format="1"
text:display-levels="2"/>
</text:outline-style>"""


def lines(body: str, **more: str) -> list[str]:
    return [line for line in text_of(odt(body, automatic=LISTS, **more)).split("\n") if line]


def items(*texts: str) -> str:
    return "".join(f"<text:list-item>{text}</text:list-item>" for text in texts)


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_lists_keep_their_markers_and_levels() -> None:
    inner = f"<text:list>{items(p('twee'))}</text:list>"
    body = f'<text:list text:style-name="L1">{items(p("een") + inner, p("drie"))}</text:list>'
    assert lines(body) == ["• een", "  • twee", "• drie"]


def test_numbers_count_and_begin_anew_unless_the_list_goes_on() -> None:
    inner = f"<text:list>{items(p('b'), p('c'))}</text:list>"
    first = f'<text:list text:style-name="L2">{items(p("a") + inner, p("d"))}</text:list>'
    more = '<text:list text:style-name="L2" text:continue-numbering="true">' + items(p("e")) + "</text:list>"
    anew = f'<text:list text:style-name="L2">{items(p("f"))}</text:list>'
    assert lines(first + more + anew) == ["1. a", "  a) b", "  b) c", "2. d", "3. e", "1. f"]


def test_headings_get_the_numbers_of_the_outline() -> None:
    body = '<text:h text:outline-level="1">Timing</text:h><text:h text:outline-level="2">Pitch</text:h>'
    assert lines(body, styles=OUTLINE) == ["1. Timing", "1.1 Pitch"]


def test_deleted_text_stays_out_and_comments_too() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>" + p("weg") + "</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + p("voor<text:change/> 2 juni<office:annotation>" + p("nakijken") + "</office:annotation>")
    )
    assert lines(body) == ["voor 2 juni"]


def test_tables_boxes_spaces_and_notes() -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    row = "<table:table-row>{}</table:table-row>"
    grid = "<table:table><table:table-header-rows>{}</table:table-header-rows>{}</table:table>".format(
        row.format(cell.format(p("Stap")) + cell.format(p("Dag"))),
        row.format(cell.format(p("Pitch")) + cell.format(p("6<text:s text:c='2'/>mei") + p("7 mei"))),
    )
    box = "<draw:frame><draw:text-box>" + p("Nora") + "</draw:text-box></draw:frame>"
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        + p("Bron")
        + "</text:note-body></text:note>"
    )
    body = p("a<text:tab/>b<text:line-break/>c" + note) + grid + p("Persona" + box)
    assert lines(body) == [
        "a\tb", "c", "Stap\tDag", "Pitch\t6  mei", "7 mei", "Persona", "Nora", "\fVoetnoten", "1. Bron",
    ]  # fmt: skip


def test_headers_and_footers_stand_before_the_text() -> None:
    master = "<style:master-page><style:header>" + p("Regio Testland") + "</style:header></style:master-page>"
    assert lines(p("Tekst"), masters=master) == ["Regio Testland", "\fTekst"]

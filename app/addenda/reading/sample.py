"""A small addendum in Word, to show what the importer understands best. The text is invented."""

import io
import zipfile
from functools import lru_cache
from xml.sax.saxutils import escape

SAMPLE_NAME = "voorbeeld-addendum.docx"

_SAMPLE: tuple[tuple[str, str], ...] = (
    ("Title", "Lokaal addendum Voorbeeldstreek"),
    ("", "Oproep Capacity Building Lokale Partnerschappen"),
    ("Heading1", "Werkingsgebied"),
    ("List", "Lint"),
    ("List", "Kontich"),
    ("List", "Hove"),
    ("Heading1", "Ambitie"),
    ("", "Tegen het einde van het project vindt wie ver van de arbeidsmarkt staat in elke gemeente één "
     "vertrouwd gezicht dat mee zoekt."),
    ("Heading1", "Regio-uitdagingen"),
    ("Heading2", "Regio-uitdaging 1 gebaseerd op persona Yasmina"),
    ("", "Yasmina is 34 en voedt haar twee kinderen alleen op. Ze wil graag werken, maar de dag is te "
     "kort."),
    ("", "Welke obstakels ervaart Yasmina?"),
    ("List", "geen opvang voor en na de schooluren"),
    ("List", "geen wagen, en een bus per uur"),
    ("List", "weinig vertrouwen in diensten"),
    ("", "Hoe kunnen we Yasmina ondersteunen zodat:"),
    ("List", "ze opvang vindt die past bij haar uren"),
    ("List", "ze zich kan verplaatsen naar werk of opleiding"),
    ("List", "ze iemand heeft bij wie ze terechtkan"),
    ("Heading2", "Regio-uitdaging 2 gebaseerd op persona Willy & persona Oksana (gecombineerd)"),
    ("", "Willy zoekt al jaren. Oksana is nieuw in het land. Beiden kennen de weg niet in het aanbod."),
    ("", "Welke obstakels ervaren Willy en Oksana?"),
    ("List", "te weinig Nederlands voor een sollicitatie"),
    ("List", "een klein netwerk"),
    ("", "Hoe kunnen we hen ondersteunen zodat:"),
    ("List", "ze op de werkvloer Nederlands oefenen"),
    ("List", "ze mensen leren kennen in de buurt"),
    ("Heading1", "Resultaten van de verrijkingssessie"),
    ("", "Wat vaak terugkwam:"),
    ("List", "één aanspreekpunt per persoon"),
    ("", "Aandachtspunten:"),
    ("List", "duidelijke taal, ook op papier"),
    ("Heading1", "Types dienstverlening"),
    ("List", "outreach aan huis"),
    ("List", "begeleiding tijdens de eerste maanden werk"),
    ("Heading1", "Lokale timing"),
    ("Row", "Lancering\t3 maart 2025"),
    ("Row", "Uiterste indiendatum\t4 april 2025 om 12.00 uur"),
    ("Row", "Schriftelijke beoordeling\tvan 7 april 2025 tot en met 18 april 2025"),
    ("Row", "Pitch\t24 april 2025 van 9.00 tot 12.30 uur"),
    ("Row", "Beslissing\tvoor 16 mei 2025"),
    ("Row", "Weerwoord\tbinnen 10 kalenderdagen na kennisgeving"),
    ("Heading1", "Contact"),
    ("", "Els Voorbeeld, regisseur, els@voorbeeldstreek.example, 03 555 01 02"),
    ("Heading1", "Indienen"),
    ("", "Kandidaturen komen binnen op indienen@voorbeeldstreek.example."),
)  # fmt: skip

_MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@lru_cache(maxsize=1)
def sample_document() -> bytes:
    """The bytes of the sample as .docx."""
    return word_document(_SAMPLE)


def word_document(paragraphs: tuple[tuple[str, str], ...]) -> bytes:
    """A .docx of (style, text): Title, Heading1, Heading2, List, "" for text, Row for a row of a table with
    its cells set apart by tabs."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(_body(paragraphs)).items():
            member = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, _XML + text)
    return packed.getvalue()


def _body(paragraphs: tuple[tuple[str, str], ...]) -> str:
    pieces: list[str] = []
    before = ""
    for style, text in [*paragraphs, ("", "")]:
        if before == "Row" and style != "Row":
            pieces.append("</w:tbl>")
        if style == "Row" and before != "Row":
            pieces.append(_TABLE)
        pieces.append(_row(text) if style == "Row" else _paragraph(style, text))
        before = style
    return "".join(pieces)


def _paragraph(style: str, text: str) -> str:
    name = {"List": "ListParagraph"}.get(style, style)
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if style == "List" else ""
    properties = f'<w:pPr><w:pStyle w:val="{name}"/>{number}</w:pPr>' if name else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _row(text: str) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr>{_paragraph("", cell)}</w:tc>'
        for cell in text.split("\t")
    )
    return f"<w:tr>{cells}</w:tr>"


_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{_EDGES}</w:tblBorders></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid>'
)


def _style(name: str, title: str, size: int, level: str = "") -> str:
    outline = f'<w:outlineLvl w:val="{level}"/>' if level else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/>{outline}</w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _parts(body: str) -> dict[str, str]:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"))
    )
    related = "".join(
        f'<Relationship Id="rId{place}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for place, name in enumerate(("styles", "numbering"), start=1)
    )
    packages = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{packages}/relationships">{related}'
        "</Relationships>",
        "word/document.xml": f'<w:document {_MAIN}><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/></w:sectPr></w:body></w:document>',
        "word/styles.xml": f"<w:styles {_MAIN}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts "
        'w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/><w:lang w:val="nl-BE"/></w:rPr>'
        "</w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        + _style("Title", "Title", 40)
        + _style("Heading1", "heading 1", 30, "0")
        + _style("Heading2", "heading 2", 25, "1")
        + '<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/></w:style>'
        "</w:styles>",
        "word/numbering.xml": f'<w:numbering {_MAIN}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:pPr><w:ind w:left="567" '
        'w:hanging="283"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>'
        "</w:num></w:numbering>",
    }

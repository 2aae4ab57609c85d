"""Why a document was not read: each cause with a code that stays, what it means, and what to do next."""

from dataclasses import dataclass

from app.addenda.importing import ImportRefused

NOTHING = "Er is niets ingelezen en er is niets veranderd."
_SAVE_AS_DOCX = "Kies Bestand > Opslaan als, en daarbij het type “Word-document (*.docx)”."
_CHOOSE = "Kies het nieuwe bestand hier, en lees opnieuw in."
_PASTE = "Lukt het niet, kopieer dan de tekst van het document en plak die in het tekstvak."


@dataclass(frozen=True, slots=True)
class Refusal:
    """`title` names the cause, `cause` explains it in a sentence or two, `steps` say what to do, in order.

    `again`: the same bytes may well succeed another time.
    """

    code: str
    title: str
    cause: str
    steps: tuple[str, ...]
    again: bool = False

    @property
    def message(self) -> str:
        return f"{self.cause} {NOTHING}"


REFUSALS: dict[str, Refusal] = {
    refusal.code: refusal
    for refusal in (
        Refusal(
            "empty",
            "Het document is leeg",
            "In dit bestand staat geen tekst: het is leeg.",
            ("Open het bestand en kijk of er tekst in staat.", "Kies het bestand met het addendum."),
        ),
        Refusal(
            "scan",
            "Deze PDF is een scan",
            "De pagina's van deze PDF zijn beelden: er zit geen tekst in die te lezen is.",
            (
                "Zoek het document waarvan de PDF gemaakt is (Word of LibreOffice) en kies dat bestand.",
                "Is er alleen papier? Open de PDF in Acrobat en kies Scan en OCR > Tekst herkennen, "
                "of open hem in Word, dat de tekst zelf herkent.",
                "Bewaar het resultaat, kijk de tekst na, en lees dat bestand in.",
                _PASTE,
            ),
        ),
        Refusal(
            "unreadable_letters",
            "De letters van deze PDF zijn niet te lezen",
            "Deze PDF toont letters, maar zegt niet welke letters het zijn.",
            (
                "Open het oorspronkelijke document in Word en kies Bestand > Opslaan als > PDF, "
                "niet Afdrukken naar PDF.",
                "Of kies hier meteen het Word-document zelf.",
                _PASTE,
            ),
        ),
        Refusal(
            "pdf_password",
            "Deze PDF is beveiligd met een wachtwoord",
            "Zonder het wachtwoord kan de tekst niet gelezen worden.",
            (
                "Open de PDF in Acrobat met het wachtwoord.",
                "Kies Bestand > Eigenschappen > Beveiliging, en daar “Geen beveiliging”.",
                "Bewaar het bestand. " + _CHOOSE,
            ),
        ),
        Refusal(
            "damaged_pdf",
            "Deze PDF is beschadigd of onvolledig",
            "Het bestand breekt af of de opbouw klopt niet, zoals na een onderbroken download.",
            (
                "Open de PDF en kijk of alle pagina's er zijn.",
                "Download het bestand opnieuw, of vraag het opnieuw aan wie het stuurde.",
                _CHOOSE,
            ),
        ),
        Refusal(
            "damaged_document",
            "Dit document is beschadigd of onvolledig",
            "Het bestand breekt af of de opbouw klopt niet.",
            (
                "Open het document in Word of LibreOffice en laat het herstellen als dat gevraagd wordt.",
                _SAVE_AS_DOCX,
                _CHOOSE,
            ),
        ),
        Refusal(
            "macros",
            "Dit document bevat macro's",
            "Een document met macro's kan programma's bevatten. Dat wordt niet geopend.",
            (
                "Open het document in Word, ook als het met LibreOffice gemaakt is.",
                _SAVE_AS_DOCX + " De macro's vallen daarbij weg.",
                _CHOOSE,
            ),
        ),
        Refusal(
            "unpacks_too_large",
            "Dit document wordt veel te groot bij het uitpakken",
            "De inhoud van dit bestand is zo sterk samengeperst dat uitpakken niet veilig is.",
            (
                "Kijk na waar het bestand vandaan komt.",
                "Is het een echt addendum? Open het in Word en bewaar het onder een nieuwe naam.",
                _PASTE,
            ),
        ),
        Refusal(
            "outside_references",
            "Dit document verwijst naar iets buiten het document",
            "In de opbouw staan verwijzingen of definities (DTD, entiteiten) die een gewoon document "
            "niet heeft. Die worden niet gevolgd.",
            (
                "Kijk na waar het bestand vandaan komt.",
                "Open het in Word of LibreOffice en bewaar het onder een nieuwe naam.",
                _CHOOSE,
            ),
        ),
        Refusal(
            "document_password",
            "Dit document is beveiligd met een wachtwoord",
            "Zonder het wachtwoord kan de tekst niet gelezen worden.",
            (
                "Open het document in Word met het wachtwoord.",
                "Kies Bestand > Info > Document beveiligen > Versleutelen met wachtwoord, "
                "en maak het vak leeg.",
                "Bewaar het document. " + _CHOOSE,
            ),
        ),
        Refusal(
            "odt_password",
            "Dit ODT-document is beveiligd met een wachtwoord",
            "Zonder het wachtwoord kan de tekst niet gelezen worden.",
            (
                "Open het document in LibreOffice met het wachtwoord.",
                "Kies Bestand > Opslaan als en vink “Met wachtwoord opslaan” uit.",
                _CHOOSE,
            ),
        ),
        Refusal(
            "old_word",
            "Dit is een oud Word-document (.doc)",
            "Documenten van Word 2003 en ouder worden niet gelezen.",
            ("Open het document in Word of LibreOffice.", _SAVE_AS_DOCX, _CHOOSE),
        ),
        Refusal(
            "rtf",
            "Dit is een RTF-document",
            "Dit soort document wordt niet gelezen.",
            ("Open het document in Word of LibreOffice.", _SAVE_AS_DOCX, _CHOOSE),
        ),
        Refusal(
            "image",
            "Dit is een afbeelding",
            "In een foto of scan zit geen tekst die te lezen is.",
            ("Kies het document zelf: PDF, Word, ODT of platte tekst.", _PASTE),
        ),
        Refusal(
            "spreadsheet",
            "Dit is een rekenblad",
            "Een addendum wordt gelezen uit een tekstdocument, niet uit een rekenblad.",
            ("Kies het document van het addendum: PDF, Word, ODT of platte tekst.", _PASTE),
        ),
        Refusal(
            "presentation",
            "Dit is een presentatie",
            "Een addendum wordt gelezen uit een tekstdocument, niet uit een presentatie.",
            ("Kies het document van het addendum: PDF, Word, ODT of platte tekst.", _PASTE),
        ),
        Refusal(
            "unknown_type",
            "Dit soort bestand wordt niet gelezen",
            "Een addendum kan ingelezen worden uit een PDF, een Word-document (.docx), een ODT-document "
            "of platte tekst (.txt).",
            (
                "Open het bestand in het programma waarmee het gemaakt is.",
                "Bewaar het als PDF of als Word-document (.docx).",
                _CHOOSE,
            ),
        ),
        Refusal(
            "not_text",
            "In dit bestand staat geen leesbare tekst",
            "Het bestand is geen PDF, Word-, ODT- of tekstdocument, of het is beschadigd.",
            (
                "Open het bestand en kijk of je de tekst kan lezen.",
                "Bewaar het als Word-document (.docx) of als platte tekst (.txt, UTF-8).",
                _CHOOSE,
            ),
        ),
        Refusal(
            "too_large",
            "Dit document is te groot",
            "Een bestand mag hoogstens 20 MB zijn, en de tekst hoogstens 2 MB en 20.000 regels.",
            (
                "Kijk na of je het juiste bestand koos.",
                "Is het alleen tekst? Laat dan weg wat niet bij het addendum hoort.",
                "Staan er afbeeldingen in? Maak ze in Word kleiner: klik op een afbeelding en kies "
                "Afbeeldingen comprimeren.",
                _CHOOSE,
                _PASTE,
            ),
        ),
        Refusal(
            "too_many_pages",
            "Dit document heeft te veel pagina's",
            f"Een PDF mag hoogstens {300} pagina's tellen.",
            (
                "Kijk na of je het juiste bestand koos.",
                "Bewaar alleen de pagina's van het addendum in een nieuwe PDF: kies Afdrukken, vul de "
                "pagina's in, en kies als printer PDF.",
                _CHOOSE,
            ),
        ),
        Refusal(
            "too_slow",
            "Het inlezen duurde te lang",
            "Na twee minuten is het inlezen gestopt. Meestal komt dat door zeer ingewikkelde tekeningen of "
            "tabellen.",
            (
                "Probeer het nog één keer.",
                "Lukt het weer niet: kies het Word-document in plaats van de PDF, of laat de tekeningen weg.",
                _PASTE,
            ),
            again=True,
        ),
        Refusal(
            "too_much_memory",
            "Het inlezen vroeg te veel geheugen",
            "Dit document is te zwaar om te lezen. Meestal komt dat door grote afbeeldingen of tabellen.",
            (
                "Laat grote afbeeldingen weg of maak ze kleiner, en bewaar het document opnieuw.",
                _CHOOSE,
                _PASTE,
            ),
            again=True,
        ),
        Refusal(
            "reader_died",
            "Het inlezen is plots gestopt",
            "Het programma dat het document las, viel uit. De rest van Partnerwijzer heeft er geen last van.",
            (
                "Probeer het nog één keer.",
                "Lukt het weer niet: open het document in Word en bewaar het onder een nieuwe naam.",
                _PASTE,
            ),
            again=True,
        ),
        Refusal(
            "not_an_addendum",
            "In dit document is geen addendum te herkennen",
            "Er zijn geen regio-uitdagingen, obstakels, doelen of lokale timing gevonden.",
            (
                "Kijk na of je het juiste bestand koos.",
                "Bekijk het voorbeelddocument: de titels van de onderdelen moeten herkenbaar zijn.",
                "Of begin leeg en vul de oproep zelf in.",
            ),
        ),
        Refusal(
            "expired",
            "Dit document is niet meer bewaard",
            "Een document dat niet afgewerkt raakt, blijft een dag bewaard.",
            ("Kies het document opnieuw.",),
        ),
    )
}


class ReadingRefused(ImportRefused):
    """`code` is one of REFUSALS; `message` title and cause in Dutch, `refusal` all there is to say."""

    def __init__(self, code: str) -> None:
        self.refusal = REFUSALS.get(code) or REFUSALS["reader_died"]
        self.code = self.refusal.code
        self.message = f"{self.refusal.title}. {self.refusal.message}"
        Exception.__init__(self, self.message)

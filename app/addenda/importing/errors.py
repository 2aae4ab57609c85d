"""Refusals of the importer: the document is not read at all, and the person hears why in Dutch."""

MESSAGES: dict[str, str] = {
    "empty": "Het bestand is leeg. Kies een bestand met de tekst van een addendum.",
    "not_text": (
        "Dit bestand bevat geen leesbare tekst. Bewaar het addendum als platte tekst (.txt, UTF-8) "
        "en probeer opnieuw."
    ),
    "too_large": (
        "De tekst is te groot. Een addendum mag hoogstens 2 MB en 20.000 regels tellen; "
        "kijk na of het juiste bestand gekozen is."
    ),
    "not_an_addendum": (
        "In deze tekst is geen addendum te herkennen: er zijn geen regio-uitdagingen, obstakels, doelen "
        "of lokale timing gevonden."
    ),
}


class ImportRefused(Exception):
    """`code` is one of MESSAGES, `message` the Dutch sentence for the screen."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.message = MESSAGES[code]
        super().__init__(self.message)

"""The words that Partnerwijzer proposes around the reasons of a decision, for every outcome."""

from typing import NamedTuple

from app.domain.motivation import DecisionOutcome

LIMIT = 4000  # characters of each part


class Words(NamedTuple):
    """The parts of a letter that the region writes; `opening` is never empty."""

    opening: str
    next_steps: str = ""
    closing: str = ""


PROPOSED: dict[str, Words] = {
    DecisionOutcome.SELECTED: Words(
        "Dank je wel voor je kandidatuur. We willen met {organisatie} samenwerken in het partnerschap. Laat "
        "ons weten of je meedoet, tot en met {antwoord_tot}.",
        "Je antwoordt in Partnerwijzer, bij je kandidatuur. Dat kan tot en met {antwoord_tot}. Alleen een "
        "eigenaar van je organisatie kan antwoorden.\n\n"
        "Doe je mee, dan nodigen we je uit voor een eerste gesprek. Het partnerschap start pas als de "
        "termijn voor weerwoord voorbij is en er geen weerwoord meer open staat. Doe je niet mee, zeg dan "
        "waarom. We vragen dan misschien een organisatie van de reservelijst.",
        "We kijken ernaar uit om samen te werken voor de mensen in {regio}.",
    ),
    DecisionOutcome.RESERVE: Words(
        "Dank je wel voor je kandidatuur. Andere kandidaten gingen voor. Je blijft wel in beeld.",
        "Je hoeft nu niets te doen. Komt er een plaats vrij in het partnerschap, dan kan de regio je alsnog "
        "selecteren. Je krijgt dan een nieuwe brief met een nieuwe beslissing.",
        "Dank voor het werk dat je in je kandidatuur stak.",
    ),
    DecisionOutcome.NOT_SELECTED: Words(
        "Dank je wel voor je kandidatuur. Je organisatie stapt deze keer niet in het partnerschap. Hieronder "
        "lees je waarom.",
        "Je hoeft nu niets te doen. Heb je vragen bij de redenen, neem dan contact met ons op. Op "
        "Partnerwijzer vind je ook andere oproepen.",
        "Dank voor het werk dat je in je kandidatuur stak.",
    ),
    DecisionOutcome.INADMISSIBLE: Words(
        "Dank je wel voor je kandidatuur. Ze voldoet niet aan een voorwaarde van de oproep. Daarom hebben we "
        "de inhoud niet beoordeeld. Hieronder lees je om welke voorwaarde het gaat.",
        "Je hoeft nu niets te doen. Denk je dat we iets fout zagen, laat het ons dan snel weten.",
        "Dank voor het werk dat je in je kandidatuur stak.",
    ),
}

PARTS = {
    "opening": "Opening",
    "next_steps": "Wat er nu gebeurt",
    "closing": "Slot",
}
NEXT_STEPS = "Wat er nu gebeurt"
PLACES = {
    "organisatie": "naam van de organisatie",
    "oproep": "titel van de oproep",
    "regio": "naam van de regio",
    "kenmerk": "nummer van het ontvangstbewijs",
    "weerwoord_tot": "laatste dag voor weerwoord, met uur",
    "antwoord_tot": "laatste dag om te antwoorden, met uur (alleen voor wie geselecteerd is)",
}

"""The headings and lead-in sentences of the family of addenda: synonyms per kind of section.

Only data: a new wording is a new line here. Lead-ins are tried in order; the first that fits wins.
"""

import re
from enum import StrEnum


class Kind(StrEnum):
    HEAD = "head"
    PROGRAMME = "programme"
    AREA = "service_area"
    MUNICIPALITIES = "municipalities"
    CHALLENGES = "challenges"
    CHALLENGE = "challenge"
    CHALLENGE_PERSONAS = "challenge_personas"
    OBSTACLES = "obstacles"
    GOALS = "goals"
    ANALYSIS = "analysis"
    RECURRING = "recurring"
    ATTENTION = "attention"
    EXTRA_OBSTACLES = "extra_obstacles"
    PROFILES = "profiles"
    SERVICE_TYPES = "service_types"
    PERSONAS = "personas"
    LOCAL_INPUT = "local_input"
    AMBITION = "ambition"
    VISION = "vision"
    MISSION = "mission"
    EXPECTATIONS = "expectations"
    TIMELINE = "timeline"
    CONTACT = "contact"
    SUBMISSION = "submission"
    CONTENTS = "contents"
    OTHER = "other"


# fmt: off
HEADINGS: dict[Kind, tuple[str, ...]] = {
    Kind.PROGRAMME: (
        "programma", "naam programma", "oproep", "naam oproep", "kader",
    ),
    Kind.AREA: (
        "regio", "naam regio", "naam werkingsgebied", "naam van het werkingsgebied", "naam van de regio",
    ),
    Kind.MUNICIPALITIES: (
        "lokaal werkingsgebied", "werkingsgebied", "het werkingsgebied", "gemeenten",
        "deelnemende gemeenten", "betrokken gemeenten", "deelnemende lokale besturen", "lokale besturen",
        "steden en gemeenten", "gemeenten in het werkingsgebied", "deelnemende steden en gemeenten",
        "afbakening", "afbakening werkingsgebied", "gemeentes", "gebied",
    ),
    Kind.CHALLENGES: (
        "regio-uitdagingen", "uitdagingen", "de regio-uitdagingen zijn", "lokale uitdagingen",
        "onze uitdagingen", "uitdagingen in de regio", "uitdagingen per persona", "onze regio-uitdagingen",
        "overzicht van de regio-uitdagingen", "de uitdagingen", "noden en uitdagingen",
        "persona's en uitdagingen", "persona's en regio-uitdagingen", "uitdagingen en persona's",
    ),
    Kind.OBSTACLES: (
        "obstakels", "drempels", "de obstakels", "de drempels", "de obstakels zijn", "de drempels zijn",
        "hindernissen", "belemmeringen", "struikelblokken", "obstakels en drempels",
        "drempels en obstakels", "wat staat in de weg", "welke drempels", "welke obstakels",
        "waar lopen ze op vast", "knelpunten",
    ),
    Kind.GOALS: (
        "doelen", "doelstellingen", "de doelen", "hoe kunnen we", "gewenste resultaten",
        "wat willen we bereiken", "beoogde resultaten", "de doelen zijn", "onze doelen",
        "hoe kunnen we helpen", "wat we willen bereiken", "streefdoelen", "doelen voor deze persona",
        "hoe kunnen we-vragen", "hoe kunnen we vragen",
    ),
    Kind.ANALYSIS: (
        "lokale analyse", "analyse", "omgevingsanalyse", "resultaten verrijking-sessies",
        "verrijkingssessie", "resultaten verrijkingssessie", "resultaten van de verrijkingssessie",
        "verrijking", "verrijkingsdag", "verrijkingssessies", "arena-analyse", "resultaten arena-analyse",
        "resultaten van de verrijking", "resultaten van de arena-analyse", "bevindingen",
    ),
    Kind.RECURRING: (
        "terugkerende bevindingen", "vaak genoemd", "meermaals genoemd", "wat vaak terugkwam",
        "rode draden", "terugkerende thema's", "kwam vaak terug", "wat kwam vaak terug", "vaak terugkerend",
        "terugkerend", "terugkerende vaststellingen", "wat terugkwam", "terugkerende punten",
        "wat keerde terug",
    ),
    Kind.ATTENTION: (
        "aandachtspunten", "bijkomende aandachtspunten", "verdere aandachtspunten", "ook aandacht voor",
        "andere aandachtspunten", "extra aandachtspunten", "overige aandachtspunten", "aandacht voor",
    ),
    Kind.EXTRA_OBSTACLES: (
        "aanvullende obstakels", "bijkomende obstakels", "extra obstakels", "extra drempels",
        "andere drempels", "aanvullende drempels", "andere obstakels", "bijkomende drempels",
        "nieuwe obstakels", "overige obstakels",
    ),
    Kind.PROFILES: (
        "bijkomend klantprofiel", "aanvullend klantprofiel", "bijkomende klantprofielen",
        "aanvullende profielen", "bijkomende profielen", "extra profiel", "extra profielen",
        "klantprofielen", "klantprofiel", "bijkomende doelgroep", "bijkomend profiel",
        "aanvullende klantprofielen", "extra klantprofiel", "bijkomende doelgroepen",
        "extra klantprofielen",
    ),
    Kind.SERVICE_TYPES: (
        "types dienstverlening", "typen dienstverlening", "soorten dienstverlening",
        "nodige dienstverlening", "gewenste dienstverlening", "gevraagde dienstverlening",
        "dienstverlening", "type dienstverlening", "noodzakelijke dienstverlening",
        "benodigde dienstverlening", "welke dienstverlening is nodig", "vormen van dienstverlening",
    ),
    Kind.PERSONAS: (
        "persona", "persona's", "de persona's", "onze persona's", "beschrijving persona's", "personas",
        "voorstelling van de persona's", "beschrijving van de persona's", "wie zijn de persona's",
    ),
    Kind.LOCAL_INPUT: (
        "andere lokale input", "lokale input", "overige lokale input", "bijkomende lokale informatie",
        "lokale context", "andere input", "bijkomende lokale input", "extra lokale input",
        "lokale toelichting", "overige informatie", "aanvullende lokale input",
        "wat we nog willen meegeven",
    ),
    Kind.AMBITION: (
        "ambitie", "onze ambitie", "ambities", "onze ambities", "onze droom", "ambitie van de regio",
        "ambitie van het partnerschap", "ambitieverklaring", "lokale ambitie",
    ),
    Kind.VISION: (
        "visie", "onze visie", "visie van de regio", "visie en missie", "missie en visie",
        "missie, visie en ambitie", "visie en ambitie", "onze visie en missie", "lokale visie",
        "visie van het partnerschap", "visie & missie", "missie & visie", "ambitie en visie",
    ),
    Kind.MISSION: (
        "missie", "onze missie", "missie van de regio", "missie van het partnerschap", "lokale missie",
        "onze opdracht",
    ),
    Kind.EXPECTATIONS: (
        "wat we verwachten van partners", "wat verwachten we van partners", "verwachtingen",
        "wat we van partners verwachten", "wat verwachten we van onze partners",
    ),
    Kind.TIMELINE: (
        "lokale timing", "timing", "tijdlijn", "kalender", "planning", "belangrijke data", "tijdspad",
        "tijdpad", "timing en verloop", "lokale planning", "lokale kalender", "verloop van de procedure",
        "tijdschema", "data om te onthouden", "procedure en timing", "timing van de procedure",
        "lokale tijdlijn", "wanneer", "planning en deadlines", "verloop en timing",
    ),
    Kind.CONTACT: (
        "lokale contactpersoon", "contactpersoon", "contact", "contactpersonen", "lokale contactpersonen",
        "contactgegevens", "lokaal contact", "lokaal aanspreekpunt", "aanspreekpunt", "aanspreekpunten",
        "vragen", "contactinformatie", "meer informatie", "meer weten", "inhoudelijke vragen",
        "inhoudelijk contact",
    ),
    Kind.SUBMISSION: (
        "indienen", "kandidatuur indienen", "aanleveren kandidatuur", "hoe indienen", "kandidaat stellen",
        "stel je kandidaat", "hoe dien je in", "indiening", "indienen kandidatuur",
        "indienen van je kandidatuur", "hoe kandidaat stellen", "waar indienen", "kandidaturen indienen",
        "aanleveren kandidaturen", "kandidaatstelling", "hoe en waar indienen",
    ),
    Kind.CONTENTS: (
        "inhoud", "inhoudsopgave", "inhoudstafel",
    ),
    Kind.OTHER: (
        "budget", "subsidie", "financiering", "inleiding", "bijlage", "bijlagen", "selectiecriteria",
        "beoordelingscriteria", "criteria", "selectieprocedure", "juridisch kader", "privacy",
        "wie zijn we", "wie kan indienen", "jury", "vragenronde", "gegevensbescherming",
    ),
}

# fmt: on

_LIST_WORDS = r"(?:obstakel|drempel|hindernis|belemmering|struikelblok|knelpunt)"
_MORE = r"(?:aanvullend|bijkomend|extra|andere?\b|overige?|nieuwe?\b|verdere?\b|nog)"

LEAD_INS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.GOALS, re.compile(r"^(?:hoe (?:kunnen|kan|zorgen|helpen|maken)|op welke (?:manier|wijze))\b")),
    (Kind.EXTRA_OBSTACLES, re.compile(rf"{_MORE}\w* (?:\w+ ){{0,2}}{_LIST_WORDS}")),
    (
        Kind.EXTRA_OBSTACLES,
        re.compile(rf"{_LIST_WORDS}.{{0,140}}(?:niet|nog) (?:eerder )?(?:aan bod|vermeld|genoemd)"),
    ),
    (Kind.PROFILES, re.compile(rf"klantprofiel|{_MORE}\w* (?:\w+ ){{0,2}}(?:profiel|doelgroep|persona)")),
    (
        Kind.SERVICE_TYPES,
        re.compile(r"(?:types?|typen|soort\w*|vorm\w*)\b.{0,30}(?:dienst|hulp|onderst|aanbod)"),
    ),
    (
        Kind.SERVICE_TYPES,
        re.compile(r"\bdienstverlening(?:en)?\b.{0,60}(?:nodig|zijn|gevraagd|gewenst|gezocht)"),
    ),
    (
        Kind.RECURRING,
        re.compile(
            r"terug(?:k|ge|\s?te)|kwam\w*.{0,60}\bterug\b|keerde\w*.{0,40}\bterug|herhaaldelijk|meermaals|"
            r"(?:meerdere|verschillende) (?:keren|malen)|vaak (?:genoemd|vermeld|gehoord|aangehaald)|rode dra"
        ),
    ),
    (Kind.ATTENTION, re.compile(r"\baandacht")),
    (Kind.OBSTACLES, re.compile(_LIST_WORDS)),
    (
        Kind.GOALS,
        re.compile(
            r"\bzodat (?:ze|zij|hij|hen|deze|die|\w+)\b|\bdoel(?:en|"
            r"stellingen)\b|(?:we|wij) willen (?:dat|bereiken)|"
            r"willen we\b.{0,40}(?:bereiken|dat\b)|(?:wij|we) (?:dromen|streven)"
        ),
    ),
    (Kind.MUNICIPALITIES, re.compile(r"werkingsgebied|\b(?:gemeenten|lokale besturen|steden)\b")),
)

TABLE_HEADS = re.compile(
    r"(?:wat|stap|fase|actie|moment|mijlpaal|onderdeel|activiteit|omschrijving|datum|wanneer|timing|data|periode)"
    r"(?:[\s|:/]+(?:en )?(?:wat|stap|fase|actie|moment|mijlpaal|datum|wanneer|timing|data|periode|tijdstip|"
    r"uur|"
    r"activiteit|omschrijving|deadline|toelichting)){1,3}"
)

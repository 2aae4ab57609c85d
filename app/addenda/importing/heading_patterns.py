# ruff: noqa: E501
"""Wordings of headings by pattern, for those that no list of phrases foresees. Only data."""

import re

from .vocabulary import Kind

# Tried on lines that look like a heading and match none of HEADINGS, against their comparable core.
HEADING_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Kind.EXPECTATIONS, r"wat (?:we|wij)?\s?(?:verwachten|vragen)(?: (?:we|wij))?(?: van)? .*partners?"),
        (
            Kind.TIMELINE,
            r"wat (?:gebeurt )?(?:er )?wanneer|wanneer(?: (?:gebeurt|is|doen we|vindt) .{0,30}| wat)?"
            r"|(?:lokale |onze |indicatieve |verdere |voorziene )?(?:timing|timeline|tijd(?:s?lijn|s?pad|schema|slijn)"
            r"|kalender|planning|agenda|stappenplan)(?: (?:van|voor|en|in|per|&) .{0,40})?"
            r"|(?:alle |de )?(?:belangrijke|belangrijkste|kern|sleutel|te onthouden)\s?(?:data|momenten|datums)(?: .{0,30})?"
            r"|(?:data|momenten) (?:om te|die|in|op) .{0,30}|verloop (?:van|en) .{0,40}|procedure en .{0,30}"
            r"|(?:hou|noteer|bewaar|alle|deze|de)\b.{0,20}\b(?:data|datums|momenten)\b.{0,20}"
            r"|.{0,20}stappen en (?:data|timing)",
        ),
        (
            Kind.SUBMISSION,
            r"(?:hoe|waar|waarheen|hoe en waar|waar en hoe)\b.{0,30}\b(?:indienen|dien|dienen|in te dienen|bezorg\w*|"
            r"kandidaat|kandideren|deelnemen|inschrijven)\b.{0,30}"
            r"|(?:de |je |uw )?(?:kandidatu(?:ur|ren)|kandidaatstelling|voorstel(?:len)?)\s"
            r"(?:indienen|aanleveren|bezorgen|opsturen|doorsturen|insturen|te bezorgen)\b.{0,20}"
            r"|(?:indien|aanlever|inzend|bezorg)(?:en|ing)(?: van)?(?: (?:de|je|een|uw))?"
            r"(?: (?:kandidatu\w+|voorstel\w*))?(?: (?:via|bij|per|op|aan|kan))?|stel je kandidaat.{0,20}"
            r"|(?:plaats|adres) (?:van|voor) (?:de )?indiening",
        ),
        (
            Kind.CONTACT,
            r"bij wie (?:kan|kun|kunnen) (?:je|u|we) .{0,20}|(?:heb je |nog |met |voor )?(?:inhoudelijke )?vragen"
            r"(?: (?:over|bij|aan|stellen) .{0,30})?|wie (?:beantwoordt|contacteer\w*|helpt|kan je) .{0,30}"
            r"|contact(?:gegevens|persoon|personen|info\w*)?(?: (?:en|&|voor|over|van|in|per) .{0,40})?"
            r"|(?:jouw |ons |je |het )?(?:lokale? )?aanspreek(?:punt|persoon|personen|punten)(?: .{0,30})?"
            r"|(?:meer|bijkomende|verdere) (?:info\w*|weten|inlichtingen)(?: .{0,20})?"
            r"|waar (?:kan|kun) je (?:terecht|met vragen).{0,20}|contact opnemen"
            r"|contacteer .{0,20}|neem (?:gerust )?contact.{0,20}",
        ),
        (
            Kind.MUNICIPALITIES,
            r"(?:voor |om |over )?(?:welke|deelnemende|betrokken|aangesloten|onze|de|alle)\s(?:steden en )?gemeente[ns]"
            r"(?: en (?:steden|ocmw's))?(?: (?:in|van|die|doen|gaat|binnen) .{0,30})?"
            r"|(?:het |lokaal |ons |geografisch |geografische )*(?:werkings|actie)(?:gebied|terrein)(?: .{0,20})?"
            r"|(?:voor|over|in|om) welke (?:steden en )?gemeenten?\b.{0,40}|waar geldt .{0,30}"
            r"|gemeenten? (?:in|van|binnen|uit) .{0,30}|welk(?:e)? (?:gebied|regio)",
        ),
        (
            Kind.PROFILES,
            r"(?:(?:welke|wat zijn|de) )*(?:bijkomende?|aanvullende?|extra|andere?|nieuwe) (?:\w+ )?"
            r"(?:klant)?(?:profiel|doelgroep|persona)\S*(?: .{0,30})?",
        ),
        (
            Kind.EXTRA_OBSTACLES,
            r"(?:(?:welke|wat zijn|de|nog) )*(?:bijkomende?|aanvullende?|extra|andere?|nieuwe|overige) (?:\w+ )?"
            r"(?:obstakel|drempel|hindernis|belemmering|struikelblok|knelpunt)\w*(?: .{0,40})?",
        ),
        (
            Kind.SERVICE_TYPES,
            r"(?:(?:welke|wat|de|gevraagde|gewenste|gezochte|nodige|benodigde|noodzakelijke) )*"
            r"(?:(?:types?|typen|soort(?:en)?|vorm(?:en)?)(?: van)? )?"
            r"(?:dienstverlening|dienstverleners|ondersteuning|hulpverlening)(?:en)?"
            r"(?: (?:die|zoeken|zoekt|is|zijn|hebben|we|willen|wordt|voor|in|uit|van|verwachten)\b.{0,50})?"
            r"|(?:wat voor|welk) (?:aanbod|hulp|dienstverlening)\b.{0,40}",
        ),
        (
            Kind.RECURRING,
            r"wat (?:er )?(?:vaak |telkens |steeds )?(?:kwam|kwamen|keerde|keerden|horen|hoorden|terugkwam)\b.{0,40}"
            r"|(?:terugkerende|gemeenschappelijke|gedeelde|meest genoemde|veel genoemde|vaak gehoorde) .{0,40}"
            r"|(?:vaak|meermaals|veel|herhaaldelijk|dikwijls) (?:genoemd|vermeld|gehoord|aangehaald|teruggekomen)"
            r"|rode draad|rode draden(?: .{0,30})?",
        ),
        (
            Kind.ATTENTION,
            r"(?:waar )?(?:werd |vroegen |vragen |wordt )?(?:(?:de |we )?partners? )?(?:ook |verder |extra |bijkomende? )*"
            r"aandacht(?:spunten)?(?: (?:voor|gevraagd|bij|van|uit|uit de|vanuit)\b.{0,30})?|te onthouden",
        ),
        (
            Kind.OBSTACLES,
            r"(?:(?:welke|wat zijn|de|hun|haar|zijn|onze|voornaamste|belangrijkste|vastgestelde|ervaren|"
            r"gebundelde|mogelijke) )*(?:obstakels?|drempels?|hindernis(?:sen)?|belemmering(?:en)?|"
            r"struikelblok(?:ken)?|knelpunt(?:en)?|problemen|moeilijkheden|hinderpalen)"
            r"(?: (?:van|voor|bij|die|waar|ervaren|zien|zijn|komen|spelen|houden)\b.{0,50})?"
            r"|waar(?:op|tegen)? (?:botst|botsen|lopen|loopt|struikel\w*|zit|stoot\w*) .{0,40}"
            r"|wat (?:houdt|houden|hindert|staat|belemmert|maakt het moeilijk|loopt er mis)\b.{0,50}",
        ),
        (
            Kind.GOALS,
            r"(?:(?:welke|wat zijn|de|onze|hun|beoogde|gewenste|verwachte) )*(?:doelen|doel|doelstelling(?:en)?|"
            r"resultaten|uitkomsten|effecten|hefbomen)(?: (?:van|voor|bij|die|waar|per)\b.{0,40})?"
            r"|waar (?:willen|dromen|streven|gaan|werken|mikken) (?:we|wij|ze|zij)\b.{0,40}"
            r"|wat (?:willen|beogen|hopen|dromen|moet er|is er nodig|kan helpen|helpt|is nodig)\b.{0,40}"
            r"|(?:ons|het) streefdoel.{0,20}|naar waar .{0,30}",
        ),
        (
            Kind.ANALYSIS,
            r"wat (?:de |onze )?partners (?:ons |zeggen|zeiden|zien|vertelden|meegaven).{0,30}"
            r"|wat (?:leerden|onthouden|hoorden|weten|zeiden) .{0,30}"
            r"|(?:resultaten|uitkomsten?|bevindingen|inzichten|oogst|verslag|conclusies|terugblik)\b.{0,20}"
            r"(?:sessie|verrijking|analyse|dag|partners|overleg)\w*.{0,20}"
            r"|(?:de )?(?:verrijking|arena)\S*(?:sessie|analyse|dag|moment)?\w*(?: .{0,20})?",
        ),
        (
            Kind.PERSONAS,
            r"(?:(?:onze|de|wie zijn|over|maak kennis met|voorstelling|beschrijving|kennismaking met)(?: van)? )*"
            r"(?:\w+ )?persona'?s(?: (?:in|van|uit|voor|kort|waar) ?.{0,30})?",
        ),
        (
            Kind.CHALLENGES,
            r"(?:(?:de|onze|lokale|welke|overzicht|van) )*(?:regio-?\s?)?uitdagingen(?: (?:van|voor|in|per|zien|waar)\b.{0,40})?"
            r"|(?:ontdek|lees|bekijk|dit zijn|wat zijn|overzicht van) .{0,15}uitdagingen.{0,20}"
            r"|wat (?:speelt|leeft|is er aan de hand|gebeurt er|zien we)\b.{0,40}"
            r"|voor wie(?: doen we (?:dit|het))?",
        ),
        (
            Kind.LOCAL_INPUT,
            r"(?:andere|overige|bijkomende|extra|aanvullende|lokale|verdere) (?:lokale )?"
            r"(?:input|informatie|context|toelichting|accenten|opmerkingen|info)(?: .{0,20})?"
            r"|wat (?:we|wij) (?:nog|ook) (?:willen|wensen) .{0,30}|tot slot|goed om te weten",
        ),
        (Kind.CONTENTS, r"inhoud(?:s?(?:opgave|tafel|lijst))?"),
    )
)

TABLE_WORDS = frozenset(
    (
        "naam",
        "functie",
        "e-mail",
        "email",
        "e-mailadres",
        "mail",
        "mailadres",
        "telefoon",
        "telefoonnummer",
        "tel.",
        "tel",
        "gsm",
        "organisatie",
        "rol",
        "contact",
        "fase",
        "datum",
        "stap",
        "wat",
        "wanneer",
        "wie",
        "timing",
        "moment",
        "toelichting",
        "actie",
        "periode",
        "leeftijd",
        "verhaal",
        "persona",
        "beschrijving",
        "omschrijving",
        "nr.",
        "nr",
        "onderdeel",
        "activiteit",
        "tijdstip",
        "uur",
        "deadline",
        "data",
        "mijlpaal",
        "verantwoordelijke",
        "plaats",
        "locatie",
        "inhoud",
        "situatie",
        "van",
        "tot",
        "begin",
        "einde",
        "start",
        "van - tot",
        "door wie",
        "opmerking",
        "opmerkingen",
        "gegevens",
        "foto",
        "profiel",
        "dienst",
        "type",
        "uitleg",
        "gemeente",
        "inwoners",
        "aantal inwoners",
        "obstakels en doelen",
    )
)

# What a table or a challenge calls the words that describe its situation.
INTRODUCTION_WORDS = frozenset(
    (
        "omschrijving",
        "situatie",
        "situering",
        "inleiding",
        "beschrijving",
        "context",
        "toelichting",
        "situatieschets",
        "schets",
        "waarover gaat het",
        "wat is er aan de hand",
        "verhaal",
        "het verhaal",
        "probleemstelling",
        "achtergrond",
        "uitdaging",
        "de uitdaging",
        "wie",
        "wie is het",
        "over wie gaat het",
    )
)

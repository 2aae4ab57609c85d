"""The life domains that tag obstacles, personas and offers alike.

The thirteen domains of the Zelfredzaamheid-Matrix (ZRM 2017, GGD Amsterdam), under their published names.
The explanations and the keywords are our own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class LifeDomain:
    """`explanation` completes the name on screen; `keywords` are what people write when they mean it: words
    and short phrases, looked up by their stem and also as the begin or end of a longer word. `hints` point
    there too, but say too little alone."""

    name: str
    explanation: str
    keywords: tuple[str, ...]
    hints: tuple[str, ...] = ()


def _words(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(","))


DOMAINS = (
    LifeDomain(
        "Financiën",
        "inkomen, rekeningen en schulden",
        _words(
            "schuld, schulden, geld, financieel, financiën, budget, inkomen, inkomsten, uitgaven, "
            "rekening, rekeningen, factuur, facturen, betalen, afbetalen, lening, krediet, kredieten, "
            "loonbeslag, deurwaarder, boete, boetes, achterstal, achterstallig, schuldbemiddeling, "
            "uitkering, leefloon, armoede, rondkomen, sparen, bewindvoerder, energiefactuur, einde van de "
            "maand"
        ),
        _words("kosten"),
    ),
    LifeDomain(
        "Werk en opleiding",
        "een job, school, een diploma of een taal leren",
        _words(
            "werk, werken, werkgever, werkvloer, werkervaring, werkloos, job, jobs, loopbaan, "
            "solliciteren, sollicitatie, vacature, arbeidsmarkt, tewerkstelling, beroep, opleiding, "
            "school, scholen, les, lessen, diploma, getuigschrift, studie, studeren, stage, Nederlands, "
            "anderstalig, taalkennis, lezen, schrijven, laaggeletterd, geletterdheid, talent, talenten, "
            "competenties, vaardigheden, knelpuntberoep, voltijds, deeltijds, schoolmoe, analfabeet, "
            "interim, ongekwalificeerd"
        ),
        _words("leren, taal"),
    ),
    LifeDomain(
        "Tijdsbesteding",
        "wat iemand op een dag doet, en het ritme van de dag",
        _words(
            "dagritme, dagstructuur, dagbesteding, daginvulling, tijdsbesteding, ritme, vrije tijd, "
            "hobby, verveling, vervelen, dag en nacht, dagen zonder, invulling, vrijwilligerswerk, "
            "opstaan, vaste momenten"
        ),
        _words("structuur, zinvol"),
    ),
    LifeDomain(
        "Huisvesting",
        "een dak boven het hoofd, en of het gezond en betaalbaar is",
        _words(
            "huisvesting, woning, woningen, wonen, woonst, woonplaats, woonplek, woonsituatie, huren, "
            "huur, huurder, huurcontract, huisbaas, verhuurder, verhuurders, dakloos, dak, thuisloos, "
            "uithuiszetting, schimmel, vocht, vochtig, kamer, kamers, appartement, caravan, camping, "
            "slaapplek, slaapplaats, verhuizen, adres, sleutel, onderdak, sociale woning, zetel, krot"
        ),
        _words("huis"),
    ),
    LifeDomain(
        "Huiselijke relaties",
        "gezin, partner, kinderen en de zorg voor elkaar thuis",
        _words(
            "gezin, gezinnen, partner, relatie, huiselijk, ouder, ouders, moeder, vader, mama, papa, "
            "kind, kinderen, opvang, kinderopvang, crèche, opvoeding, opvoeden, ouderschap, scheiding, "
            "echtscheiding, gescheiden, alleenstaand, ruzie, spanningen thuis, partnergeweld, mantelzorg, "
            "mantelzorger, zorg thuis, stiefvader, broer, zus, bezoekrecht, huwelijk, intrafamiliaal"
        ),
        _words("familie"),
    ),
    LifeDomain(
        "Geestelijke gezondheid",
        "hoe iemand zich voelt, en wat op de geest weegt",
        _words(
            "psychisch, psychische, mentaal, mentale, geestelijk, depressie, depressief, somber, angst, "
            "angstig, bang, paniek, stress, trauma, traumatisch, verwerken, verwerkt, rouw, verdriet, "
            "burn-out, uitgeput, piekeren, autisme, ADHD, verstandelijke beperking, kwetsbaarheid, "
            "zelfvertrouwen, zelfbeeld, psycholoog, psychiater, zelfdoding, suïcidaal, emotioneel, "
            "ingrijpende gebeurtenissen, oorlog, geweld, mishandeling, rust vinden, nasleep"
        ),
        _words("slapen, spanning"),
    ),
    LifeDomain(
        "Lichamelijke gezondheid",
        "ziekte, pijn, beperking en de weg naar de dokter",
        _words(
            "lichamelijk, lichamelijke, lichaam, fysiek, fysieke, ziekte, ziek, pijn, rug, dokter, "
            "huisarts, arts, tandarts, tandpijn, ziekenhuis, medisch, gezondheidsklachten, handicap, "
            "chronisch, slaapapneu, diabetes, zwanger, zwangerschap, gehoor, gezichtsvermogen, "
            "overgewicht, tanden, revalidatie, versleten"
        ),
        _words("klachten, gezondheid, beweging"),
    ),
    LifeDomain(
        "Middelengebruik",
        "alcohol, drugs, medicatie, gokken en gamen",
        _words(
            "alcohol, drank, drinken, drugs, druggebruik, verslaving, verslaafd, middelengebruik, blowen, "
            "cannabis, pijnstillers, medicatie, gokken, gamen, afkicken, nuchter, ontwenning, roken"
        ),
        _words("middelen, gebruiken"),
    ),
    LifeDomain(
        "Basale ADL",
        "zich wassen, aankleden, eten en bewegen in huis",
        _words(
            "wassen, douchen, hygiëne, zelfzorg, aankleden, eten, voeding, lichaamsverzorging, toilet, "
            "kleren, verzorgd, persoonlijke verzorging, honger"
        ),
    ),
    LifeDomain(
        "Instrumentele ADL",
        "de papieren, het vervoer, de computer en het huishouden",
        _words(
            "administratie, administratief, papieren, papierwerk, brief, brieven, formulier, formulieren, "
            "dossier, dossiers, document, documenten, mobiliteit, vervoer, verplaatsen, verplaatsing, "
            "auto, bus, bussen, trein, halte, fiets, fietsen, rijbewijs, openbaar vervoer, "
            "bereikbaarheid, digitaal, digitale, computer, computers, internet, online, app, smartphone, "
            "gsm, e-mail, mailadres, huishouden, koken, boodschappen, poetsen, organiseren, loket, "
            "verplaatsingen, digibeet"
        ),
        _words("afspraken, plannen"),
    ),
    LifeDomain(
        "Sociaal netwerk",
        "vrienden, buren en mensen op wie iemand kan terugvallen",
        _words(
            "netwerk, vriend, vrienden, vriendin, buren, eenzaam, eenzaamheid, isolement, geïsoleerd, "
            "contacten, kennissen, steunfiguur, terugvallen, sociale contacten, niemand kennen, mensen "
            "leren kennen, lotgenoten, vertrouwenspersoon"
        ),
        _words("alleen, steun, rekenen, buurt"),
    ),
    LifeDomain(
        "Maatschappelijke participatie",
        "meetellen: bij diensten, in verenigingen en zonder uitsluiting",
        _words(
            "discriminatie, racisme, vooroordeel, vooroordelen, uitsluiting, stigma, participatie, "
            "vereniging, verenigingen, integratie, inburgering, hulpverlener, hulpverleners, "
            "hulpverlening, wantrouwen, geweigerd, weigeren, eerlijke kans, verblijf, verblijfsrecht, "
            "verblijfsstatuut, afkomst, hoofddoek, generatiearmoede, wegblijven, afhaken"
        ),
        _words("dienst, diensten, vertrouwen, wachtlijst, wachtlijsten"),
    ),
    LifeDomain(
        "Justitie",
        "politie, gerecht, straf en gevangenis",
        _words(
            "justitie, gerecht, gerechtelijk, politie, gevangenis, detentie, straf, strafblad, "
            "strafregister, parket, rechtbank, rechter, veroordeling, probatie, enkelband, misdrijf, "
            "criminaliteit, criminele, justitieassistent, advocaat, gedetineerd, celstraf"
        ),
        _words("feiten"),
    ),
)

LIFE_DOMAINS = tuple(one.name for one in DOMAINS)

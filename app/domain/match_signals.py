"""Words by which a text sounds like trade, or like help to people; nothing to do with any one need.

A shop and a repair team both "deliver furniture": what tells them apart is how they speak.
"""

import math
import re
from collections.abc import Sequence

from app.domain.word_forms import Word, phrase_key

_TRADE = """
verkoop verkopen verkocht winkel winkelketen webshop webwinkel groothandel showroom fabriek fabrikant
productie produceert leverancier levert levering leveringen export import b2b klanten offerte offertes
machine machines onderdelen industrie industriele bvba nv assortiment merk merken garantie prijzen promotie
promoties exclusief luxe aannemer architect architectenbureau vastgoed makelaar immokantoor investeerders
beleggingen belegging marketing reclame reclamebureau catering restaurant hotel toerisme reisbureau vakantie
vakanties garage carwash autodealer tuinaanleg zwembad zwembaden juwelen juwelier parket keukens installatie
installateur zonnepanelen dakwerken ramen verhuur feestzaal feesttenten evenementen concerten festival trouw
trouwfeesten wijn bier brouwerij bakkerij slagerij bloemen bloemist kapsalon schoonheidssalon wellness sauna
manicure nagelstudio tornooi competitie competitief eredivisie kampioenschap wedstrijd wedstrijden ploeg
topsport clubleden voetbalclub tennisclub judoclub wielerclub supporters transportbedrijf logistiek magazijn
pallets bulk verpakking chemie staal metaalbewerking beton landbouw veeteelt gewassen zaden dierenarts
hondenschool software cloud hosting ict-bedrijf cybersecurity servers dataopslag consultancy bedrijven
ondernemingen kmo kmos bestuurders aandeelhouders boekhoudkantoor accountant fiscaliteit
verzekeringsmakelaar notariskantoor drukkerij drukwerk fotograaf fotografie videoproductie ontwerp interieur
interieurontwerp meubelzaak elektrozaak kledingzaak supermarkt apotheek optiek drankenhandel frituur museum
tentoonstelling galerij theatervoorstelling orkest koor harmonie fanfare verzamelaars modelbouw duivensport
hengelsport golf paardrijden manege kynologie motorclub schaakclub biljart darts heemkunde genealogie
wandelclub toeristen gids stadswandeling monument erfgoed ruimtelijke ordening wegenwerken riolering
afvalophaling containerpark belastingen gemeentebelasting paspoorten reispassen rijbewijzen huwelijken
bouwvergunning omgevingsvergunning premies landmeter veiling tuincentrum tuinmachines autos
tweedehandswagens banden motoren fietsenwinkel industrieel industriële grootverbruikers grootverbruiker
investeerder ondernemers zakelijk zakelijke b2c iso gecertificeerd certificering octrooien patenten fusies
overnames successie vermogensbeheer vermogen beurs aandelen incassobureau incasso casino loterij
welkomstbonus gokpaleis nachtclub discotheek cocktailbar café-restaurant brasserie traiteur ijssalon
chocolatier bistro pizzeria slijterij wijnhandel wijnimport degustatie proeverij rondleidingen paarden
honden katten pups stamboom fokkerij dierenpension dierenkliniek hondenkapper kennel duiven aquarium
tuinvijver auditie tenoren provinciale nationale klasse doelman keeper spits reeks klassement liga lidgeld
abonnementen seizoen wielertoeristen triatlon atletiek zwemclub basketclub volleybal hockey rugby padel
squash tornooien kampioen trainer trainers selectie jeugdelftal topsporters internaat zaalvoetbal veldrit
rally karting motorcross duikclub zeilclub reizen citytrip cruise talenreizen skireizen vliegtickets
bungalow vakantiehuis camping-uitbating strandhotel b&b zonnebank tatoeage piercing botox cosmetica parfum
esthetische chirurgie schoonheidsspecialiste haarstyling kranen hoogtewerkers betoncentrale asfalt
grondwerken afbraakwerken bouwpromotor projectontwikkelaar villabouw veranda verandas zwembadbouw
gevelrenovatie poorten sectionale hekwerk schrijnwerkerij keukenbouwer badkamers sanitairgroothandel
verlichting gordijnen tapijten zonwering parketvloeren natuursteen hardsteen zerken grafstenen
begrafenisondernemer uitvaart crematorium tractor tractoronderdelen landbouwmachines veevoeder meststoffen
serres bloemenveiling boomkwekerij hakhout zagerij kaasmakerij mouterij visveiling visgroothandel slachthuis
vleeswaren chemisch petrochemie kunststof spuitgieten lasersnijden draaiwerk freeswerk cnc laswerken
metaalconstructie staalconstructie halfgeleiders elektronica printplaten automatisering robotica sensoren
pompen compressoren koeltechniek hefbruggen heftrucks palletten verpakkingsmateriaal containers opslagruimte
koerierdienst expeditie douane scheepvaart rederij luchtvaart vrachtvervoer truckers wagenpark leasing
autoleasing takeldienst carrosserie keuringsstation tankstation bandencentrale oldtimers motorhandel
scooterverkoop fietshandel racefietsen e-commerce dropshipping datacenter webdesign webhosting
app-ontwikkeling software-ontwikkeling erp boekhoudsoftware databeheer blockchain cryptomunten
beleggingsadvies private banking hypotheekmakelaar kantoorruimte kantoorinrichting kantoormeubelen coworking
vergaderzalen congrescentrum beursstanden eventbureau huwelijksfeesten dj springkastelen vuurwerk podiumbouw
geluidsinstallatie lichtshow muziekfestival filmproductie platenlabel kunsthandel antiek antiquair
postzegels munten verzamelbeurs uitgeverij strips boekhandel drukpers reclameborden lichtreclame
relatiegeschenken merchandising consultant managementadvies teambuilding executive headhunting
rekruteringsbureau directieleden managers bedrijfsleiding franchise franchisenemers jaarrekening audit
btw-aangifte vennootschappen oprichting fiscale optimalisatie erfrecht testament landmeetkunde studiebureau
ingenieursbureau stabiliteitsstudie wetenschappelijk onderzoek instituut publiceert laboratorium labo genoom
sterrenkunde archeologie botanische plantentuin dierentuin pretpark attractiepark bowling escaperoom kermis
bioscoop sterrenrestaurant gastronomie opera ballet filharmonie symfonisch mattheuspassie schildersacademie
kunstgalerij veilinghuis wegbeheer wegeninspectie kadaster havenbedrijf luchthaven spoorweginfrastructuur
waterzuivering afvalverwerking verkeersbelasting retributie parkeervergunning parkeerbeleid burgerzaken
bevolkingsdienst stedenbouw vergunning bestemmingsplan ruilverkaveling jacht jagers visvergunning drones
wapens schietclub schutters luik namen charleroi bergen henegouwen wallonië waalse waals frans franstalig
franstalige duitstalig duitstalige rotterdam amsterdam utrecht den-haag eindhoven maastricht tilburg breda
nederlandse-gemeente rijsel parijs londen berlijn keulen aken luxemburg spanje italië malta turkije afrika
azië china amerika buitenlandse-markten internationaal geneeskunde toelatingsexamen universitair doctoraat
doctoraatsstudenten masteropleiding mba hogeschooldocenten
"""
_HELP = """
begeleiding begeleiden begeleidt begeleid ondersteuning ondersteunen ondersteunt hulp helpen helpt
hulpverlening hulpverleners kwetsbaar kwetsbare gratis sociaal sociale laagdrempelig laagdrempelige
vrijwilliger vrijwilligers deelnemer deelnemers client clienten gezinnen nieuwkomers werkzoekenden
outreachend outreach aanklampend aanklampende maatwerk advies luisteren luistert luisterend oefenen les
lessen cursus traject trajecten coach coaching coachen jobcoach buddy buddys maatje maatjes inloop
inlooppunt inloophuis lotgenoten lotgenotengroep gesprek gesprekken opvang zorg zorgen mantelzorg herstel
hersteltraject welzijn vertrouwen vertrouwenspersoon bemiddeling bemiddelen bemiddelt toeleiding
doorverwijzing doorverwijzen huisbezoek huisbezoeken groepswerking stage stageplaats werkervaring
tewerkstelling opleiding vorming workshops armoede schulden ocmw caw cgg vdab vzw cliënten ontmoeting
ontmoetingsplaats ontmoetingsplek krachtgericht empowerment participatie inclusie activering activeren
arbeidszorg maatwerkbedrijf wijkwerk tolk tolken zelfredzaamheid steun steunen moeders ouders jongeren
alleenstaande alleenstaanden anderstaligen mensen personen bewoners psycholoog therapeut therapie nazorg
crisis crisisopvang voedselbedeling voedselpakketten doorbetaling tarief steungroep praatgroep taallessen
taaloefening conversatie huiswerkbegeleiding invullen samen thuis stapsgewijs hulpverlener begeleider
begeleiders begeleidster ondersteuner hulpvraag hulpvragen welkom vrijblijvend anoniem vertrouwelijk nabij
bezoek meegaan vergezellen wegwijs doorverwezen aanspreekpunt oefent leert leren uitleg tips inzicht stap
stapjes tempo draagkracht herstellen verlichten respijt ontlasten lenen uitlenen weggeefwinkel kansentarief
sociale-kruidenier sociaalrestaurant noodopvang nachtopvang vluchthuis opvanghuis onthaalhuis wijkcentrum
buurthuis dienstencentrum wijkgezondheidscentrum inloopcentrum taalcafé praatcafé zelfhulp zelfhulpgroep
ervaringsdeskundige ervaringsdeskundigen brugfiguur brugfiguren straathoekwerk straathoekwerker
maatschappelijk werkers assistent consulent trajectbegeleider mentor peter meter tandem duo koppelen koppelt
vluchtelingen inburgeraars leerlingen kinderen gezin ouder moeder vader vrouwen mannen wie patiënten zieken
daklozen gedetineerden slachtoffers mantelzorgers laaggeletterden schoolverlaters uitkeringsgerechtigden
leefloners huurders zonder kosteloos betaalbaar goedkoop opmaken aanvragen ordenen bellen uitzoeken
informeren sensibiliseren bijeenkomst bijeenkomsten namiddag avond groepje groepjes activiteiten koken eten
koffie babbel ontmoeten
"""


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for one in re.findall(r"\S+", text) for stem in phrase_key(one))


_TRADE_STEMS, _HELP_STEMS = _stems(_TRADE), _stems(_HELP)


def leaning(words: Sequence[Word]) -> tuple[float, float]:
    """(trade, help), each 0..1: the share of telling words, damped for short texts."""
    content = {one.stem: one for one in words if not one.joining}
    if not content:
        return 0.0, 0.0
    room = math.sqrt(len(content) + 2)
    trade, help_ = (
        min(sum(_tells(one, stems) for one in content.values()) / room, 1.0)
        for stems in (_TRADE_STEMS, _HELP_STEMS)
    )
    return trade, help_


def _tells(word: Word, stems: frozenset[str]) -> float:
    if word.stem in stems:
        return 1.0
    return 0.5 if word.parts and word.parts[-1] in stems else 0.0

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
tweedehandswagens banden motoren fietsenwinkel
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
taaloefening conversatie huiswerkbegeleiding invullen samen thuis stapsgewijs
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

# ruff: noqa: E501
"""Five made-up regions. Names, addresses and numbers are invented; municipalities exist, for their spelling."""

from datetime import date, datetime

from .content import Person, Reach, Region, Task, window
from .regions_border import KEMPEN, ZENNE

LONG_LIST = "Wie geen vaste plek heeft, krijgt ook geen brief van de school, de bank of de mutualiteit"

DEMER = Region(
    programme="Capacity Building Lokale Partnerschappen",
    area="Demervallei",
    municipalities=("Aarschot", "Scherpenheuvel-Zichem", "Rotselaar", "Begijnendijk"),
    people=(
        Person(
            "Nadia",
            34,
            "Nadia woont met drie kinderen in een klein appartement en zoekt al jaren iets vasts.",
        ),
        Person(
            "Luc",
            57,
            "Luc werkte dertig jaar in dezelfde fabriek. Sinds de sluiting komt hij amper nog buiten.",
        ),
        Person(
            "Emre",
            22,
            "Emre stopte met school op zijn zeventiende en helpt af en toe in de zaak van zijn oom.",
        ),
    ),
    tasks=(
        Task(
            "Ruimte om te ademen",
            ("Nadia",),
            "Veel ouders in onze streek willen graag werken. Thuis speelt er zoveel tegelijk dat de stap te groot blijft.",
            (
                "Een woning met vocht en schimmel",
                "Geen kinderopvang voor 7 uur 's morgens",
                "Schulden: drie dossiers bij verschillende deurwaarders",
                "Weinig vertrouwen in diensten",
                "Beperkte kennis van het Nederlands, vooral op papier",
            ),
            (
                "Gezonder wonen",
                "Opvang vinden op de uren dat het werk erom vraagt",
                "Hun budget opnieuw zelf beheren",
                "Nederlands oefenen op de werkvloer",
            ),
        ),
        Task(
            "Na de fabriek",
            ("Luc",),
            "Na een sluiting verdwijnt niet alleen het loon, maar ook het ritme van de dag.",
            (
                "Rugklachten",
                "Geen computer in huis",
                "Het gevoel te oud te zijn",
                "Rouw om het verlies van collega's",
            ),
            (
                "Weer onder de mensen komen",
                "Werk vinden dat het lichaam aankan",
                "Leren werken met een computer",
            ),
        ),
        Task(
            "Een tweede start",
            ("Emre",),
            "Jongvolwassenen zonder diploma botsen op deuren die sneller dichtgaan dan ze opengaan.",
            (
                "Geen diploma",
                "Schaamte",
                "Mobiliteit",
                "Een omgekeerd dag- en nachtritme",
                "Wachtlijsten",
                "Geldzorgen",
            ),
            ("Een opleiding proberen zonder meteen te moeten kiezen", "Iemand hebben die blijft bellen"),
        ),
    ),
    launch=date(2024, 3, 4),
    deadline=datetime(2024, 4, 26, 12, 0),
    written=(date(2024, 4, 29), date(2024, 5, 10)),
    windows=(window(date(2024, 5, 21), "09:00", "12:30"), window(date(2024, 5, 23), "13:00", "17:00")),
    decision_before=date(2024, 6, 15),
    objection_days=14,
    contacts=(
        Reach(
            "Katrien Vandeput",
            "regisseur werk en sociale economie",
            "katrien.vandeput@demervallei-samen.be",
            "016 55 50 31",
        ),
    ),
    submit_email="kandidaturen@demervallei-samen.be",
    recurring=("Begin bij de mens en niet bij het dossier", "Tijd geven", "Samen aan één tafel zitten"),
    attention=("Vervoer naar de dorpen", "Ouderen die hun partner verzorgen"),
    extra=("Angst voor verlies van sociaal tarief", "Analfabetisme in de eigen taal"),
    profiles=("Zelfstandigen die failliet gingen en nergens een beroep op kunnen doen",),
    services=(
        "Een vaste begeleider die aan huis komt",
        "Budgetbegeleiding: op maat en zonder wachttijd",
        "Een leerwerkplek in de buurt",
        "Dialoogtafels met werkgevers",
    ),
    local_input=(
        "De voorbije jaren bouwden de besturen en VDAB samen een netwerk van ontmoetingsplekken op.",
        "We willen dat nieuwe partners daarop verder bouwen en elkaar aanvullen.",
    ),
)

HEUVELS = Region(
    programme="Capacity Building Lokale Partnerschappen",
    area="Hageland-Heuvels",
    municipalities=("Tienen", "Glabbeek", "Kortenaken", "Linter", "Tielt-Winge"),
    people=(
        Person("Yvonne", 49, "Yvonne zorgt voor haar moeder en heeft zelf een ziekte die op en af gaat."),
        Person("Dirk", 53, "Dirk drinkt te veel en weet dat."),
        Person("Samira", 28, "Samira heeft een diploma uit Marokko dat hier niet erkend is."),
    ),
    tasks=(
        Task(
            "Zorgen voor wie zorgt",
            ("Yvonne", "Dirk", "Samira"),
            "Drie mensen met een ander verhaal hebben één ding gemeen: niemand vraagt wat ze wél kunnen.",
            (
                "chronische pijn",
                "eenzaamheid",
                "wantrouwen tegenover hulpverlening",
                "een diploma dat niet telt",
            ),
            ("op eigen tempo kunnen starten", "hun diploma laten erkennen", "mensen leren kennen"),
        ),
        Task(
            "Wonen op het platteland",
            ("Dirk",),
            "Wie geen auto heeft, geraakt in onze dorpen nergens.",
            ("geen bus na 18 uur", "eenzaamheid", LONG_LIST[0].lower() + LONG_LIST[1:], "dure huur"),
            (),
        ),
    ),
    launch=date(2025, 1, 13),
    deadline=datetime(2025, 2, 28, 23, 59),
    written=(date(2025, 3, 3), date(2025, 3, 14)),
    windows=(window(date(2025, 3, 24), "09:00", "12:00"), window(date(2025, 3, 25), "09:00", "12:00")),
    decision_before=date(2025, 4, 30),
    objection_days=10,
    contacts=(
        Reach(
            "Bram De Coster",
            "projectleider lokale partnerschappen",
            "bram.decoster@hagelandheuvels.be",
            "0470 55 12 34",
        ),
        Reach(
            "Els Van den Broeck", "accountmanager VDAB", "els.vandenbroeck@hagelandheuvels.be", "016/55.40.12"
        ),
    ),
    submit_url="https://www.hagelandheuvels.be/kandidaatstelling",
    services=("Mobiele hulp op het erf",),
    ambition="Tegen 2028 kent elke inwoner zonder werk iemand bij wie hij altijd terechtkan.",
    vision="We geloven dat werk begint bij rust in huis, en dat niemand een dossier is.",
    mission="Samen met partners brengen we hulp tot bij de mensen thuis.",
)

DURME = Region(
    programme="Capacity Building Lokale Partnerschappen",
    area="Schelde en Durme",
    municipalities=("Beveren-Kruibeke-Zwijndrecht", "Temse", "Hamme", "Sint-Niklaas", "De Pinte"),
    people=(
        Person("Rita", 61, "Rita was poetsvrouw tot haar knieën het begaven."),
        Person("Mo", 19, "Mo woont sinds twee jaar alleen in een studio boven een nachtwinkel."),
        Person("Ann-Sofie", 41, "Ann-Sofie viel drie keer uit met een burn-out."),
        Person("Aleksandr", 38, "Aleksandr kwam uit Oekraïne en werkt onder zijn niveau."),
    ),
    tasks=(
        Task(
            "Op is op",
            ("Rita",),
            "Lichamen die op zijn, krijgen zelden een tweede kans.",
            ("Versleten knieën", "Schulden", "Geen sociaal netwerk"),
            ("Werk vinden op maat", "Minder pijn hebben", "Zich opnieuw nuttig voelen"),
        ),
        Task(
            "Alleen is maar alleen",
            ("Mo",),
            "Jongeren die te vroeg alleen wonen, leren alles in één keer: koken, betalen, plannen.",
            ("Schulden", "Geen ouders om op terug te vallen", "Een kamer zonder contract"),
            ("Leren plannen",),
        ),
        Task(
            "Niet nog eens",
            ("Ann-Sofie", "Aleksandr"),
            "Wie vaak herbegint, verliest onderweg het geloof in zichzelf.",
            ("Onbegrip",),
            ("Weten waar de eigen grens ligt", "Een werkgever vinden die meedenkt (ook na een terugval)"),
        ),
        Task(
            "Taal als sleutel",
            ("Aleksandr",),
            "Een taal leren terwijl je werkt, vraagt tijd van iedereen op de werkvloer.",
            ("Schulden", "Mobiliteit", "Diploma dat hier niet erkend wordt", "Taal"),
            ("Op niveau aan de slag gaan", "Nederlands leren - op maat - tijdens de uren"),
        ),
    ),
    launch=date(2023, 9, 1),
    deadline=datetime(2023, 10, 13, 17, 0),
    written=(date(2023, 10, 16), date(2023, 11, 3)),
    windows=(
        window(date(2023, 11, 14), "09:00", "12:00"),
        window(date(2023, 11, 14), "13:30", "16:00"),
        window(date(2023, 11, 16), "10:00", "15:00"),
    ),
    decision_before=date(2023, 12, 1),
    objection_days=14,
    contacts=(
        Reach(
            "Joris D'Haese", "regisseur Schelde en Durme", "joris@scheldedurme-werkt.be", "+32 3 555 66 77"
        ),
    ),
    submit_email="indienen@scheldedurme-werkt.be",
    recurring=(
        "Vertrouwen groeit traag",
        "Eén aanspreekpunt",
        "Ervaringsdeskundigen betrekken",
        "Minder formulieren",
    ),
    attention=("Digitale kloof",),
    extra=("Huisjesmelkerij", "Detentieverleden", "Wisselende statuten, waardoor rechten telkens wegvallen"),
    profiles=("Alleenstaande vaders", "Mantelzorgers jonger dan dertig jaar"),
    services=(
        "Trajectbegeleiding aan huis",
        "Psychologische hulp dicht bij huis",
        "Sociaal restaurant als leerplek",
    ),
    local_input=("Rond de stations werkt al een ploeg van straathoekwerkers. Sluit daarbij aan.",),
    mission="Niemand aan de kant laten staan, ook niet na de derde keer.",
)

REGIONS = (DEMER, HEUVELS, DURME, KEMPEN, ZENNE)

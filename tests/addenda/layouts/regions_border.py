# ruff: noqa: E501
"""Two made-up regions on a border: many short challenges, and one long one."""

from datetime import date, datetime

from .content import Person, Reach, Region, Task, window

KEMPEN = Region(
    programme="Lokale Partnerschappen",
    area="Noorderstreek",
    municipalities=("Hoogstraten", "Baarle-Hertog", "Merksplas", "Rijkevorsel", "Heist-op-den-Berg", "Lille"),
    people=(
        Person("Wim", 45, "Wim kwam vorig jaar vrij en zoekt een adres."),
        Person("Fatou", 31, "Fatou voedt haar zoontje alleen op en werkt met dagcontracten."),
        Person("Karel", 59, "Karel is zijn zaak kwijt en praat daar met niemand over."),
        Person("Zoë", 24, "Zoë heeft autisme en een diploma waar ze niets mee doet."),
        Person("Ibrahim", 36, "Ibrahim spreekt vijf talen, maar nog geen Nederlands."),
    ),
    tasks=(
        Task(
            "Vrij en dan",
            ("Wim",),
            "Buiten de poort staat niemand te wachten.",
            ("Strafblad", "Geen adres", "Verslaving"),
            ("Een dak boven het hoofd", "Werk dat meetelt", "Clean blijven"),
        ),
        Task(
            "Van dag tot dag",
            ("Fatou",),
            "Dagcontracten laten geen plannen toe.",
            ("Onzeker inkomen", "Geen opvang", "Ver van familie"),
            ("Rust in de agenda", "Een contract van meer dan een dag"),
        ),
        Task(
            "Zwijgen kost geld",
            ("Karel", "Wim"),
            "Wie zich schaamt, vraagt pas hulp wanneer het te laat is.",
            ("Schaamte", "Schulden bij de sociale bijdragen", "Geen recht op een uitkering"),
            ("Praten met lotgenoten", "Schulden afbouwen", "Een nieuw beroep leren"),
        ),
        Task(
            "Anders bedraad",
            ("Zoë",),
            "Een sollicitatiegesprek meet vooral hoe goed iemand gesprekken voert.",
            (
                "Prikkels op de werkvloer",
                "Ouders die alles regelen",
                "Wachtlijsten",
                "Angst voor verandering",
            ),
            ("Een rustige werkplek", "Zelf beslissen"),
        ),
        Task(
            "Vijf talen",
            ("Ibrahim",),
            "Talent dat niemand ziet, gaat verloren.",
            ("Geen Nederlands", "Geen rijbewijs dat hier geldt"),
            ("Nederlands leren in kleine groep", "Met de auto mogen rijden", "Zijn talen kunnen gebruiken"),
        ),
    ),
    launch=date(2024, 5, 2),
    deadline=datetime(2024, 6, 14, 16, 30),
    written=(date(2024, 6, 17), date(2024, 7, 5)),
    windows=(window(date(2024, 9, 3), "13:00", "17:30"),),
    decision_before=date(2024, 10, 1),
    objection_days=21,
    contacts=(
        Reach(
            "Greet Mertens",
            "coördinator Noorderstreek",
            "greet.mertens@noorderstreek.vlaanderen",
            "014 55 88 90",
        ),
    ),
    submit_email="greet.mertens@noorderstreek.vlaanderen",
    recurring=("Geen wachtlijst voor de eerste babbel", "Werken met wat er al is"),
    attention=("Grensarbeid", "Taal op school", "Werkgevers die bang zijn"),
    extra=("Seizoenswerk",),
    profiles=("Asielzoekers in de laatste fase van hun procedure",),
    services=(
        "Outreach in de dorpen",
        "Woonbegeleiding na detentie",
        "Jobcoaching, ook na de proefperiode",
        "Taalcoaching",
        "Schuldhulp voor zelfstandigen",
    ),
    local_input=(
        "Onze streek grenst aan Nederland, en dat merk je.",
        "Veel mensen werken of wonen aan de andere kant.",
        "Partners die daar ervaring mee hebben, zijn welkom.",
    ),
    ambition="Elk dorp een plek waar je zonder afspraak binnen mag.",
    vision="Een streek die niemand verliest.",
)

ZENNE = Region(
    programme="Capacity Building Lokale Partnerschappen",
    area="Zennevallei",
    municipalities=("Halle", "Beersel", "Sint-Pieters-Leeuw", "Drogenbos", "Linkebeek"),
    people=(
        Person(
            "Marie-Claire",
            52,
            "Marie-Claire spreekt Frans thuis en Nederlands op het werk. Nu er geen werk meer is, verleert ze het.",
        ),
        Person("Bilal", 26, "Bilal wil een eigen zaak. Hij weet niet waar hij moet beginnen."),
    ),
    tasks=(
        Task(
            "Tussen twee talen",
            ("Marie-Claire", "Bilal"),
            "Op de grens met Brussel vallen mensen tussen twee diensten, twee talen en twee gewesten in.",
            (
                "Diensten die alleen doorverwijzen",
                "Huur die sneller stijgt dan het loon",
                "Geen erkenning van eerder verworven competenties, ook niet na jaren werk in dezelfde sector in een ander gewest of een ander land",
                "Papieren in een taal die men niet leest",
                "Faalangst",
                "Kinderen met zorgnoden",
                "Lange reistijd",
            ),
            (
                "Eén plek kennen waar alles samenkomt",
                "Betaalbaar wonen",
                "Hun kunnen laten zien zonder examen op papier",
                "Zelfvertrouwen winnen",
                "Een eigen zaak veilig uitproberen",
                "Het gezin en het werk samen rond krijgen",
            ),
        ),
    ),
    launch=date(2026, 2, 2),
    deadline=datetime(2026, 3, 20, 23, 59),
    written=(date(2026, 3, 23), date(2026, 4, 3)),
    windows=(
        window(date(2026, 4, 21), "09:30", "12:00"),
        window(date(2026, 4, 22), "13:00", "16:30"),
        window(date(2026, 4, 24), "09:30", "12:00"),
    ),
    decision_before=date(2026, 5, 16),
    objection_days=15,
    contacts=(
        Reach("An Peeters", "regisseur lokale economie", "an.peeters@zennevallei.be", "02 555 70 08"),
        Reach("Tom Claes", "teamleider OCMW Halle", "tom.claes@zennevallei.be", "0496 55 21 43"),
    ),
    submit_email="an.peeters@zennevallei.be",
    submit_url="https://zennevallei.be/formulier",
    recurring=("Tweetaligheid is een troef",),
    attention=("Pendel naar Brussel", "Kinderopvang"),
    extra=("Gewestgrenzen in de dienstverlening", "Geen domicilie"),
    services=(
        "Een loket voor alle vragen",
        "Starterscoaching voor wie een zaak wil uitproberen",
        "Taalbuddy's",
    ),
    local_input=("In Halle loopt een proefproject met buurtwerkers dat in 2026 uitbreidt.",),
)

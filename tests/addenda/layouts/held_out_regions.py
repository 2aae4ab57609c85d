# ruff: noqa: E501
"""Two more made-up regions, written after the importer was tuned and first read with the held-out layouts."""

from datetime import date, datetime

from .content import Person, Reach, Region, Task, window

LEIE = Region(
    programme="Capacity Building Lokale Partnerschappen",
    area="Leie en Mandel",
    municipalities=("Waregem", "Wielsbeke", "Oostrozebeke", "Sint-Baafs-Vijve", "Dentergem"),
    people=(
        Person("Jeanine", 55, "Jeanine verloor haar man en daarna haar werk. Haar dagen zijn lang."),
        Person("Mehmet", 43, "Mehmet reed met de vrachtwagen tot zijn rug het begaf."),
        Person("Lore", 21, "Lore heeft dyslexie en drie scholen achter de rug."),
    ),
    tasks=(
        Task(
            "Alleen verder",
            ("Jeanine",),
            "Rouw past niet in een traject van zes maanden.",
            ("Rouw", "Geen rijbewijs", "Weinig spaargeld", "Hoge huurprijs"),
            ("Opnieuw structuur vinden", "Zich kunnen verplaatsen", "Van haar werk kunnen leven"),
        ),
        Task(
            "Een lichaam dat niet meer wil",
            ("Mehmet", "Lore"),
            "Wat iemand niet meer kan, staat in elk dossier. Wat iemand wel kan, staat nergens.",
            (
                "Lichamelijke beperking",
                "Moeite met lezen en schrijven",
                "Twijfel aan zichzelf",
                "Een werkgever die geen risico wil nemen",
                "Rechten die verloren dreigen te gaan",
            ),
            (
                "Een job vinden die bij het lichaam past",
                "Hulpmiddelen krijgen voor lezen en schrijven",
                "Zekerheid over het inkomen",
            ),
        ),
    ),
    launch=date(2024, 9, 9),
    deadline=datetime(2024, 10, 25, 16, 0),
    written=(date(2024, 10, 28), date(2024, 11, 8)),
    windows=(window(date(2024, 11, 19), "09:00", "12:30"), window(date(2024, 11, 21), "09:00", "12:30")),
    decision_before=date(2024, 12, 14),
    objection_days=14,
    contacts=(
        Reach(
            "Pieter-Jan Vermeulen",
            "regisseur sociale economie",
            "pieterjan.vermeulen@leiemandel.be",
            "056 55 31 90",
        ),
    ),
    submit_email="oproep@leiemandel.be",
    recurring=("Korte lijnen tussen diensten", "Aanklampend blijven"),
    attention=("Mensen zonder smartphone", "Gezinnen met een kind met autisme"),
    extra=("Eenzaamheid bij alleenstaanden",),
    profiles=("Vijftigplussers die nooit eerder werkloos waren",),
    services=("Rouwbegeleiding", "Arbeidstrajectbegeleiding op maat", "Hulp bij lezen en schrijven"),
    local_input=("De lokale besturen stellen een vergaderzaal ter beschikking.",),
    vision="Wie hier woont, telt mee.",
)

MOEREN = Region(
    programme="Capacity Building Lokale Partnerschappen",
    area="De Moeren",
    municipalities=("Veurne", "Alveringem", "De Panne", "Koksijde"),
    people=(
        Person("Ronny", 48, "Ronny woont op een camping."),
        Person("Blessing", 29, "Blessing kwam uit Nigeria en poetst in hotels."),
    ),
    tasks=(
        Task(
            "Wonen waar anderen vakantie nemen",
            ("Ronny",),
            "Wie op een camping woont, bestaat op papier niet.",
            ("Geen domicilie", "Seizoensarbeid", "Alcohol"),
            ("Een adres krijgen", "Ook in de winter werken"),
        ),
        Task(
            "Meer dan poetsen",
            ("Blessing",),
            "Achter elke proper opgemaakte kamer zit iemand met een diploma.",
            ("Diploma niet erkend", "Onregelmatige uren", "Geen opvang in het weekend", "Racisme"),
            ("Haar diploma laten gelijkschakelen", "Vaste uren", "Opvang op zaterdag"),
        ),
        Task(
            "Samen aan de slag",
            ("Ronny", "Blessing"),
            "Twee mensen, één werkgever die meedenkt.",
            ("Vooroordelen",),
            ("Werkgevers leren kennen", "Proefdraaien"),
        ),
    ),
    launch=date(2025, 5, 5),
    deadline=datetime(2025, 6, 13, 23, 59),
    written=(date(2025, 6, 16), date(2025, 6, 27)),
    windows=(window(date(2025, 7, 1), "13:00", "17:00"),),
    decision_before=date(2025, 8, 1),
    objection_days=10,
    contacts=(
        Reach("Sien Van Hecke", "coördinator De Moeren", "sien.vanhecke@demoeren.be", "058 55 44 10"),
        Reach("Jo Baert", "consulent VDAB", "jo.baert@demoeren.be", "0475/55 61 72"),
    ),
    submit_url="https://loket.demoeren.be/partnerschap",
    recurring=("Ga naar de campings",),
    attention=("Seizoenspieken",),
    services=("Woonbegeleiding", "Taal op de werkvloer"),
    ambition="Over vijf jaar woont niemand meer noodgedwongen op een camping.",
    mission="Mensen en werkgevers samenbrengen.",
)

HELD_OUT_REGIONS = (LEIE, MOEREN)

"""The life domains that tag obstacles, personas and offers alike.

The thirteen domains of the Zelfredzaamheid-Matrix (ZRM 2017, GGD Amsterdam), under their published names.
"""

LIFE_DOMAINS = (
    "Financiën",
    "Werk en opleiding",
    "Tijdsbesteding",
    "Huisvesting",
    "Huiselijke relaties",
    "Geestelijke gezondheid",
    "Lichamelijke gezondheid",
    "Middelengebruik",
    "Basale ADL",
    "Instrumentele ADL",
    "Sociaal netwerk",
    "Maatschappelijke participatie",
    "Justitie",
)

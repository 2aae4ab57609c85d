"""The life domains that name obstacles, personas and offers alike (after the Zelfredzaamheidsmatrix)."""

LIFE_DOMAINS = (
    "Dagbesteding en werk",
    "Financiën",
    "Geestelijke gezondheid",
    "Huiselijke relaties",
    "Huisvesting",
    "Justitie",
    "Lichamelijke gezondheid",
    "Maatschappelijke participatie",
    "Opvoeding en zorg voor kinderen",
    "Sociaal netwerk",
    "Taal en geletterdheid",
    "Vaardigheden in het dagelijks leven",
    "Verslaving",
)

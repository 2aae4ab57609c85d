"""Dutch sentences for the refusals of this feature."""

from app.infra.messages import register

register(
    {
        "region_name_missing": "Geef de regio een naam.",
        "region_name_taken": "Er is al een regio met deze naam.",
        "municipalities_missing": "Vul minstens één gemeente in.",
        "municipality_name_long": "“{name}…” is te lang voor een gemeente. "
        "Zet elke gemeente op een eigen regel.",
        "municipalities_many": "Een regio telt hoogstens {most} gemeenten.",
        "region_role_unknown": "Kies regisseur of waarnemer.",
        "region_role_present": "Deze persoon heeft deze rol al in de regio.",
    }
)

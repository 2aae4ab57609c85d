"""The Dutch sentences for refusals by `domain.coverage`: a call whose obstacles or claims do not add up."""

from app.infra.messages import register

register(
    {
        "obstacle_duplicate": "Een obstakel staat twee keer in de berekening.",
        "no_obstacles": "Deze oproep heeft geen obstakels.",
        "weight_invalid": "Een gewicht is een getal van 0 of meer.",
        "weights_zero": "Geen enkel obstakel heeft een gewicht.",
        "claim_duplicate": "Een kandidatuur noemt hetzelfde obstakel twee keer.",
        "claim_foreign_obstacle": "Een kandidatuur noemt een obstakel van een andere oproep.",
        "degree_invalid": "De mate van dekking ligt tussen 0 en 1.",
        "persona_unknown": "Een obstakel hoort bij een persona die niet in de volgorde staat.",
        "persona_duplicate": "Een persona staat twee keer in de volgorde.",
        "no_personas": "Deze oproep heeft geen persona’s.",
    }
)

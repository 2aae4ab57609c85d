"""The Dutch sentences for refusals around who reads what."""

from app.infra.messages import register

register(
    {
        "not_assigned": "Deze kandidatuur is niet aan jou toegewezen. Je mag ze lezen, maar je hoeft ze niet "
        "te scoren: andere juryleden doen dat.",
        "assignment_not_now": "Wie wat leest, kies je na de opening en tot de schriftelijke ronde sluit.",
        "assignment_number_invalid": "Kies een aantal lezers tussen 1 en {maximum}.",
        "assignment_more_than_jurors": "Zoveel juryleden zijn er niet: de jury telt er {count}.",
        "assignment_least_invalid": "Schrijf bij ‘{name}’ een aantal van 0 tot 50.",
        "assignment_least_too_many": "Die minimums vragen samen {total} lezers, maar elke kandidatuur krijgt "
        "er {count}.",
        "assignment_blocked": "Deze verdeling kan niet: bij {count} kandidaturen blijven te weinig juryleden "
        "over.",
        "assignment_changed": "Intussen veranderde er iets aan de jury, de kandidaturen of de belangen. "
        "Hieronder staat de verdeling die daar nu bij past: kijk ze na en bewaar opnieuw.",
        "assignment_no_plan": "Iedereen leest nu alles. Verdeel eerst de kandidaturen.",
        "assignment_nobody": "Laat minstens één jurylid deze kandidatuur lezen.",
        "assignment_foreign_juror": "Een aangevinkte persoon zit niet in deze jury. Herlaad de pagina.",
        "assignment_in_conflict": "{name} heeft een belangenconflict met deze kandidaat en leest die niet.",
        "assignment_has_sheet": "{name} diende al een scoreblad in voor deze kandidatuur en blijft lezer.",
        "expertise_unknown": "Kies levensdomeinen uit de lijst. Herlaad de pagina.",
    }
)

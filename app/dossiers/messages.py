"""The Dutch sentences for refusals about dossiers."""

from app.infra.messages import register

register(
    {
        "dossier_version_unknown": "Kies de volledige of de openbare versie.",
        "mark_unknown": "Kies hoe dit deel in de openbare versie komt.",
        "mark_cannot_blacken": "Van een bestand kunnen geen namen zwart gemaakt worden. "
        "Kies helemaal openbaar of niet openbaar.",
        "mark_needs_reason": "Schrijf waarom, in minstens {least} tekens.",
        "mark_reason_too_long": "Deze reden is te lang: hoogstens {most} tekens.",
        "mark_not_told": "Dit deel is nog aan niemand meegedeeld. Het komt in geen enkele openbare versie.",
    }
)

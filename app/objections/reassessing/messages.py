"""The Dutch sentences for refusals about a new evaluation."""

from app.infra.messages import register

register(
    {
        "reassess_not_ordered": "De uitspraak over dit weerwoord vraagt geen nieuwe beoordeling.",
        "reassess_opened_already": "De nieuwe beoordeling is al begonnen. Hieronder staat wie gevraagd werd.",
        "reassess_round_unknown": "Kies welke ronde opnieuw beoordeeld wordt.",
        "reassess_reason_missing": "Schrijf waarom.",
        "reassess_text_too_long": "Deze tekst is te lang: hoogstens {maximum} tekens.",
        "reassess_juror_unknown": "Kies alleen mensen uit deze lijst.",
        "reassess_too_few": "Kies minstens {least} mensen.",
        "reassess_too_many": "Kies hoogstens {most} mensen.",
        "reassess_mostly_scored": "Minstens de helft van deze mensen mag de kandidatuur niet eerder gescoord "
        "hebben.",
        "reassess_too_few_in": "Er zijn minstens {least} ingediende scorebladen nodig. Nu tellen er {count}.",
        "reassess_mostly_scored_in": "Minstens de helft van de scorebladen moet komen van wie de kandidatuur "
        "niet eerder scoorde. Wacht op de anderen, of vraag iemand anders.",
        "reassess_missing_unexplained": "Nog niet alle scorebladen zijn binnen. Schrijf waarom je toch "
        "afsluit, of wacht.",
        "reassess_conclusion_missing": "Schrijf wat de nieuwe beoordeling besluit.",
        "reassess_closed": "De nieuwe beoordeling is afgesloten. Wijzigen kan niet meer.",
        "reassess_not_closed": "De nieuwe beoordeling loopt nog. Sluit ze eerst af.",
        "reassess_decided": "Over deze nieuwe beoordeling is al een beslissing meegedeeld.",
        "reassess_declare_first": "Zeg eerst of je een band hebt met deze kandidaat.",
        "reassess_own_first": "Dien eerst je eigen scoreblad voor de nieuwe beoordeling in. Daarna kan "
        "je weer lezen wat vroeger gegeven werd.",
        "reassess_conflict": "Je hebt een belangenconflict met deze kandidaat. Je beoordeelt ze niet.",
    }
)

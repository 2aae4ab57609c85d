"""The Dutch sentences of the formal check."""

from app.infra.messages import register

register(
    {
        "admissibility_list_changed": "Iemand bewaarde deze lijst intussen. Hieronder staat wat er nu "
        "staat; wat jij schreef, staat nog in de velden. Bewaar opnieuw om jouw lijst te houden.",
        "admissibility_list_long": "Zet hoogstens {most} eigen regels op de lijst.",
        "admissibility_kind_unknown": "Kies een soort uit de lijst.",
        "admissibility_text_missing": "Schrijf wat in orde moet zijn, of verwijder de regel.",
        "admissibility_text_long": "Deze tekst is te lang: hoogstens {maximum} tekens.",
        "admissibility_outcome_unknown": "Kies een van de uitkomsten.",
        "admissibility_something_missing": "Bij deze kandidatuur ontbreekt iets. Kijk de punten een voor "
        "een na.",
        "admissibility_refusal_stands": "Er is al voorgesteld of beslist dat deze kandidatuur niet "
        "ontvankelijk is. Trek dat eerst in.",
        "admissibility_nothing_asked": "Kies minstens één punt dat ontbreekt.",
        "admissibility_not_askable": "Eén van de punten kan je niet laten aanvullen: het ontbreekt niet, "
        "het is al gevraagd of het kan niet meer rechtgezet worden.",
        "admissibility_message_missing": "Schrijf wat de kandidaat moet doen.",
        "admissibility_term_past": "Kies een dag na vandaag.",
        "admissibility_term_long": "Kies een dag binnen {days} dagen.",
        "admissibility_term_beyond_round": "Kies een dag die nog in de schriftelijke ronde valt. Een "
        "langere termijn kan je niet beloven.",
        "admissibility_only_later": "Een termijn kan alleen langer worden. Kies een latere dag.",
        "admissibility_nothing_runs": "Er is niets gevraagd dat nog ontbreekt. Er is geen termijn om te "
        "verlengen.",
        "admissibility_too_late": "De termijn is voorbij. Je aanvulling is niet ontvangen; dat je het "
        "probeerde, is genoteerd. Wat je schreef, staat hieronder nog.",
        "admissibility_not_asked": "Dit punt is niet gevraagd. Alleen wat gevraagd is, kan je aanvullen.",
        "admissibility_accepted": "Dit punt is intussen in orde bevonden. Je hoeft niets meer te sturen.",
        "admissibility_is_refused": "Deze kandidatuur is niet ontvankelijk verklaard. Aanvullen kan niet "
        "meer.",
        "admissibility_answer_empty": "Voeg een bestand toe of schrijf een antwoord bij minstens één punt.",
        "admissibility_nothing_missing": "Er ontbreekt niets. Dan is er geen reden om te weigeren.",
        "admissibility_answer_unread": "Hier kwam een aanvulling binnen. Kijk die eerst na.",
        "admissibility_term_runs": "De kandidaat kan dit nog aanvullen. Wacht tot de termijn voorbij is.",
        "admissibility_ask_first": "Dit kan nog rechtgezet worden. Vraag eerst een aanvulling.",
        "admissibility_reason_empty": "Schrijf waarom, in woorden.",
        "admissibility_reason_elsewhere": "Een verwijzing is geen reden. Schrijf hier zelf waarom.",
        "admissibility_reason_short": "Schrijf wat meer: minstens {characters} tekens en {words} "
        "verschillende woorden.",
        "admissibility_refusal_impossible": "Zo kan de weigering niet doorgaan.",
        "admissibility_same_person": "Jij stelde dit zelf voor. Iemand anders moet het bevestigen.",
        "admissibility_nothing_proposed": "Er is niets voorgesteld om te bevestigen of in te trekken.",
        "admissibility_not_refused": "Deze kandidatuur is niet geweigerd.",
        "admissibility_revocation_stands": "Er is al voorgesteld om de weigering te herroepen.",
        "admissibility_not_read": "Vink aan dat je de redenen las.",
    }
)

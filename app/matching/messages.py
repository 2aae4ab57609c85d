"""The Dutch sentences for refusals by `domain.coverage` (a call whose obstacles or claims do not add up) and
by `domain.team`."""

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
        "match_text_too_long": "De tekst van {id} is te lang: hoogstens {most} tekens.",
        "match_offer_known": "Het aanbod {offer} staat er al.",
        "match_file_unreadable": "{file} is niet te lezen: het is geen geldige JSON in UTF-8.",
        "match_file_shape": "{file} heeft niet de verwachte vorm.",
        "match_offer_shape": "{file}: aanbod {offer} heeft een id, een tekst en een lijst “relevant” nodig.",
        "match_need_unknown": "{file}: aanbod {offer} verwijst naar de onbekende nood {need}.",
        "match_not_a_text": "{file}: bij {id} staat geen tekst.",
        "match_broken_characters": "{file}: bij {id} staan tekens die geen tekst vormen.",
        "match_twice": "{file}: {id} staat er twee keer in.",
        "match_not_a_number": "{file}: {value} is geen getal.",
        "match_nothing_labelled": "{file} heeft geen enkel aanbod met een nood die erbij hoort.",
        "match_no_encoder": "De zinsvectoren zijn niet beschikbaar: het pakket is niet geïnstalleerd.",
        "thesaurus_duplicate": "De thesaurus bevat {concept} twee keer.",
        "thesaurus_shape": "In de thesaurus klopt {part} van {concept} niet.",
        "thesaurus_domain": "In de thesaurus heeft {concept} een onbekend levensdomein: {domain}.",
        "thesaurus_unreadable": "Het thesaurusbestand {file} is niet te lezen.",
        "no_personas": "Deze oproep heeft geen persona’s.",
    }
)

# The team composer (`domain.team`).
register(
    {
        "no_proposals": "Er zijn geen kandidaturen om uit te kiezen.",
        "team_obstacle_double": "Obstakel {obstacle} staat er twee keer in.",
        "team_proposal_double": "Kandidatuur {proposal} staat er twee keer in.",
        "team_weight_invalid": "Het gewicht van obstakel {obstacle} is geen bruikbaar getal van 0 of meer.",
        "team_score_invalid": "De score van kandidatuur {proposal} is geen bruikbaar getal van 0 of meer.",
        "team_cost_invalid": "De kost van kandidatuur {proposal} is geen bruikbaar getal van 0 of meer.",
        "team_degree_invalid": "Hoe goed kandidatuur {proposal} obstakel {obstacle} beantwoordt, ligt niet "
        "tussen 0 en 1.",
        "team_obstacle_unknown": "Kandidatuur {proposal} noemt obstakel {obstacle}, dat er niet in staat.",
        "team_proposal_unknown": "De grenzen noemen kandidatuur {proposal}, die er niet in staat.",
        "team_critical_unknown": "De grenzen noemen obstakel {obstacle}, dat er niet in staat.",
        "team_limit_invalid": "De grens {limit} is geen bruikbaar getal van 0 of meer.",
        "team_limit_unknown": "De grens {limit} bestaat niet.",
        "team_contradiction": "Geen enkel team voldoet. Deze grenzen gaan niet samen: {limits}.",
        "team_empty": "Vink minstens één kandidaat aan.",
        "team_reason_missing": "Leg in minstens {least} tekens uit waarom jullie dit team kiezen.",
        "team_reason_long": "Deze uitleg is te lang: hoogstens {most} tekens.",
        "team_out_of_time": "Binnen de tijd is geen team gevonden. Geef meer tijd of ruimere grenzen.",
        "team_shape": "Bij {where} staat niet wat er hoort te staan.",
        "team_file": "Dit bestand is geen leesbare JSON.",
        "team_not_a_number": "{number} is geen getal om mee te rekenen.",
        "team_key_double": "De naam {name} staat twee keer in hetzelfde deel.",
    }
)

# What a juror says of the obstacles that a proposal takes up.
register(
    {
        "confirmation_invalid": "Kies ja, deels of nee, of laat het obstakel open.",
        "confirmation_foreign_obstacle": "Je stuurde een obstakel mee dat deze kandidaat niet opneemt. "
        "Herlaad de pagina.",
    }
)

# The thesaurus (`domain.thesaurus_rules`).
register(
    {
        "concept_name_missing": "Geef het begrip een naam.",
        "concept_words_missing": "Vul minstens één woord in: daaraan wordt het begrip herkend.",
        "concept_note_missing": "Leg in één zin uit wat het begrip betekent.",
        "concept_reason_missing": "Zeg waarom je dit verandert.",
        "concept_too_long": "Dit is te lang: hoogstens {most} tekens.",
        "concept_many_words": "Dit zijn er te veel: hoogstens {most}.",
        "concept_domain": "Kies een van de levensdomeinen, of geen.",
        "concept_known": "Er is al een begrip met de naam {concept}.",
        "concept_word_twice": "{word} staat er twee keer.",
        "concept_word_general": "{word} zegt bijna elk aanbod: daaraan is niets te herkennen. Neem het "
        "weg of "
        "maak er een langere omschrijving van.",
        "concept_word_taken": "{word} staat al bij {concepts}. Een woord dat bij meer begrippen staat, "
        "zegt te "
        "weinig.",
        "concept_itself": "Een begrip verwijst niet naar zichzelf.",
        "concept_unknown": "{concept} is geen begrip van de thesaurus. Kijk de naam na.",
        "concept_link_twice": "{concept} staat er twee keer.",
        "concept_loose": "Verbind het begrip met minstens één ander: ruimer, verwant of helpt bij.",
        "concept_helps_help": "{concept} is zelf hulp. Bij “helpt bij” horen problemen.",
        "concept_is_helped": "{concept} helpt hierbij, dus dit is een probleem. Een probleem helpt zelf "
        "nergens "
        "bij.",
        "concept_circle": "Zo is het begrip ruimer dan zichzelf: {concept} leidt ernaar terug.",
        "try_text_missing": "Vul dit in om te proberen.",
    }
)

# Candidates for an obstacle, and invitations to a call.
register(
    {
        "judgement_unknown": "Kies bevestigen, afwijzen of terugnemen.",
        "judgement_meanwhile": "Een collega oordeelde hier intussen over. Kijk na wat er nu staat en beslis "
        "opnieuw.",
        "judgement_reason_missing": "Zeg waarom je deze match afwijst. Dan begrijpt een collega het later "
        "ook.",
        "judgement_reason_long": "Deze reden is te lang: hoogstens {most} tekens.",
        "candidate_gone": "Deze organisatie bestaat niet meer onder deze naam. Herlaad de pagina.",
        "invitation_nobody": "Kies minstens één organisatie die nog niet uitgenodigd is.",
        "invitation_many": "Nodig hoogstens {most} organisaties tegelijk uit.",
        "invitation_unreachable": "Hier is niemand te bereiken: {names}. Neem dat vinkje weg.",
        "invitation_empty": "Schrijf wat er in de uitnodiging staat.",
        "invitation_long": "De uitnodiging is te lang: hoogstens {most} tekens.",
        "invitation_frozen": "De eerste uitnodiging is al weg. Iedereen krijgt dezelfde tekst, dus hij "
        "verandert "
        "niet meer.",
    }
)

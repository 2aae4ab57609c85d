"""The Dutch sentences for refusals about partnerships."""

from app.infra.messages import register

register(
    {
        "not_everyone_notified": "Nog niet elke kandidaat kreeg een beslissing. Een partnerschap kan pas "
        "daarna.",
        "objection_window_open": "De termijn voor een weerwoord loopt nog, tot en met {until}. Een "
        "partnerschap kan pas daarna.",
        "objections_open": "Er wacht nog een weerwoord op een uitspraak ({count}). Een partnerschap kan pas "
        "daarna.",
        "partnership_without_members": "Kies minstens één organisatie.",
        "member_twice": "Een organisatie staat er dubbel in.",
        "member_not_selected": "Kies alleen organisaties die geselecteerd zijn.",
        "member_not_accepted": "Kies alleen organisaties die lieten weten dat ze meedoen.",
        "answers_awaited": "Deze geselecteerde organisaties antwoordden nog niet, en kunnen dat nog tot "
        "en met {until}: {names}. Een partnerschap kan pas daarna.",
        "new_decisions_pending": "Er is nog een nieuwe beslissing op weg voor {names}. Deel ze eerst mee of "
        "trek ze in.",
        "coordinator_missing": "Kies wie coördineert.",
        "coordinator_not_member": "Wie coördineert, moet zelf lid zijn van het partnerschap.",
        "lead_authority_missing": "Kies een penhouder.",
        "lead_not_local_authority": "De penhouder moet een lokaal bestuur zijn.",
        "partnership_exists": "Het partnerschap van deze oproep is al gevormd.",
        "partnership_name_missing": "Geef het partnerschap een naam.",
        "partnership_name_too_long": "Deze naam is te lang: hoogstens 200 tekens.",
        "partnership_date_missing": "Kies een datum.",
        "partnership_ends_before_start": "Het einde moet na het begin komen.",
        "figure_invalid": "Dit is geen bruikbaar getal: het moet nul of meer zijn.",
        "no_tiers": "Voeg minstens één schijf toe.",
        "tier_invalid": "Een schijf heeft getallen van nul of meer, hoogstens 100 procent.",
        "tiers_not_climbing": "Elke volgende schijf moet hoger liggen dan de vorige.",
        "notice_out_of_range": "Kies een opzegtermijn van 0 tot 365 dagen.",
    }
)

"""The Dutch sentences for refusals about objections."""

from app.infra.messages import register

register(
    {
        "objection_not_notified": "Je kreeg nog geen beslissing. Een weerwoord kan pas daarna.",
        "objection_too_late": "Te laat: een weerwoord kon tot en met {until} (Brusselse tijd). Er is niets "
        "ingediend. Wat je typte staat hieronder nog.",
        "objection_criterion_unknown": "Kruis alleen aan wat in de lijst staat.",
        "objection_other_decision": "Er is intussen een andere beslissing over je kandidatuur. Lees die "
        "eerst. Wat je typte staat hieronder nog.",
        "objection_files_changed": "Een collega wijzigde intussen de bijlagen. Kijk ze na en dien dan in.",
        "objection_files_many": "Er staan al {most} bestanden bij: meer kan niet.",
        "objection_files_large": "Samen mogen de bijlagen hoogstens {megabytes} MB zijn. Wat al bewaard was, "
        "is er nog.",
        "objection_files_often": "Op één dag kan je hoogstens {megabytes} MB toevoegen, ook van wat je weer "
        "verwijdert. Probeer het morgen opnieuw.",
        "objection_field_missing": "Vul dit in voor je indient.",
        "objection_filed_already": "Dit weerwoord is al ingediend. Wijzigen kan niet meer.",
        "objection_owner_only": "Alleen een eigenaar van de organisatie kan het weerwoord indienen. Je tekst "
        "kan je wel bewaren.",
        "objection_text_too_long": "Deze tekst is te lang: hoogstens {maximum} tekens.",
        "objection_days_out_of_range": "Kies een termijn van 1 tot 90 dagen.",
        "ruling_outcome_unknown": "Kies een uitspraak.",
        "ruling_without_judge": "Kies wie dit weerwoord bekeek.",
        "ruling_judges_all_scored": "Minstens één van deze mensen mag de kandidatuur niet gescoord hebben.",
        "ruling_judge_unknown": "Kies alleen juryleden van deze oproep of regisseurs van deze regio.",
        "ruling_judge_in_conflict": "Iemand van deze mensen heeft een belangenconflict met deze kandidaat.",
        "ruling_given": "Over dit weerwoord is al een uitspraak gedaan.",
        "reassess_needs_upheld": "Een nieuwe beoordeling is er alleen als het weerwoord (deels) gegrond is.",
    }
)

"""The Dutch sentences for refusals around the jury."""

from app.infra.messages import register

register(
    {
        "proposal_not_admissible": "Deze kandidatuur is niet ontvankelijk en wordt niet gescoord. Wat "
        "je schreef, blijft bewaard maar telt niet mee.",
        "completion_runs": "De schriftelijke ronde kan nog niet sluiten: bij {who} loopt een beloofde "
        "termijn om aan te vullen, tot en met {until}. Wacht tot dan, of keur goed wat binnenkwam.",
        "formal_check_unsettled": "De vormcontrole is niet bij iedereen klaar. Vink aan dat je de ronde toch "
        "sluit, of werk eerst de lijst bij Ontvankelijkheid af.",
        "declare_first": "Verklaar eerst of je een band hebt met deze kandidaat. Dat doe je bij ‘Mijn "
        "leeslijst’. Daarna kan je de kandidatuur lezen.",
        "own_sheet_first": "Je ziet de scorebladen van de anderen zodra je eigen scoreblad is ingediend.",
        "round_still_open": "De scorebladen zijn te zien zodra de ronde gesloten is.",
        "round_closed": "De ronde is gesloten: het scoreblad kan niet meer wijzigen.",
        "not_your_sheet": "Dit is het scoreblad van iemand anders.",
        "not_shortlisted": "Deze kandidaat is niet uitgenodigd om te pitchen.",
        "sheet_is_in": "Dit scoreblad is al ingediend. Heropen het eerst als je iets wilt wijzigen.",
        "sheet_not_in": "Dit scoreblad is niet ingediend.",
        "sheet_refused": "Het scoreblad is nog niet volledig of er klopt iets niet.",
        "sheet_incomplete": "Op dit scoreblad ontbreken scores.",
        "sheet_foreign_criterion": "Dit scoreblad bevat een criterium dat niet bij deze ronde hoort. "
        "Herlaad de pagina.",
        "level_not_on_scale": "Kies een van de niveaus van de schaal voor ‘{name}’.",
        "level_missing": "Kies een niveau voor ‘{name}’.",
        "reason_missing": "Schrijf waarom je dit niveau gaf voor ‘{name}’.",
        "reason_too_short": "Schrijf bij ‘{name}’ minstens {least} tekens waarom; het zijn er nu {written}.",
        "criterion_not_skippable": "‘{name}’ is bij elke kandidaat van toepassing. Kies een niveau.",
        "sheet_without_level": "Minstens één criterium moet van toepassing zijn: zonder niveau is er "
        "geen score.",
        "sheet_text_too_long": "Deze tekst is te lang: hoogstens {maximum} tekens.",
        "consensus_off_scale": "Kies een van de niveaus van de schaal voor ‘{name}’.",
        "consensus_reason_missing": "Schrijf waarom de jury dit niveau koos.",
        "nothing_to_agree": "Over dit criterium valt nog niets te beslissen: er zijn geen scores.",
        "chair_exists": "Deze jury heeft al een voorzitter, of er is al een uitgenodigd.",
        "already_on_jury": "Deze persoon zit al in de jury.",
        "seat_unknown": "Kies namens wie dit jurylid zetelt.",
        "seat_has_sheets": "Dit jurylid diende al een scoreblad in en kan niet meer uit de jury.",
        "conflict_kind_unknown": "Kies welke band je met deze kandidaat hebt.",
        "conflict_choice_unknown": "Kies of je vrij bent om te oordelen, of een belangenconflict hebt.",
        "declaration_foreign": "Deze kandidaat hoort niet bij deze oproep. Herlaad de pagina.",
        "nothing_declared": "Vul voor minstens één kandidaat in of je een band hebt.",
        "another_round": "Intussen loopt een andere ronde. Kijk de pagina opnieuw na.",
        "sheets_missing": "Er ontbreken nog {count} scorebladen. Vink aan dat je de ronde toch sluit.",
        "nobody_shortlisted": "Er is nog niemand uitgenodigd. Vink aan dat je de ronde toch sluit.",
        "reopen_reason_missing": "Schrijf waarom de ronde opnieuw opengaat.",
        "pitch_not_yet": "De pitchdag wordt gepland als de schriftelijke ronde gesloten is.",
        "shortlist_foreign": "Een aangevinkte kandidaat hoort niet bij deze oproep. Herlaad de pagina.",
        "shortlist_has_sheets": "Een kandidaat van wie de pitch al gescoord is, kan niet meer van de lijst.",
        "pitch_day_foreign": "Kies een dag waarop pitches gepland zijn.",
        "pitch_time_invalid": "Schrijf een beginuur als 9:00.",
        "minutes_invalid": "Kies een aantal minuten tussen {low} en {high}.",
        "window_ends_before_it_begins": "Een pitchvenster eindigt voor het begint.",
        "windows_overlap": "Twee pitchvensters overlappen.",
        "notice_negative": "De termijn om uit te nodigen kan niet negatief zijn.",
        "slot_without_length": "Een pitch duurt minstens één minuut.",
        "slot_outside_windows": "Deze pitch valt niet helemaal binnen een pitchvenster.",
        "slot_notice_too_short": "Dat is te kort dag: de kandidaat heeft drie werkdagen nodig. "
        "De eerste mogelijke dag is {earliest}.",
        "proposal_scheduled_twice": "Deze kandidaat staat twee keer op de lijst.",
        "slot_double_booked": "Deze pitch overlapt met die van {other}.",
        "slot_break_too_short": "Tussen deze pitch en die van {other} zit geen {minutes} minuten pauze.",
        "break_negative": "De pauze kan niet negatief zijn.",
        "pitch_windows_too_small": "Er passen maar {fit} pitches in de vensters, er zijn er {asked}. Kies "
        "kortere pitches of een kortere pauze.",
        "round_weight_not_positive": "Elke ronde moet voor meer dan nul meetellen.",
        "round_weights_not_100": "De rondes tellen samen voor {total} %, dat moet 100 % zijn.",
        "nobody_hears_pitch": "Alle juryleden hebben een belangenconflict met een kandidaat op de lijst.",
    }
)

"""The Dutch sentences for what can be wrong with a call."""

from app.infra.messages import register

register(
    {
        "not_yet": "Dit kan {when}.",
        "conflict_with_one": "Deze pagina toont alle kandidaten samen. Je hebt bij minstens één van hen een "
        "belangenconflict gemeld, en daarom is ze voor jou afgesloten. De kandidaturen waarover je vrij mag "
        "oordelen, lees je elk apart.",
        "no_longer": "Dit kon {until}. Nu kan het niet meer.",
        "follow_nothing_to_come": "Deze oproep staat niet meer open en wijzigt niet meer.",
        "call_is_published": "Deze oproep is gepubliceerd. Wijzigen kan van de lancering tot de uiterste "
        "indiendatum, met een nieuwe versie voor iedereen.",
        "publication_blocked": "De oproep kan nog niet gepubliceerd worden. Wat nog open staat: {count}, zie "
        "de lijst.",
        "publication_not_asked": "In deze regio publiceren twee regisseurs samen. Vraag eerst een collega "
        "om te publiceren.",
        "publication_own_request": "Jij vroeg om te publiceren. Een andere regisseur van de regio "
        "bevestigt dat.",
        "publication_asked_already": "Een collega vroeg al om te publiceren. Kijk na wat er nu staat.",
        "publication_alone": "Er is geen tweede regisseur in deze regio om te bevestigen.",
        "draft_is_planned": "Deze oproep is gepland. Trek eerst de publicatie in.",
        "draft_has_notes": "In de sessie zijn al briefjes geschreven ({count}). Kruis aan dat ze mee weg "
        "mogen.",
        "draft_in_use": "Aan dit ontwerp hangt al iets anders, zoals een jury. Haal dat eerst weg.",
        "call_is_not_planned": "Deze oproep is niet meer gepland, dus er valt niets in te trekken.",
        "deadline_only_later": "De nieuwe uiterste indiendatum moet later vallen dan de huidige.",
        "call_changed_meanwhile": "Deze oproep is intussen ook elders bewaard, door jezelf of een collega. "
        "Kijk na wat er staat en probeer opnieuw.",
        "extended_past_next_step": "Met deze datum komt de volgende stap te vroeg. Laat de data daarna mee "
        "opschuiven, of kies een vroegere datum.",
        "town_unknown": "Kies gemeenten uit de lijst van deze regio.",
        "call_persona_unknown": "Kies persona's van deze oproep.",
        "call_obstacle_unknown": "Een doel verwijst naar een obstakel dat niet bij deze uitdaging hoort.",
        "call_row_unknown": "Een rij in het formulier hoort niet bij deze oproep. Open de pagina opnieuw.",
        "clone_title_taken": "De regio heeft al een oproep met deze titel. Geef de nieuwe een andere.",
        "call_order_changed": "De lijst is intussen veranderd. Kijk na wat er staat en verplaats opnieuw.",
        "move_nothing_chosen": "Kies minstens één obstakel of doel.",
        "move_target_unknown": "Kies een andere uitdaging van deze oproep.",
        "move_too_many": "Meer dan zestig obstakels of doelen kunnen er niet bij één uitdaging.",
        "call_too_many_rows": "Meer dan veertig kunnen er niet in één oproep.",
        "import_not_confirmed": "Bevestig dat wat er nu in het ontwerp staat vervangen mag worden.",
        # the timeline, at the field and on the checklist
        "timeline_launch_missing": "Kies de dag van de lancering.",
        "timeline_deadline_missing": "Kies de uiterste indiendatum.",
        "timeline_written_round_missing": "Kies het begin en het einde van de schriftelijke ronde.",
        "timeline_pitch_windows_missing": "Voeg minstens één pitchmoment toe.",
        "timeline_decision_before_missing": "Kies voor welke dag de beslissing er is.",
        "timeline_objection_days_out_of_range": "De termijn voor het weerwoord is 1 tot 90 dagen.",
        "timeline_ends_before_it_begins": "Het einde valt voor het begin.",
        "timeline_window_ends_before_it_begins": "Een pitchmoment eindigt voor het begint.",
        "timeline_after_launch": "Dit moet na de lancering vallen.",
        "timeline_after_deadline": "Dit moet na de uiterste indiendatum vallen.",
        "timeline_after_written_round": "Dit moet na de schriftelijke ronde vallen.",
        "timeline_after_pitch_windows": "Dit moet na de laatste pitch vallen.",
        "timeline_questions_before_launch": "Vragen stellen kan pas vanaf de lancering.",
        "timeline_questions_after_deadline": "Vragen stellen kan tot uiterlijk de dag van indienen.",
        "timeline_on_holiday": "{step} valt op {day}, een feestdag: {holiday}.",
        "timeline_on_sunday": "{step} valt op {day}.",
        "timeline_on_weekend": "{step} valt op {day}, geen werkdag.",
        "timeline_windows_overlap": "Twee pitchmomenten lopen in elkaar over op {day}.",
        "timeline_pitch_notice_short": "Volle werkdagen tussen de schriftelijke ronde en de eerste pitch: "
        "{count}. Kandidaten hebben er minstens drie nodig. Weekends en feestdagen tellen niet mee.",
        "timeline_import_warning": "{message}",
        # criteria
        "no_criteria": "Deze ronde heeft nog geen criteria.",
        "criterion_duplicate": "Een criterium staat er twee keer.",
        "criterion_without_name": "Geef elk criterium een naam.",
        "weight_not_positive": "Het gewicht van “{name}” moet groter zijn dan 0.",
        "too_few_levels": "“{name}” heeft minstens twee niveaus nodig.",
        "level_negative": "Een niveau van “{name}” is kleiner dan 0.",
        "level_duplicate": "Een niveau van “{name}” staat er twee keer.",
        "level_without_description": "Beschrijf elk niveau van “{name}”.",
        "minimum_off_scale": "Het minimum van “{name}” ligt buiten de schaal.",
        "weights_not_100": "De gewichten tellen samen tot {total}. Maak er precies 100 van.",
        "minimum_total_out_of_range": "Het minimum in totaal ligt tussen 0 en 100.",
        # the checklist
        "publish_title": "Geef de oproep een titel",
        "publish_municipalities": "Kies de gemeenten van het werkingsgebied",
        "publish_contact": "Vul een contactpersoon in, met e-mailadres of telefoonnummer",
        "publish_ambition": "Er staat nog geen ambitie bij de oproep",
        "publish_unrecognised": "Niet begrepen regels van het document: {count}. Kijk of ze ergens horen",
        "publish_deadline_passed": "De uiterste indiendatum is al voorbij",
        "publish_persona_story": "{name} heeft nog geen verhaal",
        "publish_persona_alt": "{name}: schrijf wat er op het portret te zien is",
        "publish_persona_portrait": "Kies een portret voor {name}",
        "publish_one_not_reviewed": "Nog 1 onderdeel van het document niet nagekeken",
        "publish_not_reviewed": "Nog {count} onderdelen van het document niet nagekeken",
        "publish_questions_until": "Kies tot en met welke dag iedereen vragen kan stellen",
        "publish_placeholder": "Hier staat nog iets om in te vullen: “{example}”",
        "publish_long_sentences": "Zinnen van meer dan dertig woorden: {count}. Kortere zinnen lezen vlotter",
        "publish_persona_unused": "{name} hoort nog bij geen uitdaging",
        "publish_no_challenge": "Voeg minstens één regio-uitdaging toe",
        "publish_no_obstacle": "Uitdaging {number} heeft nog geen obstakels",
        "publish_challenge_persona": "Uitdaging {number} heeft nog geen persona",
        "publish_introduction": "Uitdaging {number} heeft nog geen inleiding",
        "publish_no_goal": "Uitdaging {number} heeft nog geen doelen",
        "publish_obstacle_without_goal": "Uitdaging {number}: nog geen doel bij {count} van de obstakels",
        "publish_goal_without_obstacle": "Uitdaging {number}: nog geen obstakel bij {count} van de doelen",
        "publish_obstacle_life_domain": "Uitdaging {number}: obstakels zonder levensdomein: {count}",
        "publish_no_service_type": "Er staan nog geen types dienstverlening bij de lokale analyse",
        # the source beside the result, and a newer document
        "lines_none": "Kruis eerst aan welke regels je wil verplaatsen.",
        "lines_unknown": "Een van de regels bestaat niet in dit document. Open de pagina opnieuw.",
        "target_unknown": "Kies uit de lijst waar de regels naartoe gaan.",
        "move_no_date": "In deze regels staat geen volledige datum. Kies andere regels, of vul de datum "
        "zelf in bij “Verbeter”.",
        "move_no_email": "In deze regels staat geen e-mailadres.",
        "move_no_address": "In deze regels staat geen webadres.",
        "move_too_long": "Deze regels zijn samen te lang: hoogstens {most} tekens.",
        "correction_empty": "Vul een tekst in. Hoort dit nergens bij, verplaats de regels dan naar “Hoort "
        "nergens bij”.",
        "import_obstacle_in_use": "Een obstakel dat zou verdwijnen is al gebruikt in een antwoord. Hou het "
        "en probeer opnieuw.",
    }
)

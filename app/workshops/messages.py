"""The Dutch sentences for what can be wrong in a session."""

from app.infra.messages import register

register(
    {
        "workshop_title_missing": "Geef de sessie een naam.",
        "workshop_too_many": "Een oproep heeft hoogstens {most} sessies.",
        "workshop_code_unknown": "Deze code kennen we niet. Kijk op het scherm vooraan. De tekens O, 0, I, "
        "1, L en Q komen niet voor in een code.",
        "workshop_not_open": "Deze sessie is nog niet begonnen. Probeer zo dadelijk opnieuw.",
        "workshop_closed": "Deze sessie is afgesloten. Er kunnen geen briefjes meer bij.",
        "workshop_full": "Deze sessie zit vol. Zeg het aan de begeleider.",
        "workshop_join_first": "Doe eerst mee met de sessie. Wat je typte, blijft staan.",
        "workshop_note_empty": "Schrijf eerst iets op je briefje.",
        "workshop_note_long": "Een briefje telt hoogstens {most} tekens; dit zijn er {count}. Kort het in, "
        "of maak er twee briefjes van.",
        "workshop_too_fast": "Dat gaat heel snel. Wacht een minuut en verstuur opnieuw; je tekst blijft "
        "staan.",
        "workshop_too_much": "Je schreef al {most} briefjes. Zeg de rest aan de begeleider.",
        "workshop_topic_paused": "Hier kunnen nu geen briefjes bij. Je tekst blijft staan.",
        "workshop_merge_two": "Kies minstens twee groepen om samen te voegen.",
        "workshop_merge_topic": "Alleen groepen van dezelfde uitdaging kunnen samen. Verplaats er eerst een.",
        "workshop_merge_taken": "Twee van deze groepen zijn al overgenomen. Maak er eerst een ongedaan.",
        "workshop_move_taken": "Deze groep staat al in de oproep. Maak dat eerst ongedaan.",
        "workshop_split_alone": "Dit briefje staat al alleen.",
        "workshop_wording_empty": "Schrijf hoe deze groep heet.",
        "workshop_wording_long": "Dit is te lang: hoogstens {most} tekens.",
        "workshop_kind_unknown": "Kies waar deze groep naartoe gaat.",
        "workshop_taken_otherwise": "Deze groep is al overgenomen. Maak dat eerst ongedaan.",
        "workshop_no_challenge": "Deze groep hoort bij geen uitdaging. Verplaats ze eerst.",
        "workshop_already_there": "Dit staat al in de oproep, met dezelfde woorden.",
        "workshop_taken_changed": "Wat overgenomen is, werd intussen gewijzigd of verwijderd in de oproep. "
        "Je kan alleen nog de vermelding hier weghalen.",
    }
)

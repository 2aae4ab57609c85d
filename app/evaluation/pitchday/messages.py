"""The Dutch sentences for refusals around the pitch day."""

from app.infra.messages import register

register(
    {
        "plan_changed": "Intussen is versie {number} van de planning bewaard, misschien door iemand anders. "
        "Wat je invulde staat er nog. Kijk het na en bewaar opnieuw.",
        "room_too_long": "De naam van een zaal telt hoogstens {maximum} tekens.",
        "shortlist_heard": "Een kandidaat van wie de pitch al begonnen is, kan niet meer van de lijst.",
        "slot_heard": "Deze pitch is al begonnen: het moment kan niet meer wijzigen.",
        "slot_applicant_absent": "Deze kandidaat kan dan niet.",
        "slot_juror_absent": "Dan kan niet komen: {names}. Kies een ander moment, of vink aan dat de pitch "
        "doorgaat zonder wie niet kan.",
        "slot_juror_elsewhere": "{name} zit dan in {where}.",
        "slot_room_taken": "De zaal ‘{room}’ is dan bezet door een pitch voor ‘{where}’.",
        "pitch_absence_not_now": "Dat kan van de opening tot het einde van de pitchronde.",
        "pitch_not_handed_in": "Er is geen kandidatuur ingediend die meedoet. Hier hoeft niets ingevuld.",
        "absence_of_nobody": "Kies wie niet kan komen.",
        "absence_ends_before_it_begins": "Het einde moet na het begin vallen, binnen het pitchvenster.",
        "absences_too_many": "Er staan al {maximum} stukken op de lijst. Haal er eerst een weg.",
    }
)

"""The Dutch sentences for refusals on the day of the pitches."""

from app.infra.messages import register

register(
    {
        "act_unknown": "Kies wat er met deze pitch gebeurt. Herlaad de pagina.",
        "pitch_other_runs": "De pitch van {name} is nog bezig. Rond die eerst af.",
        "pitch_not_begun": "Deze pitch is nog niet begonnen: iemand zette ze intussen terug.",
        "pitch_runs_already": "Deze pitch is al begonnen: de kandidaat is er dus.",
        "hearing_note_too_long": "Deze nota is te lang: hoogstens {maximum} tekens.",
        "present_foreign": "Een aangevinkte persoon zit niet (meer) in de jury. Kijk de lijst opnieuw na.",
        "present_in_conflict": "{who}: belangenconflict met deze kandidaat, dus niet in de zaal. "
        "Vink dat uit.",
    }
)

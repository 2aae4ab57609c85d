"""Dutch sentences for the refusals of this feature."""

from app.infra.messages import register

register(
    {
        "email_with_account": "Er is al een account met dit e-mailadres. Meld je aan om verder te gaan.",
        "sign_in_failed": "Het e-mailadres en het wachtwoord horen niet bij elkaar.",
        "password_short": "Kies een wachtwoord van minstens {minimum} tekens.",
        "password_long": "Kies een wachtwoord van hoogstens {maximum} tekens.",
        "password_guessable": "Dit wachtwoord is te gemakkelijk te raden. Kies iets anders dan je naam of "
        "e-mailadres, met meer verschillende tekens.",
        "password_wrong": "Dit is niet je huidige wachtwoord.",
        "name_missing": "Vul een naam in.",
        "reset_link_gone": "Deze link werkt niet meer. Vraag een nieuwe aan.",
        "invitation_gone": "Deze uitnodiging werkt niet meer.",
        "invitation_for_another": "Deze uitnodiging is voor een ander e-mailadres.",
        "not_for_oneself": "Voor je eigen account kan je dit niet zelf. Vraag het aan een andere beheerder.",
        "person_is_nameless": "Deze persoon is naamloos gemaakt. Het account gaat niet meer open.",
        "person_is_administrator": "Deze persoon is al beheerder.",
        "too_many_attempts": "Er is te vaak na elkaar geprobeerd. Probeer opnieuw vanaf {until}.",
    }
)

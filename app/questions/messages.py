"""The Dutch sentences of the feature."""

from app.infra.messages import register

register(
    {
        "question_missing": "Schrijf je vraag.",
        "question_too_long": "Je vraag is te lang: hoogstens 2000 tekens.",
        "questions_closed": "Vragen stellen kan niet meer. Je tekst staat er nog; stuur hem eventueel naar "
        "de contactpersoon van de oproep.",
        "question_answer_missing": "Schrijf een antwoord, of kies een vraag die hetzelfde zegt.",
        "question_public_text_missing": "Schrijf de vraag zoals iedereen ze zal lezen.",
        "question_is_published": "Dit antwoord is al gepubliceerd en ligt vast. Stel zelf een nieuwe "
        "vraag om iets recht te zetten.",
        "question_same_unknown": "Kies een andere vraag van deze oproep die zelf een antwoord krijgt.",
        "question_others_point_here": "Andere vragen verwijzen naar deze. Geef ze eerst een eigen antwoord.",
        "questions_nothing_ready": "Er staat geen antwoord klaar om te publiceren.",
        "questions_changed_meanwhile": "Iemand wijzigde intussen een antwoord. Kijk na wat er staat en "
        "probeer opnieuw.",
    }
)

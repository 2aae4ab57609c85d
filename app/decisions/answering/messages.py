"""The Dutch sentences for refusals about answers and notices."""

from app.infra.messages import register

register(
    {
        "answer_unknown": "Kies of jullie meedoen.",
        "decline_reason_missing": "Zeg kort waarom jullie niet meedoen.",
        "answer_text_too_long": "Deze tekst is te lang: hoogstens {maximum} tekens.",
        "answer_too_late": "De termijn om te antwoorden liep tot en met {until}. Dit telt niet meer als "
        "antwoord; je tekst staat hieronder nog. Neem contact op met de regio.",
        "decline_is_final": "Jullie lieten weten niet mee te doen, en de termijn liep tot en met {until}. "
        "Daar kan je nu niet meer op terugkomen. Neem contact op met de regio.",
        "answer_owner_only": "Alleen een eigenaar van de organisatie kan antwoorden.",
        "answer_not_asked": "Op deze beslissing hoort geen antwoord: enkel wie geselecteerd is, laat weten "
        "of hij meedoet.",
        "more_time_day_missing": "Kies de nieuwe laatste dag.",
        "more_time_only_later": "De nieuwe laatste dag moet later zijn dan de huidige, en niet voorbij.",
        "more_time_too_far": "Kies een dag binnen {days} dagen.",
        "more_time_reason_missing": "Zeg waarom je meer tijd geeft. De organisatie leest het.",
        "notice_way_unknown": "Kies hoe de beslissing opnieuw bezorgd is.",
        "notice_reason_missing": "Zeg waarom er een nieuwe kennisgeving komt. De organisatie leest het.",
        "notice_day_missing": "Kies de dag waarop de organisatie de brief kreeg.",
        "notice_in_the_future": "Die dag moet nog komen. Noteer de kennisgeving als ze aangekomen is.",
        "notice_before_the_previous": "Die dag valt voor de vorige kennisgeving. Een nieuwe kennisgeving "
        "maakt de termijn nooit korter.",
        "notice_address_unknown": "Kies iemand van de organisatie.",
        "notice_noted_already": "Er is intussen al een nieuwe kennisgeving genoteerd. Kijk hieronder na of "
        "ze klopt.",
    }
)

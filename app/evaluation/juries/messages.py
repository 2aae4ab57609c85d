"""The Dutch sentences for refusals around likely conflicts and the composition of the jury."""

from app.infra.messages import register

register(
    {
        "hint_unknown": "Tussen dit jurylid en deze kandidaat is er geen mogelijk verband meer om te "
        "beoordelen. Herlaad de pagina.",
        "hint_declared": "Dit jurylid verklaarde intussen zelf een belangenconflict met deze kandidaat.",
        "hint_own": "Dit verband gaat over jezelf. Iemand anders kijkt het na; jij verklaart je belangen op "
        "je leeslijst.",
        "hint_reason_missing": "Schrijf waarom dit geen belangenconflict is.",
        "hint_reason_too_long": "Schrijf dit korter: hoogstens {maximum} tekens.",
        "hint_not_dismissed": "Dit verband staat al bij de mogelijke verbanden.",
        "ask_self": "Je kan jezelf niets vragen: verklaar je belangen op je leeslijst.",
        "nothing_to_ask": "Over dit jurylid is er geen mogelijk verband dat nog open is.",
        "asked_today": "Dit jurylid kreeg vandaag al een vraag. Een nieuwe kan morgen.",
        "declaring_is_over": "Verklaren kan niet meer: de pitchronde is gesloten.",
        "jury_rule_number": "Vul een geheel getal in van 0 tot en met {most}.",
        "jury_rule_changed": "Iemand anders wijzigde deze regel intussen. Hieronder staat wat jij invulde; "
        "nu geldt: {now}. Bewaar opnieuw als jouw regel moet gelden.",
    }
)

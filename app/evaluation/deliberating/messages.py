"""The Dutch sentences for refusals around the deliberation and reminders."""

from app.infra.messages import register

register(
    {
        "consensus_too_few_jurors": "Een consensus kan hier niet: daarvoor zijn minstens twee juryleden "
        "nodig die verklaarden dat ze vrij zijn om over deze kandidaat te oordelen.",
        "consensus_present_foreign": "Een aangevinkt jurylid kan er niet bij geweest zijn: het verklaarde "
        "niet dat het vrij is om over deze kandidaat te oordelen. Herlaad de pagina.",
        "consensus_present_missing": "Vink minstens twee juryleden aan die erbij waren.",
        "nobody_to_remind": "Vink minstens één jurylid aan dat nog scorebladen moet indienen.",
        "reminded_today": "Wie je aanvinkte, kreeg vandaag al een herinnering. Morgen kan het opnieuw.",
    }
)

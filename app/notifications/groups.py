"""The groups of mails that a person sees together, and why some of them cannot be switched off."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """What a person sees of mails that belong together. `locked` says why they cannot be switched off; ""
    where they can. The key is what MailPreference keeps."""

    key: str
    name: str
    about: str
    locked: str = ""


GROUPS = {
    one.key: one
    for one in (
        Group(
            "account",
            "Je account",
            "Uitnodigingen, een nieuw wachtwoord, wijzigingen aan je account.",
            "Zonder deze mails kom je niet binnen, of merk je niet dat iemand anders binnenkomt.",
        ),
        Group(
            "organisation",
            "Je organisatie",
            "Wie erbij wil komen, wie eigenaar wordt, samenvoegen met een andere organisatie.",
            "Ze gaan over wie namens jullie mag handelen.",
        ),
        Group(
            "call",
            "Wijzigingen en antwoorden bij een oproep",
            "De oproep is gewijzigd, de uiterste datum is verlengd, vragen zijn beantwoord.",
            "Wie een kandidatuur schrijft of indiende, krijgt dezelfde informatie op hetzelfde moment als "
            "alle anderen. Wie een oproep alleen volgt, kan daarmee stoppen.",
        ),
        Group(
            "invited",
            "Uitnodiging om mee te doen",
            "Een regio wijst jullie op een oproep.",
            "Een regio nodigt iedereen met dezelfde tekst uit, en moet dat later kunnen aantonen.",
        ),
        Group(
            "receipt",
            "Bewijs van wat je indiende of introk",
            "Ontvangstbewijs van een kandidatuur of aanvulling, bevestiging van een intrekking.",
            "Het zijn bewijzen die je nodig kan hebben.",
        ),
        Group(
            "reminder",
            "Herinnering om in te dienen",
            "Er staat nog een kandidatuur klaar die niet is ingediend.",
        ),
        Group("opened", "Opening van de kandidaturen", "Je kandidatuur is geopend en wordt beoordeeld."),
        Group(
            "procedure",
            "Vragen van de regio en de pitch",
            "Aanvullen wat ontbreekt, en het moment van je pitch.",
            "Er hangt een dag aan vast waarop jullie iets moeten doen.",
        ),
        Group(
            "decision",
            "Beslissingen en weerwoord",
            "De beslissing over je kandidatuur, je antwoord daarop, je weerwoord en de uitspraak erover.",
            "De wet vraagt dat we een beslissing met haar redenen bezorgen. Je termijnen beginnen ermee.",
        ),
        Group(
            "partnership",
            "Het partnerschap",
            "Het partnerschap is gevormd.",
            "Je organisatie neemt er verbintenissen mee op.",
        ),
        Group(
            "jury",
            "Werk van de jury",
            "Je leeslijst, vragen over een belangenconflict, de pitches, een nieuwe beoordeling.",
            "Zonder deze mails kan je je werk als jurylid niet doen.",
        ),
        Group(
            "jury_reminder",
            "Herinnering aan scorebladen",
            "Er staan nog scorebladen open en de laatste dag komt dichterbij.",
        ),
        Group(
            "colleague",
            "Vraag van een collega in de regio",
            "Een collega vraagt je om een oproep te publiceren. De vraag staat ook op je startpagina.",
        ),
    )
}


def optional_groups() -> tuple[Group, ...]:
    """Those that a person may switch off."""
    return tuple(one for one in GROUPS.values() if not one.locked)

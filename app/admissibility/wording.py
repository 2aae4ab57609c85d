"""The words for what a call asks formally and for where a proposal stands."""

from app.domain.admissibility import Kind, Outcome, State

# (kind, what is asked, explanation) of a new call, in order.
DEFAULTS: tuple[tuple[Kind, str, str], ...] = (
    (Kind.IN_TIME, "Ingediend voor de uiterste datum", "Het tijdstip op het ontvangstbewijs telt."),
    (
        Kind.DECLARED,
        "De verklaringen zijn aangevinkt",
        "Dat de kandidatuur klopt, en dat er geen gegevens van cliënten in staan.",
    ),
    (
        Kind.ENTERPRISE_NUMBER,
        "De organisatie heeft een geldig ondernemingsnummer",
        "Tien cijfers waarvan het controlegetal klopt.",
    ),
    (
        Kind.REGION,
        "De organisatie werkt in de gemeenten van deze oproep, of gaat dat doen",
        "Een vestiging ter plaatse is niet nodig.",
    ),
    (
        Kind.QUALITY,
        "Kwaliteitsregistratie bij het departement",
        "We noteren of ze er is. Wie ze nog niet heeft, kan evengoed meedoen.",
    ),
)
KINDS = {
    Kind.IN_TIME: "kijkt de toepassing zelf na",
    Kind.DECLARED: "kijkt de toepassing zelf na",
    Kind.ENTERPRISE_NUMBER: "kijkt de toepassing zelf na",
    Kind.REGION: "kijkt de regio na",
    Kind.DOCUMENT: "een document",
    Kind.OTHER: "kijkt de regio na",
    Kind.QUALITY: "wordt genoteerd, houdt niemand tegen",
}
OUTCOMES = {
    Outcome.MET: ("In orde", "success"),
    Outcome.MISSING: ("Ontbreekt", "danger"),
    Outcome.NOT_APPLICABLE: ("Niet van toepassing", "neutral"),
}
UNDECIDED = ("Nog na te kijken", "warning")
NOT_NOTED = ("Niet genoteerd", "neutral")
"""Nothing was written down, and nobody waits for it: it never stands in the way, or the round is over."""
STATES = {
    State.TO_CHECK: ("Nog na te kijken", "warning"),
    State.MISSING: ("Er ontbreekt iets", "danger"),
    State.REQUESTED: ("Aanvulling gevraagd", "info"),
    State.RECEIVED: ("Aanvulling ontvangen", "warning"),
    State.EXPIRED: ("Termijn voorbij, niets ontvangen", "danger"),
    State.IN_ORDER: ("In orde", "success"),
    State.REFUSAL_PROPOSED: ("Niet ontvankelijk voorgesteld", "warning"),
    State.REFUSED: ("Niet ontvankelijk", "danger"),
}
NOTE_LIMIT = 1000
MESSAGE_LIMIT = 3000
ANSWER_LIMIT = 2000
REASON_LIMIT = 5000

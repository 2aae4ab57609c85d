"""What the dossier of a call consists of, and how each kind of part appears in its public version."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import DomainError

LEAST_REASON = 10


class Mark(StrEnum):
    """How a part appears in the public version: as it is, with names and addresses blackened, or not."""

    OPEN = "open"
    BLACKENED = "blackened"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Kind:
    """`record_class` is the retention class of what is in it; `public` its own rule; `why` says why, in
    plain words."""

    key: str
    label: str
    record_class: str
    public: Mark
    why: str


_OPEN = "Dit was al openbaar."
_NAMES = "Namen en contactgegevens worden zwart gemaakt."
_PEOPLE = "Dit gaat over personen."
KINDS: dict[str, Kind] = {
    one.key: one
    for one in (
        Kind("oproep", "Oproep en haar versies", "call", Mark.BLACKENED, f"{_OPEN} Contactpersonen niet."),
        Kind(
            "vragen",
            "Vragen en antwoorden",
            "questions",
            Mark.BLACKENED,
            f"{_OPEN} Wie vroeg en zijn eigen woorden niet.",
        ),
        Kind("werksessies", "Verrijkingssessies", "call", Mark.LEFT_OUT, _PEOPLE),
        Kind("opening", "Opening en proces-verbaal", "call", Mark.BLACKENED, _NAMES),
        Kind(
            "kandidaturen",
            "Kandidaturen",
            "proposals_not_selected",
            Mark.BLACKENED,
            "Van wie geselecteerd is, met contactgegevens zwart. Van wie niet geselecteerd is: niet.",
        ),
        Kind(
            "ontvangstbewijzen",
            "Ontvangstbewijzen",
            "proposals_not_selected",
            Mark.LEFT_OUT,
            "Met zijn vingerafdrukken kan iemand raden wat zwart is.",
        ),
        Kind(
            "bijlagen",
            "Bijlagen van kandidaten",
            "proposals_not_selected",
            Mark.LEFT_OUT,
            "Een bestand van een kandidaat kan niet zwart gemaakt worden.",
        ),
        Kind("ontvankelijkheid", "Ontvankelijkheid", "decisions", Mark.BLACKENED, _NAMES),
        Kind("jury", "Jury en verklaringen over belangen", "scores", Mark.LEFT_OUT, _PEOPLE),
        Kind(
            "scores",
            "Scorebladen met hun versies",
            "scores",
            Mark.BLACKENED,
            "Wie de score gaf wordt zwart. Interne opmerkingen blijven weg.",
        ),
        Kind("pitch", "Pitchronde", "scores", Mark.BLACKENED, _NAMES),
        Kind("consensus", "Consensus", "scores", Mark.BLACKENED, _NAMES),
        Kind("rangschikking", "Ondertekende rangschikking", "decisions", Mark.BLACKENED, _NAMES),
        Kind(
            "beslissingen", "Beslissingen, kennisgevingen en antwoorden", "decisions", Mark.BLACKENED, _NAMES
        ),
        Kind(
            "brieven",
            "Brieven",
            "decisions",
            Mark.LEFT_OUT,
            "Een PDF kan niet zwart gemaakt worden. De tekst staat bij de beslissingen.",
        ),
        Kind("weerwoorden", "Weerwoorden en uitspraken", "decisions", Mark.BLACKENED, _NAMES),
        Kind("partnerschap", "Partnerschap", "call", Mark.BLACKENED, _NAMES),
        Kind(
            "samenstelling", "Matching en samenstelling", "scores", Mark.LEFT_OUT, "Dit is werk van de jury."
        ),
        Kind("mails", "Verstuurde mails", "mails", Mark.LEFT_OUT, _PEOPLE),
        Kind(
            "log", "Logboek", "log", Mark.LEFT_OUT, "Een zwarte regel past niet meer bij haar vingerafdruk."
        ),
        Kind("namen", "Wie bij welk nummer hoort", "accounts", Mark.LEFT_OUT, _PEOPLE),
        Kind("uitleg", "Uitleg", "call", Mark.OPEN, "Leeswijzer bij dit dossier."),
    )
}
MARK_LABELS = {
    Mark.OPEN: "helemaal openbaar",
    Mark.BLACKENED: "namen zwart",
    Mark.LEFT_OUT: "niet openbaar",
}


def own_rule(kind: str, *, binary: bool, selected: bool) -> Mark:
    """How a part appears when nobody marked it. `selected`: it is about who was selected, or about nobody in
    particular. A file cannot be blackened, so that it is left out."""
    rule = KINDS[kind].public
    if kind == "kandidaturen" and not selected:
        return Mark.LEFT_OUT
    return Mark.LEFT_OUT if binary and rule is Mark.BLACKENED else rule


def check_mark(raw: str, reason: str, *, binary_only: bool) -> Mark:
    """The mark somebody chose for a part. Codes: mark_unknown, mark_cannot_blacken (field `mark`),
    mark_needs_reason (field `reason`)."""
    if raw not in list(Mark):
        raise DomainError("mark_unknown", field="mark")
    if raw == Mark.BLACKENED and binary_only:
        raise DomainError("mark_cannot_blacken", field="mark")
    if len(reason.strip()) < LEAST_REASON:
        raise DomainError("mark_needs_reason", field="reason", least=LEAST_REASON)
    return Mark(raw)

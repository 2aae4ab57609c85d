"""What the page about the own data shows."""

from typing import Any, NamedTuple

from app.accounts.own_data.services import Sections

SECTIONS = {
    "account": ("Je account", "Je naam, e-mailadres, wanneer je account gemaakt is en je keuze van mails."),
    "invitations": ("Uitnodigingen", "Welke uitnodigingen naar je adres gingen, en of je ze aanvaardde."),
    "memberships": ("Organisaties", "Bij welke organisaties je hoort, en als wat."),
    "join_requests": ("Vragen om erbij te komen", "Bij welke organisaties je vroeg om erbij te komen."),
    "region_roles": ("Regio’s", "In welke regio’s je regisseur of waarnemer bent."),
    "jury_seats": ("Jury’s", "In welke jury’s je zit of zat, en namens wie."),
    "conflict_declarations": ("Belangenverklaringen", "Wat je verklaarde over je band met kandidaten."),
    "score_sheets": ("Scorebladen", "Wanneer je een scoreblad indiende. De inhoud hoort bij de oproep."),
    "followed_calls": ("Oproepen die je volgt", "Welke oproepen je volgt of volgde."),
    "questions": ("Vragen", "Welke vragen je stelde."),
    "mails": ("Mails", "Welke mails naar je adres gingen: de dag en het onderwerp."),
    "log": ("Logboek", "Wat je deed in Partnerwijzer, en wanneer."),
}


class Line(NamedTuple):
    name: str
    about: str
    number: int


def lines(sections: Sections) -> list[Line]:
    return [Line(*SECTIONS[key], len(rows)) for key, rows in sections.items()]


def own_data_facts(sections: Sections) -> dict[str, Any]:
    (account,) = sections["account"]
    return {"lines": lines(sections), "account": account}

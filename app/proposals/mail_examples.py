"""Samples of the mails about a proposal."""

from types import SimpleNamespace

from app.notifications.examples import AT, CALL, JUDGED, LINK, ORGANISATION, STATUS, Example

_NUMBER = "KBV-2026-7GK2QX"
_OWN = {"call": CALL, "organisation": ORGANISATION, "number": _NUMBER, "status": STATUS, "link": LINK}
_RECEIPT = SimpleNamespace(
    number=_NUMBER,
    rows=[
        ("Organisatie", ORGANISATION),
        ("Ondernemingsnummer", "0428.315.871"),
        ("Oproep", CALL.title),
        ("Regio", CALL.service_area),
        ("Ontvangen op", "vrijdag 12 juni 2026, 10u00 en 14 seconden"),
        ("Versie", "1"),
        ("Ingediend door", "Mia Maes"),
    ],
    sha256="5f2a9c0b7d41e86a3c95d8f01b6e7742a9c3e1f4d58b60977a2e4c1d3b8f9065",
    signed=True,
    place="Dit bewijs krijgt een plaats in het openbare register.",
)


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "proposal.receipt": Example(
            f"Ontvangstbewijs {_NUMBER}: {CALL.title}",
            "proposals/mail_receipt",
            {"facts": _RECEIPT, "status": STATUS, "link": LINK, "check_link": f"{LINK}/controle"},
            attachments=("ontvangstbewijs.pdf", "ontvangstbewijs.json"),
        ),
        "proposal.withdrawn": Example(
            f"Kandidatuur ingetrokken: {CALL.title}", "proposals/mail_withdrawn", {**_OWN, "withdrawn_at": AT}
        ),
        "proposal.opened": Example(
            f"Jullie kandidatuur is geopend: {CALL.title}",
            "proposals/mail_opened",
            {**_OWN, "status": JUDGED},
        ),
        "proposal.reminder": Example(
            f"Nog niet ingediend: {CALL.title}",
            "proposals/mail_reminder",
            {
                **_OWN,
                "left": "3 dagen",
                "needed": ["summary", "truthful"],
                "advised": ["references"],
            },
        ),
    }

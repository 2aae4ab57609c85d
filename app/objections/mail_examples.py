"""Samples of the mails about an objection."""

from types import SimpleNamespace

from app.notifications.examples import CALL, DECIDED, LINK, ORGANISATION, Example

_OWN = {"call": CALL, "organisation": ORGANISATION, "status": DECIDED, "link": LINK}
_OBJECTION = SimpleNamespace(
    contests="De score voor de aanpak.",
    grounds="De jury las niet dat we met twee mensen in elke gemeente werken. Het staat op bladzijde 4.",
    asks="Een nieuwe beoordeling van dat criterium.",
)


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "objection_filed": Example(
            f"Weerwoord ontvangen voor {ORGANISATION}",
            "objections/mail_filed",
            {
                **_OWN,
                "objection": _OBJECTION,
                "about": ["Aanpak"],
                "files": [SimpleNamespace(name="bladzijde-4.pdf", sha256="5f2a9c0b7d41e86a…")],
                "received": "vrijdag 26 juni 2026, 10u00",
            },
        ),
        "ruling": Example(
            f"Uitspraak over het weerwoord van {ORGANISATION}",
            "objections/mail_ruling",
            {**_OWN, "filed": "vrijdag 26 juni 2026, 10u00"},
            attachments=("uitspraak.pdf",),
        ),
        "reassessment_asked": Example(
            f"Nieuwe beoordeling van {ORGANISATION}",
            "objections/mail_reassessment",
            {"call": CALL, "organisation": ORGANISATION, "what": "schriftelijke ronde", "link": LINK},
        ),
        "reassessment_let_go": Example(
            f"Je hoeft {ORGANISATION} niet meer te beoordelen",
            "objections/mail_let_go",
            {"call": CALL, "organisation": ORGANISATION, "link": LINK},
        ),
    }

"""A sample of the mail about a partnership."""

from types import SimpleNamespace

from app.notifications.examples import CALL, LINK, ORGANISATION, SELECTED, Example


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "partnership": Example(
            "Partnerschap Klein-Brabant is gevormd",
            "partnerships/mail_formed",
            {
                "call": CALL,
                "partnership": SimpleNamespace(name="Partnerschap Klein-Brabant"),
                "partners": [ORGANISATION, "Groep Intro", "OCMW Bornem"],
                "coordinator": "Groep Intro",
                "lead_authority": "Gemeente Bornem",
                "period": "1 september 2026 tot en met 31 augustus 2029",
                "status": SELECTED,
                "link": LINK,
            },
        )
    }

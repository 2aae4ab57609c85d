"""A sample of the invitation to a call."""

from app.notifications.examples import CALL, LINK, ORGANISATION, Example

_BODY = (
    "In onze regio zoeken we organisaties die mensen zonder werk helpen om de stap te zetten. We denken dat "
    "jullie werk daarbij past.\n\nLees de oproep rustig na. Vragen stel je op de pagina van de oproep."
)


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "matching.invitation": Example(
            f"Een oproep in {CALL.service_area} die bij jullie kan passen",
            "matching/mail_invitation",
            {
                "call": CALL.title,
                "region": CALL.service_area,
                "organisation": ORGANISATION,
                "body": _BODY,
                "link": LINK,
            },
        )
    }

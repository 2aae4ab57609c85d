"""Samples of the mails about accounts."""

from app.notifications.examples import AT, LATER, LINK, ORGANISATION, PERSON, Example
from app.notifications.services import Recipient

_INVITED = "Je bent uitgenodigd in Partnerwijzer"


def examples() -> dict[str, Example]:
    """{kind: sample} (setting MAIL_EXAMPLES)."""
    return {
        "account.reset": Example(
            "Kies een nieuw wachtwoord", "accounts/mail_reset", {"link": LINK, "until": LATER}
        ),
        "account.password_changed": Example(
            "Je wachtwoord is gewijzigd", "accounts/mail_password_changed", {"link": LINK, "changed_at": AT}
        ),
        "invitation.administrator": _invitation("beheerder van Partnerwijzer"),
        "invitation.region_role": _invitation("regisseur van de regio Klein-Brabant en Vaartland"),
        "invitation.membership": _invitation(f"medewerker van {ORGANISATION}"),
        "invitation.jury_seat": _invitation("jurylid voor de oproep “Samen naar werk in Klein-Brabant”"),
        "invitation.registration": Example(
            "Bevestig de registratie van je organisatie",
            "organisations/mail_registration",
            {"link": LINK, "role_text": f"eigenaar van {ORGANISATION}", "expires_at": LATER},
            to=Recipient(PERSON.email),
        ),
    }


def _invitation(role: str) -> Example:
    return Example(
        _INVITED,
        "accounts/mail_invitation",
        {"link": LINK, "role_text": role, "inviter": "Rik De Regisseur", "expires_at": LATER},
    )
